from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from onrecord.errors import LexiconError
from onrecord.lexicons import codebook_files, find_stray, read_rows, user_file
from onrecord.pipeline import read_pages
from onrecord.records import RawPage, Record, Settings


@dataclass(frozen=True, slots=True)
class Trial:
    """A sentence of an entry, whether the entry should read it, and which rules did."""

    key: str
    sentence: str
    wanted: bool
    rules: tuple[str, ...]
    refused: tuple[str, ...] = ()
    """What the coder turned down in it, and why."""

    @property
    def passed(self) -> bool:
        return (self.key in self.rules) == self.wanted


def try_sentences(name: str | None = None, *, model: str | None = None) -> Iterator[Trial]:
    """Yield a trial of each `yes` and `no` sentence of a codebook file, or of the built-in codebook.

    The sentences of a file are read with its entries added to the built-in ones. Raises LexiconError for a
    file that holds no acts, or breaks the schema.
    """
    if name and (stray := find_stray(user_file(name))):
        raise LexiconError(stray)
    rows = (
        read_rows(user_file(name)) if name else [row for path in codebook_files() for row in read_rows(path)]
    )
    asked = list(_questions(rows))
    settings = Settings(model=model, codebooks=(name,) if name else ())
    raws = [RawPage(sentence, kind="passage") for _, sentence, _ in asked]
    for (key, sentence, wanted), record in zip(asked, read_pages(raws, settings), strict=True):
        rules = tuple(event.rule for event in record.events)
        yield Trial(key, sentence, wanted, rules, _turned_down(record))


def _questions(rows: Sequence[dict[str, Any]]) -> Iterator[tuple[str, str, bool]]:
    for row in rows:
        for wanted, kind in ((True, "yes"), (False, "no")):
            for sentence in row.get(kind, ()):
                yield str(row.get("key", "")), str(sentence), wanted


def _turned_down(record: Record) -> tuple[str, ...]:
    return tuple(
        f"{record.page.text[slice(*item.span)]}: {item.reason}"
        for item in record.refused
        if item.stage == "events"
    )
