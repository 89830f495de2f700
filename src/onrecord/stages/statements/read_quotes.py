from __future__ import annotations

import re

from onrecord.records import Span
from onrecord.stages.statements.attribution import Scene
from onrecord.stages.statements.attribution_verb import AttributionVerb, speech_lemmas
from onrecord.stages.statements.find_quotes import WORD, Quote
from onrecord.stages.statements.find_speaker import find_after
from onrecord.stages.statements.measure_spans import inner_end, place_of, tokens_in
from onrecord.stages.statements.read_clauses import read_clause
from onrecord.stages.statements.tag_ends import FINITE, SHORT_TAG, SUBJECTS, tag_ends
from onrecord.words import Token

SHORT_WORD = 4
"""Letters from which a word of a title is in capitals."""
CONTINUING = tuple("?!,…—-")
"""What ends a quotation in a sentence of its own that a tag follows."""
ENDING = tuple(".?!…")
STOP = re.compile("[.?!”]")
TAG_REST = re.compile(rf"[^.?!”\n]{{0,{SHORT_TAG}}}\.[^\S\n]*")
"""Rest of a tag before a quotation that goes on: `on Monday.` in `he said on Monday. “It ...”`"""
LINKS = ("", ",", ":", ", that", "that")
"""Words and marks between a tag and the quotation that it introduces."""


def read_quote(scene: Scene, verb: Token, entry: AttributionVerb) -> list[Span]:
    """Return the quotations that stand directly before or after a verb with its subject."""
    left, right = _tag_of(scene, verb)
    tag = place_of(scene, left)[0], place_of(scene, right)[1]
    has_subject = any(child.dep_ in SUBJECTS for child in verb.children)
    spans: list[Span] = []
    for quote in scene.quotes:
        is_said = verb.lemma_ == "say" and quote.start == tag[1] + 1  # not: "wrote “The Road” in 1970"
        if not is_said and _is_title(scene, quote):
            continue
        if quote.end <= tag[0] and has_subject and _is_followed(scene, quote, left):
            spans.append((_opening_of(scene, quote), quote.end))
        elif quote.start >= tag[1] and _is_introduced(scene, tag[1], quote, bool(spans)):
            return [*(spans or _interrupted(scene, tag, quote)), _whole_of(scene, verb, quote, entry)]
    return spans


def _tag_of(scene: Scene, verb: Token) -> tuple[Token, Token]:
    """Return the ends of a tag; its speaker stands last where the parse took a quotation for the subject.

    `“You fool!” squealed the piglet, “now we are lost!”`
    """
    left, right = tag_ends(verb)
    start = place_of(scene, left)[0]
    speaker = find_after(verb)
    if left is verb or speaker is None or not any(q.start <= start < q.end for q in scene.quotes):
        return left, right
    return verb, speaker.token.right_edge


def _interrupted(scene: Scene, tag: Span, quote: Quote) -> list[Span]:
    """Return the unquoted beginning of a sentence that goes on quoted: `The road, he said, “is a risk.”`"""
    before, after = scene.text[scene.sentence.start : tag[0]], scene.text[tag[1] : quote.start]
    is_set_off = before.rstrip().endswith(",") and after.strip() == ","
    return (
        [(scene.sentence.start, tag[0])]
        if is_set_off and scene.text[quote.start + 1 : quote.end][:1].islower()
        else []
    )


def _whole_of(scene: Scene, verb: Token, quote: Quote, entry: AttributionVerb) -> Span:
    """Return a quotation after its cue, or the clause of which it is a piece: `said “all” was lost`."""
    mark = "that " if scene.text[quote.start - len(" that ") : quote.start] == " that " else ""
    whole = (quote.start - len(mark), quote.end)
    if inner_end(scene.text, quote) in tuple(",.?!;:…—"):
        return whole
    return next((span for span in read_clause(scene, verb, entry) if quote.end < span[1]), whole)


def _is_title(scene: Scene, quote: Quote) -> bool:
    """Return whether a quotation is the name of a programme or a book: `on CBS's “Face the Nation,” he`."""
    before = scene.text[scene.sentence.start : quote.start].rstrip(" ")
    words = WORD.findall(scene.text, *quote.span)
    is_capital = all(word[0].isupper() or len(word) < SHORT_WORD for word in words)
    return is_capital and before[-1:].isalnum() and scene.text[quote.start + 1 : quote.end][:1].isupper()


def _is_followed(scene: Scene, quote: Quote, first: Token) -> bool:
    """Return whether a quotation is followed at once by the words that say who spoke it.

    In `“Why?” The wolf shrugged.` the article in capitals opens a sentence of its own.
    """
    start = place_of(scene, first)[0]
    if scene.text[quote.end : start].strip(" ,—–-"):
        return False
    if first.pos_ == "DET" and first.text[0].isupper() and inner_end(scene.text, quote) in ENDING:
        return False
    return quote.end > scene.sentence.start or inner_end(scene.text, quote) in CONTINUING


def _opening_of(scene: Scene, quote: Quote) -> int:
    """Return where a content that ends with a quotation begins: with its sentence, if words precede it."""
    start = scene.sentence.start
    return start if scene.text[start : quote.start].strip(" ,\n") else quote.start


def _is_introduced(scene: Scene, end: int, quote: Quote, is_split: bool) -> bool:
    """Return whether the words between a verb and a quotation only say when, where and to whom."""
    between = scene.text[end : quote.start]
    words = tokens_in(scene, (end, quote.start))
    if any(word.tag_ == "VBG" and word.lemma_.lower() in speech_lemmas("clause") for word in words):
        return False  # "he said, adding: “They know it.”"
    if STOP.search(between):
        is_rest = TAG_REST.fullmatch(between) is not None
        return is_split and is_rest and inner_end(scene.text, quote) != ","
    if between.strip() in LINKS or (quote.start >= scene.sentence.end and between.strip().endswith(":")):
        return True
    has_verb = any(word.tag_ in (*FINITE, "VB") for word in words)
    return not has_verb and between.strip()[-1] in ",:"
