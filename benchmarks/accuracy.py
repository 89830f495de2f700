"""Score the coder on the development sets, where they are at hand, and write docs/accuracy.md.

usage: accuracy.py [--shared ../shared] [--only codes,page]
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

from onrecord._version import __version__

DOC = Path(__file__).parent.parent / "docs" / "accuracy.md"
HEAD = """# Accuracy

Written by `make bench` (benchmarks/accuracy.py), which runs the scorers of `../shared/tools`
over the development sets of `../shared/gold`. Higher is better; every score lies between 0 and 1.

onrecord {version}.

| set | figure |
| --- | --- |
"""


def main() -> int:
    """Run the scorers; returns their exit status, or 0 where there is nothing to score with."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    options.add_argument("--shared", type=Path, default=Path("../shared"))
    options.add_argument("--only", default="")
    args = options.parse_args()
    scorer = args.shared / "tools" / "score_all.py"
    if not scorer.exists():
        print(f"no scorers in {args.shared}: accuracy was not measured")
        return 0
    command = [sys.executable, str(scorer), "--onrecord", str(Path(sys.executable).with_name("onrecord"))]
    done = subprocess.run([*command, "--only", args.only], stdout=subprocess.PIPE, text=True, check=False)
    print(done.stdout)
    rows = [line.split(None, 1) for line in done.stdout.splitlines() if line.strip()]
    table = "".join(f"| {name} | {figure.split('   (')[0].strip()} |\n" for name, figure in rows)
    if not args.only:
        DOC.write_text(HEAD.format(version=__version__) + table, encoding="utf-8")
    return done.returncode


if __name__ == "__main__":
    sys.exit(main())
