"""The sample page that `onrecord demo` reads: invented people and events, written for this project."""

from importlib.resources import files

SAMPLE_DAY = "2024-03-11"
"""Publication day of the sample page, a Monday."""


def sample_page() -> str:
    """Return the text of the sample page: a report with its reader comments."""
    return files(__name__).joinpath("harbour.txt").read_text(encoding="utf-8")
