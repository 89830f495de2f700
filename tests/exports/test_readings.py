"""What the readings for people say of the comments of a page, taken together."""

from __future__ import annotations

from rich.console import Console

import onrecord
from onrecord.exports.html import render_html
from onrecord.exports.terminal import render_reading
from onrecord.records import Record

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
