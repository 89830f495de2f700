from __future__ import annotations

import datetime
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from onrecord.cli.options import page_options

if TYPE_CHECKING:
    from onrecord.records import Settings
    from onrecord.sources.follow import FeedList, FollowState, PoliteWeb


@click.command()
@click.argument("feeds", type=click.Path())
@click.option(
    "--out", required=True, type=click.Path(), metavar="DIR", help="The record folder; created if missing."
)
@click.option(
    "--once",
    is_flag=True,
    help="Check the feeds that are due once and exit; by default, run until interrupted.",
)
@page_options
def follow(feeds: str, out: str, once: bool, published: str | None, settings: Settings) -> None:
    """Fetch new pages from feeds and code them into a record folder.

    FEEDS is a TOML file with `minutes` between two checks of a feed, `delay` in seconds between two
    requests to one host, and a [[feed]] with an `address` for each feed. robots.txt is obeyed, unchanged
    feeds are not downloaded again, and a server that fails or asks to wait is given more time each time.

    Example: onrecord follow feeds.toml --out records --once
    """
    from onrecord.sources import FetchPolicy
    from onrecord.sources.follow import Clock, PoliteWeb, read_list

    listed = read_list(feeds)
    web = PoliteWeb(FetchPolicy(), listed.delay, Clock())
    try:
        sys.exit(follow_feeds(listed, out, web, published, settings, once))
    except KeyboardInterrupt:
        click.echo("onrecord: stopped; what was fetched is kept, and coded by the next run", err=True)
        sys.exit(130)


def follow_feeds(
    listed: FeedList, out: str, web: PoliteWeb, published: str | None, settings: Settings, once: bool
) -> int:
    """Follow feeds into a folder, in one pass or for ever; return the exit status of the pass."""
    from onrecord.errors import InputError
    from onrecord.sources.follow import follow_pass, load_state
    from onrecord.store import Disk

    if "://" in out:
        raise InputError(f"{out}: expected a folder of this machine, where fetched pages are kept")
    folder = Path(out)
    Disk(folder).create()
    state = load_state(folder)
    while True:
        status = 0
        for error in follow_pass(listed, folder, state, web):
            status = 1
            click.echo(f"onrecord: {error}", err=True)
        _code_inbox(folder, state, web, published, settings)
        if once:
            return status
        due = min(state.of(feed.address).due for feed in listed.feeds)
        web.clock.sleep(max(1.0, due - web.clock.now()))


def _code_inbox(
    folder: Path, state: FollowState, web: PoliteWeb, published: str | None, settings: Settings
) -> None:
    """Code the files of the inbox that have not been coded, and note it."""
    from onrecord.scale import Job, code_folder
    from onrecord.sources.follow import save_state
    from onrecord.sources.follow.follow_pass import name_shard

    if state.coded == state.shards:
        return
    inputs = tuple(str(name_shard(folder, n)) for n in range(state.coded + 1, state.shards + 1))
    day = datetime.datetime.fromtimestamp(web.clock.now(), datetime.UTC).date().isoformat()
    done = code_folder(Job(inputs, str(folder), day, published, settings))
    state.coded = state.shards
    save_state(folder, state)
    click.echo(f"{done.pages} pages coded, {done.events} events, {done.errors} errors", err=True)
