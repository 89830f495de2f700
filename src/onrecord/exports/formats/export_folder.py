from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import Path

from onrecord.errors import ExportError
from onrecord.exports.formats.rows import Order

Write = Callable[[Order], int]
"""Writes what was ordered; returns how many rows it wrote."""


@dataclass(frozen=True, slots=True)
class Format:
    """A format by name, with where its writer stands and what it writes: a file or a directory."""

    name: str
    writer: str
    """`module:function` of this package."""
    ending: str
    """Ending of the file; empty for a directory."""
    about: str
    counts: bool = False
    """Whether its rows are events, so that they can be incidents instead."""


UNITS = ("reports", "incidents")
"""What a row is where events are counted: each report of an event, or what happened, once each."""
FORMATS = (
    Format(
        "acled", "write_acled:write_acled", ".csv", "the columns of ACLED, for violence and protest", True
    ),
    Format("annotations", "write_linked:write_annotations", ".jsonld", "W3C Web Annotations"),
    Format("brat", "write_annotated:write_brat", "", "text and .ann files for brat"),
    Format("claims", "write_linked:write_claims", ".jsonld", "schema.org Claim and ClaimReview"),
    Format("croissant", "write_promises:write_croissant", "", "flat events with Croissant metadata", True),
    Format("csv", "write_tables:write_csv", "", "a CSV file for each table", True),
    Format("datacite", "write_promises:write_datacite", ".json", "DataCite metadata for a deposit"),
    Format("gdelt", "write_gdelt:write_gdelt_events", ".export.CSV", "GDELT 2.0 events", True),
    Format("gdelt-mentions", "write_gdelt:write_gdelt_mentions", ".mentions.CSV", "GDELT 2.0 mentions"),
    Format("geojson", "write_linked:write_geojson", ".geojson", "events with coordinates", True),
    Format("graphml", "write_linked:write_graphml", ".graphml", "the network of actors", True),
    Format("icews", "write_icews:write_icews", ".tab", "the columns of ICEWS", True),
    Format("jsonl", "write_tables:write_jsonl", ".jsonl", "whole records, one a line"),
    Format("parquet", "write_tables:write_parquet", "", "a Parquet file for each table", True),
    Format("plover", "write_icews:write_plover", ".jsonl", "PLOVER JSON, one event a line", True),
    Format("polecat", "write_icews:write_polecat", ".txt", "the columns of POLECAT", True),
    Format("prodigy", "write_annotated:write_prodigy", ".jsonl", "Prodigy tasks with spans"),
    Format("promises", "write_promises:write_promises", ".csv", "commitments, as promise trackers keep them"),
    Format("sqlite", "write_tables:write_sqlite", ".db", "one SQLite file, as Datasette opens it", True),
    Format("tsv", "write_tables:write_tsv", "", "a TSV file for each table", True),
    Format("ucdp", "write_acled:write_ucdp", ".csv", "the columns of UCDP GED, for deadly assaults", True),
    Format("webanno", "write_annotated:write_webanno", "", "WebAnno TSV 3 files for INCEpTION"),
    Format("xlsx", "write_tables:write_xlsx", ".xlsx", "an Excel workbook, a sheet a table", True),
)
"""All formats, sorted by name."""


def export_folder(order: Order, form: str, unit: str = "reports") -> int:
    """Write a record folder in a format; return how many rows were written.

    With `unit` incidents the events are told once each. The order counts what was left out, by reason.
    Raises ExportError for a format that does not exist or cannot hold what it was asked to, and for a
    target that stands in the way.
    """
    found = next((one for one in FORMATS if one.name == form), None)
    if found is None:
        raise ExportError(f"no format {form!r}: expected one of {', '.join(f.name for f in FORMATS)}")
    module, function = found.writer.split(":")
    write: Write = getattr(import_module(f"onrecord.exports.formats.{module}"), function)
    if unit == "incidents":
        order = _tell_once(order, found)
    _make_room(found, order.target)
    try:
        return write(order)
    except OSError as error:
        if error.filename is not None:
            raise
        # a write that fails does not say where it went to
        raise OSError(error.errno, error.strerror or str(error), str(order.target)) from error


def _tell_once(order: Order, form: Format) -> Order:
    """Return an order of incidents; raises ExportError for a format whose rows are no events."""
    if not form.counts:
        counting = ", ".join(one.name for one in FORMATS if one.counts)
        raise ExportError(f"{form.name} does not count events: incidents can be written as {counting}")
    from onrecord.exports.formats.one_each import OneEach

    return replace(order, folder=OneEach(order.folder))


def _make_room(form: Format, target: Path) -> None:
    """Make the directories of a target; raises ExportError if something else stands there."""
    if not form.ending:
        if target.exists() and not target.is_dir():
            raise ExportError(f"{target}: is a file; {form.name} writes a directory")
        target.mkdir(parents=True, exist_ok=True)
        return
    if target.is_dir():
        raise ExportError(f"{target}: is a directory; {form.name} is one file, such as events{form.ending}")
    target.parent.mkdir(parents=True, exist_ok=True)
