"""Files that users write: each fault is told with file, line and key, and with what would be right."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from onrecord.cli.main import main
from onrecord.codebooks.check_config import check_config
from onrecord.errors import LexiconError
from onrecord.lexicons.actor_files import load_actor_file

DOCS = Path(__file__).parents[2] / "docs"
BLOCK = re.compile(r"```toml\n(.*?)```", re.S)


def run(*args: str) -> Result:
    return CliRunner().invoke(main, list(args))


@pytest.fixture
def write(tmp_path: Path) -> object:
    def made(text: str, name: str = "mine.toml") -> str:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return str(path)

    return made


ENTRY = "[[entry]]\nkey = 'a'\ncode = '090'\nverbs = ['audit']\n"
GOOD = '[[actor]]\nname = "Harbour Front"\n'


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        (GOOD + 'country = "KENYA"', 3, "key 'country': 'KENYA' is not a country code; expected .* 'KEN'"),
        (GOOD + 'country = "gb"', 3, "'gb' is not a country code; expected .* 'GBR'"),
        (GOOD + 'country = "KEM"', 3, "expected an ISO .* did you mean '.*' or '"),
        (GOOD + 'sector = "REBELS"', 3, "key 'sector': 'REBELS' is not a sector; expected one of .*REB"),
        (GOOD + 'sektor = "REB"', 3, "key 'sektor': is not known here; did you mean 'sector'"),
        (GOOD + 'aliases = "HF"', 3, r"key 'aliases': expected a list of names .* found 'HF'"),
        (GOOD + 'type = "army"', 3, "'army' is not a type of actor; expected one of organization"),
        (GOOD + 'start = "soon"', 3, "'soon' is not a valid date"),
        (GOOD + "start = 2020-01-01\nend = '2019-01-01'", 4, "2019-01-01 is before the start, 2020-01-01"),
        (GOOD + "cameo = 2020-01-01", 3, "key 'cameo': expected a text in quotes, found 2020-01-01"),
        (GOOD + "note = [true]", 3, r"key 'note': expected a text in quotes, found \[true\]"),
        ("[[actor]]\nname = 2020-01-01", 2, "key 'name': expected a text in quotes, found 2020-01-01"),
        ('[[actor]]\nname = "Harbour\\nFront"', 2, r"'Harbour\\nFront' is more than one line"),
        (GOOD + 'cameo = "ken"', 3, "'ken' is not a CAMEO code"),
        (GOOD + "\n[[actor]]\nsector = 'REB'", 4, "key 'name': is missing"),
        (GOOD + "name2 = 3", 3, "key 'name2'"),
        ("[actor]\nname = 'x'", 1, r"write each actor as a table of its own, \[\[actor\]\]"),
        (GOOD + "\n[[actors]]\nname = 'x'", 4, "unknown table or key 'actors'"),
    ],
)
def test_a_fault_of_an_actor_file_is_told(write: object, text: str, line: int, words: str) -> None:
    path = write(text)  # type: ignore[operator]
    kind, problems = check_config(path)
    assert kind == "actors"
    assert any(re.search(rf"^{re.escape(path)}:{line}: .*{words}", problem) for problem in problems), problems
    with pytest.raises(LexiconError, match=words):
        load_actor_file(path)
    done = run("read", path, "--actors", path)
    assert done.exit_code == 1
    assert re.search(words, done.stderr)


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        (
            "minutes = 'x'\n[[feed]]\naddress = 'https://news.example/rss'",
            1,
            "key 'minutes': expected a number",
        ),
        ("[[feed]]\naddress = 'ftp://x'", 2, "feed 1: ftp://x"),
        (
            "[[feed]]\naddress = 'https://news.example/rss'\npages = 'no'",
            3,
            "key 'pages': expected true or false",
        ),
        ("[[entry]]\nkey = 'a'\ncode = '090'\nverb = ['audit']", 4, "unknown key 'verb'"),
        ("[[entry]]\nkey = 'a'\ncode = '09x'\nverbs = ['audit']", 1, "code '09x' is no CAMEO code"),
        (ENTRY + "yes = 'They audited it.'", 5, "key 'yes': expected a list of sentences, found 'They"),
        (ENTRY + "no = [3]", 5, "key 'no': expected a list of sentences, found [3]"),
        (ENTRY + "note = {a = 1}", 5, "key 'note': expected a text in quotes, found a table"),
        (ENTRY + "bare = 'maybe'", 5, "key 'bare': expected true or false, found 'maybe'"),
        ("[[class]]\nkey = 'a'\nwords = 3", 3, "class 1 (a), key 'words': expected a list"),
    ],
)
def test_a_fault_of_a_feed_list_or_a_codebook_is_told(
    write: object, text: str, line: int, words: str
) -> None:
    path = write(text)  # type: ignore[operator]
    done = run("check-config", path)
    assert done.exit_code == 1
    assert re.search(rf"^{re.escape(path)}:{line}: .*{re.escape(words)}", done.stderr, re.M), done.stderr


@pytest.mark.parametrize("text", ["[[actor]\n", "name = x\n", "\x00"])
def test_what_is_no_toml_is_told_with_its_line(write: object, text: str) -> None:
    path = write(text)  # type: ignore[operator]
    done = run("check-config", path)
    assert done.exit_code == 1
    assert re.search(r"not valid TOML: .*line 1", done.stderr)


def test_a_file_of_none_of_the_kinds_is_told(write: object) -> None:
    done = run("check-config", write("[[thing]]\na = 1"), "nowhere.toml")  # type: ignore[operator]
    assert done.exit_code == 1
    assert "holds none of the tables that onrecord reads" in done.stderr
    assert "no file at nowhere.toml" in done.stderr


@pytest.mark.parametrize("guide", ["guides/actors.md", "guides/feeds.md", "codebook.md"])
def test_the_files_of_the_guides_are_in_order(write: object, guide: str) -> None:
    blocks = BLOCK.findall((DOCS / guide).read_text(encoding="utf-8"))
    whole = [block for block in blocks if "[[" in block]
    assert whole
    for number, block in enumerate(whole):
        path = write(block, f"{number}.toml")  # type: ignore[operator]
        kind, problems = check_config(path)
        assert not [one for one in problems if "has no sentence to try" not in one], (kind, problems)


def test_the_actors_of_the_guide_are_found(write: object) -> None:
    (block,) = BLOCK.findall((DOCS / "guides" / "actors.md").read_text(encoding="utf-8"))
    page = Path(write("The Harbour Front attacked a convoy near Goma on Monday.", "page.txt"))  # type: ignore[operator]
    done = run("read", str(page), "--actors", write(block), "--format", "jsonl")  # type: ignore[operator]
    assert '"country": "KEN", "sector": "REB"' in done.stdout


def test_a_mark_at_the_head_of_a_file_is_no_fault(write: object) -> None:
    assert check_config(write("\ufeff" + GOOD)) == ("actors", ())  # type: ignore[operator]


def test_a_file_that_is_no_utf8_is_told(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_bytes(b'[[actor]]\nname = "Caf\xe9"')
    assert "byte 22 is 0xe9; save the file as UTF-8" in run("check-config", str(path)).stderr


@pytest.mark.parametrize("option", ["--actors", "--codebook"])
@pytest.mark.parametrize(
    ("name", "text"), [("mine.toml", ""), ("mine.toml", "actor = []"), ("mine.txt", "x")]
)
def test_a_file_that_adds_nothing_is_told_where_it_is_used(
    write: object, option: str, name: str, text: str
) -> None:
    page = write("Police arrested two reporters.", "page.txt")  # type: ignore[operator]
    done = run("read", page, option, write(text, name))  # type: ignore[operator]
    assert done.exit_code == 1
    assert re.search("holds no|no actor was read|unknown table or key 'actor'|not valid TOML", done.stderr)


def test_a_codebook_without_acts_is_not_in_order(write: object) -> None:
    path = write("")  # type: ignore[operator]
    for command in ("check", "test"):
        done = run("codebook", command, path)
        assert done.exit_code == 1
        assert "holds no [[entry]]" in done.stderr


def test_what_is_no_verb_dictionary_is_told(write: object) -> None:
    done = run("codebook", "import", write("\x1b[8m some words\n", "verbs.txt"))  # type: ignore[operator]
    assert done.exit_code == 1
    assert "no verb was read; expected a PETRARCH or TABARI verb dictionary" in done.stderr
