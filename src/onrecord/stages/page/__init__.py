"""The text of a page and what its container or markup says about it."""

from onrecord.stages.page.read_page import name_page, read_page

__all__ = ["name_page", "read_page"]
