"""Linked data: GeoJSON, schema.org claims, W3C Web Annotations, GraphML of the actor network."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as xml

from onrecord.exports.formats.flat_events import flatten_row
from onrecord.exports.formats.rows import Order, Row, hash_text, read_records, select_rows
from onrecord.records import Check, Record, Statement

GRAPHML = "http://graphml.graphdrawing.org/xmlns"
NODE_KEYS = (("name", "string"), ("country", "string"), ("sector", "string"), ("cameo", "string"))
EDGE_KEYS = (
    ("events", "int"), ("cooperation", "int"), ("conflict", "int"), ("goldstein", "double"),
)  # fmt: skip
LEFT_OUT = ("lat", "lon")


def write_geojson(order: Order) -> int:
    """Write a GeoJSON FeatureCollection: a point for each event whose place has coordinates.

    `place_precision` says what the point stands for; one of a country is its middle, not a spot.
    """
    features = [_feature(row, order.text) for row in select_rows(order, _need_point)]
    return _write_json(order.target, {"type": "FeatureCollection", "features": features}, len(features))


def _need_point(row: Row) -> str | None:
    if row.place is None:
        return "events without a place"
    return None if row.place.lat is not None else "events whose place has no coordinates"


def _feature(row: Row, text: bool) -> dict[str, Any]:
    flat = flatten_row(row, text)
    names = [name for name in type(flat).__dataclass_fields__ if name not in LEFT_OUT]
    return {
        "type": "Feature",
        "id": row.key,
        "geometry": {"type": "Point", "coordinates": [flat.lon, flat.lat]},
        "properties": {name: getattr(flat, name) for name in names},
    }


def write_claims(order: Order) -> int:
    """Write schema.org JSON-LD: a Claim for each statement, a ClaimReview for each failed check.

    A check reviews what the page itself wrote; no rating is given to what a speaker claims.
    """
    graph: list[dict[str, Any]] = []
    for record in order.folder.records():
        wrong = [check for check in record.checks if check.verdict == "inconsistent"]
        graph += [_claim(record, statement, order.text) for statement in record.statements]
        graph += [_review(record, check, order.text) for check in wrong]
        order.left_out["checks of figures that add up"] += len(record.checks) - len(wrong)
    return _write_json(order.target, {"@context": "https://schema.org", "@graph": graph}, len(graph))


def _claim(record: Record, statement: Statement, text: bool) -> dict[str, Any]:
    speaker = next((a for a in record.actors if a.id == statement.speaker), None)
    words = " ".join(record.page.text[start:end] for start, end in statement.content)
    claim: dict[str, Any] = {
        "@type": "Claim",
        "@id": f"urn:onrecord:{record.page.id}/{statement.id}",
        "text": words if text else None,
        "identifier": f"sha256:{hash_text(words)}",
        "appearance": _work(record, text),
    }
    if speaker is not None:
        kind = {"person": "Person", "country": "Country"}.get(speaker.type, "Organization")
        claim["claimInterpreter"] = {"@type": kind, "name": speaker.name}
        if speaker.wikidata:
            claim["claimInterpreter"]["sameAs"] = f"https://www.wikidata.org/entity/{speaker.wikidata}"
    return {key: value for key, value in claim.items() if value is not None}


def _review(record: Record, check: Check, text: bool) -> dict[str, Any]:
    words = " … ".join(record.page.text[start:end] for start, end in check.spans)
    review = {
        "@type": "ClaimReview",
        "@id": f"urn:onrecord:{record.page.id}/{check.id}",
        "claimReviewed": words if text else f"sha256:{hash_text(words)}",
        "reviewBody": check.note if text else None,
        "author": {"@type": "SoftwareApplication", "name": f"onrecord {record.coder.version}"},
        "itemReviewed": {"@type": "Claim", "appearance": _work(record, text)},
        "reviewRating": {
            "@type": "Rating", "ratingValue": 1, "worstRating": 1, "bestRating": 5,
            "alternateName": "The numbers do not add up",
        },
    }  # fmt: skip
    return {key: value for key, value in review.items() if value is not None}


def _work(record: Record, text: bool) -> dict[str, Any]:
    page = record.page
    work = {
        "@type": "NewsArticle", "@id": page.url, "headline": page.title if text else None,
        "datePublished": page.published, "publisher": page.publisher, "inLanguage": page.language,
    }  # fmt: skip
    return {key: value for key, value in work.items() if value}


def write_annotations(order: Order) -> int:
    """Write a W3C Web Annotation for each event, statement and check, selected by position and quote."""
    items = [item for record in read_records(order) for item in _annotations(record, order.text)]
    page = {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": "urn:onrecord:annotations",
        "type": "AnnotationPage",
        "items": items,
    }
    return _write_json(order.target, page, len(items))


def _annotations(record: Record, text: bool) -> Iterator[dict[str, Any]]:
    for event in record.events:
        body = f"{event.act.type}{'/' + event.act.mode if event.act.mode else ''} {event.status}"
        yield _annotation(record, event.id, body, "tagging", [event.span], text)
    for statement in record.statements:
        yield _annotation(
            record, statement.id, f"{statement.kind} statement", "tagging", statement.content, text
        )
    for check in record.checks:
        body = check.note if text else f"{check.kind}: {check.verdict}"
        yield _annotation(record, check.id, body, "assessing", check.spans, text)


def _annotation(record: Record, ident: str, body: str, motive: str, spans: Any, text: bool) -> dict[str, Any]:
    return {
        "id": f"urn:onrecord:{record.page.id}/{ident}",
        "type": "Annotation",
        "motivation": motive,
        "body": {"type": "TextualBody", "value": body, "format": "text/plain"},
        "target": [_target(record, start, end, text) for start, end in spans],
    }


def _target(record: Record, start: int, end: int, text: bool) -> dict[str, Any]:
    words = record.page.text
    selectors: list[dict[str, Any]] = [{"type": "TextPositionSelector", "start": start, "end": end}]
    if text:
        selectors.append(
            {
                "type": "TextQuoteSelector", "exact": words[start:end],
                "prefix": words[max(0, start - 30) : start], "suffix": words[end : end + 30],
            }
        )  # fmt: skip
    source = record.page.url or f"urn:onrecord:{record.page.id}"
    return {"source": source, "selector": selectors}


def write_graphml(order: Order) -> int:
    """Write the network of actors as GraphML: a directed edge from each source to each target.

    An edge has the number of events, those of cooperation (quad 1, 2) and conflict (3, 4), and the mean
    Goldstein value. Actors of the same name and code are one node.
    """
    nodes: dict[str, dict[str, str]] = {}
    edges: dict[tuple[str, str], Counter[str]] = {}
    for row in select_rows(order, _need_both_sides):
        for source in row.sources:
            for other in row.targets:
                ends = tuple(f"{a.name}|{a.cameo or ''}" for a in (source, other))
                for ident, actor in zip(ends, (source, other), strict=True):
                    nodes[ident] = {name: getattr(actor, name) or "" for name, _ in NODE_KEYS}
                count = edges.setdefault((ends[0], ends[1]), Counter())
                count["events"] += 1
                count["cooperation"] += int(row.event.quad in (1, 2))
                count["conflict"] += int(row.event.quad in (3, 4))
                count["goldstein"] += row.event.goldstein or 0  # type: ignore[assignment]
    _write_graph(order.target, nodes, edges)
    return len(edges)


def _need_both_sides(row: Row) -> str | None:
    return None if row.sources and row.targets else "events without a source or without a target"


def _write_graph(
    target: Path, nodes: dict[str, dict[str, str]], edges: dict[tuple[str, str], Counter[str]]
) -> None:
    root = xml.Element("graphml", xmlns=GRAPHML)
    for side, keys in (("node", NODE_KEYS), ("edge", EDGE_KEYS)):
        for name, kind in keys:
            xml.SubElement(root, "key", {"id": name, "for": side, "attr.name": name, "attr.type": kind})
    graph = xml.SubElement(root, "graph", id="actors", edgedefault="directed")
    for ident, values in sorted(nodes.items()):
        node = xml.SubElement(graph, "node", id=ident)
        for name, _ in NODE_KEYS:
            xml.SubElement(node, "data", key=name).text = _legal(values[name])
    for (source, other), count in sorted(edges.items()):
        edge = xml.SubElement(graph, "edge", source=source, target=other)
        for name, _ in EDGE_KEYS:
            value = count[name] / count["events"] if name == "goldstein" else count[name]
            xml.SubElement(edge, "data", key=name).text = f"{value:g}"
    xml.indent(root)
    xml.ElementTree(root).write(target, encoding="utf-8", xml_declaration=True)


def _legal(text: str) -> str:
    """Return a text without the control characters that XML cannot hold."""
    return "".join(c for c in text if c in "\t\n\r" or " " <= c <= "\ud7ff" or "\ue000" <= c <= "\U0010ffff")


def _write_json(target: Path, content: Any, count: int) -> int:
    target.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return count
