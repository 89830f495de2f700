"""Reads sources within limits that the system holds: read_bounded.py SECONDS MIB STAGE PATH...

STAGE is `sources`, or `parts` to read on as far as the parts of each page. Prints a JSON line for each
page and each error, and at the end the most memory that was held, in MiB.
"""

from __future__ import annotations

import json
import resource
import sys

from onrecord.errors import InputError
from onrecord.sources import open_sources


def main(seconds: int, most: int, stage: str, paths: list[str]) -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
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
            row |= {"text": page.text[:1000], "end": page.text[-100:], "characters": len(page.text)}
            row |= {"parts": len(split_parts(page)), "failure": page.failure, "url": page.url}
            row["refused"] = [refusal.reason for refusal in page.refused]
        print(json.dumps(row))
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3], sys.argv[4:])
