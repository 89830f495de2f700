from __future__ import annotations

from collections.abc import Iterator

from onrecord.errors import InputError
from onrecord.records import RawPage
from onrecord.sources.limits import Limits
from onrecord.sources.open_stream import Buffered, find_damage


def read_plain(
    stream: Buffered, name: str, published: str | None, limits: Limits, media: str = "text"
) -> Iterator[RawPage | InputError]:
    """Yield the one page of a text or HTML file; of a file that is cut off, what there is, and the error."""
    data = read_whole(stream, name, limits.page)
    damage = find_damage(stream)
    if data.strip():
        yield RawPage(data, name, media=media, published=published, damage=damage)
    elif not damage:
        raise InputError(f"{name}: empty; expected the text or HTML of a page")
    if damage:
        yield InputError(damage)


def read_html(
    stream: Buffered, name: str, published: str | None, limits: Limits
) -> Iterator[RawPage | InputError]:
    """Yield the one page of an HTML file."""
    return read_plain(stream, name, published, limits, "html")


def read_whole(stream: Buffered, name: str, most: int) -> bytes:
    """Return all that a stream holds; raises InputError once it is more than `most` bytes."""
    data = stream.read(most + 1)
    if len(data) > most:
        raise InputError(f"{name}: {say_too_large(most)}")
    return data


def say_too_large(most: int) -> str:
    """Return the words for a page that is longer than the limit."""
    return (
        f"opens to more than {most >> 20} MiB, expected one page of at most that; "
        "if it holds many pages, cut it into a .jsonl, one a line"
    )
