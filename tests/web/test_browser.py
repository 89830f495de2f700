"""The workbench in a real browser: nothing runs that a page brought along, nothing leaves the machine."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote, urlsplit

import pytest

from onrecord.web.views import VIEWS


@pytest.fixture
def page(browser: Any, address: str) -> Iterator[Any]:
    """A browser page that notes its errors and every request beyond the workbench."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.problems = []
    page.on("console", lambda m: page.problems.append(m.text) if m.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: page.problems.append(str(error)))
    page.on(
        "request",
        lambda r: (
            page.problems.append(r.url)
            if not r.url.startswith("data:") and urlsplit(r.url).netloc != urlsplit(address).netloc
            else None
        ),
    )
    yield page
    context.close()


@pytest.mark.parametrize("path", ["/", *(f"/{view.name}" for view in VIEWS), "/page/raid", "/actor/Rebels"])
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
