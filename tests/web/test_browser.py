"""The workbench in a real browser: nothing runs that a page brought along, nothing leaves the machine."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import pytest

from onrecord import read_text
from onrecord.exports.html import render_page
from onrecord.records import Settings
from onrecord.samples import SAMPLE_DAY, sample_page
from onrecord.scale import Job, code_folder
from onrecord.web import create_app
from onrecord.web.guard import Guard, served_hosts
from onrecord.web.views import VIEWS

AXE = (Path(__file__).parent / "axe" / "axe.min.js").read_text(encoding="utf-8")
WHOLE = "/sql?q=from+events"
"""All columns of a table: wider than a screen."""
COUNTED = "/sql?q=select+status,+count(*)+from+events+group+by+all"
HOSTILE = "/page/" + quote("hostile \"'<b>")
PATHS = ["/", *(f"/{view.name}" for view in VIEWS), "/page/raid", "/actor/rebels", "/nowhere"]


@pytest.fixture
def page(open_page: Callable[..., Any], address: str) -> Any:
    """A browser page that notes its errors and every request beyond the workbench."""
    return open_page(address)


def assert_fits(page: Any, path: str, width: int) -> None:
    """Fail if a view, or a table in it, is wider than the screen."""
    assert page.evaluate("document.documentElement.scrollWidth") <= width, path
    tables = page.evaluate(
        "[...document.querySelectorAll('.scroll')].map(e => e.scrollWidth - e.offsetWidth)"
    )
    assert max(tables, default=0) <= 1, f"{path}: the table fits, its sentence in it"


@pytest.mark.parametrize(("scheme", "width"), [("light", 1440), ("dark", 390)])
def test_no_serious_fault_of_accessibility_and_no_sideways_scroll(
    open_page: Callable[..., Any], address: str, scheme: str, width: int
) -> None:
    page = open_page(address, color_scheme=scheme, viewport={"width": width, "height": 900})
    page.goto(f"{address}/page/raid")
    page.fill("#by", "ada")
    page.keyboard.press("Enter")
    page.wait_for_selector(".judge")
    incident = page.request.get(f"{address}/incidents.json").json()[0]["id"]
    faults = []
    forms = ["/review/add?page=raid&at=0-6", "/review/correct?page=raid&event=e1&at=7-13"]
    others = ["/queue", "/sql", WHOLE, COUNTED, "/search?text=soldiers", "/timeline?by=day"]
    for path in [*PATHS, f"/incident/{incident}", *forms, *others, HOSTILE]:
        page.goto(address + path)
        if path != WHOLE:
            assert_fits(page, path, width)
        page.evaluate(AXE)
        found = page.evaluate("axe.run({resultTypes: ['violations']})")["violations"]
        faults += [
            f"{path}: {fault['id']}: {fault['nodes'][0]['html'][:120]}"
            for fault in found
            if fault["impact"] in ("serious", "critical")
        ]
    assert faults == []


@pytest.mark.parametrize("path", PATHS[:-1])
def test_a_view_opens_without_an_error(page: Any, address: str, path: str) -> None:
    page.goto(address + path)
    assert page.locator("h1").count() >= 1
    assert page.problems == []


def test_nothing_of_a_hostile_page_runs(page: Any, address: str) -> None:
    page.goto(f"{address}/page/" + quote("hostile \"'<b>"))
    assert page.evaluate("window.hurt") is None
    assert "<script>" in page.locator("#text").inner_text()
    assert page.locator("#text img, #text script").count() == 0
    assert page.problems == []


def test_pointing_at_an_event_lights_its_roles(page: Any, address: str) -> None:
    page.goto(f"{address}/page/raid")
    page.locator("[data-row=e1]").hover()
    lit = page.locator("mark.on").all_inner_texts()
    assert "killed" in lit
    assert "Rebels" in lit


def test_the_keyboard_moves_from_row_to_row(page: Any, address: str) -> None:
    page.goto(f"{address}/page/raid")
    page.keyboard.press("j")
    page.keyboard.press("j")
    assert page.locator(".row.on").count() == 1
    page.goto(f"{address}/events")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "search"


@pytest.fixture
def fresh(records: Path, tmp_path: Path, run_app: Callable[[Any], str]) -> str:
    """The address of a workbench over a copy of the folder that a test may judge."""
    copied = shutil.copytree(records, tmp_path / "records", ignore=shutil.ignore_patterns("review.sqlite*"))
    return run_app(create_app(str(copied), Guard(served_hosts("127.0.0.1"))))


def begin_queue(page: Any, address: str, name: str = "ada", query: str = "") -> None:
    page.goto(f"{address}/queue{query}")
    if page.locator("#by").count():
        page.fill("#by", name)
        page.keyboard.press("Enter")
        page.wait_for_selector("#item")
        if query:
            page.goto(f"{address}/queue{query}")
    page.wait_for_selector("html[data-queue=on]")


def test_the_queue_takes_one_key_for_each_judgement(open_page: Callable[..., Any], fresh: str) -> None:
    page = open_page(fresh)
    begin_queue(page, fresh)
    loads: list[str] = []
    page.on("framenavigated", lambda frame: loads.append(frame.url))
    total = int(page.locator("#progress").get_attribute("max"))
    shown = []
    for key in "axaxa"[:total]:
        shown.append(page.locator("#item").get_attribute("data-shown"))
        page.keyboard.press(key)
    page.wait_for_selector("#state:text-is('Saved')")
    assert len(set(shown)) == len(shown), "each key brings the next event"
    assert loads == [], "and none loads the page anew"
    assert page.locator("#mine").inner_text() == str(len(shown))
    verdicts = [row["verdict"] for row in page.request.get(f"{fresh}/decisions.json").json()]
    assert verdicts[::-1] == ["accept", "refuse", "accept", "refuse", "accept"][: len(shown)]
    assert page.problems == []


def test_the_queue_takes_a_judgement_back(open_page: Callable[..., Any], fresh: str) -> None:
    page = open_page(fresh)
    begin_queue(page, fresh)
    first = page.locator("#item").get_attribute("data-shown")
    page.keyboard.press("a")
    page.wait_for_selector(f'#item:not([data-shown="{first}"])')
    page.keyboard.press("u")
    page.wait_for_selector(f'#item[data-shown="{first}"]')
    page.wait_for_selector("#state:text-is('Saved')")
    assert page.locator("#mine").inner_text() == "0"
    assert page.request.get(f"{fresh}/review.json").json() == []


def test_the_queue_corrects_in_place(open_page: Callable[..., Any], fresh: str) -> None:
    page = open_page(fresh)
    begin_queue(page, fresh, query="?type=ASSAULT&order=surest")
    name, event = page.locator("#item").get_attribute("data-shown").rsplit(" ", 1)
    page.keyboard.press("c")
    page.select_option("#correct select[name=type]", "COERCE")
    page.fill("#correct input[name=mode]", "")
    page.fill("#correct input[name=targets]", "the garrison")
    page.keyboard.press("Enter")
    page.wait_for_selector("#state:text-is('Saved')")
    (case,) = page.request.get(f"{fresh}/review.json").json()
    assert (case["page"], case["event"], case["standing"]) == (name, event, "corrected")
    assert case["person"] == "COERCE"
    assert "the garrison" in case["differs"]


def test_two_reviewers_stand_side_by_side(open_page: Callable[..., Any], fresh: str) -> None:
    for name, key in (("ada", "a"), ("ben", "x")):
        page = open_page(fresh)
        begin_queue(page, fresh, name, "?order=random&scope=me")
        page.keyboard.press(key)
        page.wait_for_selector("#state:text-is('Saved')")
    (row,) = page.request.get(f"{fresh}/readers.json").json()
    assert row["differ"] == "yes"
    assert row["said by ben"] == "no event"
    assert row["said by ada"].split()[0].isupper()


def test_twenty_judgements_are_twenty_short_requests(
    open_page: Callable[..., Any], tmp_path: Path, run_app: Callable[[Any], str]
) -> None:
    source = tmp_path / "in.jsonl"
    rows = [{"id": f"n{n}", "text": f"Police in Oslo arrested {n} men on Monday."} for n in range(2, 42)]
    source.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    code_folder(Job((str(source),), str(tmp_path / "records"), "2024-03-13", None, Settings()))
    address = run_app(create_app(str(tmp_path / "records"), Guard(served_hosts("127.0.0.1"))))
    page = open_page(address)
    begin_queue(page, address)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(f"{request.method} {urlsplit(request.url).path}"))
    for number in range(20):
        page.keyboard.press("ax"[number % 2])
    page.wait_for_selector("#state:text-is('Saved')")
    assert page.locator("#mine").inner_text() == "20"
    assert asked.count("POST /queue/judge") == 20
    assert set(asked) <= {"POST /queue/judge", "GET /queue.json"}
    assert asked.count("GET /queue.json") <= 3
    assert len(page.request.get(f"{address}/decisions.json").json()) == 20


def test_filters_fold_on_a_phone_and_rows_begin_on_the_first_screen(browser: Any, address: str) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    for path in ("/events", "/incidents", "/pages", "/commitments", "/actors"):
        page.goto(address + path)
        assert page.locator(".facets[open]").count() == 0, path
        assert page.locator("tbody tr").first.bounding_box()["y"] < 700, path
        page.click(".facets > summary")
        assert page.locator(".facet").first.is_visible()
    context.close()


def test_no_view_needs_a_sideways_scroll_on_a_laptop(browser: Any, address: str) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    incident = page.request.get(f"{address}/incidents.json").json()[0]["id"]
    for path in (*PATHS, "/queue", COUNTED, "/search?text=soldiers", f"/incident/{incident}", HOSTILE):
        page.goto(address + path)
        assert_fits(page, path, 1280)
    context.close()


def test_on_a_phone_the_menu_shows_where_one_is_and_found_words_cover_no_line(
    browser: Any, address: str
) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(f"{address}/search?text=soldiers")
    here = page.locator(".top nav [aria-current]").bounding_box()
    assert here is not None
    assert 0 <= here["x"] < 390 - here["width"]
    page.wait_for_function("() => document.querySelector('mark.found') || location.reload()")
    assert page.locator("mark.found").first.bounding_box()["height"] < 30
    context.close()


def test_the_map_zooms_and_slides_through_time(page: Any, address: str) -> None:
    page.goto(f"{address}/map")
    assert page.locator("figure svg").get_attribute("viewBox") == "0 0 720 300"
    page.click("button[aria-label='Zoom in']")
    assert float(page.locator("figure svg").get_attribute("viewBox").split()[2]) < 720
    page.click("button[aria-label='Show the whole map']")
    assert page.locator("figure svg").get_attribute("viewBox") == "0 0 720 300"
    page.locator("input[type=range]").fill("1")
    page.wait_for_url("**/map?since=*")
    assert page.locator(".slider output").inner_text() != "all time"
    assert page.problems == []


def test_columns_are_chosen_with_boxes(page: Any, address: str) -> None:
    page.goto(f"{address}/events")
    page.click(".columns > summary")
    boxes = page.locator(".columns input[type=checkbox]")
    for number in range(boxes.count()):
        boxes.nth(number).uncheck()
    page.check(".columns input[value=rule]")
    page.click(".columns button")
    assert page.locator("thead th").all_inner_texts() == ["rule"]


def test_no_word_of_a_reading_is_broken(browser: Any, tmp_path: Path) -> None:
    path = tmp_path / "reading.html"
    path.write_text(render_page([read_text(sample_page(), published=SAMPLE_DAY)]), encoding="utf-8")
    for width in (1440, 390):
        page = browser.new_page(viewport={"width": width, "height": 900})
        page.goto(path.as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.evaluate(BROKEN_WORDS) == []
        page.close()


BROKEN_WORDS = """() => {
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    for (const word of node.data.matchAll(/[A-Za-z]{2,}/g)) {
      const range = document.createRange();
      range.setStart(node, word.index);
      range.setEnd(node, word.index + word[0].length);
      const lines = new Set([...range.getClientRects()].map((box) => Math.round(box.top)));
      if (lines.size > 1) found.push(word[0]);
    }
  }
  return found;
}"""
"""Words whose letters stand on more than one line."""
