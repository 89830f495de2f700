from __future__ import annotations

from onrecord.records import Span
from onrecord.stages.statements.attribution import Scene
from onrecord.stages.statements.find_quotes import WORD, Quote, count_words
from onrecord.stages.statements.measure_spans import place_of
from onrecord.stages.statements.read_clauses import read_clause
from onrecord.stages.statements.tag_ends import FINITE, MARKS, SUBJECTS, tag_ends, tokens_between
from onrecord.words import Token

LONGEST_TITLE = 7
TITLE_CUES = ("that", "said", "says", "a", "the")
SHORTEST_OPENING = 2
"""Words before a tag that are the beginning of what is said, and no mere `Well,`."""
SHORT_TAG = 60
"""Characters between a cue and the stop before a quote that goes on."""
LONGEST_TAG = 160
"""Characters between a cue and the quote that it introduces."""
Words = tuple[str, ...]


def read_quote(
    scene: Scene, verb: Token, preps: Words, completers: Words, cues: frozenset[str]
) -> list[Span]:
    """Return the quotes that stand directly before or after a verb with its subject."""
    left, right = tag_ends(verb)
    cue = place_of(scene, verb)[0]
    start, end = place_of(scene, left)[0], place_of(scene, right)[1]
    has_subject = any(child.dep_ in SUBJECTS for child in verb.children)
    spans: list[Span] = []
    for quote in scene.quotes:
        if quote.start <= cue < quote.end or _is_title(scene, quote):
            continue
        if quote.end <= start and has_subject and _is_followed(scene, verb, quote, start):
            spans.append((_opening_of(scene, quote), quote.end))
        elif quote.start >= end and _is_introduced(scene, end, quote, bool(spans), cues):
            if not spans:
                spans += _interrupted(scene, (start, end), quote)
            spans.append(_whole_of(scene, verb, quote, cues))
            break
    return spans


def _interrupted(scene: Scene, tag: Span, quote: Quote) -> list[Span]:
    """Return the unquoted beginning of a sentence that goes on quoted: `The road, he said, “is a risk.”`"""
    start = scene.sentence.start
    before = scene.text[start : tag[0]].rstrip()
    goes_on = scene.text[tag[1] : quote.start].strip() == "," and scene.text[quote.start + 1].islower()
    if not before.endswith(",") or not goes_on or count_words(scene.text, (start, tag[0])) < SHORTEST_OPENING:
        return []
    return [(start, tag[0])]


def _with_that(scene: Scene, verb: Token, quote: Quote) -> Span:
    """Return a quote with the `that` before it, part of the clause: `She added that “all is well.”`"""
    before = scene.text[scene.sentence.start : quote.start].rstrip()
    word = before.rsplit(" ", 1)[-1]
    starts_after = quote.start - len("that ") > place_of(scene, verb)[1] - 1
    return (quote.start - len("that "), quote.end) if word == "that" and starts_after else quote.span


def _whole_of(scene: Scene, verb: Token, quote: Quote, cues: frozenset[str]) -> Span:
    """Return a quote after its cue, or the clause around it if it is only a piece: `said “all” was lost`."""
    rest = scene.text[quote.end : scene.sentence.end].strip()
    last = scene.text[quote.start : quote.end].rstrip(MARKS)[-1:]
    if not rest or rest[0] in ",.?!;:)—–" or last in ",.?!;:…—" or quote.start >= scene.sentence.end:
        return _with_that(scene, verb, quote)
    around = [span for span in read_clause(scene, verb, (), (), cues) if span[0] <= quote.start]
    return next((span for span in around if quote.end < span[1]), quote.span)


def _is_title(scene: Scene, quote: Quote) -> bool:
    """Return whether a quotation is the name of a programme or a book: `on CBS's “Face the Nation,” he`."""
    before = scene.text[scene.sentence.start : quote.start].rstrip(" ")
    words = WORD.findall(scene.text, *quote.span)
    return (
        len(words) <= LONGEST_TITLE
        and bool(before)
        and before[-1].isalnum()
        and before.rsplit(" ", 1)[-1].lower() not in TITLE_CUES
        and all(word[0].isupper() or word[0].isdigit() or len(word) < 4 for word in words)
        and scene.text[quote.start - 1] == " "
    )


def _is_followed(scene: Scene, verb: Token, quote: Quote, start: int) -> bool:
    """Return whether a quote is followed at once by the words that say who spoke it."""
    between = scene.text[quote.end : start]
    if between.strip(" ,—–-"):
        return False
    if quote.end > scene.sentence.start:
        return True
    last = scene.text[quote.start : quote.end].rstrip(MARKS)[-1:]
    return last in "?!,…—-" and not any(c.dep_ in ("ccomp", "xcomp") for c in verb.rights)


def _opening_of(scene: Scene, quote: Quote) -> int:
    """Return where a content that ends with a quote begins: words before it in its sentence belong to it."""
    start = scene.sentence.start
    if quote.start <= start or not scene.text[start : quote.start].strip(" ,\n"):
        return quote.start
    return start


def _is_introduced(scene: Scene, end: int, quote: Quote, split: bool, cues: frozenset[str]) -> bool:
    """Return whether the words between a verb and a quote only say when, where and to whom."""
    between = scene.text[end : quote.start].strip()
    if len(between) > LONGEST_TAG or _has_cue_between(scene, end, quote, cues):
        return False
    if any(mark in between for mark in ".?!”"):
        return split and _is_short_tag(scene, end, quote)
    if between in ("", ",", ":", ", that", "that"):
        return True
    if quote.start >= scene.sentence.end:
        return between.endswith(":")
    inner = [t for t in tokens_between(scene, end, quote.start) if t.tag_ in (*FINITE, "VB")]
    return not inner and (between[-1] in ",:" or (split and count_words(scene.text, quote.span) > 3))


def _is_short_tag(scene: Scene, end: int, quote: Quote) -> bool:
    """Return whether a tag ends its sentence, and the quote goes on after it: `he said on Monday. “It ...`"""
    raw = scene.text[end : quote.start]
    between = raw.strip()
    is_end = between.count(".") == 1 and between.endswith(".")
    has_own_tag = scene.text[: quote.end].rstrip(MARKS).endswith(",")
    return len(between) < SHORT_TAG and is_end and "\n" not in raw and not has_own_tag


def _has_cue_between(scene: Scene, end: int, quote: Quote, cues: frozenset[str]) -> bool:
    """Return whether a further cue introduces a quote: `he said, adding: “They know it.”`"""
    between = tokens_between(scene, end, quote.start)
    return any(token.tag_ == "VBG" and token.lemma_.lower() in cues for token in between)
