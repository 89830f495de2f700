"""Switch each rule and branch of a stage off, one at a time, and list those that no test notices.

usage: switch_off.py STAGE... [--limit PERCENT] [--seconds N] [--tests PATH] [--files NAME...]
       switch_off.py --since REF [--limit PERCENT] [--seconds N]

    python tools/switch_off.py statements --limit 10

What is switched: the condition of each `if`, of each conditional expression and of each filter of a
comprehension (off: never true); each operand of `or` (off: never true) and of `and` (off: dropped); each
function in a module's tuple of functions (off: finds nothing). The tests are those below
tests/stages/STAGE; of them only those are run again in which a switch changes a value, and texts are
parsed once. An error counts as noticed. `--since` takes the stages with changes since a commit.
"""

from __future__ import annotations

import argparse
import ast
import builtins
import importlib.abc
import importlib.machinery
import inspect
import signal
import subprocess
import sys
import time
import types
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from _pytest.runner import runtestprotocol

HOME = Path(__file__).resolve().parent.parent
BOARD = "__switchboard__"
PIPED = (
    "clauses", "actors", "places", "times", "quantities", "statements", "events", "commitments", "checks",
    "comments",
)  # fmt: skip
"""Stages of the pipeline; those before them (page, parts, sentences) have nothing to remember."""
LONGEST = 10.0
"""Seconds of the processor after which a test has failed: a loop may have lost its end."""
KINDS = {"if": False, "or": False, "and": True}
"""What a condition is while it is switched off."""


@dataclass(frozen=True, slots=True)
class Switch:
    """A place that can be switched off."""

    file: Path
    line: int
    kind: str
    source: str

    def __str__(self) -> str:
        return f"{self.file.relative_to(HOME)}:{self.line}"


@dataclass(slots=True)
class Switchboard:
    """All switches of a stage, which of them is off, and which would change a value now."""

    switches: list[Switch] = field(default_factory=list)
    off: int | None = None
    reached: set[int] = field(default_factory=set)
    moved: set[int] = field(default_factory=set)
    """Switches that have had a value which they would have changed."""

    def pass_value(self, number: int, value: Any) -> Any:
        """Return a condition's value, or what it is while it is off."""
        instead = KINDS[self.switches[number].kind]
        self.reached.add(number)
        if bool(value) is not instead:
            self.moved.add(number)
        return instead if self.off == number else value

    def wrap_rule(self, number: int, rule: Any) -> Any:
        """Return a function that can be switched off; anything else comes back as it is."""
        if not isinstance(rule, types.FunctionType):
            return rule

        def switched(*args: Any, **kwargs: Any) -> Any:
            self.reached.add(number)
            self.moved.add(number)
            return nothing_of(rule, args) if self.off == number else rule(*args, **kwargs)

        return switched


def nothing_of(rule: Callable[..., Any], args: tuple[Any, ...]) -> Any:
    """Return what a rule gives that finds nothing, by its annotations: for `Doc -> Doc` its argument."""
    signature = inspect.signature(rule)
    returned = str(signature.return_annotation)
    first = next(iter(signature.parameters.values()), None)
    if first is not None and args and str(first.annotation) == returned:
        return args[0]
    empty: dict[str, Any] = {"bool": False, "tuple": (), "Iter": (), "list": [], "set": set(), "dict": {}}
    return next((value for start, value in empty.items() if returned.startswith(start)), None)


class SwitchInserter(ast.NodeTransformer):
    """Puts a switch around every condition and rule of a module."""

    def __init__(self, board: Switchboard, file: Path) -> None:
        self.board, self.file = board, file

    def _put(self, node: Any, kind: str, source: str, method: str = "pass_value") -> Any:
        self.board.switches.append(Switch(self.file, node.lineno, kind, source))
        number = ast.Constant(len(self.board.switches) - 1)
        call = ast.Call(ast.Attribute(ast.Name(BOARD, ast.Load()), method, ast.Load()), [number, node], [])
        return ast.copy_location(call, node)

    def visit_Module(self, node: ast.Module) -> ast.AST:
        for statement in node.body:
            value = statement.value if isinstance(statement, (ast.Assign, ast.AnnAssign)) else None
            if isinstance(value, ast.Tuple) and all(isinstance(one, ast.Name) for one in value.elts):
                names: Any = value.elts
                value.elts = [
                    self._put(one, "rule", one.id, "wrap_rule") if one.id.islower() else one for one in names
                ]
        return self.generic_visit(node)

    def _visit_condition(self, node: Any) -> Any:
        source = ast.unparse(node.test)
        self.generic_visit(node)
        if source != "TYPE_CHECKING":
            node.test = self._put(node.test, "if", source)
        return node

    visit_If = visit_IfExp = _visit_condition

    def visit_comprehension(self, node: ast.comprehension) -> ast.AST:
        sources = [ast.unparse(one) for one in node.ifs]
        self.generic_visit(node)
        node.ifs = [self._put(one, "if", source) for one, source in zip(node.ifs, sources, strict=True)]
        return node

    def visit_BoolOp(self, node: ast.BoolOp) -> ast.AST:
        sources = [ast.unparse(one) for one in node.values]
        self.generic_visit(node)
        kind = "or" if isinstance(node.op, ast.Or) else "and"
        literal = (ast.Constant, ast.Tuple, ast.List, ast.Dict)
        node.values = [
            one if isinstance(one, literal) else self._put(one, kind, source)
            for one, source in zip(node.values, sources, strict=True)
        ]
        return node


class SwitchLoader(importlib.machinery.SourceFileLoader):
    """Loads a module with its switches."""

    board: Switchboard

    def get_code(self, fullname: str) -> Any:
        """Return the code of the module, compiled anew."""
        path = Path(self.path)
        tree = SwitchInserter(self.board, path).visit(ast.parse(path.read_text(encoding="utf-8")))
        return compile(ast.fix_missing_locations(tree), str(path), "exec", dont_inherit=True)


def packages_of(stage: str) -> tuple[str, ...]:
    """Return the packages of a stage: its own, and what is shared under its name (`onrecord.clauses`)."""
    return f"onrecord.stages.{stage}", f"onrecord.{stage}"


class SwitchFinder(importlib.abc.MetaPathFinder):
    """Finds the modules of a stage before Python's own finder does."""

    def __init__(self, board: Switchboard, stage: str, files: frozenset[str] = frozenset()) -> None:
        self.board, self.packages, self.files = board, packages_of(stage), files

    def find_spec(self, fullname: str, path: Any, target: Any = None) -> Any:
        """Return the spec of a module of the stage, None for other modules."""
        if not any(f"{fullname}.".startswith(f"{package}.") for package in self.packages):
            return None
        spec = importlib.machinery.PathFinder.find_spec(fullname, path)
        if spec is not None and spec.origin and (not self.files or Path(spec.origin).name in self.files):
            spec.loader = SwitchLoader(fullname, spec.origin)
            spec.loader.board = self.board
        return spec


def remember_readings(stage: str) -> None:
    """Let texts be parsed once, and the stages before this one read them once."""
    pipeline: Any = importlib.import_module("onrecord.pipeline")
    sentences: Any = importlib.import_module("onrecord.stages.sentences")
    pipeline.parse_sentences = sentences.parse_sentences = remember(
        sentences.parse_sentences, lambda pages, model=None: (tuple(pages), model)
    )
    pipeline.release_words = lambda docs: None
    names = [name for name, _ in pipeline.STAGES]
    pipeline.STAGES = tuple(
        (name, remember(find, lambda draft: (draft.page, draft.parts, draft.settings)))
        if name in names[: names.index(stage)]
        else (name, find)
        for name, find in pipeline.STAGES
    )


def remember(function: Callable[..., Any], key_of: Callable[..., Any]) -> Callable[..., Any]:
    """Return the function with a memory of all that it has returned."""
    known: dict[Any, Any] = {}

    def remembering(*args: Any, **kwargs: Any) -> Any:
        key = key_of(*args, **kwargs)
        if key not in known:
            known[key] = function(*args, **kwargs)
        return known[key]

    return remembering


def stop_test(signal_number: int, frame: Any) -> None:
    """End a test that does not end by itself."""
    raise TimeoutError("the test takes too long")


@dataclass(slots=True)
class Trial:
    """A plugin of pytest that runs the tests once, and then those again that a switch may change."""

    board: Switchboard
    packages: tuple[str, ...]
    deadline: float
    lines: set[tuple[Path, int]] = field(default_factory=set)
    failed_before: list[str] = field(default_factory=list)
    unnoticed: list[int] = field(default_factory=list)
    tried: int = 0

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Run the trial in the place of pytest's own loop."""
        movers, at_load = self._watch(session.items)
        for number in range(len(self.board.switches)):
            if time.process_time() > self.deadline:
                break
            self.tried += 1
            self.board.off = number
            if number in at_load:
                self._forget(everything=True)
            if all(self._passes(item) for item in movers[number]):
                self.unnoticed.append(number)
            self.board.off = None
            self._forget(everything=number in at_load)
        return True

    def _watch(self, items: Sequence[pytest.Item]) -> tuple[dict[int, list[pytest.Item]], set[int]]:
        """Return the tests in which each switch changes a value, and the switches that caches may hide.

        A switch that is asked only while caches are cold concerns all tests: any may read what is cached.
        """
        passing = [item for item in items if self._passes(item)]
        self.failed_before = [item.nodeid for item in items if item not in passing]
        cold = set(self.board.moved)
        movers: dict[int, list[pytest.Item]] = defaultdict(list)
        for item in passing:
            self.board.moved = set()
            self._passes(item)
            for number in self.board.moved:
                movers[number].append(item)
        at_load = cold - set(movers)
        for number in at_load:
            movers[number] = passing
        return movers, at_load

    def _passes(self, item: pytest.Item) -> bool:
        """Return whether a test passes in time."""
        signal.setitimer(signal.ITIMER_PROF, LONGEST)
        try:
            reports = runtestprotocol(item, log=False, nextitem=None)
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
        return not any(report.failed for report in reports)

    def _forget(self, everything: bool) -> None:
        """Clear the stage's caches: those of limited size, or everything."""
        for name, module in list(sys.modules.items()):
            if name.startswith(self.packages):
                for one in vars(module).values():
                    if hasattr(one, "cache_clear") and (everything or one.cache_info().maxsize is not None):
                        one.cache_clear()


def try_stage(stage: str, tests: Path, seconds: float, files: frozenset[str] = frozenset()) -> Trial:
    """Return what the tests of a stage notice, of some of its modules if they are named.

    The stage must not have been imported before.
    """
    board = Switchboard()
    setattr(builtins, BOARD, board)
    sys.meta_path.insert(0, SwitchFinder(board, stage, files))
    remember_readings(stage)
    signal.signal(signal.SIGPROF, stop_test)
    trial = Trial(board, packages_of(stage), time.process_time() + seconds)
    pytest.main([str(tests), "-q", "--tb=no", "-p", "no:cacheprovider", "-p", "no:xdist"], plugins=[trial])
    return trial


def write_trial(stage: str, trial: Trial) -> Iterator[str]:
    """Yield the lines about a stage: each switch that no test notices, and the counts."""
    board = trial.board
    for number in trial.unnoticed:
        switch = board.switches[number]
        why = "" if number in board.reached else "  never reached"
        yield f"{switch}  {switch.kind}  {' '.join(switch.source.split())[:80]}{why}"
    by_file: dict[Path, int] = defaultdict(int)
    for number in trial.unnoticed:
        by_file[board.switches[number].file] += 1
    yield ""
    tried: dict[Path, int] = defaultdict(int)
    for switch in board.switches[: trial.tried]:
        tried[switch.file] += 1
    for file in sorted(tried):
        yield f"{by_file[file]:4} of {tried[file]:4}  {file.name}"
    if trial.failed_before:
        yield f"left out, for they fail with every switch on: {', '.join(trial.failed_before)}"
    kinds = defaultdict(list)
    for number, switch in enumerate(board.switches[: trial.tried]):
        kinds[switch.kind].append(number)
    for kind, numbers in sorted(kinds.items()):
        yield f"{len(set(numbers) & set(trial.unnoticed)):4} of {len(numbers):4}  {kind}"
    left = len(board.switches) - trial.tried
    untried = f"; {left} were not tried for want of time" if left else ""
    yield (
        f"{stage}: {len(trial.unnoticed)} of {trial.tried} rules and branches"
        f" ({share_unnoticed(trial):.1f} %) are noticed by no test{untried}"
    )


def share_unnoticed(trial: Trial) -> float:
    """Return the percentage of what was tried that no test notices."""
    return 100 * len(trial.unnoticed) / max(trial.tried, 1)


def changed_stages(ref: str) -> list[str]:
    """Return the stages with changes since a commit that have tests of their own."""
    listed = subprocess.run(
        ["git", "diff", "--name-only", ref, "--", "src/onrecord"],
        cwd=HOME, capture_output=True, text=True, check=True,
    ).stdout.split()  # fmt: skip
    folders = {folder for name in listed for folder in Path(name).parts[2:-1]}
    return [stage for stage in PIPED if stage in folders]


def run_apart(stages: Iterable[str], limit: float, seconds: float) -> int:
    """Try some stages, each in a process of its own; return the worst exit code."""
    own = [sys.executable, __file__, "--limit", str(limit), "--seconds", str(seconds)]
    return max((subprocess.run([*own, stage], cwd=HOME).returncode for stage in stages), default=0)


def main() -> int:
    """Print what no test notices; return 1 where that is more than the limit."""
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("stages", nargs="*", metavar="STAGE")
    options.add_argument("--since", metavar="REF", help="the stages with changes since this commit")
    options.add_argument("--limit", type=float, default=100, help="percent unnoticed that are allowed")
    options.add_argument("--seconds", type=float, default=3600, help="processor time for each stage")
    options.add_argument("--tests", type=Path, help="other tests than tests/stages/STAGE")
    options.add_argument("--files", nargs="+", metavar="NAME", help="only the branches of these modules")
    args = options.parse_args()
    stages = changed_stages(args.since) if args.since else args.stages
    for stage in set(args.stages) - set(PIPED):
        options.error(f"no stage {stage!r} to switch off; expected one of {', '.join(PIPED)}")
    stages = [stage for stage in stages if stage in PIPED]
    if args.files and (args.since or len(stages) != 1):
        options.error("--files names modules of one stage: give one STAGE, without --since")
    if args.since or len(stages) != 1:
        return run_apart(stages, args.limit, args.seconds)
    (stage,) = stages
    tests = args.tests or HOME / "tests" / "stages" / stage
    trial = try_stage(stage, tests, args.seconds, frozenset(args.files or ()))
    if not trial.board.switches:
        options.error(f"no branch in {', '.join(args.files or [stage])}; expected modules as rank_parties.py")
    print("\n".join(write_trial(stage, trial)))
    return int(share_unnoticed(trial) > args.limit)


if __name__ == "__main__":
    raise SystemExit(main())
