from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any, Protocol, TypeAlias

from onrecord.errors import InputError
from onrecord.sources.decoders import Broken, Decoder, open_brotli, open_gzip, open_zstd
from onrecord.sources.limits import Limits

CHUNK = 1 << 16
ZSTD = b"\x28\xb5\x2f\xfd"
SKIPPABLE = b"\x2a\x4d\x18"
"""Second to fourth byte of a zstd frame that holds no data."""


Buffered: TypeAlias = "io.BufferedReader[Any]"


class Readable(Protocol):
    """What can be read: a file, a socket's file, an upload."""

    def read(self, size: int = -1, /) -> bytes:
        """Return up to `size` bytes, none at the end."""


class Opened(io.RawIOBase):
    """A stream that opens a compressed one piece by piece, and stops at its limits.

    Damage never raises, since readers would lose what they have buffered: the stream ends there, and
    `damage` says what was wrong.
    """

    def __init__(self, source: Readable, name: str, limits: Limits, packing: str, decoder: Decoder) -> None:
        self._source, self._name, self._limits, self._packing = source, name, limits, packing
        self._pieces = decoder(self._chunks(), limits.window)
        self._rest = memoryview(b"")
        self._taken = self._given = 0
        self._below = getattr(getattr(source, "raw", None), "explain", lambda: None)
        self._damage: str | None = None

    def explain(self) -> str | None:
        """Return what is wrong with the stream, or with the one it is opened from; None if all was read."""
        return self._below() or self._damage

    def readable(self) -> bool:
        """Return True: it can be read, not written."""
        return True

    def tell(self) -> int:
        """Return how many opened bytes were given out."""
        return self._given

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """Fill a buffer with opened bytes; 0 at the end and where the stream is stopped."""
        while not self._rest and self._damage is None:
            piece = self._next_piece()
            if piece is None:
                return 0
            self._rest = memoryview(piece)
        if self._damage is not None:
            return 0
        size = min(len(buffer), len(self._rest))
        buffer[:size] = self._rest[:size]
        self._rest = self._rest[size:]
        self._given += size
        self._stop_bomb()
        return size

    def _next_piece(self) -> bytes | None:
        try:
            return next(self._pieces, None)
        except Broken as error:
            self._damage = (
                f"{self._name}: its {self._packing} data {error} after {self._taken:,} bytes; "
                "what came before was read; copy or fetch it again for the rest"
            )
        return None

    def _stop_bomb(self) -> None:
        if self._given > self._limits.slack + self._limits.ratio * self._taken:
            self._damage = (
                f"{self._name}: stopped: {self._taken:,} bytes of {self._packing} open to more than "
                f"{self._given:,}; expected at most {self._limits.ratio} times the size; "
                "unpack it by hand if you trust it"
            )

    def _chunks(self) -> Iterator[bytes]:
        while chunk := self._source.read(CHUNK):
            self._taken += len(chunk)
            yield chunk


class Plain(io.RawIOBase):
    """Any readable as a raw stream that always fills its buffer, so that an opening can be looked at."""

    def __init__(self, source: Readable) -> None:
        self._source, self._given = source, 0

    def readable(self) -> bool:
        """Return True: it can be read, not written."""
        return True

    def tell(self) -> int:
        """Return how many bytes were given out."""
        return self._given

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """Fill a buffer; less only at the end."""
        filled = 0
        while filled < len(buffer) and (data := self._source.read(len(buffer) - filled)):
            buffer[filled : filled + len(data)] = data
            filled += len(data)
        self._given += filled
        return filled


def open_stream(source: Readable, name: str, limits: Limits) -> Buffered:
    """Return a buffered stream of what a readable holds, its compression taken off.

    Raises InputError for data that are compressed more often than the limits allow.
    """
    stream: Buffered = io.BufferedReader(Plain(source), CHUNK)
    ending = name.lower()
    for _ in range(limits.layers):
        packing = find_packing(stream.peek(4)[:4], ending)
        if packing is None:
            return stream
        stream = io.BufferedReader(Opened(stream, name, limits, packing, DECODERS[packing]), CHUNK)
        ending = ending.removesuffix(".br")
    if find_packing(stream.peek(4)[:4]) is None:
        return stream
    raise InputError(f"{name}: compressed more than {limits.layers} times over; unpack it first")


DECODERS: dict[str, Decoder] = {"gzip": open_gzip, "zstd": open_zstd, "brotli": open_brotli}


def find_packing(opening: bytes, ending: str = "") -> str | None:
    """Return how data are compressed, by their first bytes (brotli has none: by the ending), or None."""
    if opening.startswith(b"\x1f\x8b"):
        return "gzip"
    if opening == ZSTD or (opening[1:] == SKIPPABLE and opening[0] >> 4 == 5):
        return "zstd"
    return "brotli" if ending.endswith(".br") else None


def find_damage(stream: Buffered) -> str | None:
    """Return what stopped a stream of `open_stream` before its end, or None."""
    explain = getattr(getattr(stream, "raw", None), "explain", None)
    return explain() if explain else None
