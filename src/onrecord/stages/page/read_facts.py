from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any
from urllib.parse import urlsplit

from onrecord.dates import read_stamp
from onrecord.lexicons import load
from onrecord.stages.page.parse_html import Tree

LONGEST = 1_000_000
"""Characters of a data script that are read."""

DEEPEST = 6
HALF = re.compile("[\ud800-\udfff]")
"""Half of a character, as a script can escape it: "\\ud83d"; no file can hold it."""
NEWS = re.compile(r"article|posting|report|webpage|newsarticle|analysis|review|opinion", re.IGNORECASE)
YEARS = range(1990, 2100)


@dataclass(frozen=True, slots=True)
class FactKey:
    """A key under which pages state a fact about themselves; a lower rank is believed first."""

    key: str
    kind: str
    field: str
    rank: int
    source: str


@dataclass(frozen=True, slots=True)
class Facts:
    """What a page states about itself in its markup."""

    title: str | None = None
    published: str | None = None
    updated: str | None = None
    dated_by: str | None = None
    """Where the publication date was found."""
    publisher: str | None = None
    author: str | None = None
    language: str | None = None
    url: str | None = None


NOTHING = Facts()

Claim = tuple[int, str, str, str]
"""Rank, field, value, and where it was found."""


def read_facts(tree: Tree, spoken: Sequence[bool]) -> Facts:
    """Return title, dates, publisher, author, language and address that the markup of a page states.

    What stands in a line of a comment (`spoken`) is of that comment.

    JSON-LD and microdata are believed before meta elements, those before <title> and <link>.
    """
    claims = sorted(_claims(tree, spoken), key=lambda claim: claim[0])
    best: dict[str, tuple[str, str]] = {}
    for _, name, value, where in claims:
        cleaned = _clean(name, value)
        if cleaned and name not in best:
            best[name] = (cleaned, where)
    values = {name: value for name, (value, _) in best.items()}
    dated_by = best["published"][1] if "published" in best else None
    return Facts(**values, dated_by=dated_by)


def _claims(tree: Tree, spoken: Sequence[bool]) -> Iterator[Claim]:
    keys = _keys()
    for fact in tree.facts:
        if fact.line < len(spoken) and spoken[fact.line]:
            continue
        if fact.tag == "title":
            yield 8, "title", fact.text, "title"
        elif fact.tag == "link" and "canonical" in (fact.attributes.get("rel") or "").lower():
            yield 1, "url", fact.attributes.get("href") or "", "link:canonical"
        elif fact.tag == "meta":
            yield from _read_meta(fact.attributes, keys)
        elif fact.tag == "script":
            yield from _read_data(fact.text, keys)
    yield from _read_items(tree, spoken, keys)
    language = tree.elements[0].attributes.get("lang") if tree.elements else None
    if language:
        yield 1, "language", language, "html:lang"


@cache
def _keys() -> dict[str, FactKey]:
    return {entry.key: entry for entry in load("page_facts", FactKey)}


def _read_meta(attributes: dict[str, str | None], keys: dict[str, FactKey]) -> Iterator[Claim]:
    content = attributes.get("content")
    if not content:
        return
    for attribute in ("property", "name", "itemprop", "http-equiv"):
        name = (attributes.get(attribute) or "").strip().lower()
        entry = keys.get(name)
        if entry:
            yield entry.rank, entry.field, content, f"meta:{name}"
        elif name in ("language", "content-language", "og:locale"):
            yield 2, "language", content, f"meta:{name}"


def _read_items(tree: Tree, spoken: Sequence[bool], keys: dict[str, FactKey]) -> Iterator[Claim]:
    """Yield what microdata, and <time> elements that say so, state outside of comments."""
    for i in tree.stated:
        element = tree.elements[i]
        attributes = element.attributes
        if any(spoken[element.first : element.last + 1]):
            continue
        entry = keys.get((attributes.get("itemprop") or "").lower())
        value = attributes.get("content") or attributes.get("datetime")
        if entry and entry.kind == "item" and value:
            yield entry.rank, entry.field, value, f"itemprop:{entry.key}"
        elif element.tag == "time" and value and "pubdate" in attributes:
            yield 5, "published", value, "time"


def _read_data(text: str, keys: dict[str, FactKey]) -> Iterator[Claim]:
    """Yield what a JSON-LD script states about the page; a broken one states nothing."""
    try:
        data = json.loads(text[:LONGEST], strict=False)
    except (ValueError, RecursionError):
        return
    for node in _nodes(data, 0):
        kind = node.get("@type")
        if not NEWS.search(str(kind)):
            continue
        rank = 2 if "page" in str(kind).lower() else 0
        for key, value in node.items():
            entry = keys.get(key.lower())
            if entry and entry.kind == "item" and isinstance(value, str):
                yield rank, entry.field, value, f"json-ld:{key}"
        for key in ("publisher", "author"):
            if name := _name_of(node.get(key)):
                yield rank, key, name, f"json-ld:{key}"


def _nodes(data: Any, depth: int) -> Iterator[dict[str, Any]]:
    if depth > DEEPEST:
        return
    if isinstance(data, list):
        for item in data:
            yield from _nodes(item, depth + 1)
    elif isinstance(data, dict):
        yield data
        yield from _nodes(data.get("@graph"), depth + 1)
        yield from _nodes(data.get("mainEntity"), depth + 1)


def _name_of(value: Any) -> str | None:
    if isinstance(value, list):
        names = [name for item in value if (name := _name_of(item))]
        return ", ".join(names) or None
    if isinstance(value, dict):
        value = value.get("name")
    return value if isinstance(value, str) else None


def _clean(name: str, value: str) -> str | None:
    """Return a value in the form its field has, None if it cannot have it."""
    value = HALF.sub("\ufffd", " ".join(value.split())[:500])
    if name in ("published", "updated"):
        return read_day(value)
    if name == "url":
        return value if _is_address(value) else None
    if name == "language":
        code = re.match(r"([A-Za-z]{2,3})(?:[-_]|$)", value)
        return code[1].lower() if code else None
    if name == "author" and ("://" in value or len(value) > 200):
        return None
    return value or None


def _is_address(value: str) -> bool:
    try:
        parts = urlsplit(value)
    except ValueError:  # http://[
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc)


def read_day(value: str) -> str | None:
    """Return the ISO day that a date of any common form names.

    >>> read_day("Tue, 3 Mar 2015 10:15:00 GMT"), read_day("20150303")
    ('2015-03-03', '2015-03-03')
    """
    digits = re.match(r"((?:19|20)\d\d)[-/.]?(\d\d)[-/.]?(\d\d)(?!\d{3})", value.strip())
    text = "-".join(digits.groups()) if digits else None
    if text is None:
        stamp = read_stamp(value[:80])
        text = stamp.iso[:10] if stamp and stamp.iso else None
    try:
        return text if text and date.fromisoformat(text).year in YEARS else None
    except ValueError:
        return None
