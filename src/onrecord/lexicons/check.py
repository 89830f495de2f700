from __future__ import annotations

import itertools

from onrecord.errors import LexiconError
from onrecord.lexicons.load import DATA, read_rows

SOURCES = "sources.toml"


def check() -> tuple[str, ...]:
    """Return what is wrong with the lexicon files, a line each; empty if nothing is.

    Every entry names a source that `sources.toml` describes, the first keys of the entries
    are sorted, and no entry stands twice.
    """
    known = {row["key"] for row in read_rows(DATA / SOURCES)}
    problems = []
    for path in sorted(DATA.rglob("*")):
        if path.suffix not in (".toml", ".csv") or path.name == SOURCES:
            continue
        try:
            rows = read_rows(path)
        except LexiconError as error:
            problems.append(str(error))
            continue
        keys = [str(next(iter(row.values()), "")) for row in rows]
        problems += [
            f"{path.name}: {key!r}: no source"
            for key, row in zip(keys, rows, strict=True)
            if not row.get("source")
        ]
        problems += [
            f"{path.name}: {key!r}: source {row['source']!r} is not in {SOURCES}"
            for key, row in zip(keys, rows, strict=True)
            if row.get("source") and row["source"] not in known
        ]
        problems += [
            f"{path.name}: {after!r} stands after {before!r}: entries are sorted by their first key"
            for before, after in itertools.pairwise(keys)
            if after < before
        ]
        seen: set[str] = set()
        for row in rows:
            whole = repr(sorted((k, str(v)) for k, v in row.items() if k not in ("yes", "no", "note")))
            if whole in seen:
                problems.append(f"{path.name}: {next(iter(row.values()))!r} stands twice")
            seen.add(whole)
    return tuple(problems)
