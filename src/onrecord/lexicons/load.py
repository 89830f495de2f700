from __future__ import annotations

import csv
import tomllib
from collections.abc import Callable
from dataclasses import MISSING, fields
from datetime import date, time
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from onrecord.errors import LexiconError
from onrecord.lexicons.cache_files import cached_by_files
from onrecord.lexicons.find_line import tell_place

E = TypeVar("E")

DATA = Path(__file__).parent / "data"
EXAMPLE_KEYS = ("yes", "no")
"""Sentences that show an entry at work; tests run them, entries do not carry them."""


SWITCHES = {"": False, "0": False, "1": True, "false": False, "no": False, "true": True, "yes": True}
"""What a cell of a CSV file, or a text in quotes, says where true or false is wanted."""
WANTED: dict[str, tuple[str, Any]] = {
    "str": ("a text in quotes", str),
    "int": ("a whole number", int),
    "float": ("a number", (int, float)),
    "bool": ("true or false", bool),
}
"""What a TOML value must be for a field of that type, in words and as a Python type."""


READERS: dict[str, Callable[[str], Any]] = {
    "tuple": lambda cell: tuple(item for item in cell.split(";") if item),
    "int": int,
    "float": float,
    "bool": SWITCHES.__getitem__,
}
"""How a cell of a CSV file is read for a field of that type; of any other type it is the text itself."""


def data_path(name: str) -> Path:
    """Return the path of a lexicon file by its name without or with its ending."""
    for candidate in (DATA / name, DATA / f"{name}.toml", DATA / f"{name}.csv"):
        if candidate.is_file():
            return candidate
    raise LexiconError(f"no lexicon named {name!r} in {DATA.name}/: expected {name}.toml or {name}.csv")


@cache
def load(name: str, kind: type[E]) -> tuple[E, ...]:
    """Return the entries of a lexicon file as instances of `kind`, a frozen dataclass.

    A .toml file is an array of tables named `entry`; a .csv file has a header, and a cell of
    a tuple field holds its items between semicolons. Keys that `kind` does not have are an
    error, but for `yes`, `no` and `note`. Raises LexiconError naming file, entry and key.
    """
    path = data_path(name)
    entries = _build_cells(path, kind) if path.suffix == ".csv" else None
    if entries is None:
        rows = enumerate(read_rows(path), 1)
        entries = tuple(build_entry(path, number, row, kind) for number, row in rows)
    return entries


@cached_by_files
def load_codebook(kind: type[E], extra: tuple[str, ...] = ()) -> tuple[E, ...]:
    """Return the entries of all act files of the codebook, those of extra files in place of namesakes.

    An extra file is given by its path; its entries add to the codebook, and one whose first key
    equals that of a built-in entry replaces it.
    """
    first = fields(kind)[0].name  # type: ignore[arg-type]
    rows = {
        str(getattr(entry, first)): entry
        for path in codebook_files()
        for entry in load(f"codebook/{path.name}", kind)  # type: ignore[arg-type]
    }
    for name in extra:
        rows |= {str(getattr(entry, first)): entry for _, entry in load_user_entries(name, kind)}
    return tuple(rows[key] for key in sorted(rows))


@cached_by_files
def load_user_entries(name: str, kind: type[E], table: str = "entry") -> tuple[tuple[str, E], ...]:
    """Return where each `[[entry]]` of a user's codebook file stands, and the entry.

    The place reads `file, entry 3 (key)`. An entry without a source is the user's own. Raises
    LexiconError if there is no such file, if it is not TOML, or if an entry breaks the schema.
    """
    path = user_file(name)
    rows = read_rows(path, table)
    return tuple(
        (
            place_of(path, number, row, table),
            build_entry(path, number, {"source": "user", **row}, kind, table),
        )
        for number, row in enumerate(rows, 1)
    )


def user_file(name: str) -> Path:
    """Return the path of a user's codebook file; raises LexiconError if there is none."""
    path = Path(name)
    if not path.is_file():
        raise LexiconError(f"no codebook at {name}: expected the path of a .toml file")
    return path


def find_stray(path: Path) -> str | None:
    """Return what is wrong with the tables of a user's codebook file, None if it holds acts and no others."""
    given = read_toml(path)
    for name in given:
        if name not in ("entry", "class"):
            return (
                f"{tell_place(path, name, 1)}: unknown table or key {name!r}; "
                "expected [[entry]] and [[class]] only"
            )
    return None if any(given.values()) else f"{path}: holds no [[entry]]; write each act as a table [[entry]]"


def place_of(path: Path, number: int, row: dict[str, Any], table: str = "entry") -> str:
    """Return where a table of a file stands, for people: `my.toml, entry 3 (withdraw)`."""
    return f"{path.name}, {table} {number} ({row.get('key', next(iter(row.values()), ''))})"


def codebook_files() -> tuple[Path, ...]:
    """Return the files of the codebook that hold acts, sorted by name."""
    shared = ("refinements.toml", "word_classes.toml")
    return tuple(path for path in sorted((DATA / "codebook").glob("*.toml")) if path.name not in shared)


def load_examples(name: str) -> tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...]:
    """Return (entry name, yes sentences, no sentences) of each entry of a .toml lexicon."""
    rows = read_rows(data_path(name))
    return tuple(
        (str(next(iter(row.values()))), tuple(row.get("yes", ())), tuple(row.get("no", ()))) for row in rows
    )


def read_rows(path: Path, table: str = "entry") -> list[dict[str, Any]]:
    """Return the raw entries of a lexicon file, in file order."""
    if path.suffix == ".csv":
        with path.open(encoding="utf-8", newline="") as lines:
            return list(csv.DictReader(lines))
    rows = read_toml(path).get(table, [])
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise LexiconError(f"{path.name}: write each {table} as a table of its own, [[{table}]]")
    return rows


def read_toml(path: Path) -> dict[str, Any]:
    """Return what a TOML file holds; raises LexiconError, with the line, if it is none."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))  # editors of Windows put a mark first
    except OSError as error:
        raise LexiconError(f"{path}: cannot be read: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        wrong = error.object[error.start]
        raise LexiconError(
            f"{path}: not valid TOML: byte {error.start + 1} is {wrong:#04x}; save the file as UTF-8"
        ) from error
    except tomllib.TOMLDecodeError as error:
        raise LexiconError(f"{path}: not valid TOML: {error}") from error


def say_value(value: Any) -> str:
    """Return a TOML value for people, as they wrote it; text stands in quotes.

    >>> say_value(True), say_value("a"), say_value(date(2024, 3, 1)), say_value([1, False])
    ('true', "'a'", '2024-03-01', '[1, false]')
    """
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, (date, time)):
        return value.isoformat()
    if isinstance(value, dict):
        return "a table"
    return f"[{', '.join(map(say_value, value))}]" if isinstance(value, list) else repr(value)


def build_entry(path: Path, number: int, row: dict[str, Any], kind: type[E], table: str = "entry") -> E:
    """Return a table of a file as an entry; raises LexiconError naming file, entry and key."""
    known = {f.name: f for f in fields(kind)}  # type: ignore[arg-type]
    given = {key: value for key, value in row.items() if key not in (*EXAMPLE_KEYS, "note")}
    where = place_of(path, number, row, table)
    for key in given:
        if key not in known:
            raise LexiconError(f"{where}: unknown key {key!r}; expected {', '.join(known)}")
    if path.suffix != ".csv":
        _check_remarks(row, where)
    values = {}
    for name, spec in known.items():
        if name in given:
            values[name] = _convert(given[name], str(spec.type), f"{where}, key {name!r}")
        elif spec.default is MISSING and spec.default_factory is MISSING:
            raise LexiconError(f"{where}: key {name!r} is missing")
    return kind(**values)


def _build_cells(path: Path, kind: type[E]) -> tuple[E, ...] | None:
    """Return the rows of a CSV file as entries, None if a row breaks the schema: `build_entry` says which.

    A column is looked at once, not in each row: there are 80,000 rows, and every command begins with them.
    """
    with path.open(encoding="utf-8", newline="") as lines:
        table = csv.reader(lines)
        header = next(table, [])
        rows = [row for row in table if row]
    known = fields(kind)  # type: ignore[arg-type]
    if {spec.name for spec in known} != set(header) or any(len(row) != len(header) for row in rows):
        return None
    columns = dict(zip(header, zip(*rows, strict=True), strict=False))
    try:
        values = [map(_reader_of(str(spec.type)), columns.get(spec.name, ())) for spec in known]
        return tuple(map(kind, *values))
    except (ValueError, KeyError):
        return None


def _reader_of(annotation: str) -> Callable[[str], Any]:
    """Return what reads a cell for a field of a type; it raises ValueError or KeyError for a wrong one."""
    kind = next((name for name in READERS if annotation.startswith(name)), "")
    read = READERS.get(kind, str)
    if "None" in annotation and kind != "tuple":
        return lambda cell: read(cell) if cell else None
    return read


def _check_remarks(row: dict[str, Any], where: str) -> None:
    """Raise LexiconError unless the example sentences and the note of a table are text."""
    for key in EXAMPLE_KEYS:
        found = row.get(key, [])
        if not isinstance(found, list) or not all(isinstance(item, str) and item.strip() for item in found):
            raise LexiconError(
                f"{where}, key {key!r}: expected a list of sentences, found {say_value(found)}"
            )
    if not isinstance(row.get("note", ""), str):
        raise LexiconError(f"{where}, key 'note': expected a text in quotes, found {say_value(row['note'])}")


def _convert(value: Any, annotation: str, where: str) -> Any:
    """Turn a TOML value or a CSV cell into what the field's annotation asks for."""
    if isinstance(value, str):
        return _convert_text(value, annotation, where)
    if annotation.startswith("tuple"):
        if not isinstance(value, (list, tuple)) or not all(isinstance(item, str) for item in value):
            raise LexiconError(f'{where}: expected a list such as ["one", "two"], found {say_value(value)}')
        return tuple(value)
    words, kinds = next((WANTED[name] for name in WANTED if annotation.startswith(name)), ("", object))
    if not isinstance(value, kinds) or (isinstance(value, bool) and kinds is not bool):
        raise LexiconError(f"{where}: expected {words}, found {say_value(value)}")
    return value


def _convert_text(value: str, annotation: str, where: str) -> Any:
    try:
        return _reader_of(annotation)(value)
    except ValueError as error:
        raise LexiconError(f"{where}: expected a number, found {value!r}") from error
    except KeyError as error:
        raise LexiconError(f"{where}: expected true or false, found {value!r}") from error
