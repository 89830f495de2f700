"""The workbench for a day's work: filters, sorting, pages of rows, search, SQL, saved views, states."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import httpx
import pyarrow.parquet as pq
import pytest

from onrecord.errors import FolderError, ReviewError
from onrecord.exports.describe import Describer
from onrecord.exports.say_event import say_event
from onrecord.records import Settings
from onrecord.scale import Job, code_folder
from onrecord.store import open_folder
from onrecord.web import create_app, shelf
from onrecord.web.app import tell_period
from onrecord.web.ask_sql import ask_sql
from onrecord.web.compare import count_months, draw_line
from onrecord.web.draw_network import ACTORS, choose_actors
from onrecord.web.draw_timeline import MOST_BARS, choose_unit, draw_timeline, list_starts
from onrecord.web.facets import Facets, make_facets
from onrecord.web.guard import Guard, served_hosts
from onrecord.web.overview import draw_weeks
from onrecord.web.render import keep_days_whole, tell_days
from onrecord.web.rows import Rows
from onrecord.web.saved_views import is_own, keep_view, read_views
from onrecord.web.search_texts import TextIndex
from onrecord.web.shelf import SlowQuery
from onrecord.web.views import VIEWS

TEXTS = (
    "Rebels attacked a convoy near Mosul, Iraq, on Sunday. Police in Nairobi arrested three men.",
    "President Amos Karanja on Monday ordered the withdrawal of Kenyan troops from Somalia.",
    "The African Union condemned the attack. Iran seized a tanker in the Gulf.",
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A record folder of 120 pages of three publishers; every tenth page is undated."""
    home = tmp_path_factory.mktemp("day")
    rows = [
        {
            "id": f"n{n:03}", "text": TEXTS[n % 3], "publisher": ("Courier", "Herald", "Wire")[n % 3],
            "published": None if n % 10 == 0 else f"2024-0{1 + n % 6}-1{n % 9}",
        }
        for n in range(120)
    ]  # fmt: skip
    source = home / "in.jsonl"
    source.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    code_folder(Job((str(source),), str(home / "records"), "2024-07-01", None, Settings()))
    return home / "records"


@pytest.fixture(scope="module")
def day(folder: Path, run_app: Callable[[Any], str]) -> Iterator[httpx.Client]:
    """A client of a workbench over that folder."""
    address = run_app(create_app(str(folder), Guard(served_hosts("127.0.0.1"))))
    with httpx.Client(base_url=address, follow_redirects=True, trust_env=False, timeout=60) as client:
        yield client


def csrf_of(client: httpx.Client) -> str:
    found = re.search(r'name="csrf" value="([^"]+)"', client.get("/events").text)
    assert found
    return found[1]


def own(client: httpx.Client) -> dict[str, str]:
    return {"Origin": str(client.base_url).rstrip("/")}


def test_a_facet_takes_several_values(day: httpx.Client) -> None:
    both = day.get("/events.json?type=ASSAULT&type=COERCE").json()
    assert {row["type"] for row in both} == {"ASSAULT", "COERCE"}
    assert len(both) == sum(len(day.get(f"/events.json?type={one}").json()) for one in ("ASSAULT", "COERCE"))
    shown = day.get("/events?type=ASSAULT").text
    assert "/events?type=ASSAULT&amp;type=COERCE" in shown, "a click adds a value"
    removes = r'href="/events" aria-current="true" title="ASSAULT"><span class="clamp">✓ ASSAULT'
    assert re.search(removes, shown), "another one removes it"


def test_ranges_narrow_rows(day: httpx.Client) -> None:
    sure = sorted(row["confidence"] for row in day.get("/events.json").json())
    low, high = sure[0], sure[len(sure) // 2]
    rows = day.get(f"/events.json?least={low}&surest={high}").json()
    assert [row["confidence"] for row in rows if not low <= row["confidence"] <= high] == []
    assert len(rows) == sum(one <= high for one in sure)
    assert day.get("/events.json?least=sure").json() == []


def test_rows_are_sorted_by_any_column(day: httpx.Client) -> None:
    up = [row["confidence"] for row in day.get("/events.json?sort=confidence").json()]
    down = [row["confidence"] for row in day.get("/events.json?sort=-confidence").json()]
    assert up == sorted(up) == down[::-1]
    assert day.get('/events.json?sort=";drop table events').json() == day.get("/events.json").json()
    shown = day.get("/events?sort=-confidence").text
    assert 'aria-sort="descending"' in shown


@pytest.mark.parametrize("view", [view.name for view in VIEWS])
def test_every_view_can_be_sorted_by_each_column_that_it_shows(day: httpx.Client, view: str) -> None:
    for column in re.findall(r'<th scope="col" class="c-([^" ]+)', day.get(f"/{view}").text):
        for sort in (column, f"-{column}"):
            assert day.get(f"/{view}", params={"sort": sort}).status_code == 200


def test_rows_come_in_pages(day: httpx.Client) -> None:
    total = len(day.get("/events.json").json())
    first, second = day.get("/events").text, day.get("/events?at=100").text
    assert total > 100
    assert f"{total} rows, 1 to 100 shown" in first
    assert f"101 to {min(total, 200)} shown" in second
    assert 'rel="next" href="/events?at=100"' in first
    assert 'rel="prev"' in second
    assert first.count("<tr>") == 101


def test_columns_are_chosen(day: httpx.Client) -> None:
    shown = day.get("/events?columns=rule,day").text
    assert re.findall(r'<th scope="col" class="c-(\w+)', shown) == ["rule", "day"]
    head = next(csv.reader(io.StringIO(day.get("/events.csv?columns=rule,day").text)))
    assert set(head) == {"rule", "day"}


@pytest.mark.parametrize("view", [view.name for view in VIEWS])
def test_every_view_is_had_as_parquet_and_as_a_picture(day: httpx.Client, view: str) -> None:
    table = pq.read_table(io.BytesIO(day.get(f"/{view}.parquet").content))
    assert table.num_rows == len(day.get(f"/{view}.json").json())
    picture = day.get(f"/{view}.svg")
    assert picture.headers["content-type"].startswith("image/svg+xml")
    assert picture.text.startswith("<svg")
    assert "var(" not in picture.text, "it needs no style sheet of the workbench"


def test_a_day_that_was_not_told_is_flagged(day: httpx.Client) -> None:
    rows = day.get("/events.json").json()
    told = {row["dated_by"] for row in rows}
    assert {"told", "page"} <= told
    assert all(row["day"] == row["published"] for row in rows if row["dated_by"] == "page")
    assert "day of publication: the text gives none" in day.get("/events?dated=page").text
    assert "day of publication: the text gives none" not in day.get("/events?dated=told").text


@pytest.mark.parametrize(
    ("first", "last", "told"),
    [
        ("1947-01-01", "1947-12-31", "1947"),
        ("2024-02-01", "2024-02-29", "2024-02"),
        ("2024-02-01", "2024-02-28", "2024-02-01 to 28"),
        ("2024-03-11", "2024-03-12", "2024-03-11 to 12"),
        ("2024-02-10", "2024-03-02", "2024-02-10 to 03-02"),
        ("2023-12-30", "2024-01-02", "2023-12-30 to 2024-01-02"),
        ("9999-01-01", "9999-12-31", "9999"),
        ("0044-03", "0044-04", "0044-03 to 0044-04"),
    ],
)
def test_a_stretch_of_days_is_no_more_exact_than_it_was_told(first: str, last: str, told: str) -> None:
    assert tell_days(first, last) == told


def test_no_line_breaks_within_a_day() -> None:
    assert keep_days_whole("from 2024-03-07 <b>") == 'from <span class="date">2024-03-07</span> &lt;b&gt;'


def test_what_has_no_day_is_counted_beside_the_drawings(day: httpx.Client) -> None:
    events = day.get("/events.json").json()
    undated = sum(row["day"] is None for row in events)
    assert undated
    assert f"Not drawn: {undated} events without a date." in day.get("/timeline").text
    mine = [row for row in events if "Amos Karanja" in f"{row['sources']}, {row['targets']}"]
    undated = sum(row["day"] is None for row in mine)
    assert undated
    assert f"Not drawn: {undated} without a date." in day.get("/actor/Amos Karanja").text


def test_a_page_is_called_by_its_headline_and_a_month_is_no_day(
    tmp_path: Path, run_app: Callable[[Any], str]
) -> None:
    text = "Talks fail in Oslo\n\nPolice in Nairobi arrested three men (and a boy on Friday. "
    text += "Rebels killed two soldiers near Mosul, Iraq, in December 2001."
    (tmp_path / "in.jsonl").write_text(json.dumps({"id": "x", "text": text}), encoding="utf-8")
    code_folder(Job((str(tmp_path / "in.jsonl"),), str(tmp_path / "records"), "2024-07-01", None, Settings()))
    address = run_app(create_app(str(tmp_path / "records"), Guard(served_hosts("127.0.0.1"))))
    assert [row["title"] for row in httpx.get(f"{address}/pages.json").json()] == ["Talks fail in Oslo"]
    told = [row["sentence"] for row in httpx.get(f"{address}/events.json").json()]
    assert told
    assert all(words[0].isupper() and words.count("(") == words.count(")") for words in told)
    assert '<span class="range">2001-12</span>' in httpx.get(f"{address}/events").text


@pytest.mark.parametrize("kind", ["order", "promise", "plan", "threat", "demand", "prediction"])
def test_the_view_of_commitments_names_each_kind(kind: str) -> None:
    (view,) = (view for view in VIEWS if view.name == "commitments")
    assert kind in view.help.lower()
    assert kind in view.empty


def test_the_search_finds_pages_statements_and_comments(records: Path, run_app: Callable[[Any], str]) -> None:
    address = run_app(create_app(str(records), Guard(served_hosts("127.0.0.1"))))
    with httpx.Client(base_url=address, trust_env=False, timeout=60) as client:
        _await(lambda: "Indexing" not in client.get("/search?text=troops").text)
        find = lambda text: client.get("/search.json", params={"text": text}).json()  # noqa: E731
        assert {row["kind"] for row in find("killed seven soldiers")} >= {"page"}
        assert [row["page"] for row in find('"withdrawal of Kenyan troops"') if row["kind"] == "page"] == [
            "raid"
        ]
        assert {row["kind"] for row in find("Aleppo")} == {"comment"}
        assert find("withdraw*")
        assert not find("soldiers -killed")
        assert find('"unclosed') == []
        assert find("'; drop table texts; --") == []
        shown = client.get("/search?text=Aleppo").text
        assert 'Russia bombed <mark class="found">Aleppo</mark>' in shown
        assert "<script>window" not in client.get("/search?text=window").text


def test_sql_answers_reads_only_and_in_time(day: httpx.Client, folder: Path) -> None:
    ask = "select status, count(*) as n from events group by all order by n desc"
    shown = day.get("/sql", params={"q": ask})
    rows = day.get("/sql.json", params={"q": ask}).json()
    assert shown.status_code == 200
    assert {row["status"] for row in rows} >= {"actual", "ordered"}
    assert len(list(csv.reader(io.StringIO(day.get("/sql.csv", params={"q": ask}).text)))) == len(rows) + 1
    for bad in ("drop view events", "select * from read_csv('/etc/passwd')", "selec 1", "select 1; select 2"):
        answer = day.get("/sql", params={"q": bad})
        assert answer.status_code == 400
        assert 'role="alert"' in answer.text
    opened = open_folder(folder)
    with pytest.raises(SlowQuery, match="no answer within"):
        ask_sql(opened, "select sum(a.range * b.range) from range(1000000) a, range(1000000) b", seconds=0.2)
    with pytest.raises(FolderError, match="only read"):
        ask_sql(opened, "create table x (y int)")
    assert ask_sql(opened, "select 1 as page, 2 as page")[0].columns == ("page", "page_2")


def test_views_are_saved_and_removed(day: httpx.Client, folder: Path) -> None:
    address = "/events?type=ASSAULT&sort=-confidence"
    sent = {"csrf": csrf_of(day), "name": "  Attacks,  surest first ", "address": address}
    assert day.post("/views/keep", data=sent, headers=own(day)).status_code == 200
    assert [(one.name, one.address) for one in read_views(open_folder(folder).disk)] == [
        ("Attacks, surest first", address)
    ]
    assert "Attacks, surest first" in day.get("/").text
    assert day.post("/views/keep", data=sent | {"csrf": "x"}, headers=own(day)).status_code == 409
    assert day.post("/views/keep", data=sent, headers={"Origin": "http://evil.example"}).status_code == 403
    gone = {"csrf": sent["csrf"], "name": "Attacks, surest first"}
    assert day.post("/views/drop", data=gone, headers=own(day)).status_code == 200
    assert read_views(open_folder(folder).disk) == ()


@pytest.mark.parametrize(
    "address", ["//evil.example/x", "http://evil.example/", "/\\evil.example", "events", ""]
)
def test_only_own_addresses_are_saved(folder: Path, address: str) -> None:
    assert not is_own(address)
    with pytest.raises(ReviewError, match="only a view of this workbench"):
        keep_view(open_folder(folder).disk, "x", address)


def test_the_overview_says_what_the_folder_tells(day: httpx.Client) -> None:
    home = re.sub("</?span[^>]*>", "", day.get("/").text)
    told = ("120 pages, published from 2024-01-1", "12 of them carry no date", "Incidents by week and type")
    for words in (*told, "Main actors", "Amos Karanja", "Contested", "Overdue and broken", "40 pages"):
        assert words in home, words


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        ((1, 1, None, None), "1 page without a date of publication."),
        ((2, 2, None, None), "2 pages without a date of publication."),
        ((1, 0, "2024-01-02", "2024-01-02"), "1 page, published on 2024-01-02."),
        ((0, 0, None, None), "No page yet"),
    ],
)
def test_the_period_is_told_as_far_as_it_is_known(counts: tuple[Any, ...], words: str) -> None:
    assert tell_period(dict(zip(("pages", "undated", "first", "last"), counts, strict=True))).startswith(
        words
    )


def test_while_links_are_made_nothing_says_that_there_are_no_incidents(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run_app: Callable[[Any], str]
) -> None:
    copied = Path(shutil.copytree(folder, tmp_path / "records", ignore=shutil.ignore_patterns("links")))
    monkeypatch.setattr(shelf, "LINKED", 0)
    monkeypatch.setattr(shelf, "LINKER", "import time; time.sleep(600)")
    address = run_app(create_app(str(copied), Guard(served_hosts("127.0.0.1"))))
    with httpx.Client(base_url=address, trust_env=False, timeout=60) as client:
        home, incidents = client.get("/").text, client.get("/incidents").text
    for text in (home, incidents):
        assert "of 120 pages" in text
        assert "<b>0</b> incidents" not in text
        assert "No matches" not in text


def test_an_empty_view_says_why_and_what_to_do(day: httpx.Client) -> None:
    narrowed = day.get("/events?type=ASSAULT&country=ISL").text
    assert "No row meets all filters at once; remove one:" in narrowed
    assert 'href="/events?type=ASSAULT"' in narrowed
    review = day.get("/review").text
    assert "Nothing here yet.</b> Nobody has judged an event yet" in review
    assert "No matches" in narrowed
    assert "No matches" not in review
    assert ">Judged events</a>" in review
    assert "No language model has judged an event of this folder" in day.get("/gain").text
    assert "The pages of this folder have no comments" in day.get("/discussion").text
    assert "There is no page at this address." in day.get("/nowhere").text


def test_what_cannot_be_searched_yet_is_not_called_absent(
    folder: Path, monkeypatch: pytest.MonkeyPatch, run_app: Callable[[Any], str]
) -> None:
    def stall(index: TextIndex) -> None:
        while not index.is_closed:
            time.sleep(0.02)

    monkeypatch.setattr(TextIndex, "_build", stall)
    address = run_app(create_app(str(folder), Guard(served_hosts("127.0.0.1"))))
    with httpx.Client(base_url=address, trust_env=False, timeout=60) as client:
        shown = client.get("/search?text=Mosul").text
    assert "Nothing found yet.</b> 120 of 120 pages are still to be indexed" in shown
    assert "No matches" not in shown


def test_a_row_names_who_acts_where_its_words_do_not(day: httpx.Client, folder: Path) -> None:
    said = {
        (record.page.id, event.id): say_event(Describer(record), event)
        for record in open_folder(folder).records()
        for event in record.events
    }
    rows = day.get("/events.json").json()
    assert len(rows) == len(said)
    for row in rows:
        spoken = said[row["page"], row["event"]]
        assert row["sentence"].startswith("[") == spoken.startswith("["), row
    assert {row["source_codes"] for row in rows} >= {"KENGOV"}


def test_incidents_are_headed_what_happened(day: httpx.Client) -> None:
    assert ">what happened<" in day.get("/incidents").text
    assert ">what the report says<" in day.get("/events").text
    assert "what happened" in day.get("/incidents.svg").text


def test_months_without_a_value_take_their_place_in_a_comparison() -> None:
    rows = [{"month": month, "first": 2.0} for month in ("2023-12", "2024-01", "2024-05")]
    line = draw_line("first", rows, count_months("2023-12"), 100.0)
    assert [x for x, _, _ in line.dots] == [50.0, 150.0, 550.0]
    (run,) = line.runs
    assert run.count(",") == 2, "no line leads over months without a value"


def test_actors_with_a_dot_in_their_names_are_compared(day: httpx.Client) -> None:
    answer = day.get("/compare", params={"first": "Amos Karanja", "second": "St. Ives"})
    assert answer.status_code == 200
    assert "Amos Karanja to St. Ives" in answer.text


def test_the_key_of_the_overview_counts_what_is_drawn() -> None:
    rows = (
        ("2024-01-01", "ASSAULT", 2),
        (None, "ASSAULT", 5),
        ("2024-01-09", "AID", 1),
        ("1980-01-01", "AID", 3),
    )
    drawn = draw_weeks(Rows(("day", "type", "incidents"), rows), date(2024, 1, 1))
    assert drawn.types == (("ASSAULT", 2), ("AID", 1))
    assert (drawn.undated, drawn.earlier) == (5, 3)


def test_filters_say_what_they_count(day: httpx.Client) -> None:
    note = "The figures below count events."
    assert note in day.get("/incidents").text
    assert note not in day.get("/events").text, "where rows are events themselves"
    assert note not in day.get("/commitments").text


def test_each_actor_of_the_network_has_a_tie_that_is_drawn() -> None:
    pairs = [(f"a{n}", f"b{n}", 100 - n) for n in range(30)] + [("a0", "alone", 1)]
    dyads = [{"source": one, "target": other, "events": events} for one, other, events in pairs]
    drawn = choose_actors(dyads)
    assert len(drawn) == ACTORS
    for name in drawn:
        assert any(name in (one, other) and {one, other} <= set(drawn) for one, other, _ in pairs)


def test_no_day_is_left_out_of_the_timeline() -> None:
    days = ("2024-01-01", "2024-01-02", "2024-01-09")
    rows = Rows(
        ("day", "cooperation", "conflict", "neither", "goldstein"),
        tuple((day, 1, 2, 0, -3.0) for day in days),
    )
    drawn = draw_timeline(rows, Facets())
    assert [bar.label for bar in drawn.bars] == [f"2024-01-0{n}" for n in range(1, 10)]
    assert [bar.label for bar in drawn.bars if bar.up or bar.down] == list(days)
    for bar, (x, _) in zip((drawn.bars[0], drawn.bars[1], drawn.bars[8]), drawn.dots, strict=True):
        assert abs(bar.x + bar.width / 2 - x) < 0.1, "the line stands over the middle of its bar"
    assert len(drawn.lines) == 2, "no line leads over days without a value"
    assert draw_timeline(rows, make_facets(by="week")).unit == "week"
    assert len(draw_timeline(rows, make_facets(by="month")).bars) == 1


@pytest.mark.parametrize("unit", ["day", "week", "month", "year"])
def test_a_unit_covers_each_day_once(unit: str) -> None:
    days = [date(2019, 12, 30), date(2024, 2, 29)]
    starts = list(list_starts(days, unit))
    assert starts == sorted(set(starts))
    assert starts[0] <= days[0] and starts[-1] <= days[1]  # noqa: PT018
    assert choose_unit(days, None) != "day"
    assert len(list(list_starts(days, choose_unit(days, None)))) <= MOST_BARS
    assert list(list_starts([date.max], unit))


def test_the_gulf_is_no_province(day: httpx.Client) -> None:
    places = day.get("/map.json").json()
    assert [row["country"] for row in places if row["place"] == "Persian Gulf"] == [None]
    assert "PNG" not in {row["country"] for row in places}


def test_an_actor_has_a_profile_with_its_trend(day: httpx.Client) -> None:
    page = day.get("/actor/Amos Karanja").text
    assert "What Amos Karanja did and received" in page
    assert 'href="/events?source=Amos+Karanja&amp;since=' in page
    for heading in ("By type", "With whom", "Did and received", "Said"):
        assert f"<h2>{heading}</h2>" in page


def _await(is_so: Callable[[], bool], seconds: float = 60) -> None:

    until = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < until
        time.sleep(0.1)
