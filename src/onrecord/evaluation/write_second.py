from __future__ import annotations

from collections.abc import Iterable, Iterator

from onrecord.evaluation.measure_second import SecondScore
from onrecord.records import Coder
from onrecord.review.measure_precision import Share
from onrecord.second import Outcome

HEAD = """# A second reader: {name}

Written by `onrecord eval --second` on {day}: onrecord {coder.version}, model {coder.model}, codebook
{coder.codebook}.

The reader was asked about events of marked pages, without the marks. It refuses an event if it says that the
words tell no such act, or another one. "If followed" leaves out what it refuses; events without a kept answer
stay. Shares have 95 % Wilson intervals.
"""


def write_second(name: str, coder: Coder, day: str, results: Iterable[tuple[SecondScore, Outcome]]) -> str:
    """Return the report on a reader as Markdown: a table for each set, then what its answers cost."""
    pieces = [HEAD.format(name=name, day=day, coder=coder)]
    for score, outcome in results:
        pieces += _write_score(score)
        pieces += _write_cost(score, outcome)
    return "".join(pieces)


def _write_score(score: SecondScore) -> Iterator[str]:
    kappa = "not defined" if score.kappa is None else f"{score.kappa:.2f}"
    agreed = "none judged" if score.observed is None else f"{score.observed:.2f}, kappa {kappa}"
    rows = (
        ("events judged by marks and reader", str(score.asked), ""),
        ("agreement with the marks", agreed, ""),
        ("wrong among those that it refuses", *_tell(score.refused_wrong)),
        ("wrong ones that it refuses", *_tell(score.wrong_refused)),
        ("precision now", *_tell(score.precision)),
        ("precision if followed", *_tell(score.precision_after)),
        ("recall now", *_tell(score.recall)),
        ("recall if followed", *_tell(score.recall_after)),
    )
    yield f"\n## {score.set}: {score.pages} pages\n\n| | | of |\n| --- | --- | --- |\n"
    yield from (f"| {name} | {value} | {count} |\n" for name, value, count in rows)


def _tell(share: Share) -> tuple[str, str]:
    if share.value is None:
        return "none", ""
    return f"{share.value:.2f} ({share.low:.2f} to {share.high:.2f})", f"{share.hits} of {share.total}"


def _write_cost(score: SecondScore, outcome: Outcome) -> Iterator[str]:
    thrown = sum(outcome.refused.values())
    yield (
        f"\n{outcome.answered} answers took {outcome.tokens:,} tokens"
        + (f", {outcome.tokens / outcome.answered:,.0f} each" if outcome.answered else "")
        + f"; {thrown} were thrown away, {outcome.unanswered} questions have no answer"
    )
    gone = score.refused_wrong.hits
    yield f"; {outcome.tokens / gone:,.0f} tokens for each wrong event that it refuses.\n" if gone else ".\n"
    yield from (f"\n- thrown away, {reason}: {number}" for reason, number in sorted(outcome.refused.items()))
    if outcome.refused:
        yield "\n"
    if outcome.twice:
        yield f"\nAsked twice with the options turned: {outcome.twice}, of them changed: {outcome.flipped}.\n"
