"""Kill `onrecord code` at random moments, resume it, and compare the folder with an undisturbed one.

usage: kill.py [--kills 20] [--pages 400] [--workers 2] [--seed 1]

Each killed run is ended with SIGKILL, as the machine would: one in four at any moment, the others at a
moment of the coding itself, after the run has finished a part of its own. When a run comes to its end
before the blow, its folder is compared byte by byte, and the next one begins, until the kills are used up.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from make_pages import make_pages

DAY = "2024-03-12"
LATE = 0.75
"""Share of the runs that are killed while they code."""


def digest_folder(path: Path) -> dict[str, str]:
    """Return the digest of every file of a folder, by name."""
    return {
        str(file.relative_to(path)): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in sorted(path.rglob("*"))
        if file.is_file()
    }


def start(source: Path, out: Path, workers: int) -> subprocess.Popen[bytes]:
    """Start a run of the command line as a user would."""
    call = "from onrecord.cli.main import main; main()"
    args = ["code", str(source), "--out", str(out), "--workers", str(workers)]
    args += ["--pages-per-part", "20", "--day", DAY]
    return subprocess.Popen([sys.executable, "-c", call, *args], stdout=subprocess.DEVNULL)


def count_parts(out: Path) -> int:
    """Return how many parts of a folder are whole."""
    return len(list((out / "parts").glob("*"))) if (out / "parts").exists() else 0


def wait_for_part(run: subprocess.Popen[bytes], out: Path, before: int) -> None:
    """Return once a run has finished a part, or ended."""
    while run.poll() is None and count_parts(out) <= before:
        time.sleep(0.02)


def main() -> None:
    """Print how many kills were survived, and whether each finished folder was the same."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    options.add_argument("--kills", type=int, default=20)
    options.add_argument("--pages", type=int, default=400)
    options.add_argument("--workers", type=int, default=2)
    options.add_argument("--seed", type=int, default=1)
    args = options.parse_args()
    dice = random.Random(args.seed)
    home = Path(tempfile.mkdtemp(prefix="onrecord-kill-"))
    source = home / "pages.jsonl"
    rows = make_pages(args.pages, args.seed)
    source.write_text("".join(json.dumps(row) + "\n" for row in rows) + "{broken\n", encoding="utf-8")
    begin = time.perf_counter()
    run = start(source, home / "whole", args.workers)
    wait_for_part(run, home / "whole", 0)
    first = time.perf_counter() - begin
    run.wait()
    whole = time.perf_counter() - begin
    expected = digest_folder(home / "whole")
    print(f"undisturbed: {whole:.1f} s, {count_parts(home / 'whole')} parts", flush=True)
    kills = folders = same = 0
    while kills < args.kills:
        out = home / "killed"
        shutil.rmtree(out, ignore_errors=True)
        done = False
        while not done:
            run = start(source, out, args.workers)
            before, moment, is_late = count_parts(out), None, False
            if kills < args.kills:
                is_late = dice.random() < LATE
                moment = dice.uniform(0.0, whole - first if is_late else whole)
                if is_late:
                    wait_for_part(run, out, before)
            try:
                run.wait(timeout=moment)
                done = True
            except subprocess.TimeoutExpired:
                run.kill()
                run.wait()
                kills += 1
                after = "first part" if is_late else "start"
                told = f"kill {kills}: {moment:.1f} s after {after}, parts {before} -> {count_parts(out)}"
                print(told, flush=True)
        folders += 1
        same += digest_folder(out) == expected
    print(f"{kills} kills over {folders} folders, of which {same} are byte-identical to the undisturbed one")
    shutil.rmtree(home)
    sys.exit(0 if same == folders else 1)


if __name__ == "__main__":
    main()
