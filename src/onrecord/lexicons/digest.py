from __future__ import annotations

import hashlib
from pathlib import Path

from onrecord.errors import LexiconError
from onrecord.lexicons.cache_files import cached_by_files
from onrecord.lexicons.load import DATA


@cached_by_files
def name_codebook(extra: tuple[str, ...] = ()) -> str:
    """Return the name of the codebook and lexicons in use: the same files give the same name.

    `extra` holds the paths of codebook and actor files that the user added; their order counts.
    """
    digest = hashlib.sha256()
    for path in [*sorted(file for file in DATA.rglob("*") if file.is_file()), *map(Path, extra)]:
        digest.update(path.name.encode() + b"\0" + _read(path) + b"\0")
    return f"onrecord-{digest.hexdigest()[:12]}"


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise LexiconError(
            f"{path}: cannot be read: {error.strerror}; expected a codebook or actor file"
        ) from (error)
