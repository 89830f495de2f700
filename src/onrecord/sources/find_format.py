from __future__ import annotations

import json
import re

from onrecord.errors import InputError

EXPECTED = (
    "expected text, HTML, .warc or .wet (also .gz or .zst), .jsonl, an RSS or Atom feed, "
    "a folder of these, an address, or - for standard input"
)
ENDINGS = {
    ".txt": "text",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".warc": "warc",
    ".wet": "warc",
    ".rss": "feed",
    ".atom": "feed",
    ".xml": "feed",
}
"""What a file holds by its name, if its first bytes do not say something else."""
PACKED = (".gz", ".zst", ".br")
SAMPLE = 4096
MOST_CONTROLS = 0.05
"""Share of control characters from which a file is taken for binary."""

_LEAD = rb"(?:\s|<\?(?:(?!\?>).){0,500}\?>|<!--(?:(?!-->).){0,2000}-->)*+"
"""What may stand before the first element: `<?xml version="1.0"?>`, `<!-- saved from url=... -->`."""
HTML = re.compile(_LEAD + rb"(?:<!doctype\s+html|<(?:html|head|body)\b)", re.IGNORECASE | re.DOTALL)
FEED = re.compile(_LEAD + rb"(?:<!doctype[^>]{0,500}>\s*)?<(?:rss|feed|\w{1,9}:feed|rdf:RDF)[\s>]", re.DOTALL)
DISQUS = re.compile(_LEAD + rb"<disqus[\s>]", re.DOTALL)
WORDPRESS = b"wordpress.org/export/"
"""The namespace of an export that holds comments, drafts and attachments beside its posts."""
JSON_PAGE = re.compile(rb'\{\s*"(?:id|text|html|title|url|published|comments|publisher|kind)"\s*:')
"""`{"id": "a7", ...`, the beginning of a .jsonl line."""
JSON_WHOLE = re.compile(rb'\s*(?:\[\s*)?\{\s*"[^"\n]{1,80}"\s*:')
"""`[{"id": "a7", ...`, or an object over several lines: JSON, but no page on a line of its own."""
CONTAINERS = {
    b"PK\x03\x04": "a zip archive",
    b"BZh": "compressed with bzip2",
    b"\xfd7zXZ": "compressed with xz",
    b"7z\xbc\xaf": "a 7z archive",
    b"%PDF": "a PDF",
    b"Rar!": "a rar archive",
    b"\x89PNG": "a PNG picture",
    b"\xff\xd8\xff": "a JPEG picture",
    b"GIF8": "a GIF picture",
}
"""Files that may hold pages, in a form that is not opened: no name in them can become a path."""


def find_format(name: str, opening: bytes) -> str:
    """Return `text`, `html`, `jsonl`, `warc`, `feed`, `disqus` or `wordpress`, by first bytes and name.

    Raises InputError, saying what was expected, for an empty source and for what is no text.
    """
    sample = opening[:SAMPLE]
    if not sample:
        raise InputError(f"{name}: empty; expected the text or HTML of a page")
    if sample.startswith(b"WARC/"):
        return "warc"
    if held := name_container(sample):
        mend = "; unpack it" if "archive" in held else ""
        raise InputError(f"{name}: is {held}, which is not opened{mend}; {EXPECTED}")
    if is_binary(sample):
        raise InputError(f"{name}: looks like a binary file; {EXPECTED}")
    sample = _narrow(sample)
    for pattern, form in ((HTML, "html"), (FEED, "feed"), (DISQUS, "disqus")):
        if pattern.match(sample):
            return "wordpress" if form == "feed" and WORDPRESS in sample else form
    return _by_name(name, sample)


def _by_name(name: str, sample: bytes) -> str:
    form = ENDINGS.get(find_ending(name))
    if form == "warc":
        raise InputError(f"{name}: is not a WARC archive: expected its first line to begin with WARC/")
    if form == "feed":
        raise InputError(f"{name}: is not a feed: expected an <rss>, <rdf:RDF> or <feed> element")
    if form is None and not is_json_page(sample) and _is_json(name, sample):
        raise InputError(
            f"{name}: is a JSON document, not a page; expected .jsonl, one object a line "
            "(of a list: jq -c '.[]' pages.json > pages.jsonl)"
        )
    return form or ("jsonl" if is_json_page(sample) else "text")


def _is_json(name: str, sample: bytes) -> bool:
    named = find_ending(name) == ".json" and sample.lstrip().startswith((b"[", b"{"))
    return named or JSON_WHOLE.match(sample) is not None


def is_json_page(sample: bytes) -> bool:
    """Return whether a sample begins with a JSON object that has a key of a page, whole or cut."""
    line = sample.lstrip().split(b"\n", 1)[0]
    if JSON_PAGE.match(line):
        return True
    try:
        return line.startswith(b"{") and bool(json.loads(line).keys() & {"text", "html", "comments"})
    except (ValueError, RecursionError):
        return False


def find_ending(name: str) -> str:
    """Return the ending that says what a file holds, in lower case, those of compression left off.

    >>> find_ending("crawl/CC-MAIN-0001.warc.wet.GZ")
    '.wet'
    """
    name = name.rsplit("/", 1)[-1].lower()
    while name.endswith(PACKED):
        name = name.rsplit(".", 1)[0]
    return "." + name.rsplit(".", 1)[1] if "." in name else ""


def name_container(data: bytes) -> str | None:
    """Return what bytes are by their first ones, if that is a file of another kind than a page.

    >>> name_container(b"%PDF-1.7")
    'a PDF'
    """
    return next((held for magic, held in CONTAINERS.items() if data.startswith(magic)), None)


def is_binary(data: bytes) -> bool:
    """Return whether bytes hold something other than text: NUL bytes, or many control characters."""
    sample = data[:SAMPLE]
    if sample.startswith((b"\xff\xfe", b"\xfe\xff")):
        return False  # UTF-16 with its mark is text
    controls = sum(byte < 32 and byte not in b"\t\n\r\f\x1b" for byte in sample)
    return b"\x00" in sample or controls > MOST_CONTROLS * len(sample)


def _narrow(sample: bytes) -> bytes:
    """Return a sample whose markup can be looked for as ASCII: no mark, UTF-16 made narrow."""
    if sample.startswith((b"\xff\xfe", b"\xfe\xff")):
        return sample.decode("utf-16", errors="ignore").encode("ascii", errors="ignore")
    return sample.removeprefix(b"\xef\xbb\xbf")
