from __future__ import annotations

from urllib.parse import urlsplit


def safe_link(address: str | None) -> str | None:
    """Return an address if a reader may follow it: http or https with a host; None otherwise.

    >>> safe_link("https://news.example/a"), safe_link("javascript:alert(1)"), safe_link("/etc/passwd")
    ('https://news.example/a', None, None)
    """
    if not address or any(ord(c) < 33 for c in address):
        return None
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    return address if parts.scheme in ("http", "https") and parts.hostname else None
