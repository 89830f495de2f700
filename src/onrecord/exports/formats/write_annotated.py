"""Files for annotation tools: brat, WebAnno TSV 3 (INCEpTION), Prodigy."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from onrecord.errors import ExportError
from onrecord.records import STATUSES, Record, Span
from onrecord.store import Folder

WORD = re.compile(r"\w+|[^\w\s]")
UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")
ESCAPES = str.maketrans(
    {"\\": "\\\\", "[": "\\[", "]": "\\]", "|": "\\|", "_": "\\_", ";": "\\;", "*": "\\*"}
)


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


def _need_text(text: bool, form: str) -> None:
    if not text:
        raise ExportError(f"{form} holds the text itself: it cannot be written with --no-text")


def write_brat(folder: Folder, target: Path, text: bool) -> int:
    """Write a .txt and an .ann file for each page, and annotation.conf, as brat opens them."""
    _need_text(text, "brat")
    target.mkdir(parents=True, exist_ok=True)
    count = 0
    types: set[str] = set()
    events: set[str] = set()
    for record in folder.records():
        stem = target / UNSAFE.sub("_", record.page.id)
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
    (target / "annotation.conf").write_text("\n".join(config) + "\n", encoding="utf-8")
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


def write_webanno(folder: Folder, target: Path, text: bool) -> int:
    """Write a WebAnno TSV 3.3 file for each page, which INCEpTION imports; labels lie on whole words."""
    _need_text(text, "webanno")
    target.mkdir(parents=True, exist_ok=True)
    count = 0
    for record in folder.records():
        labels = read_labels(record)
        path = target / (UNSAFE.sub("_", record.page.id) + ".tsv")
        path.write_text("\n".join(_webanno_lines(record, labels)) + "\n", encoding="utf-8")
        count += len(labels)
    return count


def _webanno_lines(record: Record, labels: list[Label]) -> Iterator[str]:
    yield "#FORMAT=WebAnno TSV 3.3"
    yield "#T_SP=webanno.custom.Onrecord|kind|ident"
    at = 0
    number = 0
    for line in record.page.text.split("\n"):
        words = [(m.group(), at + m.start(), at + m.end()) for m in WORD.finditer(line)]
        if words:
            number += 1
            yield ""
            yield ""
            yield f"#Text={line}"
            for place, (word, start, end) in enumerate(words, 1):
                cells = [(n, b) for n, b in enumerate(labels, 1) if b.span[0] < end and start < b.span[1]]
                kinds = "|".join(f"{b.name.translate(ESCAPES)}[{n}]" for n, b in cells) or "_"
                idents = "|".join(f"{b.ident.translate(ESCAPES)}[{n}]" for n, b in cells) or "_"
                span = f"{_units(record, start)}-{_units(record, end)}"
                yield f"{number}-{place}\t{span}\t{word}\t{kinds}\t{idents}\t"
        at += len(line) + 1


def _units(record: Record, offset: int) -> int:
    """Return an offset in UTF-16 units, which Java counts in."""
    text = record.page.text
    if text.isascii():
        return offset
    return len(text[:offset].encode("utf-16-le", "surrogatepass")) // 2


def write_prodigy(folder: Folder, target: Path, text: bool) -> int:
    """Write a Prodigy task for each part that has a label: JSON Lines with text, tokens and spans."""
    _need_text(text, "prodigy")
    count = 0
    with target.open("w", encoding="utf-8") as file:
        for record in folder.records():
            labels = read_labels(record)
            for part in record.parts:
                inside = [b for b in labels if part.start <= b.span[0] and b.span[1] <= part.end]
                if inside:
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
