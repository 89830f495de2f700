from __future__ import annotations

import re
from collections import defaultdict

from onrecord.stages.actors.resolve_mentions import Cast


def name_entities(cast: Cast) -> None:
    """Give each actor that a list knows the fullest name that the page itself gives it.

    The list's own spelling stays where the page has it, or a last name or an acronym only: `Boric`, `the EU`.
    """
    written: dict[int, list[str]] = defaultdict(list)
    for phrase, entity in cast.recent:
        if phrase.unit is not None and phrase.kind in ("person", "organization"):
            text = phrase.doc[phrase.unit.start : phrase.unit.end].text
            written[id(entity)].append(re.sub(r"^[Tt]he ", "", text))
    for entity in cast.entities:
        if entity.key[0] in ("person", "organization") and (entity.rule or "").startswith(
            ("leaders", "organ")
        ):
            names = written[id(entity)]
            full = [name for name in names if is_full(name)]
            words = [name for name in names if entity.key[0] == "organization" and not name.isupper()]
            if names and entity.name not in names and (full or words):
                entity.name = max(full or words, key=len)


def is_full(name: str) -> bool:
    """Return whether a name is no mere last name or acronym.

    >>> is_full("Amal Osman"), is_full("Osman"), is_full("IAEA")
    (True, False, False)
    """
    return " " in name and not name.isupper()
