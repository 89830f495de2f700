"""who is reported to have said, thought or planned what."""

from onrecord.stages.statements.find_statements import find_statements

__all__ = ["find_statements"]
