from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from onrecord.pipeline import STAGES
from onrecord.records import Draft, RawPage, Settings
from onrecord.stages.page import read_page
from onrecord.stages.parts import split_parts
from onrecord.stages.sentences import parse_sentences

Reader = Callable[..., Draft]


@pytest.fixture(scope="session")
def draft_of() -> Reader:
    """Return a function that reads a text as far as a stage: `draft_of(text, upto="events")`."""

    def run(
        text: str,
        *,
        upto: str = "comments",
        published: str | None = "2017-12-11",
        kind: str = "passage",
        publisher: str | None = None,
    ) -> Draft:
        page = read_page(RawPage(text, kind=kind, published=published, publisher=publisher))
        parts = split_parts(page)
        (sentences,) = parse_sentences([(page, parts)])
        draft = Draft(Settings(), page, parts, sentences.kept)
        for name, stage in STAGES:
            found = stage(draft)
            draft = replace(draft, **{name: found.kept}, refused=draft.refused + found.refused)
            if name == upto:
                break
        return draft

    return run
