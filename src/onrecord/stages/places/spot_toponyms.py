from __future__ import annotations

import itertools
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

from spacy.tokens import Doc, Token

from onrecord.lexicons.gazetteer import fold_name
from onrecord.records import Draft, Sentence, Span
from onrecord.stages.places.index_senses import (
    Sense,
    adjective_senses,
    known_senses,
    place_words,
    senses_of,
    short_divisions,
)

LONGEST = 7
"""Tokens of the longest name that is looked up."""
INNER = frozenset(
    [
        "of",
        "the",
        "de",
        "del",
        "la",
        "las",
        "los",
        "le",
        "les",
        "el",
        "al",
        "du",
        "des",
        "da",
        "do",
        "dos",
        "ez",
        "es",
        "an",
        "ash",
        "in",
        "on",
        "upon",
        "sur",
        "am",
        "di",
        "'",
        "-",
        "‑",
        "–",
        ".",
        "’s",
        "'s",
        "and",
        "&",
        ",",
        "'l",
    ]
)
PLACE_LABELS = ("GPE", "LOC", "FAC")
BIG_CITY = 400_000


@dataclass(slots=True)
class Toponym:
    """Words that may name a place."""

    span: Span
    part: str
    key: str
    text: str
    senses: tuple[Sense, ...]
    evidence: str | None = None
    """Why the words are taken for a place; None while nothing speaks for it."""
    against: str | None = None
    within: tuple[Sense, ...] = ()
    """What the text says the place lies in."""
    first: Token = field(default=None, repr=False)  # type: ignore[assignment]
    last: Token = field(default=None, repr=False)  # type: ignore[assignment]


def spot_toponyms(draft: Draft) -> Iterator[Toponym]:
    """Yield the words of a page that may name a place, in text order."""
    people = _person_spans(draft)
    starts = [start for start, _ in people]
    for sentence in draft.sentences:
        found = list(_spot_sentence(sentence))
        _link_containers(found)
        for toponym in found:
            _weigh_toponym(toponym, people, starts)
            yield toponym


def _person_spans(draft: Draft) -> list[Span]:
    return sorted(span for actor in draft.actors if actor.type == "person" for span in actor.mentions)


def _spot_sentence(sentence: Sentence) -> Iterator[Toponym]:
    tokens = list(sentence.tokens)
    at = 0
    while at < len(tokens):
        found = _longest_name(sentence, tokens, at) if _can_open(tokens[at]) else None
        if found is None:
            at += 1
            continue
        toponym, length = found
        yield toponym
        at += length


def _can_open(token: Token) -> bool:
    first = token.text[0]
    return first.isupper() or (first in "'‘’" and token.text[1:2].isupper()) or token.lower_ == "al"


def _longest_name(sentence: Sentence, tokens: list[Token], at: int) -> tuple[Toponym, int] | None:
    """Return the longest name that begins at a token and that some list knows."""
    doc = tokens[at].doc
    for length in range(_reach(tokens, at), 0, -1):
        first, last = tokens[at], tokens[at + length - 1]
        if not (last.text[0].isupper() or (length > 1 and last.lower_ in place_words("region_tail"))):
            continue
        text = doc.text[first.idx : last.idx + len(last)]
        senses, rule = _look_up(text, first, last, length)
        if senses or rule:
            start = sentence.offset + first.idx
            span = (start, start + len(text))
            return Toponym(
                span, sentence.part, fold_name(text), text, senses, rule, None, (), first, last
            ), length
    return _unknown_name(sentence, tokens, at)


def _reach(tokens: list[Token], at: int) -> int:
    """Return how many tokens from here on could belong to one name."""
    length = 1
    for token in tokens[at + 1 : at + LONGEST]:
        word = token.text
        if not (word[0].isupper() or token.lower_ in INNER or token.lower_ in place_words("region_tail")):
            break
        length += 1
    return length


def _look_up(text: str, first: Token, last: Token, length: int) -> tuple[tuple[Sense, ...], str | None]:
    if length == 1 or "." in text:
        short = short_divisions().get(text)
        if short is not None and (
            _follows_comma(first) or text in ("B.C.", "NSW", "N.S.W.") or text.count(".") > 1 or text == "Ky."
        ):
            return (short,), "abbreviated division"
    if length == 1:
        adjective = adjective_senses().get(text)
        if adjective is not None and fold_name(text) not in known_senses():
            return ((adjective,), "adjective") if _is_attributive(first) else ((), None)
        if text in place_words("not_place") and first.ent_type_ not in PLACE_LABELS:
            return (), None
        if len(text) <= 3 and text.isupper() and fold_name(text) not in known_senses():
            return (), None
        if text.islower() or (first.lower_ in ("us",) and text not in ("US",)):
            return (), None
    key = fold_name(text)
    if not key or len(key) < 2:
        return (), None
    if length == 1 and key in ("is", "it", "no", "us") and text != "US":
        return (), None
    return senses_of(key), None


def _follows_comma(token: Token) -> bool:
    return token.i > 1 and token.nbor(-1).text == "," and token.nbor(-2).text[0].isupper()


def _is_attributive(token: Token) -> bool:
    """Return whether an adjective of a country stands before the noun that it describes."""
    if token.i + 1 >= len(token.doc):
        return False
    after = token.nbor(1)
    if token.dep_ in ("amod", "compound", "nmod", "poss") and token.head.i > token.i:
        return token.tag_ not in ("NNS", "NNPS")
    return after.pos_ in ("NOUN", "PROPN", "ADJ") and token.tag_ in ("JJ", "NNP") and token.dep_ != "pobj"


def _unknown_name(sentence: Sentence, tokens: list[Token], at: int) -> tuple[Toponym, int] | None:
    """Return a name that no list knows but that the model takes for a place after `in`, `at` or `near`."""
    first = tokens[at]
    if first.ent_type_ not in PLACE_LABELS or first.ent_iob_ != "B" or first.text in place_words("not_place"):
        return None
    last = first
    while last.i + 1 < len(first.doc) and last.nbor(1).ent_iob_ == "I":
        last = last.nbor(1)
    length = last.i - first.i + 1
    if at + length > len(tokens) or not _after_lead_in(first) or not last.text[0].isupper():
        return None
    text = first.doc.text[first.idx : last.idx + len(last)]
    if any(c.isdigit() for c in text):
        return None
    start = sentence.offset + first.idx
    span = (start, start + len(text))
    key = fold_name(text)
    return Toponym(
        span, sentence.part, key, text, (), "named entity after a preposition", None, (), first, last
    ), length


def _after_lead_in(first: Token) -> bool:
    if first.i == 0:
        return False
    before = first.nbor(-1)
    if (
        before.lower_
        in ("the", "nearby", "downtown", "central", "northern", "southern", "eastern", "western")
        and first.i > 1
    ):
        before = first.nbor(-2)
    return before.lower_ in place_words("lead_in")


def _link_containers(found: list[Toponym]) -> None:
    """Note for `City, State` and for `City in Country` what the first lies in."""
    for one, other in itertools.pairwise(found):
        gap = one.first.doc.text[one.last.idx + len(one.last) : other.first.idx]
        if gap.strip() in (",", ", in", ", northern", ", southern", ", eastern", ", western") or gap in (
            " in ",
            " (",
        ):
            wide = tuple(s for s in other.senses if s.precision in ("country", "region"))
            if not wide or other.evidence == "adjective":
                continue
            inside = any(_lies_in(s, w) for s in one.senses for w in wide)
            if inside:
                one.within = wide
                if "," in gap or "(" in gap:
                    one.evidence = one.evidence or "name before its state or country"
                    other.evidence = other.evidence or "state or country after a name"
    for one, middle, _last in zip(found, found[1:], found[2:], strict=False):
        if (
            middle.within
            and one.last.i + 2 == middle.first.i
            and one.last.nbor(1).text == ","
            and not one.within
        ) and any(_lies_in(s, w) for s in one.senses for w in middle.within):
            one.within = middle.within


def _lies_in(inner: Sense, outer: Sense) -> bool:
    if inner.country is None or inner.country != outer.country or inner is outer:
        return False
    if outer.precision == "country":
        return True
    if outer.feature == "ADM1" and outer.admin:
        return inner.admin == outer.admin and inner.feature != "ADM1"
    return (
        outer.feature in ("ADM1", "ADM2", "RGN", "ISL")
        and abs(inner.lat - outer.lat) + abs(inner.lon - outer.lon) < 4
    )


def _weigh_toponym(toponym: Toponym, people: list[Span], starts: list[int]) -> None:
    """Fill in what speaks for and against a name being one of a place."""
    if toponym.evidence in ("adjective", "abbreviated division"):
        return
    first, last = toponym.first, toponym.last
    labels = {first.ent_type_, last.ent_type_}
    lead_in = _after_lead_in(first)
    toponym.against = _speaks_against(toponym, people, starts)
    if toponym.against or toponym.evidence:
        return
    top = toponym.senses[0]
    if top.rule != "gazetteer":
        toponym.evidence = top.rule
    elif labels & set(PLACE_LABELS):
        toponym.evidence = "named entity"
    elif (
        first.tag_ not in ("NNP", "NNPS") and last.tag_ not in ("NNP", "NNPS") and not toponym.text.isupper()
    ):
        toponym.against = "not a proper noun"
    elif top.population >= BIG_CITY or top.feature == "ADM1":
        toponym.evidence = "large city"
    elif lead_in and "PERSON" not in labels:
        toponym.evidence = "name after a preposition"
    elif toponym.last.i - toponym.first.i >= 1 and toponym.text.split()[-1] in (
        "County",
        "Parish",
        "Province",
        "Airport",
        "Base",
    ):
        toponym.evidence = "name of its kind"
    elif _before_organisation(last) and top.population >= 3000 and "PERSON" not in labels:
        toponym.evidence = "name before an institution"


def _before_organisation(last: Token) -> bool:
    return last.i + 1 < len(last.doc) and last.nbor(1).text in place_words("organisation")


def _speaks_against(toponym: Toponym, people: list[Span], starts: list[int]) -> str | None:
    first, last = toponym.first, toponym.last
    start, end = toponym.span
    listed = (
        bool(toponym.senses)
        and toponym.senses[0].rule == "country"
        and toponym.text not in ("Jordan", "Chad", "Georgia")
    )
    if toponym.within and "," in last.doc.text[last.idx : last.idx + len(last) + 1]:
        return None
    before = first.nbor(-1).text.rstrip(".") if first.i else ""
    if before in place_words("person_title") and not listed:
        return "a person's name"
    number = bisect_right(starts, start) - 1
    for low, high in people[max(0, number - 2) : number + 1]:
        if low <= start and end <= high and not (listed and (low, high) != (start, end)):
            if _after_lead_in(first) and (low, high) == (start, end):
                continue
            return "a person's name"
    ent = _entity_of(first)
    if ent is not None and ent.label_ == "PERSON":
        longer = len(ent) > last.i - first.i + 1
        if longer and ent.end > last.i and not listed:
            return "a person's name"
        if (
            not longer
            and not _after_lead_in(first)
            and toponym.senses
            and toponym.senses[0].rule == "gazetteer"
            and toponym.senses[0].population < 2_000_000
        ):
            return "a person's name"
    is_listed = toponym.senses and toponym.senses[0].rule == "gazetteer" and len(toponym.text.split()) == 1
    if is_listed and last.i + 1 < len(last.doc) and last.nbor(1).text in place_words("way"):
        return "the name of a street"
    return None


def _entity_of(token: Token):  # type: ignore[no-untyped-def]
    if token.ent_iob_ == "O":
        return None
    doc: Doc = token.doc
    low = token.i
    while low > 0 and doc[low].ent_iob_ == "I":
        low -= 1
    high = token.i + 1
    while high < len(doc) and doc[high].ent_iob_ == "I":
        high += 1
    return doc.char_span(doc[low].idx, doc[high - 1].idx + len(doc[high - 1]), label=token.ent_type_)
