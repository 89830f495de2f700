from __future__ import annotations

import json
from pathlib import Path

import pytest

import onrecord
from onrecord.records import Record, record_from_dict
from onrecord.store.tables import SCHEMAS


def test_a_record_comes_back_from_its_json(sample_record: Record) -> None:
    again = record_from_dict(json.loads(sample_record.to_json()))
    assert again.to_json() == sample_record.to_json()
    assert again.events == sample_record.events
    assert again.comments == sample_record.comments


def test_a_field_of_a_later_version_is_left_alone_and_a_missing_one_is_empty(sample_record: Record) -> None:
    plain = sample_record.to_dict()
    plain["events"][0]["later"] = 1
    del plain["events"][0]["why"], plain["page"]["url"]
    again = record_from_dict(plain)
    assert again.events[0].why == ()
    assert again.page.url is None


@pytest.mark.parametrize("broken", [{}, {"schema": "onrecord/9"}, {"schema": "onrecord/1", "page": 3}])
def test_what_is_no_record_is_a_folder_error(broken: dict[str, object]) -> None:
    with pytest.raises(onrecord.FolderError):
        record_from_dict(broken)


def test_every_list_is_a_view_with_its_rows(sample_folder: Path) -> None:
    folder = onrecord.open_folder(sample_folder)
    records = list(folder.records())
    for name in ("parts", "actors", "places", "events", "statements", "refused", "comments"):
        rows = folder.to_arrow(name)
        assert rows.column_names[0] == "page"
        assert rows.num_rows == sum(len(getattr(record, name)) for record in records), name
    for name in SCHEMAS:
        assert "coding" not in folder.to_arrow(name).column_names


def test_records_come_in_the_order_of_their_ids(sample_folder: Path) -> None:
    folder = onrecord.open_folder(sample_folder)
    pages = [record.page.id for record in folder.records()]
    assert pages == sorted(pages)
    assert len(pages) == 3
    assert [record.page.id for record in folder.records(pages[:1])] == pages[:1]
    assert folder.record("nowhere") is None


def test_a_large_folder_is_sorted_slice_by_slice(
    sample_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("onrecord.store.folder.SORTED", 2)
    folder = onrecord.open_folder(sample_folder)
    pages = [record.page.id for record in folder.records()]
    assert pages == sorted(pages)
    assert sorted(record.page.id for record in folder.records_as_stored()) == pages


def test_a_broken_input_is_an_error_row(sample_folder: Path) -> None:
    (row,) = onrecord.open_folder(sample_folder).to_arrow("errors").to_pylist()
    assert row["source"].endswith("c.txt")
    assert row["reason"].startswith("empty")


def test_claims_and_stances_carry_their_comment(sample_folder: Path, sample_record: Record) -> None:
    folder = onrecord.open_folder(sample_folder)
    claims = [claim for voice in sample_record.comments for claim in voice.claims]
    assert folder.query("select count(*) as n from claims").to_pylist() == [{"n": len(claims)}]
    assert folder.to_arrow("claims").column_names[:2] == ["page", "comment"]


def test_frames_of_other_libraries(sample_folder: Path) -> None:
    folder = onrecord.open_folder(sample_folder)
    assert len(folder.to_pandas("pages")) == len(folder.to_polars("pages")) == 3


def test_wrong_use_is_named(tmp_path: Path, sample_folder: Path) -> None:
    with pytest.raises(onrecord.FolderError, match="no record folder"):
        onrecord.open_folder(tmp_path)
    folder = onrecord.open_folder(sample_folder)
    with pytest.raises(onrecord.FolderError, match="expected one of"):
        folder.to_arrow("everything")
    with pytest.raises(onrecord.FolderError, match="cannot be run"):
        folder.query("select nothing from nowhere")
