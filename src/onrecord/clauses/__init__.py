"""One reading of a clause: predicate, arguments and their paths, voice, tense, polarity, modality, governors.

`clause_of` reads the clause that a word heads; `stages.clauses` lists those of a page. `arcs` holds the
plain questions to a dependency parse on which the reading rests.
"""

from onrecord.clauses.find_arguments import find_agent, find_subject
from onrecord.clauses.read_clause import agent_in, clause_of, doer_in, list_clauses, subject_in
from onrecord.clauses.read_mood import read_modality, read_polarity, read_tense, tense_above
from onrecord.clauses.read_voice import has_passive_form, read_voice

__all__ = [
    "agent_in",
    "clause_of",
    "doer_in",
    "find_agent",
    "find_subject",
    "has_passive_form",
    "list_clauses",
    "read_modality",
    "read_polarity",
    "read_tense",
    "read_voice",
    "subject_in",
    "tense_above",
]
