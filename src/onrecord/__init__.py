"""onrecord puts the news on the record: one page in, what it reports and who says so out."""

from onrecord._version import __version__

__all__ = ["__version__"]
