from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from onrecord.language.en import FIRST_PERSON, PERSONAL
from onrecord.lexicons.actors import Role, actor_words, modifiers_by_word, roles_by_word
from onrecord.records import Sentence
from onrecord.stages.actors.find_units import NATION, Unit
from onrecord.stages.actors.index_names import Known
from onrecord.words import Doc, Token

PREMODIFIERS = (
    "det", "amod", "compound", "poss", "nummod", "nmod", "case", "quantmod", "predet", "advmod", "punct",
    "neg",
)  # fmt: skip
"""Labels of what belongs to a noun phrase to the left of its noun."""
LONGEST_ROLE = 5
FARTHEST = 6
"""Words between a name and the noun of the role that takes it in, at most."""
LETTERS = re.compile(r"\w+")
MODIFYING = ("compound", "amod", "nmod", "poss")
NAMING = (*NATION, "organization", "place", "nationality")


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase that may be an actor: what it says of itself, before anybody is looked up."""

    sentence: Sentence
    start: int
    end: int
    """Tokens of the Doc."""
    head: int
    kind: str
    """person, organization, country, capital, palace, demonym, nation's, role, pronoun, nationality."""
    unit: Unit | None = None
    """The name that it consists of."""
    owner: Unit | None = None
    """The name that stands before its role: UN in `UN envoy`."""
    role: Role | None = None
    title: str | None = None
    """The words of the role as written."""
    country: str | None = None
    sector: str | None = None
    plural: bool = False
    definite: bool = False
    former: bool = False
    is_local: bool = False
    """Whether its country is told by a state, province or town of it: no national office."""
    possessor: int | None = None
    """Token of a possessive pronoun before the role: `his` in `his counterpart`."""
    behind: int = 0
    """Words of the role behind its head: 2 in `secretary of state`."""

    @property
    def doc(self) -> Doc:
        """The Doc whose tokens it counts."""
        return self.sentence.tokens.doc

    @property
    def text(self) -> str:
        """Its words."""
        return self.doc[self.start : self.end].text

    @property
    def name(self) -> str:
        """The words of the name that it consists of; empty for none."""
        return self.doc[self.unit.start : self.unit.end].text if self.unit else ""

    @property
    def known(self) -> Known | None:
        """What a list knows of its name."""
        return self.unit.known if self.unit else None


def read_phrases(sentence: Sentence, units: dict[int, Unit]) -> list[Phrase]:
    """Return the phrases of a sentence that may be actors, in text order; `units` by token."""
    found: list[Phrase] = []
    used: set[int] = set()
    for unit in _units_of(sentence, units):
        if unit.kind == "person":
            phrase = read_person(sentence, unit, units)
            used.update(range(phrase.start, phrase.end))
            found.append(phrase)
    for token in sentence.tokens:
        if is_pronoun(token):
            kind = "first person" if token.lower_ in FIRST_PERSON else "pronoun"
            found.append(Phrase(sentence, token.i, token.i + 1, token.i, kind))
            continue
        if token.i in used:
            continue
        phrase_at = read_noun(sentence, token, units, used)
        if phrase_at is not None:
            used.update(range(phrase_at.start, phrase_at.end))
            found.append(phrase_at)
    return sorted(found, key=lambda phrase: (phrase.start, phrase.end))


def is_pronoun(token: Token) -> bool:
    """Return whether a word is a personal pronoun; the country in "US and China" is none."""
    return token.lower_ in PERSONAL and token.tag_ not in ("NNP", "NNPS", "NN")


def _units_of(sentence: Sentence, units: dict[int, Unit]) -> Iterator[Unit]:
    for index in range(sentence.tokens.start, sentence.tokens.end):
        unit = units.get(index)
        if unit is not None and unit.start == index:
            yield unit


# --- persons by name --------------------------------------------------------------------------


def read_person(sentence: Sentence, unit: Unit, units: dict[int, Unit]) -> Phrase:
    """Return the phrase of a named person, titles before the name included."""
    doc = sentence.tokens.doc
    start = _title_start(doc, unit.start, sentence.tokens.start, units)
    title = _read_title(doc, start, unit.start, units)
    role, country, sector, owner, former, words = title
    return Phrase(
        sentence,
        start,
        unit.end,
        unit.end - 1,
        "person",
        unit=unit,
        owner=owner,
        role=role,
        title=words,
        country=country,
        sector=sector,
        former=former,
        definite=True,
    )


def _title_start(doc: Doc, start: int, floor: int, units: dict[int, Unit]) -> int:
    """Return where the titles before a name begin: the leftmost of role words and what goes with them."""
    best, index, has_role = start, start, False
    while index > floor:
        unit, word = units.get(index - 1), doc[index - 1]
        title = _title_before(doc, index, floor)
        if unit is not None and unit.kind in NAMING and not _is_rank(doc, unit):
            index = unit.start
            best = index if has_role else best
        elif title is not None:
            index, best, has_role = title, title, True
        elif has_role and unit is None and _extends_title(word):
            index -= 1
            best = index if word.text[0].isalpha() else best
        elif not has_role and index < start and word.lower_ in actor_words("linking"):
            index -= 1
        else:
            break
    return best


def _title_before(doc: Doc, index: int, floor: int) -> int | None:
    """Return where a role or a form of address begins that ends before a place: `Foreign Minister`, `Dr.`"""
    if doc[index - 1].lower_.rstrip(".") in actor_words("honorific"):
        return index - 1
    return _role_ending(doc, index - 1, floor)


def _extends_title(word: Token) -> bool:
    """Return whether a word before a title may belong to it: `the then`, `new`, `Japan's`, `army`."""
    if word.pos_ == "NOUN":
        return word.dep_ in MODIFYING
    is_listed = any(word.lower_ in actor_words(kind) for kind in ("before titles", "former"))
    return is_listed or word.pos_ in ("ADJ", "PROPN")


def _is_rank(doc: Doc, unit: Unit) -> bool:
    """Return whether a word that the model takes for a body is a rank: `DCI`."""
    return unit.end == unit.start + 1 and doc[unit.start].lower_ in roles_by_word()


Title = tuple[Role | None, str | None, str | None, Unit | None, bool, str | None]


def _read_title(doc: Doc, start: int, end: int, units: dict[int, Unit]) -> Title:
    """Return (role, country, sector, owner, former, words) of the titles before a name."""
    role, first, last = _first_title(doc, start, end)
    former = any(doc[i].lower_ in actor_words("former") for i in range(start, end))
    country, owner = _nation_before(start, end, units)
    sector = sector_of(role, doc, start, first, owner) if role else None
    words = doc[first:last].text if role else None
    return role, country, sector, owner, former, words


def _first_title(doc: Doc, start: int, end: int) -> tuple[Role | None, int, int]:
    """Return the first office among the words before a name, else the first other role, and its place."""
    found = []
    index = start
    while index < end:
        for last in range(min(end, index + LONGEST_ROLE), index, -1):
            role, begin = find_role(doc, last - 1, index)
            if role is not None and begin == index:
                found.append((role, index, last))
                index = last - 1
                break
        index += 1
    offices = [one for one in found if one[0].kind == "title"]
    return next(iter(offices or found), (None, end, end))


# --- other noun phrases -----------------------------------------------------------------------


def read_noun(sentence: Sentence, token: Token, units: dict[int, Unit], used: set[int]) -> Phrase | None:
    """Return the phrase that a token heads, if it may be an actor."""
    unit = units.get(token.i)
    if unit is not None:
        last = token.doc[unit.end - 1]
        if _shares_noun(last, unit, units):
            return Phrase(sentence, unit.start, unit.end, last.i, "country", unit=unit, definite=True)
        return None if _modifies_role(unit, last) else read_unit(sentence, unit, units)
    if token.pos_ not in ("NOUN", "PROPN", "ADJ", "VERB") or _is_before_noun(token) or _is_preposition(token):
        return None
    return read_role(sentence, token, units, used)


def _is_before_noun(token: Token) -> bool:
    """Return whether a token only modifies a noun."""
    return token.dep_ in ("compound", "amod", "nmod") and token.head.pos_ in ("NOUN", "PROPN")


def _is_preposition(token: Token) -> bool:
    """Return whether a bare noun is part of a preposition of several words: "in front of the embassy"."""
    words = token.doc.words
    return (
        token.dep_ == "pobj"
        and token.head.i == token.i - 1
        and token.i + 1 < len(words)
        and words[token.i + 1].lower_ == "of"
        and token.head.lower_ in ("in", "on")
    )


def _modifies_role(unit: Unit, last: Token) -> bool:
    """Return whether a name stands before the noun of a role phrase, that will take it in."""
    head = head_of_phrase(unit, last)
    if head is None:
        return False
    return head.i - unit.end <= FARTHEST and find_role(head.doc, head.i, unit.end)[0] is not None


def _shares_noun(last: Token, unit: Unit, units: dict[int, Unit]) -> bool:
    """Return whether a nation stands before a noun with a later one: Russian in `Russian and US navies`."""
    others = [units.get(child.i) for child in last.children if child.dep_ == "conj"]
    is_pair = unit.kind in NATION and any(other and other.kind in NATION for other in others)
    return is_pair and last.head.tag_ == "NNS" and find_role(last.doc, last.head.i, unit.end)[0] is not None


def head_of_phrase(unit: Unit, token: Token) -> Token | None:
    """Return the noun that a name, ending in a token, modifies; None if it stands by itself."""
    if token.dep_ == "conj" and token.head.dep_ in MODIFYING:
        token = token.head.head
    if token.head.lower_ in actor_words("seated"):
        token = token.head
    while token.dep_ in MODIFYING:
        token = token.head
    return token if token.i >= unit.end else None


def read_unit(sentence: Sentence, unit: Unit, units: dict[int, Unit]) -> Phrase | None:
    """Return the phrase of a name that stands by itself, with its article."""
    doc, known, kind = sentence.tokens.doc, unit.known, unit.kind
    last = doc[unit.end - 1]
    start = unit.start - sum(word.lower_ == "the" for word in doc.words[unit.start - 1 : unit.start])
    if kind in ("adjective", "demonym") and _is_before_noun(last):
        kind = "nation's"
    elif kind == "adjective":
        if start == unit.start and len(doc) > unit.end - unit.start:
            return None  # not in `It is British`, but in `the British`, and where nothing else stands
        kind = "demonym"
    role = role_in_name(doc, unit) if known is None else None
    return Phrase(
        sentence,
        start,
        unit.end,
        last.i,
        kind,
        unit=unit,
        country=unit.country or _possessing_nation(doc, unit, units),
        role=role,
        sector=sector_of(role, doc, unit.start, unit.end, None) if role else None,
        plural=last.tag_ in ("NNS", "NNPS"),
        definite=True,
    )


def role_in_name(doc: Doc, unit: Unit) -> Role | None:
    """Return the role that the words of a body's name tell: its end, its words before `of`, any of them."""
    role, _ = find_role(doc, unit.end - 1, unit.start)
    if role is not None and role.kind in ("body", "person"):
        return role
    others = [find_role(doc, index, unit.start)[0] for index in range(unit.start, unit.end - 1)]
    bodies = [other for other in others if other is not None and other.kind == "body"]
    return bodies[0] if bodies else role


def _possessing_nation(doc: Doc, unit: Unit, units: dict[int, Unit]) -> str | None:
    """Return the country of `Chile's` or `the Chilean` right before a body's name."""
    return _nation_at(units, unit.start - (2 if doc[unit.start - 1].tag_ == "POS" else 1))


def _nation_at(units: dict[int, Unit], index: int) -> str | None:
    """Return the country that a name at a place tells."""
    return units[index].nation if index in units else None


def read_role(sentence: Sentence, head: Token, units: dict[int, Unit], used: set[int]) -> Phrase | None:
    """Return the phrase of a role: `two Chinese warplanes`, `his Syrian counterpart`."""
    doc = head.doc
    left = phrase_start(head, sentence.tokens.start, used)
    is_owned = doc[left].tag_ == "POS"
    left += is_owned
    role, first = find_role(doc, head.i, left)
    behind = 0
    if longer := _role_behind(head):
        first, (role, behind) = head.i, longer
    is_noun = head.pos_ not in ("ADJ", "VERB") or _is_nominal(head, left)
    if role is None or not is_noun or _is_condition(head):
        return None
    country, owner = _nation_before(left, head.i, units)
    last = end = head.i + 1 + behind
    possessor = next((word.i for word in head.lefts if word.tag_ == "PRP$"), None)
    complement = _complement(head, units) if possessor is None else None
    is_local = any(i in units and units[i].kind in ("region", "place") for i in range(left, head.i))
    if complement is not None:
        is_local |= complement.kind in ("region", "place") or role.word in actor_words("state office")
        country = country or _country_of_seat(role, complement)
        if complement.kind == "organization":
            owner = owner or complement
        elif doc[head.i + 1].lower_ == "of":
            end = complement.end
    if possessor is None:
        country = country or _nation_after(head, role, units)
    sector = sector_of(role, doc, left, first, owner)
    if sector is None:
        sector = _sector_of_members(head)
    if sector == "UNK" and country:
        sector = "CVL"
    return Phrase(
        sentence,
        left,
        end,
        head.i,
        "role",
        owner=owner,
        role=role,
        title=doc[first:last].text,
        country=country,
        sector=sector,
        plural=head.tag_ in ("NNS", "NNPS") or role.kind == "body",
        definite=is_owned or _is_definite(doc, left),
        former=any(doc[i].lower_ in actor_words("former") for i in range(left, first)),
        is_local=is_local,
        possessor=possessor,
        behind=behind,
    )


def _role_behind(head: Token) -> tuple[Role, int] | None:
    """Return the role that a noun begins with what it is of, and its words behind: `secretary of state`."""
    for child in head.rights[:1]:
        for noun in child.children if child.lower_ == "of" and child.i == head.i + 1 else ():
            role, begin = find_role(head.doc, noun.i, head.i)
            if role is not None and begin == head.i:
                return role, noun.i - head.i
    return None


def _country_of_seat(role: Role, seat: Unit) -> str | None:
    """Return the country of what an office is of; the governor of Georgia is one of a US state."""
    if seat.known is None:
        return None
    is_state = role.word in actor_words("state office") and seat.known.word in actor_words(
        "state named as a country"
    )
    return "USA" if is_state else seat.known.country


def _is_nominal(head: Token, left: int) -> bool:
    """Return whether an adjective or participle is used as a noun: `the displaced`."""
    if left == head.i and len(head.doc) > 1:
        return False
    return head.dep_ in ("nsubj", "nsubjpass", "dobj", "pobj", "ROOT", "conj")


def _is_definite(doc: Doc, left: int) -> bool:
    return doc[left].lower_ in ("the", "this", "these", "that", "those") or doc[left].tag_ == "PRP$"


def phrase_start(head: Token, floor: int, used: set[int]) -> int:
    """Return the first token of a noun's phrase: its modifiers to the left, without a break."""
    left = head.i
    for child in reversed(head.lefts):
        if child.dep_ not in PREMODIFIERS:
            break
        left = child.left_edge.i
    left = next((i for i in range(left, head.i) if not _is_loose(head.doc[i], head)), head.i)
    left = max(left, floor)
    taken = [i for i in range(left, head.i) if i in used]
    left = max(taken) + 1 if taken else left
    return left + 1 if head.doc[left].dep_ == "cc" else left


def _is_loose(word: Token, head: Token) -> bool:
    """Return whether a word before a noun is no part of its phrase: a mark, or an adverb of it."""
    return word.is_punct or word.is_space or (word.dep_ == "advmod" and word.head is head)


def _complement(head: Token, units: dict[int, Unit]) -> Unit | None:
    """Return the name after `of`, `in` or `from` behind a role: `members of`, `people in`."""
    for child in head.rights:
        for noun in child.children if child.lower_ in ("of", "in", "from", "at", "for") else ():
            unit = units.get(noun.i)
            if unit is not None and unit.kind != "person":
                return unit
    return None


def _nation_after(head: Token, role: Role, units: dict[int, Unit]) -> str | None:
    """Return the country that stands inside what follows a role: `members of the Kenyan parliament`.

    Who belongs to a body (weak roles), comes from it, or is seated somewhere has its country.
    """
    links = ("of", "from", "in") if role.kind == "weak" else ("from", "in")
    for child in head.rights:
        preps = child.rights if child.lower_ in actor_words("seated") else (child,)
        nouns = (noun for prep in preps if prep.lower_ in links for noun in prep.children)
        inside = (index for noun in nouns for index in range(noun.left_edge.i, noun.i + 1))
        country = next((found for index in inside if (found := _nation_at(units, index))), None)
        if country is not None:
            return country
    return None


def _nation_before(start: int, end: int, units: dict[int, Unit]) -> tuple[str | None, Unit | None]:
    """Return the country that the words before a role name, and the body that they name."""
    inside = [units[index] for index in range(start, end) if index in units]
    bodies = [unit for unit in inside if unit.kind == "organization"]
    nations = [unit.nation for unit in inside]
    owned = [unit.home for unit in bodies]
    country = next((code for code in (*nations, *reversed(owned)) if code), None)
    return country, bodies[-1] if bodies else None


# --- roles ------------------------------------------------------------------------------------


def find_role(doc: Doc, head: int, floor: int) -> tuple[Role | None, int]:
    """Return the role whose words end at a token, the longest first, and where it begins."""
    roles = roles_by_word()
    ending = last_part(doc.words[head].text)
    if ending and last_parts().isdisjoint(word_forms(ending)):  # a mark may end one: "Capt."
        return None, head
    begin = _role_ending(doc, head, floor)
    if begin is None:
        return None, head
    return next(roles[form] for form in word_forms(doc[begin : head + 1].text) if form in roles), begin


@cache
def last_parts() -> frozenset[str]:
    """Return what roles end with, in lower case: most words of a page are none of these."""
    return frozenset(map(last_part, roles_by_word()))


def last_part(words: str) -> str:
    """Return the last letters and digits in a row: `keeper` of `book-keeper`; empty for a mark."""
    found: list[str] = LETTERS.findall(words)
    return found[-1] if found else ""


def _role_ending(doc: Doc, head: int, floor: int) -> int | None:
    """Return where the longest role that ends at a token begins."""
    begins = range(max(floor, head - LONGEST_ROLE + 1), head + 1)
    forms = ((begin, word_forms(doc[begin : head + 1].text)) for begin in begins)
    return next((begin for begin, words in forms if not roles_by_word().keys().isdisjoint(words)), None)


def word_forms(text: str) -> tuple[str, ...]:
    """Return a phrase in lower case as it is, and with its last word in the singular.

    >>> word_forms("Foreign Ministries")
    ('foreign ministries', 'foreign ministry')
    """
    word = text.lower().replace("’", "'")
    if word.endswith("ies"):
        return word, word[:-3] + "y"
    if word.endswith("men"):
        return word, word[:-2] + "an"
    if word.endswith(("sses", "xes", "ches", "shes")):
        return word, word[:-2]
    if word.endswith("s"):
        return word, word[:-1]
    if word.endswith("children"):
        return word, word[:-3]
    return (word,)


def _sector_of_body(doc: Doc, owner: Unit) -> str | None:
    """Return the sector of the body that somebody speaks or acts for."""
    if owner.known is not None:
        return owner.known.organization[0].sector if owner.known.organization else None
    role = role_in_name(doc, owner)
    return sector_of(role, doc, owner.start, owner.end, None) if role else None


def _sector_of_members(head: Token) -> str | None:
    """Return the sector of what a group consists of: `a group of thieves`."""
    members = [(noun, of.i + 1) for of in head.rights if of.lower_ == "of" for noun in of.children]
    roles = (find_role(head.doc, noun.i, floor)[0] for noun, floor in members)
    return next((role.sector for role in roles if role is not None), None)


def _is_condition(head: Token) -> bool:
    """Return whether a word names how things are, not a body: `a state of emergency`."""
    after = [word.lower_ for of in head.rights if of.lower_ == "of" for word in of.rights]
    return head.lower_ == "state" and not actor_words("condition").isdisjoint(after)


def sector_of(role: Role, doc: Doc, start: int, end: int, owner: Unit | None) -> str | None:
    """Return the PLOVER sector of a role by its own word, or by the words or body before it."""
    if owner is not None and (role.kind == "weak" or role.word in actor_words("presiding")):
        sector = _sector_of_body(doc, owner)
        if sector is not None:
            return sector
    if role.kind != "weak":
        return role.sector
    modifiers, roles = modifiers_by_word(), roles_by_word()
    for index in range(end - 1, start - 1, -1):
        for word in word_forms(doc[index].text):
            if word in modifiers:
                return modifiers[word]
            if word in roles and roles[word].sector:
                return roles[word].sector
    return role.sector
