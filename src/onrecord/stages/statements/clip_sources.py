from __future__ import annotations

from dataclasses import replace

from onrecord.records import Span
from onrecord.stages.statements.attribution import Attribution

RELAYED = "according to"


def clip_sources(text: str, found: list[Attribution]) -> list[Attribution]:
    """Return the attributions of a sentence, a final `according to X` cut off what the others say.

    `Lee said the road was open, according to the Post`: the Post relays what Lee said, and Lee did
    not mention the Post. In `Lee said that, according to the Post, the road was open` he did.
    """
    relays = [one.cue for one in found if one.cue and _is_relay(text, one, one.cue)]
    for relay in relays:
        found = [
            replace(one, content=_cut_before(text, one.content, relay[0]))
            if one.cue and one.cue[1] <= relay[0]
            else one
            for one in found
        ]
    return found


def _is_relay(text: str, one: Attribution, cue: Span) -> bool:
    """Return whether an attribution stands after a comma at the end of its sentence."""
    return one.rule == RELAYED and one.content[-1][1] <= cue[0] and text[: cue[0]].endswith(", ")


def _cut_before(text: str, content: tuple[Span, ...], offset: int) -> tuple[Span, ...]:
    """Return a content, each span that runs over an offset ended there."""
    ends = [start + len(text[start:offset].rstrip(" ,")) for start, _ in content]
    return tuple(
        (start, cut if start < offset < end else end) for (start, end), cut in zip(content, ends, strict=True)
    )
