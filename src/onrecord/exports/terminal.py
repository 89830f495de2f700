from __future__ import annotations

from collections.abc import Iterator

from rich.console import Console, Group, RenderableType
from rich.panel import Panel
from rich.text import Text
from rich.tree import Tree

from onrecord.exports.describe import Describer, shorten
from onrecord.exports.draw_table import STATUS_STYLES, build_table
from onrecord.exports.say_event import say_event, told_again
from onrecord.records import Check, Event, Part, Record, Voice, name_reason

FLAG = 0.5
"""Abuse from which a comment is marked."""
LONGEST = 110
MOST = 8
"""Actors, and predictions, that the summary of the comments names."""


def print_reading(record: Record, console: Console) -> None:
    """Print the reading of a record for people: events, statements, numbers, commitments, the thread."""
    console.print(render_reading(record))


def render_reading(record: Record) -> RenderableType:
    """Return the reading of a record as rich renderables, empty sections left out."""
    tell = Describer(record)
    sections = [
        _heading(record),
        _events(tell),
        _statements(tell),
        _numbers(tell),
        _commitments(tell),
        _thread(tell),
        _voices(tell),
        _refused(record),
    ]
    return Group(*(section for section in sections if section is not None))


def _heading(record: Record) -> RenderableType:
    page = record.page
    title = next(
        (page.text[p.start : p.end] for p in record.parts if p.kind == "title"), page.title or page.id
    )
    facts = [page.publisher, page.published and f"published {page.published}", page.source, page.language]
    line = " · ".join(str(fact) for fact in facts if fact)
    return Panel(Text(line, "dim"), title=Text(" ".join(title.split()), "bold"), title_align="left")


def _events(tell: Describer) -> RenderableType | None:
    events = tell.record.events
    if not events:
        return Text("\nNo events found in the report.\n", "dim")
    twice = told_again(tell.record)
    shown = [event for event in events if event.id not in twice]
    title = f"Events of the report: {len(shown)}"
    table = build_table(
        title, "status", "what the report says", "where and when", "according to", "confidence",
        widths=(0, 6, 3, 3, 0),
    )  # fmt: skip
    for event in shown:
        again = "in headline and text" if event.id in twice.values() else ""
        table.add_row(
            Text(event.status, STATUS_STYLES[event.status]),
            Text.assemble(say_event(tell, event), "\n", (tell_codes(tell, event, again), "dim")),
            "\n".join(filter(None, (tell.where(event), tell.when(event)))),
            tell.chain(event),
            f"{event.confidence:.2f}",
        )
    return table


def tell_codes(tell: Describer, event: Event, *notes: str) -> str:
    """Return who acts on whom, the act and its codes: `rebels → soldiers · ASSAULT 190`."""
    sides = f"{tell.names(event.sources) or '?'} → {tell.names(event.targets) or '–'}"
    act = event.act.type.lower() + (f"/{event.act.mode}" if event.act.mode else "")
    code = tell.code(event)
    codes = code if code.lower().partition(" ")[0] == act else f"{act} · {code}"
    return " · ".join(filter(None, (sides, codes, *notes)))


def _statements(tell: Describer) -> RenderableType | None:
    voices = {part.id for part in tell.record.parts if part.kind == "comment"}
    kept = [s for s in tell.record.statements if s.part not in voices]
    if not kept:
        return None
    table = build_table(
        "Statements", "speaker", "cue", "what was said", "kind", "via", widths=(3, 3, 6, 0, 2)
    )
    for one in kept:
        via = tell.name(one.via)
        table.add_row(
            tell.speaker(one) or "?", tell.quote(one.cue), tell.content(one, LONGEST), one.kind, via
        )
    return table


def _numbers(tell: Describer) -> RenderableType | None:
    table = build_table("Numbers", "in the text", "value", "unit", "of", "check")
    for quantity in tell.record.quantities:
        failed = [
            c for c in tell.record.checks if quantity.mention in c.spans and c.verdict == "inconsistent"
        ]
        about = "about " if quantity.approximate else ""
        value = f"{about}{quantity.value:,.10g}" if quantity.value is not None else ""
        note = Text(failed[0].note, "bold red") if failed else Text("")
        table.add_row(tell.quote(quantity.mention), value, quantity.unit or "", quantity.of or "", note)
    others = [c for c in tell.record.checks if c.verdict == "inconsistent" and not _shown(tell, c)]
    rows: list[RenderableType] = [table] if tell.record.quantities else []
    rows += [Text(f"✗ {check.note}", "bold red") for check in others]
    return Group(*rows) if rows else None


def _shown(tell: Describer, check: Check) -> bool:
    return any(quantity.mention in check.spans for quantity in tell.record.quantities)


def _commitments(tell: Describer) -> RenderableType | None:
    if not tell.record.commitments:
        return None
    table = build_table("Commitments", "kind", "by", "what", "due")
    for one in tell.record.commitments:
        table.add_row(one.kind, tell.name(one.by) or "?", tell.pledge(one, LONGEST), one.due or "")
    return table


def _thread(tell: Describer) -> RenderableType | None:
    parts = [part for part in tell.record.parts if part.kind == "comment"]
    if not parts:
        return None
    voices = {voice.part: voice for voice in tell.record.comments}
    root = Tree(Text(f"Discussion: {len(parts)} comments", "bold"))
    branches: dict[str, Tree] = {}
    for part in _threaded(parts):
        parent = branches.get(part.reply_to or "", root)
        branches[part.id] = parent.add(_comment(tell, part, voices.get(part.id)))
    return root


def _threaded(parts: list[Part]) -> Iterator[Part]:
    """Yield comments so that each stands after the one it answers, whatever order the page has."""
    waiting, placed = list(parts), set[str]()
    known = {part.id for part in parts}
    while waiting:
        ready = [p for p in waiting if p.reply_to not in known or p.reply_to in placed]
        ready = ready or waiting  # a ring of replies is shown as it stands
        yield from ready
        placed |= {part.id for part in ready}
        waiting = [part for part in waiting if part.id not in placed]


def _comment(tell: Describer, part: Part, voice: Voice | None) -> Text:
    line = Text.assemble((tell.voice_name(part.id), "bold cyan"))
    if part.addressed_to:
        line.append(f" to {part.addressed_to}", "cyan")
    line.append("  " + tell.quote((part.start, part.end), LONGEST))
    if voice is None:
        return line
    if voice.abuse >= FLAG:
        line.append(f"  abuse {voice.abuse:.2f}", "bold red")
        line.append(f" ({shorten(tell.rude_words(voice), LONGEST)})", "red")
    for name, score in tell.stances(voice)[:4]:
        line.append(f"  {'+' if score > 0 else '−'}{name}", "green" if score > 0 else "red")
    if voice.claims:
        line.append(f"  {len(voice.claims)} claims", "dim")
    return line


def _voices(tell: Describer) -> RenderableType | None:
    """Return the comments taken together: who is supported and attacked, what is predicted and claimed."""
    voices = tell.record.voices
    if voices is None:
        return None
    lines = [Text(f"Comments: {voices.comments}, {len(voices.abusive)} of them abusive", "bold")]
    for name, plus, minus in tell.leanings()[:MOST]:
        line = Text(f"  {name}: ")
        line.append(f"{plus} for", "green" if plus else "dim")
        line.append(", ")
        line.append(f"{minus} against", "red" if minus else "dim")
        lines.append(line)
    lines += [Text(f"  {who} predicts: {what}", "magenta") for who, what in tell.predictions()[:MOST]]
    if voices.claims:
        lines.append(Text(f"  claims that can be checked: {tell.voice_names(voices.claims)}"))
    return Group(Text(""), *lines)


def _refused(record: Record) -> RenderableType | None:
    if not record.refused:
        return None
    counts: dict[str, int] = {}
    for refusal in record.refused:
        reason = name_reason(refusal)
        counts[reason] = counts.get(reason, 0) + 1
    most = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:5]
    reasons = "; ".join(f"{reason} ({count})" for reason, count in most)
    return Text(f"Rejected candidates: {len(record.refused)}. Most often: {reasons}", "dim")
