"""What a folder holds before a run: which versions of which pages, and what it says of them."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any

from onrecord.records import Coder
from onrecord.scale.task import Earlier, Run
from onrecord.store import Folder

VERSIONS = """
    select page, address, input, coder_version, model, codebook, coding, run, position from all_pages
    union all
    select page, null, input, null, null, null, coding, run, position from all_errors
    order by run, position
"""
EARLIER = """
    select p.page, p.address, p.input, p.coder_version, p.model, p.codebook, r.json
    from all_pages p join all_records r using (coding)
    where coding not in (select coding from hidden)
    and (p.page in (select unnest($pages)) or p.address in (select unnest($addresses)))
"""
CHUNK = 10_000


@dataclass(slots=True)
class Known:
    """The versions as digests: small enough for millions of pages."""

    versions: dict[int, int] = field(default_factory=dict)
    """By page: which version of it was coded last, by which coder if that counts."""
    addresses: dict[int, int] = field(default_factory=dict)
    """By address of pages without an id of their own: the page that stands there now."""
    keys: set[int] = field(default_factory=set)
    """Codings that this very run has written, before it was stopped."""


class Past:
    """The folder as it was before a run, open for questions."""

    def __init__(self, folder: Folder, run: Run) -> None:
        self._connection = folder.connect(before_run=run.number)
        self._run = run

    def __enter__(self) -> Past:
        return self

    def __exit__(self, kind: type | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._connection.close()

    def load_known(self) -> Known:
        """Return which versions earlier runs coded, and what the run itself has written so far."""
        known = Known()
        rows = self._connection.execute(VERSIONS)
        while chunk := rows.fetchmany(CHUNK):
            for page, address, content, version, model, codebook, key, run, _ in chunk:
                if run >= self._run.number:
                    known.keys.add(key)
                else:
                    coder = Coder(version, model, codebook) if self._run.recode and version else None
                    note_version(known, page or content, address, digest_values(content, coder))
        return known

    def find_earlier(self, pages: Sequence[str], addresses: Sequence[str]) -> dict[str, Earlier]:
        """Return what the folder said of some pages, by page id and by address."""
        found: dict[str, Earlier] = {}
        names = {"pages": list(pages), "addresses": list(addresses)}
        for page, address, content, *coder, json in self._connection.execute(EARLIER, names).fetchall():
            earlier = Earlier(page, Coder(*coder), content, json)
            found |= {page: earlier} if address is None else {address: earlier, page: earlier}
        return found


def note_version(known: Known, name: str, address: str | None, version: int) -> tuple[bool, bool]:
    """Note a version of a page as the current one.

    Returns whether it was not so before, and whether it takes the place of another version or page.
    """
    page = digest_values(name)
    last = known.versions.get(page)
    known.versions[page] = version
    replaced = last is not None
    if address is not None:
        place = digest_values(address)
        before = known.addresses.get(place, page)
        if before != page:
            known.versions.pop(before, None)
            replaced = True
        known.addresses[place] = page
    return last != version, replaced


def digest_values(*values: Any) -> int:
    """Return 63 bits that stand for some values."""
    text = "\0".join(map(repr, values)).encode("utf-8", "surrogatepass")
    return int.from_bytes(hashlib.blake2b(text, digest_size=8).digest(), "big") >> 1
