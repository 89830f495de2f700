"""Figures as a page prints them."""

from __future__ import annotations

from onrecord.records import Check, Quantity
from onrecord.stages.checks.read_figures import tell_agreement


def write_percentage(
    text: str,
    share: Quantity,
    figures: tuple[Quantity, Quantity],
    *,
    rule: str,
    stated: float,
    expected: float,
    agrees: bool,
    reckoned: str,
) -> Check:
    """Return the check of a percentage against the two figures of the page that it was reckoned from."""
    said = quote_figure(text, share)
    return Check(
        id="",
        kind="percentage",
        verdict="consistent" if agrees else "inconsistent",
        stated=stated,
        expected=float(f"{expected:.4g}"),
        spans=tuple(sorted((share.mention, *(figure.mention for figure in figures)))),
        note=reckoned + (tell_agreement(abs(expected), abs(stated), said) if agrees else f", not {said}."),
        rule=rule,
    )


def quote_figure(text: str, quantity: Quantity) -> str:
    """Return a figure as the page writes it."""
    return text[slice(*quantity.mention)]
