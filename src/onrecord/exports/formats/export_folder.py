from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from onrecord.errors import ExportError
from onrecord.store import Folder

Write = Callable[[Folder, Path, bool], int]
"""Takes a folder, a target and whether text goes along; returns how many rows it wrote."""


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


def export_folder(folder: Folder, form: str, target: Path, text: bool = True, unit: str = "reports") -> int:
    """Write a record folder in a format; return how many rows were written.

    `text` False leaves the words of the pages out: offsets and hashes stay. With `unit` incidents the
    events are told once each. Raises ExportError for a format that does not exist or cannot hold what
    it was asked to.
    """
    found = next((one for one in FORMATS if one.name == form), None)
    if found is None:
        raise ExportError(f"no format {form!r}: expected one of {', '.join(f.name for f in FORMATS)}")
    module, function = found.writer.split(":")
    write: Write = getattr(import_module(f"onrecord.exports.formats.{module}"), function)
    if found.ending:
        target.parent.mkdir(parents=True, exist_ok=True)
        if target.is_dir():
            raise ExportError(f"{target}: is a directory; {form} is one file, such as events{found.ending}")
    elif target.is_file():
        raise ExportError(f"{target}: is a file; {form} writes a directory")
    if unit == "incidents":
        if not found.counts:
            counting = ", ".join(one.name for one in FORMATS if one.counts)
            raise ExportError(f"{form} does not count events: incidents can be written as {counting}")
        from onrecord.exports.formats.one_each import OneEach

        folder = OneEach(folder)
    return write(folder, target, text)
