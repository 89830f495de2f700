from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from onrecord.pipeline import STAGES
from onrecord.records import Draft, RawComment, RawPage, Settings
from onrecord.stages.page import read_page
from onrecord.stages.parts import split_parts
from onrecord.stages.sentences import parse_sentences

Reader = Callable[..., Draft]
READER = Path(__file__).parent / "read_bounded.py"
Bounded = Callable[..., list[dict[str, Any]]]


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
        comments: tuple[RawComment, ...] = (),
    ) -> Draft:
        raw = RawPage(text, kind=kind, published=published, publisher=publisher, comments=comments)
        page = read_page(raw)
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


@pytest.fixture(scope="session")
def bounded() -> Bounded:
    """Return a function that reads sources in a process of its own, held to seconds of work and MiB.

    The seconds are the processor's: a machine with other work to do fails no test.
    """

    def run(*paths: Path, seconds: int = 10, mib: int = 512, stage: str = "sources") -> list[dict[str, Any]]:
        call = [sys.executable, str(READER), str(seconds), str(mib), stage, *map(str, paths)]
        done = subprocess.run(call, capture_output=True, text=True, timeout=60 * seconds)
        assert done.returncode == 0, done.stderr[-2000:]
        *rows, _ = done.stdout.splitlines()
        return [json.loads(row) for row in rows]

    return run
