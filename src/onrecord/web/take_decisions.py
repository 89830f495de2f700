"""The forms of the review and what they send: every write of the workbench goes through here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import quote

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from onrecord.errors import ReviewError
from onrecord.records import STATUSES, Record, Span
from onrecord.review import Account, Anchor, Case, Decision, describe_event, point_at
from onrecord.review.decisions import LONGEST_NAME
from onrecord.review.describe_event import anchor_words, find_sentence
from onrecord.review.write_account import (
    actors_in,
    fill_form,
    find_target,
    known_codes,
    known_modes,
    known_types,
    write_account,
)
from onrecord.web.guard import REVIEWER, Guard, read_reviewer
from onrecord.web.render import Pages
from onrecord.web.routes import Fields, on_get, on_post
from onrecord.web.shelf import Shelf

SIMPLE = ("accept", "refuse", "withdraw")
YEAR = 365 * 24 * 3600


@dataclass(frozen=True, slots=True)
class Target:
    """The event that a form is about: one of the coder, or one that a person added."""

    record: Record
    anchor: Anchor
    coded: Account | None
    account: Account | None
    """What a person holds it to be, if the coder does not find it."""
    row: str
    """Where it stands on the page."""


def add_review(app: Starlette, shelf: Shelf, pages: Pages, guard: Guard) -> None:
    """Add the routes that show forms and take decisions."""
    taker = Taker(shelf, guard)
    _add_forms(app, shelf, pages)

    @on_post(app, "/review/name")
    def name(_: Request, fields: Fields) -> Response:
        taker.check(fields)
        back = fields.get("back", "/")
        return taker.name_reviewer(
            fields.get("by", ""), back if back.startswith(("/page/", "/incident/")) else "/queue"
        )

    @on_post(app, "/review/decide")
    def decide(request: Request, fields: Fields) -> Response:
        taker.check(fields)
        page, event, at, verdict, note, final = (
            fields.get(name, "") for name in ("page", "event", "at", "verdict", "note", "final")
        )
        if verdict not in SIMPLE:
            raise ReviewError(f"verdict {verdict!r}: expected one of {', '.join(SIMPLE)}")
        target = taker.find(page, event, read_span(at))
        account = target.account if verdict == "accept" and target.coded is None else None
        taker.keep(
            request,
            Decision("", verdict, page, target.anchor, target.coded, account, note=note, final=bool(final)),
            target.record,
        )
        return _go(_page_address(page, target.row))

    @on_post(app, "/review/account")
    def account(request: Request, fields: Fields) -> Response:
        taker.check(fields)
        sides = [
            [*fields.getlist(side), *fields.get(f"{side}_else", "").split(";")]
            for side in ("sources", "targets")
        ]
        return taker.keep_account(request, fields, *sides)

    @on_post(app, "/review/read")
    def read(request: Request, fields: Fields) -> Response:
        taker.check(fields)
        page = fields.get("page", "")
        record = taker.load(page)
        judged = {case.event for case in shelf.judged.review.pages.get(page, ())}
        left = [event.id for event in record.events if event.id not in judged]
        if left:
            raise ReviewError(
                f"{len(left)} events of this page are not judged yet: accept, correct or refuse each one, "
                "add what is missing, and then mark the page as read"
            )
        taker.keep(request, Decision("", "read", page), record)
        return _go(_page_address(page, "found"))

    @on_post(app, "/review/join")
    def join(request: Request, fields: Fields) -> Response:
        taker.check(fields)
        incident, note = fields.get("incident", ""), fields.get("note", "")
        if fields.get("verdict") == "merge":
            return taker.merge(request, [incident, fields.get("other", "").strip()], note)
        return taker.split(request, incident, fields.getlist("report"), note)


def _add_forms(app: Starlette, shelf: Shelf, pages: Pages) -> None:
    @on_get(app, "/review/correct")
    def correct(request: Request) -> Response:
        page, event, at = (request.query_params.get(name, "") for name in ("page", "event", "at"))
        target = Taker(shelf, None).find(page, event, read_span(at))
        filled = target.account or target.coded
        assert filled is not None
        return _show_form(pages, request, target, fill_form(filled), filled, event)

    @on_get(app, "/review/add")
    def add(request: Request) -> Response:
        page, at = (request.query_params.get(name, "") for name in ("page", "at"))
        record = Taker(shelf, None).load(page)
        trigger = read_span(at)
        span = find_sentence(record, trigger)
        target = Target(record, anchor_words(record, trigger, span, ""), None, None, "")
        filled = {
            "status": "actual", "trigger_start": str(trigger[0]), "trigger_end": str(trigger[1]),
            "span_start": str(span[0]), "span_end": str(span[1]),
        }  # fmt: skip
        return _show_form(pages, request, target, filled, None, "")


def _show_form(
    pages: Pages,
    request: Request,
    target: Target,
    filled: Mapping[str, str],
    account: Account | None,
    event: str,
) -> Response:
    record = target.record
    inside, outside = actors_in(record, target.anchor.sentence)
    part = next((p for p in record.parts if p.start <= target.anchor.trigger[0] < p.end), None)
    return pages.render(
        "account.html",
        record=record,
        target=target,
        filled=filled,
        event=event,
        account=account,
        part=part,
        known=[actor.name for actor in record.actors],
        inside=inside,
        outside=outside,
        types=known_types(),
        modes=known_modes(),
        codes=known_codes(),
        statuses=STATUSES,
        reviewer=read_reviewer(request),
        here="pages",
    )


class Taker:
    """Checks what a form sends and keeps it."""

    def __init__(self, shelf: Shelf, guard: Guard | None) -> None:
        self.shelf = shelf
        self.guard = guard

    def check(self, fields: Fields) -> None:
        """Raise ReviewError unless a form of this server was sent."""
        if self.guard is None or not self.guard.holds(fields.get("csrf")):
            raise ReviewError("the form is not one of this server, or older than it: load the page again")

    def name_reviewer(self, by: str, back: str) -> Response:
        """Return an answer that keeps the name of a reviewer in the browser."""
        by = by.strip()
        if not by or len(by) > LONGEST_NAME:
            raise ReviewError(
                f"a name of 1 to {LONGEST_NAME} characters is needed: it stands at each decision"
            )
        response = _go(back)
        response.set_cookie(REVIEWER, quote(by), max_age=YEAR, httponly=True, samesite="strict")
        return response

    def load(self, page: str) -> Record:
        """Return the record of a page; raises ReviewError if there is none."""
        record = self.shelf.record(page)
        if record is None:
            raise ReviewError(f"no page {page!r} in this folder")
        return record

    def find(self, page: str, event: str, at: Span) -> Target:
        """Return the event that a form is about; raises ReviewError if the page was coded anew since."""
        record = self.load(page)
        if event:
            found = find_target(record, event, at)
            return Target(record, point_at(record, found), describe_event(record, found), None, event)
        for case in self.shelf.judged.review.pages.get(page, ()):
            if case.event is None and case.trigger == at:
                return _target_of(record, case)
        raise ReviewError(f"page {page!r} has been coded anew since it was shown: look at it again")

    def keep(self, request: Request, decision: Decision, record: Record) -> None:
        """Keep a decision with the name of who sent it."""
        coder = f"{record.coder.version} {record.coder.codebook}"
        self.shelf.decide(replace(decision, by=read_reviewer(request) or "", coder=coder))

    def keep_account(
        self, request: Request, form: Mapping[str, str], sources: list[str], targets: list[str]
    ) -> Response:
        """Keep what a person says that an event is."""
        page, event = form.get("page", ""), form.get("event", "")
        record = self.load(page)
        account = write_account(record, form, sources, targets)
        final, note = bool(form.get("final")), form.get("note", "")
        if form.get("verdict") == "add":
            sentence = find_sentence(record, account.span)
            anchor = anchor_words(record, account.trigger, sentence, account.type)
            decision = Decision("", "add", page, anchor, None, account, note=note, final=final)
            row = row_of(account.trigger)
        else:
            target = self.find(page, event, read_span(form.get("at", "")))
            decision = Decision(
                "", "correct", page, target.anchor, target.coded, account, note=note, final=final
            )
            row = target.row
        self.keep(request, decision, record)
        return _go(_page_address(page, row))

    def merge(self, request: Request, named: list[str], note: str) -> Response:
        """Keep that two incidents are one."""
        incidents = self.shelf.judged.incidents
        for one in named:
            if one not in incidents:
                raise ReviewError(f"no incident {one!r} in this folder")
        if named[0] == named[1]:
            raise ReviewError("an incident cannot be merged with itself: choose another one")
        pointers = [(incidents[one].reports[0].page, incidents[one].reports[0].event) for one in named]
        self._keep_join(request, "merge", pointers, note)
        return _go(self._incident_address(pointers[0]))

    def split(self, request: Request, incident: str, chosen: list[str], note: str) -> Response:
        """Keep that some reports of an incident are of another one."""
        found = self.shelf.judged.incidents.get(incident)
        if found is None:
            raise ReviewError(f"no incident {incident!r} in this folder")
        pointers = [(r.page, r.event) for r in found.reports if f"{r.page} {r.event}" in chosen]
        if not 0 < len(pointers) < len(found.reports):
            raise ReviewError("choose the reports that tell something else: some of them, not all")
        self._keep_join(request, "split", pointers, note)
        return _go(self._incident_address(pointers[0]))

    def _keep_join(self, request: Request, verdict: str, pointers: list[tuple[str, str]], note: str) -> None:
        anchors = []
        for page, name in pointers:
            record = self.load(page)
            event = next((event for event in record.events if event.id == name), None)
            if event is None:
                raise ReviewError(f"page {page!r} has been coded anew since it was shown: look at it again")
            anchors.append(point_at(record, event))
        self.keep(request, Decision("", verdict, pointers[0][0], reports=tuple(anchors), note=note), record)

    def _incident_address(self, pointer: tuple[str, str]) -> str:
        sql = "select id from incident_reports where page = ? and event = ?"
        found = self.shelf.query(sql, list(pointer)).rows
        return f"/incident/{quote(found[0][0], safe='')}" if found else "/incidents"


def _target_of(record: Record, case: Case) -> Target:
    """Return an event that the coder does not find, as the last person told it."""
    told = [opinion.account for opinion in case.opinions if opinion.account is not None]
    account = case.account or (told[-1] if told else None)
    if account is None:
        raise ReviewError("nobody holds this to be an event any more: add it anew")
    anchor = anchor_words(record, case.trigger, find_sentence(record, account.span), account.type)
    return Target(record, anchor, None, account, row_of(case.trigger))


def row_of(trigger: Span) -> str:
    """Return where an event that a person added stands on its page."""
    return f"added-{trigger[0]}-{trigger[1]}"


def read_span(text: str) -> Span:
    """Return a span from an address, as in `12-20`; raises ReviewError for anything else."""
    start, _, end = text.partition("-")
    if not (start.isdigit() and end.isdigit() and len(text) < 30 and int(start) < int(end)):
        raise ReviewError(f"{text!r}: expected the first and last character of some words, as in 12-20")
    return int(start), int(end)


def _page_address(page: str, row: str) -> str:
    return f"/page/{quote(page, safe='')}#{row}"


def _go(address: str) -> Response:
    return RedirectResponse(address, 303)
