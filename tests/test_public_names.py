from __future__ import annotations

import datetime
import io
from pathlib import Path

import pytest

import onrecord


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


def test_read_many_keeps_order_over_batches() -> None:
    pages = [{"id": str(n), "text": f"Protesters marched in town {n}."} for n in range(70)]
    assert [record.page.id for record in onrecord.read_many(pages)] == [page["id"] for page in pages]


def test_a_record_as_data_frame_and_as_html() -> None:
    record = onrecord.read_text("Police arrested two people.", kind="passage")
    assert list(record.to_pandas("parts")["kind"]) == ["paragraph"]
    with pytest.raises(ValueError, match="no list named"):
        record.to_pandas("everything")
    assert "arrested</mark>" in record._repr_html_()
