from __future__ import annotations

from dataclasses import replace

from onrecord.records import Span
from onrecord.stages.statements.attribution import Attribution


def clip_sources(text: str, found: list[Attribution]) -> list[Attribution]:
    """Return the attributions of a sentence, a final `according to X` cut off what the others say.

    `Lee said the road was open, according to the Post`: the Post relays what Lee said, and Lee did
    not mention the Post. In `Lee said that, according to the Post, the road was open` he did.
    """
    for relay in [one.point for one in found if _is_relay(text, one)]:
        found = [replace(one, content=_cut_before(text, one.content, relay[0])) for one in found]
    return found


def _is_relay(text: str, one: Attribution) -> bool:
    """Return whether a cue stands after its content and a comma."""
    return one.content[-1][1] <= one.point[0] and text[one.point[0] - 2 : one.point[0]] == ", "


def _cut_before(text: str, content: tuple[Span, ...], offset: int) -> tuple[Span, ...]:
    """Return a content, each span that runs over an offset ended there."""
    ends = [start + len(text[start:offset].rstrip(" ,")) for start, _ in content]
    return tuple(
        (start, cut if start < offset < end else end) for (start, end), cut in zip(content, ends, strict=True)
    )
