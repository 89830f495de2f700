"""What the readings for people say of the comments of a page, taken together."""

from __future__ import annotations

from dataclasses import replace

from rich.console import Console

import onrecord
from onrecord.exports.describe import Describer
from onrecord.exports.html import render_html
from onrecord.exports.say_event import say_event, told_again
from onrecord.exports.tell_evidence import tell_trace
from onrecord.exports.terminal import render_reading
from onrecord.exports.why import explain_page
from onrecord.records import Evidence, Record
from onrecord.web.show_page import find_cues

SAID = (
    "Angela Merkel is a coward, and you are an idiot.",
    "Angela Merkel is a genius.",
    "Emmanuel Macron will fly to Kiev by June.",
    "Russia bombed Aleppo on Monday.",
)


def argued() -> Record:
    comments = [{"id": str(n), "author": f"Reader {n}", "text": text} for n, text in enumerate(SAID)]
    (record,) = onrecord.read_many([{"text": "", "comments": comments}])
    return record


def test_the_terminal_sums_up_the_comments() -> None:
    console = Console(width=200, no_color=True)
    with console.capture() as capture:
        console.print(render_reading(argued()))
    text = capture.get()
    for line in (
        "Comments: 4, 1 of them abusive",
        "Angela Merkel: 1 for, 1 against",
        "Reader 2 predicts: ",
        "claims that can be checked: Reader 3",
        "insult word 'idiot'",
    ):
        assert line in text, text


def test_the_html_sums_up_the_comments() -> None:
    text = render_html(argued())
    for piece in (
        '<th>Angela Merkel</th><td><span class="plus">1 for</span>',
        "<th>Reader 2 predicts</th>",
        '<th>claims that can be checked</th><td colspan="2">Reader 3</td>',
        '<th>abusive</th><td colspan="2">Reader 0</td>',
        "insult word &#39;idiot&#39;",
    ):
        assert piece in text, piece


def told(text: str, title: str | None = None) -> list[str]:
    page = f"{title}\n\n{text}" if title else text
    record = onrecord.read_text(page, title=title, published="2024-03-11")
    tell = Describer(record)
    return [say_event(tell, event) for event in record.events]


def test_an_event_is_a_sentence_that_a_person_would_say() -> None:
    assert "Militants opened fire near Dalmore on Sunday" in " | ".join(
        told("Militants opened fire near Dalmore on Sunday, police said.")
    )
    (first, second) = told("President Amos Karanja flew to Mogadishu on Monday. He met Yusuf Hersi there.")
    assert first.startswith("President Amos Karanja flew to Mogadishu")
    assert second.startswith("He [Amos Karanja] met Yusuf Hersi")


def test_who_acts_stands_behind_the_words_of_others() -> None:
    """`[rebels] The council condemned the shelling` would say that the rebels condemned it."""
    text = (
        "Rebels shelled the harbour of Kismayo on Sunday. The African Union condemned the shelling on Monday."
    )
    lines = [line for line in told(text) if "condemned" in line]
    assert lines
    assert not any(line.startswith("[") for line in lines)


def test_headline_and_lead_are_counted_once() -> None:
    title = "Rebels kill seven soldiers near Mosul"
    lead = "Rebels killed seven soldiers near Mosul on Sunday, the Iraqi government said."
    record = onrecord.read_text(
        f"{title}\n\n{lead}\n\nPolice in Oslo arrested two men.", published="2024-03-11"
    )
    (pair,) = told_again(record).items()
    console = Console(width=200, no_color=True)
    with console.capture() as capture:
        console.print(render_reading(record))
    text = capture.get()
    assert f"Events of the report: {len(record.events) - 1}" in text
    assert text.count("in headline and text") == 1
    assert pair[0] != pair[1]


def test_a_reading_shows_confidence_and_flags_the_day_of_publication() -> None:
    record = onrecord.read_text("Police in Oslo arrested two men.", published="2024-03-11")
    console = Console(width=200, no_color=True)
    with console.capture() as capture:
        console.print(render_reading(record))
    (event,) = record.events
    text = capture.get()
    assert f"{event.confidence:.2f}" in text
    assert "2024-03-11 (day of publication)" in " ".join(text.split())


def test_typed_evidence_is_told_in_sentences() -> None:
    record = onrecord.read_text("President Amos Karanja on Monday ordered the withdrawal of Kenyan troops.")
    (event, *_) = record.events
    at = record.page.text.index("ordered")
    proof = Evidence("order", "status", (at, at + 7), "ordered")
    typed = replace(event, evidence=(proof, Evidence("in the main clause", "weight", None, 0.5)), why=())
    lines = tell_trace(record, typed)
    assert lines == ['status ordered: "ordered" (order)', "weight +0.50: in the main clause"]
    changed = replace(record, events=(typed,))
    assert 'status ordered: "ordered" (order)' in explain_page(changed)
    assert find_cues(changed, typed) == [(at, at + 7)]
