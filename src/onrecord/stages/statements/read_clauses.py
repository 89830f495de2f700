from __future__ import annotations

from itertools import pairwise

from onrecord.grammar import child_with, children_with
from onrecord.records import Span
from onrecord.stages.statements.attribution import Scene
from onrecord.stages.statements.find_quotes import WORD, Quote, count_words
from onrecord.stages.statements.measure_spans import absorb_quotes, place_of, span_between
from onrecord.stages.statements.source_words import words_of
from onrecord.words import Token

TAG_PARTS = ("aux", "auxpass", "neg", "advmod", "nsubj", "nsubjpass", "prt")
SUBJECTS = ("nsubj", "nsubjpass")
FINITE = ("VBD", "VBZ", "VBP", "MD")
MARKS = "\"'”’»"
ASIDES = ("which", "who", "whom", "whose")
ASIDE_AFTER = 4
"""What follows `, which` is more often the reporter's than the speaker's."""
AMOUNTS = ("about", "around", "over", "under", "between")
"""`said about half of the seats were lost`"""
SETTING = ("on", "in", "at", "during")
REASONS = ("because", "if", "unless", "lest")
LONGEST_TITLE = 7
TITLE_CUES = ("that", "said", "says", "a", "the")
SHORTEST_OPENING = 2
"""Words before a tag that are the beginning of what is said, and no mere `Well,`."""
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


def tag_ends(verb: Token) -> tuple[Token, Token]:
    """Return the first and the last token of a verb with its subject and the adverbs beside it."""
    left = right = verb
    inverted = not any(child.dep_ in SUBJECTS for child in verb.lefts)
    for child in sorted(verb.lefts, key=lambda token: -token.i):
        if child.dep_ in SUBJECTS or (child.dep_ in TAG_PARTS and child.right_edge.i == left.i - 1):
            left = child.left_edge
            if child.dep_ in SUBJECTS:
                break
    for child in verb.rights:
        subject = child.dep_ in SUBJECTS and inverted
        if subject or (child.dep_ in TAG_PARTS and child.dep_ not in SUBJECTS and _is_beside(child, right)):
            right = child.right_edge
    return left, right


def _is_beside(child: Token, right: Token) -> bool:
    return child.i == right.i + 1 and child.left_edge.i == child.right_edge.i


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
        return (
            split
            and len(between) < 60
            and between.count(".") == 1
            and between.endswith(".")
            and "\n" not in scene.text[end : quote.start]
            and scene.text[: quote.end].rstrip(MARKS)[-1:] != ","
        )
    if between in ("", ",", ":", ", that", "that"):
        return True
    if quote.start >= scene.sentence.end:
        return between.endswith(":")
    inner = [t for t in _tokens_between(scene, end, quote.start) if t.tag_ in (*FINITE, "VB")]
    return not inner and (between[-1] in ",:" or (split and count_words(scene.text, quote.span) > 3))


def _has_cue_between(scene: Scene, end: int, quote: Quote, cues: frozenset[str]) -> bool:
    """Return whether a further cue introduces a quote: `he said, adding: “They know it.”`"""
    between = _tokens_between(scene, end, quote.start)
    return any(token.tag_ == "VBG" and token.lemma_.lower() in cues for token in between)


def _tokens_between(scene: Scene, start: int, end: int) -> list[Token]:
    return [t for t in scene.sentence.tokens if start <= scene.sentence.offset + t.idx < end]


def read_clause(
    scene: Scene, verb: Token, preps: Words, completers: Words, cues: frozenset[str]
) -> list[Span]:
    """Return the clause that completes a verb, without the words that name who speaks."""
    clauses = [c for c in children_with(verb, "ccomp") if _is_clause(c, verb)]
    if not clauses:
        return _matrix_of(scene, verb) or _reduced_of(scene, verb)
    clause = next((c for c in clauses if c.i > verb.i), clauses[0])
    if clause.i > verb.i and _is_inverted(scene, verb, clause):
        return [(scene.sentence.start, place_of(scene, verb.nbor(-1))[0])]
    left, right = tag_ends(verb)
    cue = place_of(scene, verb)[0]
    tokens = list(clause.subtree)
    low, high = tokens[0], tokens[-1]
    if clause.i > verb.i:
        if low.i <= right.i or _is_topic(verb, right, low):
            low = verb.doc[min(right.i + 1, clause.i)]
        low = _without_setting(list(verb.doc[low.i : tokens[-1].i + 1]))[0]
        high = end_before_cue(tokens, verb, cues)
        if high == tokens[-1]:
            high = end_of_siblings(verb, high, cues)
        ahead = [t for t in tokens if t.i < left.i] if low.i > right.i >= tokens[0].i else []
        opening = [span_between(scene, ahead[0], ahead[-1])] if ahead else []
        return [*opening, absorb_quotes(scene, span_between(scene, low, high), cue)]
    if high.i < left.i:
        spans = [absorb_quotes(scene, span_between(scene, low, high), cue)]
        return [_without_speaker(scene, span) for span in spans] + _resumed(scene, verb, right)
    before = span_between(scene, low, verb.doc[max(low.i, left.i - 1)])
    after = [t for t in tokens if t.i > right.i]
    spans = [absorb_quotes(scene, before, cue)]
    if after:
        spans.append(absorb_quotes(scene, span_between(scene, after[0], after[-1]), cue))
    return spans


def _is_inverted(scene: Scene, verb: Token, clause: Token) -> bool:
    """Return whether the parse took who speaks for what is said: `The road is shut, said a clerk in Oslo.`"""
    before = verb.doc[verb.i - 1] if verb.i > scene.sentence.tokens.start else None
    if before is None or before.text != "," or child_with(verb, *SUBJECTS) is not None:
        return False
    told = scene.sentence.tokens[: verb.i - scene.sentence.tokens.start]
    is_noun = clause.pos_ in ("NOUN", "PROPN") or child_with(clause, *SUBJECTS) is None
    return is_noun and verb.tag_ in ("VBD", "VBZ") and any(t.tag_ in FINITE for t in told)


def _without_speaker(scene: Scene, span: Span) -> Span:
    """Return the quotation alone where the parse took the speaker after it along: `“Yes,” the clerk said.`"""
    for quote in scene.quotes:
        last = scene.text[quote.start : quote.end].rstrip(MARKS)[-1:]
        if quote.start - 1 <= span[0] and quote.end < span[1] and last and last in ",?!":
            return span[0], quote.end
    return span


def _matrix_of(scene: Scene, verb: Token) -> list[Span]:
    """Return the sentence that a cue is inserted into: `The road, he said, is closed`, `As he said, ...`."""
    matrix = verb.head
    if verb.dep_ != "parataxis" and not (verb.dep_ == "advcl" and _mark_of(verb) == "as"):
        return []
    own = list(verb.subtree)
    first, last = own[0].i, own[-1].i
    kept = [t for t in matrix.subtree if not first <= t.i <= last]
    pieces = [[t for t in kept if t.i < first], [t for t in kept if t.i > last]]
    cue = place_of(scene, verb)[0]
    return [absorb_quotes(scene, span_between(scene, piece[0], piece[-1]), cue) for piece in pieces if piece]


def _reduced_of(scene: Scene, verb: Token) -> list[Span]:
    """Return a clause that the parse took for an object: `said more than 40 people registered for it`."""
    subject = child_with(verb, "dobj")
    if subject is None or verb.lemma_.lower() != "say" or subject.i < verb.i:
        return []
    clause = next((c for c in subject.rights if c.dep_ == "acl" and c.tag_ in ("VBN", "VBD")), None)
    if clause is None:
        return []
    return [span_between(scene, subject.left_edge, subject.right_edge)]


def _mark_of(verb: Token) -> str:
    return next((c.lower_ for c in verb.lefts if c.dep_ == "mark"), "")


def _resumed(scene: Scene, verb: Token, right: Token) -> list[Span]:
    """Return what follows a cue that interrupts its content: `The road, he said on Monday, is closed.`"""
    for child in verb.rights:
        if child.dep_ in ("prep", "npadvmod", "dative", "dobj") and child.left_edge.i == right.i + 1:
            right = child.right_edge
    rest = [t for t in scene.sentence.tokens if t.i > right.i]
    if len(rest) < 4 or rest[0].text != "," or rest[1].tag_ in ("VBG", "VBN", "WDT", "WP", "RB"):
        return []
    if rest[1].lower_ in ("according", "as", "in", "on", "at", "during", "after", "before", "when", "while"):
        return []
    if rest[1].pos_ in ("NOUN", "PROPN", "DET") and not any(t.tag_ in FINITE for t in rest):
        return []
    return [absorb_quotes(scene, (place_of(scene, rest[1])[0], scene.sentence.end), place_of(scene, verb)[0])]


def _is_clause(clause: Token, verb: Token) -> bool:
    """Return whether a complement is a clause, and not a small one (`called him mad`)."""
    if clause.i < verb.i or clause.tag_ in FINITE:
        return True
    return any(c.dep_ in ("nsubj", "nsubjpass", "csubj", "expl", "mark") for c in clause.children)


def _is_topic(verb: Token, right: Token, low: Token) -> bool:
    """Return whether the parse hung the subject of a clause to the cue: `said about half of it was lost`."""
    between = verb.doc[right.i + 1] if right.i + 1 < low.i else None
    return (
        between is not None
        and low.tag_ in FINITE
        and between.dep_ == "prep"
        and between.head == verb
        and between.lower_ in AMOUNTS
        and between.right_edge.i == low.i - 1
    )


def end_of_siblings(verb: Token, high: Token, cues: frozenset[str]) -> Token:
    """Return the last token of what goes on with a content, where the parse hung that to the cue itself.

    `said it was safe, but that it would close`; `said it was "safe" because nobody used it`;
    `pledged to cut taxes, close the border`
    """
    for child in verb.rights:
        if child.left_edge.i <= high.i or _gap_of(high, child.left_edge) > 2:
            continue
        if _goes_on(child, cues):
            high = child.right_edge
    return high


def _gap_of(high: Token, low: Token) -> int:
    """Return how many words stand between two tokens, marks and `and` left out."""
    between = (high.doc[i] for i in range(high.i + 1, low.i))
    return sum(3 for token in between if not token.is_punct and token.dep_ != "cc")


def _goes_on(child: Token, cues: frozenset[str]) -> bool:
    mark = _mark_of(child)
    if child.dep_ in ("conj", "ccomp") and mark == "that":
        return True
    if child.dep_ == "ccomp" and child.doc[child.left_edge.i - 1].head.dep_ not in ("punct", "cc"):
        # "said that the men detained | could be rebels": one clause that the parse made two
        return not child.doc[child.left_edge.i - 1].is_punct
    if child.dep_ == "advcl" and mark in REASONS:
        return True
    bare = child.tag_ == "VB" and child.dep_ in ("ccomp", "conj", "advcl", "dep")
    return bare and child_with(child, "aux", *SUBJECTS) is None and child.lemma_.lower() not in cues


def end_before_cue(tokens: list[Token], verb: Token, cues: frozenset[str]) -> Token:
    """Return the last token of a clause before a further cue of the same speaker.

    The parse often hangs `, adding that ...` and `and said ...` below the first thing said.
    """
    words = [token for token in tokens if token.text not in MARKS]
    for one, other in pairwise(words):
        if one.text == "," and other.lower_ in ASIDES and one.i > verb.i + ASIDE_AFTER:
            if _closes(other, tokens[-1]):
                return verb.doc[one.i - 1]
            continue
        if one.dep_ == "cc" and one.i > verb.i + 1 and _begins_speech(other, cues):
            return verb.doc[one.i - 1]
        if other.lemma_.lower() not in cues or one.i <= verb.i + 1:
            continue
        if one.text == "," and other.tag_ == "VBG":
            return verb.doc[one.i - 1]
        if one.lower_ in ("and", "but") and other.tag_ in FINITE and _lacks_subject(other):
            return verb.doc[one.i - 1]
    return tokens[-1]


def _begins_speech(first: Token, cues: frozenset[str]) -> bool:
    """Return whether another clause of speech begins at a word: `it is safe and one in four said that ...`"""
    subject = next((t for t in (first, *first.ancestors) if t.dep_ in SUBJECTS), None)
    if subject is None or subject.left_edge is not first:
        return False
    verb = subject.head
    return verb.i > subject.i and verb.tag_ in FINITE and verb.lemma_.lower() in cues


def _closes(aside: Token, last: Token) -> bool:
    """Return whether a relative clause runs to the end of what it stands in."""
    clause = next((t for t in (aside, *aside.ancestors) if t.dep_ == "relcl"), None)
    return clause is None or clause.right_edge.i >= last.i - 1


def _lacks_subject(verb: Token) -> bool:
    return child_with(verb, "nsubj", "nsubjpass", "expl") is None


def read_bare(scene: Scene, verb: Token, preps: Words, completers: Words, cues: frozenset[str]) -> list[Span]:
    """Return the sentence around a verb and its subject, where the parse holds no complement."""
    left, right = tag_ends(verb)
    if (left.i == verb.i and right.i == verb.i) or any(c.lower_ == "to" for c in verb.lefts):
        return []
    sentence = scene.sentence
    start, end = place_of(scene, left)[0], _tag_end(scene, verb, right)
    before = scene.text[sentence.start : start].rstrip()
    after = scene.text[end : sentence.end].strip()
    cue = place_of(scene, verb)[0]
    if before.endswith(",") and after[:1] == ",":
        return [absorb_quotes(scene, span, cue) for span in ((sentence.start, start), (end, sentence.end))]
    if before.endswith(",") and count_words(scene.text, (sentence.start, start)) > 4 and len(after) < 60:
        return [absorb_quotes(scene, (sentence.start, start), cue)]
    tail = _without_setting(_tokens_between(scene, end, sentence.end))
    if verb.lemma_.lower() == "tell":
        tail = _after_addressee(tail)
    if tail and tail[0].text not in ".,;" and any(t.tag_ in FINITE for t in tail[1:]):
        last = end_before_cue(tail, verb, cues)
        stop = sentence.end if last is tail[-1] else place_of(scene, last)[1]
        return [absorb_quotes(scene, (place_of(scene, tail[0])[0], stop), cue)]
    return []


def _without_setting(tokens: list[Token]) -> list[Token]:
    """Return the words of a content after the phrase that tells where or when they were said.

    `said in a statement that ...`, `said on Friday the road ...`
    """
    if not tokens or tokens[0].dep_ != "prep" or not _is_setting(tokens[0]):
        return tokens
    after = tokens[0].right_edge.i + 1
    return [t for t in tokens if t.i >= after] or tokens


def _after_addressee(tokens: list[Token]) -> list[Token]:
    """Return the words of a content from its `that`: `told cheering farmers that ...`"""
    mark = next((i for i, t in enumerate(tokens) if t.lower_ == "that" and t.dep_ == "mark"), 0)
    is_told = not any(t.tag_ in FINITE and t.dep_ != "relcl" for t in tokens[:mark])
    return tokens[mark:] if is_told else tokens


def _is_setting(prep: Token) -> bool:
    """Return whether a phrase tells when or where words were said: `on Friday`, `in an interview`."""
    noun = child_with(prep, "pobj")
    if noun is None or prep.lower_ not in SETTING:
        return False
    is_day = noun.ent_type_ == "DATE" and noun.pos_ == "PROPN" and noun.right_edge.i == noun.i
    return is_day or noun.lemma_.lower() in words_of("venue")


def _tag_end(scene: Scene, verb: Token, right: Token) -> int:
    """Return where a verb ends with its subject and those to whom it speaks."""
    for child in verb.rights:
        beside = child.dep_ in ("dobj", "dative") and child.left_edge.i == right.i + 1
        if beside and verb.lemma_.lower() == "tell" and child_with(child, "relcl", "acl") is None:
            right = child.right_edge
    return place_of(scene, right)[1]
