from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

from onrecord.records import Statement
from onrecord.stages.statements.measure_spans import encloses, size_of


def chain_statements(statements: list[Statement]) -> list[Statement]:
    """Return statements with the innermost one that encloses each, and the source that relayed it.

    `Putin ordered ..., according to RT`: the order stands within what RT says, and comes via RT.
    """
    by_part: dict[str, list[Statement]] = defaultdict(list)
    for statement in statements:
        by_part[statement.part].append(statement)
    return [_place_within(statement, by_part[statement.part]) for statement in statements]


def _place_within(statement: Statement, others: list[Statement]) -> Statement:
    enclosing = [other for other in others if encloses(other, statement)]
    if not enclosing:
        return statement
    outer = min(enclosing, key=lambda other: size_of(other.content))
    return replace(
        statement, within=outer.id, via=outer.speaker if outer.speaker != statement.speaker else None
    )
