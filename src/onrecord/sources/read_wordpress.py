from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError, iterparse

from onrecord.errors import InputError
from onrecord.records import RawComment, RawPage
from onrecord.sources.limits import Limits
from onrecord.sources.open_stream import Buffered, find_damage
from onrecord.sources.read_disqus import SPACE, flatten_message

BLOCK = re.compile(r"<(?:p|div|h[1-6]|ul|ol|table|blockquote|figure|section)\b", re.IGNORECASE)
GAP = re.compile(r"\n[ \t]*\n\s*")
DAY = re.compile(r"(?!0000)\d{4}-(?!00)\d\d-(?!00)\d\d")
PAGES = ("post", "page")
"""Types of entry that are pages; attachments, menus and revisions are not."""
SPOKEN = (None, "comment")
"""Types of comment that readers wrote; a pingback is a notice of another site."""


def read_wordpress(
    stream: Buffered, name: str, published: str | None, limits: Limits
) -> Iterator[RawPage | InputError]:
    """Yield the published posts and pages of a WordPress export, each with its approved comments.

    Drafts, attachments, spam and pingbacks are left out. Who answers whom is taken from the export.
    """
    publisher, count = None, 0
    try:
        for _, element in iterparse(stream, events=("end",)):
            kind = SPACE.sub("", element.tag)
            if kind == "title" and publisher is None and count == 0:
                publisher = (element.text or "").strip() or None  # the channel's stands before all items
            elif kind == "item":
                if page := _read_item(element, name, publisher, published):
                    count += 1
                    yield page
                element.clear()
            if stream.tell() > limits.export:
                yield InputError(f"{name}: larger than {limits.export >> 20} MiB; the rest was not read")
                return
    except ParseError as error:
        yield InputError(
            find_damage(stream) or f"{name}: not well-formed XML: {error}; what came before was read"
        )
        return
    if not count:
        yield InputError(
            f"{name}: an export without a published post: expected <wp:status>publish</wp:status>"
        )


def _read_item(item: Element, name: str, publisher: str | None, published: str | None) -> RawPage | None:
    """Return the page of an entry, None for what was not published or is no page."""
    if _say(item, "status") != "publish" or _say(item, "post_type") not in PAGES:
        return None
    body = set_paragraphs(_say(item, "encoded") or _say(item, "description") or "")
    comments = tuple(_read_comments(item))
    title = _say(item, "title")
    if not (body or comments):
        return None
    day = DAY.match(_say(item, "post_date") or "")
    return RawPage(
        body,
        f"{name}#{_say(item, 'post_id') or _say(item, 'link') or title}",
        media="html" if body else "text",
        title=title,
        published=day[0] if day else published,
        publisher=publisher,
        url=_say(item, "link"),
        comments=comments,
    )


def _read_comments(item: Element) -> Iterator[RawComment]:
    for comment in item.findall("{*}comment"):
        text = flatten_message(set_paragraphs(_say(comment, "comment_content") or ""))
        is_shown = _say(comment, "comment_approved") == "1" and _say(comment, "comment_type") in SPOKEN
        if is_shown and text:
            yield RawComment(
                _say(comment, "comment_id") or "",
                text,
                _say(comment, "comment_author"),
                _say(comment, "comment_date"),
                parent=_say(comment, "comment_parent"),
            )


def set_paragraphs(markup: str) -> str:
    """Return the HTML of a post, whose paragraphs WordPress keeps apart by blank lines alone.

    >>> set_paragraphs("One.\\n\\nTwo.")
    '<p>One.</p><p>Two.</p>'
    """
    if BLOCK.search(markup) and not GAP.search(markup):
        return markup
    pieces = [piece.strip() for piece in GAP.split(markup.replace("\r", ""))]
    return "".join(piece if BLOCK.match(piece) else f"<p>{piece}</p>" for piece in pieces if piece)


def _say(element: Element, name: str) -> str | None:
    found = element.find(f"{{*}}{name}")
    return found.text.strip() or None if found is not None and found.text else None
