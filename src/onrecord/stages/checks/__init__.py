"""figures that can be checked on the page itself, and whether they add up."""

from onrecord.stages.checks.find_checks import find_checks

__all__ = ["find_checks"]
