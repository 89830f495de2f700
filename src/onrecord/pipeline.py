"""The stages in order, and the one loop that runs them over pages."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from itertools import islice
from typing import Any

from threadpoolctl import ThreadpoolController

from onrecord._version import __version__
from onrecord.lexicons import name_codebook
from onrecord.records import SCHEMA, Coder, Draft, Found, RawPage, Record, Settings
from onrecord.stages.actors import find_actors
from onrecord.stages.checks import find_checks
from onrecord.stages.clauses import find_clauses
from onrecord.stages.comments import read_comments, sum_voices
from onrecord.stages.commitments import find_commitments
from onrecord.stages.events import find_events
from onrecord.stages.page import read_page
from onrecord.stages.parts import split_parts
from onrecord.stages.places import find_places
from onrecord.stages.quantities import find_quantities
from onrecord.stages.sentences import model_name, parse_sentences
from onrecord.stages.statements import find_statements
from onrecord.stages.times import find_times
from onrecord.words import release_words

STAGES: tuple[tuple[str, Callable[[Draft], Found[Any]]], ...] = (
    ("clauses", find_clauses),
    ("actors", find_actors),
    ("places", find_places),
    ("times", find_times),
    ("quantities", find_quantities),
    ("statements", find_statements),
    ("events", find_events),
    ("commitments", find_commitments),
    ("checks", find_checks),
    ("comments", read_comments),
)
"""After page, parts and sentences: the list of the draft that a stage fills, and the stage."""

BATCH = 32
"""Pages that are parsed together."""

Tick = Callable[[str], None]
"""Is told the name of each stage when it has ended; what it does with that is the caller's."""


def name_coder(settings: Settings) -> Coder:
    """Return the version, model and codebook that these settings code with."""
    codebook = name_codebook(settings.codebooks + settings.actor_files)
    return Coder(__version__, model_name(settings.model), codebook)


def ignore(stage: str) -> None:
    """Stand in for a tick that nobody waits for."""


def read_pages(raws: Iterable[RawPage], settings: Settings | None = None) -> Iterator[Record]:
    """Yield the record of each raw page, in order; pages are parsed in batches."""
    settings = settings or Settings()
    remaining = iter(raws)
    while batch := list(islice(remaining, BATCH)):
        yield from read_batch(batch, settings)


def read_batch(batch: Sequence[RawPage], settings: Settings, tick: Tick = ignore) -> list[Record]:
    """Return the records of some raw pages, in order."""
    pages = [read_page(raw) for raw in batch]
    tick("page")
    parted = [(page, split_parts(page)) for page in pages]
    tick("parts")
    with collector_paused(), find_blas().limit(limits=1, user_api="blas"):
        parsed = parse_sentences(parted, settings.model)
        tick("sentences")
        drafts = (
            Draft(settings, page, parts, found.kept, refused=page.refused + found.refused)
            for (page, parts), found in zip(parted, parsed, strict=True)
        )
        records = [close_record(run_stages(draft, tick)) for draft in drafts]
        release_words({id(s.tokens.doc): s.tokens.doc for found in parsed for s in found.kept}.values())
    return records


@cache
def find_blas() -> ThreadpoolController:
    """Return what holds the BLAS libraries of this process to one thread while pages are read.

    The products of a page are small: threads that wait for one another make reading ten times as slow where
    the cores are busy with something else, and the last bits of a product depend on how it is divided.
    """
    return ThreadpoolController()


@contextmanager
def collector_paused() -> Iterator[None]:
    """Return a context without cyclic garbage collection.

    Words point at one another in all directions, and the collector would go through them again and
    again while they are made. They are untied by `release_words`, so that nothing is left to collect.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def run_stages(draft: Draft, tick: Tick = ignore) -> Draft:
    """Return the draft of a page after all stages."""
    for name, stage in STAGES:
        found = stage(draft)
        added: dict[str, Any] = {name: found.kept, "refused": draft.refused + found.refused}
        draft = replace(draft, **added)
        tick(name)
    return draft


def close_record(draft: Draft) -> Record:
    """Return the record of a draft; what commenters assert is left to their claims."""
    voices = {part.id for part in draft.parts if part.kind == "comment"}
    return Record(
        schema=SCHEMA,
        coder=name_coder(draft.settings),
        page=draft.page,
        parts=draft.parts,
        actors=draft.actors,
        places=draft.places,
        times=draft.times,
        quantities=draft.quantities,
        events=tuple(event for event in draft.events if event.part not in voices),
        statements=draft.statements,
        commitments=draft.commitments,
        checks=draft.checks,
        comments=draft.comments,
        refused=draft.refused,
        voices=sum_voices(draft.comments, draft.commitments),
    )
