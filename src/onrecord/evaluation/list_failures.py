from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class KnownFailure:
    """A test that is expected to fail: its file, its name, and what is wrong."""

    file: str
    test: str
    reason: str


def list_failures(tests: Path) -> tuple[KnownFailure, ...]:
    """Return the tests below a folder that are marked as strict expected failures, in order of path."""
    return tuple(
        failure
        for path in sorted(tests.rglob("test_*.py"))
        for failure in _read_marks(path.relative_to(tests).as_posix(), path.read_text(encoding="utf-8"))
    )


def _read_marks(file: str, source: str) -> Iterator[KnownFailure]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef):
            for mark in node.decorator_list:
                if isinstance(mark, ast.Call) and ast.unparse(mark.func).endswith("mark.xfail"):
                    values = {pair.arg: ast.literal_eval(pair.value) for pair in mark.keywords}
                    if values.get("strict"):
                        yield KnownFailure(file, node.name, str(values.get("reason", "no reason given")))
