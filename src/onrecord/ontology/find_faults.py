from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from onrecord.ontology.entries import Entry


def find_faults(
    entry: Entry, classes: Mapping[str, Any], refinements: Mapping[str, Any], codes: Mapping[str, Any]
) -> Iterator[str]:
    """Yield what is wrong with an entry beyond its keys, a line each that says what mends it."""
    if not entry.verbs and not entry.nouns:
        yield 'names no words; give verbs = ["withdraw"] or nouns = ["withdrawal"]'
    if entry.code not in codes:
        near = _nearest(entry.code, codes)
        yield f"code {entry.code!r} is no CAMEO code; write one in quotes, such as {near!r}"
    if entry.act and not re.fullmatch(r"[A-Z]+(/[a-z-]+)?", entry.act):
        yield f'act {entry.act!r} is no type; write "TYPE" or "TYPE/mode", as in "RETREAT/withdraw"'
    for text in (*entry.verbs, *entry.nouns):
        if not re.fullmatch(r"[^\s:]+( [^\s:]+){0,2}(\s*:\s*\S.*)?", text):
            yield f'pattern {text!r} is not "lemma", "lemma particle", either with ": object words"'
    for word in _class_names(entry):
        if word[1:] not in classes:
            known = _few(classes)
            yield f"class {word} is not known; add [[class]] key = {word[1:]!r}, or name one of {known}"
    if entry.refine and entry.refine not in refinements:
        yield f"refine {entry.refine!r} is no group of refinements; expected one of {_few(refinements)}"
    for key, allowed in CHOICES.items():
        value = getattr(entry, key)
        if value not in allowed:
            yield f"{key} {value!r} is not allowed; expected one of {', '.join(filter(None, allowed))}"
    for value in entry.needs:
        if value not in NEEDS:
            yield f"needs {value!r} is not allowed; expected one of {', '.join(NEEDS)}"
    if not 0 < entry.confidence <= 1:
        yield f"confidence {entry.confidence} is not above 0 and at most 1"


NEEDS = ("both", "official")
CHOICES = {
    "of": ("by", "to"),
    "possessor": ("by", "to"),
    "only": ("", "content", "alone"),
}


def _class_names(entry: Entry) -> list[str]:
    lists = (*entry.object, *entry.without, *entry.near, *entry.far)
    words = [word for text in (*entry.verbs, *entry.nouns) for word in text.partition(":")[2].split()]
    return [word for word in (*lists, *words) if word.startswith("@")]


def _nearest(code: str, codes: Mapping[str, Any]) -> str:
    return next((known for n in (3, 2, 1) for known in sorted(codes) if known[:n] == code[:n]), "0874")


def _few(names: Iterable[str]) -> str:
    found = sorted(names)
    return ", ".join(found[:8]) + (", ..." if len(found) > 8 else "")
