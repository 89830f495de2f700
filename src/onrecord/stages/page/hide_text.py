from __future__ import annotations

import re
from functools import lru_cache

ZERO = r"\s*:\s*0(?:\.0+)?(?:px|pt|em|rem|%)?\s*(?:;|$|!)"  # : 0px;
SIDE = r"(?<![\w-])(?:width|height)"
OUT = r"(?<![\w-])(?:left|top|right|text-indent|margin-left|margin-top)\s*:\s*-\d{3,}"  # left: -9999
NOTHING = r"0(?:px)?[\s,]+0(?:px)?[\s,]+0(?:px)?[\s,]+0"  # 0, 0, 0, 0
STYLES = tuple(
    (name, re.compile(pattern, re.DOTALL))
    for name, pattern in (
        ("display:none", r"display\s*:\s*none"),
        ("visibility:hidden", r"visibility\s*:\s*(?:hidden|collapse)"),
        ("opacity:0", "opacity" + ZERO),
        ("font-size:0", "font-size" + ZERO),
        (
            "zero size",
            rf"{SIDE}{ZERO}(?=.*overflow\s*:\s*hidden)|overflow\s*:\s*hidden(?=.*{SIDE}{ZERO})",
        ),
        ("off-screen", OUT),
        ("clipped", rf"clip\s*:\s*rect\s*\(\s*{NOTHING}|clip-path\s*:\s*inset\s*\(\s*(?:50|100)%"),
    )
)
"""What an inline style does to hide text, with the pattern that finds it: display:none, left:-9999px."""


HIDING = frozenset(("hidden", "aria-hidden", "style"))
"""Attributes that can hide an element."""
MOST_STYLE = 2000
"""Characters of an inline style that are looked at: the patterns look ahead from every place."""

JOINERS = r"(?<=[A-Za-z0-9])[\u200c\u200d](?=[A-Za-z0-9])"  # they mean nothing between Latin letters
INVISIBLE = re.compile(
    r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f"
    rf"\ufeff\U000e0000-\U000e007f]|{JOINERS}"
)
"""Characters that show nothing: controls, zero width, direction marks, tags."""


def drop_invisible(text: str) -> tuple[str, int]:
    """Return a text without the characters that show nothing, and how many they were.

    >>> drop_invisible("in\u200bvisible")
    ('invisible', 1)
    """
    return INVISIBLE.subn("", text)


def find_hiding(attributes: dict[str, str | None]) -> str | None:
    """Return why an element with these attributes is not seen, None if it is.

    >>> find_hiding({"style": "position:absolute; left:-9999px"})
    'off-screen'
    """
    if "hidden" in attributes and attributes["hidden"] != "until-found":
        return "hidden"
    if attributes.get("aria-hidden") == "true":
        return "aria-hidden"
    style = attributes.get("style")
    return _read_style(style[:MOST_STYLE]) if style else None


@lru_cache(maxsize=4096)
def _read_style(style: str) -> str | None:
    low = style.lower()
    return next((name for name, pattern in STYLES if pattern.search(low)), None)
