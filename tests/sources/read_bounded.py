"""Reads sources within limits that the system holds: read_bounded.py MIB SECONDS STAGE PATH...

STAGE is `sources`, or `parts` to read on as far as the parts of each page. Prints a JSON line for each
page and each error, and at the end the most memory that was held, in MiB.
"""

from __future__ import annotations

import json
import math
import resource
import sys

from onrecord.errors import InputError
from onrecord.sources import open_sources


def main(most: int, seconds: float, stage: str, paths: list[str]) -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (math.ceil(seconds), math.ceil(seconds)))
    resource.setrlimit(resource.RLIMIT_AS, (most << 20, most << 20))
    for raw in open_sources(paths):
        if isinstance(raw, InputError):
            print(json.dumps({"error": str(raw)}))
            continue
        row = {"source": raw.source, "bytes": len(raw.data), "damage": raw.damage}
        if stage == "parts":
            from onrecord.stages.page import read_page
            from onrecord.stages.parts import split_parts

            page = read_page(raw)
            row |= {"text": page.text[:1000], "characters": len(page.text), "parts": len(split_parts(page))}
            row["refused"] = [refusal.reason for refusal in page.refused]
        print(json.dumps(row))
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10)


if __name__ == "__main__":
    main(int(sys.argv[1]), float(sys.argv[2]), sys.argv[3], sys.argv[4:])
