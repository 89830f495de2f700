"""What went wrong, in a sentence that says where and what to do: no command ends in a traceback."""

from __future__ import annotations

import errno
import os

import click

TRACE = "ONRECORD_TRACEBACK"
"""Set in the environment, it shows the traceback of an error that onrecord did not expect."""
ADVICE = {
    errno.EACCES: "choose a place that you may read and write, or ask its owner",
    errno.EPERM: "choose a place that you may read and write, or ask its owner",
    errno.EROFS: "the file system is read-only; choose a place elsewhere with --out",
    errno.ENOSPC: "free some space, or choose a place elsewhere; what was finished before stays",
    errno.EFBIG: "files of this size are not allowed here; raise ulimit -f, or choose another disk",
    errno.EDQUOT: "your quota is used up; free some space, or choose a place elsewhere",
    errno.ENOENT: "check the spelling of the path",
    errno.ENOTDIR: "a part of the path is a file; choose another path",
    errno.EISDIR: "a directory stands there; give the path of a file",
    errno.EEXIST: "a file stands there; choose another path",
    errno.EMFILE: "too many files are open; raise the limit with ulimit -n",
    errno.ENAMETOOLONG: "choose a shorter path",
    errno.ENODEV: "choose a path on a disk",
}
DAMAGED = "its files may be damaged or written by another version; code the pages anew into a new folder"
BY_PACKAGE = {
    "duckdb": "the record folder cannot be read: {}; " + DAMAGED,
    "pyarrow": "a table cannot be read or written: {}; " + DAMAGED,
    "sqlite3": "an SQLite file cannot be read or written: {}; check the disk and your rights there",
    "xlsxwriter": "the Excel file cannot be written: {}; check the disk and your rights there",
    "fsspec": "the place cannot be opened: {}; check the address and your access to it",
}
"""What an error of a package means for who uses onrecord."""


def explain_failure(error: Exception) -> click.ClickException:
    """Return the message for an error that no part of onrecord raised on purpose."""
    if os.environ.get(TRACE):
        raise error
    if isinstance(error, OSError):
        return click.ClickException(explain_system(error))
    if isinstance(error, MemoryError):
        return click.ClickException("out of memory: give fewer pages at once, or fewer --workers")
    if isinstance(error, ModuleNotFoundError):
        return click.ClickException(f"the package {error.name} is missing: install onrecord anew with pip")
    words = " ".join(str(error).split()) or type(error).__name__
    package = next((kind.__module__.partition(".")[0] for kind in type(error).__mro__), "")
    if package in BY_PACKAGE:
        return click.ClickException(BY_PACKAGE[package].format(words))
    return click.ClickException(
        f"an error that onrecord did not expect: {type(error).__name__}: {words}\n"
        f"Please report it, with what {TRACE}=1 prints before the same command."
    )


def explain_system(error: OSError) -> str:
    """Return what the operating system refused, where, and what mends it."""
    places = [str(place) for place in (error.filename, error.filename2) if place is not None]
    where = " -> ".join(places) or "standard output or a temporary file"
    what = error.strerror or str(error) or type(error).__name__
    advice = ADVICE.get(error.errno or 0)
    return f"{where}: {what.lower()}" + (f"; {advice}" if advice else "")
