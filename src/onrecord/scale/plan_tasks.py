from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from itertools import groupby

from onrecord.errors import InputError
from onrecord.records import Coder, RawPage, Settings
from onrecord.scale.task import Planned, Task
from onrecord.stages.page import name_page
from onrecord.store import Failure, Folder


@dataclass(slots=True)
class Known:
    """What the folder holds already, as digests: small enough for millions of pages."""

    versions: dict[int, int] = field(default_factory=dict)
    """By page: which version of it was coded last, by which coder if that counts."""
    addresses: dict[int, int] = field(default_factory=dict)
    """By address of pages without an id of their own: the page that stands there now."""
    keys: set[int] = field(default_factory=set)
    """Codings that this very run has written, before it was stopped."""


@dataclass(slots=True)
class Tally:
    """What was met in the input."""

    seen: int = 0
    new: int = 0
    """Of these, not in the folder yet."""


def load_known(folder: Folder, run: int, recode: bool) -> Known:
    """Return what earlier runs coded, and what the run itself has written so far."""
    known = Known()
    with folder.connect() as connection:
        rows = connection.execute(
            "select page, address, input, coder_version, model, codebook, coding, run, position "
            "from all_pages union all "
            "select page, null, input, null, null, null, coding, run, position from all_errors "
            "order by run, position"
        )
        while chunk := rows.fetchmany(10_000):
            for page, address, content, version, model, codebook, key, of_run, _ in chunk:
                if of_run == run:
                    known.keys.add(key)
                else:
                    coder = Coder(version, model, codebook) if recode and version else None
                    note_version(known, page or content, address, _digest(content, coder))
    return known


def plan_tasks(
    sources: Iterable[RawPage | InputError],
    known: Known,
    tally: Tally,
    *,
    run: int,
    size: int,
    coder: Coder,
    day: str,
    settings: Settings,
    recode: bool,
) -> Iterator[Task]:
    """Yield the shards of an input that hold something to code, in order.

    A shard is `size` places of the input, whatever was coded before: so a run that was stopped
    cuts the same shards when it goes on.
    """
    by = coder if recode else None
    for shard, places in groupby(enumerate(sources), lambda place: place[0] // size):
        pages: list[Planned] = []
        failures: list[Failure] = []
        for position, raw in places:
            tally.seen += 1
            if isinstance(raw, InputError):
                failure = _plan_failure(raw, run, position, day)
                is_new = note_version(known, failure.input, None, _digest(failure.input, None))
                if is_new and failure.key not in known.keys:
                    failures.append(failure)
            else:
                page = _plan_page(raw, run, position)
                is_new = note_version(known, name_page(raw)[0], page.address, _digest(page.input, by))
                if is_new and page.key not in known.keys:
                    pages.append(page)
        tally.new += len(pages) + len(failures)
        if pages or failures:
            yield Task(run, shard, coder, day, settings, tuple(pages), tuple(failures))


def note_version(known: Known, name: str, address: str | None, version: int) -> bool:
    """Note a version of a page as the current one; return whether it was not so before."""
    page = _digest(name)
    is_new = known.versions.get(page) != version
    known.versions[page] = version
    if address is not None:
        before = known.addresses.get(_digest(address), page)
        if before != page:
            known.versions.pop(before, None)
        known.addresses[_digest(address)] = page
    return is_new


def digest_input(raw: RawPage) -> str:
    """Return a digest of all that a page brought in but the place it was found at."""
    content = asdict(raw)
    del content["source"]
    data = content.pop("data")
    digest = hashlib.sha256(data if isinstance(data, bytes) else data.encode("utf-8", "surrogatepass"))
    digest.update(json.dumps(content, sort_keys=True).encode())
    return digest.hexdigest()[:32]


def _plan_page(raw: RawPage, run: int, position: int) -> Planned:
    content = digest_input(raw)
    return Planned(_digest(run, position, name_page(raw)[0], content), position, content, _address(raw), raw)


def _plan_failure(error: InputError, run: int, position: int, day: str) -> Failure:
    text = str(error)
    content = hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:32]
    source, _, reason = text.partition(": ")
    return Failure(_digest(run, position, content), run, position, source, None, content, reason or text, day)


def _address(raw: RawPage) -> str | None:
    """Return where a page stands that has no id of its own; a later page there takes its place."""
    if raw.id is not None:
        return None
    if raw.url:
        return raw.url
    return raw.source if isinstance(raw.data, bytes) and raw.source != "-" else None


def _digest(*parts: object) -> int:
    """Return 63 bits that stand for some values."""
    text = "\0".join(map(repr, parts)).encode("utf-8", "surrogatepass")
    return int.from_bytes(hashlib.blake2b(text, digest_size=8).digest(), "big") >> 1
