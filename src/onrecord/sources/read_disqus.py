from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element, ParseError, iterparse

from onrecord.errors import InputError
from onrecord.records import RawComment, RawPage
from onrecord.sources.limits import Limits
from onrecord.sources.open_stream import Buffered, find_damage

SPACE = re.compile(r"\{[^}]*\}")
"""`{http://disqus.com}`, the namespace in a name."""


@dataclass(slots=True)
class Thread:
    """A page of the site as the export knows it, filled with its comments while the export is read."""

    address: str | None
    title: str | None
    comments: list[RawComment] = field(default_factory=list)


def read_disqus(
    stream: Buffered, name: str, published: str | None, limits: Limits
) -> Iterator[RawPage | InputError]:
    """Yield a page of comments for each thread of a Disqus export; deleted ones and spam are left out.

    The export holds no text of the pages themselves. Who answers whom is taken from it.
    """
    threads: dict[str, Thread] = {}
    problem = _fill_threads(stream, name, threads, limits)
    for key, thread in threads.items():
        if thread.comments:
            yield RawPage(
                "",
                f"{name}#{key}",
                title=thread.title,
                published=published,
                url=thread.address,
                comments=tuple(thread.comments),
            )
    if problem:
        yield InputError(problem)


def _fill_threads(stream: Buffered, name: str, threads: dict[str, Thread], limits: Limits) -> str | None:
    """Read threads and comments; return what stopped it before the end, or None."""
    try:
        for _, element in iterparse(stream, events=("end",)):
            kind = SPACE.sub("", element.tag)
            if kind == "thread" and element.find("{*}link") is not None:
                threads[_id(element)] = Thread(_say(element, "link"), _say(element, "title"))
                element.clear()
            elif kind == "post":  # it has a <thread id="..."/> of its own, which must stand until now
                _keep_post(element, threads)
                element.clear()
            if stream.tell() > limits.export:
                return f"{name}: larger than {limits.export >> 20} MiB; the threads of the rest were not read"
    except ParseError as error:
        return find_damage(stream) or f"{name}: not well-formed XML: {error}; what came before was read"
    return None


def _keep_post(post: Element, threads: dict[str, Thread]) -> None:
    inside, above = post.find("{*}thread"), post.find("{*}parent")
    thread = threads.get(_id(inside)) if inside is not None else None
    dropped = "true" in (_say(post, "isDeleted"), _say(post, "isSpam"))
    text = flatten_message(_say(post, "message") or "")
    if thread is None or dropped or not text:
        return
    author, day = post.find("{*}author"), _say(post, "createdAt")
    thread.comments.append(
        RawComment(
            _id(post),
            text,
            _say(author, "name") if author is not None else None,
            day,
            parent=_id(above) if above is not None else None,
        )
    )


def flatten_message(markup: str) -> str:
    """Return the text of a comment's HTML, a blank line between its paragraphs.

    >>> flatten_message("<p>Well said &amp; true.</p><p>But<br>why?</p>")
    'Well said & true.\\n\\nBut\\nwhy?'
    """
    from selectolax.lexbor import LexborHTMLParser

    tree = LexborHTMLParser(re.sub(r"(?i)<br\s*/?>", "\n", markup))
    for node in tree.css("script, style"):
        node.decompose()
    blocks = tree.css("p, blockquote, li") or tree.css("body")
    inner = [node for node in blocks if not node.css("blockquote p, li p")]
    lines = ("\n".join(" ".join(line.split()) for line in node.text().splitlines()).strip() for node in inner)
    return "\n\n".join(line for line in lines if line)


def _id(element: Element) -> str:
    return next((value for name, value in element.items() if SPACE.sub("", name) == "id"), "")


def _say(element: Element, name: str) -> str | None:
    found = element.find(f"{{*}}{name}")
    return found.text.strip() or None if found is not None and found.text else None
