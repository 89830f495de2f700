"""The ontologies as data: the codes of CAMEO and PLOVER, the transitions between them, and the codebook.

`codes` has the codes and the classes of acts, `transitions` what an act becomes when it is promised,
demanded or denied, `entries` and `read_codebook` the codebook that names acts in words.
"""

from onrecord.ontology.codes import Code, class_of_acts, is_act, is_hostile, load_codes
from onrecord.ontology.entries import Codebook, Cue, Entry, Pattern, Refinement, WordClass
from onrecord.ontology.find_faults import find_faults
from onrecord.ontology.read_codebook import read_codebook
from onrecord.ontology.transitions import Changed, Shift, change_act, load_shifts, shift_code

__all__ = [
    "Changed",
    "Code",
    "Codebook",
    "Cue",
    "Entry",
    "Pattern",
    "Refinement",
    "Shift",
    "WordClass",
    "change_act",
    "class_of_acts",
    "find_faults",
    "is_act",
    "is_hostile",
    "load_codes",
    "load_shifts",
    "read_codebook",
    "shift_code",
]
