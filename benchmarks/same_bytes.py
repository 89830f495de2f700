"""Show that a page's record does not depend on the pages read beside it, and how far on the kernel.

usage: same_bytes.py [--shared ../shared] [--sets events statements codes whole_pages] [--most 1000]
                     [--kernels Haswell SkylakeX]

Reads each set in batches of 32, one page at a time, in batches of 7 and in reverse order, and compares
the bytes of the records. Then a process of its own reads it under each kernel of OpenBLAS (the default:
none; one that the processor lacks dies of an illegal instruction and is left out) and says which pages
differ from the first, and in which lists. Of a set with more than `--most` pages every n-th is read.
Exits with 1 if a record depends on its batch, or more than 1 page in 1,000 on the kernel.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

from onrecord.pipeline import read_batch
from onrecord.records import RawPage, Record, Settings
from onrecord.sources import open_sources

ORDERS: tuple[tuple[str, int, bool], ...] = (
    ("batches of 32", 32, False),
    ("one at a time", 1, False),
    ("batches of 7", 7, False),
    ("in reverse order", 32, True),
)
"""Name of an order, pages in a batch, and whether the last page comes first."""
MOST_DIFFERING = 0.001
"""Share of pages that may differ between kernels, which round in different ways."""
Digests = dict[str, str]
"""A digest of each list of a record, by name; of whole records, by place in the set."""


def load_pages(shared: Path, name: str, most: int) -> list[RawPage]:
    """Return pages of a set, at even distances if it has more than so many."""
    gold = shared / "gold" / name
    files = sorted(gold.glob("*.jsonl")) if gold.is_dir() else sorted((shared / name).glob("*/page.txt"))
    pages = list(open_sources([str(file) for file in files], "2010-01-01"))
    return pages[:: -(-len(pages) // most)] if pages else []


def digest_record(record: Record) -> Digests:
    """Return a digest of each list of a record."""
    return {
        key: sha256(json.dumps(value).encode()).hexdigest()[:16]
        for key, value in json.loads(record.to_json()).items()
    }


def read_in_order(pages: Sequence[RawPage], size: int, is_reversed: bool) -> list[Digests]:
    """Return the digests of pages, in their own order, after reading them in batches of a size."""
    ordered = list(reversed(pages)) if is_reversed else list(pages)
    found = [
        digest_record(record)
        for start in range(0, len(ordered), size)
        for record in read_batch(ordered[start : start + size], Settings())
    ]
    return found[::-1] if is_reversed else found


def read_under(kernel: str, args: argparse.Namespace) -> dict[str, list[Digests]] | None:
    """Return the digests by set that a process with a kernel finds, None if it does not start."""
    command = [sys.executable, __file__, "--shared", str(args.shared), "--most", str(args.most), "--digests"]
    done = subprocess.run(
        [*command, "--sets", *args.sets],
        env={**os.environ, "OPENBLAS_CORETYPE": kernel},
        stdout=subprocess.PIPE,
        text=True,
    )
    found: dict[str, list[Digests]] | None = json.loads(done.stdout) if done.returncode == 0 else None
    return found


def tell_differences(first: Sequence[Digests], other: Sequence[Digests], name: Callable[[int], str]) -> int:
    """Print the pages whose records differ, with the lists that do; return how many."""
    differing = 0
    for place, (one, two) in enumerate(zip(first, other, strict=True)):
        lists = [key for key in one if one[key] != two.get(key)]
        if lists:
            differing += 1
            print(f"    {name(place)}: {', '.join(lists)}")
    return differing


def compare_orders(pages: dict[str, list[RawPage]]) -> tuple[dict[str, list[Digests]], int]:
    """Print how many records depend on their batch; return the digests of the first order, and the count."""
    first: dict[str, list[Digests]] = {}
    differing = 0
    for name, raws in pages.items():
        for order, size, is_reversed in ORDERS:
            found = read_in_order(raws, size, is_reversed)
            first.setdefault(name, found)
            count = tell_differences(first[name], found, lambda place: raws[place].id or str(place))  # noqa: B023
            differing += count
            print(f"{name:14} {order:18} {len(found):6} pages {count:4} differ", flush=True)
    return first, differing


def compare_kernels(first: dict[str, list[Digests]], pages: dict[str, list[RawPage]], args: Any) -> float:
    """Print which pages differ between kernels; return the largest share."""
    shares = [0.0]
    for kernel in args.kernels:
        found = read_under(kernel, args)
        if found is None:
            print(f"{kernel}: this processor does not run it")
            continue
        for name, raws in pages.items():
            count = tell_differences(first[name], found[name], lambda place: raws[place].id or str(place))  # noqa: B023
            print(f"{name:14} {kernel:18} {len(raws):6} pages {count:4} differ", flush=True)
        every = [
            one != two
            for name in pages
            for one, two in zip(first[name], found[name], strict=True)
        ]  # fmt: skip
        shares.append(sum(every) / len(every))
        print(f"{kernel}: {sum(every)} of {len(every)} pages differ from the processor's own kernel")
    return max(shares)


def main() -> int:
    """Print the comparison; return 1 if records depend on their batch or too often on the kernel."""
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("--shared", type=Path, default=Path("../shared"))
    options.add_argument("--sets", nargs="+", default=["events", "statements", "codes", "whole_pages"])
    options.add_argument("--most", type=int, default=1000)
    options.add_argument("--kernels", nargs="*", default=[])
    options.add_argument("--digests", action="store_true", help="print the digests of batches of 32 as JSON")
    args = options.parse_args()
    pages = {name: load_pages(args.shared, name, args.most) for name in args.sets}
    if args.digests:
        print(json.dumps({name: read_in_order(raws, 32, False) for name, raws in pages.items()}))
        return 0
    first, differing = compare_orders(pages)
    share = compare_kernels(first, pages, args)
    return int(differing > 0 or share > MOST_DIFFERING)


if __name__ == "__main__":
    raise SystemExit(main())
