"""No command takes the words of a page for markup of the terminal, and none lets them command it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onrecord.cli.main import COMMANDS, main

TRAPS = (
    "[the treaty]",
    "[/b]",
    "[bold red]",
    "[link=x]",
    ":smile:",
    "[",
    "]",
    "\\[",
    "[/]",
    "[0m",
    "[#ff0000]",
)
HIDDEN = ("\x1b[8m", "\x1b]0;title\x07", "\u202e", "\x9b2J", "\x08")
WIDE = {"COLUMNS": "2000"}
READ_PAGES = ("read", "quotes", "why", "check")
"""Commands that print words of a page which they read; the others ask a record folder, or print none."""
ASK_FOLDERS: dict[str, tuple[str, ...]] = {
    "commitments": ("DIR",),
    "doctor": ("DIR",),
    "incidents": ("DIR",),
    "quotes": ("DIR",),
    "review": ("list", "DIR"),
    "sql": ("DIR", "select page, text from pages"),
    "timeline": ("DIR", "--actor", "Velmora"),
    "unknown": ("DIR",),
}
PRINT_NO_WORDS = (
    "check-config", "code", "codebook", "compact", "demo", "eval", "export", "follow", "lexicons", "schema",
    "second", "serve",
)  # fmt: skip


def run(*args: str) -> Result:
    return CliRunner().invoke(main, list(args), env=WIDE)


def write_page(path: Path, name: str, trap: str) -> str:
    """Return a page whose id, publisher, actors, quotes, commitments and figures hold a trap."""
    row = {
        "id": name, "published": "2024-03-11", "publisher": f"Courier {trap}",
        "text": f'"It {trap} is harmful," Foreign Minister Ada Lowe said on Monday. The Velmora {trap} Front '
        f"attacked a convoy {trap} near Goma on Monday. President Amos Karanja on Monday ordered the "
        f"withdrawal of Kenyan troops from Somalia. {trap} The Velmora Front denied the report.\n\n"
        f"The park {trap} covers 100 square kilometers (100 square miles).",
    }  # fmt: skip
    path.write_text(json.dumps(row) + "\n", encoding="utf-8")
    return " ".join(str(row["text"]).split())


def folded(text: str) -> str:
    return " ".join(text.split())


def test_every_command_is_tried() -> None:
    assert {*READ_PAGES, *ASK_FOLDERS, *PRINT_NO_WORDS} == set(COMMANDS)


@pytest.mark.parametrize("command", READ_PAGES)
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(trap=st.lists(st.sampled_from(TRAPS), min_size=1, max_size=3).map("".join))
def test_a_command_prints_what_the_page_says(tmp_path: Path, command: str, trap: str) -> None:
    page = tmp_path / "page.jsonl"
    write_page(page, f"n{trap}", trap)
    done = run(command, str(page))
    assert done.exception is None or isinstance(done.exception, SystemExit), done.output
    assert done.exit_code == (command == "check"), done.output
    if command in ("read", "quotes"):
        assert folded(f"It {trap} is harmful") in folded(done.stdout)


@pytest.mark.parametrize("command", READ_PAGES)
@pytest.mark.parametrize("trap", HIDDEN)
def test_no_character_of_a_page_commands_the_terminal(tmp_path: Path, command: str, trap: str) -> None:
    page = tmp_path / "page.jsonl"
    write_page(page, f"n{trap}", trap)
    done = run(command, str(page))
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e]", done.output)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A record folder in which every trap stands in the words and the ids of pages."""
    home = tmp_path_factory.mktemp("traps")
    for number, trap in enumerate((*TRAPS, *HIDDEN)):
        write_page(home / f"{number}.jsonl", f"n{number}{trap}", trap)
    inputs = [str(path) for path in sorted(home.glob("*.jsonl"))]
    done = run("code", *inputs, "--out", str(home / "records"), "--workers", "1", "--day", "2024-03-12")
    assert done.exit_code == 0, done.output
    return str(home / "records")


@pytest.mark.parametrize("command", ASK_FOLDERS)
def test_a_folder_is_told_in_the_words_of_its_pages(folder: str, command: str) -> None:
    args = [folder if one == "DIR" else one for one in ASK_FOLDERS[command]]
    done = run(command, *args)
    assert done.exit_code == 0, done.output
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e]", done.output)
    if command in ("quotes", "sql"):
        for trap in TRAPS:
            assert folded(f"It {trap} is harmful") in folded(done.stdout)
    if command == "commitments":
        assert "n0[the treaty] 2024-03-11" in folded(done.stdout)
        assert "n1[/b] 2024-03-11" in folded(done.stdout)
