"""Views that somebody saved under a name: a file beside the record folder, shared by all who open it."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from threading import Lock
from urllib.parse import urlsplit

from onrecord.errors import ReviewError
from onrecord.store.disk import Disk, encode_json

FILE = "views.json"
LONGEST_NAME, LONGEST_ADDRESS = 80, 2000
MOST = 200
_writing = Lock()


@dataclass(frozen=True, slots=True)
class SavedView:
    name: str
    address: str
    """Path and query within the workbench."""


def read_views(disk: Disk) -> tuple[SavedView, ...]:
    """Return the saved views of a folder by name; none if the file is missing or no JSON."""
    try:
        rows = disk.read_json(FILE).get("views", [])
        return tuple(
            SavedView(str(row["name"]), str(row["address"])) for row in rows if is_own(row["address"])
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return ()


def keep_view(disk: Disk, name: str, address: str) -> None:
    """Save a view under a name, in place of the one of that name; raises ReviewError if it cannot be kept."""
    name = " ".join(name.split())
    if not name or len(name) > LONGEST_NAME:
        raise ReviewError(f"a saved view needs a name of 1 to {LONGEST_NAME} characters")
    if not is_own(address) or len(address) > LONGEST_ADDRESS:
        raise ReviewError("only a view of this workbench can be saved")
    with _writing:
        others = [view for view in read_views(disk) if view.name != name]
        if len(others) >= MOST:
            raise ReviewError(f"a folder keeps {MOST} saved views at most: remove one first")
        _write(disk, [*others, SavedView(name, address)])


def drop_view(disk: Disk, name: str) -> None:
    """Remove the saved view of a name, if there is one."""
    with _writing:
        _write(disk, [view for view in read_views(disk) if view.name != name])


def is_own(address: str) -> bool:
    """Return whether an address is a path of this workbench, not one of another server."""
    parts = urlsplit(address)
    return address.startswith("/") and not address.startswith(("//", "/\\")) and not parts.netloc


def _write(disk: Disk, views: list[SavedView]) -> None:
    rows = [asdict(view) for view in sorted(views, key=lambda view: view.name.lower())]
    content = json.loads(json.dumps({"views": rows}))
    disk.write(FILE, encode_json(content))
