"""Write lexicons/data/news_rarity.csv: words that many pages of news have, and so tell little of a story.

usage: make_news_rarity.py PAGES.jsonl, pages of open licence with `text`, `licence` and `fold`.

The rarity of a stem is the log of how many pages there are for one that has it. Only what at least
`LEAST` pages have is listed, so no page can be told from the table; pages that may not be learned from,
and those of the fold that is kept for measuring, are left out.
"""

from __future__ import annotations

import csv
import json
import math
import sys
from collections import Counter
from pathlib import Path

from onrecord.incidents.weigh_words import count_stems
from onrecord.lexicons.load import DATA, read_rows

TARGET = DATA / "news_rarity.csv"
LEAST = 12
KEPT_BACK = 4
"""Fold that is for measuring alone."""


def main() -> None:
    pages = Counter[str]()
    count = 0
    for line in Path(sys.argv[1]).read_text(encoding="utf-8").splitlines():
        page = json.loads(line)
        if page["licence"].startswith("restricted") or page["fold"] == KEPT_BACK:
            continue
        pages.update(set(count_stems(page["text"])))
        count += 1
    listed = {row["stem"]: float(row["rarity"]) for row in read_rows(DATA / "word_rarity.csv")}
    rows = [
        (stem, round(rarity, 1))
        for stem, number in sorted(pages.items())
        if number >= LEAST
        and (rarity := math.log((count + 1) / (number + 0.5))) < listed.get(stem, 9.0) - 0.5
    ]
    with TARGET.open("w", encoding="utf-8", newline="") as sink:
        out = csv.writer(sink, lineterminator="\n")
        out.writerow(("stem", "rarity", "source"))
        out.writerows((stem, f"{rarity:.1f}", "news-pages") for stem, rarity in rows)
    print(f"{len(rows)} stems of {count} pages")


if __name__ == "__main__":
    main()
