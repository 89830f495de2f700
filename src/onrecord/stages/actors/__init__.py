"""the actors of a page with all their mentions, in order of first mention."""

from onrecord.stages.actors.find_actors import find_actors

__all__ = ["find_actors"]
