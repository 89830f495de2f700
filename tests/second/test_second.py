"""A second reader on the wire: what is kept is grounded, what is hostile is counted, nothing is lost."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
import tomllib
from functools import partial
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from onrecord.cli.main import main
from onrecord.review import measure_agreement, measure_precision, open_log, review_folder
from onrecord.second import Choice, choose_questions, list_readers, measure_reader
from onrecord.second.choose_questions import gives_orders
from onrecord.second.frame_question import CHOICES, MOST_TOKENS
from onrecord.second.measure_reader import tabulate_gains
from onrecord.store import Folder

LETTER = re.compile(r"^([A-F])\. (.+)$", re.MULTILINE)
Wire = Any  # the server of conftest.py
QUOTE = "Rebels attacked the town of Goma"


def chat(text: str, **usage: int) -> bytes:
    body: dict[str, Any] = {"choices": [{"message": {"role": "assistant", "content": text}}]}
    return json.dumps(body | ({"usage": usage} if usage else {})).encode()


def letter_of(asked: dict[str, Any], choice: str) -> str:
    return next(
        one for one, told in LETTER.findall(asked["messages"][0]["content"]) if told == CHOICES[choice]
    )


def says(asked: dict[str, Any], choice: str, **changes: Any) -> bytes:
    """Return an answer with a quote that stands in every window of the first page."""
    said = {"quote": QUOTE, "answer": letter_of(asked, choice), "type": "none", "status": "none"} | changes
    return chat(json.dumps(said))


def run(folder: Folder, *args: str, **env: str) -> Result:
    call = ["second", folder.disk.name, "--model", "m", *args]
    return CliRunner().invoke(main, call, env=env)


def ask(folder: Folder, wire: Wire, *args: str) -> Result:
    return run(folder, "--endpoint", wire.url, "--yes", *args)


def test_judgements_stand_in_the_log_and_settle_nothing(folder: Folder, wire: Wire) -> None:
    before = [record.page.id for record in folder.records()], folder.state
    wire.sends = lambda asked, number: (200, says(asked, "sense"))
    done = ask(folder, wire)
    assert done.exit_code == 0, done.output
    (by,) = {one.by for one in open_log(folder).read()}
    assert by == "m (event-1)"
    review = review_folder(folder)
    assert {case.standing for case in review.cases} == {"advised"}
    assert measure_precision(review)[0].precision.total == 0
    assert before == ([record.page.id for record in folder.records()], folder.state)


def test_it_is_measured_against_persons(folder: Folder, wire: Wire) -> None:
    from dataclasses import replace

    wire.sends = lambda asked, number: (200, says(asked, "sense"))
    ask(folder, wire)
    log = open_log(folder)
    first, *rest = log.read()
    log.add(replace(first, by="ada", verdict="refuse", by_model=False))
    log.add(replace(rest[0], by="ada", verdict="accept", by_model=False))
    found = measure_agreement(review_folder(folder))[0]
    assert ((found.first, found.second), found.events, found.agreed) == (("ada", "m (event-1)"), 2, 1)
    done = run(folder, "--replay")
    assert "precision 1 of 2: 0.50" in done.stdout
    assert "right events held 0 of 1: 0.00" in done.stdout
    assert sorted({case.standing for case in review_folder(folder).cases}) == [
        "accepted",
        "advised",
        "refused",
    ]


def test_what_following_it_would_change_is_told_with_recall(folder: Folder, wire: Wire) -> None:
    from dataclasses import replace

    wire.sends = lambda asked, number: (200, says(asked, "sense" if number == 1 else "right"))
    ask(folder, wire, "--twice", "0")
    log = open_log(folder)
    assert tabulate_gains(map(partial(measure_reader, review_folder(folder)), ["m (event-1)"]))[1] == (
        ("m (event-1)", 0, 0, None, None, None, None, None, None),
    )
    decisions = [one for one in log.read() if one.page == "one"]
    for one in decisions:
        log.add(replace(one, by="ada", verdict="accept", by_model=False))
    log.add(replace(decisions[0], by="ada", verdict="read", by_model=False))
    review = review_folder(folder)
    assert list_readers(review) == ("m (event-1)",)
    gain = measure_reader(review, "m (event-1)")
    total = len(decisions)
    assert (gain.before.hits, gain.after.hits, gain.held.hits) == (total, total - 1, total - 1)
    assert (gain.recall_before.total, gain.recall_before.hits) == (total, total)
    assert gain.recall_after.hits == total - 1
    assert gain.agreed == total - 1
    assert "if its refusals were followed" in run(folder, "--replay", "--twice", "0").stdout


def test_a_replay_gives_the_same_bytes_and_sends_nothing(folder: Folder, wire: Wire) -> None:
    wire.sends = lambda asked, number: (200, says(asked, "right") if number % 2 else chat("Quizas."))
    first = ask(folder, wire)
    sent, lines = len(wire.asked), open_log(folder).length
    again = run(folder, "--replay")
    assert (again.exit_code, again.stdout) == (0, first.stdout)
    assert (len(wire.asked), open_log(folder).length) == (sent, lines)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('{"quote": "Rebels', "no JSON"),
        ("Sí, el evento es correcto.", "no JSON"),
        ("[" * 5000, "no JSON"),
        (
            '{"quote": "Rebels", "answer": "A", "type": "none", "status": "none", "do": "rm"}',
            "not of the schema",
        ),
        ('{"quote": "Rebels", "answer": "AB", "type": "none", "status": "none"}', "not of the schema"),
        ('{"quote": ["Rebels"], "answer": "A", "type": "none", "status": "none"}', "not of the schema"),
        ('{"quote": "Rebeldes", "answer": "A", "type": "none", "status": "none"}', "quote not in the text"),
        ('{"quote": " ", "answer": "A", "type": "none", "status": "none"}', "quote not in the text"),
    ],
)
def test_a_hostile_answer_is_counted_and_thrown_away(
    folder: Folder, wire: Wire, text: str, reason: str
) -> None:
    wire.sends = lambda asked, number: (200, chat(text))
    done = ask(folder, wire, "--sample", "1", "--twice", "0")
    assert f"  {reason}: 1\n" in done.stdout
    assert open_log(folder).length == 0


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b'{"choices": [{"mess', "no answer of a chat server"),
        (b"\xff\xfe<html>", "no answer of a chat server"),
        (b'{"choices": [{"message": {"content": null}}]}', "no answer of a chat server"),
        (b"a" * 1_000_000, "endless"),
    ],
)
def test_a_hostile_body_is_counted_too(folder: Folder, wire: Wire, data: bytes, reason: str) -> None:
    wire.sends = lambda asked, number: (200, data)
    done = ask(folder, wire, "--sample", "1", "--twice", "0")
    assert f"  {reason}: 1\n" in done.stdout
    assert open_log(folder).length == 0


def test_an_answer_that_never_ends_is_broken_off(folder: Folder, wire: Wire) -> None:
    wire.chokes, wire.sends = True, lambda asked, number: (200, b"")
    done = ask(folder, wire, "--sample", "1", "--twice", "0", "--timeout", "1")
    assert "  endless: 1\n" in done.stdout


def test_a_busy_server_is_asked_again_and_a_refusal_is_told(folder: Folder, wire: Wire) -> None:
    wire.sends = lambda asked, number: (429, b"") if number == 1 else (200, says(asked, "right"))
    assert ", 1 kept" in ask(folder, wire, "--sample", "1", "--twice", "0").stdout
    wire.sends = lambda asked, number: (401, b"bad key s3cret")
    done = run(folder, "--endpoint", wire.url, "--yes", "--key-env", "MY_KEY", MY_KEY="s3cret")
    assert done.exit_code == 1
    assert "401: bad key ***" in done.stderr
    assert "s3cret" not in done.output
    assert wire.headers[-1]["Authorization"] == "Bearer s3cret"
    home = Path(folder.disk.name)
    assert not any(b"s3cret" in one.read_bytes() for one in home.rglob("*") if one.is_file())


def test_a_budget_is_a_hard_stop(folder: Folder, wire: Wire) -> None:
    wire.sends = lambda asked, number: (200, says(asked, "right"))
    (item, *_), _ = choose_questions(folder.records(), Choice(twice=0))
    enough = item[0].tokens + MOST_TOKENS + 10
    done = ask(folder, wire, "--budget", str(enough), "--twice", "0")
    assert (done.exit_code, len(wire.asked)) == (1, 1)
    assert f"the budget of {enough} tokens is used up" in done.stderr
    ask(folder, wire, "--twice", "0")
    assert len(wire.asked) == len(choose_questions(folder.records(), Choice(twice=0))[0])


def test_an_endpoint_that_lies_about_tokens_is_counted_by_us(folder: Folder, wire: Wire) -> None:
    wire.sends = lambda asked, number: (200, chat("x" * 600, total_tokens=-5))
    done = ask(folder, wire, "--sample", "1", "--twice", "0")
    (item,), _ = choose_questions(folder.records(), Choice(sample=1, twice=0))
    assert f"of {item[0].tokens + 200} tokens" in done.stdout


def test_an_answer_that_follows_the_order_of_options_is_thrown_away(folder: Folder, wire: Wire) -> None:
    said = '{"quote": "%s", "answer": "A", "type": "CONSULT", "status": "denied"}' % QUOTE  # noqa: UP031
    wire.sends = lambda asked, number: (200, chat(said))
    done = ask(folder, wire, "--twice", "1")
    twice, flipped = re.findall(r"asked twice: (\d+), .*: (\d+)", done.stdout)[0]
    assert twice == flipped != "0"
    assert open_log(folder).length == 0


def test_a_page_that_speaks_to_a_model_is_not_sent(folder: Folder, wire: Wire) -> None:
    wire.sends = lambda asked, number: (200, says(asked, "right"))
    done = ask(folder, wire)
    assert "the text speaks to a model: 1" in done.stdout
    assert wire.asked
    assert not any("Ignore all" in json.dumps(asked) for asked in wire.asked)


def test_words_that_speak_to_a_model_are_told_from_news() -> None:
    for row in tomllib.loads((files("onrecord.second") / "orders.toml").read_text(encoding="utf-8"))["entry"]:
        assert all(map(gives_orders, row["yes"])), row
        assert not any(map(gives_orders, row["no"])), row


def test_nothing_is_sent_unless_asked(folder: Folder, wire: Wire) -> None:
    assert run(folder).exit_code == 2
    call = ["second", folder.disk.name, "--model", "m", "--endpoint", wire.url]
    done = CliRunner().invoke(main, call, input="n\n")
    assert done.exit_code == 1
    assert re.search(r"\d+ requests, about [\d,]+ tokens", done.stderr)
    assert "names of sources and targets" in done.stderr
    assert wire.asked == []


def test_what_is_corrected_is_a_closed_choice(folder: Folder, wire: Wire) -> None:
    wire.sends = lambda asked, number: (200, says(asked, "status", status="denied"))
    ask(folder, wire, "--types", "ASSAULT", "--twice", "0")
    (one,) = open_log(folder).read()
    assert one.account is not None
    assert (one.verdict, one.account.status, one.account.type) == ("correct", "denied", "ASSAULT")


def test_a_missed_event_is_suggested(folder: Folder, wire: Wire) -> None:
    said = {"quote": "harvest of tea", "type": "AID", "status": "actual"}
    wire.sends = lambda asked, number: (200, says(asked, "told", **said))
    done = ask(folder, wire, "--missed", "--twice", "0")
    (one,) = open_log(folder).read()
    assert one.anchor is not None, done.output
    assert (one.by, one.verdict, one.anchor.words) == ("m (missed-1)", "add", "harvest of tea")
    (case,) = review_folder(folder).cases
    assert (case.standing, case.words) == ("advised", "harvest of tea")


def test_a_killed_run_loses_no_answer(folder: Folder, wire: Wire) -> None:
    def send(asked: dict[str, Any], number: int) -> tuple[int, bytes]:
        if number == 2:
            time.sleep(5)
        return 200, says(asked, "right")

    wire.sends = send
    code = "from onrecord.cli.main import main; main()"
    call = ["second", folder.disk.name, "--model", "m", "--endpoint", wire.url, "--yes", "--twice", "0"]
    process = subprocess.Popen([sys.executable, "-c", code, *call], env=dict(os.environ))
    end = time.monotonic() + 60
    while len(wire.asked) < 2 and time.monotonic() < end:
        time.sleep(0.05)
    process.send_signal(signal.SIGKILL)
    process.wait()
    done = run(folder, "--replay", "--twice", "0")
    assert ", 1 kept" in done.stdout
    asked = len(wire.asked)
    wire.sends = lambda asked, number: (200, says(asked, "right"))
    ask(folder, wire, "--twice", "0")
    assert len(wire.asked) - asked == len(choose_questions(folder.records(), Choice(twice=0))[0]) - 1


def test_the_prompt_is_shown() -> None:
    done = CliRunner().invoke(main, ["second", "--show-prompt"])
    assert done.stdout.startswith("# event-1\n")
    assert "$data" in done.stdout
