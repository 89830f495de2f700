from __future__ import annotations

import gzip
import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from onrecord.errors import InputError
from onrecord.records import RawPage
from onrecord.sources.fetch_page import Answer, open_answer, say_status
from onrecord.sources.find_format import FEED, SAMPLE
from onrecord.sources.follow.follow_state import FeedState, FollowState, save_state, write_whole
from onrecord.sources.follow.polite_web import LONGEST_REST, Barred, PoliteWeb, Resting, name_host, read_wait
from onrecord.sources.follow.read_list import FeedList, Followed
from onrecord.sources.read_feed import Entry, parse_feed
from onrecord.stages.page.decode_text import decode_text

T = TypeVar("T")
SHARD = 50
"""Pages after which the inbox and the state are written."""
MOST_ENTRIES = 200
"""New entries of a feed that are taken in one pass; the rest waits for the next."""
MOST_TRIES = 3
"""Passes in which the page of an entry is tried, before what the feed carries must do."""
LONGEST_WAIT = 24 * 3600.0
"""Seconds to which failures can push the next look at a feed."""
LOST = (404, 410, 451)


@dataclass(frozen=True, slots=True)
class Job:
    """An entry whose page is to be had."""

    feed: Followed
    state: FeedState
    key: str
    entry: Entry

    @property
    def address(self) -> str:
        """Where its page stands, or the feed itself."""
        return self.entry.page.url or self.feed.address


@dataclass(frozen=True, slots=True)
class Poll:
    """What a feed answered."""

    state: FeedState
    answer: Answer
    jobs: tuple[Job, ...]
    is_whole: bool
    """Whether all that is new was taken up."""


def follow_pass(listed: FeedList, folder: Path, state: FollowState, web: PoliteWeb) -> Iterator[InputError]:
    """Ask every feed that is due and fetch the pages of its new entries; yield what went wrong.

    Pages go to numbered .jsonl.gz files in DIR/inbox, then the state is written: a crash between the two
    fetches some pages twice and loses none.
    """
    held: list[RawPage] = []
    try:
        for found in find_news(listed, state, web):
            if isinstance(found, InputError):
                yield found
                continue
            held.append(found)
            if len(held) >= SHARD:
                _write_shard(folder, state, held)
    finally:
        _write_shard(folder, state, held)


def find_news(listed: FeedList, state: FollowState, web: PoliteWeb) -> Iterator[RawPage | InputError]:
    """Yield the page of each new entry of the feeds that are due; hosts are asked in turn."""
    now = web.clock.now()
    due = [feed for feed in listed.feeds if state.of(feed.address).due <= now]
    polls: list[Poll] = []
    for feed in take_turns(due, lambda feed: name_host(feed.address)):
        try:
            polls.append(_poll_feed(feed, state.of(feed.address), web, listed.minutes * 60))
        except InputError as error:
            yield error
    rested: set[str] = set()
    for job in take_turns([job for poll in polls for job in poll.jobs], lambda job: name_host(job.address)):
        for found in _take_entry(job, web):
            if isinstance(found, Resting) and name_host(job.address) in rested:
                continue  # said once for all entries of the host
            if isinstance(found, Resting):
                rested.add(name_host(job.address))
            yield found
    for poll in polls:
        _note_validators(poll)


def take_turns(items: Iterable[T], host_of: Callable[[T], str]) -> Iterator[T]:
    """Yield items so that hosts take turns, each host's own in their order: pauses then cost little time.

    >>> list(take_turns(["a1", "a2", "a3", "b1"], lambda item: item[0]))
    ['a1', 'b1', 'a2', 'a3']
    """
    rows: dict[str, list[T]] = defaultdict(list)
    for item in items:
        rows[host_of(item)].append(item)
    for turn in range(max(map(len, rows.values()), default=0)):
        yield from (row[turn] for row in rows.values() if turn < len(row))


def _poll_feed(feed: Followed, state: FeedState, web: PoliteWeb, pause: float) -> Poll:
    """Return the new entries of a feed; raises InputError, and lets the feed rest for longer, if it fails."""
    try:
        answer = _ask_feed(feed, state, web)
        new = {} if answer.status == 304 else _index_entries(feed, answer)
    except InputError as error:
        state.failures += 1
        back = web.clock.now() + min(pause * 2.0**state.failures, LONGEST_WAIT)
        state.due = max(back, error.until if isinstance(error, Resting) else 0.0)
        raise
    state.failures, state.due = 0, web.clock.now() + pause
    known = set(state.seen)
    jobs = [Job(feed, state, key, entry) for key, entry in new.items() if key not in known]
    return Poll(state, answer, tuple(jobs[:MOST_ENTRIES]), len(jobs) <= MOST_ENTRIES)


def _ask_feed(feed: Followed, state: FeedState, web: PoliteWeb) -> Answer:
    """Return the answer of a feed, 200 or 304; raises InputError for any other."""
    shown = {"If-None-Match": state.etag, "If-Modified-Since": state.modified}
    answer = web.get(feed.address, {name: value for name, value in shown.items() if value})
    if answer.status not in (200, 304):
        wait = read_wait(answer.headers.get("retry-after"), web.clock.now()) or 0.0
        until = web.clock.now() + min(wait, LONGEST_REST)
        raise Resting(f"{feed.address}: the server answers {say_status(answer.status)}", until)
    return answer


def _index_entries(feed: Followed, answer: Answer) -> dict[str, Entry]:
    """Return the entries of a feed by digest, the oldest first, as feeds begin with the newest."""
    if not FEED.match(answer.data[:SAMPLE]):
        raise InputError(f"{feed.address}: is not a feed: expected an <rss>, <rdf:RDF> or <feed> element")
    entries = parse_feed(answer.data, feed.address, answer.address)
    return {digest_key(entry.key): entry for entry in reversed(entries)}


def _note_validators(poll: Poll) -> None:
    """Keep what the server wants to be shown again, once all is taken: it will then say 'not modified'."""
    if poll.answer.status == 200:
        taken = set(poll.state.seen)
        is_done = poll.is_whole and all(job.key in taken for job in poll.jobs)
        poll.state.etag = _clean(poll.answer.headers.get("etag")) if is_done else None
        poll.state.modified = _clean(poll.answer.headers.get("last-modified")) if is_done else None


def _clean(value: str | None) -> str | None:
    """Return a header's value if it can be sent back as it is."""
    return value if value and len(value) < 500 and value.isascii() and value.isprintable() else None


def digest_key(key: str) -> str:
    """Return the digest by which an entry is remembered."""
    return hashlib.blake2b(key.encode("utf-8", "replace"), digest_size=10).hexdigest()


def _take_entry(job: Job, web: PoliteWeb) -> Iterator[RawPage | InputError]:
    """Yield the page of an entry, or what the feed carries of it, and why; remember that it was taken."""
    problem: InputError | None = None
    if job.feed.pages and job.entry.page.url:
        try:
            yield from _fetch_entry(job, job.entry.page.url, web)
            _note_taken(job)
            return
        except Barred:
            pass  # the feed is open to all: what it carries may be read
        except Resting as error:
            yield error
            return
        except InputError as error:
            tries = job.state.tries[job.key] = job.state.tries.get(job.key, 0) + 1
            if tries < MOST_TRIES and not isinstance(error, Lost):
                yield error
                return
            problem = error
    own = job.entry.page
    _note_taken(job)
    if problem:
        yield problem
    if own.data:
        yield replace(own, publisher=job.feed.publisher or own.publisher)


class Lost(InputError):
    """A page is not there, and will not come back."""


def _fetch_entry(job: Job, address: str, web: PoliteWeb) -> Iterator[RawPage]:
    answer = web.get(address)
    if answer.status != 200:
        kind = Lost if answer.status in LOST else InputError
        raise kind(f"{address}: the server answers {say_status(answer.status)}")
    own = job.entry.page
    for raw in open_answer(answer):
        if isinstance(raw, InputError):
            raise raw
        yield replace(raw, published=own.published, publisher=job.feed.publisher or own.publisher)


def _note_taken(job: Job) -> None:
    job.state.seen.append(job.key)
    job.state.tries.pop(job.key, None)


def _write_shard(folder: Path, state: FollowState, held: list[RawPage]) -> None:
    if held:
        lines = "".join(json.dumps(_row(raw), ensure_ascii=False) + "\n" for raw in held)
        write_whole(name_shard(folder, state.shards + 1), gzip.compress(lines.encode(), mtime=0))
        state.shards += 1
        held.clear()
    save_state(folder, state)


def name_shard(folder: Path, number: int) -> Path:
    """Return the path of a file of the inbox."""
    return folder / "inbox" / f"{number:06}.jsonl.gz"


def _row(raw: RawPage) -> dict[str, str]:
    """Return a page as a line of .jsonl: its bytes as the characters they stand for."""
    text = raw.data if isinstance(raw.data, str) else decode_text(raw.data, raw.encoding)[0]
    row = {
        raw.media: text,
        "title": raw.title,
        "published": raw.published,
        "publisher": raw.publisher,
        "url": raw.url,
    }
    return {key: value for key, value in row.items() if value}
