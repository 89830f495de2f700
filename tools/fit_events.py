"""Fit the learned layer of events to marked pages of open licence.

usage: fit_events.py GOLD_DIR --minilm FOLDER [--cross-validate] [--curve] [--without FOLDS --out FILE]

GOLD_DIR holds dev.jsonl as in gold/events; reports of our own, `tools/reports`, are learned from as well.
FOLDER holds model.safetensors and vocab.txt of all-MiniLM-L6-v2 (Apache-2.0). Needs torch, which nothing
else of onrecord does. Seeds are fixed: the same pages give the same file on one kind of machine. Figures are
of pages that were not learned from: a model without folds 0 and 4. A model of its own without some
folds, `--without 0,4 --out FILE`, shows what the whole program does on them when its file stands in the place
of the installed one.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy
import torch
from event_examples import CLASSES, Lesson, choose_modes, read_lessons, vote
from event_network import (
    HEADS,
    SHRINK,
    TRAITS_DROPPED,
    VECTOR,
    VECTOR_SCALE,
    Batch,
    EventNetwork,
    choose_pieces,
    train_network,
)  # fmt: skip
from event_story import (
    Judged,
    Rated,
    Story,
    calibrate,
    fit_story,
    rate_unseen,
    tell_stories,
    write_bins,
)
from layer_graphs import Linear, write_feed, write_linear
from own_reports import OWN_FOLD
from torch import nn
from torch.nn import functional

from onrecord.lexicons import data_path
from onrecord.stages.events.encode_context import ContextEncoder
from onrecord.stages.events.weigh_types import FILE

RARE = 4
"""Traits of fewer candidates are not learned."""
LEVELS = {"traits": 31, "network": 15, "table": 11}
"""Whole numbers up to these stand for the weights; five bits are enough for the network."""
FINE = 127
"""Levels of the few weights behind the network."""
LEAST_LEVEL = 10
"""Traits whose weights stay below this level for all types are left out."""
FAINT = 0.1
"""Weights of statuses below this share of the largest one of their class are zero."""
HELD_OUT = (0, 4)
"""Folds that one model does not see: figures, the weights of stories and confidence come from it."""
CALIBRATION_DOC = Path(__file__).parent.parent / "docs" / "calibration.md"
CALIBRATION_HEAD = """# What a confidence means

Written by `tools/fit_events.py`: events that are told on pages of gold/events which the model had not
learned from (a model without folds 0 and 4). An event is right if its type is one
that the marks allow at that word. Fold 4 was never looked at while onrecord was written.

| confidence | events, fold 0 | right | events, fold 4 | right |
| --- | --- | --- | --- | --- |
"""
GATE_RATE, GATE_EPOCHS, GATE_BATCH = 3e-3, 4, 512
HEAD_STEPS, HEAD_RATE, HEAD_SHRINK = 150, 0.05, 2e-4
TOLD_FROM, RARE_TOLD_FROM = 0.4, 0.2
"""Probability from which on an event is told, of the commoner half of types and of the rarer half: near the
best F1 of type on unseen pages; the rarer half is told too seldom at .4."""


def main() -> int:
    """Fit the model, or cross-validate it; return 0."""
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("gold", type=Path)
    options.add_argument("--minilm", type=Path, required=True)
    options.add_argument("--cross-validate", action="store_true")
    options.add_argument("--curve", action="store_true")
    options.add_argument("--without", default="", help="folds that the written model does not see")
    options.add_argument("--out", type=Path, default=data_path("cameo_codes").with_name(FILE))
    args = options.parse_args()
    torch.set_num_threads(1)
    lessons = read_lessons(args.gold / "dev.jsonl")
    cutter = make_cutter(args.minilm)
    if args.curve:
        tell_curve(lessons, cutter, args.minilm)
        return 0
    blind = learn(lessons, HELD_OUT, cutter, args.minilm)
    stories = tell_stories(judge_folds(lessons, HELD_OUT, blind, cutter))
    rated = rate_unseen(stories)
    calibration = calibrate(rated, TOLD_FROM)
    tell_figures(rated)
    CALIBRATION_DOC.write_text(CALIBRATION_HEAD + write_bins(rated, calibration, TOLD_FROM), encoding="utf-8")
    if not args.cross_validate:
        left_out = tuple(sorted(int(fold) for fold in args.without.split(",") if fold))
        one = blind if left_out == HELD_OUT else learn(lessons, left_out, cutter, args.minilm)
        file = pack(one, args.minilm) | {
            "story": fit_story(stories), "thresholds": choose_thresholds(one.lessons),
            "calibration": numpy.array(calibration),
        }  # fmt: skip
        numpy.savez_compressed(args.out, **file)
        print(f"{args.out.name}: {args.out.stat().st_size:,} bytes, {len(one.rows):,} traits")
    return 0


@dataclass(frozen=True)
class Learned:
    """A trained network with what it learned from."""

    network: EventNetwork
    lessons: tuple[Lesson, ...]
    rows: dict[str, int]
    """Of each trait."""
    modes: tuple[str, ...]


def learn(lessons: Iterable[Lesson], folds: Sequence[int], cutter: ContextEncoder, folder: Path) -> Learned:
    """Return what is learned from the open pages that are not of some folds."""
    seen = tuple(one for one in lessons if one.fold not in folds and one.is_open)
    rows, modes = choose_traits(seen), choose_modes(seen, RARE)
    return Learned(train_network(seen, rows, modes, cutter, folder), seen, rows, modes)


def choose_thresholds(lessons: Iterable[Lesson]) -> Any:
    """Return for each class the probability from which on it is told: less for the rarer half of types."""
    real = [lesson for lesson in lessons if lesson.fold != OWN_FOLD]
    marks = [one.mark for lesson in real for one in lesson.examples if one.mark is not None]
    counts = Counter(mark["type"][0] for mark in marks)
    ranked = sorted(CLASSES[1:], key=lambda name: (counts[name], name))
    rare = ranked[: len(ranked) // 2]
    return numpy.array([RARE_TOLD_FROM if name in rare else TOLD_FROM for name in CLASSES])


def make_cutter(folder: Path) -> ContextEncoder:
    """Return an encoder that only cuts words into pieces."""
    none: Any = numpy.zeros((0, 0), "f")
    pieces = {piece: row for row, (piece, _) in enumerate(choose_pieces(folder))}
    return ContextEncoder(pieces, none, none, (none, none), (), HEADS)


def choose_traits(lessons: Iterable[Lesson]) -> dict[str, int]:
    """Return the row of each trait that enough candidates have, in alphabetical order."""
    counts = Counter(trait for lesson in lessons for one in lesson.examples for trait in one.traits)
    return {trait: row for row, trait in enumerate(sorted(t for t, n in counts.items() if n >= RARE))}


def judge_folds(
    lessons: Sequence[Lesson], folds: tuple[int, ...], learned: Learned, cutter: ContextEncoder
) -> list[Judged]:
    """Return the candidates of some folds as a model judges them that learned from the other folds."""
    unseen = [one for one in lessons if one.fold in folds]
    return list(judge(learned.network, unseen, learned.rows, cutter))


def judge(
    network: EventNetwork, lessons: Sequence[Lesson], rows: dict[str, int], cutter: ContextEncoder
) -> Iterable[Judged]:
    """Yield each candidate with the probabilities of its classes."""
    with torch.no_grad():
        for start in range(0, len(lessons), 32):
            some = lessons[start : start + 32]
            batch = Batch(some, rows, cutter)
            shares = torch.softmax(network.quick(batch) + network.look(batch)[0], 1).numpy()
            flat = [(lesson, one) for lesson in some for one in lesson.examples]
            yield from ((lesson, one, share) for (lesson, one), share in zip(flat, shares, strict=True))


def tell_figures(rated: Sequence[Rated]) -> None:
    """Print by threshold and fold the precision and recall of mentions of core events."""
    for threshold in (0.25, 0.3, 0.35, 0.4, 0.5):
        cells = []
        for fold in sorted({story.fold for story, _, _ in rated}):
            own = [(story, n, share) for story, n, share in rated if story.fold == fold]
            told = [(story, n) for story, n, share in own if share >= threshold]
            right = sum(bool(story.right[n]) for story, n in told)
            core = [_is_core(story, n) for story, n, _ in own]
            found = sum(_is_core(story, n) and bool(story.right[n]) for story, n in told)
            cells.append(f"fold {fold} {right / max(1, len(told)):.3f} {found / max(1, sum(core)):.3f}")
        print(f"threshold {threshold}: precision and recall of mentions: {', '.join(cells)}")


def _is_core(story: Story, n: int) -> bool:
    mark = story.examples[n].mark
    return mark is not None and mark["need"] == "core"


def tell_curve(lessons: Sequence[Lesson], cutter: ContextEncoder, folder: Path) -> None:
    """Print the figures on folds 0 and 4 of models that learned from a quarter, half, all of the other pages.

    Reports of our own are left out: the curve says what more marked pages would bring.
    """
    pages = sorted({one.page for one in lessons if one.fold in (1, 2, 3)})
    for share in (0.25, 0.5, 1.0):
        kept = set(pages[: int(len(pages) * share)])
        some = [one for one in lessons if one.page in kept or one.fold in HELD_OUT]
        print(f"{len(kept)} pages")
        learned = learn(some, HELD_OUT, cutter, folder)
        tell_figures(rate_unseen(tell_stories(judge_folds(some, HELD_OUT, learned, cutter))))


def pack(learned: Learned, folder: Path) -> dict[str, Any]:
    """Return the arrays of the model file: matrices as whole numbers with a scale for each column."""
    network, lessons, rows = learned.network, learned.lessons, learned.rows
    weights = network.traits.weight.detach().numpy()
    statuses = fit_statuses(lessons, rows)
    used = numpy.flatnonzero(
        (numpy.abs(_levels(weights, LEVELS["traits"])[0].astype("int32")).max(1) >= LEAST_LEVEL)
        | (numpy.abs(statuses[1]).sum(1) > 0)
    )
    names = sorted(rows, key=lambda trait: rows[trait])
    file: dict[str, Any] = {
        "traits": _text([names[row] for row in used]),
        "pieces": _text([piece for piece, _ in choose_pieces(folder)]),
        "layers": numpy.int64(len(network.layers)),
        "heads": numpy.int64(HEADS),
        "modes": _text(learned.modes),
        "norm": _norm(network.norm),
    }
    _add_head(file, "types", CLASSES, weights[used], network.bias.detach().numpy())
    for name, (classes, matrix, bias) in {"statuses": statuses, "gate": fit_gate(lessons, rows)}.items():
        _add_head(file, name, classes, matrix[used], bias)
    _add(file, "vectors", network.vector.weight.detach().numpy().T)
    network.hidden.weight.data[:, -VECTOR:] /= VECTOR_SCALE
    for name, layer in (
        ("readout", network.readout), ("hidden", network.hidden), ("top", network.top),
        ("mode_readout", network.modes),
    ):  # fmt: skip
        _add(file, name, layer.weight.detach().numpy().T, FINE)
    for name, layer in (("readout", network.readout), ("hidden", network.hidden), ("mode", network.modes)):
        file[f"{name}_bias"] = layer.bias.detach().numpy()
    _add(file, "table", network.pieces.weight.numpy())
    _add(file, "positions", network.positions.detach().numpy())
    for n, layer in enumerate(network.layers):
        mix, out, inner, outer = (_linear(getattr(layer, name)) for name in ("mix", "out", "inner", "outer"))
        file[f"layer{n}_mix"], file[f"layer{n}_out"] = write_linear(mix), write_linear(out)
        file[f"layer{n}_feed"] = write_feed(inner, outer)
        file[f"layer{n}_out_norm"] = _norm(layer.out_norm)
        file[f"layer{n}_feed_norm"] = _norm(layer.outer_norm)
    return file


def fit_gate(lessons: Sequence[Lesson], rows: dict[str, int]) -> tuple[tuple[str, ...], Any, Any]:
    """Return class, weights (traits, 1) and bias of the model that says whose sentence is looked at."""
    examples = [one for lesson in lessons for one in lesson.examples if not one.is_beside]
    wanted = torch.tensor([1 - vote(one.mark)[0] for one in examples])
    known = [numpy.array([rows[trait] for trait in one.traits if trait in rows]) for one in examples]
    torch.manual_seed(0)
    chance = numpy.random.default_rng(0)
    weights = torch.zeros(len(rows), 1, requires_grad=True)
    bias = torch.tensor([-3.0], requires_grad=True)
    optimiser = torch.optim.Adam([weights, bias], lr=GATE_RATE)
    steps, step = GATE_EPOCHS * -(-len(examples) // GATE_BATCH), 0
    for _ in range(GATE_EPOCHS):
        order = chance.permutation(len(examples))
        for start in range(0, len(order), GATE_BATCH):
            picked = order[start : start + GATE_BATCH]
            flat = torch.from_numpy(numpy.concatenate([known[n] for n in picked]))
            offsets = torch.tensor(numpy.cumsum([0, *(len(known[n]) for n in picked[:-1])]))
            kept = (torch.rand(len(flat)) > TRAITS_DROPPED).float() / (1 - TRAITS_DROPPED)
            odds = functional.embedding_bag(flat, weights, offsets, mode="sum", per_sample_weights=kept)
            lost = functional.binary_cross_entropy_with_logits(odds[:, 0] + bias, wanted[picked])
            for group in optimiser.param_groups:
                group["lr"] = GATE_RATE * (1 - step / steps)
            (lost + SHRINK * (weights[flat.unique()] ** 2).sum()).backward()
            optimiser.step()
            optimiser.zero_grad()
            step += 1
    return ("event",), weights.detach().numpy(), bias.detach().numpy()


def fit_statuses(lessons: Sequence[Lesson], rows: dict[str, int]) -> tuple[tuple[str, ...], Any, Any]:
    """Return classes, weights (traits, classes) and bias of the linear model of statuses."""
    examples = [one for lesson in lessons for one in lesson.examples if one.mark is not None]
    wanted: list[list[str]] = [list((one.mark or {})["status"]) for one in examples]
    counts = Counter(label for labels in wanted for label in labels)
    classes = tuple(sorted(label for label, count in counts.items() if count >= RARE))
    known = [[rows[trait] for trait in one.traits if trait in rows] for one in examples]
    flat = torch.tensor([row for one in known for row in one])
    offsets = torch.tensor(numpy.cumsum([0, *map(len, known[:-1])]))
    votes = torch.zeros(len(examples), len(classes))
    for n, labels in enumerate(wanted):
        for label in labels:
            if label in classes:
                votes[n, classes.index(label)] += 1 / len(labels)
    torch.manual_seed(0)
    weights = torch.zeros(len(rows), len(classes), requires_grad=True)
    bias = torch.zeros(len(classes), requires_grad=True)
    optimiser = torch.optim.Adam([weights, bias], lr=HEAD_RATE)
    for step in range(HEAD_STEPS):
        for group in optimiser.param_groups:
            group["lr"] = HEAD_RATE * (1 - step / HEAD_STEPS)
        odds = functional.embedding_bag(flat, weights, offsets, mode="sum") + bias
        lost = -(votes * torch.log_softmax(odds, 1)).sum(1).mean() + HEAD_SHRINK * (weights**2).sum() / 10
        lost.backward()
        optimiser.step()
        optimiser.zero_grad()
    found = weights.detach().numpy()
    found[numpy.abs(found) < numpy.abs(found).max(0) * FAINT] = 0
    return classes, found, bias.detach().numpy()


def _levels(matrix: Any, levels: int) -> tuple[Any, Any]:
    """Return a matrix as int8 with the scale of each column."""
    scale = numpy.maximum(numpy.abs(matrix).max(0), 1e-9) / levels
    return numpy.rint(matrix / scale).astype("int8"), scale.astype("f4")


def _linear(layer: Any) -> Linear:
    levels, scale = _levels(layer.weight.detach().numpy().T, LEVELS["network"])
    return Linear(levels, scale, layer.bias.detach().numpy())


def _add(file: dict[str, Any], name: str, matrix: Any, levels: int = 0) -> None:
    levels = levels or LEVELS.get(name, LEVELS["network"])
    file[name], file[f"{name}_scale"] = _levels(matrix, levels)


def _add_head(file: dict[str, Any], name: str, classes: Sequence[str], matrix: Any, bias: Any) -> None:
    file[f"{name}_classes"] = _text(classes)
    file[f"{name}_weights"], file[f"{name}_scale"] = _levels(matrix, LEVELS["traits"])
    file[f"{name}_bias"] = bias


def _norm(layer: nn.LayerNorm) -> Any:
    return numpy.stack([layer.weight.detach().numpy(), layer.bias.detach().numpy()])


def _text(lines: Iterable[str]) -> Any:
    return numpy.frombuffer("\n".join(lines).encode(), dtype="uint8")


if __name__ == "__main__":
    raise SystemExit(main())
