"""What keeps the workbench to its reader: headers, Host and Origin checks, the token, CSRF marks."""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; "
    "img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",  # with no-referrer a browser sends no origin with a form
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "interest-cohort=(), geolocation=(), camera=(), microphone=()",
}
SAFE_METHODS = ("GET", "HEAD")
COOKIE = "onrecord-token"
REVIEWER = "onrecord-reviewer"
LARGEST = 200_000
"""Bytes of a form."""


@dataclass(frozen=True, slots=True)
class Guard:
    """The rules that every request has to meet."""

    hosts: frozenset[str]
    """Names that a Host header may carry: a page elsewhere cannot rebind its own name to this server."""
    token: str | None = None
    """Asked for once, as `?token=`, when the server can be reached from other machines."""
    csrf: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    """Stands in every form; a write without it is refused."""

    def refuse(self, request: Request) -> Response | None:
        """Return why a request is refused; None if it is answered."""
        host = urlsplit(f"//{request.headers.get('host', '')}").hostname or ""
        if host.lower() not in self.hosts:
            return PlainTextResponse(f"Host {host!r} is not served here.", 421)
        if request.method not in SAFE_METHODS:
            if not self._is_own(request):
                return PlainTextResponse("A write from another origin is refused.", 403)
            length = request.headers.get("content-length", "")
            if not length.isdigit() or int(length) > LARGEST:
                return PlainTextResponse(f"A form of at most {LARGEST} bytes is taken.", 413)
        return self._ask_token(request)

    def _is_own(self, request: Request) -> bool:
        origin = request.headers.get("origin")
        return origin is not None and urlsplit(origin).netloc == request.headers.get("host")

    def _ask_token(self, request: Request) -> Response | None:
        if self.token is None:
            return None
        if _same(request.cookies.get(COOKIE), self.token):
            return None
        if _same(request.query_params.get("token"), self.token):
            response = RedirectResponse(request.url.remove_query_params("token").path, 303)
            response.set_cookie(COOKIE, self.token, httponly=True, samesite="strict")
            return response
        return PlainTextResponse("Open the address with the token that onrecord serve printed.", 401)

    def holds(self, mark: str | None) -> bool:
        """Return whether a form carries this server's CSRF mark."""
        return _same(mark, self.csrf)


class Gate:
    """Lets requests that a guard does not refuse to an application; every answer carries the headers."""

    def __init__(self, app: ASGIApp, guard: Guard) -> None:
        self.app = app
        self.guard = guard

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
                headers.setdefault("Cache-Control", "no-store")
            await send(message)

        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        refusal = self.guard.refuse(Request(scope))
        await (refusal or self.app)(scope, receive, send_with_headers)


def _same(given: str | None, wanted: str) -> bool:
    return given is not None and hmac.compare_digest(given.encode(), wanted.encode())


def read_reviewer(request: Request) -> str | None:
    """Return the name under which a reader reviews, if one was given."""
    return unquote(request.cookies.get(REVIEWER, "")).strip() or None


def served_hosts(host: str, names: Iterable[str] = ()) -> frozenset[str]:
    """Return the names under which a server that is bound to an address may be asked for."""
    own = {"localhost", "127.0.0.1", "::1"}
    bound = set() if host in ("0.0.0.0", "::") else {host.lower()}
    return frozenset(own | bound | {name.lower() for name in names})


def is_loopback(host: str) -> bool:
    """Return whether an address is reached from this machine only."""
    return host in ("localhost", "127.0.0.1", "::1")
