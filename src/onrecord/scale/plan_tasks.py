from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field, replace

from onrecord.errors import InputError
from onrecord.records import RawPage
from onrecord.scale.know_versions import Known, Past, digest_values, note_version
from onrecord.scale.task import Planned, Run, Task
from onrecord.stages.page import name_page
from onrecord.store import Failure

SMALL, LARGE = 80_000, 1_600_000
"""Characters of text after which a shard ends, full or not: of the first shards, and at most.

Shards of 80,000 take a process some seconds, so that two have enough to share of a few hundred pages, and the
progress moves; a long run is cut coarser as it goes on, for each part is a directory of files.
"""
COARSER = 64
"""Shards after which they may be twice as large."""
MARKUP = 10
"""Bytes of HTML that stand for a character of text, about."""

Input = RawPage | InputError
Place = tuple[int, Input]
"""A place of the input, counted over all sources, and what stands there."""


@dataclass(slots=True)
class Tally:
    """What was met in the input."""

    seen: int = 0
    new: int = 0
    """Of these, not in the folder yet."""
    failed: int = 0
    """Inputs that gave no page, in the folder already or not."""
    met: set[int] = field(default_factory=set)
    """Pages that the input brought so far, as digests of their ids."""
    repeated: list[str] = field(default_factory=list)
    """Ids under which the input brought more than one page; the last one counts."""


def plan_tasks(sources: Iterable[Input], past: Past, known: Known, tally: Tally, run: Run) -> Iterator[Task]:
    """Yield the shards of an input that hold something to code, in order."""
    for shard, places in enumerate(cut_shards(sources, run.size)):
        pages: list[Planned] = []
        failures: list[Failure] = []
        replacing: list[Planned] = []
        for place in places:
            item = _plan_place(place, run)
            is_new, is_replacing = _note_item(item, known, run)
            _tally_item(item, is_new, tally)
            if not is_new or item.key in known.keys:
                continue
            if isinstance(item, Failure):
                failures.append(item)
            else:
                (replacing if is_replacing else pages).append(item)
        tally.seen += len(places)
        tally.new += len(pages) + len(replacing) + len(failures)
        if pages or replacing or failures:
            pages += _recall(replacing, past)
            pages.sort(key=lambda page: page.position)
            yield Task(run, shard, tuple(pages), tuple(failures))


def cut_shards(sources: Iterable[Input], size: int) -> Iterator[list[Place]]:
    """Yield the places of an input in shards of `size` places, or fewer where the pages are large.

    The cut looks at the input alone, not at what was coded before: so a run that was stopped cuts
    the same shards when it goes on.
    """
    shard: list[Place] = []
    held = number = 0
    for position, item in enumerate(sources):
        shard.append((position, item))
        held += measure_page(item) if isinstance(item, RawPage) else 0
        if len(shard) == size or held >= min(LARGE, SMALL << number // COARSER):
            yield shard
            shard, held, number = [], 0, number + 1
    if shard:
        yield shard


def measure_page(raw: RawPage) -> int:
    """Return about how many characters of text a page has, its comments counted."""
    own = len(raw.data) // (1 if raw.media == "text" else MARKUP)
    return own + sum(len(comment.text) for comment in raw.comments)


def digest_input(raw: RawPage) -> str:
    """Return a digest of all that a page brought in but the place it was found at."""
    content = asdict(raw)
    del content["source"]
    data = content.pop("data")
    digest = hashlib.sha256(data if isinstance(data, bytes) else data.encode("utf-8", "surrogatepass"))
    digest.update(json.dumps(content, sort_keys=True).encode())
    return digest.hexdigest()[:32]


def _plan_place(place: Place, run: Run) -> Planned | Failure:
    position, item = place
    if isinstance(item, InputError):
        return _plan_failure(item, position, run)
    content = digest_input(item)
    key = digest_values(run.number, position, name_page(item)[0], content)
    return Planned(key, position, content, _find_address(item), item)


def _plan_failure(error: InputError, position: int, run: Run) -> Failure:
    text = str(error)
    content = hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:32]
    source, _, reason = text.partition(": ")
    key = digest_values(run.number, position, content)
    return Failure(key, run.number, position, source, None, content, reason or text, run.day)


def _find_address(raw: RawPage) -> str | None:
    """Return where a page stands that has no id of its own; a later page there takes its place."""
    if raw.id is not None:
        return None
    if raw.url:
        return raw.url
    return raw.source if isinstance(raw.data, bytes) and raw.source != "-" else None


def _note_item(item: Planned | Failure, known: Known, run: Run) -> tuple[bool, bool]:
    if isinstance(item, Failure):
        return note_version(known, item.input, None, digest_values(item.input, None))
    version = digest_values(item.input, run.coder if run.recode else None)
    return note_version(known, name_page(item.raw)[0], item.address, version)


def _tally_item(item: Planned | Failure, is_new: bool, tally: Tally) -> None:
    """Count what gave no page, and note ids under which the input brings different pages."""
    if isinstance(item, Failure):
        tally.failed += 1
        return
    name = name_page(item.raw)[0]
    digest = digest_values(name)
    if digest in tally.met and is_new:
        tally.repeated.append(name)
    tally.met.add(digest)


def _recall(pages: list[Planned], past: Past) -> list[Planned]:
    """Return pages together with what the folder said of them, or of the page at their address, before."""
    if not pages:
        return []
    names = [name_page(page.raw)[0] for page in pages]
    found = past.find_earlier(names, [page.address for page in pages if page.address])
    return [
        replace(page, earlier=found.get(name) or found.get(page.address or ""))
        for page, name in zip(pages, names, strict=True)
    ]
