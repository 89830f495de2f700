"""Write lexicons/data/valence_words.csv: words with the mean mood that readers gave them in VADER (MIT).

usage: make_valence_words.py, in an environment where vaderSentiment 3.3.2 is installed.

Only plain words of at least `SHORTEST` letters and a clear mood are taken, and none that the
onrecord lists of opinion words have. A word that holds a profanity or a slur (by the hashes in
rude_words.csv, and two more) is left out: no slur stands in the repository in clear text.
"""

from __future__ import annotations

import csv
import hashlib
import re
from importlib.resources import files
from pathlib import Path

DATA = Path(__file__).parent.parent / "src/onrecord/lexicons/data"
SHORTEST, CLEAR, RUDE = 4, 1.0, 1.5
ALSO_RUDE = frozenset(("67618303", "9473d936"))


def digest(word: str) -> str:
    return hashlib.sha1(word.encode()).hexdigest()[:8]


def main() -> None:
    rude = {
        row["digest"]
        for row in csv.DictReader((DATA / "rude_words.csv").open(encoding="utf-8"))
        if float(row["weight"]) >= RUDE
    } | ALSO_RUDE
    known = {row["lemma"] for row in csv.DictReader((DATA / "opinion_words.csv").open(encoding="utf-8"))}
    rows = []
    for line in (files("vaderSentiment") / "vader_lexicon.txt").read_text(encoding="utf-8").splitlines():
        word, valence = line.split("\t")[:2]
        pieces = {word[i:j] for i in range(len(word)) for j in range(i + 4, len(word) + 1)}
        is_rude = any(digest(piece) in rude for piece in pieces)
        is_plain = re.fullmatch(rf"[a-z-]{{{SHORTEST},}}", word) is not None
        if is_plain and abs(float(valence)) >= CLEAR and not is_rude and word not in known:
            rows.append((word, valence, "vader"))
    with (DATA / "valence_words.csv").open("w", encoding="utf-8", newline="") as sink:
        out = csv.writer(sink, lineterminator="\n")
        out.writerow(("word", "valence", "source"))
        out.writerows(sorted(rows))


if __name__ == "__main__":
    main()
