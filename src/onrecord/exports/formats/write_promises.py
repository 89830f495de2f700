"""Commitments as a promise tracker keeps them, and the metadata of a data set for a DOI."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from typing import Any

from onrecord._version import __version__
from onrecord.exports.formats.cells import write_delimited
from onrecord.exports.formats.flat_events import FLAT_COLUMNS, FlatEvent, flatten_rows
from onrecord.exports.formats.rows import Order, hash_text, read_records, read_rows
from onrecord.lexicons import data_path
from onrecord.records import Commitment, Record
from onrecord.store import Folder

PROMISE_COLUMNS = (
    "id", "page", "url", "published", "kind", "by", "by_code", "text", "text_sha256", "condition", "due",
    "status", "act", "coder",
)  # fmt: skip
TYPES = {"int": "sc:Integer", "float": "sc:Float"}


def write_promises(order: Order) -> int:
    """Write a CSV row for each commitment of a report: who promised, ordered or threatened what, until when.

    `status` is how the text presents the event that would fulfil it.
    """
    rows = [
        _promise_row(record, commitment, order.text)
        for record in order.folder.records()
        for commitment in record.commitments
    ]
    return write_delimited(order.target, PROMISE_COLUMNS, rows)


def _promise_row(record: Record, commitment: Commitment, text: bool) -> tuple[Any, ...]:
    page = record.page
    actor = next((a for a in record.actors if a.id == commitment.by), None)
    event = next((e for e in record.events if e.id == commitment.event), None)
    words = page.text[slice(*commitment.content)]
    condition = page.text[slice(*commitment.condition)] if commitment.condition and text else None
    return (
        f"{page.id}/{commitment.id}", page.id, page.url, page.published, commitment.kind,
        actor.name if actor else commitment.by, actor.cameo if actor else None, words if text else None,
        hash_text(words), condition, commitment.due, event.status if event else None,
        f"{event.act.type}/{event.act.mode or ''}".rstrip("/") if event else None,
        f"onrecord {record.coder.version}; {record.coder.model}; {record.coder.codebook}",
    )  # fmt: skip


def write_datacite(order: Order) -> int:
    """Write DataCite 4 metadata for a deposit of the folder; the fields that only its owner knows say so."""
    about = _describe(order.folder)
    plain = {
        "types": {"resourceTypeGeneral": "Dataset", "resourceType": "Event data"},
        "titles": [{"title": "TITLE: name the collection"}],
        "creators": [{"name": "CREATOR: family name, given name"}],
        "publisher": {"name": "PUBLISHER: repository of the deposit"},
        "publicationYear": "YEAR",
        "dates": [{"date": f"{about['first']}/{about['last']}", "dateType": "Collected"}],
        "version": about["state"],
        "descriptions": [{"description": about["words"], "descriptionType": "TechnicalInfo"}],
        "schemaVersion": "http://datacite.org/schema/kernel-4",
    }
    order.target.write_text(json.dumps(plain, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return 1


def write_croissant(order: Order) -> int:
    """Write `event_rows.csv` and `croissant.json` (Croissant 1.0), which describes it column by column."""
    table = order.target / "event_rows.csv"
    count = write_delimited(table, FLAT_COLUMNS, flatten_rows(read_rows(read_records(order)), order.text))
    plain = _croissant(_describe(order.folder), hashlib.sha256(table.read_bytes()).hexdigest())
    (order.target / "croissant.json").write_text(
        json.dumps(plain, ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
    )
    return count


def _croissant(about: dict[str, str], digest: str) -> dict[str, Any]:
    return {
        "@context": json.loads(data_path("croissant_context.json").read_text(encoding="utf-8")),
        "@type": "sc:Dataset",
        "conformsTo": "http://mlcommons.org/croissant/1.0",
        "name": "onrecord-events",
        "description": about["words"],
        "version": f"{__version__}+{about['state']}",
        "datePublished": about["last"],
        "distribution": [
            {
                "@type": "cr:FileObject", "@id": "event_rows.csv", "name": "event_rows.csv",
                "contentUrl": "event_rows.csv", "encodingFormat": "text/csv", "sha256": digest,
            }
        ],
        "recordSet": [
            {
                "@type": "cr:RecordSet", "@id": "event_rows", "name": "event_rows",
                "field": list(_croissant_fields()),
            }
        ],
    }  # fmt: skip


def _croissant_fields() -> Iterator[dict[str, Any]]:
    for name, hint in FlatEvent.__annotations__.items():
        yield {
            "@type": "cr:Field", "@id": f"event_rows/{name}", "name": name,
            "dataType": next((kind for word, kind in TYPES.items() if word in str(hint)), "sc:Text"),
            "source": {"fileObject": {"@id": "event_rows.csv"}, "extract": {"column": name}},
        }  # fmt: skip


def _describe(folder: Folder) -> dict[str, str]:
    counts = folder.query(
        "select (select count(*) from pages), (select count(*) from events), "
        "(select min(published) from pages), (select max(published) from pages), "
        "(select string_agg(distinct coder_version || '; ' || model || '; ' || codebook, ' | ') from pages)"
    ).to_pylist()[0]
    pages, events, first, last, coders = counts.values()
    words = (
        f"{events} events in {pages} news pages, coded by onrecord ({coders or 'no page'}). An event says "
        "how a text presents an act; nobody has checked the rows by hand."
    )
    return {"words": words, "first": first or "", "last": last or "", "state": folder.state}
