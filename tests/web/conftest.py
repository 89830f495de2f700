from __future__ import annotations

import json
import shutil
import socket
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from onrecord.records import Settings
from onrecord.scale import Job, code_folder
from onrecord.web import create_app
from onrecord.web.guard import Guard, served_hosts

HOSTILE = '<script>window.hurt = 1</script><img src=x onerror="window.hurt = 1">'
PAGES: list[dict[str, Any]] = [
    {
        "id": "raid",
        "title": "Raid near Mosul",
        "published": "2024-03-11",
        "publisher": "Coast Courier",
        "url": "https://news.example/raid",
        "text": "Rebels killed seven soldiers near Mosul, Iraq, on Sunday, the Iraqi government said.\n\n"
        "President Amos Karanja on Monday ordered the withdrawal of Kenyan troops from Somalia.\n\n"
        "The park covers 100 square kilometers (100 square miles).",
        "comments": [
            {"id": "1", "author": "ada", "text": "Russia bombed Aleppo, do not forget it."},
            {"id": "2", "author": "ben", "text": "@ada You are wrong, Russia is right to help."},
        ],
    },
    {
        "id": "raid-again",
        "title": "Soldiers killed in Iraq",
        "published": "2024-03-12",
        "publisher": "Harbour Wire",
        "text": "Rebels killed nine soldiers near Mosul, Iraq, on Sunday, an army spokesman said.",
    },
    {
        "id": "hostile \"'<b>",
        "title": HOSTILE,
        "published": "2024-03-12",
        "publisher": f"{HOSTILE} https://news.example/{'a-very-long-name-' * 9}",
        "url": "javascript:window.hurt=1",
        "text": f"Rebels killed four soldiers in Yemen on Monday. {HOSTILE} \u202egnp.exe\u202c {{{{7*7}}}}",
        "comments": [{"id": "x", "author": HOSTILE, "text": f"{HOSTILE} " + "lies " * 2000}],
    },
]


@pytest.fixture(scope="session")
def records(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A record folder of three pages, one of them hostile."""
    home = tmp_path_factory.mktemp("workbench")
    source = home / "pages.jsonl"
    source.write_text("".join(json.dumps(page) + "\n" for page in PAGES), encoding="utf-8")
    code_folder(Job((str(source),), str(home / "records"), "2024-03-13", None, Settings()))
    return home / "records"


@pytest.fixture(scope="session")
def run_app() -> Iterator[Callable[[Any], str]]:
    """A function that starts an app on a free port and returns its address."""
    import uvicorn

    running: list[tuple[uvicorn.Server, threading.Thread]] = []

    def start(app: Any) -> str:
        listening = socket.create_server(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(app, log_level="error"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        running.append((server, thread))
        while not server.started:
            time.sleep(0.02)
        return f"http://127.0.0.1:{listening.getsockname()[1]}"

    yield start
    for server, _ in running:
        server.should_exit = True
    for _, thread in running:
        thread.join(10)


@pytest.fixture(scope="session")
def serve(records: Path, run_app: Callable[[Any], str]) -> Callable[[Guard], str]:
    """A function that starts a workbench over that folder and returns its address."""
    return lambda guard: run_app(create_app(str(records), guard))


@pytest.fixture(scope="session")
def address(serve: Callable[[Guard], str]) -> str:
    """The address of a running workbench."""
    return serve(Guard(served_hosts("127.0.0.1")))


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Debian's Chromium; tests that need it are skipped where there is none."""
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None:
        pytest.skip("no chromium on this machine: install it to run the browser tests")
    from playwright.sync_api import sync_playwright

    quiet = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
    with sync_playwright() as play:
        browser = play.chromium.launch(
            executable_path=path, args=[*quiet, "--disable-sync", "--no-first-run"]
        )
        yield browser
        browser.close()


@pytest.fixture
def open_page(browser: Any) -> Iterator[Callable[..., Any]]:
    """A function that opens a browser page which notes its errors and every request beyond an address."""
    contexts = []

    def start(address: str, **options: Any) -> Any:
        context = browser.new_context(**({"viewport": {"width": 1280, "height": 900}} | options))
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.problems = []
        page.on("console", lambda m: page.problems.append(m.text) if m.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: page.problems.append(str(error)))
        page.on("request", lambda r: page.problems.append(r.url) if _leaves(r.url, address) else None)
        return page

    yield start
    for context in contexts:
        context.close()


def _leaves(url: str, address: str) -> bool:
    return not url.startswith("data:") and urlsplit(url).netloc != urlsplit(address).netloc
