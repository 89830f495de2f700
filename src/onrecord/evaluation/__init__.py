"""How right the coder is on marked pages: every benchmark at hand, the figures of its scorer, a report.

A data folder holds `gold/SET/dev.jsonl` beside `tools/score_SET.py`, and folders with `page.txt` and
`expected.json` for `tools/score_page.py`. The scorers are run as they are: they say what is right.
"""

from onrecord.evaluation.count_types import COARSE_TYPES
from onrecord.evaluation.evaluate import Evaluation, evaluate
from onrecord.evaluation.list_failures import list_failures
from onrecord.evaluation.measure_second import ANSWERS, MarkedSet, SecondScore, measure_second, read_marked
from onrecord.evaluation.run_benchmark import Score
from onrecord.evaluation.write_report import write_report
from onrecord.evaluation.write_second import write_second

__all__ = [
    "ANSWERS",
    "COARSE_TYPES",
    "Evaluation",
    "MarkedSet",
    "Score",
    "SecondScore",
    "evaluate",
    "list_failures",
    "measure_second",
    "read_marked",
    "write_report",
    "write_second",
]
