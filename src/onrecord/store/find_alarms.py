"""Whose pages came apart differently all at once: half the text, no day, no comments."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from onrecord.store.folder import Folder

LEAST_LATE, LEAST_BEFORE, MOST = 3, 5, 400
"""Pages that a change must show on, pages before it that it is measured by, pages that are looked at."""
CHANCE = 0.01
"""How likely the last pages may be by the luck of those before: each of them is drawn like one of those."""
HALF, SHORT = 0.5, 0.7
"""Share of the usual length that the late pages have in the middle, and none of them exceeds."""
USUAL = {"day": 0.8, "comments": 0.3}
"""Share of the pages before that had it."""

QUERY = """
select
    coalesce(p.publisher, nullif(regexp_extract(p.url, '^https?://(?:www[.])?([^/]+)', 1), '')) as publisher,
    p.page,
    p.published is not null as day,
    p.coded_on,
    coalesce(sum(t."end" - t.start) filter (t.kind <> 'comment'), 0)::bigint as letters,
    count(*) filter (t.kind = 'comment') > 0 as comments
from pages p
join (select page, max(run) as run, max(position) as place from all_pages group by page) o using (page)
left join parts t using (page)
group by p.publisher, p.url, p.page, p.published, p.coded_on, o.run, o.place
order by publisher, o.run, o.place
"""


@dataclass(frozen=True, slots=True)
class Seen:
    """What a page came apart into: letters of its report, whether it had a day, and comments."""

    page: str
    coded_on: str
    letters: int
    day: bool
    comments: bool


@dataclass(frozen=True, slots=True)
class Alarm:
    """A publisher whose pages changed, since which page, and how."""

    publisher: str
    kind: str
    """`text` (half the letters), `day` (none any more) or `comments` (none any more)."""
    since: str
    """The first page that shows it."""
    coded_on: str
    late: int
    """Pages that show it, the last ones of the publisher."""
    before: int
    note: str


def find_alarms(folder: Folder) -> tuple[Alarm, ...]:
    """Return the alarms of a folder by publisher; pages stand in the order in which they were coded."""
    pages: dict[str, list[Seen]] = {}
    for row in folder.query(QUERY).to_pylist():
        if row["publisher"]:
            seen = Seen(row["page"], row["coded_on"], row["letters"], row["day"], row["comments"])
            pages.setdefault(row["publisher"], []).append(seen)
    return tuple(alarm for name, seen in pages.items() for alarm in judge_pages(name, seen[-MOST:]))


def judge_pages(publisher: str, pages: Sequence[Seen]) -> list[Alarm]:
    """Return what changed on the last pages of a publisher."""
    found = [_lost(publisher, pages, kind) for kind in ("day", "comments")]
    return [alarm for alarm in (_halved(publisher, pages), *found) if alarm]


def _lost(publisher: str, pages: Sequence[Seen], kind: str) -> Alarm | None:
    """Return the alarm for pages that end without a day, or without comments, as they seldom were before."""
    late = 0
    while late < len(pages) and not getattr(pages[-1 - late], kind):
        late += 1
    before = pages[: len(pages) - late]
    if late < LEAST_LATE or len(before) < LEAST_BEFORE:
        return None
    share = sum(getattr(page, kind) for page in before) / len(before)
    if share < USUAL[kind] or (1 - share) ** late > CHANCE:
        return None
    what = "a day" if kind == "day" else "comments"
    return _alarm(
        publisher, kind, pages, late, f"{share:.0%} of the pages before had {what}, none of these has"
    )


def _halved(publisher: str, pages: Sequence[Seen]) -> Alarm | None:
    """Return the alarm for pages that end with half the text; the longest such run is taken."""
    for late in range(len(pages) - LEAST_BEFORE, LEAST_LATE - 1, -1):
        before = [page.letters for page in pages[:-late]]
        last = [page.letters for page in pages[-late:]]
        usual = median(before)
        short = sum(letters < SHORT * usual for letters in before) / len(before)
        is_short = max(last) < SHORT * usual and median(last) <= HALF * usual
        if is_short and short**late <= CHANCE:
            note = f"{median(last):,.0f} letters of report, {usual:,.0f} before"
            return _alarm(publisher, "text", pages, late, note)
    return None


def _alarm(publisher: str, kind: str, pages: Sequence[Seen], late: int, note: str) -> Alarm:
    first = pages[-late]
    return Alarm(publisher, kind, first.page, first.coded_on, late, len(pages) - late, note)
