from __future__ import annotations

import itertools
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

from onrecord.lexicons.gazetteer import fold_name
from onrecord.mentions import MentionIndex, index_mentions
from onrecord.records import Actor, Draft, Sentence, Span
from onrecord.stages.places.index_senses import (
    Sense,
    adjective_senses,
    known_senses,
    place_words,
    senses_of,
    short_divisions,
)
from onrecord.words import Doc, Token, Tokens

LONGEST = 7
"""Tokens of the longest name that is looked up."""
PLACE_LABELS = ("GPE", "LOC", "FAC")
PROPER = ("NNP", "NNPS", "ADD")
"""Tags of names; the tagger takes `Sana'a` for an address."""
TOWN = 3_000
BIG_CITY = 400_000
METROPOLIS = 2_000_000
PART_SIZE = 50_000
"""From so many inhabitants the parts of a city are called after it: `South Arlington`."""


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
    named = _read_names(draft)
    for sentence in draft.sentences:
        found = list(_spot_sentence(sentence))
        _link_containers(found)
        for toponym in found:
            _weigh_toponym(toponym, named)
            yield toponym


@dataclass(frozen=True, slots=True)
class Named:
    """What the actors of a page say about its names."""

    people: list[Span]
    """Spans of people, in text order."""
    starts: list[int]
    surnames: frozenset[str]
    """Folded last words of the names of people."""
    bodies: MentionIndex[Actor]
    """Where a body is mentioned."""

    def is_part(self, span: Span) -> bool:
        """Return whether the name of a body goes on behind a span: Sand in `the Sand Front`."""
        return any(at[1] > span[1] for at, _ in self.bodies.touching(span))


def _read_names(draft: Draft) -> Named:
    people = sorted(span for actor in draft.actors if actor.type == "person" for span in actor.mentions)
    text = draft.page.text
    last = (text[start:end].removesuffix("'s").removesuffix("’s").split() for start, end in people)
    surnames = frozenset(fold_name(words[-1]) for words in last if len(words) > 1)
    bodies = index_mentions(actor for actor in draft.actors if actor.type == "organization")
    return Named(people, [start for start, _ in people], surnames, bodies)


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
        if not (
            word[0].isupper()
            or token.lower_ in place_words("inner")
            or token.lower_ in place_words("region_tail")
        ):
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
    adjective = adjective_senses().get(text)
    if adjective is not None and fold_name(text) not in known_senses():
        return ((adjective,), "adjective") if _is_attributive(last) else ((), None)
    if length == 1:
        if text in place_words("direction") or text in place_words("way") or _ends_a_name(first):
            return (), None
        if text in place_words("not_place") and first.ent_type_ not in PLACE_LABELS:
            return (), None
        if len(text) <= 3 and text.isupper() and fold_name(text) not in known_senses():
            return (), None
        if text.islower() or (first.lower_ in ("us",) and text not in ("US",)):
            return (), None
    key = fold_name(text)
    if not key or len(key) < 2:
        return (), None
    if length == 1 and key in ("is", "it", "no", "us") and text not in ("US", "U.S.", "U.S"):
        return (), None
    return senses_of(key) or _inside_direction(text, length), None


def _inside_direction(text: str, length: int) -> tuple[Sense, ...]:
    """Return what `Southern California` or `North London` lies in."""
    before, _, rest = text.partition(" ")
    if length == 1 or before not in place_words("direction"):
        return ()
    return tuple(s for s in senses_of(fold_name(rest)) if s.rule != "gazetteer" or s.population >= PART_SIZE)


def _ends_a_name(token: Token) -> bool:
    """Return whether a word only says what kind of area the name before it is: "Afrin Canton"."""
    before = token.nbor(-1) if token.i > 0 else None
    is_kind = token.lower_ in place_words("region_tail")
    return is_kind and before is not None and before.pos_ == "PROPN" and before.text[0].isupper()


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


def _weigh_toponym(toponym: Toponym, named: Named) -> None:
    """Fill in what speaks for and against a name being one of a place."""
    if toponym.evidence == "abbreviated division":
        return
    toponym.against = _speaks_against(toponym, named)
    if not toponym.against and not toponym.evidence:
        toponym.evidence, toponym.against = _speaks_for(toponym, named)


def _speaks_for(toponym: Toponym, named: Named) -> tuple[str | None, str | None]:
    """Return the evidence for a name, or else what is against it, or neither."""
    first, last = toponym.first, toponym.last
    top = toponym.senses[0]
    labels = {first.ent_type_, last.ent_type_}
    is_proper = first.tag_ in PROPER or last.tag_ in PROPER or toponym.text.isupper()
    if top.rule != "gazetteer":
        return top.rule, None
    if labels & set(PLACE_LABELS):
        return "named entity", None
    if not is_proper:
        return None, "not a proper noun"
    if top.population >= BIG_CITY or top.feature == "ADM1":
        return "large city", None
    if "PERSON" in labels:
        return None, None
    if _after_lead_in(first) and not named.is_part(toponym.span):
        return "name after a preposition", None
    if last.i > first.i and last.lower_ in place_words("kind"):
        return "name of its kind", None
    if top.population >= TOWN and _before(last, "organisation"):
        return "name before an institution", None
    if top.population >= TOWN and _before(last, "resident") and last.i + 1 == last.head.i:
        return "name before a resident", None
    return None, None


def _before(last: Token, role: str) -> bool:
    """Return whether the next word plays a role."""
    return last.i + 1 < len(last.doc) and last.nbor(1).text in place_words(role)


def _speaks_against(toponym: Toponym, named: Named) -> str | None:
    first, last = toponym.first, toponym.last
    if toponym.within and "," in last.doc.text[last.idx : last.idx + len(last) + 1]:
        return None
    if _before(last, "disease"):
        return "the name of a disease"
    listed = bool(toponym.senses) and toponym.senses[0].rule in ("country", "listed place")
    if _names_person(toponym, named, listed):
        return "a person's name"
    if toponym.senses and toponym.senses[0].rule == "gazetteer":
        if first.i == last.i and _before(last, "way"):
            return "the name of a street"
        if _inside_institution(toponym):
            return "part of an institution's name"
    return None


def _inside_institution(toponym: Toponym) -> bool:
    """Return whether a small place's name stands in `Department of NAME` or `Chamber of NAME`."""
    first = toponym.first
    if first.i < 2 or first.nbor(-1).lower_ not in ("of", "&") or toponym.senses[0].population >= BIG_CITY:
        return False
    if toponym.senses[0].feature == "ADM1":
        return False
    return first.nbor(-2).text in place_words("organisation")


def _names_person(toponym: Toponym, named: Named, listed: bool) -> bool:
    """Return whether a name is one of a person: by title, by the actors of the page, by the model."""
    first, last = toponym.first, toponym.last
    start, end = toponym.span
    is_firm = listed and toponym.text not in place_words("given_name")
    before = first.nbor(-1).text.rstrip(".") if first.i else ""
    if before in place_words("person_title") and not is_firm:
        return True
    if any(_before(last, role) for role in ("person_title", "organisation", "resident")):
        return False
    number = bisect_right(named.starts, start) - 1
    for low, high in named.people[max(0, number - 2) : number + 1]:
        if low <= start and end <= high and not (is_firm and (low, high) != (start, end)):
            if _after_lead_in(first) and (low, high) == (start, end):
                continue
            return True
    if not is_firm and toponym.key in named.surnames and not _after_lead_in(first):
        return True
    return _is_labelled_person(toponym, is_firm)


def _is_labelled_person(toponym: Toponym, is_firm: bool) -> bool:
    ent = _entity_of(toponym.first)
    if ent is None or ent.label_ != "PERSON":
        return False
    if len(ent) > toponym.last.i - toponym.first.i + 1:
        return ent.end > toponym.last.i and not is_firm
    if _after_lead_in(toponym.first) or not toponym.senses:
        return False
    return toponym.senses[0].rule == "gazetteer" and toponym.senses[0].population < METROPOLIS


def _entity_of(token: Token) -> Tokens | None:
    """Return the named entity that a token stands in."""
    if token.ent_iob_ not in ("B", "I"):
        return None
    doc: Doc = token.doc
    low, high = token.i, token.i + 1
    while low > 0 and doc[low].ent_iob_ == "I":
        low -= 1
    while high < len(doc) and doc[high].ent_iob_ == "I":
        high += 1
    return Tokens(doc, low, high, label=token.ent_type_)
