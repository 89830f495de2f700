"""Connections that are made to checked addresses only, and that end at a fixed moment."""

from __future__ import annotations

import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Iterable
from typing import Any

import httpcore

from onrecord.errors import InputError
from onrecord.sources.fetch_policy import Address, FetchPolicy


class Deadline:
    """The moment at which a fetch is over, whatever the server does."""

    def __init__(self, policy: FetchPolicy) -> None:
        self._policy, self._end = policy, time.monotonic() + policy.seconds

    def wait(self) -> float:
        """Return how many seconds the next step may take; raises InputError if none are left."""
        left = self._end - time.monotonic()
        if left <= 0:
            raise InputError(f"no whole answer after {self._policy.seconds:g} seconds; given up")
        return min(left, self._policy.patience)


class GuardedBackend(httpcore.NetworkBackend):
    """Looks a name up once, checks every address it has, and connects to one that was checked.

    The name is not looked up again, so a name that changes its mind between check and connection gains
    nothing. Raises InputError for an address that is not public.
    """

    def __init__(self, policy: FetchPolicy, deadline: Deadline) -> None:
        self._policy, self._deadline, self._plain = policy, deadline, httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """Return a stream to a host, once all addresses of its name are found to be allowed."""
        addresses = look_up(host, port, self._deadline)
        for address in addresses:
            if not self._policy.allows(address, port):
                raise InputError(f"{host} resolves to {address}, which is not a public address; not fetched")
        for number, address in enumerate(addresses, 1):
            try:
                stream = self._plain.connect_tcp(str(address), port, self._deadline.wait(), local_address)
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                if number == len(addresses):
                    raise
            else:
                return GuardedStream(stream, self._deadline)
        raise InputError(f"{host} has no address")


class GuardedStream(httpcore.NetworkStream):
    """A stream whose every step ends at the deadline: dripping a byte a second wins a server nothing."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._stream, self._deadline = stream, deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Return the next bytes."""
        return self._stream.read(max_bytes, self._deadline.wait())

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Send some bytes."""
        self._stream.write(buffer, self._deadline.wait())

    def close(self) -> None:
        """Close the connection."""
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        """Return the stream in TLS, its certificate checked against the name, not the address."""
        inner = self._stream.start_tls(ssl_context, server_hostname, self._deadline.wait())
        return GuardedStream(inner, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        """Return what the plain stream knows."""
        return self._stream.get_extra_info(info)


def look_up(host: str, port: int, deadline: Deadline) -> list[Address]:
    """Return the addresses of a name, in the system's order; raises InputError if it has none in time."""
    found: list[Any] = []

    def ask() -> None:
        try:
            found.append(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM))
        except (OSError, UnicodeError) as error:
            found.append(error)

    asking = threading.Thread(target=ask, daemon=True)  # a look-up knows no limit of its own
    asking.start()
    asking.join(deadline.wait())
    if not found or isinstance(found[0], Exception):
        raise InputError(f"{host} is not found: {found[0] if found else 'no answer from the name server'}")
    names = dict.fromkeys(str(entry[4][0]).partition("%")[0] for entry in found[0])
    return [ipaddress.ip_address(name) for name in names]
