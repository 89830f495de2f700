"""Write lexicons/data/slur_words.csv: slurs against groups of people, as salted hashes.

usage: make_slur_words.py WORDS.txt, a file with one lower-case word a line, kept outside the repository.

onrecord flags these words and never shows them: no slur stands in the repository, or in a record's
`why`, in clear text. The salt keeps the file from being read with a table of common hashes; who
has the words can check each of them with `digest`.
"""

from __future__ import annotations

import csv
import hashlib
import sys
from pathlib import Path

TARGET = Path(__file__).parent.parent / "src/onrecord/lexicons/data/slur_words.csv"
SALT = "onrecord:"


def digest(word: str) -> str:
    return hashlib.sha256((SALT + word).encode()).hexdigest()[:12]


def main() -> None:
    words = {line.strip() for line in Path(sys.argv[1]).read_text(encoding="utf-8").splitlines()}
    with TARGET.open("w", encoding="utf-8", newline="") as sink:
        out = csv.writer(sink, lineterminator="\n")
        out.writerow(("digest", "source"))
        out.writerows(sorted((digest(word), "onrecord") for word in words if word))


if __name__ == "__main__":
    main()
