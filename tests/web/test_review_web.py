"""Review in a real browser, by keyboard: every decision is kept, shown, and refused to strangers."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from onrecord.review import Log
from onrecord.web import create_app
from onrecord.web.guard import Guard, served_hosts


@pytest.fixture
def home(records: Path, tmp_path: Path) -> Path:
    """A copy of the record folder, to be written to."""
    shutil.copytree(records, tmp_path / "records", ignore=shutil.ignore_patterns("review.sqlite*"))
    return tmp_path / "records"


@pytest.fixture
def log(home: Path) -> Log:
    return Log(home / "review.sqlite")


@pytest.fixture
def place(home: Path, run_app: Callable[[Any], str]) -> str:
    """The address of a workbench over that copy."""
    return run_app(create_app(str(home), Guard(served_hosts("127.0.0.1"))))


@pytest.fixture
def page(open_page: Callable[[str], Any], place: str) -> Iterator[Any]:
    """A browser page of somebody who has said who they are."""
    page = open_page(place)
    page.goto(f"{place}/page/raid")
    page.fill("#by", "ada")
    page.keyboard.press("Enter")
    page.wait_for_selector("[data-keys] .judge")
    yield page
    assert page.problems == []


def _press(page: Any, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)
    page.wait_for_load_state()


def _row(page: Any, words: str) -> Any:
    row = page.locator(".card.row", has_text=words).first
    row.focus()
    return row


@pytest.mark.parametrize(
    ("key", "verdict", "standing"), [("a", "accept", "accepted"), ("x", "refuse", "refused")]
)
def test_an_event_is_judged_by_one_key(page: Any, log: Log, key: str, verdict: str, standing: str) -> None:
    row = _row(page, "killed")
    row.locator(".note").fill("as told")
    _press(page, "Escape", key)
    page.wait_for_selector(f"[data-keys] .standing.{standing}")
    (kept,) = log.read()
    assert (kept.by, kept.verdict, kept.note) == ("ada", verdict, "as told")
    assert "as told" in _row(page, "killed").inner_text()
    assert page.evaluate("document.activeElement.dataset.row") == "e1"


def test_a_judgement_is_taken_back(page: Any, log: Log) -> None:
    _row(page, "killed")
    _press(page, "a")
    page.wait_for_selector("[data-keys] .standing.accepted")
    _press(page, "u")
    page.wait_for_selector(".standing", state="detached")
    assert [one.verdict for one in log.read()] == ["accept", "withdraw"]


def test_an_event_is_corrected(page: Any, place: str, log: Log) -> None:
    _row(page, "killed")
    _press(page, "c")
    page.wait_for_selector("[data-keys] form.account")
    page.select_option("[name=status]", "denied")
    page.fill("[name=mode]", "firearms")
    page.fill("[name=plover]", "ASSAULT/firearms")
    page.fill("[name=targets_else]", "conscripts")
    page.click("button.main")
    page.wait_for_selector("[data-keys] .standing.corrected")
    (kept,) = log.read()
    assert kept.account is not None
    assert (kept.account.status, kept.account.mode) == ("denied", "firearms")
    assert "conscripts" in [side.name for side in kept.account.targets]
    assert "status: coder actual, reviewer denied" in _row(page, "killed").inner_text()
    page.goto(f"{place}/events?review=corrected&columns=type,differs")
    assert page.locator("tbody tr").count() == 1
    assert "status" in page.locator("tbody tr").inner_text()


SELECT = """(words) => {
  for (const home of document.querySelectorAll("[data-start]")) {
    const walk = document.createTreeWalker(home, NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) {
      const at = walk.currentNode.data.indexOf(words);
      if (at < 0) continue;
      getSelection().setBaseAndExtent(walk.currentNode, at, walk.currentNode, at + words.length);
      return true;
    }
  }
  return false;
}"""


def test_an_event_is_added_at_selected_words(page: Any, log: Log) -> None:
    assert page.evaluate(SELECT, "covers")
    page.wait_for_selector("#add:not([hidden])")
    _press(page, "n")
    page.wait_for_selector("[data-keys] form.account")
    assert page.locator("#quote mark").inner_text() == "covers"
    page.select_option("[name=type]", "COOPERATE")
    page.fill("[name=cameo]", "040")
    page.click("button.main")
    page.wait_for_selector(".card.person")
    (kept,) = log.read()
    assert kept.anchor is not None
    assert (kept.verdict, kept.anchor.words) == ("add", "covers")
    assert kept.anchor.text.startswith("The park covers 100")
    assert "missed by the coder" in page.locator(".card.person").inner_text()


def test_the_words_of_an_act_are_moved_by_selecting_them(page: Any) -> None:
    _row(page, "killed")
    _press(page, "c")
    page.wait_for_selector("[data-keys] form.account")
    assert page.evaluate(SELECT, "seven soldiers")
    page.click("[data-take=trigger]")
    start = int(page.input_value("[name=trigger_start]"))
    assert int(page.input_value("[name=trigger_end]")) - start == len("seven soldiers")


def test_a_page_is_read_whole_only_when_all_is_judged(page: Any, log: Log) -> None:
    _press(page, "r")
    page.wait_for_selector("h1:has-text('Not here')")
    assert "not judged yet" in page.locator("main").inner_text()
    page.problems.clear()  # the browser notes the refusal, status 409
    page.go_back()
    page.wait_for_selector("[data-keys] .judge")
    for number in range(page.locator(".judge").count()):
        page.locator(".judge button[value=accept]").nth(number).click()
        page.wait_for_selector(f"[data-keys] .accepted >> nth={number}")
    _press(page, "r")
    page.wait_for_selector("text=Read in full by ada")
    assert log.read()[-1].verdict == "read"


def test_two_persons_differ_and_a_third_settles_it(page: Any, place: str, log: Log) -> None:
    for name, key in (("ada", "a"), ("ben", "x"), ("cleo", "x")):
        page.fill("#by", name)
        page.keyboard.press("Enter")
        page.wait_for_selector(f"[data-keys] #by[value={name}]")
        row = _row(page, "killed")
        if name == "cleo":
            assert "disputed" in row.inner_text()
            row.locator("[name=final]").check()
            row.focus()
        _press(page, key)
        page.wait_for_selector(f"[data-keys] .said:has-text('{name}')")
    assert "refused" in page.locator(".standing").first.inner_text()
    assert [one.final for one in log.read()] == [False, False, True]
    page.goto(f"{place}/review")
    assert "event: coder ASSAULT, person none" in page.locator("tbody").inner_text()
    page.goto(f"{place}/agreement")
    assert page.locator("tbody tr").count() == 2
    page.goto(f"{place}/precision")
    assert "ASSAULT" in page.locator("tbody").inner_text()
    page.goto(f"{place}/decisions")
    assert page.locator("tbody tr").count() == 3


def test_incidents_are_split_and_merged_by_keyboard(page: Any, place: str, log: Log) -> None:
    page.goto(f"{place}/incidents?type=ASSAULT")
    page.locator("tbody tr", has_text="Mosul").first.locator("a").first.click()
    page.wait_for_selector("[data-keys] .side")
    assert page.locator(".side .card").count() == 2
    _press(page, "j", "j", "p", "s")
    page.wait_for_url(re.compile("/incident/"))
    page.wait_for_selector("[data-keys] .side .card:only-child")
    assert log.read()[-1].verdict == "split"
    other = page.locator("#alike option").first.get_attribute("value")
    _press(page, "m")
    page.keyboard.type(other)
    page.click("button[value=merge]")
    page.wait_for_selector("[data-keys] .side .card:nth-child(2)")
    assert log.read()[-1].verdict == "merge"
    assert "joined by ada" in page.locator(".why").inner_text()


def test_keys_are_told(page: Any) -> None:
    _press(page, "?")
    assert page.locator("#keys").is_visible()
    _press(page, "Escape")
    assert not page.locator("#keys").is_visible()


@pytest.fixture
def client(place: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=place, trust_env=False, headers={"Origin": place}) as client:
        yield client


JUDGE = {"page": "raid", "event": "e1", "at": "7-13", "verdict": "accept"}


def _csrf(client: httpx.Client) -> str:
    client.cookies.set("onrecord-reviewer", "ada")
    found = re.search(r'name="csrf" value="([^"]+)"', client.get("/page/raid").text)
    assert found is not None
    return found[1]


def test_a_write_needs_the_mark_of_this_server(client: httpx.Client, log: Log) -> None:
    mark = _csrf(client)
    for wrong in ("", "guess"):
        assert client.post("/review/decide", data={**JUDGE, "csrf": wrong}).status_code == 409
    elsewhere = client.post("/review/decide", data={**JUDGE, "csrf": mark}, headers={"Origin": "http://a.b"})
    assert elsewhere.status_code == 403
    assert (
        client.post("/review/decide", data={**JUDGE, "csrf": mark, "note": "x" * 300_000}).status_code == 413
    )
    assert log.length == 0
    assert client.post("/review/decide", data={**JUDGE, "csrf": mark}).status_code == 303
    assert log.length == 1


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"at": "8-13"}, "coded anew"),
        ({"at": "x"}, "expected the first and last character"),
        ({"event": "e99"}, "coded anew"),
        ({"page": "nowhere"}, "no page"),
        ({"verdict": "maybe"}, "expected one of"),
        ({"note": "x" * 3000}, "2000 are taken"),
    ],
)
def test_a_form_that_cannot_be_kept_says_why(
    client: httpx.Client, log: Log, change: Any, message: str
) -> None:
    answer = client.post("/review/decide", data={**JUDGE, "csrf": _csrf(client), **change})
    assert answer.status_code == 409
    assert message in answer.text
    assert log.length == 0


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"type": "SHOUT"}, "expected ACCUSE"),
        ({"cameo": "999"}, "expected a code such as"),
        ({"status": "maybe"}, "expected actual"),
        ({"mode": "<b>"}, "a word in small letters"),
        ({"plover": "SHOUT/loud"}, "expected a type"),
        ({"trigger_end": "99999"}, "expected characters of 0 to"),
        ({"span_start": "9"}, "inside the sentence"),
        ({"span_start": ""}, "two whole numbers"),
    ],
)
def test_a_correction_is_checked(client: httpx.Client, log: Log, change: Any, message: str) -> None:
    form = {
        **JUDGE, "verdict": "correct", "type": "ASSAULT", "status": "actual", "cameo": "190",
        "trigger_start": "7", "trigger_end": "13", "span_start": "0", "span_end": "40",
    }  # fmt: skip
    answer = client.post("/review/account", data={**form, "csrf": _csrf(client), **change})
    assert (answer.status_code, log.length) == (409, 0)
    assert message in answer.text


def test_no_name_no_decision(client: httpx.Client, log: Log) -> None:
    mark = _csrf(client)
    client.cookies.clear()
    answer = client.post("/review/decide", data={**JUDGE, "csrf": mark})
    assert (answer.status_code, log.length) == (409, 0)
    assert "say who decides" in answer.text


def test_a_single_page_is_shown_without_review(records: Path, run_app: Callable[[Any], str]) -> None:
    guard = Guard(served_hosts("127.0.0.1"))
    place = run_app(create_app(str(records), guard, has_review=False))
    with httpx.Client(base_url=place, trust_env=False, headers={"Origin": place}) as client:
        assert "Reviewing as" not in client.get("/page/raid").text
        client.cookies.set("onrecord-reviewer", "ada")
        answer = client.post("/review/decide", data={**JUDGE, "csrf": guard.csrf})
        assert answer.status_code == 409
