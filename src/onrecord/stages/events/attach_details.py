from __future__ import annotations

from dataclasses import dataclass, replace

from onrecord.grammar import children_with, subtree, token_span, tokens_span
from onrecord.mentions import Mentioned, MentionIndex
from onrecord.records import Draft, Event, Quantity, Sentence, Span, Statement, Time
from onrecord.stages.events.event_words import words_of
from onrecord.stages.events.match_entries import CLAUSES
from onrecord.stages.events.write_event import Coded
from onrecord.words import Token

INSIDE = ("in", "at", "near", "on", "outside", "inside", "around", "across", "over")
ALONG = ("through", "off", "into", "to", "from")
"""Prepositions of the place of an act: first those that it lies in, then those of its way."""
HAPPENED = ("actual", "ongoing")


@dataclass(frozen=True, slots=True)
class Details:
    """What earlier stages found on the page, by where it stands."""

    draft: Draft
    times: MentionIndex[Time | Quantity]
    places: MentionIndex[Mentioned]
    statements: tuple[tuple[Span, Statement], ...]


def index_statements(draft: Draft) -> tuple[tuple[Span, Statement], ...]:
    """Return the content spans of the statements, the shortest first."""
    spans = [(span, statement) for statement in draft.statements for span in statement.content]
    return tuple(sorted(spans, key=lambda pair: (pair[0][1] - pair[0][0], pair[0])))


def attach_details(event: Event, item: Coded, sentence: Sentence, details: Details) -> Event:
    """Return an event with its place, time, numbers and the statement that reports it."""
    words = clause_words_of(item)
    time = find_time(item, sentence, details)
    start, end, why = date_event(event, time, details)
    dead, injured, counted = (
        count_victims(item, sentence, details) if event.act.type == "ASSAULT" else (None, None, ())
    )
    return replace(
        event,
        place=find_place(words, sentence, details),
        time=time.id if time else None,
        start_date=start,
        end_date=end,
        statement=find_statement(event, details),
        quantities=quantities_in(item, sentence, details, counted),
        dead=dead,
        injured=injured,
        why=event.why + why,
    )


def clause_words_of(item: Coded) -> list[Token]:
    """Return the words that stand round an event: what depends on its word, its support verb, its trigger."""
    heads = [item.word, item.trigger, *([item.support] if item.support is not None else [])]
    seen: dict[int, Token] = {}
    for head in heads:
        for token in subtree(head, CLAUSES):
            seen.setdefault(token.i, token)
    return [seen[i] for i in sorted(seen)]


def find_place(words: list[Token], sentence: Sentence, details: Details) -> str | None:
    """Return the id of the place that a preposition of place of the event brings."""
    for order in (INSIDE, ALONG):
        for token in words:
            if token.dep_ == "pobj" and token.head.lower_ in order:
                place = details.places.at(tokens_span(sentence, [token]))
                if place is not None:
                    return str(place.id)  # type: ignore[attr-defined]
    return None


def find_time(item: Coded, sentence: Sentence, details: Details) -> Time | None:
    """Return the date in the clause of an event; one after the day of publication dates nothing done."""
    best: Time | None = None
    clause = item.clause
    published = details.draft.page.published or "9999"
    for span, time in details.times.within((sentence.start, sentence.end)):
        if not isinstance(time, Time) or time.type not in ("DATE", "TIME") or time.start is None:
            continue
        if item.status in HAPPENED and time.start > published:
            continue
        head = token_at(sentence, span[0])
        if head is not None and (_same_clause(head, clause) or _same_clause(head, item.word)):
            best = best or time
    return best


def token_at(sentence: Sentence, offset: int) -> Token | None:
    """Return the token of a sentence that covers an offset of the page."""
    low, high = 0, len(sentence.tokens) - 1
    at = offset - sentence.offset
    while low <= high:
        middle = (low + high) // 2
        token = sentence.tokens[middle]
        if token.idx + len(token.text) <= at:
            low = middle + 1
        elif token.idx > at:
            high = middle - 1
        else:
            return token
    return None


def _same_clause(token: Token, clause: Token) -> bool:
    current = token
    for _ in range(20):
        if current == clause:
            return True
        if current.pos_ in ("VERB", "AUX") or current.head == current:
            return False
        current = current.head
    return False


def date_event(
    event: Event, time: Time | None, details: Details
) -> tuple[str | None, str | None, tuple[str, ...]]:
    """Return first and last day of an event: its time expression, else the day of publication."""
    if time is not None:
        return time.start, time.end, (f"date: {time.id}",)
    published = details.draft.page.published
    if event.status in HAPPENED and published:
        return published, published, ("date: of publication",)
    return None, None, ()


def find_statement(event: Event, details: Details) -> str | None:
    """Return the id of the innermost statement whose content covers the trigger."""
    start, end = event.trigger
    for span, statement in details.statements:
        if span[0] <= start and end <= span[1]:
            return statement.id
    return None


def count_victims(
    item: Coded, sentence: Sentence, details: Details
) -> tuple[int | None, int | None, tuple[str, ...]]:
    """Return how many an attack killed and wounded, by verbs in its clause, and the ids of the numbers."""
    counts: dict[str, int] = {}
    used: list[str] = []
    for token in _near_verbs(item):
        kind = _harm_of(token)
        if not kind or kind in counts:
            continue
        for thing in _victims_of(token):
            quantity = _quantity_in(thing, sentence, details)
            if quantity is not None and quantity.value is not None:
                counts[kind] = int(quantity.value)
                used.append(quantity.id)
    return counts.get("dead"), counts.get("injured"), tuple(used)


def _harm_of(verb: Token) -> str:
    if verb.lemma_ in words_of("killing"):
        return "dead"
    return "injured" if verb.lemma_ in words_of("injuring") else ""


def _victims_of(verb: Token) -> list[Token]:
    labels = ("dobj", "nsubjpass", "nsubj") if verb.lemma_ in words_of("dying") else ("dobj", "nsubjpass")
    return children_with(verb, *labels)


def _near_verbs(item: Coded) -> list[Token]:
    found = [item.word]
    for token in item.clause.subtree:
        if token.pos_ == "VERB" and token != item.word:
            found.append(token)
    if item.word.dep_ in ("advcl", "conj", "pobj", "acl", "relcl") and item.clause.head.pos_ == "VERB":
        found.append(item.clause.head)
    return found


def _quantity_in(thing: Token, sentence: Sentence, details: Details) -> Quantity | None:
    span = tokens_span(sentence, subtree(thing, CLAUSES))
    for quantity in details.draft.quantities:
        if span[0] <= quantity.mention[0] and quantity.mention[1] <= span[1] and quantity.unit is None:
            return quantity
    return None


def quantities_in(
    item: Coded, sentence: Sentence, details: Details, counted: tuple[str, ...]
) -> tuple[str, ...]:
    """Return the ids of the quantities that stand in an event's clause."""
    if not details.draft.quantities:
        return ()
    spans = [token_span(sentence, token) for token in clause_words_of(item)]
    low, high = spans[0][0], spans[-1][1]
    found = list(counted)
    for quantity in details.draft.quantities:
        if low <= quantity.mention[0] and quantity.mention[1] <= high and quantity.id not in found:
            found.append(quantity.id)
    return tuple(sorted(found, key=lambda name: int(name[1:]) if name[1:].isdigit() else 0))
