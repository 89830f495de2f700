"""No command ends in a traceback, whatever fails; each failure says where and what to do."""

from __future__ import annotations

import json
import os
import shlex
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from onrecord.cli.main import main
from onrecord.cli.tell_failure import explain_failure
from onrecord.store import open_folder

NOWHERE = "/sys/kernel/onrecord"
"""Nobody, not even root, makes a directory there."""
FULL = "/dev/full"
"""A disk without room: each write to it fails."""
ONRECORD = [sys.executable, "-c", "from onrecord.cli.main import main; main()"]
PRINTING = ("schema", "sql DIR 'select * from pages' --format csv", "codebook document")
linux = pytest.mark.skipif(not os.path.exists(FULL), reason="needs /dev/full and /sys of Linux")


def run(*args: str) -> Result:
    return CliRunner().invoke(main, list(args))


def told(done: Result) -> str:
    """Return what a command said when it failed, as a person reads it."""
    assert done.exit_code != 0
    assert done.exception is None or isinstance(done.exception, SystemExit), repr(done.exception)
    return done.stderr


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("failures") / "in.jsonl"
    row = {
        "id": "a",
        "published": "2024-03-11",
        "text": "The Velmora Front attacked a convoy near Goma on Monday.",
    }
    path.write_text(json.dumps(row) + "\n", encoding="utf-8")
    return str(path)


@pytest.fixture(scope="module")
def folder(page: str) -> str:
    out = f"{page}.records"
    done = run("code", page, "--out", out, "--workers", "1", "--day", "2024-03-12")
    assert done.exit_code == 0, done.output
    return out


@linux
@pytest.mark.parametrize("form", ["csv", "sqlite", "gdelt", "xlsx", "parquet", "webanno"])
def test_an_export_to_where_nobody_may_write(folder: str, form: str) -> None:
    assert NOWHERE in told(run("export", folder, "--to", form, "--out", f"{NOWHERE}/out"))


@linux
def test_a_record_folder_where_nobody_may_write(page: str) -> None:
    message = told(run("code", page, "--out", NOWHERE, "--workers", "1"))
    assert f"{NOWHERE}: operation not permitted; choose a place" in message


@linux
@pytest.mark.parametrize("form", ["gdelt", "jsonl", "geojson", "xlsx", "acled", "promises"])
def test_a_full_disk(folder: str, form: str) -> None:
    if form == "acled":
        assert "ASSAULT" in json.dumps(open_folder(folder).query("select act_type from events").to_pylist())
    done = run("export", folder, "--to", form, "--out", FULL)
    assert f"{FULL}: no space left on device; free some space" in told(done)


@linux
def test_a_device_is_no_sqlite_file(folder: str) -> None:
    assert "is not a regular file" in told(run("export", folder, "--to", "sqlite", "--out", FULL))
    assert Path(FULL).exists()


@linux
@pytest.mark.parametrize(
    "command", ["sql DIR 'select * from pages' --format csv", "read PAGE --format json", "schema"]
)
def test_a_full_disk_behind_standard_output(folder: str, page: str, command: str) -> None:
    args = shlex.split(command.replace("DIR", folder).replace("PAGE", page))
    with open(FULL, "w") as full:
        done = subprocess.run([*ONRECORD, *args], stdout=full, stderr=subprocess.PIPE, text=True)
    assert done.returncode == 1
    assert "no space left on device" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    "command", ["schema", "sql DIR 'select * from pages' --format csv", "codebook document"]
)
def test_a_reader_that_has_gone(folder: str, command: str) -> None:
    args = shlex.join([*ONRECORD, *shlex.split(command.replace("DIR", folder))])
    done = subprocess.run(
        ["bash", "-c", f"set -o pipefail; {args} | true"], capture_output=True, text=True, timeout=60
    )
    assert "Traceback" not in done.stderr
    assert "Exception" not in done.stderr


def test_a_port_that_is_taken(folder: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        message = told(run("serve", folder, "--port", str(port)))
    assert f"port {port} of 127.0.0.1 is taken: choose another one with --port" in message


@pytest.mark.parametrize("path", ["typo", "typo/deeper", "."])
def test_serve_opens_no_empty_workbench(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, path: str) -> None:
    monkeypatch.chdir(tmp_path)
    message = told(run("serve", path))
    assert "no such file" in message or "no record folder" in message


def test_a_folder_of_another_version(tmp_path: Path) -> None:
    (tmp_path / "onrecord.json").write_text('{"schema": "onrecord-folder/99"}')
    for command in (
        ("sql", str(tmp_path), "select 1"),
        ("incidents", str(tmp_path)),
        ("serve", str(tmp_path)),
    ):
        assert "written by another version: expected onrecord-folder/1" in told(run(*command))


@pytest.mark.parametrize("damage", [b"", b"{", b"PAR1 no parquet"])
def test_a_damaged_folder(folder: str, tmp_path: Path, damage: bytes) -> None:
    import shutil

    copy = tmp_path / "copy"
    shutil.copytree(folder, copy, ignore=shutil.ignore_patterns("links", "*.sqlite"))
    for file in copy.glob("parts/*/*.parquet"):
        file.write_bytes(damage)
    for command in (
        ("sql", str(copy), "select * from pages"),
        ("unknown", str(copy)),
        ("incidents", str(copy)),
    ):
        assert "read" in told(run(*command))


def test_inputs_that_fail_end_with_1(page: str, tmp_path: Path) -> None:
    lines = tmp_path / "lines.jsonl"
    lines.write_text(Path(page).read_text(encoding="utf-8") + "{broken\n" * 4, encoding="utf-8")
    args = ("code", str(tmp_path / "missing"), str(lines), "--out", str(tmp_path / "out"), "--workers", "1")
    message = told(run(*args))
    assert "5 inputs could not be coded" in message
    assert "missing: no such file" in message
    assert "5 inputs could not be coded" in told(run(*args)), "and so it does when they are met again"


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("blank.jsonl", "\n \n", "holds no page; expected a JSON object a line, found only blank lines"),
        (
            "list.json",
            '[{"id": "a", "text": "Rebels attacked."}]',
            "is a JSON document, not a page; expected",
        ),
        ("list", '[\n  {\n    "id": "a", "text": "x"\n  }\n]', "is a JSON document, not a page; expected"),
        ("lines.jsonl", "null\n", "line 1: expected a JSON object, found null"),
        ("lines.jsonl", '{"text": ["a"]}\n', "line 1: key 'text': expected text, found a list"),
    ],
)
def test_an_input_without_a_page_is_told(tmp_path: Path, name: str, content: str, words: str) -> None:
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    assert f"{path}" in told(run("read", str(path)))
    assert words in told(run("read", str(path)))
    assert words in told(run("code", str(path), "--out", str(tmp_path / "out"), "--workers", "1"))


def test_a_line_that_is_no_utf8_is_told(tmp_path: Path) -> None:
    path = tmp_path / "lines.jsonl"
    path.write_bytes(b'{"text": "Caf\xe9"}\n')
    assert "line 1: expected UTF-8, but byte 14 is 0xe9" in told(run("read", str(path)))


@pytest.mark.parametrize("command", ["read ''", "code '' --out OUT", "incidents ''", "code PAGE --out ''"])
def test_an_empty_name_is_no_place(page: str, tmp_path: Path, command: str) -> None:
    args = [str(tmp_path / "out") if one == "OUT" else one for one in shlex.split(command)]
    assert "'': an empty name" in told(run(*(page if one == "PAGE" else one for one in args)))


def test_a_file_is_no_record_folder(page: str) -> None:
    assert f"{page}: is a file; expected a record folder" in told(run("code", page, "--out", page))


@pytest.mark.parametrize("command", ["read PAGE", "export DIR --to csv --out OUT", "code PAGE --out OUT"])
def test_nan_is_no_confidence(folder: str, page: str, tmp_path: Path, command: str) -> None:
    places = {"PAGE": page, "DIR": folder, "OUT": str(tmp_path / "out")}
    args = [places.get(one, one) for one in (*command.split(), "--min-confidence", "nan")]
    done = run(*args)
    assert done.exit_code == 2
    assert "'nan' is not a number" in done.stderr


@linux
def test_a_workbook_whose_temporary_files_have_no_room(folder: str, tmp_path: Path) -> None:
    import resource

    args = [*ONRECORD, "export", folder, "--to", "xlsx", "--out", str(tmp_path / "out.xlsx")]
    done = subprocess.run(
        args, capture_output=True, text=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (512, 512)),
    )  # fmt: skip
    assert done.returncode == 1
    assert "check the room for temporary files" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_query_that_does_not_end_is_broken_off(folder: str) -> None:
    import signal
    import threading

    before = signal.signal(signal.SIGINT, signal.default_int_handler)  # what runs behind a shell ignores it
    clock = threading.Timer(1.0, os.kill, (os.getpid(), signal.SIGINT))
    clock.start()
    try:
        with pytest.raises(KeyboardInterrupt):
            open_folder(folder).query(
                "select count(*) from range(1000000) a, range(1000000) b, range(1000) c"
            )
    finally:
        signal.signal(signal.SIGINT, before)


def test_pages_under_one_id_are_told(page: str, tmp_path: Path) -> None:
    lines = tmp_path / "lines.jsonl"
    rows = [{"id": "twice", "text": f"Police arrested {n} people in Paris."} for n in (2, 3)]
    lines.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    done = run("code", str(lines), page, "--out", str(tmp_path / "out"), "--workers", "1")
    assert "more than one page under the same id, the last one counts: twice\n" in done.stderr
    whole = run("code", str(lines), "--out", str(tmp_path / "other"), "--workers", "1", "--format", "json")
    assert json.loads(whole.stdout)["repeated"] == ["twice"]


@pytest.mark.parametrize("size", ["lots", "3", "-2GB", ""])
def test_a_size_that_is_none(page: str, tmp_path: Path, size: str) -> None:
    done = run("code", page, "--out", str(tmp_path / "out"), "--memory", size)
    assert done.exit_code == 2
    assert "expected a size of 500MB or more, such as 2GB" in done.stderr


def test_an_actor_that_no_incident_has(folder: str) -> None:
    message = told(run("timeline", folder, "--actor", "NOBODY"))
    assert "no incident of this folder has an actor 'NOBODY'" in message
    assert "Velmora Front" in message


def test_days_the_wrong_way_round(folder: str) -> None:
    command = ("timeline", folder, "--actor", "Velmora", "--since", "2024-02-01", "--until", "2024-01-01")
    assert "--until 2024-01-01 is before --since 2024-02-01" in told(run(*command))


def test_an_error_that_nobody_expected_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    error = ZeroDivisionError("by nought")
    message = explain_failure(error).message
    assert "an error that onrecord did not expect: ZeroDivisionError: by nought" in message
    assert "ONRECORD_TRACEBACK=1" in message
    monkeypatch.setenv("ONRECORD_TRACEBACK", "1")
    with pytest.raises(ZeroDivisionError):
        explain_failure(error)
