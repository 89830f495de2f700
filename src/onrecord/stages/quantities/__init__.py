"""the numbers of a page, measured or counted."""

from onrecord.stages.quantities.find_quantities import find_quantities

__all__ = ["find_quantities"]
