"""Addresses: what is fetched, what is refused after the look-up and at each redirect, and when it ends."""

from __future__ import annotations

import gzip
import shutil
import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest
from servers import Server

import onrecord
from onrecord.errors import InputError
from onrecord.records import RawPage
from onrecord.sources import Limits, open_sources
from onrecord.sources import fetch_page as fetch_page_module
from onrecord.sources.fetch_page import fetch, fetch_page
from onrecord.sources.fetch_policy import FetchPolicy

PAGE = "<html><head><title>Bridge opens</title></head><body><p>The mayor opened the café.</p></body></html>"
HTML = PAGE.encode()
FEED = b"<rss><channel><title>Post</title><item><title>A</title><link>/1</link></item></channel></rss>"


def read(server: Server, path: str, **choices: Any) -> RawPage:
    """Return the one page of a path."""
    (page,) = fetch_page(server.at(path), None, server.policy(**choices))
    assert isinstance(page, RawPage)
    return page


def why(server: Server, path: str, limits: Limits | None = None, **choices: Any) -> str:
    """Return why a path gives no page, in fewer than five seconds."""
    start = time.monotonic()
    with pytest.raises(InputError) as error:
        list(fetch_page(server.at(path), None, server.policy(**choices), limits or Limits()))
    assert time.monotonic() - start < 5
    return str(error.value).removeprefix(server.at(path))


def test_a_page_is_fetched_with_what_its_header_says(server: Server) -> None:
    server.serve("/1", PAGE.encode("cp1252"), "text/html; charset=windows-1252")
    page = read(server, "/1")
    assert (page.url, page.encoding, page.media) == (server.at("/1"), "windows-1252", "html")
    assert page.data == PAGE.encode("cp1252")
    ((_, headers),) = server.asked
    assert headers["User-Agent"].startswith("onrecord/")
    assert headers["Host"] == f"127.0.0.1:{server.port}"


def test_text_and_feeds_are_fetched_too(server: Server) -> None:
    server.serve("/1.txt", b"The mayor left.", "text/plain")
    server.serve("/feed", FEED, "application/rss+xml")
    assert read(server, "/1.txt").media == "text"
    assert read(server, "/feed").title == "A"


@pytest.mark.parametrize("coding", ["gzip", "GZIP"])
def test_a_coded_answer_is_opened(server: Server, coding: str) -> None:
    server.serve("/1", gzip.compress(HTML), Content_Encoding=coding)
    assert read(server, "/1").data == HTML


def test_redirects_are_followed_and_the_last_address_is_kept(server: Server) -> None:
    server.serve("/old", b"", status=301, Location="/newer?a=1")
    server.serve("/newer?a=1", b"", status=302, Location=server.at("/new#part"))
    server.serve("/new", HTML)
    assert read(server, "/old").url == server.at("/new")


def test_endless_redirects_end(server: Server) -> None:
    server.serve("/a", b"", status=302, Location="/b")
    server.serve("/b", b"", status=307, Location="/a")
    assert "more than 5 redirects; the last led to" in why(server, "/a")
    assert len(server.asked) == 6


PRIVATE = [
    "http://127.0.0.1/",
    "http://localhost/",
    "http://2130706433/",
    "http://0x7f.0.0.1/",
    "http://0.0.0.0/",
    "http://10.1.2.3/",
    "http://172.16.0.1/",
    "http://192.168.0.1/",
    "http://100.64.0.1/",
    "http://169.254.169.254/latest/meta-data/",
    "http://100.100.100.200/",
    "http://168.63.129.16/",
    "http://192.0.0.192/",
    "http://224.0.0.1/",
    "http://255.255.255.255/",
    "http://[::1]/",
    "http://[::]/",
    "http://[fe80::1]/",
    "http://[fd00:ec2::254]/",
    "http://[ff02::1]/",
    "http://[::ffff:127.0.0.1]/",
    "http://[::7f00:1]/",
    "http://[64:ff9b::7f00:1]/",
    "http://[2002:7f00:1::]/",
    "http://[2001:0:7f00:1::]/",
]


@pytest.mark.parametrize("address", PRIVATE)
def test_addresses_that_are_not_public_are_refused(address: str) -> None:
    (error,) = open_sources([address])
    assert isinstance(error, InputError)
    assert str(error).startswith(f"{address}: ")
    assert "which is not a public address; not fetched" in str(error)


@pytest.mark.parametrize("address", PRIVATE)
def test_redirects_to_such_addresses_are_refused(server: Server, address: str) -> None:
    server.serve("/away", b"", status=302, Location=address)
    assert "not a public address; not fetched" in why(server, "/away")


def test_a_redirect_to_another_port_of_the_same_host_is_checked(server: Server) -> None:
    server.serve("/away", b"", status=302, Location=f"http://127.0.0.1:{server.port + 1}/")
    assert "not a public address" in why(server, "/away")


@pytest.mark.parametrize(
    "address", ["file:///etc/passwd", "ftp://a.example/1", "data:text/html,a", "gopher://a/"]
)
def test_other_schemes_are_refused_also_as_redirects(server: Server, address: str) -> None:
    server.serve("/away", b"", status=302, Location=address)
    assert "addresses are not fetched; expected http: or https:" in why(server, "/away")
    (error,) = open_sources([address])
    assert isinstance(error, InputError)


def test_names_are_checked_by_all_that_they_stand_for(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    def look_up(host: str, port: int, *_: Any, **__: Any) -> list[Any]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, port)) for ip in ("127.0.0.1", "10.0.0.1")]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    with pytest.raises(InputError, match=r"a\.example resolves to 10\.0\.0\.1, which is not a public"):
        list(fetch_page(f"http://a.example:{server.port}/1", None, server.policy()))
    assert not server.asked


def test_a_name_that_changes_its_mind_is_asked_once(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    server.serve("/1", HTML)
    asked: list[str] = []

    def look_up(host: str, port: int, *_: Any, **__: Any) -> list[Any]:
        asked.append(host) if host == "a.example" else None
        ip = "127.0.0.1" if len(asked) == 1 else "169.254.169.254"
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, port))]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    (page,) = fetch_page(f"http://a.example:{server.port}/1", None, server.policy())
    assert isinstance(page, RawPage)
    assert asked == ["a.example"]
    assert server.asked[0][1]["Host"] == f"a.example:{server.port}"


def test_a_name_server_that_is_silent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: time.sleep(3))
    with pytest.raises(InputError, match="no answer from the name server"):
        list(fetch_page("http://a.example/", None, FetchPolicy(seconds=0.2)))


def drip(*pieces: bytes, pause: float = 0.05) -> Callable[[BaseHTTPRequestHandler], None]:
    """Return an answer that sends some pieces and then the last one for ever."""

    def respond(request: BaseHTTPRequestHandler) -> None:
        for piece in pieces[:-1]:
            request.wfile.write(piece)
        while True:
            request.wfile.write(pieces[-1])
            request.wfile.flush()
            time.sleep(pause)

    return respond


OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"


@pytest.mark.parametrize(
    "respond",
    [
        drip(OK + b"\r\n", b"a"),
        drip(OK + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\na\r\n"),
        drip(OK, b"X-More: 1\r\n"),
        drip(b"HTTP/1.1 200 O", b"K"),
        drip(b"HTTP/1.1 100 Continue\r\n\r\n"),
        drip(OK + b"Content-Length: 9\r\n\r\n", b"", pause=0.5),
    ],
    ids=["body", "chunks", "headers", "status line", "continues", "silence"],
)
def test_an_answer_that_never_ends_is_given_up(server: Server, respond: Any) -> None:
    server.routes["/1"] = respond
    assert "; given up" in why(server, "/1", seconds=0.6)


def test_a_silent_server_is_given_up_before_the_time_is_over(server: Server) -> None:
    server.routes["/1"] = lambda request: time.sleep(1)
    assert why(server, "/1", patience=0.2) == ": no answer in time; given up"


def test_a_fast_answer_without_an_end_is_stopped_by_its_size(server: Server) -> None:
    server.routes["/1"] = drip(OK + b"\r\n", b"a" * 100_000, pause=0)
    assert "opens to more than 1 MiB" in why(server, "/1", Limits(page=1 << 20))


def test_headers_without_end_are_stopped(server: Server) -> None:
    server.routes["/1"] = drip(OK, b"X-More: " + b"a" * 10_000 + b"\r\n", pause=0)
    assert "breaks the rules of HTTP" in why(server, "/1")


def test_a_small_answer_that_opens_to_much(server: Server) -> None:
    server.serve("/1", gzip.compress(b"a" * (1 << 20)) * 1024, Content_Encoding="gzip")
    assert "opens to more than 16 MiB" in why(server, "/1")


def test_an_answer_that_ends_in_the_middle(server: Server) -> None:
    def respond(request: BaseHTTPRequestHandler) -> None:
        request.wfile.write(OK + b"Content-Length: 1000\r\n\r\nabc")

    server.routes["/1"] = respond
    assert "ends in the middle" in why(server, "/1")
    server.serve("/2", gzip.compress(HTML)[:-9], Content_Encoding="gzip")
    assert "gzip data end in the middle" in why(server, "/2")


@pytest.mark.parametrize("media", ["image/png", "application/pdf", "application/octet-stream", "video/mp4"])
def test_what_is_no_page_by_its_type_is_refused_unread(server: Server, media: str) -> None:
    server.routes["/1"] = drip(b"HTTP/1.1 200 OK\r\nContent-Type: " + media.encode() + b"\r\n\r\n", b"a")
    assert f"is {media}; expected a page in HTML or text, or a feed" in why(server, "/1")


def test_other_answers_say_what_they_are(server: Server) -> None:
    assert why(server, "/none") == ": the server answers 404 Not Found; expected a page"
    server.serve("/empty", b" ")
    assert why(server, "/empty") == ": empty; expected a page in HTML or text"
    server.serve("/binary", bytes(range(256)) * 20)
    assert "looks like a binary file" in why(server, "/binary")


def test_an_address_with_a_password_is_not_fetched(server: Server) -> None:
    with pytest.raises(InputError, match="name and password"):
        fetch(f"http://user:secret@127.0.0.1:{server.port}/", server.policy())


def test_proxies_of_the_environment_are_not_used(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    server.serve("/1", HTML)
    assert read(server, "/1").data == HTML


def test_the_library_refuses_what_the_command_refuses() -> None:
    with pytest.raises(onrecord.InputError, match="not a public address"):
        onrecord.read("http://127.0.0.1:8000/")
    with pytest.raises(onrecord.InputError, match="a file is given by its path"):
        onrecord.read("file:///etc/passwd")


@pytest.mark.skipif(not shutil.which("openssl"), reason="needs openssl to make a certificate")
def test_the_certificate_is_checked_against_the_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    key, cert = tmp_path / "key.pem", tmp_path / "cert.pem"
    call = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=a.example"
    made = ["-addext", "subjectAltName=DNS:a.example", "-keyout", str(key), "-out", str(cert)]
    subprocess.run([*call.split(), *made], check=True, capture_output=True)
    served = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    served.load_cert_chain(cert, key)
    names: list[str | None] = []
    served.sni_callback = lambda _, name, __: names.append(name)
    listener = socket.create_server(("127.0.0.1", 0))
    port = listener.getsockname()[1]

    def answer() -> None:
        for _ in range(2):
            plain, _ = listener.accept()
            try:
                with served.wrap_socket(plain, server_side=True) as secure:
                    secure.recv(4096)
                    secure.sendall(OK + b"Content-Length: %d\r\n\r\n" % len(HTML) + HTML)
            except OSError:
                plain.close()

    thread = threading.Thread(target=answer, daemon=True)
    thread.start()
    monkeypatch.setattr(
        socket, "getaddrinfo", lambda host, port, *_, **__: [(2, 1, 6, "", ("127.0.0.1", port))]
    )
    trusting = ssl.create_default_context(cafile=str(cert))
    monkeypatch.setattr(fetch_page_module, "trusted", lambda: trusting)
    policy = FetchPolicy(inside=frozenset({("127.0.0.1", port)}))
    assert fetch(f"https://a.example:{port}/", policy).data == HTML
    with pytest.raises(InputError, match="certificate verify failed"):
        fetch(f"https://b.example:{port}/", policy)
    thread.join()
    listener.close()
    assert names == ["a.example", "b.example"]
