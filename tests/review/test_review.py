"""Decisions of persons: kept for good, found again after re-coding, compared, measured, exported."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from onrecord.cli.main import main
from onrecord.codebooks import check_file, try_sentences
from onrecord.errors import ReviewError
from onrecord.records import Event, Record, Settings
from onrecord.review import (
    Account,
    Decision,
    Log,
    describe_event,
    join_folder,
    measure_agreement,
    measure_precision,
    open_log,
    point_at,
    review_folder,
    settle_review,
)
from onrecord.review.describe_event import anchor_words
from onrecord.review.measure_agreement import cohen_kappa
from onrecord.review.measure_precision import rate_share
from onrecord.scale import Job, code_folder
from onrecord.store import Folder, open_folder

PAGES: list[dict[str, Any]] = [
    {
        "id": "one",
        "published": "2024-03-11",
        "publisher": "Coast Courier",
        "text": "Kenyan police arrested two Ugandan officials in Nairobi on Sunday. "
        "Rebels attacked the town of Goma on Sunday. The Kenyan president visited Uganda on Monday.",
    },
    {
        "id": "two",
        "published": "2024-03-12",
        "publisher": "Harbour Wire",
        "text": "Rebels attacked the town of Goma on Sunday, the army said. "
        "Crowds jeered outside the ministry.",
    },
    {"id": "three", "text": "France ordered the withdrawal of its troops from Mali."},
]


@pytest.fixture(scope="session")
def coded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A record folder of two pages, which the tests copy."""
    home = tmp_path_factory.mktemp("review")
    _code(home, home / "records")
    return home / "records"


def _code(home: Path, out: Path, **options: Any) -> None:
    source = home / "pages.jsonl"
    source.write_text("".join(json.dumps(page) + "\n" for page in PAGES), encoding="utf-8")
    code_folder(Job((str(source),), str(out), "2024-03-13", None, **options))


@pytest.fixture
def folder(coded: Path, tmp_path: Path) -> Folder:
    import shutil

    shutil.copytree(coded, tmp_path / "records")
    return open_folder(tmp_path / "records")


@pytest.fixture
def judge(folder: Folder) -> Callable[..., Decision]:
    """A function that keeps what somebody says of an event: `judge("ada", "accept", "attack")`."""

    def keep(by: str, verdict: str, rule: str, page: str = "one", **changes: Any) -> Decision:
        record, event = _find(folder, page, rule)
        coded = describe_event(record, event)
        final, note = changes.pop("final", False), changes.pop("note", "")
        account = replace(coded, **changes) if verdict == "correct" else None
        return open_log(folder).add(
            Decision(by, verdict, page, point_at(record, event), coded, account, note=note, final=final)
        )

    return keep


def _find(folder: Folder, page: str, rule: str) -> tuple[Record, Event]:
    record = folder.record(page)
    assert record is not None
    return record, next(event for event in record.events if event.rule == rule)


def _add_missed(folder: Folder, by: str) -> None:
    """Keep an event that the coder does not find: the jeering crowd."""
    record = folder.record("two")
    assert record is not None
    at = record.page.text.index("jeered")
    trigger, span = (at, at + 6), (record.page.text.index("Crowds"), len(record.page.text))
    account = Account("PROTEST", "demo", "actual", "PROTEST/demo", "141", (), (), trigger, span)
    open_log(folder).add(
        Decision(by, "add", "two", anchor_words(record, trigger, span, "PROTEST"), None, account)
    )


def test_the_log_only_ever_grows(folder: Folder, judge: Any) -> None:
    first, second = judge("ada", "accept", "attack"), judge("ada", "refuse", "attack", note="no town")
    log = open_log(folder)
    assert [one.number for one in log.read()] == [first.number, second.number] == [1, 2]
    assert log.length == 2
    assert log.read()[1] == second
    with sqlite3.connect(log.path) as connection:
        assert connection.execute("pragma journal_mode").fetchone() == ("wal",)
        for change in ("update decisions set by = 'eve'", "delete from decisions"):
            with pytest.raises(sqlite3.IntegrityError, match="never"):
                connection.execute(change)
    connection.close()


@pytest.mark.parametrize(
    ("decision", "message"),
    [
        (Decision("", "read", "one"), "needs a name"),
        (Decision("ada", "maybe", "one"), "expected one of"),
        (Decision("ada", "read", "one", note="x" * 3000), "2000 are taken"),
        (Decision("ada", "correct", "one"), "say what it is"),
        (Decision("ada", "merge", "one"), "name the reports"),
    ],
)
def test_a_decision_that_says_too_little_is_told(tmp_path: Path, decision: Decision, message: str) -> None:
    with pytest.raises(ReviewError, match=message):
        Log(tmp_path / "review.sqlite").add(decision)


def test_a_file_that_is_no_log_is_told(folder: Folder) -> None:
    open_log(folder).path.write_text("no database at all, only words of some length" * 20)
    with pytest.raises(ReviewError, match=r"review\.sqlite"):
        review_folder(folder)


def test_a_later_decision_takes_the_place_of_an_earlier_one(folder: Folder, judge: Any) -> None:
    judge("ada", "accept", "attack")
    judge("ada", "refuse", "attack", note="a drill")
    (case,) = review_folder(folder).cases
    assert (case.standing, case.account) == ("refused", None)
    assert [str(one) for one in case.differences] == ["event: coder ASSAULT, person none"]
    judge("ada", "withdraw", "attack")
    assert review_folder(folder).cases == ()


def test_a_correction_says_in_what_the_coder_differs(folder: Folder, judge: Any) -> None:
    judge("ada", "correct", "arrest", status="planned", cameo="173")
    (case,) = review_folder(folder).cases
    assert case.standing == "corrected"
    assert [one.field for one in case.differences] == ["status"]


def test_decisions_outlive_recoding(folder: Folder, judge: Any, tmp_path: Path) -> None:
    judge("ada", "refuse", "visit", note="a drive")
    judge("ada", "accept", "attack")
    own = tmp_path / "own.toml"
    own.write_text(
        '[[entry]]\nkey = "visit"\ncode = "042"\nverbs = ["sojourn in"]\n'
        'yes = ["The Kenyan president sojourned in Uganda."]\n'
        '[[entry]]\nkey = "attack"\ncode = "190"\nact = "ASSAULT/raid"\nverbs = ["attack"]\n'
        'yes = ["Rebels attacked the town."]\n'
    )
    _code(tmp_path, tmp_path / "records", settings=Settings(codebooks=(str(own),)), recode=True)
    cases = {case.words: case for case in review_folder(open_folder(tmp_path / "records")).cases}
    assert cases["visited"].standing == "refused"
    assert cases["attacked"].event is not None
    assert [one.field for one in cases["attacked"].differences] == ["mode", "PLOVER"]


def test_a_decision_follows_its_sentence_when_the_page_has_grown(folder: Folder, judge: Any) -> None:
    kept = judge("ada", "accept", "attack")
    record, _ = _find(folder, "one", "attack")
    from onrecord import read_text

    grown = read_text("\n\n" + record.page.text, kind="passage")
    grown = replace(grown, page=replace(grown.page, id="one"))
    (case,) = settle_review([kept], lambda pages: [grown]).cases
    assert case.event is not None
    assert case.differences == ()
    gone = replace(grown, page=replace(grown.page, text="Nothing is left of it."))
    (case,) = settle_review([kept], lambda pages: [gone]).cases
    assert case.is_lost


def test_two_persons_differ_until_somebody_settles_it(folder: Folder, judge: Any) -> None:
    judge("ada", "accept", "attack")
    judge("ben", "refuse", "attack")
    assert review_folder(folder).cases[0].standing == "disputed"
    judge("cleo", "refuse", "attack", final=True)
    (case,) = review_folder(folder).cases
    assert case.standing == "refused"
    assert [one.by for one in case.opinions] == ["ada", "ben", "cleo"]


def test_agreement_is_told_for_all_types_and_for_each(folder: Folder, judge: Any) -> None:
    for rule, second in (("attack", "accept"), ("arrest", "accept"), ("visit", "refuse")):
        judge("ada", "accept", rule)
        judge("ben", second, rule)
    _add_missed(folder, "ada")
    before = measure_agreement(review_folder(folder))
    assert (before[0].type, before[0].events, before[0].agreed) == ("all types", 3, 2)
    open_log(folder).add(Decision("ben", "read", "two"))
    after = {one.type: one for one in measure_agreement(review_folder(folder))}
    assert (after["all types"].events, after["all types"].agreed) == (4, 2)
    assert after["ASSAULT"].kappa == 1.0
    assert after["PROTEST"].kappa == 0.0


def test_kappa_and_interval_are_those_of_the_books() -> None:
    # the example of Cohen's kappa in most textbooks: 20, 5, 10 and 15 of 50 answers, kappa .4
    pairs = [("y", "y")] * 20 + [("y", "n")] * 5 + [("n", "y")] * 10 + [("n", "n")] * 15
    assert cohen_kappa(pairs)[2] == pytest.approx(0.4)
    assert cohen_kappa([("y", "y")])[2] is None
    share = rate_share(1, 10)
    assert (share.low, share.high) == (0.018, 0.404)
    assert rate_share(0, 0).value is None


def test_precision_and_recall_count_what_was_judged(folder: Folder, judge: Any) -> None:
    judge("ada", "accept", "attack", "two")
    judge("ada", "refuse", "attack", "one")
    _add_missed(folder, "ada")
    open_log(folder).add(Decision("ada", "read", "two"))
    scores = {one.type: one for one in measure_precision(review_folder(folder))}
    assert (scores["ASSAULT"].precision.hits, scores["ASSAULT"].precision.total) == (1, 2)
    assert (scores["ASSAULT"].recall.hits, scores["ASSAULT"].recall.total) == (1, 1)
    assert (scores["PROTEST"].recall.hits, scores["PROTEST"].recall.total) == (0, 1)
    assert scores["all types"].recall.value == 0.5


def _join(folder: Folder, verdict: str, *pages: str) -> Any:
    anchors = tuple(point_at(*_find(folder, page, "attack")) for page in pages)
    open_log(folder).add(Decision("ada", verdict, pages[0], reports=anchors, note="seen both"))
    incidents = join_folder(folder, folder.links(), review_folder(folder))
    attacks = [one for one in incidents if one.act.type == "ASSAULT"]
    assert len({one.id for one in incidents}) == len(incidents)
    return attacks


def test_incidents_are_split_and_merged(folder: Folder) -> None:
    (both,) = (one for one in folder.incidents() if one.act.type == "ASSAULT")
    assert both.independent == 2
    parted = _join(folder, "split", "two")
    assert [len(one.reports) for one in parted] == [1, 1]
    assert both.id in {one.id for one in parted}
    (joined,) = _join(folder, "merge", "one", "two")
    assert (joined.id, len(joined.reports), joined.independent) == (both.id, 2, 2)
    assert joined.why[0].reasons == ("joined by ada: seen both",)


def run(*args: str) -> Result:
    done = CliRunner().invoke(main, ["review", *args], terminal_width=200)
    assert done.exit_code == 0, done.output
    return done


def test_exported_cases_run_as_a_codebook(folder: Folder, judge: Any, tmp_path: Path) -> None:
    judge("ada", "accept", "arrest")
    judge("ada", "refuse", "visit")
    judge("ada", "correct", "attack", status="planned")
    judge("ada", "accept", "troop withdrawal", "three")
    _add_missed(folder, "ada")
    run("export", folder.disk.name, "--out", str(tmp_path / "out"))
    cases = tmp_path / "out" / "cases.toml"
    problems = check_file(str(cases))
    assert [line for line in problems if "has no sentence to try" not in line] == []
    trials = {(trial.key, trial.wanted): trial for trial in try_sentences(str(cases))}
    assert trials["arrest", True].passed
    assert trials["attack", True].passed
    assert trials["troop withdrawal", True].passed
    assert not trials["visit", False].passed  # what a person refused, the coder still reads
    assert "jeered" in cases.read_text(encoding="utf-8")


def test_exported_gold_has_the_form_that_scorers_read(folder: Folder, judge: Any, tmp_path: Path) -> None:
    judge("ada", "accept", "arrest")
    judge("ada", "refuse", "visit")
    judge("ada", "accept", "attack", "two")
    _add_missed(folder, "ada")
    _join(folder, "split", "two")
    run("export", folder.disk.name, "--out", str(tmp_path))
    codes = _read_gold(tmp_path / "codes.jsonl")
    assert [len(page["gold"]["events"]) for page in codes] == [1, 0, 1, 1]
    for page in codes:
        for event in page["gold"]["events"]:
            assert event["root"] == event["cameo"][:2]
            assert page["text"][slice(*event["event_spans"][0])] in ("arrested", "attacked", "jeered")
    arrest = codes[0]["gold"]["events"][0]
    assert (arrest["source"], arrest["target"], arrest["plover"]) == ("KEN", "UGA", ["COERCE"])
    assert codes[0]["text"][slice(*arrest["target_span"])].endswith("officials")
    facts = _read_gold(tmp_path / "factuality.jsonl")
    assert [event["factuality"] for page in facts for event in page["gold"]["events"]] == [3.0, 3.0, 3.0]
    pages = _read_gold(tmp_path / "incidents.jsonl")
    assert {page["id"] for page in pages} == {"two"}
    mention = pages[0]["gold"]["mentions"][0]
    assert pages[0]["text"][slice(*mention["spans"][0])] == "attacked"


def _read_gold(path: Path) -> list[dict[str, Any]]:
    """Read a gold file as the scorers and `onrecord read` do: a page a line, `gold` beside its fields."""
    pages = [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]
    for page in pages:
        assert {"id", "text", "published", "kind", "gold"} <= set(page)
    return pages


@pytest.mark.parametrize("name", ["list", "log", "agreement", "precision"])
def test_the_command_prints_what_the_workbench_shows(folder: Folder, judge: Any, name: str) -> None:
    judge("ada", "accept", "attack")
    judge("ben", "refuse", "attack")
    rows = json.loads(run(name, folder.disk.name, "--format", "json").stdout)
    assert rows
    assert len(run(name, folder.disk.name, "--format", "csv").stdout.splitlines()) == len(rows) + 1
    assert run(name, folder.disk.name).stdout


def test_a_folder_without_review_has_empty_tables(folder: Folder) -> None:
    assert json.loads(run("list", folder.disk.name, "--format", "json").stdout) == []
    assert not open_log(folder).path.exists()


def test_incidents_are_printed_as_persons_joined_them(folder: Folder) -> None:
    def count(*options: str) -> int:
        done = CliRunner().invoke(main, ["incidents", folder.disk.name, "--format", "json", *options])
        assert done.exit_code == 0, done.output
        return len(json.loads(done.stdout)["incidents"])

    before = count()
    _join(folder, "split", "two")
    assert (count(), count("--reviewed")) == (before, before + 1)
