from __future__ import annotations

from onrecord.clauses.arcs import child_with
from onrecord.language.en import FIRST_PLURAL, GENDERED, NEUTER, PLURAL
from onrecord.lexicons.actors import actor_words
from onrecord.stages.actors.cast import Cast, Entity, phrase_span
from onrecord.stages.actors.read_phrases import Phrase
from onrecord.words import Token

REACH = 3
"""Sentences back that a pronoun may look."""
SUBJECTS = ("nsubj", "nsubjpass")


def resolve_pronoun(cast: Cast, phrase: Phrase) -> None:
    """Record whom a third-person pronoun refers to: the most salient actor that fits; else nobody.

    In a comment it may be somebody of whom nobody says who that is.
    """
    entity = _find_salient(cast, phrase)
    if entity is None and cast.entities_sealed:
        entity = _add_unnamed(cast, phrase)
    if entity is not None:
        cast.mention(phrase, entity, "pronoun")


def _find_salient(cast: Cast, phrase: Phrase) -> Entity | None:
    """Return the actor of the sentences before whose mention a pronoun most likely goes back to."""
    token = phrase.doc[phrase.head]
    if _is_empty(token):
        return None
    best, best_score = None, _threshold(token)
    here = cast.number(phrase)
    for back, (earlier, entity) in enumerate(cast.latest()):
        distance = here - cast.number(earlier)
        if distance > REACH:
            break
        if _fits(token, earlier, entity) and not _is_bound(token, earlier):
            score = _salience(token, earlier, distance) - 0.05 * back
            if score > best_score:
                best, best_score = entity, score
    return best


def _add_unnamed(cast: Cast, phrase: Phrase) -> Entity | None:
    """Return the man or woman whom a comment speaks of without saying who that is; None for other words.

    A reader who writes `He is a liar` judges somebody. Who it is stays open, and no other comment
    means the same person by it.
    """
    word = phrase.doc[phrase.head].lower_
    if word not in GENDERED:
        return None
    female = word in actor_words("female")
    key = ("unnamed", phrase.sentence.part, "woman" if female else "man")
    return cast.add(key, f"unnamed {key[2]}", "person", "pronoun without a name")


def _threshold(token: Token) -> float:
    """Return how salient an actor must be: high for `it`, that mostly means a thing."""
    if token.lower_ in NEUTER:
        return -0.9
    return -1.9 if token.lower_ in PLURAL else -5.5


def _salience(token: Token, earlier: Phrase, distance: int) -> float:
    """Return how salient a mention is for a pronoun so many sentences later: subjects first."""
    head = earlier.doc[earlier.head]
    while head.dep_ == "conj":
        head = head.head
    score = -1.5 * distance
    if head.dep_ in SUBJECTS:
        score += 1.3 if head.head.dep_ in ("ROOT", "conj", "ccomp") else 1.0
    elif head.head.dep_ == "agent":
        score += 0.3
    elif head.dep_ == "poss":
        score -= 0.3
    elif token.lower_ in NEUTER:
        score -= 1.0
    return score + (0.2 if earlier.kind == "pronoun" else 0.0)


def _fits(token: Token, earlier: Phrase, entity: Entity) -> bool:
    """Return whether a pronoun agrees with an actor in number, gender and kind."""
    word = token.lower_
    if word in GENDERED:
        female = gender_of(entity, earlier)
        return entity.type == "person" and female in (None, word in actor_words("female"))
    if word in PLURAL:
        return entity.plural or entity.type == "group"
    return entity.type in ("country", "organization") or (entity.type == "group" and not entity.plural)


def gender_of(entity: Entity, phrase: Phrase) -> bool | None:
    """Return whether a person is a woman, by words of the mention or the first name; None if not known."""
    words = {entity.word, *(token.lower_.rstrip(".") for token in phrase.doc[phrase.start : phrase.end])}
    if words & actor_words("female") or entity.name.lower().split()[0] in actor_words("female name"):
        return True
    return False if words & actor_words("male") else None


def _is_bound(token: Token, earlier: Phrase) -> bool:
    """Return whether an object pronoun would mean the subject of its own verb: `He saw him`."""
    verb = token.head.head if token.dep_ == "pobj" else token.head
    return earlier.doc[earlier.head].head is verb and not token.lower_.endswith(("self", "selves"))


def _is_empty(token: Token) -> bool:
    """Return whether `it` stands for nothing: `it is clear that`, `it seems`, `make it hard to`."""
    if token.lower_ != "it":
        return False
    verb = token.head
    if token.dep_ not in SUBJECTS or verb.lemma_ == "be" or verb.lemma_ in actor_words("impersonal"):
        return True
    clauses = ("csubj", "ccomp", "csubjpass", "xcomp") if token.dep_ == "nsubjpass" else ("csubj",)
    return child_with(verb, *clauses) is not None


# --- first person -------------------------------------------------------------------------------


def resolve_first_persons(cast: Cast, phrases: list[Phrase]) -> None:
    """Record who says `I` or `we`, once a report has been read."""
    speakers = find_speakers(cast)
    for phrase in phrases:
        entity = _find_speaker(cast, phrase, speakers)
        if entity is not None:
            entity.mentions.append((phrase_span(phrase), "first person"))


def _find_speaker(cast: Cast, phrase: Phrase, speakers: list[tuple[int, Entity]]) -> Entity | None:
    """Return who speaks in the sentence, else who spoke last; `we` may be a body told of before."""
    here, word = cast.number(phrase), phrase.doc[phrase.head].lower_
    near = [(abs(here - number), number > here, place) for place, (number, _) in enumerate(speakers)]
    near = [one for one in near if one[0] <= REACH]
    if near:
        speaker = speakers[min(near)[2]][1]
        return _group_of(cast, speaker) if word in FIRST_PLURAL else speaker
    bodies = (
        entity
        for earlier, entity in cast.latest()
        if 0 < here - cast.number(earlier) <= REACH
        and entity.type in ("country", "organization")
        and earlier.doc[earlier.head].dep_ in SUBJECTS
    )
    return next(bodies, None) if word in FIRST_PLURAL else None


def _group_of(cast: Cast, speaker: Entity) -> Entity:
    """Return the country for which an official says `we`, if the page names it; else the speaker."""
    if speaker.sector in ("GOV", "MIL"):
        countries = (one for one in cast.entities if one.type == "country" and one.country == speaker.country)
        return next(countries, speaker)
    return speaker


def find_speakers(cast: Cast) -> list[tuple[int, Entity]]:
    """Return (sentence number, actor) of those who are the subject of a verb of speech."""
    found = []
    for phrase, entity in cast.recent:
        head = phrase.doc[phrase.head]
        if head.dep_ == "nsubj" and head.head.lemma_ in actor_words("speech"):
            found.append((cast.number(phrase), entity))
    return found
