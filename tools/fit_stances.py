"""Fit the stance of a sentence toward an actor to marked sentences of political news.

usage: fit_stances.py [--shared ../shared] [--cross-validate]

Learned from gold/stances/train.jsonl: the train part of NewsMTSC (Hamborg and Donnay 2021, MIT), without the
sentences of the measured sets. Features are the traits of `describe_stance` and, by their nearness to the
actor in the parse and in the line, the words: each as the vector that the transformer of the events begins
with, so that words share what they teach. Written is one weight for each word and side, no vector, to
`src/onrecord/lexicons/data/stance_words.npz`; words are stored as hashes. With --cross-validate the macro
F1 of five parts, each by a model of the other four, is printed first. Takes some minutes.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Any

import numpy
from scipy.optimize import minimize

from onrecord.lexicons import load
from onrecord.mentions import MentionIndex
from onrecord.pipeline import BATCH, STAGES, collector_paused
from onrecord.records import Draft, RawPage, Settings
from onrecord.sources import open_sources
from onrecord.stages.comments.describe_stance import describe_stance
from onrecord.stages.comments.find_stances import find_mentioned, weigh_mentions
from onrecord.stages.comments.read_opinions import OpinionWord, ValenceWord, read_opinions
from onrecord.stages.comments.weigh_stance import FILE, hash_word
from onrecord.stages.events.weigh_types import read_model
from onrecord.stages.page import read_page
from onrecord.stages.parts import split_parts
from onrecord.stages.sentences import parse_sentences
from onrecord.words import release_words

ROOT = Path(__file__).parent.parent
TABLE = ROOT / "src" / "onrecord" / "lexicons" / "data" / FILE
LABELS = ("neutral", "negative", "positive")
NOTHING = (0.0, 0.0, 0.0)
STRICT = 4000.0
"""How much a weight must earn its place; of 2000, 4000 and 6000 the best on sentences left out."""
ROUNDS = 60
LEVELS = 127
LEAST_COUNT = 2
"""Rarer words of the marked sentences are stored only if the transformer, or a list of words, knows them."""
PARTS = 5


@dataclass(frozen=True)
class Example:
    """An actor in a sentence: its label, its traits, the words with their nearness in tree and line."""

    page: str
    label: int
    traits: dict[str, float]
    words: tuple[tuple[str, tuple[float, float, float]], ...]
    vectors: Any


def main() -> None:
    """Write the model; with --cross-validate, print its figure on sentences left out first."""
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    options.add_argument("--cross-validate", action="store_true")
    args = options.parse_args()
    path = args.shared / "gold" / "stances" / "train.jsonl"
    if not path.exists():
        print(f"no marked sentences at {path}: nothing was fitted")
        return
    examples = list(read_examples(path))
    embedder = Embedder()
    rows, names = stack_features(examples, embedder)
    labels = numpy.array([one.label for one in examples])
    if args.cross_validate:
        cross_validate(examples, rows, labels)
    weights, bias = fit(rows, labels)
    write_model(examples, embedder, names, weights, bias)
    print(f"{len(examples)} examples, {TABLE.stat().st_size:,} bytes")


def read_examples(path: Path) -> Iterator[Example]:
    """Yield the marked actors that the coder finds."""
    rows = {row["id"]: row for row in map(json.loads, path.read_text(encoding="utf-8").splitlines())}
    raws = iter([one for one in open_sources([str(path)]) if isinstance(one, RawPage)])
    before = [(name, stage) for name, stage in STAGES if name in ("clauses", "actors")]
    while batch := list(islice(raws, BATCH)):
        with collector_paused():
            parted = [(page, split_parts(page)) for page in map(read_page, batch)]
            parsed = parse_sentences(parted)
            for (page, parts), found in zip(parted, parsed, strict=True):
                draft = Draft(Settings(), page, parts, found.kept)
                for name, stage in before:
                    draft = replace(draft, **{name: stage(draft).kept})
                yield from read_page_examples(draft, rows[page.id])
            release_words({id(s.tokens.doc): s.tokens.doc for one in parsed for s in one.kept}.values())


def read_page_examples(draft: Draft, row: dict[str, Any]) -> Iterator[Example]:
    """Yield for each target of a page the actor that overlaps it, in its first sentence."""
    at = draft.page.text.find(row["comments"][0]["text"])
    mentions = MentionIndex((span, actor) for actor in draft.actors for span in actor.mentions)
    for target in row["gold"]["targets"]:
        span = (at + target["start"], at + target["end"])
        actor = next((one for _, one in mentions.touching(span)), None)
        if actor is None:
            continue
        for sentence in draft.sentences:
            here = find_mentioned(sentence, mentions.within((sentence.start, sentence.end)))
            if actor.id not in here:
                continue
            opinions = read_opinions(sentence.tokens)
            weighed = weigh_mentions(opinions, here[actor.id])
            heads = [head for head, _ in here[actor.id]]
            bearing = describe_stance(sentence.tokens, heads, actor, opinions, weighed)
            words = tuple((word.lower_, shares) for word, shares in bearing.words)
            yield Example(row["id"], LABELS.index(target["label"]), bearing.traits, words, bearing.vectors)
            break


class Embedder:
    """Gives words the mean of the vectors of their pieces, each vector once."""

    def __init__(self) -> None:
        self._encoder = read_model().encoder
        self._known: dict[str, Any] = {}

    def __call__(self, word: str) -> Any:
        """Return the vector of a word."""
        if word not in self._known:
            self._known[word] = self._encoder.table[list(self._encoder.cut(word))].mean(axis=0)
        return self._known[word]


def stack_features(examples: Sequence[Example], embedder: Embedder) -> tuple[Any, list[str]]:
    """Return the features (examples, traits, three bags of words, vectors) and the names of the traits."""
    names = list(examples[0].traits)
    rows = []
    for one in examples:
        near = numpy.array([shares for _, shares in one.words] or [NOTHING], dtype="f")
        vectors = numpy.stack([embedder(word) for word, _ in one.words] or [embedder("")])
        traits = [one.traits[name] for name in names]
        rows.append(numpy.concatenate([traits, (near.T @ vectors).ravel(), one.vectors]).astype("f"))
    return numpy.stack(rows), names


def fit(rows: Any, labels: Any) -> tuple[Any, Any]:
    """Return weights (features, labels) and bias of a multinomial regression on standardised features."""
    middle, spread = rows.mean(axis=0), rows.std(axis=0) + 1e-6
    x = (rows - middle) / spread
    size, width = x.shape
    wanted = numpy.eye(len(LABELS), dtype="f")[labels]

    def lose(flat: Any) -> tuple[float, Any]:
        weights = flat[: -len(LABELS)].reshape(width, len(LABELS)).astype("f")
        odds = x @ weights + flat[-len(LABELS) :].astype("f")
        odds -= odds.max(axis=1, keepdims=True)
        shares = numpy.exp(odds)
        shares /= shares.sum(axis=1, keepdims=True)
        slope = shares - wanted
        loss = -numpy.log(shares[numpy.arange(size), labels] + 1e-9).sum() + STRICT / 2 * (weights**2).sum()
        return float(loss), numpy.concatenate([(x.T @ slope + STRICT * weights).ravel(), slope.sum(axis=0)])

    start = numpy.zeros((width + 1) * len(LABELS))
    best = minimize(lose, start, jac=True, method="L-BFGS-B", options={"maxiter": ROUNDS}).x
    weights = best[: -len(LABELS)].reshape(width, len(LABELS)) / spread[:, None]
    return weights, best[-len(LABELS) :] - middle @ weights


def cross_validate(examples: Sequence[Example], rows: Any, labels: Any) -> None:
    """Print the macro F1 over the labels of sentences that the weights were not fitted to."""
    part = numpy.array([hash_word(one.page) % PARTS for one in examples])
    told = numpy.zeros(len(labels), dtype=int)
    for held in range(PARTS):
        weights, bias = fit(rows[part != held], labels[part != held])
        told[part == held] = (rows[part == held] @ weights + bias).argmax(axis=1)
    scores = []
    for n, label in enumerate(LABELS):
        right = int(((told == n) & (labels == n)).sum())
        scores.append(2 * right / int((told == n).sum() + (labels == n).sum()))
        print(f"{label}: F1 {scores[-1]:.3f}")
    print(f"macro F1 of {len(labels)} actors that are found, {PARTS} parts: {sum(scores) / len(scores):.3f}")


def write_model(
    examples: Sequence[Example], embedder: Embedder, names: Sequence[str], weights: Any, bias: Any
) -> None:
    """Write the weight of each word by nearness in tree and line, for blame and praise over no attitude."""
    counts = Counter(word for one in examples for word in dict.fromkeys(word for word, _ in one.words))
    known = {word for word, count in counts.items() if count >= LEAST_COUNT}
    known |= {row.lemma for row in load("opinion_words", OpinionWord) if " " not in row.lemma}
    known |= {row.word for row in load("valence_words", ValenceWord)}
    known |= {piece for piece in read_model().encoder.pieces if piece.isalpha()}
    words = sorted(known, key=hash_word)
    over = weights[:, 1:] - weights[:, :1]
    vectors = numpy.stack([embedder(word) for word in words])
    first, width = len(names), vectors.shape[1]
    last = first + len(NOTHING) * width
    bags = [over[start : start + width] for start in range(first, last, width)]
    table = numpy.concatenate([vectors @ bag for bag in bags], axis=1)
    seen = numpy.array([counts[word] for word in words], dtype="d")
    middle = (seen @ table) / seen.sum()  # what a word that is not known counts
    table -= middle
    scale = numpy.abs(table).max(axis=0) / LEVELS
    numpy.savez_compressed(
        TABLE,
        keys=numpy.array([hash_word(word) for word in words], dtype="uint32"),
        weights=numpy.rint(table / scale).astype("int8"),
        scale=scale.astype("f4"),
        traits=numpy.frombuffer("\n".join(names).encode(), dtype="uint8"),
        trait_weights=over[:first].astype("f4"),
        vector_weights=over[last:].astype("f4"),
        bias=(bias[1:] - bias[0] + middle.reshape(-1, 2).sum(axis=0)).astype("f4"),
    )


if __name__ == "__main__":
    main()
