from __future__ import annotations

from onrecord.records import Part
from onrecord.stages.parts.reply import Comment


def link_replies(text: str, parts: tuple[Part, ...], comments: list[Comment]) -> tuple[Part, ...]:
    return parts
