"""Codebooks for people: check a file, show an entry, try its sentences, import other dictionaries."""

from onrecord.codebooks.check_file import check_file
from onrecord.codebooks.import_verbs import Imported, import_verbs
from onrecord.codebooks.show_entries import list_entries, show_entry
from onrecord.codebooks.try_sentences import Trial, try_sentences
from onrecord.codebooks.write_document import write_document

__all__ = [
    "Imported",
    "Trial",
    "check_file",
    "import_verbs",
    "list_entries",
    "show_entry",
    "try_sentences",
    "write_document",
]
