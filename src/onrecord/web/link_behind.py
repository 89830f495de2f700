"""Linking behind the back of the readers: a process of its own, which waits while another one links."""

from __future__ import annotations

import os
import sys
import time

from onrecord.errors import FolderError
from onrecord.store import open_folder

NICE = 10
"""How far it stands back: readers go before it."""
TRIES, PAUSE = 240, 15.0
"""How often it asks whether another process has done with the folder, and the seconds in between: an hour."""


def link_behind(path: str, tries: int = TRIES, pause: float = PAUSE) -> int:
    """Work out the links of a folder; return the exit status, 1 if it could not be done.

    What went wrong is said in one line on standard error.
    """
    getattr(os, "nice", abs)(NICE)
    for left in reversed(range(tries)):
        try:
            open_folder(path).links()
            return 0
        except FolderError as error:
            if not left:
                print(f"onrecord: reports are not linked: {error}", file=sys.stderr)
        time.sleep(pause if left else 0)
    return 1
