from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from onrecord.lexicons.comment_words import comment_words
from onrecord.stages.parts.read_body import Body
from onrecord.stages.parts.reply import Comment

NUMBERED = re.compile(
    r"^[\W_]*(?:(?:re|to|at|@)[: ]+)?(?:[\w'’ ]{0,30}?\b(?:to|of|with|see|at)\s+)?"  # Continuation of
    r"(?:(?:message|comment|post|number|no\.?|nr\.?|poster)\s*#?\s*(?P<a>\d{1,4})|#\s?(?P<b>\d{1,4}))\b[:,]?\s*",
    re.IGNORECASE,
)
AT = re.compile(r"(?:^|(?<=[\s(>.,;]))@\s?(?P<name>[\w][\w.'’-]*\w|\w)")
NAMED = r"(?P<name>[A-Z][\w.'’-]*(?:[ ](?:[A-Z][\w.'’-]*|[a-z]{1,3}(?=\s[A-Z]))){0,3})"
RE = re.compile(rf"^(?:RE|Re|re|To|TO)[: ]+\s*@?{NAMED}\s*[:,–—-]")  # RE: Ann Lee:
COLON = re.compile(rf"^{NAMED}\s*:\s")
LEADING = re.compile(rf"^{NAMED}\s*(?:,|\s[-–—]+)\s?(?P<rest>[^.!?]{{0,120}})")
TRAILING = re.compile(rf"^[^.!?\n,]{{2,60}}, {NAMED}\s*[.!?]")  # Let's hope so, Ann!
SPOKEN_TO = re.compile(r"\b(?:you|your|you['’]re|please|thanks?|u)\b", re.IGNORECASE)
HANDLE = re.compile(
    r"^(?:(?:since|as|because|if|while|although|looks like|seems)\s+)?(?P<name>[a-z]\w{4,24})\s+"
    r"(?:just|only|still|obviously|clearly|apparently|really)\s+(?P<verb>\w+(?:s|n['’]t))\b",
    re.IGNORECASE,
)


@cache
def _openers() -> frozenset[str]:
    """Words that stand before a comma without being a name: 'Sorry,'."""
    return frozenset(
        w.word for role in ("discourse", "verdict", "slang", "month", "weekday") for w in comment_words(role)
    )


class Names:
    """The authors of a page's comments, by full name and by first name."""

    def __init__(self, comments: Sequence[Comment]) -> None:
        self.full: dict[str, list[int]] = {}
        self.first: dict[str, list[int]] = {}
        for i, comment in enumerate(comments):
            name = fold_name(comment.author or "")
            if name:
                self.full.setdefault(name, []).append(i)
                self.first.setdefault(name.split()[0], []).append(i)

    def last_by(self, name: str, i: int, backwards: bool) -> int | None:
        """Return the nearest comment before `i` by an author of this name, if one name fits."""
        folded = fold_name(name)
        found = [*self.full.get(folded, ()), *(self.first.get(folded, ()) if len(folded) >= 3 else ())]
        if backwards:
            return min((j for j in found if j > i), default=None)
        return max((j for j in found if j < i), default=None)


def fold_name(name: str) -> str:
    """Return a name in lower case without its marks.

    >>> fold_name("@Ann-Lee,")
    'ann lee'
    """
    return " ".join(re.sub(r"[\W_]+", " ", name[:80]).lower().split())


def find_number(body: Body) -> tuple[int, int] | None:
    """Return the number of the comment that a comment names at its start, and where the rest begins."""
    match = NUMBERED.match(body.text[:80])
    return (int(match["a"] or match["b"]), match.end()) if match else None


def find_addressed(body: Body, skip: int, names: Names, known: frozenset[str]) -> tuple[str, str] | None:
    """Return the name that a comment speaks to, and the rule; `known` are the words of the report."""
    head = body.text[skip : skip + 240]
    at = AT.search(head)
    if at and at.start() < 120:
        return _longest(head[at.start("name") :], at["name"], names), "at-name"
    for rule, pattern in (
        ("re-name", RE),
        ("name-colon", COLON),
        ("name-first", LEADING),
        ("name-last", TRAILING),
    ):
        match = pattern.match(head)
        if match and _is_addressee(match, rule, names, known, skip > 0):
            return match["name"].strip(), rule
    handle = HANDLE.match(head)
    if handle and handle["name"].islower() and _is_handle(handle["name"], known):
        return handle["name"], "handle"
    return None


def _longest(text: str, name: str, names: Names) -> str:
    """Return the name after an @ with as many of the words that follow as an author has."""
    words = text[:60].split()
    for count in (4, 3, 2):
        longer = " ".join(words[:count]).rstrip(".,:;!?-")
        if fold_name(longer) in names.full:
            return longer
    return name


def _is_addressee(
    match: re.Match[str], rule: str, names: Names, known: frozenset[str], numbered: bool
) -> bool:
    name = match["name"].strip()
    folded = fold_name(name)
    if folded in names.full or (len(folded) >= 3 and folded in names.first):
        return True
    words = folded.split()
    # Politicians of the report are spoken to as well; only other names are those of commenters.
    if not words or any(w in known for w in words) or folded in _openers() or words[0] in _openers():
        return False
    if rule == "re-name" or (rule == "name-colon" and numbered):
        return True
    if rule == "name-first":
        return not words[0].endswith("ly") and SPOKEN_TO.search(match["rest"]) is not None
    return rule == "name-last" and len(words) == 1 and name.istitle() and len(name) > 2


def _is_handle(name: str, known: frozenset[str]) -> bool:
    return name not in known and name not in _openers() and not name.endswith(("one", "body", "thing", "ly"))
