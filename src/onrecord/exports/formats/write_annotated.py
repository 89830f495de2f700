"""Files for annotation tools: brat, WebAnno TSV 3 (INCEpTION), Prodigy."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from onrecord.errors import ExportError
from onrecord.exports.formats.rows import Order, hash_text, read_records
from onrecord.records import STATUSES, Record, Span

WORD = re.compile(r"\w+|[^\w\s]")
UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")
LONGEST_FILE = 100
"""Characters of a file name that are taken from the id of a page."""
ESCAPES = str.maketrans(
    {"\\": "\\\\", "[": "\\[", "]": "\\]", "|": "\\|", "_": "\\_", ";": "\\;", "*": "\\*"}
)
"""Of a label in WebAnno TSV."""
TEXT_ESCAPES = str.maketrans(
    {chr(code): f"\\{chr(code)}" for code in (*range(8), *range(14, 32))}
    | {"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r", "\b": "\\b"}
)
"""Of the text of a sentence and of its tokens in WebAnno TSV 3.3."""
LAYER = "de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity"
"""The layer for named entities, which every project of WebAnno and INCEpTION has from its start."""


@dataclass(frozen=True, slots=True)
class Label:
    """A span with what it is called in an annotation tool."""

    span: Span
    name: str
    ident: str


def read_labels(record: Record) -> list[Label]:
    """Return the spans that an annotator would see, in text order, from actors to statements."""
    found = [Label(span, a.type.capitalize(), a.id) for a in record.actors for span in a.mentions]
    found += [Label(span, "Place", place.id) for place in record.places for span in place.mentions]
    found += [Label(time.mention, "Time", time.id) for time in record.times]
    found += [Label(quantity.mention, "Quantity", quantity.id) for quantity in record.quantities]
    found += [Label(event.trigger, event.act.type, event.id) for event in record.events]
    found += [Label(span, "Statement", s.id) for s in record.statements for span in s.content]
    return sorted(found, key=lambda label: (label.span, label.name, label.ident))


def name_file(page: str) -> str:
    """Return a name for the file of a page; ids that would give the same name are told apart by a hash.

    >>> name_file("raid-3"), name_file("north/raid")
    ('raid-3', 'north_raid-0d6100dd')
    """
    name = UNSAFE.sub("_", page)[:LONGEST_FILE]
    return name if name == page and not name.startswith(".") else f"{name.lstrip('.')}-{hash_text(page)[:8]}"


def _need_text(order: Order, form: str) -> None:
    if not order.text:
        raise ExportError(f"{form} holds the text itself: it cannot be written with --no-text")


def write_brat(order: Order) -> int:
    """Write a .txt and an .ann file for each page, and annotation.conf, as brat opens them."""
    _need_text(order, "brat")
    count = 0
    types: set[str] = set()
    events: set[str] = set()
    for record in read_records(order):
        stem = order.target / name_file(record.page.id)
        stem.with_name(stem.name + ".txt").write_text(record.page.text, encoding="utf-8", newline="")
        lines = list(_brat_lines(record))
        stem.with_name(stem.name + ".ann").write_text(
            "".join(f"{line}\n" for line in lines), encoding="utf-8"
        )
        types |= {label.name for label in read_labels(record)}
        events |= {event.act.type for event in record.events}
        count += len(lines)
    config = ["[entities]", *sorted(types - events), "", "[relations]", "", "[events]"]
    config += [f"{name}\tSource*:<ENTITY>, Target*:<ENTITY>" for name in sorted(events)]
    config += ["", "[attributes]", f"Status\tArg:<EVENT>, Value:{'|'.join(STATUSES)}"]
    (order.target / "annotation.conf").write_text("\n".join(config) + "\n", encoding="utf-8")
    return count


def _brat_lines(record: Record) -> Iterator[str]:
    """Yield text-bound annotations, then events with roles, then the status of each event."""
    first: dict[str, str] = {}
    for number, label in enumerate(read_labels(record), 1):
        first.setdefault(label.ident, f"T{number}")
        yield f"T{number}\t{label.name} {_brat_span(record, label.span)}"
    for number, event in enumerate(record.events, 1):
        roles = [("Source", one) for one in event.sources] + [("Target", one) for one in event.targets]
        named = " ".join(
            f"{role}{n or ''}:{first[one]}" for n, (role, one) in _numbered(roles) if one in first
        )
        yield f"E{number}\t{event.act.type}:{first[event.id]} {named}".rstrip()
        yield f"A{number}\tStatus E{number} {event.status}"


def _numbered(roles: list[tuple[str, str]]) -> Iterator[tuple[int, tuple[str, str]]]:
    """Yield roles with the number that tells several of one kind apart: Source, Source2, Source3."""
    seen: dict[str, int] = {}
    for role, one in roles:
        seen[role] = seen.get(role, 0) + 1
        yield (seen[role] if seen[role] > 1 else 0), (role, one)


def _brat_span(record: Record, span: Span) -> str:
    """Return offsets and words of a span, cut at line ends as brat wants fragments."""
    pieces = []
    at = span[0]
    for line in record.page.text[span[0] : span[1]].split("\n"):
        if line.strip():
            pieces.append((at, at + len(line)))
        at += len(line) + 1
    offsets = ";".join(f"{start} {end}" for start, end in pieces)
    return f"{offsets}\t{' '.join(record.page.text[start:end] for start, end in pieces)}"


def write_webanno(order: Order) -> int:
    """Write a WebAnno TSV 3.3 file for each page, which INCEpTION imports; labels lie on whole words.

    A label is a named entity: its value is the kind, its identifier the id of the finding.
    """
    _need_text(order, "webanno")
    count = 0
    for record in read_records(order):
        labels = read_labels(record)
        path = order.target / f"{name_file(record.page.id)}.tsv"
        path.write_text("\n".join(_webanno_lines(record, labels)) + "\n", encoding="utf-8", newline="")
        count += len(labels)
    return count


def _webanno_lines(record: Record, labels: list[Label]) -> Iterator[str]:
    """Yield the lines of a file: the header, then each line of the page as a sentence.

    The importer wants one blank line before each sentence, two after the header, and the text of a
    sentence to begin at its first token.
    """
    yield "#FORMAT=WebAnno TSV 3.3"
    yield f"#T_SP={LAYER}|identifier|value"
    yield ""
    at = number = 0
    for line in record.page.text.split("\n"):
        words = [(m.group(), at + m.start(), at + m.end()) for m in WORD.finditer(line)]
        if words:
            number += 1
            yield ""
            yield f"#Text={line.strip().translate(TEXT_ESCAPES)}"
            for place, (word, start, end) in enumerate(words, 1):
                span = f"{_units(record, start)}-{_units(record, end)}"
                cells = _webanno_cells(labels, start, end)
                yield f"{number}-{place}\t{span}\t{word.translate(TEXT_ESCAPES)}\t{cells}\t"
        at += len(line) + 1


def _webanno_cells(labels: list[Label], start: int, end: int) -> str:
    """Return identifier and value of the labels on a word; the number of a label joins its words."""
    here = [(n, b) for n, b in enumerate(labels, 1) if b.span[0] < end and start < b.span[1]]
    idents = "|".join(f"{b.ident.translate(ESCAPES)}[{n}]" for n, b in here)
    kinds = "|".join(f"{b.name.translate(ESCAPES)}[{n}]" for n, b in here)
    return f"{idents or '_'}\t{kinds or '_'}"


def _units(record: Record, offset: int) -> int:
    """Return an offset in UTF-16 units, which Java counts in."""
    text = record.page.text
    if text.isascii():
        return offset
    return len(text[:offset].encode("utf-16-le", "surrogatepass")) // 2


def write_prodigy(order: Order) -> int:
    """Write a Prodigy task for each part that has a label: JSON Lines with text, tokens and spans."""
    _need_text(order, "prodigy")
    count = 0
    with order.target.open("w", encoding="utf-8") as file:
        for record in read_records(order):
            labels = read_labels(record)
            for part in record.parts:
                inside = [b for b in labels if part.start <= b.span[0] and b.span[1] <= part.end]
                if not inside:
                    order.left_out["parts of pages without a label"] += 1
                else:
                    task = _prodigy_task(record, part.start, part.end, inside)
                    task["meta"] |= {"part": part.id, "kind": part.kind}
                    file.write(json.dumps(task, ensure_ascii=False) + "\n")
                    count += 1
    return count


def _prodigy_task(record: Record, start: int, end: int, labels: list[Label]) -> dict[str, Any]:
    words = record.page.text[start:end]
    coder = record.coder
    return {
        "text": words,
        "tokens": [
            {"text": m.group(), "start": m.start(), "end": m.end(), "id": number}
            for number, m in enumerate(WORD.finditer(words))
        ],
        "spans": [
            {"start": b.span[0] - start, "end": b.span[1] - start, "label": b.name, "id": b.ident}
            for b in labels
        ],
        "meta": {
            "page": record.page.id,
            "coder": f"onrecord {coder.version}; {coder.model}; {coder.codebook}",
        },
    }
