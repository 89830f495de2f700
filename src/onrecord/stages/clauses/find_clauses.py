from __future__ import annotations

from onrecord.clauses import list_clauses
from onrecord.records import Clause, Draft, Found


def find_clauses(draft: Draft) -> Found[Clause]:
    """Return the clauses of a page in text order: of verbs, light verbs with their noun, states and nouns."""
    return Found(tuple(clause for sentence in draft.sentences for clause in list_clauses(sentence)))
