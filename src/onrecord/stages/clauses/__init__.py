"""who does what in each clause, in which voice, tense and modality, and what stands above it."""

from onrecord.stages.clauses.find_clauses import find_clauses

__all__ = ["find_clauses"]
