"""Opened pieces out of compressed chunks: small pieces, so that a bomb is seen before it is in memory."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator

import brotli
import zstandard

PIECE = 1 << 16
"""Most bytes of one opened piece; for zstd see SLICE."""
SLICE = 512
"""Compressed bytes that zstd is given at once: a block of 4 bytes opens to 128 KiB, so 16 MiB at most."""
GZIP, ZLIB, RAW = 31, 15, -15
"""zlib's numbers for the three wrappings of deflate."""
DICTIONARY = b"\x5d\x2a\x4d\x18"
"""The skippable frame that holds the dictionary of a .warc.zst."""
MOST_DICTIONARY = 16 << 20

Decoder = Callable[[Iterator[bytes], int], Iterator[bytes]]
"""Takes the compressed chunks and the most memory for a window."""


class Broken(Exception):
    """Compressed data end in the middle or make no sense; the text says which."""


def open_gzip(chunks: Iterator[bytes], window: int = 0) -> Iterator[bytes]:
    """Yield the opened pieces of one or more gzip members; raises Broken for what is cut off or damaged."""
    yield from _inflate(chunks, GZIP)


def open_deflate(chunks: Iterator[bytes], window: int = 0) -> Iterator[bytes]:
    """Yield the opened pieces of deflate data, with the zlib wrapping that HTTP asks for or without it."""
    first = next(chunks, b"")
    wrapped = len(first) > 1 and first[0] & 15 == 8 and (first[0] << 8 | first[1]) % 31 == 0
    yield from _inflate(_before(first, chunks), ZLIB if wrapped else RAW)


def _inflate(chunks: Iterator[bytes], wrapping: int) -> Iterator[bytes]:
    inflate = zlib.decompressobj(wrapping)
    begun = False
    for chunk in chunks:
        while chunk:
            if inflate.eof:
                chunk = chunk.lstrip(b"\0")  # tapes and some servers pad the end with zeros
                inflate, begun = zlib.decompressobj(wrapping), False
                continue
            begun = True
            try:
                yield inflate.decompress(chunk, PIECE)
            except zlib.error as error:
                raise Broken("are damaged") from error
            chunk = inflate.unused_data if inflate.eof else inflate.unconsumed_tail
    if begun and not inflate.eof:
        yield inflate.flush()
        if not inflate.eof:
            raise Broken("end in the middle")


def open_zstd(chunks: Iterator[bytes], window: int) -> Iterator[bytes]:
    """Yield the opened pieces of zstd frames, with the dictionary that a .warc.zst begins with."""
    first = next(chunks, b"")
    maker = zstandard.ZstdDecompressor(max_window_size=window)
    if first.startswith(DICTIONARY):
        shared, first = _take_dictionary(first, chunks, window)
        maker = zstandard.ZstdDecompressor(shared, max_window_size=window)
    frame, begun = maker.decompressobj(), False
    for chunk in _before(first, chunks):
        for start in range(0, len(chunk), SLICE):
            piece = chunk[start : start + SLICE]
            while piece:
                if frame.eof:
                    frame, begun = maker.decompressobj(), False
                begun = True
                try:
                    yield frame.decompress(piece)
                except zstandard.ZstdError as error:
                    raise Broken(f"are damaged ({error})") from error
                piece = frame.unused_data if frame.eof else b""
    if begun and not frame.eof:
        raise Broken("end in the middle")


def _take_dictionary(
    first: bytes, chunks: Iterator[bytes], window: int
) -> tuple[zstandard.ZstdCompressionDict, bytes]:
    """Return the dictionary that stands first, itself compressed or not, and what follows it."""
    size = int.from_bytes(first[4:8], "little")
    if size > MOST_DICTIONARY:
        raise Broken(f"ask for a dictionary of {size:,} bytes")
    while len(first) < 8 + size and (more := next(chunks, b"")):
        first += more
    held, rest = first[8 : 8 + size], first[8 + size :]
    if len(held) < size:
        raise Broken("end in the middle")
    if held.startswith(b"\x28\xb5\x2f\xfd"):
        opened = b""
        for piece in open_zstd(iter((held,)), window):
            opened += piece
            if len(opened) > MOST_DICTIONARY:
                raise Broken("ask for too large a dictionary")
        held = opened
    return zstandard.ZstdCompressionDict(held), rest


def open_brotli(chunks: Iterator[bytes], window: int = 0) -> Iterator[bytes]:
    """Yield the opened pieces of brotli data."""
    stream = brotli.Decompressor()
    try:
        for chunk in chunks:
            yield stream.process(chunk, output_buffer_limit=PIECE)
            while not stream.can_accept_more_data():
                yield stream.process(b"", output_buffer_limit=PIECE)
    except brotli.error as error:
        raise Broken("are damaged") from error
    if not stream.is_finished():
        raise Broken("end in the middle")


def _before(first: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    yield first
    yield from rest
