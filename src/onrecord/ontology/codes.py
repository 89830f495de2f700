"""The codes of CAMEO and what PLOVER makes of them, and the classes of acts that rules speak of."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from onrecord.lexicons import load


@dataclass(frozen=True, slots=True)
class Code:
    """What the ontologies say of a CAMEO code."""

    code: str
    name: str
    goldstein: float | None
    quad: int | None
    type: str
    mode: str
    contexts: tuple[str, ...]
    source: str


@dataclass(frozen=True, slots=True)
class ClassMember:
    """A CAMEO code, or the beginning of codes, that belongs to a class of acts."""

    code: str
    kind: str
    source: str


@cache
def load_codes() -> dict[str, Code]:
    """Return every CAMEO code with its name, quad class, Goldstein value and PLOVER act."""
    return {row.code: row for row in load("cameo_codes", Code)}


@cache
def class_of_acts(kind: str) -> tuple[str, ...]:
    """Return the codes with which those of a class of acts begin, in order: `violent` gives 18, 19 and 20."""
    return tuple(row.code for row in load("act_classes", ClassMember) if row.kind == kind)


@cache
def is_act(code: str, kind: str) -> bool:
    """Return whether a CAMEO code belongs to a class of acts.

    >>> is_act("193", "violent"), is_act("042", "violent")
    (True, False)
    """
    return code.startswith(class_of_acts(kind))


def is_hostile(code: str) -> bool:
    """Return whether a code stands for a conflict act."""
    return is_act(code, "hostile")
