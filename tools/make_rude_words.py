"""Write lexicons/data/rude_words.csv: word weights of alt-profanity-check (MIT), words as hashes.

usage: make_rude_words.py, in an environment where alt-profanity-check 1.9.1 is installed.

The package ships a linear model over words; taking its weights out saves onrecord a dependency on
scikit-learn and a second of import time. Words are written as the first eight hex digits of
their SHA-1, so that no slur stands in the repository in clear text.
"""

from __future__ import annotations

import csv
import hashlib
from pathlib import Path

TARGET = Path(__file__).parent.parent / "src/onrecord/lexicons/data/rude_words.csv"
LEAST = 0.5
"""Words whose weight is smaller than this in either direction are left out."""


def main() -> None:
    from profanity_check.profanity_check import model, vectorizer

    parts = [each.estimator.coef_[0] for each in model.calibrated_classifiers_]
    weights = sum(parts) / len(parts)
    rows = sorted(
        (hashlib.sha1(word.encode()).hexdigest()[:8], f"{weights[column]:.2f}")
        for word, column in vectorizer.vocabulary_.items()
        if abs(weights[column]) >= LEAST
    )
    with TARGET.open("w", encoding="utf-8", newline="") as sink:
        out = csv.writer(sink, lineterminator="\n")
        out.writerow(("digest", "weight", "source"))
        out.writerows((digest, weight, "alt-profanity-check") for digest, weight in rows)


if __name__ == "__main__":
    main()
