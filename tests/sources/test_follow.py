"""Feeds are followed politely: conditional requests, robots.txt, pauses, back-off; and nothing is lost."""

from __future__ import annotations

import gzip
import json
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from servers import Server

import onrecord
from onrecord.cli.follow import follow_feeds
from onrecord.cli.main import main
from onrecord.errors import FolderError, InputError
from onrecord.records import Settings
from onrecord.sources.follow import (
    Clock,
    FeedList,
    Followed,
    FollowState,
    PoliteWeb,
    follow_pass,
    load_state,
    read_list,
)

HOUR = 3600.0


class Follower:
    """A feed of the test server, followed with a clock that only moves when it is told to, or slept on."""

    def __init__(self, server: Server, folder: Path, **feed: Any) -> None:
        self.server, self.folder, self.time = server, folder, time.time()
        self.slept: list[float] = []
        self.listed = FeedList((Followed(server.at("/feed"), **feed),), minutes=30, delay=5)
        self.restart()

    def restart(self) -> None:
        """Begin a new process: only the folder knows what was before."""
        self.web = PoliteWeb(self.server.policy(), self.listed.delay, Clock(lambda: self.time, self.sleep))
        self.state: FollowState = load_state(self.folder)

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.time += seconds

    def look(self, hours: float = 0.0) -> list[str]:
        """Ask the feeds once, so many hours later; return the errors, keep the paths that were asked for."""
        self.time += hours * HOUR
        before = len(self.server.asked)
        errors = [str(e) for e in follow_pass(self.listed, self.folder, self.state, self.web)]
        self.asked = [path for path in self.server.paths()[before:] if path != "/robots.txt"]
        return errors

    def pages(self) -> list[dict[str, str]]:
        """Return the pages of the inbox."""
        files = sorted((self.folder / "inbox").glob("*.jsonl.gz"))
        return [json.loads(line) for file in files for line in gzip.open(file, "rt", encoding="utf-8")]

    def texts(self) -> list[str]:
        return [page.get("html") or page["text"] for page in self.pages()]


def serve_feed(server: Server, names: Sequence[str], **headers: str) -> None:
    """Serve a feed whose newest entry stands first, as feeds have it, and a page for each entry."""
    items = "".join(
        f"<item><title>Title {name}</title><link>{server.at(f'/{name}')}</link><guid>{name}</guid>"
        f"<pubDate>Mon, 11 Dec 2017 08:00:00 GMT</pubDate><description>Feed {name}.</description></item>"
        for name in reversed(names)
    )
    feed = f"<rss version='2.0'><channel><title>Harbour Post</title>{items}</channel></rss>"
    server.serve("/feed", feed.encode(), "application/rss+xml", **headers)
    for name in names:
        server.serve(
            f"/{name}", f"<html><p>Page {name} café.</p></html>".encode("cp1252"), "text/html; charset=cp1252"
        )


def test_new_entries_are_fetched_oldest_first_with_what_the_feed_knows(
    server: Server, tmp_path: Path
) -> None:
    serve_feed(server, "ab")
    follower = Follower(server, tmp_path)
    assert follower.look() == []
    assert follower.asked == ["/feed", "/a", "/b"]
    first = follower.pages()[0]
    assert first == {
        "html": "<html><p>Page a café.</p></html>",
        "published": "2017-12-11",
        "publisher": "Harbour Post",
        "url": server.at("/a"),
    }


def test_the_list_may_name_the_publisher_and_leave_pages_alone(server: Server, tmp_path: Path) -> None:
    serve_feed(server, "ab")
    follower = Follower(server, tmp_path, publisher="Post", pages=False)
    follower.look()
    assert follower.asked == ["/feed"]
    assert [(page["html"], page["publisher"]) for page in follower.pages()] == [
        ("Feed a.", "Post"),
        ("Feed b.", "Post"),
    ]


def test_a_feed_is_asked_when_it_is_due_and_only_for_what_is_new(server: Server, tmp_path: Path) -> None:
    serve_feed(server, "ab")
    follower = Follower(server, tmp_path)
    follower.look()
    follower.look(0.2)
    assert follower.asked == []
    serve_feed(server, "abc")
    follower.restart()
    follower.look(1)
    assert follower.asked == ["/feed", "/c"]
    assert len(follower.texts()) == 3


def test_requests_are_conditional_once_all_is_taken(server: Server, tmp_path: Path) -> None:
    serve_feed(server, "a", ETag='W/"7"', Last_Modified="Mon, 11 Dec 2017 08:00:00 GMT")
    follower = Follower(server, tmp_path)
    follower.look()
    server.serve("/feed", b"", status=304)
    follower.restart()
    assert follower.look(1) == []
    headers = server.asked[-1][1]
    assert headers["If-None-Match"] == 'W/"7"'
    assert headers["If-Modified-Since"] == "Mon, 11 Dec 2017 08:00:00 GMT"
    assert len(follower.pages()) == 1


def test_no_condition_while_an_entry_is_still_to_be_had(server: Server, tmp_path: Path) -> None:
    serve_feed(server, "ab", ETag='"7"')
    server.serve("/b", b"", status=500)
    follower = Follower(server, tmp_path)
    assert "500 Internal Server Error" in follower.look()[0]
    follower.look(1)
    assert "If-None-Match" not in server.asked[-2][1]
    assert follower.asked == ["/feed", "/b"]


def test_validators_that_cannot_be_sent_back_are_not_kept(server: Server, tmp_path: Path) -> None:
    serve_feed(server, "a", ETag='"caf\xe9"', Last_Modified="x" * 600)
    follower = Follower(server, tmp_path)
    follower.look()
    assert follower.look(1) == []
    assert "If-None-Match" not in server.asked[-1][1]


def test_requests_to_a_host_have_a_pause_between_them(server: Server, tmp_path: Path) -> None:
    serve_feed(server, "ab")
    follower = Follower(server, tmp_path)
    follower.look()
    assert follower.slept == pytest.approx([5, 5, 5])


def test_robots_may_ask_for_a_longer_pause_but_not_for_ever(server: Server, tmp_path: Path) -> None:
    serve_feed(server, "a")
    for asked, given in (("20", 20), ("86400", 60), ("0.1", 5)):
        server.serve("/robots.txt", f"User-agent: *\nCrawl-delay: {asked}\n".encode(), "text/plain")
        follower = Follower(server, tmp_path / asked)
        follower.look()
        assert follower.slept == pytest.approx([given, given])


def test_what_robots_forbid_is_not_fetched_and_the_feed_must_do(server: Server, tmp_path: Path) -> None:
    serve_feed(server, "abc")
    server.serve("/c", b"", status=302, Location="/b")
    server.serve(
        "/robots.txt", b"User-agent: onrecord\nDisallow: /b\n\nUser-agent: *\nAllow: /\n", "text/plain"
    )
    follower = Follower(server, tmp_path)
    assert follower.look() == []
    assert follower.asked == ["/feed", "/a", "/c"]
    assert follower.texts() == ["<html><p>Page a café.</p></html>", "Feed b.", "Feed c."]


@pytest.mark.parametrize(
    ("status", "is_open"), [(404, True), (403, True), (429, False), (500, False), (503, False)]
)
def test_robots_that_cannot_be_had(server: Server, tmp_path: Path, status: int, is_open: bool) -> None:
    serve_feed(server, "a")
    server.serve("/robots.txt", b"", status=status)
    follower = Follower(server, tmp_path)
    errors = follower.look()
    assert bool(errors) != is_open
    assert follower.asked == (["/feed", "/a"] if is_open else [])
    if not is_open:
        assert "robots.txt of its host cannot be read, so nothing is fetched" in errors[0]
        server.serve("/robots.txt", b"User-agent: *\nAllow: /\n", "text/plain")
        assert follower.look(3) == []
        assert follower.asked == ["/feed", "/a"]


def test_a_failing_feed_is_asked_less_and_less(server: Server, tmp_path: Path) -> None:
    server.serve("/feed", b"", status=500)
    follower = Follower(server, tmp_path)
    waits = []
    for _ in range(8):
        assert "the server answers 500 Internal Server Error" in follower.look()[0]
        waits.append((follower.state.of(server.at("/feed")).due - follower.time) / HOUR)
        follower.time = follower.state.of(server.at("/feed")).due
        follower.restart()
    assert waits == pytest.approx([1, 2, 4, 8, 16, 24, 24, 24])
    serve_feed(server, "a")
    assert follower.look() == []
    assert follower.state.of(server.at("/feed")).failures == 0


@pytest.mark.parametrize(("said", "hours"), [("7200", 2), ("1", 1), ("nonsense", 1), ("999999999999", 24)])
def test_a_busy_server_says_when_to_come_back(
    server: Server, tmp_path: Path, said: str, hours: float
) -> None:
    server.serve("/feed", b"", status=503, Retry_After=said)
    follower = Follower(server, tmp_path)
    follower.look()
    assert (follower.state.of(server.at("/feed")).due - follower.time) / HOUR == pytest.approx(hours)


def test_a_host_that_asks_for_rest_is_left_alone(server: Server, tmp_path: Path) -> None:
    serve_feed(server, "abcd")
    server.serve("/b", b"", status=429, Retry_After="7200")
    follower = Follower(server, tmp_path)
    errors = follower.look()
    assert follower.asked == ["/feed", "/a", "/b"]
    assert len(errors) == 2, "one for the answer, one for all that had to wait"
    serve_feed(server, "abcd")
    assert follower.look(1)[0].endswith("asked to be left alone for a while")
    assert follower.asked == []
    assert follower.look(2) == []
    assert follower.asked == ["/feed", "/b", "/c", "/d"]
    assert len(follower.pages()) == 4


def test_a_page_that_fails_is_tried_three_times(server: Server, tmp_path: Path) -> None:
    serve_feed(server, "a")
    server.serve("/a", b"", status=500)
    follower = Follower(server, tmp_path)
    assert [len(follower.look(1)) for _ in range(4)] == [1, 1, 1, 0]
    assert follower.texts() == ["Feed a."]


@pytest.mark.parametrize(
    "link", ["/gone", "javascript:alert(1)", "http://[", "http://10.0.0.1/", "file:///etc/passwd"]
)
def test_a_link_that_leads_nowhere(server: Server, tmp_path: Path, link: str) -> None:
    link = server.at(link) if link.startswith("/") else link
    item = f"<item><title>A</title><link>{link}</link><description>Feed.</description></item>"
    server.serve("/feed", f"<rss><channel>{item}</channel></rss>".encode(), "text/xml")
    follower = Follower(server, tmp_path)
    for _ in range(3):
        follower.look(1)
    assert follower.texts() == ["Feed."]


def test_a_page_is_no_feed(server: Server, tmp_path: Path) -> None:
    server.serve("/feed", b"<html></html>")
    assert "is not a feed: expected an <rss>" in Follower(server, tmp_path).look()[0]


def test_a_long_feed_is_taken_in_steps(server: Server, tmp_path: Path) -> None:
    serve_feed(server, [f"n{n}" for n in range(250)], ETag='"7"')
    follower = Follower(server, tmp_path, pages=False)
    counts = []
    for _ in range(3):
        follower.look(1)
        counts.append(len(follower.pages()))
    assert counts == [200, 250, 250]
    assert len(list((tmp_path / "inbox").iterdir())) == 5


def test_what_was_fetched_before_an_interruption_is_kept(server: Server, tmp_path: Path) -> None:
    serve_feed(server, "abcd")
    follower = Follower(server, tmp_path)

    def interrupt(seconds: float) -> None:
        if "/b" in server.paths():
            raise KeyboardInterrupt

    follower.web.clock = Clock(lambda: follower.time, interrupt)
    with pytest.raises(KeyboardInterrupt):
        follower.look()
    assert len(follower.pages()) == 2
    follower.restart()
    follower.look(1)
    assert follower.asked == ["/feed", "/c", "/d"]
    assert len(follower.pages()) == 4
    assert not list(tmp_path.rglob("*.new"))


def test_hosts_take_turns(server: Server, tmp_path: Path) -> None:
    serve_feed(server, "ab")
    follower = Follower(server, tmp_path)
    follower.listed = FeedList((*follower.listed.feeds, Followed("http://10.0.0.1/feed")), 30, 5)
    (error,) = follower.look()
    assert "robots.txt of its host cannot be read" in error
    assert len(follower.pages()) == 2, "one bad feed does not stop the others"


def test_a_broken_state_is_named(tmp_path: Path) -> None:
    for text in ("{", '{"schema": "other/1"}', '{"schema": "onrecord-follow/1"}', "[]"):
        (tmp_path / "follow.json").write_text(text)
        with pytest.raises(FolderError, match=r"follow\.json"):
            load_state(tmp_path)


def test_what_is_new_is_coded_into_the_folder(server: Server, tmp_path: Path) -> None:
    serve_feed(server, "ab")
    server.serve(
        "/b", b"<html><title>Arrests</title><p>Police arrested two people in Paris on Monday.</p></html>"
    )
    follower = Follower(server, tmp_path)
    folder = str(tmp_path / "records")

    def follow() -> int:
        return follow_feeds(follower.listed, folder, follower.web, None, Settings(), once=True)

    assert follow() == 0
    follower.time += HOUR
    serve_feed(server, "abc")
    assert follow() == 0
    records = list(onrecord.open_folder(folder).records())
    assert {record.page.url for record in records} == {server.at(f"/{name}") for name in "abc"}
    assert {record.page.published for record in records} == {"2017-12-11"}
    assert any(record.events for record in records)


def test_pages_are_kept_on_this_machine(server: Server, tmp_path: Path) -> None:
    follower = Follower(server, tmp_path)
    with pytest.raises(InputError, match="expected a folder of this machine"):
        follow_feeds(follower.listed, "s3://a/b", follower.web, None, Settings(), once=True)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "no feeds: expected [[feed]] with an address"),
        ("[[feed]]\npublisher = 'A'", "feed 1: expected address"),
        (
            "[[feed]]\naddress = 'file:///etc/passwd'",
            "feed 1: file:///etc/passwd: file: addresses are not fetched",
        ),
        (
            "[[feed]]\naddress = 'http://a.example/1'\nurl = 'x'",
            "feed 1: unknown key 'url'; expected one of address",
        ),
        ("delay = -1\n[[feed]]\naddress = 'http://a.example/1'", "key 'delay': expected a number"),
        ("[[feed]]\naddress = 'http://a.example/1'\npages = 'no'", "key 'pages': expected true or false"),
        ("[[feed]]\naddress = 'http://a.example/1'\n" * 2, "listed twice: http://a.example/1"),
        ("[[feed]", "not valid TOML"),
    ],
)
def test_a_bad_list_says_what_was_expected(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "feeds.toml"
    path.write_text(text)
    with pytest.raises(InputError) as error:
        read_list(path)
    assert str(error.value).startswith(str(path))
    assert message in str(error.value)
    done = CliRunner().invoke(main, ["follow", str(path), "--out", str(tmp_path / "records")])
    assert done.exit_code == 1
    assert message in done.stderr
