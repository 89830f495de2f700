"""Lines that are no prose, and whose prose a line is: page marks, the headers of comments, readers' voices.

`marks` knows headings, bylines and captions by their wording; `headers` reads who wrote a comment and
when from the line that it opens with; `voices` weighs whether a paragraph sounds like a reader.
"""

from onrecord.lines.credits import (
    CREDIT_EDGES,
    CREDIT_WORDS,
    is_byline,
    is_full_name,
    is_post,
    read_credit_line,
)
from onrecord.lines.headers import DASHED, Header, is_name, may_sign, read_header, read_label
from onrecord.lines.marks import PageMark, find_mark
from onrecord.lines.voices import GLUED, YOU, weigh_voice

__all__ = [
    "CREDIT_EDGES",
    "CREDIT_WORDS",
    "DASHED",
    "GLUED",
    "YOU",
    "Header",
    "PageMark",
    "find_mark",
    "is_byline",
    "is_full_name",
    "is_name",
    "is_post",
    "may_sign",
    "read_credit_line",
    "read_header",
    "read_label",
    "weigh_voice",
]
