from __future__ import annotations

import re
from collections import defaultdict

from onrecord.stages.actors.cast import Cast


def name_entities(cast: Cast) -> None:
    """Give each actor that a list knows the fullest name that the page itself gives it.

    The list's own spelling stays where the page has it, or a last name or an acronym only: `Boric`, `the EU`.
    """
    written: dict[int, list[str]] = defaultdict(list)
    for phrase, entity in cast.recent:
        if phrase.kind in ("person", "organization"):
            written[id(entity)].append(re.sub(r"^[Tt]he ", "", phrase.name))
    for entity in cast.entities:
        names = written[id(entity)]
        full = [name for name in names if is_full(name)]
        words = [name for name in names if entity.type != "person" and not name.isupper()]
        if entity.name not in names:
            entity.name = max(full or words, key=len, default=entity.name)


def is_full(name: str) -> bool:
    """Return whether a name is no mere last name or acronym.

    >>> is_full("Amal Osman"), is_full("Osman"), is_full("IAEA")
    (True, False, False)
    """
    return " " in name and not name.isupper()
