"""Imported once by the process that workers are forked from: what all of them need is loaded then.

So a worker is ready in a moment, and the model and the lexicons stand in memory once for all.
"""

import gc

import onrecord.scale.code_shard  # noqa: F401 (with pyarrow and duckdb, whose threads start later)
from onrecord.pipeline import read_pages
from onrecord.records import RawPage
from onrecord.samples import SAMPLE_DAY, sample_page

for _record in read_pages([RawPage(sample_page(), published=SAMPLE_DAY)]):
    pass
gc.collect()
gc.freeze()  # the collector would touch, and so copy, every shared object
