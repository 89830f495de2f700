"""Fit the learned layer of events to marked pages of open licence.

usage: fit_events.py GOLD_DIR --minilm FOLDER [--cross-validate] [--curve] [--out FILE]

GOLD_DIR holds dev.jsonl as in gold/events; FOLDER holds model.safetensors and vocab.txt of all-MiniLM-L6-v2
(Apache-2.0). Needs torch, which nothing else of onrecord does. Seeds are fixed: the same pages give the same
file on one kind of machine. Figures are of pages that were not learned from: two models, each without some folds.
"""

from __future__ import annotations

import argparse
import math
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy
import torch
from event_examples import CLASSES, Example, Lesson, read_lessons
from event_network import HEADS, Batch, EventNetwork, choose_pieces, train_network
from torch import nn
from torch.nn import functional

from onrecord.lexicons import data_path
from onrecord.stages.events.encode_context import ContextEncoder

RARE = 4
"""Traits of fewer candidates are not learned."""
LEVELS = 127
"""Whole numbers from -127 to 127 stand for the weights."""
SMALL = 0.5
"""Share of a level below which a weight is zero."""
HELD_OUT = ((0, 4), (1, 2, 3))
"""Folds that the models of the cross-validation do not see."""
HEAD_STEPS, HEAD_RATE, HEAD_SHRINK = 150, 0.05, 2e-4
FALLBACK = 0.5
GIVEN_AT = 0.5
"""Probability of an event from which on one is told; see the table in docs/accuracy.md."""


def main() -> int:
    """Fit the model, or cross-validate it; return 0."""
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("gold", type=Path)
    options.add_argument("--minilm", type=Path, required=True)
    options.add_argument("--cross-validate", action="store_true")
    options.add_argument("--curve", action="store_true")
    options.add_argument("--out", type=Path)
    args = options.parse_args()
    torch.set_num_threads(1)
    lessons = read_lessons(args.gold / "dev.jsonl")
    cutter = make_cutter(args.minilm)
    if args.curve:
        tell_curve(lessons, cutter, args.minilm)
        return 0
    judged = [pair for folds in HELD_OUT for pair in judge_folds(lessons, folds, cutter, args.minilm)]
    slope, intercept = calibrate(judged)
    tell_figures(judged)
    if not args.cross_validate:
        open_lessons = [one for one in lessons if one.is_open]
        rows = choose_traits(open_lessons)
        network = train_network(open_lessons, rows, cutter, args.minilm)
        file = pack(network, open_lessons, rows, args.minilm, (slope, intercept))
        target = args.out or data_path("event_weights").with_name("event_model.npz")
        numpy.savez_compressed(target, **file)
        print(f"{target.name}: {target.stat().st_size:,} bytes, {len(rows):,} traits")
    return 0


def make_cutter(folder: Path) -> ContextEncoder:
    """Return an encoder that only cuts words into pieces."""
    none: Any = numpy.zeros((0, 0), "f")
    pieces = {piece: row for row, (piece, _) in enumerate(choose_pieces(folder))}
    return ContextEncoder(pieces, none, none, (none, none), (), HEADS)


def choose_traits(lessons: Iterable[Lesson]) -> dict[str, int]:
    """Return the row of each trait that enough candidates have, in alphabetical order."""
    counts = Counter(trait for lesson in lessons for one in lesson.examples for trait in one.traits)
    return {trait: row for row, trait in enumerate(sorted(t for t, n in counts.items() if n >= RARE))}


Judged = tuple[Lesson, Example, Any]
"""A candidate with the probabilities (classes,) that a model gives that has not seen its page."""


def judge_folds(
    lessons: Sequence[Lesson], folds: tuple[int, ...], cutter: ContextEncoder, folder: Path
) -> list[Judged]:
    """Return the candidates of some folds as a model judges them that learned from the other folds."""
    seen = [one for one in lessons if one.fold not in folds and one.is_open]
    rows = choose_traits(seen)
    network = train_network(seen, rows, cutter, folder)
    unseen = [one for one in lessons if one.fold in folds]
    return list(judge(network, unseen, rows, cutter))


def judge(
    network: EventNetwork, lessons: Sequence[Lesson], rows: dict[str, int], cutter: ContextEncoder
) -> Iterable[Judged]:
    """Yield each candidate with the probabilities of its classes."""
    with torch.no_grad():
        for start in range(0, len(lessons), 32):
            some = lessons[start : start + 32]
            batch = Batch(some, rows, cutter)
            shares = torch.softmax(network.quick(batch) + network.look(batch), 1).numpy()
            flat = [(lesson, one) for lesson in some for one in lesson.examples]
            yield from ((lesson, one, share) for (lesson, one), share in zip(flat, shares, strict=True))


def calibrate(judged: Sequence[Judged]) -> tuple[float, float]:
    """Return slope and intercept of the log odds that an event told has a marked type."""
    told = [(share[1:].max(), int(share[1:].argmax()) + 1, one) for _, one, share in judged if share[0] < 0.5]
    odds = torch.tensor([math.log(p / (1 - p)) for p, _, _ in ((min(q, 1 - 1e-6), n, o) for q, n, o in told)])
    right = torch.tensor(
        [float(one.mark is not None and CLASSES[n] in one.mark["type"]) for _, n, one in told]
    )
    terms = torch.tensor([1.0, 0.0], requires_grad=True)
    optimiser = torch.optim.LBFGS([terms], max_iter=100)

    def lost() -> Any:
        optimiser.zero_grad()
        value = functional.binary_cross_entropy_with_logits(terms[0] * odds.float() + terms[1], right)
        value.backward()
        return value

    optimiser.step(lost)
    return round(float(terms[0].detach()), 4), round(float(terms[1].detach()), 4)


def tell_figures(judged: Sequence[Judged]) -> None:
    """Print by threshold and fold how many events told are marked so, and how many marks are told."""
    for threshold in (0.3, 0.4, 0.5, 0.6, 0.7):
        cells = []
        for fold in range(5):
            own = [(one, share) for lesson, one, share in judged if lesson.fold == fold]
            given = [(one, CLASSES[int(s[1:].argmax()) + 1]) for one, s in own if 1 - s[0] >= threshold]
            right = sum(one.mark is not None and name in one.mark["type"] for one, name in given)
            marked = [one for one, _ in own if one.mark is not None and one.mark["need"] == "core"]
            found = sum(
                one.mark is not None and one.mark["need"] == "core" and name in one.mark["type"]
                for one, name in given
            )
            cells.append(f"{right / max(1, len(given)):.3f} {found / max(1, len(marked)):.3f}")
        print(f"threshold {threshold}: precision and recall of mentions by fold {' | '.join(cells)}")


def tell_curve(lessons: Sequence[Lesson], cutter: ContextEncoder, folder: Path) -> None:
    """Print the figures on folds 0 and 4 of a model that learned from a quarter, half and all of the others."""
    pages = sorted({one.page for one in lessons if one.fold in (1, 2, 3)})
    for share in (0.25, 0.5, 1.0):
        kept = set(pages[: int(len(pages) * share)])
        some = [one for one in lessons if one.page in kept or one.fold in (0, 4)]
        print(f"{len(kept)} pages")
        tell_figures(judge_folds(some, (0, 4), cutter, folder))


def pack(
    network: EventNetwork,
    lessons: Sequence[Lesson],
    rows: dict[str, int],
    folder: Path,
    calibration: tuple[float, float],
) -> dict[str, Any]:
    """Return the arrays of the model file: matrices as whole numbers with a scale for each column."""
    weights = network.traits.weight.detach().numpy()
    heads = {name: fit_head(lessons, rows, name) for name in ("modes", "statuses")}
    used = numpy.flatnonzero(
        (numpy.abs(_levels(weights)[0]).sum(1) > 0)
        | (numpy.abs(heads["modes"][1]).sum(1) > 0)
        | (numpy.abs(heads["statuses"][1]).sum(1) > 0)
    )
    names = sorted(rows, key=lambda trait: rows[trait])
    file: dict[str, Any] = {
        "traits": _text([names[row] for row in used]),
        "pieces": _text([piece for piece, _ in choose_pieces(folder)]),
        "threshold": numpy.float64(GIVEN_AT),
        "calibration": numpy.array(calibration),
        "layers": numpy.int64(len(network.layers)),
        "heads": numpy.int64(HEADS),
        "readout_bias": network.readout.bias.detach().numpy(),
        "norm": _norm(network.norm),
    }
    _add_head(file, "types", CLASSES, weights[used], network.bias.detach().numpy())
    for name, (classes, matrix, bias) in heads.items():
        _add_head(file, name, classes, matrix[used], bias)
    _add(file, "vectors", network.vector.weight.detach().numpy().T)
    _add(file, "readout", network.readout.weight.detach().numpy().T)
    _add(file, "table", network.pieces.weight.numpy())
    _add(file, "positions", network.positions.detach().numpy())
    for n, layer in enumerate(network.layers):
        for part in ("mix", "out", "inner", "outer"):
            linear: Any = getattr(layer, part)
            _add(file, f"layer{n}_{part}", linear.weight.detach().numpy().T)
            file[f"layer{n}_{part}_bias"] = linear.bias.detach().numpy()
        file[f"layer{n}_out_norm"] = _norm(layer.out_norm)
        file[f"layer{n}_outer_norm"] = _norm(layer.outer_norm)
    return file


def fit_head(lessons: Sequence[Lesson], rows: dict[str, int], name: str) -> tuple[tuple[str, ...], Any, Any]:
    """Return classes, weights (traits, classes) and bias of the linear model of modes or statuses."""
    examples = [one for lesson in lessons for one in lesson.examples if one.mark is not None]
    wanted = [_wanted(one, name) for one in examples]
    classes = tuple(sorted({label for labels in wanted for label in labels}))
    known = [[rows[trait] for trait in one.traits if trait in rows] for one in examples]
    flat = torch.tensor([row for one in known for row in one])
    offsets = torch.tensor(numpy.cumsum([0, *map(len, known[:-1])]))
    votes = torch.zeros(len(examples), len(classes))
    for n, labels in enumerate(wanted):
        for label in labels:
            votes[n, classes.index(label)] += 1 / len(labels)
    torch.manual_seed(0)
    weights = torch.zeros(len(rows), len(classes), requires_grad=True)
    bias = torch.zeros(len(classes), requires_grad=True)
    optimiser = torch.optim.Adam([weights, bias], lr=HEAD_RATE)
    allowed = torch.zeros(len(examples), len(classes))
    if name == "modes":
        for n, labels in enumerate(wanted):
            own = {label.partition("/")[0] for label in labels}
            allowed[n] = torch.tensor([0.0 if one.partition("/")[0] in own else -30.0 for one in classes])
    for step in range(HEAD_STEPS):
        for group in optimiser.param_groups:
            group["lr"] = HEAD_RATE * (1 - step / HEAD_STEPS)
        odds = functional.embedding_bag(flat, weights, offsets, mode="sum") + bias + allowed
        lost = -(votes * torch.log_softmax(odds, 1)).sum(1).mean() + HEAD_SHRINK * (weights**2).sum() / 10
        lost.backward()
        optimiser.step()
        optimiser.zero_grad()
    return classes, weights.detach().numpy(), bias.detach().numpy()


def _wanted(one: Example, name: str) -> list[str]:
    mark = one.mark or {}
    if name == "statuses":
        return list(mark["status"])
    kind = mark["type"][0]
    return [f"{kind}/{mode}" for mode in mark["mode"][:2]] or [f"{kind}/"]


def _levels(matrix: Any) -> tuple[Any, Any]:
    """Return a matrix as int8 with the scale of each column."""
    scale = numpy.maximum(numpy.abs(matrix).max(0), 1e-9) / LEVELS
    return numpy.rint(matrix / scale).astype("int8"), scale.astype("f4")


def _add(file: dict[str, Any], name: str, matrix: Any) -> None:
    file[name], file[f"{name}_scale"] = _levels(matrix)


def _add_head(file: dict[str, Any], name: str, classes: Sequence[str], matrix: Any, bias: Any) -> None:
    file[f"{name}_classes"] = _text(classes)
    file[f"{name}_weights"], file[f"{name}_scale"] = _levels(matrix)
    file[f"{name}_bias"] = bias


def _norm(layer: nn.LayerNorm) -> Any:
    return numpy.stack([layer.weight.detach().numpy(), layer.bias.detach().numpy()])


def _text(lines: Iterable[str]) -> Any:
    return numpy.frombuffer("\n".join(lines).encode(), dtype="uint8")


if __name__ == "__main__":
    raise SystemExit(main())
