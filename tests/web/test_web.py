from __future__ import annotations

import csv
import html
import io
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
import pytest

from onrecord.records import Settings
from onrecord.scale import Job, code_folder
from onrecord.web import create_app
from onrecord.web.guard import Guard, served_hosts
from onrecord.web.views import VIEWS


@pytest.fixture(scope="module")
def client(address: str) -> Iterator[httpx.Client]:
    """A client of the running workbench."""
    with httpx.Client(base_url=address, follow_redirects=True, trust_env=False) as client:
        yield client


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.name)
def test_every_view_has_a_page_json_and_csv(client: httpx.Client, view: Any) -> None:
    shown = client.get(f"/{view.name}")
    plain = client.get(f"/{view.name}.json").json()
    rows = list(csv.reader(io.StringIO(client.get(f"/{view.name}.csv").text)))
    assert shown.status_code == 200
    assert view.help in html.unescape(shown.text)
    assert len(rows) - 1 == len(plain)
    assert client.get(view.example).status_code == 200


def test_events_are_narrowed_by_facets(client: httpx.Client) -> None:
    everything = client.get("/events.json").json()
    ordered = client.get("/events.json?status=ordered").json()
    assert {row["status"] for row in ordered} == {"ordered"}
    assert 0 < len(ordered) < len(everything)
    assert client.get("/events.json?text=%25").json() == []


def test_claims_of_readers_are_no_events(client: httpx.Client) -> None:
    assert not [r for r in client.get("/events.json").json() if "Russia" in r["sources"]]
    assert [r for r in client.get("/claims.json").json() if r["sources"] == "Russia"]


def test_a_failed_check_is_shown_where_it_stands(client: httpx.Client) -> None:
    page = client.get("/page/raid").text
    assert 'class="failed row"' in page
    assert "wrong" in page


def test_the_comments_of_a_page_are_summed_up(client: httpx.Client) -> None:
    page = client.get("/page/raid").text
    summed = page[page.index('<dl class="voices">') : page.index("</dl>")]
    assert "<dt>Russia</dt>" in summed
    assert "1 against" in summed
    assert "<dt>Claims that can be checked</dt>" in summed
    assert "claims: Russia bombed" in page


def test_an_incident_shows_its_reports_side_by_side(client: httpx.Client) -> None:
    rows = client.get("/incidents.json?type=ASSAULT").json()
    both = max(rows, key=lambda row: row["reports"])
    assert both["reports"] == 2
    shown = client.get(f"/incident/{both['id']}").text
    assert "Coast Courier" in shown
    assert "Harbour Wire" in shown
    assert "Where the reports differ" in shown


def test_a_page_is_found_by_any_id(tmp_path: Path, run_app: Callable[[Any], str]) -> None:
    source = tmp_path / "pages.jsonl"
    ids = ("two\nlines", "a/b.json", "100%2F", "a#b?c", "../up")
    text = "Rebels killed seven soldiers."
    source.write_text("".join(json.dumps({"id": one, "text": text}) + "\n" for one in ids))
    code_folder(Job((str(source),), str(tmp_path / "records"), "2024-03-13", None, Settings()))
    address = run_app(create_app(str(tmp_path / "records"), Guard(served_hosts("127.0.0.1"))))
    for ident in ids:
        there = f"{address}/page/{quote(ident, safe='')}"
        assert "Rebels" in httpx.get(there, trust_env=False).text
        assert httpx.get(f"{there}.json", trust_env=False).json()["page"]["id"] == ident


def test_deaths_that_several_reports_tell_are_not_added_up(client: httpx.Client) -> None:
    rows = client.get("/events.json").json()
    told = [row["dead"] for row in rows if row["place"] == "Mosul" and row["dead"]]
    assert sorted(told) == [7, 9]
    (mosul,) = (row for row in client.get("/map.json").json() if row["place"] == "Mosul")
    assert mosul["dead"] == 9


def test_pages_of_news_are_only_text(client: httpx.Client) -> None:
    page = client.get("/page/" + quote("hostile \"'<b>"))
    assert page.status_code == 200
    for address in ("/", "/pages", "/events", "/claims", "/discussion"):
        page_text = client.get(address).text
        assert "<script>window" not in page_text
        assert "<img src=x" not in page_text
    assert "<script>window" not in page.text
    assert "javascript:" not in page.text
    assert "{{" in page.text


@pytest.mark.parametrize("path", ["/", "/events", "/events.csv", "/static/workbench.js", "/nowhere"])
def test_every_answer_carries_the_policy(client: httpx.Client, path: str) -> None:
    headers = client.get(path).headers
    assert headers["content-security-policy"].startswith("default-src 'none'")
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"


def test_another_host_name_is_refused(client: httpx.Client) -> None:
    assert client.get("/", headers={"Host": "evil.example"}).status_code == 421


def test_a_write_from_elsewhere_is_refused(client: httpx.Client) -> None:
    assert client.post("/events", headers={"Origin": "http://evil.example"}).status_code == 403
    assert client.post("/events").status_code == 403


def test_a_path_out_of_the_folder_is_not_here(client: httpx.Client) -> None:
    assert client.get("/page/..%2f..%2fetc%2fpasswd").status_code == 404
    assert client.get("/static/..%2fapp.py").status_code == 404


def test_a_token_is_asked_for_elsewhere(serve: Any) -> None:
    address = serve(Guard(served_hosts("0.0.0.0"), token="secret"))
    with httpx.Client(base_url=address, follow_redirects=True, trust_env=False) as client:
        assert client.get("/").status_code == 401
        assert client.get("/?token=wrong").status_code == 401
        assert client.get("/?token=secret").status_code == 200
        assert client.get("/events").status_code == 200


def test_two_actors_stand_side_by_side(client: httpx.Client) -> None:
    rows = client.get("/compare.json?first=rebels&second=Amos+Karanja").json()
    assault = next(row for row in rows if row["type"] == "ASSAULT")
    assert assault["rebels"] == 3
    assert assault["Amos Karanja"] == 0
    there = client.get("/compare.json?first=rebels&second=Amos+Karanja&country=YEM").json()
    assert [(row["type"], row["rebels"]) for row in there] == [("ASSAULT", 1)]
    shown = client.get("/compare?first=rebels&second=Amos+Karanja").text
    assert 'class="dot first"' in shown
    assert "A line joins months that follow one another" in shown


def test_the_network_draws_actors_and_who_acts_on_whom(client: httpx.Client) -> None:
    shown = client.get("/network").text
    assert shown.count('class="node"') >= 2
    assert 'marker-end="url(#to-conflict)"' in shown
    assert "/events?source=rebels&amp;target=soldiers" in shown
    assert client.get("/network?since=2024-03-01&until=2024-03-31").status_code == 200
    assert 'class="node"' not in client.get("/network?since=1999-01-01&until=1999-12-31").text


def test_marks_of_a_picture_keep_the_facets(client: httpx.Client) -> None:
    timeline = client.get("/timeline?type=ASSAULT").text
    assert "/events?type=ASSAULT&amp;since=" in timeline
    assert 'class="line score"' in timeline
    assert "type=ASSAULT&amp;country=IRQ" in client.get("/map?type=ASSAULT").text


def test_a_statement_stands_with_the_word_that_tells_it(client: httpx.Client) -> None:
    page = client.get("/page/raid").text
    assert re.search(r'<b>[^<]*Iraq[^<]*</b> said <span class="tag">indirect</span> Rebels killed', page)


def test_a_page_shows_cues_and_what_was_refused(client: httpx.Client) -> None:
    page = client.get("/page/raid").text
    assert re.search(r'<mark class="[a-z ]*cue[a-z ]*" data-marks="[^"]*e2:cue[^>]*>ordered<', page)
    assert ':refused"' in page
    assert 'data-row="x1"' in page
