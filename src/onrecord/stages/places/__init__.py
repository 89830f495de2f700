"""the places of a page, resolved to coordinates where they can be told."""

from onrecord.stages.places.find_places import find_places

__all__ = ["find_places"]
