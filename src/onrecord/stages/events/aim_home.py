"""Whom acts at home concern where grammar names nobody: a government, else the country itself.

The rule of the manuals: a reform, a curfew, a protest is an event between those who act and their
own country's people or government.
"""

from __future__ import annotations

from dataclasses import replace

from onrecord.ontology import is_act
from onrecord.stages.events.resolve_actors import ActorFinder
from onrecord.stages.events.write_event import Coded

HOME = "its own country that the sentence names"
GOVERNING = ("GOV", "LEG")


def aim_home(item: Coded, finder: ActorFinder) -> Coded:
    """Return an event at home with the government or country that its sentence names as its target."""
    if item.to or not item.by or not is_act(item.code, "domestic"):
        return item
    home = finder.country_of(item.by[0])
    if home is None:
        return item
    others = [name for name in finder.named() if name not in item.by and finder.country_of(name) == home]
    governing = [name for name in others if finder.sector_of(name) in GOVERNING]
    country = [name for name in others if finder.is_country(name)]
    aimed = governing or country
    if not aimed:
        return item
    line = f"target {finder.quote(aimed[:1])}: {HOME}"
    return replace(item, to=(aimed[0],), slots=(item.slots[0], HOME), why=(*item.why, line))
