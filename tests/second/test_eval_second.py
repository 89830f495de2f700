"""`onrecord eval --second`: a reader held against marked pages, with what its refusals would change."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from test_second import Wire, says

from onrecord.cli.main import main
from onrecord.evaluation import measure_second, read_marked
from onrecord.evaluation.judge_events import Truth, Verdict
from onrecord.evaluation.measure_second import MarkedSet
from onrecord.second import Choice, Outcome, choose_questions
from onrecord.second.check_answer import Answer

PAGES = {
    "one": "Rebels attacked the town of Goma on Sunday. Police in Kenya arrested two reporters on Monday.",
    "two": "The Kenyan president visited Uganda on Monday.",
}
MARKED = {"one": {"attacked"}, "two": {"visited"}}
"""Triggers of the marked events; the arrest is beside every mark."""
SCORER = """
import json, sys
gold, records = ([json.loads(line) for line in open(path, encoding="utf-8")] for path in sys.argv[1:3])
read = {record["page"]["id"]: record for record in records}
out = []
for page in gold:
    text, found, given = page["text"], set(), []
    for event in read[page["id"]]["events"]:
        words = text[slice(*event["trigger"])]
        mark = page["gold"]["triggers"].index(words) if words in page["gold"]["triggers"] else None
        found.add(mark)
        row = {"id": event["id"], "mark": mark}
        given.append(row if mark is None else row | {"type_ok": True, "need": "core"})
    missed = [one for n, one in enumerate(page["gold"]["triggers"]) if n not in found]
    out.append({"page": page["id"], "given": given, "missed": missed})
print(json.dumps(out))
"""


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data folder with a set of marked pages, and a scorer that says which events are right."""
    home = tmp_path / "data"
    (home / "gold" / "events").mkdir(parents=True)
    (home / "tools").mkdir()
    rows = (
        {"id": name, "text": text, "gold": {"triggers": sorted(MARKED[name])}} for name, text in PAGES.items()
    )
    (home / "gold" / "events" / "dev.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    (home / "tools" / "score_events.py").write_text(SCORER)
    return home


def run(data: Path, *args: str) -> Result:
    call = ["eval", str(data), "--only", "events", "--day", "2026-11-25", "--second", "m", "--twice", "0"]
    return CliRunner().invoke(main, [*call, "--records", str(data.parent / "kept"), *args])


def refuse_arrests(asked: dict[str, Any], number: int) -> tuple[int, bytes]:
    """Answer as a reader does who knows which event is beside every mark."""
    text = asked["messages"][0]["content"]
    quote = next(word for word in ("arrested", "attacked", "visited") if f'"words": "{word}"' in text)
    return 200, says(asked, "sense" if quote == "arrested" else "right", quote=quote)


def test_a_reader_is_held_against_the_marks(data: Path, wire: Wire) -> None:
    wire.sends = refuse_arrests
    done = run(data, "--endpoint", wire.url, "--yes")
    assert done.exit_code == 0, done.output
    assert "# A second reader: m (event-1)" in done.stdout
    assert "## events: 2 pages" in done.stdout
    assert re.search(r"\| precision now \| 0\.67 \([\d.]+ to [\d.]+\) \| 2 of 3 \|", done.stdout)
    assert re.search(r"\| precision if followed \| 1\.00 \([\d.]+ to 1\.00\) \| 2 of 2 \|", done.stdout)
    assert re.search(r"\| recall if followed \| 1\.00 \([\d.]+ to 1\.00\) \| 2 of 2 \|", done.stdout)
    assert "| agreement with the marks | 1.00, kappa 1.00 |" in done.stdout
    assert re.search(r"3 answers took [\d,]+ tokens, \d+ each; 0 were thrown away", done.stdout)


def test_its_replay_gives_the_same_bytes_and_sends_nothing(data: Path, wire: Wire) -> None:
    wire.sends = refuse_arrests
    first = run(data, "--endpoint", wire.url, "--yes")
    sent = len(wire.asked)
    again = run(data, "--replay")
    assert (again.exit_code, again.stdout) == (0, first.stdout)
    assert len(wire.asked) == sent


def test_a_budget_holds_over_all_sets_and_what_was_answered_is_told(data: Path, wire: Wire) -> None:
    wire.sends = refuse_arrests
    done = run(data, "--endpoint", wire.url, "--yes", "--budget", "1000")
    assert done.exit_code == 1
    assert "the budget of 1000 tokens is used up; the same command goes on from here" in done.stderr
    assert f"| events judged by marks and reader | {len(wire.asked)} |" in done.stdout
    assert len(wire.asked) < 3


def test_what_is_asked_for_is_said_before_a_page_is_read(data: Path) -> None:
    call = ["eval", str(data), "--second", "m", "--replay"]
    assert "expected --records DIR" in CliRunner().invoke(main, call).stderr
    assert "expected --endpoint URL or --replay" in run(data).stderr
    (data / "gold" / "events").rename(data / "gold" / "birds")
    (data / "tools" / "score_events.py").rename(data / "tools" / "score_birds.py")
    done = CliRunner().invoke(main, [*call, "--records", str(data.parent / "kept"), "--only", "birds"])
    assert "the set birds does not say which events are right: expected events or codes" in done.stderr


def test_a_sample_is_the_same_each_time(data: Path, tmp_path: Path) -> None:
    drawn = [
        [record.page.id for record in one.records]
        for _ in range(2)
        for one in read_marked(data, tmp_path / "kept", only=["events"], sample=1)
    ]
    assert drawn[0] == drawn[1]
    assert len(drawn[0]) == 1


def test_marks_that_leave_an_event_open_count_neither_way(data: Path, tmp_path: Path) -> None:
    (marked,) = read_marked(data, tmp_path / "kept", only=["events"])
    items, _ = choose_questions(marked.records, Choice(twice=0))
    outcome = Outcome(kept=[(item[0], Answer("sense", "", None, None)) for item in items])
    events = [(record.page.id, event.id) for record in marked.records for event in record.events]
    truth = Truth(tuple(Verdict(page, event, None, None) for page, event in events), 2)
    score = measure_second(MarkedSet("events", marked.records, truth), outcome)
    assert (score.asked, score.precision.total, score.recall.hits) == (0, 0, 0)
    assert score.kappa is None


def test_sentences_of_the_set_codes_are_judged_by_type(tmp_path: Path, wire: Wire) -> None:
    home = Path(__file__).parent.parent / "evaluation" / "data"
    (marked,) = read_marked(home, tmp_path / "kept", only=["codes"])
    right = {(one.page, one.mark) for one in marked.truth.verdicts if one.is_right}
    assert {("own-1", "COERCE"), ("own-5", "07"), ("own-6", "19")} <= right
    assert marked.truth.marks == 6
