"""Imported once by the process that workers are forked from: what all of them need is loaded then.

So a worker is ready in a moment, and the model, the lexicons and what the libraries load at first use stand
in memory once for all. No thread may run here when a worker is forked, so nothing is written as Parquet.
"""

import gc

import pyarrow

import onrecord.scale.code_shard  # noqa: F401 (with pyarrow and duckdb, whose threads start later)
from onrecord.pipeline import read_pages
from onrecord.records import RawPage
from onrecord.samples import SAMPLE_DAY, sample_page

OTHER_LANGUAGE = "Der Minister sagte am Montag, die Truppen hätten den Hafen am Morgen verlassen."
"""Has the language of a page looked at more closely, by a classifier that is loaded when first needed."""

for _record in read_pages([RawPage(sample_page(), published=SAMPLE_DAY), RawPage(OTHER_LANGUAGE)]):
    pass
pyarrow.array([])  # looks for pandas, and takes a second to load it where it is installed
gc.collect()
gc.freeze()  # the collector would touch, and so copy, every shared object
