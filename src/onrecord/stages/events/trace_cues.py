"""The way up from an act through everything that governs it: modals, negation, cue words, clauses."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

from onrecord.clauses.arcs import mark_of
from onrecord.grammar import answering, child_with, children_with, has_to, is_negated, prepositional
from onrecord.language.en import CONDITIONAL, NEGATIVE, PRESUPPOSING, REPLACIVE
from onrecord.ontology.entries import Codebook, Cue
from onrecord.stages.events.match_entries import has_particle
from onrecord.words import Token

LONGEST = 10
REACH = 4
"""Words above a phrase that are asked whether it belongs to them."""
VERBS = ("VERB", "AUX")


class Step(NamedTuple):
    """One thing that governs an act: its kind, the word, the cue entry if a lexicon gave it."""

    kind: str
    token: Token
    form: str = ""
    cue: Cue | None = None


@dataclass(frozen=True, slots=True)
class Trace:
    """What governs an act, inmost first, and whether the text asserts it at all."""

    steps: tuple[Step, ...]
    asserted: bool
    support: Token | None
    """The light verb that a noun act leans on; its subject is the one who acts."""
    end: Token
    """Where the climb ended."""


def trace_cues(token: Token, book: Codebook) -> Trace:
    """Return what governs an act, from the act outwards."""
    climber = _Climber(book)
    return climber.climb(token)


class _Climber:
    def __init__(self, book: Codebook) -> None:
        self.book = book
        self.steps: list[Step] = []
        self.asserted = True
        self.support: Token | None = None

    def climb(self, token: Token) -> Trace:
        current: Token | None = token
        end = token
        for _ in range(LONGEST):
            if current is None:
                break
            end = current
            current = self._from_verb(current) if is_verbal(current) else self._from_noun(current)
        return Trace(tuple(self.steps), self.asserted, self.support, end)

    # --- verbs ---

    def _from_verb(self, verb: Token) -> Token | None:
        self.steps += read_modality(verb)
        return self._above_verb(verb)

    def _above_verb(self, verb: Token) -> Token | None:
        """Note what governs a verb, by the arc that it hangs on; returns where the climb goes on."""
        dep, head = verb.dep_, verb.head
        if dep in ("ROOT", "parataxis"):
            self._above_main(verb)
            return None
        if _is_set_apart(verb):
            return None
        if dep == "conj":
            return self._above_conjunct(verb)
        if has_to(verb):
            return self._above_infinitive(verb)
        if dep in ("ccomp", "csubj"):
            return self._above_clause(verb)
        if dep in ("xcomp", "pcomp", "acl", "dobj") and verb.tag_ == "VBG":
            return self._above_gerund(verb)
        if dep == "advcl":
            return self._above_adverbial(verb)
        return self._governed(head, ("that",), default="report") if mark_of(verb) == "that" else None

    def _above_main(self, verb: Token) -> None:
        """Note what a main verb says of itself: a question, a headline's infinitive."""
        if _is_asked(verb):
            self._add("possible", verb, "?")
        elif has_to(verb):  # a headline: "Kenya to expel envoy"
            self._add("plan", verb, "inf")

    def _above_conjunct(self, verb: Token) -> Token | None:
        """Go on above the verb that another is coordinated with, with its modality if the two share it."""
        if not _is_finite(verb):
            self.steps += [step for step in read_modality(verb.head) if not _has_own_modality(verb)]
        return self._above_verb(verb.head)

    def _above_clause(self, verb: Token) -> Token | None:
        """Note what governs a clause that is subject or object: a cue, a question, a report."""
        head = verb.head
        if step := self._find_out_of(head):
            self._take(step)
            return head
        if mark_of(verb) in ("whether", "if"):
            self._add("possible", verb, "whether")
        return self._governed(head, ("that", "ing", "inf"), default="report")

    def _find_out_of(self, verb: Token) -> Step | None:
        """Return the cue of which a subject is said to be out: "lifting the ban is out of the question"."""
        nouns = [noun for out in verb.children if out.lower_ == "out" for noun in prepositional(out, "of")]
        return self._find(nouns[0], ("out of",)) if nouns else None

    def _above_infinitive(self, verb: Token) -> Token | None:
        head = verb.head
        if head.lemma_ == "go" and head.tag_ == "VBG":
            self._add("future", head, "inf")
            return head
        for governor, forms in _infinitive_governors(verb):
            if step := self._find(governor, forms):
                self._take(step)
                return governor
        if verb.dep_ == "advcl":
            self._add("purpose", verb, "to")
            return None
        if head.lemma_ == "be":
            self._add("plan", head, "inf")
            return head
        if head.lemma_ in ("have", "need"):
            self._add("must", head, "inf")
            return head
        self._add("possible", verb, "to")
        return head

    def _above_gerund(self, verb: Token) -> Token | None:
        head = verb.head
        if verb.dep_ != "pcomp":
            return self._governed(head, ("ing", "obj", "that"), default="neutral")
        if step := self._find(head.head, (head.lower_, "ing")):
            self._take(step)
            return step.token
        if head.lower_ in ("without", "instead"):
            self._add("not", head)
        elif head.lower_ == "before":
            self._add("possible", head)
        return None

    def _above_adverbial(self, verb: Token) -> Token | None:
        mark = mark_of(verb)
        if not mark:
            return self._above_conjunct(verb)
        if mark in CONDITIONAL:
            self._add("conditional", verb, mark)
        elif mark in ("until", "so") or (mark == "before" and verb.tag_ != "VBD"):
            self._add("possible", verb, mark)
        return None

    # --- nouns ---

    def _from_noun(self, noun: Token) -> Token | None:
        if is_negated(noun):
            self._add("not", noun)
        for child in noun.children:
            if step := self._find(child, ("amod",)):
                self._take(step)
        dep = noun.dep_
        if dep == "conj":
            return noun.head
        if dep in ("dobj", "nsubjpass", "oprd", "attr", "dative"):
            return self._above_object(noun)
        if dep == "nsubj":
            return self._above_subject(noun)
        if dep == "pobj":
            return self._above_prepositional(noun)
        return self._above_modifier(noun) if dep in ("compound", "nmod", "poss", "amod") else None

    def _above_object(self, noun: Token) -> Token | None:
        verb = noun.head
        if noun.dep_ == "attr":
            return verb
        step = self._find(verb, ("obj",))
        if step is None:
            self.asserted = False
            return None
        self._lean(step)
        return verb

    def _lean(self, step: Step) -> None:
        """Note a cue that a noun hangs on; the light verb is what the noun leans on."""
        self._take(step)
        if step.kind == "light":
            self.support = step.token

    def _above_subject(self, noun: Token) -> Token | None:
        if step := self._find(noun.head, ("subj",)):
            self._take(step)
        return noun.head

    def _above_prepositional(self, noun: Token) -> Token | None:
        prep = noun.head
        governor = prep.head
        step = self._find(governor, (prep.lower_,))
        if step and not _has_moved_object(step, prep):
            self._lean(step)
            return governor
        if step := self._find_attached(noun, prep, governor):
            self._take(step)
            return step.token
        if (verb := answering(noun)) is not None:
            return verb
        if prep.lower_ not in PRESUPPOSING and prep.lower_ != "of":
            self.asserted = False
        return None

    def _find_attached(self, noun: Token, prep: Token, governor: Token) -> Step | None:
        """Return the cue that a phrase belongs to in sense where the parser hung it elsewhere."""
        if is_verbal(governor):
            things = children_with(governor, "dobj", "nsubjpass")
            steps = (self._find(thing, (prep.lower_,)) for thing in things if thing is not noun)
            return next(filter(None, steps), None)
        for above in islice(governor.ancestors, REACH):
            step = self._find(above, (prep.lower_,))
            if step is not None and step.kind not in ("light", "neutral"):
                return step
        return None

    def _above_modifier(self, noun: Token) -> Token | None:
        head = noun.head
        for form in ("of", "for", "obj", "to"):
            if step := self._find(head, (form,)):
                self._take(step)
                return head
        self.asserted = False
        return None

    # --- cues ---

    def _governed(self, head: Token, forms: tuple[str, ...], default: str) -> Token | None:
        if step := self._find(head, forms):
            self._take(step)
        else:
            self._add(default, head)
        return head

    def _find(self, token: Token, forms: tuple[str, ...]) -> Step | None:
        return find_cue(token, forms, self.book)

    def _take(self, step: Step) -> None:
        self.steps.append(step)

    def _add(self, kind: str, token: Token, form: str = "") -> None:
        self.steps.append(Step(kind, token, form))


def find_cue(token: Token, forms: tuple[str, ...], book: Codebook) -> Step | None:
    """Return the cue that a word is for a complement in one of the forms."""
    lemma = token.lemma_.lower()
    tags = _cue_tags(token)
    for form in forms:
        for tag in tags:
            for word in {lemma: 0, token.lower_: 0}:
                for particle, cue in book.cues.get((tag, word, form), ()):
                    if not particle or has_particle(token, particle):
                        return Step(cue.kind, token, form, cue)
    return None


def _has_moved_object(step: Step, prep: Token) -> bool:
    """Return whether a noun that stops has its object already: "withdrawal of troops to their base"."""
    things = [own for own in children_with(step.token, "prep") if own.lower_ == "of"]
    return step.kind == "stop" and prep.lower_ == "to" and bool(things)


def _cue_tags(token: Token) -> tuple[str, ...]:
    pos = token.pos_
    if pos in VERBS:
        return ("verb", "adj") if token.tag_ in ("VBN", "VBG") else ("verb",)
    if pos in ("NOUN", "PROPN", "NUM"):
        return ("noun",)
    if pos in ("ADJ", "ADV"):
        return ("adj",)
    return ()


def is_verbal(token: Token) -> bool:
    """Return whether a word stands as a verb."""
    return token.pos_ in VERBS


def read_modality(verb: Token) -> list[Step]:
    """Return what the auxiliaries and the negation of a verb say, inmost first."""
    if _is_unreal(verb):
        return [Step("conditional", verb)]
    negated = is_negated(verb) or _is_done_by_none(verb) or _is_replaced(verb)
    modal: Step | None = None
    for child in verb.children:
        if child.tag_ == "MD":
            modal = Step(_modal_kind(child), child)
    if negated and modal is not None and modal.kind in ("future", "would"):
        return [Step("will not", modal.token)]
    steps = []
    if modal is not None:
        steps.append(modal)
    if negated:
        steps.append(Step("not", verb))
    return steps


def _is_done_by_none(verb: Token) -> bool:
    """Return whether the subject is nobody: "Nobody on the convoy was hurt", "No soldiers were killed"."""
    subject = child_with(verb, "nsubj", "nsubjpass")
    if subject is None:
        return False
    return subject.lower_ in NEGATIVE or any(word.lower_ in ("no", "neither") for word in subject.lefts)


def _is_replaced(verb: Token) -> bool:
    """Return whether something else was done: "instead of withdrawing", "rather than shell the town"."""
    before = [
        word.lower_
        for word in verb.doc[max(0, verb.i - 3) : verb.i]
        if word.pos_ != "ADV" or word.lower_ in REPLACIVE
    ]
    return tuple(before[-2:]) in (("instead", "of"), ("rather", "than"))


def _is_unreal(verb: Token) -> bool:
    """Return whether an act is only thought of: "had they attacked", "they would have attacked"."""
    helpers = [child for child in verb.children if child.dep_ == "aux"]
    if any(one.text == "Had" for one in helpers):
        return True
    words = {one.lower_ for one in helpers}
    return bool(words & {"would", "'d", "’d"} and words & {"have", "'ve", "’ve"})


def _modal_kind(modal: Token) -> str:
    word = modal.lower_
    if word in ("will", "'ll", "’ll", "wo", "shall", "ll"):
        return "future"
    if word in ("would", "'d", "’d"):
        return "would"
    if word in ("must", "should", "ought"):
        return "must"
    return "possible"


def _has_own_modality(verb: Token) -> bool:
    return any(child.dep_ in ("aux", "neg") for child in verb.children)


def _is_asked(verb: Token) -> bool:
    """Return whether a sentence asks if something is so; who, why and when take it for a fact."""
    words = list(verb.sent)
    return words[-1].text == "?" and not any(word.tag_ in ("WP", "WRB", "WDT", "WP$") for word in words)


def _has_subject(verb: Token) -> bool:
    return child_with(verb, "nsubj", "nsubjpass") is not None


def _is_set_apart(verb: Token) -> bool:
    """Return whether a semicolon parts a clause from the verb that the parser put it under."""
    low, high = sorted((verb.i, verb.head.i))
    return any(token.text == ";" for token in verb.doc[low:high])


def _is_finite(verb: Token) -> bool:
    if verb.tag_ in ("VBD", "VBZ", "VBP", "MD"):
        return True
    helpers = children_with(verb, "aux", "auxpass")
    return any(child.tag_ in ("VBD", "VBZ", "VBP", "MD") for child in helpers)


def _infinitive_governors(verb: Token) -> list[tuple[Token, tuple[str, ...]]]:
    """Return which words an infinitive may depend on in sense, the likeliest first, with the forms to try."""
    head = verb.head
    has_object = _has_subject(verb) or child_with(head, "dobj", "dative", "nsubjpass") is not None
    own = (head, ("oinf", "inf") if has_object else ("inf", "oinf"))
    noun = child_with(head, "dobj", "attr")
    return [own] if noun is None else [(noun, ("inf",)), own]
