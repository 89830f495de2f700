"""Run the notebooks of docs/notebooks and keep what they print.

usage: run_notebooks.py [--check] [NAME ...]     --check writes nothing; exit status 1 if a cell fails

A notebook runs in a folder of its own, beside the pages that it reads; a block of shell in its first cell is
run before. The kernel of R comes with Debian's r-cran-irkernel.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

HOME = Path(__file__).parent.parent / "docs" / "notebooks"
SHELL = re.compile(r"```sh\n(.*?)```", re.S)
KEPT = ("text/plain", "text/html", "image/png")
"""Forms of an output that are kept; R gives Markdown and LaTeX too."""


def main() -> int:
    names = [name for name in sys.argv[1:] if name != "--check"] or [
        path.stem for path in sorted(HOME.glob("*.ipynb"))
    ]
    for name in names:
        try:
            book = run_notebook(HOME / f"{name}.ipynb")
        except CellExecutionError as error:
            print(f"{name}.ipynb: {error}")
            return 1
        if "--check" not in sys.argv:
            nbformat.write(book, HOME / f"{name}.ipynb")
    return 0


def run_notebook(path: Path) -> nbformat.NotebookNode:
    """Return a notebook with the output of each of its cells."""
    book = nbformat.read(path, as_version=4)
    with tempfile.TemporaryDirectory() as folder:
        shutil.copy(path.parent / "pages.jsonl", folder)
        for block in SHELL.findall(book.cells[0].source):
            subprocess.run(["bash", "-ec", block], cwd=folder, check=True)
        NotebookClient(book, timeout=300, resources={"metadata": {"path": folder}}).execute()
    for cell in book.cells:
        cell.metadata.clear()
        for output in cell.get("outputs", ()):
            if "data" in output:
                output["data"] = {form: value for form, value in output["data"].items() if form in KEPT}
    return book


if __name__ == "__main__":
    sys.exit(main())
