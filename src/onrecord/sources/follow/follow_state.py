from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any

from onrecord.errors import FolderError

SCHEMA = "onrecord-follow/1"
STATE = "follow.json"
MOST_SEEN = 50_000
"""Entries of a feed that are remembered once the feed no longer lists them."""


@dataclass(slots=True)
class FeedState:
    """What is known of one feed from earlier passes."""

    etag: str | None = None
    modified: str | None = None
    """What the server gave, to be shown again, so that it can answer 'not modified'."""
    due: float = 0.0
    """Not asked before this moment, in seconds since 1970."""
    failures: int = 0
    """In a row; each doubles the time to the next look."""
    seen: list[str] = field(default_factory=list)
    """Digests of the entries that were taken, oldest first."""
    tries: dict[str, int] = field(default_factory=dict)
    """Entries whose page could not be fetched, and how often that was tried."""


@dataclass(slots=True)
class FollowState:
    """What is known from earlier passes."""

    feeds: dict[str, FeedState] = field(default_factory=dict)
    """By address."""
    shards: int = 0
    """Files written to the inbox."""
    coded: int = 0
    """Of these, how many have been coded."""

    def of(self, address: str) -> FeedState:
        """Return what is known of a feed, nothing yet for a new one."""
        return self.feeds.setdefault(address, FeedState())


def load_state(folder: Path) -> FollowState:
    """Return the state that a folder keeps, empty if it has none; raises FolderError for a broken file."""
    path = folder / STATE
    if not path.exists():
        return FollowState()
    try:
        held = json.loads(path.read_text(encoding="utf-8"))
        if held.get("schema") != SCHEMA:
            raise FolderError(f"{path}: expected schema {SCHEMA}, found {held.get('schema')}")
        feeds = {address: _feed(row) for address, row in held["feeds"].items()}
        return FollowState(feeds, held["shards"], held["coded"])
    except (ValueError, TypeError, KeyError, AttributeError, OSError) as error:
        raise FolderError(
            f"{path}: is broken ({error}); without the file, all feeds are read anew"
        ) from error


def _feed(row: dict[str, Any]) -> FeedState:
    known = {one.name for one in fields(FeedState)}
    return FeedState(**{key: value for key, value in row.items() if key in known})


def save_state(folder: Path, state: FollowState) -> None:
    """Write the state so that a crash leaves the old one or the new one."""
    for feed in state.feeds.values():
        del feed.seen[:-MOST_SEEN]
    write_whole(folder / STATE, json.dumps({"schema": SCHEMA, **asdict(state)}, indent=1).encode())


def write_whole(path: Path, data: bytes) -> None:
    """Write a file that appears whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_name(f"{path.name}.new")
    with new.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    os.replace(new, path)
