"""Words and world facts as data: `load` gives a file's entries, `check` tests the files."""

from onrecord.lexicons.check import check
from onrecord.lexicons.digest import name_codebook
from onrecord.lexicons.find_line import find_line, tell_place
from onrecord.lexicons.load import (
    build_entry,
    codebook_files,
    data_path,
    find_stray,
    load,
    load_codebook,
    load_examples,
    load_user_entries,
    place_of,
    read_rows,
    read_toml,
    say_value,
    user_file,
)

__all__ = [
    "build_entry",
    "check",
    "codebook_files",
    "data_path",
    "find_line",
    "find_stray",
    "load",
    "load_codebook",
    "load_examples",
    "load_user_entries",
    "name_codebook",
    "place_of",
    "read_rows",
    "read_toml",
    "say_value",
    "tell_place",
    "user_file",
]
