from __future__ import annotations

import codecs
import re

META_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]{2,30})", re.IGNORECASE)
BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
SAMPLE = 100_000
"""Bytes that are looked at to guess a character set."""


def decode_text(data: bytes, declared: str | None = None) -> tuple[str, str, int]:
    """Return the text of some bytes, the character set used, and how many bytes were replaced.

    Tried in order: byte order mark, UTF-8, the declared set (argument or HTML meta), a guess
    from byte statistics (resiliparse); what cannot be decoded becomes U+FFFD and is counted.
    """
    for bom, name in BOMS:
        if data.startswith(bom):
            return _replaced(data, name)
    try:
        return data.decode("utf-8"), "utf-8", 0
    except UnicodeDecodeError:
        pass
    for claimed in (declared, _meta_charset(data)):
        if claimed and _is_codec(claimed):
            return _replaced(data, claimed)
    return _replaced(data, _guess(data))


def _replaced(data: bytes, name: str) -> tuple[str, str, int]:
    text = data.decode(name, errors="replace").removeprefix("\ufeff")
    return text, name, text.count("\ufffd")


def _meta_charset(data: bytes) -> str | None:
    found = META_CHARSET.search(data[:4096])
    return found[1].decode("ascii", errors="ignore") if found else None


def _is_codec(name: str) -> bool:
    try:
        return codecs.lookup(name)._is_text_encoding
    except (LookupError, ValueError):
        return False


def _guess(data: bytes) -> str:
    broken = data[:SAMPLE].decode("utf-8", errors="replace").count("\ufffd")
    if broken * 100 < len(data[:SAMPLE]):
        return "utf-8"  # a page that is UTF-8 but for a few broken bytes
    from resiliparse.parse.encoding import detect_encoding

    return str(detect_encoding(data[:SAMPLE]))
