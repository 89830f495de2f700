from __future__ import annotations

import datetime
import io
import json
from pathlib import Path
from typing import Any

import pytest

import onrecord
from onrecord.records import TABLE_LISTS
from onrecord.scale import Job, code_folder


def test_every_public_name_is_there() -> None:
    for name in onrecord.__all__:
        assert getattr(onrecord, name) is not None


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'reed'"):
        _ = onrecord.reed


def test_read_takes_a_path_and_an_open_file(tmp_path: Path) -> None:
    path = tmp_path / "page.txt"
    path.write_text("Police arrested two people.")
    by_path = onrecord.read(path, published="2017-12-11")
    by_file = onrecord.read(io.BytesIO(path.read_bytes()), published=datetime.date(2017, 12, 11))
    assert by_path.page.text == by_file.page.text
    assert by_path.page.published == by_file.page.published == "2017-12-11"


def test_read_raises_what_is_wrong(tmp_path: Path) -> None:
    with pytest.raises(onrecord.InputError, match="no such file"):
        onrecord.read(tmp_path / "missing.txt")


def test_the_text_of_a_page_is_no_name_of_a_file() -> None:
    with pytest.raises(onrecord.InputError, match=r"Police arrested.*read_text"):
        onrecord.read("Police arrested two people. " * 50)


@pytest.mark.parametrize(
    ("text", "kind", "told"),
    [
        (5, "article", "text: expected str, found int"),
        (b"Police", "article", "text: expected str, found bytes"),
        ("Police left.", "story", "kind: 'story': expected article or passage"),
    ],
)
def test_what_is_no_text_is_told(text: Any, kind: str, told: str) -> None:
    with pytest.raises(onrecord.InputError, match=told):
        onrecord.read_text(text, kind=kind)


def test_read_many_keeps_order_over_batches() -> None:
    pages = [{"id": str(n), "text": f"Protesters marched in town {n}."} for n in range(70)]
    assert [record.page.id for record in onrecord.read_many(pages)] == [page["id"] for page in pages]


def test_a_record_as_data_frame_and_as_html() -> None:
    record = onrecord.read_text("Police arrested two people.", kind="passage")
    assert list(record.to_pandas("parts")["kind"]) == ["paragraph"]
    with pytest.raises(ValueError, match="no list named"):
        record.to_pandas("everything")
    assert "arrested</mark>" in record._repr_html_()


def test_dir_lists_the_public_names() -> None:
    assert dir(onrecord) == sorted(onrecord.__all__)
    assert (Path(onrecord.__file__).parent / "py.typed").exists()


def test_read_many_keeps_good_pages_beside_a_bad_one_and_names_it() -> None:
    pages: list[Any] = [
        {"id": "a", "text": "Police arrested two people."},
        {"id": "b", "text": 3},
        "no page",
        {"id": "d", "text": "Police arrested three people."},
    ]
    errors: list[onrecord.InputError] = []
    kept = [record.page.id for record in onrecord.read_many(pages, errors=errors)]
    assert kept == ["a", "d"]
    assert [str(error).partition(":")[0] for error in errors] == ["page 'b' (number 2)", "page 3"]
    told = []
    with pytest.raises(onrecord.InputError, match=r"page 'b' \(number 2\): key 'text'"):
        told.extend(record.page.id for record in onrecord.read_many(pages))
    assert told == ["a", "d"]


def test_a_record_and_a_folder_give_the_same_columns(tmp_path: Path) -> None:
    page = {
        "id": "a", "published": "2024-03-11",
        "text": 'Rebels killed seven soldiers near Mosul on Sunday, and "we will answer," Ada Lowe said.',
        "comments": [{"id": "1", "author": "ada", "text": "Russia bombed Aleppo, Russia is a liar."}],
    }  # fmt: skip
    (record,) = onrecord.read_many([page])
    source = tmp_path / "in.jsonl"
    source.write_text(json.dumps(page) + "\n", encoding="utf-8")
    code_folder(Job((str(source),), str(tmp_path / "out"), "2024-03-12"))
    folder = onrecord.open_folder(tmp_path / "out")
    for name in TABLE_LISTS:
        mine, theirs = record.to_pandas(name), folder.to_pandas(name)
        assert list(mine.columns) == list(theirs.columns), name
        assert mine.to_json() == theirs.to_json(), name
