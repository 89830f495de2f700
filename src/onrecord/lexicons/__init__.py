"""Words and world facts as data: `load` gives a file's entries, `check` tests the files."""

from onrecord.lexicons.check import check
from onrecord.lexicons.load import data_path, load, load_examples

__all__ = ["check", "data_path", "load", "load_examples"]
