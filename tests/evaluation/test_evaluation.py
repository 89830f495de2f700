"""`onrecord eval` on a small data folder of our own: the pages are read, the scorers are run."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from onrecord.cli.main import main
from onrecord.errors import InputError
from onrecord.evaluation import Evaluation, evaluate, list_failures, write_report
from onrecord.evaluation.count_types import TypeCount
from onrecord.evaluation.find_benchmarks import find_benchmarks
from onrecord.evaluation.read_facts import list_peers, list_sets

DATA = Path(__file__).parent / "data"
DAY = "2026-11-25"


def run(*args: str) -> Result:
    return CliRunner().invoke(main, ["eval", *args, "--day", DAY])


@pytest.fixture(scope="module")
def measured(tmp_path_factory: pytest.TempPathFactory) -> Evaluation:
    return evaluate(DATA, tmp_path_factory.mktemp("records"), DAY)


def test_every_benchmark_with_a_scorer_is_run(measured: Evaluation) -> None:
    values = {score.benchmark.name: score.value for score in measured.scores}
    assert values == {"codes": pytest.approx(0.833), "page harbour": 1.0}
    (skipped,) = measured.skipped
    assert "birds" in skipped
    assert "score_birds.py" in skipped


def test_figures_are_read_from_the_rows_of_a_scorer(measured: Evaluation) -> None:
    assert measured.scores[0].figures["plv any event in the sentence R"] == pytest.approx(0.833)


def test_types_are_counted_once_a_sentence(measured: Evaluation) -> None:
    types = {one.name: one for one in measured.types["plover"]["onrecord"]}
    assert _counts(types["COERCE"]) == (1, 1, 1)
    assert _counts(types["PROTEST"]) == (1, 1, 1)
    assert _counts(types["AID"]) == (0, 0, 1)
    roots = {one.name: one for one in measured.types["cameo"]["onrecord"]}
    assert _counts(roots["07"]) == (1, 1, 1)
    assert _counts(roots["19"]) == (1, 1, 1)
    peer = {one.name: one for one in measured.types["plover"]["coin"]}
    assert _counts(peer["AID"]) == (0, 1, 1)


def _counts(count: TypeCount) -> tuple[int, int, int]:
    """Return how often a type was right, given and marked."""
    assert count.precision.hits == count.recall.hits
    return count.precision.hits, count.precision.total, count.recall.total


def test_the_report_gives_version_day_intervals_and_peers(measured: Evaluation) -> None:
    report = write_report(measured)
    assert f"on {DAY}: onrecord {measured.coder.version}, model {measured.coder.model}" in report
    assert "| COERCE | 1.00 | 0.21 to 1.00 | 1 of 1 | 1.00 | 0.21 to 1.00 | 1 of 1 | 1.00 / 1.00 |" in report
    assert "| 07 Provide Aid | 1.00 |" in report
    assert "lower bound" in report
    assert "score_birds.py" in report
    assert "PETRARCH-2" in report


def test_the_command_writes_the_report_and_tells_each_figure(tmp_path: Path) -> None:
    out, records = tmp_path / "accuracy.md", tmp_path / "records"
    done = run(str(DATA), "--only", "page", "--out", str(out), "--records", str(records))
    assert done.exit_code == 0, done.output
    assert "page harbour page score: 1.000" in done.stderr
    assert "| page harbour |" in out.read_text(encoding="utf-8")
    assert (records / "page-harbour.json").exists()


def test_what_persons_wrote_at_the_end_of_a_report_is_kept(tmp_path: Path) -> None:
    out = tmp_path / "accuracy.md"
    earlier = "# Accuracy\n\nearlier figures\n\n## Rows read by eye\n\n3 of 30 wrong\n"
    out.write_text(earlier, encoding="utf-8")
    assert run(str(DATA), "--only", "page", "--out", str(out)).exit_code == 0
    text = out.read_text(encoding="utf-8")
    assert "earlier figures" not in text
    assert text.endswith("\n\n## Rows read by eye\n\n3 of 30 wrong\n")


def test_a_folder_without_benchmarks_says_what_was_looked_for(tmp_path: Path) -> None:
    done = run(str(tmp_path))
    assert done.exit_code == 1
    assert "gold/SET/dev.jsonl with tools/score_SET.py" in done.stderr
    assert "Traceback" not in done.stderr
    with pytest.raises(InputError, match=r"no benchmark places; .* found: codes, page"):
        find_benchmarks(DATA, only=["places"])


def test_a_scorer_that_fails_is_told_and_the_others_are_run(tmp_path: Path) -> None:
    shutil.copytree(DATA, tmp_path / "data")
    (tmp_path / "data" / "tools" / "score_page.py").write_text("raise SystemExit('no such reading')")
    done = run(str(tmp_path / "data"))
    assert done.exit_code == 1
    assert "the scorer failed: no such reading" in done.stderr
    assert "| page harbour | a whole page, read by hand | not scored |" in done.stdout
    assert "codes score: 0.833" in done.stdout


def test_known_failures_are_the_strict_ones(tmp_path: Path) -> None:
    (tmp_path / "test_one.py").write_text(
        "import pytest\n"
        "@pytest.mark.xfail(strict=True, reason='gulls are taken for people')\n"
        "def test_gulls(): ...\n"
        "@pytest.mark.xfail(reason='flaky')\n"
        "def test_terns(): ...\n"
    )
    (failure,) = list_failures(tmp_path)
    assert (failure.file, failure.test) == ("test_one.py", "test_gulls")
    assert failure.reason == "gulls are taken for people"


def test_figures_of_others_name_known_sets_and_lie_between_0_and_1() -> None:
    known = list_sets()
    peers = [peer for name in known for peer in list_peers(name)]
    assert {"codes", "statements", "places"} <= {peer.set for peer in peers}
    assert all(0 <= peer.value <= 1 and peer.source for peer in peers)
