"""what each reader comment says and how: abuse, constructiveness, stances, claims."""

from onrecord.stages.comments.read_comments import read_comments

__all__ = ["read_comments"]
