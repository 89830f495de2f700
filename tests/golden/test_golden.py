"""Golden pages, written for this project, with the record expected beside them.

`python tools/write_golden.py` writes the records anew; their diff is reviewed as code.
"""

from __future__ import annotations

from pathlib import Path

import pytest
import write_golden

PAGES = sorted(Path(__file__).parent.glob("*.txt"))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_golden_page_gives_its_record(page: Path) -> None:
    expected = page.with_suffix(".json").read_text(encoding="utf-8").splitlines()
    assert write_golden.read_golden(page).splitlines() == expected


def test_there_are_golden_pages() -> None:
    assert len(PAGES) >= 3
