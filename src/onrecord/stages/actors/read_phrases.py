from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from onrecord.language.en import FIRST_PERSON, PERSONAL
from onrecord.lexicons.actors import Role, actor_words, modifiers_by_word, roles_by_word
from onrecord.records import Sentence
from onrecord.stages.actors.find_units import Unit
from onrecord.words import Doc, Token

PREMODIFIERS = frozenset(
    (
        "det",
        "amod",
        "compound",
        "poss",
        "nummod",
        "nmod",
        "case",
        "quantmod",
        "predet",
        "advmod",
        "punct",
        "neg",
    )
)
LONGEST_ROLE = 5
MODIFYING = ("compound", "amod", "nmod", "poss")
NATION = ("country", "adjective", "capital", "palace", "demonym", "region")


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase that may be an actor: what it says of itself, before anybody is looked up."""

    sentence: Sentence
    start: int
    end: int
    """Tokens of the Doc."""
    head: int
    kind: str
    """person, organization, country, capital, palace, demonym, nation's, role, pronoun, norp."""
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

    @property
    def doc(self) -> Doc:
        """The Doc whose tokens it counts."""
        return self.sentence.tokens.doc

    @property
    def text(self) -> str:
        """Its words."""
        return self.doc[self.start : self.end].text


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
    return token.lower_ in PERSONAL and not (
        token.text in ("US", "IT") and token.tag_ in ("NNP", "NNPS", "NN")
    )


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
    roles = roles_by_word()
    best, index, has_role = start, start, False
    while index > floor:
        token = doc[index - 1]
        unit = units.get(index - 1)
        if unit is not None and _is_rank(doc, unit):
            index, best, has_role = unit.start, unit.start, True
        elif unit is not None and unit.kind in (*NATION, "organization", "place", "norp"):
            index = unit.start
            if has_role:
                best = index
        elif _role_ending(doc, index - 1, floor, roles) is not None:
            index = best = _role_ending(doc, index - 1, floor, roles) or 0
            has_role = True
        elif token.lower_.rstrip(".") in actor_words("honorific"):
            index, best, has_role = index - 1, index - 1, True
        elif has_role and (token.tag_ == "POS" or token.lower_ in actor_words("former") or token.text == "-"):
            index -= 1
            best = index if token.lower_ in actor_words("former") else best
        elif not has_role and token.lower_ in actor_words("linking") and index < start:
            index -= 1
        elif has_role and (
            token.pos_ in ("ADJ", "PROPN", "NOUN") or token.lower_ in ("the", "a", "an", "then")
        ):
            if token.pos_ == "NOUN" and token.dep_ not in ("compound", "nmod", "amod", "poss"):
                break
            index -= 1
            best = index
            if token.lower_ in ("the", "a", "an"):
                break
        else:
            break
    return best


def _is_rank(doc: Doc, unit: Unit) -> bool:
    """Return whether a word that the model takes for a body is a rank: `DCI`."""
    return unit.known is None and unit.end == unit.start + 1 and doc[unit.start].lower_ in roles_by_word()


Title = tuple[Role | None, str | None, str | None, Unit | None, bool, str | None]


def _read_title(doc: Doc, start: int, end: int, units: dict[int, Unit]) -> Title:
    """Return (role, country, sector, owner, former, words) of the titles before a name."""
    if start == end:
        return None, None, None, None, False, None
    role, first, last = _first_title(doc, start, end)
    former = any(doc[i].lower_ in actor_words("former") for i in range(start, end))
    country, owner = _nation_before(start, end, units)
    sector = sector_of(role, doc, start, first, owner) if role else None
    words = doc[first:last].text if role else None
    return role, country, sector, owner, former, words


def _first_title(doc: Doc, start: int, end: int) -> tuple[Role | None, int, int]:
    """Return the first office among the words before a name, else the first other role, and its place."""
    fallback: tuple[Role | None, int, int] = (None, end, end)
    index = start
    while index < end:
        for last in range(min(end, index + LONGEST_ROLE), index, -1):
            role, begin = find_role(doc, last - 1, index)
            if role is not None and begin == index:
                if role.kind == "title" or (role.kind == "weak" and fallback[0] is None):
                    return role, index, last
                if fallback[0] is None:
                    fallback = role, index, last
                index = last - 1
                break
        index += 1
    return fallback


# --- other noun phrases -----------------------------------------------------------------------


def read_noun(sentence: Sentence, token: Token, units: dict[int, Unit], used: set[int]) -> Phrase | None:
    """Return the phrase that a token heads, if it may be an actor."""
    unit = units.get(token.i)
    if unit is not None:
        if token.i != unit.end - 1:
            return None
        if _shares_noun(token, unit, units):
            return Phrase(sentence, unit.start, unit.end, token.i, "country", unit=unit, definite=True)
        if _modifies_role(sentence, unit):
            return None
        return read_unit(sentence, unit, units)
    if token.pos_ == "PRON" or token.tag_ in ("PRP", "PRP$"):
        return None
    if token.pos_ not in ("NOUN", "PROPN", "ADJ", "VERB"):
        return None
    if _is_before_noun(token):
        return None
    return read_role(sentence, token, units, used)


def _is_before_noun(token: Token) -> bool:
    """Return whether a token only modifies a later noun."""
    if token.dep_ not in ("compound", "amod", "nmod"):
        return False
    return token.head.i > token.i and token.head.pos_ in ("NOUN", "PROPN") and token.i + 1 <= token.head.i


def _modifies_role(sentence: Sentence, unit: Unit) -> bool:
    """Return whether a name stands before the noun of a role phrase, that will take it in."""
    head = head_of_phrase(sentence, unit)
    if head is None or head.i in range(unit.start, unit.end):
        return False
    last = head.i - unit.end
    return last <= 6 and find_role(head.doc, head.i, unit.end)[0] is not None


def _shares_noun(token: Token, unit: Unit, units: dict[int, Unit]) -> bool:
    """Return whether a nation stands before a noun with a later one: Russian in `Russian and US navies`."""
    if token.dep_ not in MODIFYING or unit.kind not in NATION or unit.known is None:
        return False
    others = [units.get(child.i) for child in token.children if child.dep_ == "conj"]
    if not any(other is not None and other.kind in NATION for other in others):
        return False
    return token.head.tag_ == "NNS" and find_role(token.doc, token.head.i, unit.end)[0] is not None


def head_of_phrase(sentence: Sentence, unit: Unit) -> Token | None:
    """Return the noun that a name modifies, or None if it stands by itself."""
    doc = sentence.tokens.doc
    token = doc[unit.end - 1]
    if token.dep_ == "conj" and token.head.dep_ in MODIFYING and token.head.head.i > token.i:
        token = token.head.head
    if token.dep_ == "npadvmod" and token.head.lower_ in actor_words("seated"):
        token = token.head
    while token.dep_ in MODIFYING and token.head.i > token.i:
        token = token.head
    return token if token.i >= unit.end else None


def read_unit(sentence: Sentence, unit: Unit, units: dict[int, Unit]) -> Phrase | None:
    """Return the phrase of a name that stands by itself, with its article."""
    doc = sentence.tokens.doc
    start = unit.start
    if start > sentence.tokens.start and doc[start - 1].lower_ == "the":
        start -= 1
    known = unit.known
    kind = unit.kind
    if kind in ("adjective", "demonym") and _is_before_noun(doc[unit.end - 1]):
        kind = "nation's"
    elif kind == "adjective":
        if not _is_people(doc, unit):
            return None
        kind = "demonym"
    country, role = known.country if known else unit.country, None
    if unit.kind == "organization" and known is None:
        role = role_in_name(doc, unit)
        country = country or _possessing_nation(doc, unit, units)
    return Phrase(
        sentence,
        start,
        unit.end,
        unit.end - 1,
        kind,
        unit=unit,
        country=country,
        role=role,
        sector=sector_of(role, doc, unit.start, unit.end, None) if role else None,
        plural=bool(known and known.plural) or doc[unit.end - 1].tag_ in ("NNS", "NNPS"),
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
    before = unit.start - 1
    if before >= 0 and doc[before].tag_ == "POS":
        before -= 1
    nation = units.get(before)
    return nation.known.country if nation and nation.known and nation.kind in NATION else None


def _is_people(doc: Doc, unit: Unit) -> bool:
    """Return whether an adjective stands for the people: `the British`."""
    token = doc[unit.end - 1]
    if unit.end - unit.start == len(doc):
        return True
    if token.dep_ in ("amod", "compound", "nmod") and token.head.i > token.i:
        return False
    return token.dep_ in ("nsubj", "nsubjpass", "dobj", "pobj", "conj", "ROOT") and (
        unit.start > 0 and doc[unit.start - 1].lower_ == "the"
    )


def read_role(sentence: Sentence, head: Token, units: dict[int, Unit], used: set[int]) -> Phrase | None:
    """Return the phrase of a role: `two Chinese warplanes`, `his Syrian counterpart`."""
    doc = head.doc
    left = phrase_start(head, sentence.tokens.start, used)
    is_owned = doc[left].tag_ == "POS" and left < head.i
    left += is_owned
    role, first = find_role(doc, head.i, left)
    if role is None or (head.pos_ in ("ADJ", "VERB") and not _is_nominal(head, left)):
        return None
    if _is_condition(head):
        return None
    country, owner = _nation_before(left, head.i, units)
    end = head.i + 1
    possessor = next((t.i for t in head.lefts if t.dep_ == "poss" and t.tag_ == "PRP$"), None)
    complement = _complement(head, units) if possessor is None else None
    is_local = any(i in units and units[i].kind in ("region", "place") for i in range(left, head.i))
    if complement is not None:
        is_local = (
            is_local or complement.kind in ("region", "place") or role.word in actor_words("state office")
        )
        country = country or _country_of_seat(role, complement)
        if complement.kind == "organization":
            owner = owner or complement
        elif doc[head.i + 1].lower_ == "of":
            end = complement.end
    if possessor is None:
        country = country or _nation_after(head, role, units)
    sector = sector_of(role, doc, left, first, owner)
    if sector is None and role.kind == "weak":
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
        title=doc[first : head.i + 1].text,
        country=country,
        sector=sector,
        plural=head.tag_ in ("NNS", "NNPS") or role.kind == "body",
        definite=is_owned or _is_definite(doc, left),
        former=any(doc[i].lower_ in actor_words("former") for i in range(left, first)),
        is_local=is_local,
        possessor=possessor,
    )


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
    for child in sorted(head.lefts, key=lambda t: -t.i):
        if child.dep_ not in PREMODIFIERS or child.right_edge.i < left - 1:
            break
        left = child.left_edge.i
    while left < head.i and (
        head.doc[left].is_punct or (head.doc[left].dep_ == "advmod" and head.doc[left].head.i == head.i)
    ):
        left += 1
    left = max(left, floor)
    taken = [i for i in range(left, head.i) if i in used]
    left = max(taken) + 1 if taken else left
    return left + 1 if head.doc[left].dep_ == "cc" else left


def _complement(head: Token, units: dict[int, Unit]) -> Unit | None:
    """Return the name after `of`, `in` or `from` behind a role: `members of`, `people in`."""
    for child in head.rights:
        if child.dep_ == "prep" and child.lower_ in ("of", "in", "from", "at", "for"):
            for noun in child.children:
                unit = units.get(noun.i)
                if noun.dep_ == "pobj" and unit is not None and unit.kind != "person":
                    return unit
    return None


def _nation_after(head: Token, role: Role, units: dict[int, Unit]) -> str | None:
    """Return the country that stands inside what follows a role: `members of the Kenyan parliament`.

    Who belongs to a body (weak roles), comes from it, or is seated somewhere has its country.
    """
    links = ("of", "from", "in") if role.kind == "weak" else ("from", "in")
    for child in head.rights:
        if child.dep_ in ("acl", "amod") and child.lower_ in actor_words("seated"):
            preps: tuple[Token, ...] = child.rights
        else:
            preps = (child,) if child.dep_ == "prep" and child.lower_ in links else ()
        for noun in (noun for prep in preps for noun in prep.children if noun.dep_ == "pobj"):
            for index in range(noun.left_edge.i, noun.i + 1):
                unit = units.get(index)
                if unit is not None and unit.known is not None and unit.kind in NATION:
                    return unit.known.country
    return None


def _nation_before(start: int, end: int, units: dict[int, Unit]) -> tuple[str | None, Unit | None]:
    """Return the country that the words before a role name, and the body that they name."""
    country, owner = None, None
    for index in range(start, end):
        unit = units.get(index)
        if unit is None or unit.known is None:
            if unit is not None and unit.kind == "organization":
                owner, country = unit, country or unit.country
            continue
        if unit.kind in NATION and country is None:
            country = unit.known.country
        if unit.kind == "organization":
            owner = unit
    if country is None and owner is not None and owner.known is not None:
        country = owner.known.country
    return country, owner


# --- roles ------------------------------------------------------------------------------------


def find_role(doc: Doc, head: int, floor: int) -> tuple[Role | None, int]:
    """Return the role whose words end at a token, the longest first, and where it begins."""
    roles = roles_by_word()
    begin = _role_ending(doc, head, floor, roles)
    if begin is None:
        return None, head
    return next(roles[form] for form in word_forms(doc[begin : head + 1].text) if form in roles), begin


def _role_ending(doc: Doc, head: int, floor: int, roles: dict[str, Role]) -> int | None:
    for begin in range(max(floor, head - LONGEST_ROLE + 1), head + 1):
        if any(form in roles for form in word_forms(doc[begin : head + 1].text)):
            return begin
    return None


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
    if word.endswith("s") and not word.endswith("ss"):
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
    for child in head.rights:
        if child.dep_ == "prep" and child.lower_ == "of":
            for noun in child.children:
                role, _ = find_role(head.doc, noun.i, child.i + 1)
                if noun.dep_ == "pobj" and role is not None:
                    return role.sector
    return None


def _is_condition(head: Token) -> bool:
    """Return whether a word names how things are, not a body: `a state of emergency`."""
    if head.lower_ != "state":
        return False
    of = next((child for child in head.rights if child.lower_ == "of"), None)
    return of is not None and any(child.lower_ in actor_words("condition") for child in of.rights)


def sector_of(role: Role | None, doc: Doc, start: int, end: int, owner: Unit | None) -> str | None:
    """Return the PLOVER sector of a role by its own word, or by the words or body before it."""
    if role is None:
        return None
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
