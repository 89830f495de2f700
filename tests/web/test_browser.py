"""The workbench in a real browser: nothing runs that a page brought along, nothing leaves the machine."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from onrecord.web.views import VIEWS

AXE = (Path(__file__).parent / "axe" / "axe.min.js").read_text(encoding="utf-8")
PATHS = ["/", *(f"/{view.name}" for view in VIEWS), "/page/raid", "/actor/rebels", "/nowhere"]


@pytest.fixture
def page(open_page: Callable[..., Any], address: str) -> Any:
    """A browser page that notes its errors and every request beyond the workbench."""
    return open_page(address)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_serious_fault_of_accessibility(open_page: Callable[..., Any], address: str, scheme: str) -> None:
    page = open_page(address, color_scheme=scheme)
    page.goto(f"{address}/page/raid")
    page.fill("#by", "ada")
    page.keyboard.press("Enter")
    page.wait_for_selector(".judge")
    incident = page.request.get(f"{address}/incidents.json").json()[0]["id"]
    faults = []
    forms = ["/review/add?page=raid&at=0-6", "/review/correct?page=raid&event=e1&at=7-13"]
    for path in [*PATHS, f"/incident/{incident}", *forms]:
        page.goto(address + path)
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


def test_a_phone_needs_no_sideways_scroll(browser: Any, address: str) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 800})
    page = context.new_page()
    for path in ("/", "/events", "/page/raid", "/map"):
        page.goto(address + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, path
    context.close()
