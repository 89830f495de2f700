from __future__ import annotations

from pathlib import Path

import pytest

import onrecord
from onrecord.records import Record
from onrecord.samples import SAMPLE_DAY, sample_page


@pytest.fixture(scope="session")
def sample_record() -> Record:
    """Return the record of the sample page, comments and all."""
    return onrecord.read_text(sample_page(), published=SAMPLE_DAY)


@pytest.fixture(scope="session")
def sample_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a record folder of three pages in two parts, with one broken input."""
    from onrecord.scale import Job, code_folder

    home = tmp_path_factory.mktemp("sample")
    (home / "in").mkdir()
    (home / "in" / "a.txt").write_text(sample_page(), encoding="utf-8")
    (home / "in" / "b.txt").write_text("Police arrested 12 people in Paris on Monday.", encoding="utf-8")
    (home / "in" / "c.txt").write_bytes(b"")
    (home / "in" / "d.txt").write_text("Protesters marched in Rome.", encoding="utf-8")
    code_folder(Job((str(home / "in"),), str(home / "out"), "2024-03-12", SAMPLE_DAY, size=2))
    return home / "out"
