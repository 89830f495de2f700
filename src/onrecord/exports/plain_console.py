"""The terminal as readings are printed on it: words of a page are words, never markup or commands."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rich.console import Console, ConsoleOptions, ConsoleRenderable, RenderableType, RenderHook
from rich.measure import Measurement
from rich.segment import Segment

COMMANDS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""Control characters, which a terminal obeys, and those that turn the direction of writing: a page that
brings them along could hide its words or put others in their place."""


def tame(words: str) -> str:
    """Return words with U+FFFD for each character that a terminal would obey, not show.

    >>> tame("It \x1b[8mis\x1b[0m harmful [the treaty]")
    'It \N{REPLACEMENT CHARACTER}[8mis\N{REPLACEMENT CHARACTER}[0m harmful [the treaty]'
    """
    return COMMANDS.sub("\ufffd", words)


def open_console(*, to_stderr: bool = False) -> Console:
    """Return a console that prints what it is given: no markup, no emoji codes, no control characters."""
    console = Console(stderr=to_stderr, markup=False, emoji=False, highlight=False)
    console.push_render_hook(_Tamer())
    return console


class _Tamer(RenderHook):
    def process_renderables(self, renderables: Sequence[ConsoleRenderable]) -> list[ConsoleRenderable]:
        return [_Tamed(one) for one in renderables]


class _Tamed:
    """A renderable whose text is tamed after it was laid out, its styles left as they are."""

    def __init__(self, inner: RenderableType) -> None:
        self.inner = inner

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Segment]:
        for segment in console.render(self.inner, options):
            yield segment if segment.control else segment._replace(text=tame(segment.text))

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        return Measurement.get(console, options, self.inner)
