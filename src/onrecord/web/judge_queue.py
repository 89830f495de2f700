"""The queue: events across pages to be judged one after the other, a key for each judgement, no reload."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from onrecord.errors import ReviewError
from onrecord.exports.describe import Describer
from onrecord.exports.say_event import say_event
from onrecord.records import STATUSES, Event, Record
from onrecord.review import Account, Decision, Side
from onrecord.review.describe_event import describe_event, find_sentence, name_code
from onrecord.review.write_account import fill_form, known_types, write_account
from onrecord.web.facets import EVENTS, Facets, read_facets
from onrecord.web.guard import Guard, read_reviewer
from onrecord.web.render import Pages
from onrecord.web.routes import Fields, on_get, on_post
from onrecord.web.shelf import Shelf
from onrecord.web.take_decisions import SIMPLE, Taker, read_span

ORDERS = {
    "uncertain": ("least certain first", "abs(confidence - 0.5), page, event"),
    "random": ("random, for precision", "md5(page || ' ' || event)"),
    "newest": ("newest first", "published desc nulls last, page, event"),
    "surest": ("most certain first", "confidence desc, page, event"),
}
"""Orders of the queue: what they are called, and how they sort. The random one is the same for everybody,
so that two reviewers judge the same sample."""
SCOPES = {"nobody": "not judged by anybody", "me": "not judged by me"}
BATCH = 20
MOST = 400
CONTEXT = 320
"""Characters that are shown before and after the sentence."""


def add_queue(app: Starlette, shelf: Shelf, pages: Pages, guard: Guard) -> None:
    """Add the routes of the queue."""
    taker = Taker(shelf, guard)

    @on_get(app, "/queue")
    def queue(request: Request) -> Response:
        order, scope = read_choice(request)
        facets, by = read_facets(request.query_params.multi_items()), read_reviewer(request)
        return pages.render(
            "queue.html",
            facets=facets,
            order=order,
            scope=scope,
            orders=ORDERS,
            scopes=SCOPES,
            types=[row[0] for row in shelf.query(TYPES).rows],
            all_types=known_types(),
            statuses=STATUSES,
            progress=count_progress(shelf, facets, by),
            reviewer=by,
            has_review=shelf.log is not None,
            here="review",
        )

    @on_get(app, "/queue.json")
    def items(request: Request) -> Response:
        order, scope = read_choice(request)
        given = request.query_params.get("most", "")
        most = int(given) if given.isdecimal() else BATCH
        facets, by = read_facets(request.query_params.multi_items()), read_reviewer(request)
        found = list_queue(shelf, facets, order, by if scope == "me" else None, min(max(most, 1), MOST))
        return JSONResponse(describe_items(shelf, found))

    @on_post(app, "/queue/judge")
    def judge(request: Request, fields: Fields) -> Response:
        try:
            taker.check(fields)
            taker.keep(request, *read_judgement(taker, fields))
        except ReviewError as error:
            return JSONResponse({"error": str(error)}, 409)
        return JSONResponse({"kept": fields.get("verdict")})

    @on_post(app, "/queue/name")
    def name(_: Request, fields: Fields) -> Response:
        taker.check(fields)
        return taker.name_reviewer(fields.get("by", ""), "/queue")


def read_choice(request: Request) -> tuple[str, str]:
    """Return the order and the scope of the queue that a reader chose."""
    order, scope = (request.query_params.get(name, "") for name in ("order", "scope"))
    return order if order in ORDERS else "uncertain", scope if scope in SCOPES else "nobody"


TYPES = "select type from event_rows group by type order by type"


def list_queue(shelf: Shelf, facets: Facets, order: str, by: str | None, most: int) -> list[tuple[str, str]]:
    """Return page and id of the next events that `by`, or else anybody, has not judged."""
    where, params = EVENTS.where(facets)
    open_only = "" if by else "and review in ('unreviewed', 'advised')"
    mine = {
        (case.page, case.event) for case in shelf.judged.review.cases for o in case.opinions if o.by == by
    }
    sort = ORDERS[order][1]
    limit = most + (len(mine) if by else 0)
    sql = f"select page, event from event_rows where {where} {open_only} order by {sort} limit {limit}"
    found = [(page, event) for page, event in shelf.query(sql, params).rows]
    return [pair for pair in found if not by or pair not in mine][:most]


def count_progress(shelf: Shelf, facets: Facets, by: str | None) -> dict[str, int]:
    """Return how many events match, and how many of all anybody and this reviewer have judged."""
    where, params = EVENTS.where(facets)
    sql = (
        "select count(*) as events, "
        "count(*) filter (where review not in ('unreviewed', 'advised')) as judged "
        f"from event_rows where {where}"
    )
    events, judged = shelf.query(sql, params).rows[0]
    cases = shelf.judged.review.cases
    mine = sum(any(one.by == by for one in case.opinions) for case in cases) if by else 0
    return {"events": events, "judged": judged, "mine": mine}


def describe_items(shelf: Shelf, pairs: list[tuple[str, str]]) -> list[dict[str, Any]]:
    """Return what the queue shows of some events, in order; text is only ever text."""
    records = {record.page.id: record for record in shelf.records(sorted({page for page, _ in pairs}))}
    found = []
    for page, name in pairs:
        record = records.get(page)
        event = next((one for one in record.events if one.id == name), None) if record else None
        if record is not None and event is not None:
            found.append(_describe_item(record, event))
    return found


def _describe_item(record: Record, event: Event) -> dict[str, Any]:
    tell, text = Describer(record), record.page.text
    start, end = find_sentence(record, event.span)
    coded = describe_event(record, event)
    return {
        "page": record.page.id,
        "event": event.id,
        "at": f"{event.trigger[0]}-{event.trigger[1]}",
        "title": record.page.title or record.page.id,
        "source": " · ".join(filter(None, (record.page.publisher, record.page.published))),
        "told": say_event(tell, event),
        "before": _cut_context(text[max(0, start - CONTEXT) : start], start > CONTEXT, at_start=True),
        "sentence": [
            text[start : event.trigger[0]],
            text[slice(*event.trigger)],
            text[event.trigger[1] : end],
        ],
        "after": _cut_context(text[end : end + CONTEXT], end + CONTEXT < len(text), at_start=False),
        "who": _name_side(coded.sources),
        "whom": _name_side(coded.targets),
        "sources": "; ".join(side.name for side in coded.sources),
        "targets": "; ".join(side.name for side in coded.targets),
        "type": coded.type,
        "mode": coded.mode or "",
        "status": coded.status,
        "cameo": coded.cameo or "",
        "code": f"{name_code(event.act)} {event.cameo or ''}".strip(),
        "where": tell.where(event),
        "when": tell.when(event),
        "says": tell.chain(event),
        "confidence": f"{event.confidence:.2f}",
    }


def _name_side(side: Sequence[Side]) -> str:
    """Return the names of those who act or are acted on, each with its code."""
    return "; ".join(f"{one.name} {one.cameo or ''}".strip() for one in side)


def _cut_context(words: str, is_cut: bool, *, at_start: bool) -> str:
    """Return words around a sentence, cut between two words where the page goes on."""
    if not is_cut:
        return words
    if at_start:
        return "… " + words.partition(" ")[2]
    return words.rpartition(" ")[0] + " …"


def read_judgement(taker: Taker, form: Mapping[str, str]) -> tuple[Decision, Record]:
    """Return the decision that the queue sends, and the record that it is about."""
    verdict, page, event = form.get("verdict", ""), form.get("page", ""), form.get("event", "")
    target = taker.find(page, event, read_span(form.get("at", "")))
    if target.coded is None:
        raise ReviewError("the queue shows events of the coder only")
    note = form.get("note", "")
    if verdict in SIMPLE:
        return Decision("", verdict, page, target.anchor, target.coded, None, note=note), target.record
    if verdict != "correct":
        raise ReviewError(f"verdict {verdict!r}: expected correct, {', '.join(SIMPLE)}")
    account = correct_account(target.record, target.coded, form)
    return Decision("", verdict, page, target.anchor, target.coded, account, note=note), target.record


def correct_account(record: Record, coded: Account, form: Mapping[str, str]) -> Account:
    """Return what a reviewer holds an event to be; codes of a type that was changed are not kept."""
    filled = fill_form(coded)
    changes = {key: form[key] for key in ("type", "mode", "status", "cameo") if key in form}
    sides = [form.get(side, "").split(";") for side in ("sources", "targets")]
    account = write_account(record, filled | changes, *sides)
    if account.type == coded.type and account.mode == coded.mode:
        return account
    known = account.type if account.type != "STATEMENT" else None
    return replace(
        account,
        plover=f"{known}/{account.mode}" if known and account.mode else known,
        cameo=account.cameo if account.cameo != coded.cameo else None,
    )
