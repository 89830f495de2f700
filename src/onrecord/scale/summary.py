from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from onrecord.scale.task import Done


@dataclass(slots=True)
class Summary:
    """What a run did, added up over its parts."""

    seen: int = 0
    """Pages and broken inputs met."""
    known: int = 0
    """Of these, already in the folder."""
    pages: int = 0
    events: int = 0
    errors: int = 0
    """Inputs that gave no record, of this run alone."""
    failed: int = 0
    """Inputs that gave no record, those that earlier runs met among them."""
    repeated: list[str] = field(default_factory=list)
    """Ids under which the inputs hold more than one page."""
    parts: int = 0
    refused: Counter[str] = field(default_factory=Counter)
    """By stage and reason."""
    changes: Counter[str] = field(default_factory=Counter)
    """By list and kind of change, of pages that were coded before."""
    seconds: dict[str, float] = field(default_factory=dict)
    """By stage, over all workers."""
    stopped: bool = False
    """Whether the run was interrupted; the same command goes on where it stood."""

    def add(self, done: Done) -> None:
        """Count a part that was written."""
        rows = done.part.about["rows"]
        self.parts += 1
        self.pages += rows.get("pages", 0)
        self.events += rows.get("events", 0)
        self.errors += rows.get("errors", 0)
        self.changes.update(done.part.about["changes"])
        self.refused.update(done.part.about["refused"])
        for stage, seconds in done.seconds.items():
            self.seconds[stage] = self.seconds.get(stage, 0.0) + seconds
