from __future__ import annotations

import json
from collections.abc import Iterator

from onrecord.errors import InputError
from onrecord.records import RawPage
from onrecord.sources.limits import Limits
from onrecord.sources.open_stream import Buffered, find_damage
from onrecord.sources.page_from_dict import page_from_dict
from onrecord.sources.read_plain import say_too_large


def read_lines(
    stream: Buffered, name: str, published: str | None, limits: Limits
) -> Iterator[RawPage | InputError]:
    """Yield the pages of a .jsonl, one a line; a line that is none is an error, and the next is read."""
    for number, line in _cut_lines(stream, limits.page):
        where = f"{name}, line {number}"
        if line is None:
            yield InputError(f"{where}: {say_too_large(limits.page)}")
        elif line.strip() and (line.endswith(b"\n") or not find_damage(stream)):
            yield _read_line(line, where, published)
    if damage := find_damage(stream):
        yield InputError(damage)


def _read_line(line: bytes, where: str, published: str | None) -> RawPage | InputError:
    try:
        return page_from_dict(json.loads(line), where, published)
    except UnicodeDecodeError as error:
        wrong = line[error.start]
        return InputError(f"{where}: expected UTF-8, but byte {error.start + 1} is {wrong:#04x}")
    except (ValueError, RecursionError) as error:
        return InputError(f"{where}: not a JSON object: {error}")
    except InputError as error:
        return error


def _cut_lines(stream: Buffered, most: int) -> Iterator[tuple[int, bytes | None]]:
    """Yield each line with its number; None for one that is too long, whose rest is passed over, not kept."""
    number = 1
    while line := stream.readline(most + 1):
        if len(line) <= most or line.endswith(b"\n"):
            yield number, line
        else:
            yield number, None
            while (rest := stream.readline(most)) and not rest.endswith(b"\n"):
                pass
        number += 1
        if not line.strip():  # a bomb may hold nothing else
            number += _pass_blank(stream)


def _pass_blank(stream: Buffered) -> int:
    """Pass over blank lines, and return how many."""
    passed = 0
    while blank := len(ahead := stream.peek(1)) - len(ahead.lstrip(b"\n")):
        passed += blank
        stream.read(blank)
    return passed
