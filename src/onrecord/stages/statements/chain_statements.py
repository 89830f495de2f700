from __future__ import annotations

from dataclasses import replace

from onrecord.records import Span, Statement


def chain_statements(statements: list[Statement]) -> list[Statement]:
    """Return statements with the one that each stands in, and the source that passed it on.

    `Putin ordered ..., according to RT`: the order stands within what RT says, and comes via RT.
    """
    by_part: dict[str, list[Statement]] = {}
    for statement in statements:
        by_part.setdefault(statement.part, []).append(statement)
    chained = []
    for statement in statements:
        outer = _enclosing(statement, by_part[statement.part])
        via = outer.speaker if outer else None
        if via == statement.speaker:
            via = None
        chained.append(replace(statement, within=outer.id if outer else None, via=via))
    return chained


def _enclosing(statement: Statement, statements: list[Statement]) -> Statement | None:
    """Return the shortest statement whose content holds the cue and the content of another."""
    own = _size(statement)
    best: Statement | None = None
    for other in statements:
        if other.id == statement.id or _size(other) <= own:
            continue
        if all(_holds(other, span) for span in _evidence(statement)) and (
            best is None or _size(other) < _size(best)
        ):
            best = other
    return best


def _evidence(statement: Statement) -> tuple[Span, ...]:
    return (*([statement.cue] if statement.cue else []), *statement.content)


def _holds(other: Statement, span: Span) -> bool:
    return any(start <= span[0] and span[1] <= end for start, end in other.content)


def _size(statement: Statement) -> int:
    return sum(end - start for start, end in statement.content)
