from __future__ import annotations

import io
import ssl
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

import httpcore
import httpx

from onrecord.errors import InputError
from onrecord.records import RawPage
from onrecord.sources.fetch_policy import POLICY, FetchPolicy
from onrecord.sources.find_format import FEED, HTML, SAMPLE, is_binary
from onrecord.sources.guard_network import Deadline, GuardedBackend
from onrecord.sources.limits import LIMITS, Limits
from onrecord.sources.open_body import open_body
from onrecord.sources.open_stream import open_stream
from onrecord.sources.read_feed import read_feed
from onrecord.sources.read_plain import say_too_large

MOVED = (301, 302, 303, 307, 308)
PAGES = ("text/html", "application/xhtml+xml", "text/plain")
FEEDS = ("application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/xml", "text/xml")
ASKED = {
    "Accept": f"{', '.join(PAGES)}, {', '.join(FEEDS)};q=0.9",
    "Accept-Encoding": "gzip, deflate, br, zstd",
    "Accept-Language": "en, *;q=0.5",
}


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server said."""

    address: str
    """Where it was found in the end, after all redirects."""
    status: int
    headers: Mapping[str, str]
    """Names in lower case."""
    data: bytes
    """The opened body; empty unless the status is 200."""

    @property
    def media(self) -> str:
        """The content type without its parameters, in lower case."""
        return self.headers.get("content-type", "").split(";")[0].strip().lower()

    @property
    def charset(self) -> str | None:
        """The character set that the header declares."""
        return httpx.Response(200, headers=dict(self.headers)).charset_encoding


def fetch_page(
    address: str, published: str | None = None, policy: FetchPolicy = POLICY, limits: Limits = LIMITS
) -> Iterator[RawPage | InputError]:
    """Yield the page at an address, or those of a feed; raises InputError saying why there is none."""
    answer = fetch(address, policy, limits)
    if answer.status != 200:
        raise InputError(f"{address}: the server answers {say_status(answer.status)}; expected a page")
    yield from open_answer(answer, published, limits)


def open_answer(
    answer: Answer, published: str | None = None, limits: Limits = LIMITS
) -> Iterator[RawPage | InputError]:
    """Yield the page that an answer holds, or those of a feed."""
    if FEED.match(answer.data[:SAMPLE]):
        name = answer.address
        yield from read_feed(open_stream(io.BytesIO(answer.data), name, limits), name, published, limits)
        return
    if not answer.data.strip() or is_binary(answer.data):
        held = "looks like a binary file" if answer.data.strip() else "empty"
        raise InputError(f"{answer.address}: {held}; expected a page in HTML or text")
    is_text = answer.media == "text/plain" and not HTML.match(answer.data[:SAMPLE])
    yield RawPage(
        answer.data,
        answer.address,
        media="text" if is_text else "html",
        published=published,
        url=answer.address,
        encoding=answer.charset,
    )


def fetch(
    address: str,
    policy: FetchPolicy = POLICY,
    limits: Limits = LIMITS,
    headers: Mapping[str, str] | None = None,
    media: tuple[str, ...] = PAGES + FEEDS,
    check: Callable[[str], None] = lambda address: None,
) -> Answer:
    """Return what the server of an address says, redirects followed, each checked as the first address is.

    Raises InputError for an address that may not be fetched, for what is no page by its content type, and
    for more bytes, seconds or redirects than the policy and the limits allow.
    """
    asked = httpx.Headers({**ASKED, "User-Agent": policy.agent, **(headers or {})})
    backend = GuardedBackend(policy, Deadline(policy))
    try:
        here = check_address(address)
        with httpcore.ConnectionPool(ssl_context=trusted(), network_backend=backend, retries=0) as pool:
            for _ in range(policy.redirects + 1):
                answer = _ask(pool, here, asked, limits, media)
                where = answer.headers.get("location") if answer.status in MOVED else None
                if where is None:
                    return answer
                here = check_address(str(here.join(where)))
                check(str(here))
    except InputError as error:
        raise type(error)(f"{address}: {error}") from error
    except (httpcore.NetworkError, httpcore.ProtocolError, httpcore.TimeoutException, OSError) as error:
        raise InputError(f"{address}: {say_fault(error)}") from error
    raise InputError(f"{address}: more than {policy.redirects} redirects; the last led to {here}")


def check_address(address: str) -> httpx.URL:
    """Return an address that may be asked for; raises InputError for another scheme, or a password in it."""
    try:
        url = httpx.URL(address)
        host = url.raw_host
    except (httpx.InvalidURL, UnicodeError, ValueError) as error:
        raise InputError(f"is not a valid address: {error}") from error
    if url.scheme not in ("http", "https"):
        raise InputError(
            f"{url.scheme}: addresses are not fetched; expected http: or https: (a file is given by its path)"
        )
    if not host:
        raise InputError("names no host")
    if url.userinfo:
        raise InputError(
            "an address with a name and password in it is not fetched, since records keep addresses"
        )
    return url


def _ask(
    pool: httpcore.ConnectionPool,
    url: httpx.URL,
    asked: httpx.Headers,
    limits: Limits,
    media: tuple[str, ...],
) -> Answer:
    target = httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path)
    with pool.stream("GET", target, headers=[(b"Host", url.netloc), *asked.raw]) as response:
        said = httpx.Headers(response.headers)
        answer = Answer(str(url.copy_with(fragment=None)), response.status, dict(said), b"")
        if answer.status != 200:
            return answer
        if answer.media and media and answer.media not in media:
            raise InputError(f"is {answer.media}; expected a page in HTML or text, or a feed")
        packed = bytearray()
        for piece in response.iter_stream():
            packed += piece
            if len(packed) > limits.page:
                raise InputError(say_too_large(limits.page))
    body = open_body(bytes(packed), False, said.get("content-encoding", ""), "its answer", limits)
    if body.damage:
        raise InputError(body.damage)
    return Answer(answer.address, answer.status, answer.headers, body.data)


@lru_cache(maxsize=1)
def trusted() -> ssl.SSLContext:
    """Return the certificates that are trusted."""
    return httpx.create_ssl_context()


def say_status(status: int) -> str:
    """Return a status with its words, as in `404 Not Found`."""
    return f"{status} {httpx.codes.get_reason_phrase(status)}".strip()


def say_fault(error: Exception) -> str:
    """Return what went wrong with a connection, in words for people."""
    if isinstance(error, httpcore.TimeoutException):
        return "no answer in time; given up"
    if isinstance(error, httpcore.ProtocolError):
        return f"the server breaks the rules of HTTP or ends in the middle: {error}"
    return f"no connection: {error}"
