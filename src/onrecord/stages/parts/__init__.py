"""Title, paragraphs, comments and the thread of who answers whom; parts cover the whole page."""

from onrecord.stages.parts.split_parts import split_parts

__all__ = ["split_parts"]
