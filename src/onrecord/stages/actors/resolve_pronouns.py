from __future__ import annotations

from onrecord.lexicons.actors import actor_words
from onrecord.stages.actors.cast import Entity
from onrecord.stages.actors.read_phrases import Phrase
from onrecord.stages.actors.resolve_mentions import Cast
from onrecord.words import Token

THIRD_PERSON = frozenset(("he", "him", "his", "himself", "she", "her", "hers", "herself"))
PLURAL = frozenset(("they", "them", "their", "theirs", "themselves"))
NEUTER = frozenset(("it", "its", "itself"))
REACH = 3
"""Sentences back that a pronoun may look."""
SUBJECTS = ("nsubj", "nsubjpass")


def resolve_pronoun(cast: Cast, phrase: Phrase) -> Entity | None:
    """Return whom a third-person pronoun refers to: the nearest fitting subject before it, else nobody."""
    token = phrase.doc[phrase.head]
    if token.lower_ in NEUTER and _is_empty(token):
        return None
    best, best_score = None, -99.0
    here = cast.number(phrase)
    for back, (earlier, entity) in enumerate(cast.latest()):
        distance = here - cast.number(earlier)
        if distance > REACH or back > 40:
            break
        if not _fits(token, earlier, entity) or _is_bound(token, earlier):
            continue
        score = _salience(token, earlier, distance) - 0.05 * back
        if score > best_score:
            best, best_score = entity, score
    return best if best_score > _threshold(token) else None


def add_unnamed(cast: Cast, phrase: Phrase) -> Entity | None:
    """Return the man or woman whom a comment speaks of without saying who that is; None for other words.

    A reader who writes `He is a liar` judges somebody. Who it is stays open, and no other comment
    means the same person by it.
    """
    word = phrase.doc[phrase.head].lower_
    if word not in THIRD_PERSON:
        return None
    female = word in actor_words("female")
    key = ("unnamed", phrase.sentence.part, "woman" if female else "man")
    entity = cast.add(key, f"unnamed {key[2]}", "person", "pronoun without a name")
    entity.note(female=female)
    return entity


def _threshold(token: Token) -> float:
    """Return how salient an actor must be: high for `it`, that mostly means a thing."""
    if token.lower_ in NEUTER:
        return -0.9
    return -1.9 if token.lower_ in PLURAL else -5.5


def _salience(token: Token, earlier: Phrase, distance: int) -> float:
    head = earlier.doc[earlier.head]
    while head.dep_ == "conj":
        head = head.head
    score = -1.5 * distance
    if head.dep_ in SUBJECTS:
        score += 1.0
        if head.head.dep_ in ("ROOT", "conj", "ccomp"):
            score += 0.3
    elif head.dep_ == "agent" or (head.dep_ == "pobj" and head.head.dep_ == "agent"):
        score += 0.3
    elif head.dep_ == "poss":
        score -= 0.3
    elif token.lower_ in NEUTER:
        score -= 1.0
    if earlier.kind == "pronoun":
        score += 0.2
    return score


def _fits(token: Token, earlier: Phrase, entity: Entity) -> bool:
    word = token.lower_
    if word in THIRD_PERSON:
        if entity.type != "person" or entity.plural:
            return False
        female = gender_of(entity, earlier)
        return female is None or female == (word in actor_words("female"))
    if word in PLURAL:
        return entity.plural or entity.type == "group" or (entity.type == "organization" and earlier.plural)
    return entity.type in ("country", "organization") or (entity.type == "group" and not entity.plural)


def gender_of(entity: Entity, phrase: Phrase) -> bool | None:
    """Return whether a person is a woman, by title, first name or an earlier pronoun; None if not known."""
    if entity.female is not None:
        return entity.female
    words = [
        entity.word or "",
        *(token.lower_.rstrip(".") for token in phrase.doc[phrase.start : phrase.end]),
    ]
    if any(word in actor_words("female") for word in words) or actor_words("female name").intersection(
        entity.name.lower().split()[:1]
    ):
        return True
    if any(word in actor_words("male") for word in words):
        return False
    return None


def _is_bound(token: Token, earlier: Phrase) -> bool:
    """Return whether an object pronoun would mean the subject of its own verb, or its own phrase."""
    head = earlier.doc[earlier.head]
    if earlier.doc is not token.doc:
        return False
    if token.i in range(earlier.start, earlier.end):
        return True
    if token.dep_ in ("dobj", "dative", "pobj") and not token.lower_.endswith(("self", "selves")):
        verb = token.head.head if token.dep_ == "pobj" else token.head
        return head.head is verb and head.dep_ in SUBJECTS
    return False


def _is_empty(token: Token) -> bool:
    """Return whether `it` stands for nothing: `it is clear that`, `it seems`, `make it hard to`."""
    if token.dep_ == "expl":
        return True
    verb = token.head
    if token.lower_ == "its":
        return False
    if token.dep_ not in SUBJECTS:
        return True
    if verb.lemma_ == "be" or verb.lemma_ in actor_words("impersonal"):
        return True
    if token.dep_ == "nsubjpass" and any(
        child.dep_ in ("ccomp", "csubjpass", "xcomp") for child in verb.children
    ):
        return True
    return any(child.dep_ == "csubj" for child in verb.children)


# --- first person -------------------------------------------------------------------------------


def resolve_first_person(cast: Cast, phrase: Phrase, speakers: list[tuple[int, Entity]]) -> Entity | None:
    """Return who says `I` or `we`: who speaks in the sentence, else who spoke last in the part."""
    here = cast.number(phrase)
    near = [(abs(here - number), number > here, number, entity) for number, entity in speakers]
    near = [item for item in near if item[0] <= REACH]
    if near:
        speaker = min(near, key=lambda item: item[:3])[3]
        return (
            _group_of(cast, speaker)
            if phrase.doc[phrase.head].lower_ in ("we", "us", "our", "ours")
            else speaker
        )
    if phrase.doc[phrase.head].lower_ in ("i", "me", "my", "mine", "myself"):
        return None
    for earlier, entity in cast.latest():
        distance = here - cast.number(earlier)
        is_body = entity.type in ("country", "organization")
        if 0 < distance <= REACH and is_body and earlier.doc[earlier.head].dep_ in SUBJECTS:
            return entity
    return None


def _group_of(cast: Cast, speaker: Entity) -> Entity:
    """Return the country for which an official says `we`, if the page names it; else the speaker."""
    if speaker.type == "person" and speaker.sector in ("GOV", "MIL") and speaker.country:
        for entity in cast.entities:
            if entity.type == "country" and entity.country == speaker.country and entity.mentions:
                return entity
    return speaker


def find_speakers(cast: Cast) -> list[tuple[int, Entity]]:
    """Return (sentence number, actor) of those who are the subject of a verb of speech."""
    found = []
    for phrase, entity in cast.recent:
        head = phrase.doc[phrase.head]
        if head.dep_ == "nsubj" and head.head.lemma_ in actor_words("speech") and phrase.kind != "country":
            found.append((cast.number(phrase), entity))
    return found
