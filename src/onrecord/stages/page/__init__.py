"""The text of a page and what its container or markup says about it."""

from onrecord.stages.page.read_page import read_page

__all__ = ["read_page"]
