from __future__ import annotations

import glob
import re
import textwrap
from collections.abc import Iterable, Iterator
from pathlib import Path

from onrecord.errors import InputError
from onrecord.sources.find_format import ENDINGS, EXPECTED, HTML, SAMPLE, find_ending

ADDRESS = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]{1,20}://")
"""`https://`, `file://`: a name that begins so is an address, not a path."""

LONGEST_SHOWN = 80


def name_inputs(names: Iterable[str]) -> Iterator[str | InputError]:
    """Yield the files and addresses that names stand for: folders and patterns in path order, `-` as is."""
    for name in names:
        if name == "-" or ADDRESS.match(name):
            yield name
            continue
        if not name.strip():
            yield InputError(f"{name!r}: an empty name, which stands for no file; {EXPECTED}")
            continue
        path = Path(name)
        try:
            is_folder, is_there = path.is_dir(), path.exists()
        except OSError as error:
            yield _refuse(name, error)
            continue
        if is_folder:
            yield from _in_folder(path, name)
        elif is_there:
            yield name
        elif glob.has_magic(name):
            found = sorted(glob.glob(name, recursive=True))
            yield from name_inputs(found) if found else [InputError(f"{name}: no file fits; {EXPECTED}")]
        else:
            yield InputError(f"{name}: no such file; {EXPECTED}")


def _refuse(name: str, error: OSError) -> InputError:
    """Return what is wrong with a name that no file can have, such as the text of a page, or none may see."""
    begin = repr(textwrap.shorten(name, LONGEST_SHOWN)) if len(name) > LONGEST_SHOWN else name
    return InputError(
        f"{begin}: no such file ({error.strerror}); {EXPECTED}. Text itself is read with read_text()"
    )


def _in_folder(path: Path, name: str) -> Iterator[str | InputError]:
    found = False
    for file in sorted(path.rglob("*")):
        inside = file.relative_to(path).parts
        if not any(part.startswith(".") for part in inside) and file.is_file() and _is_page(file):
            found = True
            yield str(file)
    if not found:
        yield InputError(f"{name}: a folder without pages; {EXPECTED}")


def _is_page(file: Path) -> bool:
    """Return whether a file of a folder is read: by its ending, or, with another one, as HTML by its words.

    A saved page comes with a folder of scripts and pictures, which are none.
    """
    if find_ending(file.name) in ENDINGS:
        return True
    if file.suffix.lower() in (".js", ".css", ".json", ".svg", ".png", ".jpg", ".gif"):
        return False
    with file.open("rb") as opened:
        return HTML.match(opened.read(SAMPLE)) is not None
