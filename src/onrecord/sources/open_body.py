from __future__ import annotations

import io
import re
from dataclasses import dataclass

from onrecord.errors import InputError
from onrecord.sources.decoders import Decoder, open_brotli, open_deflate, open_gzip, open_zstd
from onrecord.sources.limits import Limits
from onrecord.sources.open_stream import CHUNK, Opened, find_damage, find_packing
from onrecord.sources.read_plain import say_too_large

CODINGS: dict[str, Decoder] = {
    "gzip": open_gzip,
    "x-gzip": open_gzip,
    "deflate": open_deflate,
    "br": open_brotli,
    "zstd": open_zstd,
}
MARKED = {"gzip": "gzip", "x-gzip": "gzip", "zstd": "zstd"}
"""Codings whose data can be told by their first bytes: many archives keep the header but not the coding."""
ZLIB = re.compile(rb"\x78[\x01\x5e\x9c\xda]")
"""The first bytes of zlib data."""
CHUNK_SIZE = re.compile(rb"([0-9a-fA-F]{1,8})[ \t]*(?:;[^\r\n]{0,1000})?\r?\n")
"""`1f40;name=value`, the line before a chunk."""


@dataclass(frozen=True, slots=True)
class Body:
    """The opened body of an HTTP answer."""

    data: bytes
    damage: str | None = None
    """What of it is missing, and why."""


def open_body(data: bytes, chunked: bool, codings: str, where: str, limits: Limits) -> Body:
    """Return a body with its chunks joined and its content codings taken off, in the order they were put on.

    `codings` is the Content-Encoding header. What has only the header and not the coding stays as it is.
    Raises InputError for a body that opens to more than a page may hold, or is coded too often.
    """
    damage = None
    if chunked:
        data, is_cut = join_chunks(data)
        damage = f"{where}: the body is cut off in the middle of a chunk" if is_cut else None
    names = [name.strip().lower() for name in codings.split(",") if name.strip()]
    names = [name for name in names if name in CODINGS]
    if len(names) > limits.layers:
        raise InputError(
            f"{where}: its body is coded {len(names)} times over, expected at most {limits.layers}"
        )
    for name in reversed(names):
        if name in MARKED and find_packing(data[:4]) != MARKED[name]:
            continue
        opened, cut = _take_off(data, name, where, limits)
        if cut and not opened and name not in MARKED:
            continue  # brotli and deflate have no mark: what makes no sense as such was never coded
        data, damage = opened, damage or cut
    packing = find_packing(data[:4])
    if packing is None and ZLIB.match(data[:2]):
        packing = "deflate"
    if packing:  # no header says so, and no page begins like that
        opened, cut = _take_off(data, packing, where, limits)
        if opened and not cut:
            data = opened
    return Body(data, damage)


def _take_off(data: bytes, name: str, where: str, limits: Limits) -> tuple[bytes, str | None]:
    stream = io.BufferedReader(Opened(io.BytesIO(data), where, limits, name, CODINGS[name]), CHUNK)
    opened = stream.read(limits.page + 1)
    if len(opened) > limits.page:
        raise InputError(f"{where}: {say_too_large(limits.page)}")
    return opened, find_damage(stream)


def join_chunks(data: bytes) -> tuple[bytes, bool]:
    """Return the body out of its HTTP chunks, and whether it is cut off; one without chunks stays as it is.

    >>> join_chunks(b"5\\r\\nHello\\r\\n1\\r\\n!\\r\\n0\\r\\n\\r\\n")
    (b'Hello!', False)
    """
    if not CHUNK_SIZE.match(data):
        return data, False
    kept: list[bytes] = []
    at = 0
    while mark := CHUNK_SIZE.match(data, at):
        size = int(mark[1], 16)
        if size == 0:
            return b"".join(kept), False
        kept.append(data[mark.end() : mark.end() + size])
        at = mark.end() + size
        at += 2 if data[at : at + 2] == b"\r\n" else 1
    return b"".join(kept), True
