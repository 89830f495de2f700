from __future__ import annotations

from collections.abc import Iterable, Iterator

from onrecord.evaluation.count_types import TypeCount
from onrecord.evaluation.evaluate import Evaluation
from onrecord.evaluation.list_failures import KnownFailure
from onrecord.evaluation.read_facts import PeerFigure, list_peers, list_sets
from onrecord.evaluation.run_benchmark import Score
from onrecord.exports.formats.flat_events import cameo_names
from onrecord.review.measure_precision import Share

HEAD = """# Accuracy

Written by `onrecord eval` on {day}: onrecord {coder.version}, model {coder.model}, codebook {coder.codebook}.
{seen}

Every figure lies between 0 and 1; higher is better where a row does not say otherwise. Figures of other tools
and of simple rules were computed by the same scorers on the same pages, and say more about a figure than its
height does. [The most frequent mistakes](errors.md) are told apart; [limits](limits.md) says what the figures
mean, and what not to use them for.
"""
SEEN = """The pages are those of the split `dev`. They were looked at while the rules were written: figures on
unseen pages are likely to be lower."""
SPLIT = "The pages are those of the split `{split}`."
TYPES = {
    "plover": """### By PLOVER type

Sentences of the set plv, each marked with one of fifteen types; 95 % Wilson intervals. YIELD covers CONCEDE
and RETREAT, REQUEST covers DEMAND, ACCUSE covers DISAPPROVE and INVESTIGATE, ASSAULT covers FIGHT. A sentence
that truly tells a second event is not marked with it, so **precision is a lower bound**.
""",
    "cameo": """### By CAMEO root

The examples of the CAMEO manual; 95 % Wilson intervals. The manual labels one event a sentence, so
**precision is a lower bound**.
""",
}
"""What stands above the table of types of each scheme."""


def write_report(evaluation: Evaluation) -> str:
    """Return the accuracy report as Markdown: summary, each set beside its peers, known failures."""
    seen = SEEN if evaluation.split == "dev" else SPLIT.format(split=evaluation.split)
    pieces = [HEAD.format(day=evaluation.day, coder=evaluation.coder, seen=seen)]
    pieces += _write_summary(evaluation.scores)
    for score in evaluation.scores:
        pieces += _write_set(score)
        if score.benchmark.name == "codes":
            for scheme, coders in evaluation.types.items():
                pieces += [f"\n{TYPES[scheme]}\n", *_write_types(coders)]
    pieces += _write_skipped(evaluation.skipped)
    pieces += _write_failures(evaluation.failures)
    return "".join(pieces)


def _write_table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> Iterator[str]:
    columns = list(head)
    for row in (columns, ["---"] * len(columns), *rows):
        yield "| " + " | ".join(row) + " |\n"


def _write_summary(scores: Iterable[Score]) -> Iterator[str]:
    """Yield the table with a row for each set: its figure and the best that another tool reached."""
    rows = []
    for score in scores:
        peers = [peer for peer in list_peers(score.benchmark.name) if peer.measure == "score"]
        best = max(peers, key=lambda peer: peer.value, default=None)
        about = list_sets().get(score.benchmark.name, "a whole page, read by hand")
        shown = f"{best.tool} {best.value:.3f}" if best else "none recorded"
        rows.append((score.benchmark.name, about, _show(score.value), shown))
    yield "\n## Summary\n\n"
    yield from _write_table(("set", "what is measured", "onrecord", "best of the others"), rows)
    pages = [score.value for score in scores if score.benchmark.expected and score.value is not None]
    if pages:
        yield f"\nWhole pages: {sum(pages) / len(pages):.3f} on the mean of {len(pages)}.\n"


def _show(value: float | None) -> str:
    return "not scored" if value is None else f"{value:.3f}"


def _write_set(score: Score) -> Iterator[str]:
    """Yield the section of a set: what its scorer printed, and what other tools reached."""
    yield f"\n## {score.benchmark.name}\n\n```text\n"
    yield from (f"{line}\n" for line in score.lines)
    yield "```\n"
    peers = list_peers(score.benchmark.name)
    if peers:
        yield "\n"
        yield from _write_peers(score, peers)


def _write_peers(score: Score, peers: tuple[PeerFigure, ...]) -> Iterator[str]:
    """Yield a table with a row for each measure and a column for each tool, then the figures' sources."""
    tools = list(dict.fromkeys(peer.tool for peer in peers))
    measures = list(dict.fromkeys(peer.measure for peer in peers))
    known = {(peer.tool, peer.measure): f"{peer.value:.3f}" for peer in peers}
    rows = (
        (name, _show(score.figures.get(name)), *(known.get((tool, name), "") for tool in tools))
        for name in measures
    )
    yield from _write_table(("measure", "onrecord", *tools), rows)
    yield "\n"
    for tool, source in dict.fromkeys((peer.tool, peer.source) for peer in peers):
        yield f"- {tool}: {source}.\n"


def _write_types(coders: dict[str, tuple[TypeCount, ...]]) -> Iterator[str]:
    """Yield a row for each type: onrecord with intervals, then the recorded tools that gave any type."""
    (_, counts), *others = coders.items()
    peers = [(name, {one.name: one for one in found}) for name, found in others]
    peers = [(name, found) for name, found in peers if any(one.precision.total for one in found.values())]
    rows = (
        (
            f"{one.name} {cameo_names().get(one.name, '')}".strip(),
            *_tell(one.precision),
            *_tell(one.recall),
            *(_tell_pair(found.get(one.name)) for _, found in peers),
        )
        for one in counts
    )
    head = ("type", "precision", "95 %", "right of given", "recall", "95 %", "found of marked")
    yield from _write_table((*head, *(f"{name} P / R" for name, _ in peers)), rows)


def _tell_pair(count: TypeCount | None) -> str:
    """Return precision and recall of another tool as a cell; a dash where it gave or had nothing."""
    shares = (count.precision, count.recall) if count else ()
    return " / ".join("-" if share.value is None else f"{share.value:.2f}" for share in shares)


def _tell(share: Share) -> tuple[str, str, str]:
    """Return a share, its interval and its count as cells; no share where nothing was counted."""
    if share.value is None:
        return "", "", "0 of 0"
    return f"{share.value:.2f}", f"{share.low:.2f} to {share.high:.2f}", f"{share.hits} of {share.total}"


def _write_skipped(skipped: tuple[str, ...]) -> Iterator[str]:
    if skipped:
        yield "\n## Not measured\n\n"
        yield from (f"- {line}\n" for line in skipped)


def _write_failures(failures: tuple[KnownFailure, ...]) -> Iterator[str]:
    yield "\n## Known failures\n\n"
    if not failures:
        yield "No test was found that is expected to fail. [Limits](limits.md) has the rest.\n"
        return
    yield "Tests that are expected to fail; when one passes, the build asks for it to be promoted.\n\n"
    for one in failures:
        yield f"- {one.reason} (`{one.file}`, `{one.test}`)\n"
    yield "\n[Limits](limits.md) has what is out of reach altogether.\n"
