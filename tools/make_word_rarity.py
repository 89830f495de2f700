"""Write lexicons/data/word_rarity.csv: how much a word tells about what a page is about.

usage: make_word_rarity.py FREQUENCIES, the file frequency_dictionary_en_82_765.txt that symspellpy
6.10.1 (MIT) ships: words and their counts in the Google Books n-grams (CC BY 3.0).

The rarity of a stem is the log of how many pages of 300 words there are for one that has it, in a
background of 3,000 pages; words that are not in the file are rarer than all of it. Rude words are
left out, but for those that the codebook has (kill, die).
"""

from __future__ import annotations

import csv
import hashlib
import math
import re
import sys
from collections import Counter
from pathlib import Path

from onrecord.incidents.weigh_words import stem_word
from onrecord.lexicons.load import DATA, codebook_files, read_rows

TARGET = DATA / "word_rarity.csv"
KEPT = 12_000
"""Stems that are listed: the most frequent ones."""
CORPUS = 1e12
"""Words of the corpus that the counts come from, about."""
BACKGROUND = 3_000
PAGE = 300
RUDE = 1.5
"""Weight in rude_words.csv from which a word is left out."""


def main() -> None:
    counts: Counter[str] = Counter()
    rude = {row["digest"] for row in read_rows(DATA / "rude_words.csv") if float(row["weight"]) >= RUDE}
    own = {word for path in codebook_files() for word in re.findall(r"[a-z]+", path.read_text("utf-8"))}
    for line in Path(sys.argv[1]).read_text(encoding="utf-8-sig").splitlines():
        word, count = line.split()
        if all(form in own or digest_word(form) not in rude for form in (word, stem_word(word))):
            counts[stem_word(word)] += int(count)
    rows = sorted((stem, rate_stem(count)) for stem, count in counts.most_common(KEPT))
    with TARGET.open("w", encoding="utf-8", newline="") as sink:
        out = csv.writer(sink, lineterminator="\n")
        out.writerow(("stem", "rarity", "source"))
        out.writerows((stem, f"{rarity:.1f}", "symspellpy") for stem, rarity in rows)


def digest_word(word: str) -> str:
    """Return a word as rude_words.csv names it."""
    return hashlib.sha1(word.encode()).hexdigest()[:8]


def rate_stem(count: int) -> float:
    """Return the rarity of a stem: 0 for one that every page has."""
    share = 1 - math.exp(-PAGE * count / CORPUS)
    return max(0.0, math.log((BACKGROUND + 1) / (BACKGROUND * share + 0.5)))


if __name__ == "__main__":
    main()
