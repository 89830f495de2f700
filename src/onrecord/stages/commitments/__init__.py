"""orders, promises, plans, threats, demands and predictions."""

from onrecord.stages.commitments.find_commitments import find_commitments

__all__ = ["find_commitments"]
