from __future__ import annotations

import email.utils
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import httpx
from protego import Protego

from onrecord.errors import InputError
from onrecord.sources.fetch_page import Answer, check_address, fetch
from onrecord.sources.fetch_policy import FetchPolicy
from onrecord.sources.limits import LIMITS, Limits

ROBOTS = Limits(page=512 * 1024)
"""Bytes of a robots.txt that must be read by RFC 9309 are 500 KiB."""
ROBOTS_AGE = 24 * 3600.0
"""Seconds that a robots.txt is good for."""
ROBOTS_RETRY = 600.0
"""Seconds until one that could not be had is asked for again."""
LONGEST_DELAY = 60.0
"""Seconds between two requests that a robots.txt can ask for; a day's crawl must end within the day."""
LONGEST_REST = 24 * 3600.0
"""Seconds that a server can ask to be left alone for."""
BUSY = (429, 503)


class Barred(InputError):
    """The robots.txt of a host does not allow an address."""


class Resting(InputError):
    """A host has asked to be left alone for a while; `until` is when that ends, in seconds since 1970."""

    def __init__(self, message: str, until: float) -> None:
        super().__init__(message)
        self.until = until


@dataclass(frozen=True, slots=True)
class Clock:
    """Where the time comes from, so that tests need not wait."""

    now: Callable[[], float] = time.time
    sleep: Callable[[float], None] = time.sleep


@dataclass(slots=True)
class Host:
    """What is known of a host."""

    asked: float = float("-inf")
    """When it was asked last."""
    resting: float = 0.0
    """Until when it asked to be left alone."""
    robots: Protego | None = None
    """Its rules; None allows everything."""
    is_closed: bool = False
    """Whether its rules could not be had, so that nothing is allowed."""
    rules_end: float = float("-inf")
    """Until when they hold."""


class PoliteWeb:
    """Fetches with a pause between requests to a host, by its robots.txt, and not while it asks for rest."""

    def __init__(self, policy: FetchPolicy, delay: float, clock: Clock, limits: Limits = LIMITS) -> None:
        self._policy, self._delay, self._limits = policy, delay, limits
        self.clock = clock
        self._hosts: dict[str, Host] = {}

    def get(self, address: str, headers: Mapping[str, str] | None = None) -> Answer:
        """Return what the server says, redirects followed.

        Raises Barred where robots.txt forbids the address, Resting where the host asked for rest, and
        InputError where nothing can be had.
        """
        check_address(address)
        host = self._host(address)
        self._check_rest(host, address)
        self._check_rules(address)
        answer = self._ask(
            host,
            lambda: fetch(address, self._policy, self._limits, headers, check=self._check_rules),
        )
        if answer.status in BUSY:
            wait = read_wait(answer.headers.get("retry-after"), self.clock.now())
            host.resting = self.clock.now() + min(wait or 0.0, LONGEST_REST)
        return answer

    def _ask(self, host: Host, ask: Callable[[], Answer]) -> Answer:
        """Return an answer of a host, after the pause that it is owed."""
        if (pause := host.asked + self._pause(host) - self.clock.now()) > 0:
            self.clock.sleep(pause)
        try:
            return ask()
        finally:
            host.asked = self.clock.now()

    def _pause(self, host: Host) -> float:
        asked = host.robots.crawl_delay(self._policy.agent) if host.robots else None
        return max(self._delay, min(asked or 0.0, LONGEST_DELAY))

    def _host(self, address: str) -> Host:
        return self._hosts.setdefault(name_host(address), Host())

    def _check_rest(self, host: Host, address: str) -> None:
        if self.clock.now() < host.resting:
            raise Resting(f"{address}: its host asked to be left alone for a while", host.resting)

    def _check_rules(self, address: str) -> None:
        host = self._host(address)
        if self.clock.now() > host.rules_end:
            self._read_rules(host, address)
        if host.is_closed:
            raise InputError(
                f"{address}: the robots.txt of its host cannot be read, so nothing is fetched there"
            )
        if host.robots and not host.robots.can_fetch(address, self._policy.agent):
            raise Barred(f"{address}: the robots.txt of its host does not allow it")

    def _read_rules(self, host: Host, address: str) -> None:
        """Read a robots.txt as RFC 9309 says: none allows all, one that cannot be had allows nothing."""
        where = str(httpx.URL(address).copy_with(raw_path=b"/robots.txt", fragment=None))
        try:
            answer = self._ask(host, lambda: fetch(where, self._policy, ROBOTS, media=()))
        except InputError:
            answer = Answer(where, 503, {}, b"")
        host.is_closed = answer.status >= 500 or answer.status in BUSY
        host.robots = Protego.parse(answer.data.decode("utf-8", "replace")) if answer.status == 200 else None
        good = ROBOTS_RETRY if host.is_closed else ROBOTS_AGE
        host.rules_end = self.clock.now() + good


def name_host(address: str) -> str:
    """Return scheme, host and port of an address: what has one robots.txt and one patience.

    >>> name_host("https://a.example/news?page=2")
    'https://a.example'
    """
    try:
        url = httpx.URL(address)
        return f"{url.scheme}://{url.netloc.decode('ascii')}"
    except (httpx.InvalidURL, UnicodeError, ValueError):
        return address  # it will be refused when it is asked for


def read_wait(said: str | None, now: float) -> float | None:
    """Return the seconds of a Retry-After header, which is a number of them or a date.

    >>> read_wait("120", now=0.0), read_wait("Thu, 01 Jan 1970 00:02:00 GMT", now=60.0)
    (120.0, 60.0)
    """
    if said is None:
        return None
    if said.strip().isdecimal():
        return float(said.strip()[:9])
    try:
        return max(0.0, email.utils.parsedate_to_datetime(said).timestamp() - now)
    except (TypeError, ValueError, OverflowError):
        return None
