"""What becomes of an act under the cues that govern it: its code and its status, from two tables.

`code_shifts.csv` has, for each CAMEO code, the code of its promise, threat, demand, ...;
`code_transitions.csv` says for each sense of a cue, class of acts and status which of these is taken, and the
status that comes out. The first row that fits decides; no row, or one that says nothing, changes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from onrecord.lexicons import load
from onrecord.ontology.codes import is_act


@dataclass(frozen=True, slots=True)
class Shift:
    """What becomes of the code of an act that is promised, threatened, asked for, refused ..."""

    code: str
    intend: str
    threaten: str
    appeal: str
    demand: str
    reject: str
    stop: str
    accuse: str
    source: str


@dataclass(frozen=True, slots=True)
class Transition:
    """What a cue of one sense makes of acts of one kind."""

    sense: str
    act: str
    """CAMEO code, the beginning of codes, or a class of acts; empty: every act."""
    status: str
    """Statuses of the act, with blanks between them; empty: any."""
    code: str
    """The code that comes out, or the column of `code_shifts.csv` that has it; empty: the act's own."""
    otherwise: str
    """The code if that column has none; `same`: the act's own."""
    becomes: str
    """The status that comes out; empty: as before."""
    coded: str
    """`no` if the codebooks give no code to the act with that status."""
    source: str


@dataclass(frozen=True, slots=True)
class Changed:
    """Code and status of an act under a cue; the code is empty where the ontology has none."""

    code: str
    status: str
    coded: bool


@cache
def load_shifts() -> dict[str, Shift]:
    """Return the row of shifted codes of each CAMEO code that has one."""
    return {row.code: row for row in load("code_shifts", Shift)}


@cache
def _transitions_of(sense: str) -> tuple[Transition, ...]:
    return tuple(row for row in load("code_transitions", Transition) if row.sense == sense)


@cache
def change_act(sense: str, code: str, status: str) -> Changed | None:
    """Return what an act of a code and a status becomes under a cue; None if the cue changes nothing.

    >>> change_act("refuse", "046", "actual")
    Changed(code='125', status='denied', coded=True)
    """
    row = next((row for row in _transitions_of(sense) if _fits(row, code, status)), None)
    if row is None or not (row.code or row.becomes or row.coded):
        return None
    return Changed(_code_after(row, code), row.becomes or status, row.coded != "no")


def _fits(row: Transition, code: str, status: str) -> bool:
    is_of = not row.act or (code.startswith(row.act) if row.act.isdigit() else is_act(code, row.act))
    return is_of and (not row.status or status in row.status.split())


def _code_after(row: Transition, code: str) -> str:
    if not row.code or row.code.isdigit():
        return row.code or code
    return shift_code(code, row.code) or (code if row.otherwise == "same" else row.otherwise)


def shift_code(code: str, column: str) -> str:
    """Return what a code becomes under a promise, threat, demand ...; empty if there is no such code.

    The finest code that the table knows decides: 0874 asks its own row, then 087, then 08.
    """
    for length in (4, 3, 2):
        row = load_shifts().get(code[:length]) if len(code) >= length else None
        if row is not None:
            return str(getattr(row, column))
    return code if column == "intend" and is_act(code, "to come") else ""
