from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from onrecord.mentions import comment_parts
from onrecord.records import Clause, Draft, Found, Part, Refusal, Sentence, Statement
from onrecord.stages.statements.attribution import Attribution, Scene
from onrecord.stages.statements.clip_sources import clip_sources
from onrecord.stages.statements.close_statements import close_statements
from onrecord.stages.statements.find_quotes import Quote, find_quotes
from onrecord.stages.statements.join_quotes import join_quotes
from onrecord.stages.statements.read_adjuncts import read_adjuncts
from onrecord.stages.statements.read_labels import read_labels
from onrecord.stages.statements.read_nouns import read_nouns
from onrecord.stages.statements.read_verbs import read_verbs
from onrecord.stages.statements.refuse_inner import refuse_inner, refuse_told
from onrecord.words import Token

READERS = (read_verbs, read_nouns, read_adjuncts)
BETWEEN = 3
"""Characters between a quotation and the sentence whose tag follows it."""


def find_statements(draft: Draft) -> Found[Statement]:
    """Return who is reported to have said, thought or planned what."""
    voices = comment_parts(draft)
    kept: list[Statement] = []
    refused: list[Refusal] = []
    for spoken in (False, True):
        parts = tuple(part for part in draft.parts if (part.id in voices) == spoken)
        found, turned_down = _read_parts(draft, parts)
        kept += close_statements(draft, found, len(kept))
        refused += turned_down
    return Found(tuple(kept), tuple(refused))


def _read_parts(draft: Draft, parts: tuple[Part, ...]) -> tuple[list[Attribution], list[Refusal]]:
    """Return the attributions of some parts, in text order, and what was turned down."""
    kinds = {part.id: part.kind for part in parts}
    quotes = find_quotes(draft.page.text, parts)
    sentences = [sentence for sentence in draft.sentences if sentence.part in kinds]
    found: list[list[Attribution]] = []
    refused: list[Refusal] = []
    for scene in _set_scenes(draft, sentences, quotes, kinds):
        kept, inner = refuse_inner((one for reader in READERS for one in reader(scene)), scene.quotes)
        found.append(clip_sources(scene.text, kept))
        refused += inner
    found.append(list(read_labels(draft.page.text, parts, sentences)))
    kept, told = refuse_told(join_quotes(draft.page.text, sentences, found, quotes))
    return kept, [*refused, *told]


def _set_scenes(
    draft: Draft, sentences: list[Sentence], quotes: tuple[Quote, ...], kinds: dict[str, str]
) -> Iterator[Scene]:
    clauses: dict[Token, list[Clause]] = {}
    for clause in draft.clauses:
        clauses.setdefault(clause.predicate.sent[0], []).append(clause)
    starts, ends = [quote.start for quote in quotes], [quote.end for quote in quotes]
    for sentence in sentences:
        first = bisect_left(ends, sentence.start - BETWEEN)
        near = quotes[first : bisect_left(starts, sentence.end) + 1]
        own = tuple(clauses.get(sentence.tokens[0], ()))
        yield Scene(draft.page.text, sentence, near, own, kinds[sentence.part] == "title")
