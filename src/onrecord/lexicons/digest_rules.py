"""What decides how reports are linked, as one mark: links of another mark are made anew."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.resources import files


@cache
def digest_rules() -> str:
    """Return a digest of all that decides what is linked: an index of other rules is made anew."""
    digest = hashlib.sha256()
    for folder, ending in (("incidents", ".py"), ("lexicons/data", ".csv")):
        home = files("onrecord").joinpath(folder)  # by its place: to import what links takes half a second
        for file in sorted(home.iterdir(), key=lambda file: file.name):
            if file.name.endswith(ending) and (ending == ".py" or file.name in LINK_WORDS):
                digest.update(file.name.encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


LINK_WORDS = (
    "act_words.csv", "headline_acts.csv", "act_undoings.csv", "countries.csv", "link_weights.csv",
    "news_rarity.csv", "outcome_words.csv", "retelling_weights.csv", "word_rarity.csv",
)  # fmt: skip
"""Lexicons that linking reads."""
