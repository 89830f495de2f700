"""Judged events as gold files: what persons hold to be right, for programs that score a coder."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from typing import Any

from onrecord.ontology import load_codes
from onrecord.records import Incident, Record, Span
from onrecord.review.decisions import JOIN_VERDICTS, Account, Side
from onrecord.review.describe_event import find_sentence
from onrecord.review.settle_cases import Case, Review

FACTUALITY = {"actual": 3.0, "ongoing": 3.0, "denied": -3.0}
"""On the scale of -3 (did not happen) to 3 (did); every other status is between."""
INTERNATIONAL = "IGO"
Row = dict[str, Any]


def write_gold(review: Review, incidents: Sequence[Incident], records: Iterable[Record]) -> dict[str, str]:
    """Return the content of each gold file by its name, a JSON object a line.

    `codes.jsonl` and `factuality.jsonl` have a sentence a line: sentences of which every event is
    judged and settled. `incidents.jsonl` has a page a line: pages with a report that a person joined
    or parted.
    """
    known = {record.page.id: record for record in records}
    sentences = list(_judged_sentences(review, known))
    codes = [_page_line(one, {"set": "cameo_manual", "events": _codes(one), "note": ""}) for one in sentences]
    facts = [_page_line(one, {"genre": "news", "events": _facts(one)}) for one in sentences]
    return {
        "codes.jsonl": _write_lines(codes),
        "factuality.jsonl": _write_lines(row for row in facts if row["gold"]["events"]),
        "incidents.jsonl": _write_lines(_incident_lines(review, incidents, known)),
    }


class _Sentence:
    """A sentence with the cases in it."""

    def __init__(self, record: Record, span: Span, cases: Sequence[Case]) -> None:
        self.record, self.span, self.cases = record, span, cases
        self.text = record.page.text[slice(*span)]

    def within(self, span: Span) -> list[int]:
        """Return a span of the page as one of the sentence."""
        return [span[0] - self.span[0], span[1] - self.span[0]]

    def holds(self, span: Span | None) -> bool:
        return span is not None and self.span[0] <= span[0] and span[1] <= self.span[1]

    @property
    def accounts(self) -> list[Account]:
        return [case.account for case in self.cases if case.account is not None]


def _judged_sentences(review: Review, known: dict[str, Record]) -> Iterable[_Sentence]:
    """Yield the sentences whose events are all judged, in the order of pages and text."""
    by_span: dict[tuple[str, Span], list[Case]] = {}
    for case in review.cases:
        if not case.is_lost and case.page in known:
            by_span.setdefault((case.page, find_sentence(known[case.page], case.trigger)), []).append(case)
    for page, span in sorted(by_span):
        cases = by_span[page, span]
        record = known[page]
        coded = {event.id for event in record.events if span[0] <= event.trigger[0] < span[1]}
        judged = {case.event for case in cases}
        if coded <= judged and all(case.is_settled for case in cases):
            yield _Sentence(record, span, cases)


def _page_line(one: _Sentence, gold: Row) -> Row:
    page = one.record.page
    name = hashlib.sha256(f"{page.id}\n{one.text}".encode()).hexdigest()[:10]
    return {
        "id": f"reviewed-{name}", "text": one.text, "published": page.published, "title": None,
        "publisher": None, "kind": "passage", "gold": gold,
    }  # fmt: skip


def _codes(one: _Sentence) -> list[Row]:
    """Return the events of a sentence as codes, countries and spans; without a code, there is none."""
    quads = {code.code: code.quad for code in load_codes().values()}
    return [
        {
            "cameo": account.cameo,
            "root": account.cameo[:2],
            "quad": quads.get(account.cameo),
            "plover": [account.plover.split("/")[0]] if account.plover else [],
            "plover_may": [],
            "source": _country(account.sources),
            "source_span": _mention(one, account.sources),
            "source_by": "review",
            "target": _country(account.targets),
            "target_span": _mention(one, account.targets),
            "target_by": "review",
            "event_spans": [one.within(account.trigger)],
            "from_note": False,
        }
        for account in one.accounts
        if account.cameo and one.holds(account.trigger)
    ]


def _country(sides: tuple[Side, ...]) -> str | None:
    """Return the country of the first who has one; an international body counts as one."""
    for side in sides:
        if side.country:
            return side.country
        if side.cameo and side.cameo.startswith(INTERNATIONAL):
            return INTERNATIONAL
    return None


def _mention(one: _Sentence, sides: tuple[Side, ...]) -> list[int] | None:
    spans = [side.mention for side in sides if one.holds(side.mention)]
    return one.within(spans[0]) if spans and spans[0] else None


def _facts(one: _Sentence) -> list[Row]:
    return [
        {"token": one.within(account.trigger), "factuality": FACTUALITY.get(account.status, 0.0)}
        for account in one.accounts
        if one.holds(account.trigger)
    ]


def _incident_lines(review: Review, incidents: Sequence[Incident], known: dict[str, Record]) -> Iterable[Row]:
    """Yield the pages of incidents that a person joined or parted, with the incident of each report."""
    decided = {a.page for one in review.decisions if one.verdict in JOIN_VERDICTS for a in one.reports}
    clusters = {(r.page, r.event): one.id for one in incidents for r in one.reports if r.page in decided}
    for name in sorted(decided & set(known)):
        record = known[name]
        mentions = [
            {"spans": [list(event.trigger)], "type": event.act.type, "cluster": clusters[name, event.id]}
            for event in record.events
            if (name, event.id) in clusters
        ]
        page = record.page
        yield {
            "id": page.id, "text": page.text, "published": page.published, "title": page.title,
            "publisher": page.publisher, "kind": "article",
            "gold": {"topic": "reviewed", "subtopic": "reviewed", "mentions": mentions},
        }  # fmt: skip


def _write_lines(rows: Iterable[Row]) -> str:
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
