"""How many an attack killed and wounded: the numbers that the story tells, and which are its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from onrecord.grammar import children_with, is_negated, prepositional, tokens_span, with_conjuncts
from onrecord.language.en import RELATIVE
from onrecord.records import Quantity, Sentence, Span
from onrecord.stages.events.event_words import event_words
from onrecord.stages.events.place_events import NEAREST, Act
from onrecord.stages.events.relate_words import bucket, clause_top, relate_words, tell_distance
from onrecord.stages.events.story import Story
from onrecord.stages.events.trace_cues import is_verbal
from onrecord.stages.events.weigh_choices import Choice
from onrecord.words import Token

COUNTED = ("ASSAULT", "COERCE", "PROTEST")
"""PLOVER types of acts in which people are killed or wounded."""
DEAD, INJURED = "dead", "injured"
TOP = 2
"""Sentences at the top, title included: their act is the one that the page is about."""
PARTS = ("nummod", "amod", "compound", "quantmod", "advmod", "det", "nmod", "poss")
SINGULAR = ("NN", "NNP")
SUBJECTS = ("nsubj", "nsubjpass")
ONE = ("him", "her", "himself", "herself", "he", "she")


@dataclass(frozen=True, slots=True)
class Harm:
    """A number of victims, where the story tells it."""

    kind: str
    """dead or injured."""
    count: int
    word: Token
    """The word that says what was done to them."""
    number: int
    """Place of its sentence in the story."""
    span: Span
    quantities: tuple[str, ...]
    form: str
    """How it is told: as a verb, a noun, a total, one person."""
    beside: frozenset[str] = frozenset()
    """Lemmas of the verbs and nouns of its sentence."""
    victims: frozenset[str] = frozenset()
    """Ids of the actors who were killed or wounded."""


@dataclass(frozen=True, slots=True)
class Rivals:
    """The numbers of a page for one kind of harm."""

    numbers: int
    most: int
    """How often the one that is told most often is told."""
    greatest: int


def find_harm(story: Story) -> list[Harm]:
    """Return the numbers of victims that a story tells, in text order."""
    found: list[Harm] = []
    for number, sentence in enumerate(story.sentences):
        for token in sentence.tokens:
            kind = harm_of(token)
            if kind:
                found += _read_harm(token, kind, number, sentence, story)
    return found


def harm_of(token: Token) -> str:
    """Return whether a word says that people were killed or wounded: dead, injured, or empty."""
    if is_verbal(token):
        if token.lemma_ in event_words("killing"):
            return DEAD
        if token.lemma_ in event_words("injuring"):
            return INJURED
        return DEAD if _costs_lives(token) or _shot_dead(token) else ""
    if token.lower_ == "dead":
        return "" if _is_outcome(token) else DEAD
    if token.lemma_ in event_words("deaths"):
        return DEAD
    if token.lemma_ in event_words("blows") and _is_deadly(token):
        return DEAD
    return INJURED if token.lemma_ in event_words("injuries") else ""


def _is_outcome(dead: Token) -> bool:
    """Return whether "dead" is told with its verb: "shot him dead", "a student dead" behind "shot"."""
    if dead.dep_ == "amod":
        return dead.i > dead.head.i
    return dead.dep_ == "oprd" and bool(children_with(dead.head, "dobj", "nsubjpass"))


def _is_deadly(blow: Token) -> bool:
    """Return whether a noun for an attack says whom it killed: "the fatal shooting of two boys"."""
    told = any(word.lower_ in event_words("deadly") for word in children_with(blow, "amod"))
    return told and bool(prepositional(blow, "of"))


def _costs_lives(verb: Token) -> bool:
    """Return whether a verb takes lives: "claimed the lives of 30", "lost their lives"."""
    return verb.lemma_ in event_words("costing lives") and any(
        thing.lemma_ == "life" for thing in children_with(verb, "dobj")
    )


def _shot_dead(verb: Token) -> bool:
    """Return whether what was done to somebody ended in death: "shot him dead", "gunned down"."""
    below = [child for child in verb.children if child.dep_ not in SUBJECTS]  # not "the dead included two"
    behind = [t for thing in children_with(verb, "dobj", "prep") for t in thing.children if t.i > thing.i]
    if any(word.lower_ in event_words("deadly") for word in (*below, *behind)):
        return True
    return verb.lemma_ in event_words("felling") and any(word.lower_ == "down" for word in below)


def _read_harm(token: Token, kind: str, number: int, sentence: Sentence, story: Story) -> Iterator[Harm]:
    """Yield the number of victims beside a word of harm; nothing where it is denied or not told."""
    if is_negated(token):
        return
    before = token.nbor(-1) if token.tag_ == "VBN" and token.i else None
    own = [before] if before is not None and before.like_num else []
    victims = own or list(_victims_of(token))  # "left nine dead and 14 injured": the number is the verb's
    counts = [one for one in (count_people(v, sentence, story) for v in victims) if one[0] is not None]
    if not counts:
        return
    total = sum(count for count, _, _ in counts if count is not None)
    used = tuple(name for _, names, _ in counts for name in names)
    form = "several sums" if len(counts) > 1 else counts[0][2]
    span = tokens_span(sentence, [token, *victims])
    yield Harm(
        kind, total, token, number, span, used, f"{'verb' if is_verbal(token) else 'noun'}, {form}",
        _words_beside(sentence), _actors_at(victims, sentence, story),
    )  # fmt: skip


def _actors_at(words: Sequence[Token], sentence: Sentence, story: Story) -> frozenset[str]:
    spans = [(sentence.offset + word.idx, sentence.offset + word.idx + len(word.text)) for word in words]
    return frozenset(actor.id for span in spans for _, actor in story.actors.touching(span))


def _words_beside(sentence: Sentence) -> frozenset[str]:
    return frozenset(word.lemma_.lower() for word in sentence.tokens if word.pos_ in ("VERB", "NOUN"))


def _victims_of(token: Token) -> Iterator[Token]:
    """Yield the nouns that name who is killed or wounded by a word of harm."""
    if token.lower_ == "dead":
        yield from (noun for head in _left_dead(token) for noun in with_conjuncts(head))
        return
    if not is_verbal(token):
        if token.lemma_ not in event_words("blows"):
            yield token
        for prep in children_with(token, "prep"):
            if prep.lower_ in ("of", "at", "to"):
                yield from (noun for child in children_with(prep, "pobj") for noun in with_conjuncts(child))
        if token.dep_ == "nsubj":  # "the death toll rose to 40", "the toll is 40"
            yield from prepositional(token.head, "to", "at", "above", "past")
            if token.lemma_ in event_words("tolls"):
                yield from children_with(token.head, "attr", "dobj")
        return
    if _costs_lives(token):
        lives = next(thing for thing in children_with(token, "dobj") if thing.lemma_ == "life")
        owned = [inner for prep in children_with(lives, "prep") for inner in children_with(prep, "pobj")]
        yield from (
            noun for head in (owned or children_with(token, *SUBJECTS)) for noun in with_conjuncts(head)
        )
        return
    yield from (noun for head in _harmed(token) for noun in with_conjuncts(head))


def _left_dead(word: Token) -> list[Token]:
    """Return the heads of those who are dead: "nine dead", "three dead miners", "four miners are dead"."""
    if children_with(word, "nummod"):
        return [word]
    if word.dep_ == "amod":
        return [word.head]
    return children_with(word, "nsubj") or children_with(word.head, "nsubj")


def _harmed(verb: Token) -> list[Token]:
    """Return the heads of who a verb of harm is done to."""
    dying = verb.lemma_ in event_words("dying")
    found = children_with(verb, *SUBJECTS) if dying else children_with(verb, "dobj", "nsubjpass")
    if any(one.lower_ in RELATIVE for one in found):
        return _those_meant(verb)
    if found:
        return found
    if verb.tag_ == "VBN" and verb.dep_ in ("acl", "amod", "ROOT", "ccomp", "relcl"):
        subject = children_with(verb, "nsubj")
        return subject or ([verb.head] if verb.dep_ in ("acl", "amod", "relcl") else [])
    if verb.dep_ == "conj":
        return _harmed(verb.head)
    return [thing for other in with_conjuncts(verb)[1:] for thing in children_with(other, "dobj")]


def _those_meant(verb: Token) -> list[Token]:
    """Return whom a relative clause is about: "12 people who died", "two editors were among those killed"."""
    noun = verb.head
    subjects = children_with(noun.head.head, *SUBJECTS) if noun.head.lower_ == "among" else []
    return subjects or [noun]


def count_people(noun: Token, sentence: Sentence, story: Story) -> tuple[int | None, tuple[str, ...], str]:
    """Return how many people a noun phrase names, the ids of the numbers that say so, and how."""
    words = [noun, *(child for child in noun.children if child.dep_ in PARTS)]
    words += [inner for word in words[1:] for inner in word.children if inner.dep_ in PARTS]
    span = tokens_span(sentence, words)
    for quantity in story.numbers_in(span):
        if quantity.value is not None and quantity.unit is None and _is_own(quantity, noun, sentence, story):
            return int(quantity.value), (quantity.id,), "a number"
    if noun.lemma_ in (*event_words("deaths"), *event_words("injuries")):
        return None, (), ""  # "a killing of three boys" is no fourth
    if noun.lower_ in ONE:
        return 1, (), "one person"
    if noun.tag_ not in SINGULAR:
        return None, (), ""
    actor = story.actors.at((sentence.offset + noun.idx, sentence.offset + noun.idx + len(noun.text)))
    article = any(child.lower_ in ("a", "an", "one", "another") for child in noun.children)
    is_person = actor is not None and actor.type == "person"
    return (1, (), "one person") if article or is_person else (None, (), "")


def _is_own(quantity: Quantity, noun: Token, sentence: Sentence, story: Story) -> bool:
    """Return whether a number counts the noun itself and is no age and no part: not "a 9-year-old boy"."""
    after = story.draft.page.text[quantity.mention[1] : quantity.mention[1] + 10].lower()
    return not after.lstrip(" -").startswith("year")


def victim_choices(kind: str, act: Act, harm: Sequence[Harm]) -> list[Choice]:
    """Return the numbers of victims of a kind as candidates for those of an act; the same numbers as one."""
    near = [(one, *_stand(one, act)) for one in harm if one.kind == kind]
    greatest = max((one.count for one, _, _ in near), default=0)
    near.sort(key=lambda item: (item[2], item[0].span))
    grouped: dict[int, list[tuple[Harm, str, int]]] = {}
    for item in near:
        grouped.setdefault(item[0].count, []).append(item)
    most = max((len(items) for items in grouped.values()), default=0)
    return [
        Choice(
            str(count),
            tuple(dict.fromkeys(_name_features(items, place, act, Rivals(len(grouped), most, greatest)))),
            "told" if items[0][2] < len(NEAREST) else "story",
            items[0][0].span,
        )
        for place, (count, items) in enumerate(grouped.items())
    ]


def _stand(one: Harm, act: Act) -> tuple[str, int]:
    if one.word is act.word:
        return "the act itself", -1
    away = one.number - act.number
    if away == 0:
        relation = relate_words(one.word, act.word)
        return relation, NEAREST.index(relation)
    return tell_distance(away), len(NEAREST) + 2 * abs(away) + (away > 0)


def _name_features(
    items: Sequence[tuple[Harm, str, int]], place: int, act: Act, rivals: Rivals
) -> Iterator[str]:
    first, relation, _ = items[0]
    yield "any number"
    yield f"any number, {act.type}"
    yield f"in {relation}"
    yield f"in {relation}, {first.form}"
    yield f"in {relation}, {act.type}"
    yield f"in {relation}, the act a {act.word.pos_.lower()}"
    yield first.form
    yield f"{bucket(place)} numbers nearer"
    yield f"{bucket(rivals.numbers)} numbers on the page"
    yield f"told {bucket(len(items))} times"
    if rivals.numbers > 1 and len(items) == rivals.most:
        yield "told most often"
    if rivals.numbers > 1 and first.count == rivals.greatest:
        yield "the greatest number"
    if rivals.numbers > 1 and act.number < TOP:
        size = "the greatest" if first.count == rivals.greatest else "a lesser"
        yield f"an act at the top, {size} number"
    word = act.word.lemma_.lower()
    if any(word in one.beside and one.number != act.number for one, _, _ in items):
        yield "told beside the same word"
    if act.word.lemma_ in event_words("killing"):
        yield "the act kills"
        yield f"the act kills, in {relation}"
        yield f"the act kills, {bucket(min(first.count, 4))}"
    if any(not one.victims.isdisjoint(act.to) for one, _, _ in items):
        yield "its victims are the target"
    if clause_top(first.word) is clause_top(act.word):
        yield "its verb"
    yield f"so many: {bucket(min(first.count, 7))}"
    if rivals.numbers == 1:
        yield "the one number of the page"
