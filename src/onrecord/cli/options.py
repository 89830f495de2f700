from __future__ import annotations

import math
from collections.abc import Callable
from functools import wraps
from typing import Any

import click


class Range(click.FloatRange):
    """A number of a range; `nan`, which is neither below nor above any bound, is none."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        number = super().convert(value, param, ctx)
        if number is not None and math.isnan(number):
            self.fail(f"{value!r} is not a number.", param, ctx)
        return number


def page_options(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options that say how pages are read; it gets `published` and `settings`."""

    @click.option("--published", metavar="DATE", help="Publication date (YYYY-MM-DD) for pages without one.")
    @click.option("--model", help="English spaCy pipeline, by name or path.")
    @click.option(
        "--codebook",
        multiple=True,
        type=click.Path(),
        help="Codebook file that extends the built-in one; may be repeated.",
    )
    @click.option(
        "--actors",
        multiple=True,
        type=click.Path(),
        help="Actor file (TOML) or PETRARCH dictionary; may be repeated.",
    )
    @wraps(command)
    def run(
        *args: Any,
        published: str | None,
        model: str | None,
        codebook: tuple[str, ...],
        actors: tuple[str, ...],
        **rest: Any,
    ) -> None:
        from onrecord.records import Settings
        from onrecord.sources import check_day

        day = check_day(published)
        command(*args, published=day, settings=Settings(model, codebook, actors), **rest)

    return run
