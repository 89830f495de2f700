"""Who said what about whom: rows for a table, for the terminal and as CSV."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from rich.console import RenderableType
from rich.text import Text

from onrecord.exports.describe import Describer, count_of, shorten
from onrecord.exports.draw_table import build_table
from onrecord.records import Actor, Party, Record, Statement

Row = dict[str, Any]
"""A row of the view `statements_about`: one statement, with the actors that its words name."""
QUOTE_COLUMNS = (
    "page", "publisher", "published", "statement", "speaker", "speaker_code", "named_as", "via", "via_code",
    "within", "kind", "attitude", "cue", "words", "about", "about_codes",
)  # fmt: skip
LONGEST = 240
LONGEST_NAME = 60


def quote_rows(record: Record) -> Iterator[Row]:
    """Yield what is said on a page, in text order, as the view `statements_about` gives it for a folder."""
    tell, page = Describer(record), record.page
    for one in sorted(record.statements, key=lambda one: (one.content[0][0], one.id)):
        speaker, via = tell.actors.get(one.speaker or ""), tell.actors.get(one.via or "")
        yield {
            "page": page.id,
            "publisher": page.publisher,
            "published": page.published,
            "statement": one.id,
            "speaker": speaker.name if speaker else None,
            "speaker_code": speaker and speaker.cameo,
            "named_as": tell.words(one.speaker_mention),
            "via": via and via.name,
            "via_code": via and via.cameo,
            "within": one.within,
            "kind": one.kind,
            "attitude": one.attitude,
            "cue": tell.words(one.cue),
            "words": " … ".join(page.text[start:end] for start, end in one.content),
            "about": [{"name": party.name, "code": party.cameo} for party in _named_in(record.actors, one)],
        }


def _named_in(actors: Iterable[Actor], one: Statement) -> list[Party]:
    """Return the actors that the words of a statement name, its speaker left out, in text order."""
    found: dict[Party, int] = {}
    for actor in actors:
        if actor.id == one.speaker:
            continue
        starts = [s for s, e in actor.mentions if any(low <= s and e <= high for low, high in one.content)]
        if starts:
            party = Party(actor.name, actor.cameo)
            found[party] = min(*starts, found.get(party, starts[0]))
    return sorted(found, key=lambda party: (found[party], party.name))


def is_party(party: Party, asked: str) -> bool:
    """Return whether a party has a code that begins so, or a name with these words in it."""
    if asked.isupper() and party.cameo:
        return party.cameo.startswith(asked) or asked in party.name.split()
    return asked.lower() in party.name.lower()


def is_asked(row: Row, actor: str | None, about: str | None) -> bool:
    """Return whether a row is said by, or came through, an actor, and whether it is about another."""
    voices = ((row["speaker"] or row["named_as"], row["speaker_code"]), (row["via"], row["via_code"]))
    said = actor is None or any(name and is_party(Party(name, code), actor) for name, code in voices)
    return said and (
        about is None or any(is_party(Party(one["name"], one["code"]), about) for one in row["about"])
    )


def flatten_quotes(rows: Iterable[Row]) -> Iterator[tuple[object, ...]]:
    """Yield a row of CSV for each statement, those it is about joined by semicolons."""
    for row in rows:
        cells = row | {
            "words": shorten(row["words"]),
            "about": "; ".join(one["name"] for one in row["about"]),
            "about_codes": "; ".join(one["code"] or "" for one in row["about"]),
        }
        yield tuple(cells[name] for name in QUOTE_COLUMNS)


def _tell_speaker(row: Row) -> str:
    """Return the name of who speaks; of one without a name, the words that tell of them: `two officials`."""
    name, words = row["speaker"] or "", row["named_as"] or ""
    has_name = name[:1].isupper() or len(words) <= len(name)
    return shorten(name if has_name else words, LONGEST_NAME) or "?"


def render_quotes(rows: Sequence[Row]) -> RenderableType:
    """Return what was said as a table: when and where, by whom, through whom, about whom."""
    if not rows:
        return Text("No statements.", "dim")
    table = build_table(count_of(len(rows), "statement"), "when", "who", "said", "about", widths=(3, 4, 8, 4))
    for row in rows:
        via = f"\nvia {row['via']}" if row["via"] else ""
        table.add_row(
            Text.assemble(row["published"] or "?", (f"\n{row['page']}", "dim")),
            Text.assemble((_tell_speaker(row), "bold"), (via, "dim")),
            Text.assemble(
                shorten(row["words"], LONGEST),
                (f"\n{row['kind']} {row['attitude']}: {row['cue'] or '–'}", "dim"),
            ),
            ", ".join(one["name"] for one in row["about"]),
        )
    return table
