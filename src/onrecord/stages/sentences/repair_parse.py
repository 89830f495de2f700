"""Known mistakes of the parser, mended in each Doc before anything reads it."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from itertools import chain, takewhile

from onrecord.clauses.arcs import child_with
from onrecord.lexicons.words import words_by_kind
from onrecord.stages.sentences.copy_words import link_words
from onrecord.words import Doc, Token, Tokens

FINITE = ("VBD", "VBZ", "VBP")
NOMINAL = ("NOUN", "PROPN", "PRON")
CLOSING_MARKS = ("”", "’", '"', "''", "'")
OWN = ("nsubj", "nsubjpass", "auxpass", "aux")
DEEPEST = 100
"""Arcs from the top of a sentence down to the deepest word that others may hang on: what descends a parse
needs a frame of the stack for each. The deepest word of 1,734 development pages has 64 above it."""

Arcs = dict[int, tuple[int, str]]
"""New head and label of a word, by its place."""


def repair_parse(doc: Doc) -> Doc:
    """Return a Doc after all repairs, in order."""
    for repair in REPAIRS:
        doc = repair(doc)
    return doc


def part_next_clause(doc: Doc) -> Doc:
    """Make the last noun of a list the subject of the finite verb right after it.

    In "Chad expelled the envoy and Sudan condemned Chad", Sudan may hang on envoy; the verb after it,
    with no subject of its own, says otherwise.
    """
    arcs: Arcs = {}
    for noun in doc.words[:-1]:
        verb = doc.words[noun.i + 1]
        if verb.pos_ == "ADV" and verb.i + 1 < len(doc):  # "and Sudan strongly condemned Chad"
            verb = doc.words[verb.i + 1]
        if noun.dep_ == "conj" and verb.dep_ == "conj" and _begins_clause(noun, verb):
            arcs[noun.i] = verb.i, "nsubj"
            if noun in verb.ancestors:
                arcs[verb.i] = _verb_above(noun).i, "conj"
    return _rehang(doc, arcs)


def _begins_clause(noun: Token, verb: Token) -> bool:
    return (
        noun.pos_ in NOMINAL
        and noun.head.dep_ != "nsubj"
        and verb.pos_ == "VERB"
        and verb.tag_ in FINITE
        and child_with(verb, *OWN) is None
        and _verb_above(noun) is not noun
    )


def _verb_above(noun: Token) -> Token:
    """Return the nearest verb above a noun, the noun itself if there is none."""
    return next((word for word in noun.ancestors if word.pos_ in ("VERB", "AUX")), noun)


def raise_headless_verb(doc: Doc) -> Doc:
    """Make a participle the verb of a sentence that the parser left without one.

    In "The air force carried out strikes" the parser may take "carried" for a description of "force";
    an object of its own, and no agent, give that away.
    """
    arcs: Arcs = {}
    for verb in doc.words:
        if verb.dep_ != "acl" or verb.tag_ not in ("VBN", "VBD") or verb.head.dep_ != "ROOT":
            continue
        if child_with(verb, "dobj") is None or child_with(verb, "agent", "aux", "nsubj") is not None:
            continue
        noun = verb.head
        if noun.pos_ not in NOMINAL or noun.i > verb.i or _has_verb(noun, verb):
            continue
        arcs[verb.i], arcs[noun.i] = (verb.i, "ROOT"), (verb.i, "nsubj")
        arcs |= {child.i: (verb.i, child.dep_) for child in noun.rights if child.i > verb.i}
        verb.tag_ = "VBD"
    return _rehang(doc, arcs)


def _has_verb(noun: Token, verb: Token) -> bool:
    """Return whether a noun has another clause that could be the main one."""
    return any(child is not verb and child.tag_ in FINITE for child in noun.rights)


def mark_experienced(doc: Doc) -> Doc:
    """Label the subject of what is undergone as passive: "the fighting saw ten soldiers killed"."""
    verbs = words_by_kind("clause_words")["experiencing"]
    arcs: Arcs = {}
    for verb in doc.words:
        if verb.dep_ != "ccomp" or verb.tag_ != "VBN" or verb.head.lemma_ not in verbs:
            continue
        subject = child_with(verb, "nsubj")
        if subject is not None and child_with(verb, "aux", "auxpass") is None:
            arcs[subject.i] = verb.i, "nsubjpass"
    return _rehang(doc, arcs)


def raise_added_speech(doc: Doc) -> Doc:
    """Hang further speech of the same subject on the first verb of speech.

    In "Lind said the army had left, adding that he was sure", "adding" may hang on "left", as if the
    army added something; what carries a clause of its own there goes on with the first speech. So does
    a second verb: "Lind said the army had left and added that he was sure".
    """
    spoken = speech_lemmas()
    telling = spoken | words_by_kind("clause_words")["pointing"]
    arcs: Arcs = {}
    for verb in doc.words[1:]:
        if verb.lemma_ not in telling:
            continue
        is_participle = verb.tag_ == "VBG" and _follows_comma(verb) and _is_speech(verb, spoken)
        is_second = verb.tag_ in FINITE and verb.dep_ == "conj" and child_with(verb, *OWN) is None
        above = _speech_above(verb, spoken) if is_participle or is_second else None
        if above is not None and above is not verb.head:
            arcs[verb.i] = above.i, "advcl" if is_participle else "conj"
            arcs |= {cc.i: (above.i, "cc") for cc in verb.head.rights if cc.dep_ == "cc" and cc.i < verb.i}
    return _rehang(doc, arcs)


def _is_speech(verb: Token, spoken: frozenset[str]) -> bool:
    """Return whether a verb says something: a clause, or what it points to: `citing costs`."""
    pointing = words_by_kind("clause_words")["pointing"]
    if verb.lemma_ in pointing:
        return verb.tag_ == "VBG" and child_with(verb, "dobj", "prep") is not None
    return verb.lemma_ in spoken and child_with(verb, "ccomp") is not None


def _follows_comma(verb: Token) -> bool:
    """Return whether a comma stands before a verb, or before the closing mark of a quotation there."""
    before = verb.doc.words[max(0, verb.i - 2) : verb.i]
    return before[-1].text == "," or (before[-1].text in CLOSING_MARKS and before[0].text == ",")


def _speech_above(verb: Token, spoken: frozenset[str]) -> Token | None:
    """Return the verb of speech that has a verb in its clause, or in that of its noun: `denied that`."""
    below = verb
    for above in verb.ancestors:
        noun = above if below.dep_ == "acl" and above.dep_ == "dobj" else below
        top = noun.head
        if (noun is above or below.dep_ == "ccomp") and top.lemma_ in spoken and top.i < below.i:
            return top
        below = above
    return None


@cache
def speech_lemmas() -> frozenset[str]:
    """Return the verbs of speech that take a clause."""
    return words_by_kind("clause_words")["speech"]


def raise_headline_verb(doc: Doc) -> Doc:
    """Make a headline's verb that looks like a plural noun its verb: "Mali Orders Withdrawal Of Troops".

    Only in a line that has no finite verb of its own and no full stop, where the word stands between a
    noun and the noun that the parser took for the head of all; or right before one that it took for a
    plural verb: "Niger signs deal with Chad".
    """
    arcs: Arcs = {}
    for sent in doc.sents or ():
        words = list(sent)
        if len(words) < 3 or words[-1].text == ".":
            continue
        verb = next((word for word in words[1:-1] if _is_headline_verb(word)), None)
        root = sent.root
        if verb is None or any(one not in (verb, root) and one.tag_ in (*FINITE, "MD") for one in words):
            continue
        subject = doc.words[verb.i - 1]
        if not _may_act(subject, sent.start) or not _may_be_noun(root, verb):
            continue
        arcs[verb.i], arcs[root.i], arcs[subject.i] = (verb.i, "ROOT"), (verb.i, "dobj"), (verb.i, "nsubj")
        before = [word for word in words if word.i < subject.i and word.head in (root, verb)]
        arcs |= {word.i: (subject.i, word.dep_) for word in before}
        verb.tag_, verb.pos_, verb.lemma_, verb.ent_type_ = "VBZ", "VERB", verb.lower_[:-1], ""
        if root.pos_ not in NOMINAL:
            root.tag_, root.pos_ = "NN", "NOUN"
    return _rehang(doc, arcs)


def _may_act(word: Token, first: int) -> bool:
    """Return whether a word may be who acts; the first of a line also where it was taken for an adjective."""
    return word.pos_ in NOMINAL or (word.i == first and word.tag_ == "JJ")


def _may_be_noun(root: Token, verb: Token) -> bool:
    """Return whether the head of a line is a noun, or, right after what looks like its subject, may be."""
    if root.i <= verb.i:
        return False
    return root.pos_ in NOMINAL or (root.tag_ in ("VBP", "VB") and root.i == verb.i + 1)


def _is_headline_verb(word: Token) -> bool:
    """Return whether a word that describes a noun has the form of a verb that headlines like."""
    return (
        word.dep_ in ("compound", "nsubj")
        and word.tag_ in ("NNS", "NNP", "NNPS", "VBZ")
        and word.lower_[-1:] == "s"
        and word.lower_[:-1] in words_by_kind("clause_words")["headline"]
    )


def mark_headline_passive(doc: Doc) -> Doc:
    """Label the subject of a headline's bare participle as passive: "Colonel indicted over arms deal".

    Only in a line without a full stop, and where the verb has no object, clause or auxiliary of its own.
    """
    arcs: Arcs = {}
    for sent in doc.sents or ():
        if doc.words[sent.end - 1].text in (".", "?", "!"):
            continue
        for verb in sent:
            subject = child_with(verb, "nsubj")
            if subject is None or subject.i > verb.i or verb.tag_ not in ("VBD", "VBN"):
                continue
            is_bare = child_with(verb, "dobj", "ccomp", "xcomp", "aux", "auxpass", "agent", "oprd") is None
            if is_bare and verb.lemma_.lower() in words_by_kind("clause_words")["undergone"]:
                arcs[subject.i] = verb.i, "nsubjpass"
                verb.tag_ = "VBN"
    return _rehang(doc, arcs)


def bound_depth(doc: Doc) -> Doc:
    """Hang words that are too deep on the deepest that others may hang on.

    To the parser a list of thousands is a chain, each item hanging on the one before it.
    """
    arcs: Arcs = {}
    for sent in doc.sents or ():
        if len(sent) > DEEPEST:
            arcs |= _flatten(sent)
    return _rehang(doc, arcs)


def _flatten(sent: Tokens) -> Arcs:
    """Return where the words of a sentence hang that are too deep; each word is climbed over once."""
    known: dict[int, tuple[int, int]] = {}  # how deep a word is, and the word that all below it may hang on
    arcs: Arcs = {}
    for word in sent:
        above = takewhile(lambda one: one.i not in known, chain((word,), word.ancestors))
        for one in reversed(list(above)):
            depth, anchor = (-1, one.i) if one.head is one else known[one.head.i]
            if depth >= DEEPEST:
                arcs[one.i] = anchor, one.dep_
            known[one.i] = depth + 1, anchor if depth >= DEEPEST else one.i
    return arcs


REPAIRS: tuple[Callable[[Doc], Doc], ...] = (
    part_next_clause,
    raise_headless_verb,
    mark_experienced,
    raise_added_speech,
    raise_headline_verb,
    mark_headline_passive,
    bound_depth,
)
"""Repairs in the order in which they are made; each has cases in tests/stages/sentences/repairs.toml."""


def _rehang(doc: Doc, arcs: Arcs) -> Doc:
    """Return a Doc with some words hung elsewhere."""
    if arcs:
        heads = [word.head.i for word in doc.words]
        for i, (head, label) in arcs.items():
            heads[i] = head
            doc.words[i].dep_ = label
        link_words(doc.words, heads)
    return doc
