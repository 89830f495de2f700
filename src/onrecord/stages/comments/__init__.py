"""what each reader comment says and how: abuse, constructiveness, stances, claims."""

from onrecord.stages.comments.read_comments import read_comments
from onrecord.stages.comments.sum_voices import sum_voices

__all__ = ["read_comments", "sum_voices"]
