"""A hook of MkDocs: each notebook of docs/notebooks as a page, with what its cells printed."""

from __future__ import annotations

import html
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

Json = dict[str, Any]


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Return the files of the site with a page for each notebook, which is there to download."""
    for path in sorted(Path(config.docs_dir).glob("notebooks/*.ipynb")):
        book = json.loads(path.read_text(encoding="utf-8"))
        files.append(File.generated(config, f"notebooks/{path.stem}.md", content=write_page(path.name, book)))
    return files


def write_page(name: str, book: Json) -> str:
    """Return a notebook as Markdown."""
    language = book["metadata"]["kernelspec"]["language"].lower()
    pieces = [piece for cell in book["cells"] for piece in write_cell(cell, language)]
    return "\n\n".join([*pieces, f"[Download this notebook]({name})"]) + "\n"


def write_cell(cell: Json, language: str) -> Iterator[str]:
    """Yield a cell and what it printed."""
    source = "".join(cell["source"])
    if cell["cell_type"] == "markdown":
        yield source.replace(".ipynb)", ".md)")
        return
    yield f"```{language}\n{source}\n```"
    for output in cell["outputs"]:
        yield show_output(output)


def show_output(output: Json) -> str:
    """Return an output in the best form that it has: a picture, a table, a page, or text."""
    if output["output_type"] == "stream":
        return fence("".join(output["text"]))
    data = {form: "".join(value) for form, value in output["data"].items()}
    if "image/png" in data:
        return f"![What the cell draws](data:image/png;base64,{data['image/png'].strip()})"
    if "text/html" not in data:
        return fence(data["text/plain"])
    if "<table" in data["text/html"]:
        return "<div>" + "".join(line.strip() for line in data["text/html"].splitlines()) + "</div>"
    page = html.escape(data["text/html"], quote=True).replace("\n", "&#10;")
    return f'<iframe title="What the cell shows" style="width:100%;height:22rem" srcdoc="{page}"></iframe>'


def fence(text: str) -> str:
    return f"```text\n{text.rstrip()}\n```"
