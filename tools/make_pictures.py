"""Take all pictures of the documentation anew: the workbench in Chromium, the sample page on a terminal.

usage: make_pictures.py [--out docs] [NAME ...]

The pages are invented: those of the notebooks, and 160 of benchmarks/make_pages.py. Chromium is Debian's.
"""

from __future__ import annotations

import argparse
import io
import json
import shutil
import socket
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "benchmarks"))

from make_pages import make_pages  # noqa: E402
from rich.console import Console  # noqa: E402

from onrecord import read_text  # noqa: E402
from onrecord.exports.terminal import print_reading  # noqa: E402
from onrecord.records import Settings  # noqa: E402
from onrecord.samples import SAMPLE_DAY, sample_page  # noqa: E402
from onrecord.scale import Job, code_folder  # noqa: E402
from onrecord.web import create_app  # noqa: E402
from onrecord.web.guard import Guard, served_hosts  # noqa: E402

WIDE, PHONE = (1280, 800), (390, 844)
PAGES = 160
DAY = "2024-07-01"


@dataclass(frozen=True, slots=True)
class Picture:
    """A view, and how it is looked at."""

    name: str
    path: str
    size: tuple[int, int] = WIDE
    scheme: str = "light"
    act: Callable[[Any], None] = lambda page: None
    """What is done on the page before the picture is taken."""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("names", nargs="*", metavar="NAME")
    parser.add_argument("--out", type=Path, default=ROOT / "docs")
    args = parser.parse_args()
    if not args.names or "demo" in args.names:
        draw_terminal(args.out / "demo.svg")
    with tempfile.TemporaryDirectory() as home, serve(code_pages(Path(home))) as address:
        take_pictures(address, args.out / "workbench", args.names)
    return 0


def draw_terminal(path: Path) -> None:
    """Write the reading of the sample page as an SVG of a terminal."""
    console = Console(record=True, width=130, file=io.StringIO(), markup=False, emoji=False, highlight=False)
    print_reading(read_text(sample_page(), published=SAMPLE_DAY), console)
    path.write_text(console.export_svg(title="onrecord demo", unique_id="onrecord-demo"), encoding="utf-8")


def code_pages(home: Path) -> Path:
    """Return a record folder of invented pages."""
    source = home / "pages.jsonl"
    notebook = (ROOT / "docs" / "notebooks" / "pages.jsonl").read_text(encoding="utf-8")
    rows = (json.dumps(row, ensure_ascii=False) + "\n" for row in make_pages(PAGES))
    source.write_text(notebook + "".join(rows), encoding="utf-8")
    code_folder(Job((str(source),), str(home / "news"), DAY, None, Settings()))
    return home / "news"


@contextmanager
def serve(folder: Path) -> Iterator[str]:
    """Run the workbench over a folder; give its address."""
    import uvicorn

    listening = socket.create_server(("127.0.0.1", 0))
    app = create_app(str(folder), Guard(served_hosts("127.0.0.1")))
    server = uvicorn.Server(uvicorn.Config(app, log_level="error"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.05)
    yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    server.should_exit = True
    thread.join()


def name_pictures(page: Any, address: str) -> tuple[Picture, ...]:
    """Return the pictures, with what the folder holds in their addresses."""
    ask = lambda path: page.request.get(address + path).json()  # noqa: E731
    incidents = ask("/incidents.json?type=ASSAULT")
    incident = max(incidents, key=lambda row: (row["conflicts"], row["reports"]))["id"]
    actor = ask("/actors.json")[0]["name"]
    return (
        Picture("overview", "/"),
        Picture("overview-dark", "/", scheme="dark"),
        Picture("events", "/events?type=ASSAULT&type=COERCE&sort=-confidence"),
        Picture("page", "/page/raid-courier", act=lambda p: p.locator("[data-row=e1]").hover()),
        Picture("incident", f"/incident/{incident}"),
        Picture("timeline", "/timeline?by=week"),
        Picture("map", "/map", scheme="dark"),
        Picture("network", "/network"),
        Picture("actor", f"/actor/{actor}"),
        Picture("search", "/search?text=soldiers"),
        Picture("queue", "/queue", act=judge_some),
        Picture("correct", "/queue", act=lambda p: p.keyboard.press("c")),
        Picture("review", "/review"),
        Picture("sql", "/sql?q=select+plover_type,+status,+count(*)+as+events+from+events+group+by+all"),
        Picture("phone", "/events", PHONE),
        Picture("phone-dark", "/", PHONE, "dark"),
    )


def judge_some(page: Any) -> None:
    """Judge some events of the queue, so that there is something to show."""
    for key in "aaxa":
        before = page.locator("#item").get_attribute("data-shown")
        page.keyboard.press(key)
        page.wait_for_selector(f'#item:not([data-shown="{before}"])')
    page.wait_for_selector("#state:text-is('Saved')")


def take_pictures(address: str, home: Path, names: list[str]) -> None:
    """Write each picture as PNG."""
    from playwright.sync_api import sync_playwright

    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None:
        raise SystemExit("no chromium on this machine: install it to take the pictures")
    home.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        context = browser.new_context()
        page = context.new_page()
        page.goto(f"{address}/queue")
        page.fill("#by", "ada")
        page.keyboard.press("Enter")
        page.wait_for_selector("#item:not([hidden])")
        for one in name_pictures(page, address):
            if names and one.name not in names:
                continue
            width, height = one.size
            page.set_viewport_size({"width": width, "height": height})
            page.emulate_media(color_scheme=one.scheme)
            page.goto(address + one.path, wait_until="networkidle")
            one.act(page)
            page.screenshot(path=home / f"{one.name}.png")
            print(home / f"{one.name}.png")
        browser.close()


if __name__ == "__main__":
    sys.exit(main())
