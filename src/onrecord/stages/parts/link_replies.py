from __future__ import annotations

from onrecord.records import Part
from onrecord.stages.parts.find_addressed import find_addressed, find_number
from onrecord.stages.parts.find_quoted import find_quoted
from onrecord.stages.parts.read_talk import Talk, may_answer, read_talk
from onrecord.stages.parts.reply import Comment, Link
from onrecord.stages.parts.weigh_above import weigh_above
from onrecord.stages.parts.weigh_answer import weigh_answer

NEAR = 8
"""A name that is said without an @ is that of a commenter this many comments away, or fewer."""
NOTICES = ("Pingback", "Trackback", "[...]", "[…]")


def link_replies(text: str, parts: tuple[Part, ...], comments: list[Comment]) -> tuple[Part, ...]:
    """Return the parts with what each comment answers (`reply_to`) and whom it speaks to (`addressed_to`)."""
    if not comments:
        return parts
    talk = read_talk(text, parts, comments)
    links = link_all(talk)
    ids = {(p.start, p.end): p.id for p in parts if p.kind == "comment"}
    by_span = {(c.start, c.end): link for c, link in zip(comments, links, strict=True)}
    return tuple(_with_link(p, by_span.get((p.start, p.end)), comments, ids) for p in parts)


def _with_link(
    part: Part, link: Link | None, comments: list[Comment], ids: dict[tuple[int, int], str]
) -> Part:
    if part.kind != "comment" or not link or not link.rule:
        return part
    parent = comments[link.parent] if link.parent is not None else None
    return Part(  # `replace` would take ten times as long
        part.id,
        part.kind,
        part.start,
        part.end,
        part.author,
        part.source_id,
        ids.get((parent.start, parent.end)) if parent else None,
        link.addressed,
        part.published,
        f"{part.rule}; {link.rule}",
    )


def link_all(talk: Talk) -> list[Link]:
    """Return the link of each comment of a page, in order."""
    links: list[Link] = []
    opener = 0
    numbered = _numbers_openers(talk)
    for i in range(len(talk.comments)):
        link = _link_one(talk, i, opener, numbered)
        links.append(link)
        if link.parent is None or link.parent > i or _opens(talk, i, numbered):
            opener = i
    return links


def _numbers_openers(talk: Talk) -> bool:
    """Whether the page numbers the comments that open a thread and leaves replies without a number."""
    with_number = [c.number is not None for c in talk.comments]
    headed = sum(c.is_headed or c.number is not None for c in talk.comments)
    return (
        headed >= 0.8 * len(with_number)
        and with_number[0]
        and 0.4 * len(with_number) <= sum(with_number) < len(with_number)
    )


def _opens(talk: Talk, i: int, numbered: bool) -> bool:
    return (numbered and talk.comments[i].number is not None) or (
        bool(talk.order.roles) and talk.order.roles[i] == "opener"
    )


def _link_one(talk: Talk, i: int, opener: int, numbered: bool) -> Link:
    """Return the link of one comment: known from markup or header, else from number, name, words or time."""
    comment, body, back = talk.comments[i], talk.bodies[i], talk.order.newest_first
    number = find_number(body)
    spoken = find_addressed(body, number[1] if number else 0, talk.names, talk.known)
    name, by_name = spoken or (comment.answers, "header" if comment.answers else None)
    if comment.is_nested:
        return Link(comment.parent, name, "reply:markup")
    if talk.nests:  # the markup puts answers under what they answer, and this one stands by itself
        return Link(None, name, f"addressed:{by_name}" if name else None)
    if comment.answers:
        parent = talk.names.last_by(comment.answers, i, False)
        return Link(parent, comment.answers, "reply:header-name")
    if number and (target := talk.numbers.get(number[0])) not in (None, i):
        return Link(target, name, "reply:number")
    if comment.is_reply and i:
        return Link(_answered(talk, i, opener, name), name, "reply:header")
    if numbered and comment.number is None:
        parent = talk.names.last_by(name, i, False) if name else None
        return Link(opener if parent is None or parent < opener else parent, name, "reply:unnumbered")
    if numbered:
        return Link(None, name, f"addressed:{by_name}" if name else None)
    if talk.order.roles:
        return _by_clock(talk, i, opener, name, by_name)
    return _by_words(talk, i, name, by_name, back)


def _answered(talk: Talk, i: int, opener: int, name: str | None) -> int:
    """Return which comment of its thread a reply answers, where the page shows only that it is one."""
    named = talk.names.last_by(name, i, False) if name else None
    if named is not None and named >= opener:
        return named
    if talk.comments[i].author in talk.hosts:
        return i - 1
    return next((j for j in range(i - 1, opener, -1) if talk.comments[j].author in talk.hosts), opener)


def _by_clock(talk: Talk, i: int, opener: int, name: str | None, by_name: str | None) -> Link:
    role = talk.order.roles[i]
    none = Link(None, name, f"addressed:{by_name}" if name else None)
    if i == 0 or role == "opener":
        return none
    named = talk.names.last_by(name, i, False) if name else None
    if named is not None and named >= opener:
        return Link(named, name, f"reply:{by_name}+clock")
    if role == "reply":
        return Link(opener, name, "reply:clock")
    if talk.order.name == "oldest":  # time tells nothing of it: it may as well open the next thread
        return _by_words(talk, i, name, by_name, False)
    written = talk.written[talk.authors[i] or ""]
    weight = weigh_answer(talk.comments, talk.bodies, talk.said, opener, i, talk.known, written)
    return Link(opener, name, "reply:clock") if weight > 0 else none


def _by_words(talk: Talk, i: int, name: str | None, by_name: str | None, back: bool) -> Link:
    # A notice that another page links here quotes the page, and answers nobody.
    if talk.bodies[i].text.startswith(NOTICES):
        return Link()
    none = Link(None, name, f"addressed:{by_name}" if name else None)
    if talk.marks_replies:  # the page says itself which comments are replies, and this one is not
        return none
    parent = talk.names.last_by(name, i, back) if name else None
    if parent is not None and (
        by_name == "at-name" or (abs(parent - i) <= NEAR and may_answer(talk, i, parent))
    ):
        return Link(parent, name, f"reply:{by_name}")
    if name and by_name == "at-name" and i and not back and not any(talk.authors):
        return Link(i - 1, name, "reply:at-name+above")  # the page shows no names: who was spoken to is near
    found = find_quoted(talk.said, i, back)
    if found and (not talk.authors[i] or talk.authors[found[0]] != talk.authors[i]):
        return Link(found[0], name, f"reply:{found[1]}")
    if name or back or not i:  # who is spoken to by name need not be the one above
        return none
    weight, reasons = weigh_above(talk, i)
    return Link(i - 1, name, f"reply:weighed ({'; '.join(reasons)})") if weight > 0 else none
