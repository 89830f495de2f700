from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator

from onrecord.errors import InputError
from onrecord.records import RawPage
from onrecord.sources.fetch_policy import POLICY, FetchPolicy
from onrecord.sources.find_format import SAMPLE, find_format
from onrecord.sources.limits import LIMITS, Limits
from onrecord.sources.name_inputs import ADDRESS, name_inputs
from onrecord.sources.open_stream import Buffered, Readable, find_damage, open_stream
from onrecord.sources.read_archive import read_archive
from onrecord.sources.read_disqus import read_disqus
from onrecord.sources.read_feed import read_feed
from onrecord.sources.read_lines import read_lines
from onrecord.sources.read_plain import read_html, read_plain
from onrecord.sources.read_wordpress import read_wordpress

Read = Iterator[RawPage | InputError]
Reader = Callable[[Buffered, str, str | None, Limits], Read]

READERS: dict[str, Reader] = {
    "text": read_plain,
    "html": read_html,
    "jsonl": read_lines,
    "warc": read_archive,
    "feed": read_feed,
    "disqus": read_disqus,
    "wordpress": read_wordpress,
}
"""For each format that `find_format` tells, what reads it."""

HOLDS = {
    "jsonl": "expected a JSON object a line, found only blank lines",
    "warc": "expected a response, resource or conversion record that is HTML or text",
    "feed": "expected <item> or <entry> elements",
    "disqus": "expected a thread with comments",
    "wordpress": "expected a published post or page",
}
"""For each format that can hold no page at all, what would be one."""


def open_sources(
    names: Iterable[str],
    published: str | None = None,
    limits: Limits = LIMITS,
    policy: FetchPolicy = POLICY,
) -> Read:
    """Yield the raw pages of files, folders, patterns, streams and addresses, in order.

    `published` is the ISO date of pages that carry none. What cannot be read comes as an error in its
    place: a bad line, record or file never ends the run. Nothing is fetched but an address that is given.
    """
    for name in name_inputs(names):
        if isinstance(name, InputError):
            yield name
            continue
        try:
            if name == "-":
                yield from open_pages(sys.stdin.buffer, name, published, limits)
            elif ADDRESS.match(name):
                from onrecord.sources.fetch_page import fetch_page

                yield from fetch_page(name, published, policy, limits)
            else:
                with open(name, "rb") as file:
                    yield from open_pages(file, name, published, limits)
        except InputError as error:
            yield error
        except OSError as error:
            yield InputError(f"{name}: cannot be read: {error.strerror or error}")


def open_pages(source: Readable, name: str, published: str | None = None, limits: Limits = LIMITS) -> Read:
    """Yield the raw pages of an open file of any format; `name` is for people, its ending a hint."""
    try:
        stream = open_stream(source, name, limits)
        opening = stream.peek(SAMPLE)
        if not opening and (damage := find_damage(stream)):
            raise InputError(damage)
        form = find_format(name, opening)
        found = False
        for page in READERS[form](stream, name, published, limits):
            found = True
            yield page
        if not found:
            raise InputError(f"{name}: holds no page; {HOLDS[form]}")
    except InputError as error:
        yield error
