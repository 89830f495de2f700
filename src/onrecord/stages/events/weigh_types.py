"""The learned layer: how much the traits of a word speak for each PLOVER type, mode and status.

Fitted by `tools/fit_events.py` to pages of open licence. The weights of traits are whole numbers times a
scale for each class, so that their sum is the same on every processor and in any order; the second look of
a transformer is added where the traits leave a doubt.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy
from numpy.typing import NDArray

from onrecord.lexicons import data_path
from onrecord.stages.events.encode_context import ContextEncoder, read_encoder, unpack
from onrecord.stages.events.weigh_story import NONE, story_terms

FILE = "event_model.npz"
DOUBT = -1.1
"""Log odds of an event by its traits alone from which on a word's sentence is looked at: .25 of probability;
half of the words of news are read so, at a loss of .001 of F1 on unseen pages (.20: 51 % of the words)."""
NEVER = numpy.array([0.0, *[-9.0] * 16])
"""Log odds of no event and of the types where no word of the sentence is worth a look."""
LEAST, MOST = 0.02, 0.98
LIKELY = 0.5
"""Probability from which on a mode is given: no mode is better than a wrong one."""
FIGURES = 4
"""Decimals that odds are rounded to: beyond them processors may differ."""

Floats = NDArray[numpy.float64]


@dataclass(frozen=True, slots=True)
class Head:
    """One linear model: a weight of each trait for each class."""

    classes: tuple[str, ...]
    weights: NDArray[numpy.int32]
    """(traits, classes)."""
    scale: Floats
    """(classes,): log odds of a weight of 1."""
    bias: Floats
    """(classes,)."""

    def odds(self, rows: Sequence[int]) -> Floats:
        """Return the log odds of each class, up to a constant, of a word with the traits at some rows."""
        odds: Floats = self.weights[list(rows)].sum(axis=0) * self.scale + self.bias
        return odds

    def terms(self, rows: Sequence[int], wanted: int, against: int) -> Floats:
        """Return what each trait adds to the log odds of one class over another."""
        picked = self.weights[list(rows)]
        terms: Floats = picked[:, wanted] * self.scale[wanted] - picked[:, against] * self.scale[against]
        return terms


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the model makes of a word."""

    odds: Floats
    """(classes,): log odds of no event and of each type, up to a constant."""
    rows: tuple[int, ...]
    """Rows of the traits that were learned."""
    context: Floats | None
    """(classes,): what the second look added; None where there was none."""

    @property
    def shares(self) -> Floats:
        """Probabilities of no event and of each type."""
        powers = numpy.exp(self.odds - self.odds.max())
        shares: Floats = powers / powers.sum()
        return shares


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence as the model reads it."""

    words: Sequence[str]
    places: Sequence[int]
    """Of the candidates, among the words."""
    traits: Sequence[Sequence[str]]
    """Of each candidate."""
    vectors: Any
    """(candidates, width): the parser's vectors of the candidates; None where it gives none."""


@dataclass(frozen=True, slots=True)
class EventModel:
    """The heads over one vocabulary of traits, and the encoder of the second look."""

    rows: dict[str, int]
    names: tuple[str, ...]
    gate: Head
    """One class: log odds that a word names an event at all, by its traits alone."""
    types: Head
    modes: Head
    """Its classes are `TYPE/mode`, or `TYPE/` for none."""
    statuses: Head
    vectors: NDArray[numpy.float32]
    """(width of the parser's word vectors, classes)."""
    encoder: ContextEncoder
    readout: NDArray[numpy.float32]
    """(2 x width of the encoder, classes): of the word's vector and the sentence's."""
    readout_bias: NDArray[numpy.float32]
    story: Floats
    """Weight of each of the terms of `weigh_story`."""
    threshold: float
    """Probability from which on an event is told."""
    calibration: tuple[float, float]
    """Slope and intercept, from the log odds that the story gives to the log odds of being right."""

    def find_rows(self, traits: Sequence[str]) -> tuple[int, ...]:
        """Return the rows of the traits that were learned, each once."""
        rows = self.rows
        return tuple(dict.fromkeys(rows[trait] for trait in traits if trait in rows))

    def judge(self, lines: Sequence[Line]) -> list[list[Judgement]]:
        """Return for each sentence of a story what the model makes of its candidates."""
        rows = [[self.find_rows(one) for one in line.traits] for line in lines]
        looked_at = [n for n, some in enumerate(rows) if any(self.gate.odds(row)[0] >= DOUBT for row in some)]
        seen = self.encoder([(lines[n].words, lines[n].places) for n in looked_at])
        judged = [[Judgement(NEVER, row, None) for row in some] for some in rows]
        for n, vectors in zip(looked_at, seen, strict=True):
            judged[n] = self._look(lines[n], rows[n], vectors)
        return judged

    def _look(self, line: Line, rows: Sequence[tuple[int, ...]], seen: Any) -> list[Judgement]:
        odds = [self.types.odds(one) for one in rows]
        if line.vectors is not None and line.vectors.shape[1] == len(self.vectors):
            odds = [one + more for one, more in zip(odds, line.vectors @ self.vectors, strict=True)]
        pairs = numpy.concatenate([seen[1:], seen[[0] * len(rows)]], axis=1)
        added = pairs @ self.readout + self.readout_bias
        return [
            Judgement(_steady(one + more), row, more)
            for one, row, more in zip(odds, rows, added, strict=True)
        ]

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

    def explain(self, judged: Judgement, wanted: int, most: int) -> list[tuple[str, float]]:
        """Return the traits that weigh most for or against a type, each with its log odds over no event."""
        terms = self.types.terms(judged.rows, wanted, NONE)
        order = sorted(range(len(terms)), key=lambda n: (-abs(terms[n]), self.names[judged.rows[n]]))
        found = [(self.names[judged.rows[n]], round(float(terms[n]), 2)) for n in order[:most] if terms[n]]
        if judged.context is not None:
            found.append(("its sentence", round(float(judged.context[wanted] - judged.context[NONE]), 2)))
        return found

    def choose_likely(self, head: Head, judged: Judgement, allowed: Sequence[int]) -> str:
        """Return the likeliest of some classes; empty if even that one is not likely."""
        odds = head.odds(judged.rows)[list(allowed)]
        shares = numpy.exp(odds - odds.max())
        best = self.choose(head, judged, allowed)
        place = [head.classes[n] for n in allowed].index(best)
        return best if float(shares[place]) >= LIKELY * float(shares.sum()) else ""

    def choose(self, head: Head, judged: Judgement, allowed: Sequence[int]) -> str:
        """Return the likeliest of some classes of a head; the first of equal ones."""
        odds = head.odds(judged.rows)
        return head.classes[max(allowed, key=lambda n: (round(float(odds[n]), FIGURES), -n))]


def _steady(odds: Floats) -> Floats:
    rounded: Floats = numpy.round(odds.astype("d"), FIGURES)
    return rounded


@cache
def read_model() -> EventModel:
    """Return the model that is installed with onrecord."""
    with numpy.load(data_path(FILE), allow_pickle=False) as archive:
        file = {name: archive[name] for name in archive.files}
    names = tuple(file["traits"].tobytes().decode().split("\n"))
    return EventModel(
        rows={name: row for row, name in enumerate(names)},
        names=names,
        gate=_read_head(file, "gate"),
        types=_read_head(file, "types"),
        modes=_read_head(file, "modes"),
        statuses=_read_head(file, "statuses"),
        vectors=unpack(file, "vectors"),
        encoder=read_encoder(file),
        readout=unpack(file, "readout"),
        readout_bias=file["readout_bias"].astype("f"),
        story=file["story"].astype("d"),
        threshold=float(file["threshold"]),
        calibration=(float(file["calibration"][0]), float(file["calibration"][1])),
    )


def _read_head(file: dict[str, Any], name: str) -> Head:
    classes = tuple(file[f"{name}_classes"].tobytes().decode().split("\n"))
    return Head(
        classes,
        file[f"{name}_weights"].astype("int32"),
        file[f"{name}_scale"].astype("d"),
        file[f"{name}_bias"].astype("d"),
    )
