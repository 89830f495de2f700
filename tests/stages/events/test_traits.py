"""What speaks for and against candidates, in the words that their weights were fitted to."""

from __future__ import annotations

from typing import Any

import pytest
from write_golden import TRAITS, load_stories, tell_traits


@pytest.mark.parametrize("story", load_stories(), ids=lambda story: story["name"])
def test_candidates_keep_the_traits_that_weights_were_fitted_to(story: dict[str, Any]) -> None:
    expected = (TRAITS / f"{story['name']}.txt").read_text(encoding="utf-8").splitlines()
    assert list(tell_traits(story)) == expected
