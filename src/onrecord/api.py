"""The library: one page, a text, or many pages in; records out."""

from __future__ import annotations

import datetime
import io
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, Any, cast

from onrecord.errors import InputError
from onrecord.pipeline import read_pages
from onrecord.records import RawPage, Record, Settings
from onrecord.sources import LIMITS, check_day, mend_text, open_pages, open_sources, page_from_dict


def read(
    source: str | Path | IO[bytes] | IO[str],
    *,
    published: str | datetime.date | None = None,
    settings: Settings | None = None,
) -> Record:
    """Return the record of one page: a path, an address or an open file.

    `published` anchors relative times (ISO date or date) where the page carries no date. A source
    with many pages gives its first. Raises InputError if the source cannot be read.
    """
    day = check_day(published)
    if isinstance(source, (str, Path)):
        name, pages = str(source), open_sources([str(source)], day)
    else:
        name = str(getattr(source, "name", "the open file"))
        pages = open_pages(_as_bytes(source), name, day)
    for raw in pages:
        if isinstance(raw, InputError):
            raise raw
        record = _first(raw, settings)
        if record.page.failure:
            raise InputError(f"{raw.source or name}: {record.page.failure}")
        return record
    raise InputError(f"{name}: holds no page")


def _as_bytes(file: IO[bytes] | IO[str]) -> IO[bytes]:
    """Return an open file as one that gives bytes."""
    if isinstance(file.read(0), bytes):
        return cast(IO[bytes], file)
    text = cast(IO[str], file).read(LIMITS.page + 1)
    return io.BytesIO(mend_text(text).encode("utf-8"))


def read_text(
    text: str,
    *,
    title: str | None = None,
    published: str | datetime.date | None = None,
    kind: str = "article",
    settings: Settings | None = None,
) -> Record:
    """Return the record of a text: an `article` (title, body, comments are found) or a bare `passage`.

    Raises InputError for what is no text, for an unknown kind and for a day that is none.
    """
    if not isinstance(text, str):
        raise InputError(f"text: expected str, found {type(text).__name__}; read() takes files and addresses")
    if kind not in ("article", "passage"):
        raise InputError(f"kind: {kind!r}: expected article or passage")
    raw = RawPage(mend_text(text), title=title, published=check_day(published), kind=kind)
    return _first(raw, settings)


def read_many(
    pages: Iterable[dict[str, Any]],
    *,
    settings: Settings | None = None,
    errors: list[InputError] | None = None,
) -> Iterator[Record]:
    """Yield the record of each page dict (keys of a .jsonl line), in order; pages are parsed in batches.

    A page that cannot be read is left out and the others are read all the same. What was wrong with it,
    and which one it is, is put into `errors`; without that list an InputError that names all such pages
    is raised after the last record.
    """
    found: list[InputError] = [] if errors is None else errors
    for record in read_pages(_good_pages(pages, found), settings):
        if record.page.failure:
            found.append(InputError(f"page {record.page.id!r}: {record.page.failure}"))
        else:
            yield record
    if errors is None and found:
        raise InputError("\n".join(map(str, found)))


def _good_pages(pages: Iterable[dict[str, Any]], errors: list[InputError]) -> Iterator[RawPage]:
    """Yield the pages that can be read; what is wrong with the others goes to `errors`."""
    for number, page in enumerate(pages, 1):
        try:
            yield page_from_dict(page, None)
        except InputError as error:
            name = page.get("id") if isinstance(page, dict) else None
            which = f"page {number}" if name is None else f"page {name!r} (number {number})"
            errors.append(InputError(f"{which}: {str(error).removeprefix('page: ')}"))


def _first(raw: RawPage, settings: Settings | None) -> Record:
    return next(read_pages([raw], settings))
