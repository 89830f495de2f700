from __future__ import annotations

from dataclasses import replace

from onrecord.records import Span
from onrecord.stages.statements.attribution import Attribution
from onrecord.stages.statements.measure_spans import trim_span

PASSED_ON = "according to"


def clip_sources(text: str, found: list[Attribution]) -> list[Attribution]:
    """Return the attributions of a sentence, an `according to X` at its end left out of what others say.

    `Lee said the road was open, according to the Post`: the Post tells what Lee said, and Lee did
    not speak of the Post. In `Lee said that, according to the Post, the road was open` he did.
    """
    tails = [
        one.cue for one in found if one.rule == PASSED_ON and one.cue and one.content[-1][1] <= one.cue[0]
    ]
    return [_clip_tails(text, one, tails) for one in found] if tails else found


def _clip_tails(text: str, one: Attribution, tails: list[Span]) -> Attribution:
    """Return an attribution with each stretch that stands after its cue cut before the source at its end."""
    if one.cue is None or one.rule == PASSED_ON:
        return one
    cut = [tail[0] for tail in tails if one.cue[1] <= tail[0] and text[: tail[0]].rstrip().endswith(",")]
    spans = tuple(
        trim_span(text, (start, stop)) or (start, end)
        for start, end in one.content
        for stop in (min([end, *(at for at in cut if start < at)]),)
    )
    return replace(one, content=spans)
