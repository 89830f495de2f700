"""The learned layer: how much the traits of a word speak for each PLOVER type, mode and status.

Fitted by `tools/fit_events.py` to pages of open licence. The weights of traits are whole numbers times a
scale for each class, so that their sum is the same on every processor and in any order; the second look of
a transformer is added where the traits leave a doubt.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate, chain, pairwise
from typing import Any, cast

import numpy
from numpy.typing import NDArray

from onrecord.lexicons import data_path
from onrecord.records import Act
from onrecord.stages.events.encode_context import ContextEncoder, read_encoder, unpack
from onrecord.stages.events.weigh_story import NONE, story_terms

FILE = "event_model.npz"
DOUBT = -1.1
"""Log odds of an event by its traits alone from which on a word's sentence is looked at: .25 of probability;
half of the words of news are read so, at a loss of .001 of F1 on unseen pages (.20: 51 % of the words)."""
HEARD, OTHERS, NO_MODE, LISTED = 0.2, 2.5, 1.0, 8.0
"""Of the modes of a story: words that are events with this probability are heard by the others of their
type, with this weight; a mode is given unless none is likelier by these log odds; and one that the codebook
has for a word is likelier by these: it is right in .80 where the layers alone are in .76. On unseen pages
this brings the modes from .70 right to .74, and no more of them are given where readers gave none."""
SURE, UNSURE_FROM = 0.7, 0.65
"""A story whose likeliest event is less probable tells events from the second probability on only: most such
pages hold no core event at all. On unseen pages without one, .2 events beside every mark are left of .3, and
.014 of type F1 goes with them."""
LEAST, MOST = 0.02, 0.98
FIGURES = 4
"""Decimals that odds are rounded to: beyond them processors may differ."""

Floats = NDArray[numpy.float64]


def _share(odds: Floats) -> list[tuple[Floats, int]]:
    """Return from log odds (words, classes) the probabilities of each word, and its likeliest type."""
    powers = numpy.exp(odds - odds.max(axis=1, keepdims=True))
    shares = powers / powers.sum(axis=1, keepdims=True)
    return list(zip(shares, (odds[:, 1:].argmax(axis=1) + 1).tolist(), strict=True))


def _mode_of(act: Act) -> str:
    """Return the mode of an act as the model names it; nothing that it has for acts without one."""
    return f"{act.type}/{act.mode}" if act.mode else ""


@dataclass(frozen=True, slots=True)
class Head:
    """One linear model: a weight of each trait for each class."""

    classes: tuple[str, ...]
    weights: NDArray[numpy.int8]
    """(traits + 1, classes); the last row is of zeros."""
    scale: Floats
    """(classes,): log odds of a weight of 1."""
    bias: Floats
    """(classes,)."""

    def odds(self, words: Sequence[Sequence[int]]) -> Floats:
        """Return the log odds (words, classes), up to a constant, of words with the traits at some rows."""
        flat = numpy.fromiter(chain.from_iterable((-1, *rows) for rows in words), numpy.intp)
        starts = [0, *accumulate(len(rows) + 1 for rows in words)][:-1]
        sums = numpy.add.reduceat(self.weights.take(flat, axis=0), starts, axis=0, dtype="int32")
        odds: Floats = sums * self.scale + self.bias
        return odds

    def terms(self, rows: Sequence[int], wanted: int, against: int) -> list[float]:
        """Return what each trait adds to the log odds of one class over another."""
        picked = self.weights[list(rows)]
        terms = picked[:, wanted] * self.scale[wanted] - picked[:, against] * self.scale[against]
        told: list[float] = terms.tolist()
        return told


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the model makes of a word."""

    shares: Floats
    """(classes,): probabilities of no event and of each type."""
    best: int
    """The likeliest type, as its place among the classes."""
    rows: tuple[int, ...] = ()
    """Rows of the traits that were learned."""
    context: Floats | None = None
    """(classes,): what the look at the sentence added to the log odds; None where there was none."""
    modes: Floats | None = None
    """(modes,): log odds of each mode, up to a constant."""


UNSEEN = Judgement(*_share(numpy.array([[0.0, *[-9.0] * 16]]))[0])
"""Of words of which no sentence is worth a look: no event."""


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence as the model reads it."""

    words: Sequence[str]
    places: Sequence[int]
    """Of the candidates, among the words."""
    traits: Sequence[Sequence[str]]
    """Of each candidate."""
    shared: Sequence[str]
    """Traits of all of them."""
    vectors: Any
    """(candidates, width): the parser's vectors of the candidates; None where it gives none."""


@dataclass(frozen=True, slots=True)
class Readout:
    """Types and modes from the vectors of a word, its sentence and its parse."""

    types: NDArray[numpy.float32]
    """(2 x width of the encoder, classes)."""
    bias: NDArray[numpy.float32]
    hidden: NDArray[numpy.float32]
    """(2 x width of the encoder + width of the parser's vectors, units)."""
    hidden_bias: NDArray[numpy.float32]
    top: NDArray[numpy.float32]
    """(units, classes)."""
    modes: NDArray[numpy.float32]
    """(2 x width of the encoder, modes)."""
    modes_bias: NDArray[numpy.float32]

    def __call__(self, pairs: Any, vectors: Any) -> tuple[Any, Any]:
        """Return what is added to the log odds of the types, and the log odds of the modes."""
        units = numpy.tanh(numpy.concatenate([pairs, vectors], axis=1) @ self.hidden + self.hidden_bias)
        return pairs @ self.types + self.bias + units @ self.top, pairs @ self.modes + self.modes_bias


@dataclass(frozen=True, slots=True)
class EventModel:
    """The heads over one vocabulary of traits, and the encoder of the second look."""

    rows: dict[str, int]
    names: tuple[str, ...]
    gate: Head
    """One class: log odds that a word names an event at all, by its traits alone."""
    types: Head
    statuses: Head
    modes: tuple[str, ...]
    """`TYPE/mode`, or `TYPE/` for none, which comes first; in alphabetical order."""
    mode_lists: Mapping[str, range]
    """The places of its modes by type."""
    vectors: NDArray[numpy.float32]
    """(width of the parser's word vectors, classes)."""
    encoder: ContextEncoder
    readout: Readout
    story: Floats
    """Weight of each of the terms of `weigh_story`."""
    thresholds: Floats
    """(classes,): probability from which on an event of each type is told; less for the rarer half of types,
    of which readers find more than the model is sure of."""
    calibration: tuple[float, float]
    """Slope and intercept, from the log odds that the story gives to the log odds of being right."""

    def find_rows(self, traits: Sequence[str]) -> set[int]:
        """Return the rows of the traits that were learned."""
        found = set(map(self.rows.get, traits))
        found.discard(None)
        return cast("set[int]", found)

    def judge(self, lines: Sequence[Line], doubt: float = DOUBT) -> list[list[Judgement]]:
        """Return for each sentence of a story what the model makes of its candidates.

        Sentences of which no candidate has log odds of `doubt` or more by its traits are not looked at.
        """
        rows = [self._rows_of(line) for line in lines]
        flat = [row for some in rows for row in some]
        if not flat:
            return [[] for _ in lines]
        ends = [0, *accumulate(map(len, rows))]
        doubtful = (self.gate.odds(flat)[:, 0] >= doubt).tolist()
        looked_at = [n for n, (start, end) in enumerate(pairwise(ends)) if any(doubtful[start:end])]
        judged = [[UNSEEN] * len(some) for some in rows]
        if looked_at:
            some = self._look([lines[n] for n in looked_at], [row for n in looked_at for row in rows[n]])
            for n in looked_at:
                judged[n] = [next(some) for _ in rows[n]]
        return judged

    def _rows_of(self, line: Line) -> list[tuple[int, ...]]:
        shared = self.find_rows(line.shared)
        return [tuple(shared.union(self.find_rows(one))) for one in line.traits]

    def _look(self, lines: Sequence[Line], rows: Sequence[tuple[int, ...]]) -> Iterator[Judgement]:
        """Yield the judgements of the candidates of some sentences, one after the other."""
        seen = self.encoder([(line.words, line.places) for line in lines])
        pairs = numpy.concatenate(
            [numpy.concatenate([some[1:], some[[0] * (len(some) - 1)]], axis=1) for some in seen]
        )
        vectors = numpy.concatenate([self._vectors_of(line) for line in lines])
        added, modes = self.readout(pairs, vectors)
        odds = self.types.odds(rows) + vectors @ self.vectors + added
        shares = _share(numpy.round(odds.astype("d"), FIGURES))
        for (share, best), row, more, mode in zip(shares, rows, added, modes, strict=True):
            yield Judgement(share, best, row, more, mode)

    def _vectors_of(self, line: Line) -> Any:
        """Return the parser's vectors; zeros where it has none of the width that was learned from."""
        width = len(self.vectors)
        if line.vectors is None or line.vectors.shape[1] != width:
            return numpy.zeros((len(line.places), width), "f")
        return line.vectors

    def rate(self, share: float) -> float:
        """Return how sure an event is: a probability that the story gives, calibrated."""
        share = min(1 - 1e-6, max(1e-6, share))
        slope, intercept = self.calibration
        sure = 1 / (1 + math.exp(-(slope * math.log(share / (1 - share)) + intercept)))
        return round(max(LEAST, min(MOST, sure)), 2)

    def weigh_story(
        self, judged: Sequence[Judgement], sentences: Sequence[int], proposed: Sequence[frozenset[int]]
    ) -> list[float]:
        """Return for the candidates of a story the probability that an event of their best type is told."""
        if not judged:
            return []
        terms = story_terms(numpy.stack([one.shares for one in judged]), sentences, proposed)
        odds = numpy.round((terms * self.story).sum(axis=1), FIGURES)
        shares: list[float] = (1 / (1 + numpy.exp(-odds))).tolist()
        return shares

    def told_from(self, peak: float) -> list[float]:
        """Return by class the probability from which on a story tells an event; `peak` is its largest one."""
        bars = self.thresholds if peak >= SURE else numpy.maximum(self.thresholds, UNSURE_FROM)
        told: list[float] = bars.tolist()
        return told

    def explain(self, judged: Judgement, wanted: int, most: int) -> list[tuple[str, float]]:
        """Return the traits that weigh most for or against a type, each with its log odds over no event."""
        terms = self.types.terms(judged.rows, wanted, NONE)
        ranked = sorted(
            (-abs(term), self.names[row], term) for row, term in zip(judged.rows, terms, strict=True)
        )
        found = [(name, round(term, 2)) for _, name, term in ranked[:most] if term]
        if judged.context is not None:
            found.append(("its sentence", round(float(judged.context[wanted] - judged.context[NONE]), 2)))
        return found

    def places_of(self, names: Iterable[str]) -> frozenset[int]:
        """Return the places of types among the classes; those without one are left out."""
        return frozenset(self.types.classes.index(name) for name in names if name in self.types.classes)

    def choose_modes(
        self, judged: Sequence[Judgement], listed: Sequence[Sequence[Act]], may_tell: Sequence[bool]
    ) -> list[str]:
        """Return for each word of a story the mode of its likeliest type; empty for none, or none known.

        One raid is told in several sentences, and one of them says with which arms: words of one type
        share what they make of its modes. `listed` are the acts that the codebook has for each word:
        a mode that it knows ("shelled") stands, and is what the others hear. Nothing is worked out for a type
        of which no word may tell an event.
        """
        chosen = [""] * len(judged)
        words: dict[int, list[int]] = {}
        for n, one in enumerate(judged):
            if one.modes is not None:
                words.setdefault(one.best, []).append(n)
        for wanted, places in words.items():
            name = self.types.classes[wanted]
            if name in self.mode_lists and any(may_tell[n] for n in places):
                allowed = self.mode_lists[name]
                scores = self._score_modes([judged[n] for n in places], allowed, [listed[n] for n in places])
                for n, best in zip(places, scores.argmax(axis=1).tolist(), strict=True):
                    chosen[n] = self.modes[allowed[best]].partition("/")[2]
        return chosen

    def _score_modes(
        self, judged: Sequence[Judgement], allowed: range, listed: Sequence[Sequence[Act]]
    ) -> Floats:
        """Return scores (words, modes) of words of one type, each helped by what the others make of it."""
        names = self.modes[allowed.start : allowed.stop]
        odds = numpy.array([one.modes for one in judged], "d")[:, allowed.start : allowed.stop]
        for row, acts in enumerate(listed):
            for mode in {_mode_of(act) for act in acts}.intersection(names):
                odds[row, names.index(mode)] += LISTED
        odds -= numpy.log(numpy.exp(odds).sum(axis=1, keepdims=True))
        if len(judged) > 1:
            odds += self._hear_others(odds, judged)
        if names[0].endswith("/"):
            odds[:, 0] -= NO_MODE
        return numpy.round(odds, FIGURES)

    def _hear_others(self, odds: Floats, judged: Sequence[Judgement]) -> Floats:
        """Return what is added to the log odds (words, modes) of each word by those of the others."""
        events = numpy.array([1 - float(one.shares[NONE]) for one in judged])
        told = numpy.exp(odds) * (events * (events >= HEARD))[:, None]
        others = told.sum(axis=0) - told
        heard = others.sum(axis=1, keepdims=True)
        prior = numpy.log((others + NO_MODE / odds.shape[1]) / (heard + NO_MODE))
        added: Floats = OTHERS * numpy.minimum(heard, 1) * prior
        return added

    def choose_status(self, judged: Judgement) -> str:
        """Return the likeliest status; the first of equal ones."""
        odds = numpy.round(self.statuses.odds([judged.rows])[0], FIGURES)
        return self.statuses.classes[int(odds.argmax())]


@cache
def read_model() -> EventModel:
    """Return the model that is installed with onrecord."""
    with numpy.load(data_path(FILE), allow_pickle=False) as archive:
        file = {name: archive[name] for name in archive.files}
    names = tuple(file["traits"].tobytes().decode().split("\n"))
    modes = tuple(file["modes"].tobytes().decode().split("\n"))
    return EventModel(
        rows={name: row for row, name in enumerate(names)},
        names=names,
        gate=_read_head(file, "gate"),
        types=_read_head(file, "types"),
        statuses=_read_head(file, "statuses"),
        modes=modes,
        mode_lists=_part_modes(modes),
        vectors=unpack(file, "vectors"),
        encoder=read_encoder(file),
        readout=Readout(
            unpack(file, "readout"),
            file["readout_bias"].astype("f"),
            unpack(file, "hidden"),
            file["hidden_bias"].astype("f"),
            unpack(file, "top"),
            unpack(file, "mode_readout"),
            file["mode_bias"].astype("f"),
        ),
        story=file["story"].astype("d"),
        thresholds=file["thresholds"].astype("d"),
        calibration=(float(file["calibration"][0]), float(file["calibration"][1])),
    )


def _part_modes(modes: Sequence[str]) -> dict[str, range]:
    """Return where the modes of each type stand in their list."""
    found: dict[str, range] = {}
    for place, name in enumerate(modes):
        kind = name.partition("/")[0]
        found[kind] = range(found[kind].start if kind in found else place, place + 1)
    return found


def _read_head(file: dict[str, Any], name: str) -> Head:
    classes = tuple(file[f"{name}_classes"].tobytes().decode().split("\n"))
    return Head(
        classes,
        numpy.vstack([file[f"{name}_weights"], numpy.zeros_like(file[f"{name}_weights"][:1])]),
        file[f"{name}_scale"].astype("d"),
        file[f"{name}_bias"].astype("d"),
    )
