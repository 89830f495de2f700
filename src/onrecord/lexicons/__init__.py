"""Words and world facts as data: `load` gives a file's entries, `check` tests the files."""

from onrecord.lexicons.check import check
from onrecord.lexicons.digest import name_codebook
from onrecord.lexicons.load import codebook_files, data_path, load, load_codebook, load_examples

__all__ = ["check", "codebook_files", "data_path", "load", "load_codebook", "load_examples", "name_codebook"]
