from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from pathlib import Path

import pytest

import onrecord
from onrecord.records import RawPage
from onrecord.scale import Job, code_folder
from onrecord.scale.plan_tasks import SMALL, cut_shards

DAY = "2024-03-12"


def write_pages(path: Path, texts: dict[str, str]) -> None:
    path.write_text("".join(json.dumps({"id": name, "text": text}) + "\n" for name, text in texts.items()))


def digest_folder(path: Path) -> dict[str, str]:
    """Return the digest of every file of a folder, by name."""
    return {
        str(file.relative_to(path)): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in sorted(path.rglob("*"))
        if file.is_file()
    }


@pytest.fixture
def job(tmp_path: Path) -> Job:
    texts = {f"n{n}": f"Police arrested {n} people in Paris on Monday." for n in range(2, 14)}
    write_pages(tmp_path / "in.jsonl", texts)
    return Job((str(tmp_path / "in.jsonl"),), str(tmp_path / "out"), DAY, "2017-12-11", size=5)


def test_shards_become_parts(job: Job) -> None:
    done = code_folder(job)
    assert (done.pages, done.parts, done.errors) == (12, 3, 0)
    assert len(list(Path(job.out, "parts").iterdir())) == 3


def test_nothing_new_leaves_the_folder_as_it_is(job: Job) -> None:
    code_folder(job)
    before = digest_folder(Path(job.out))
    again = code_folder(replace(job, day="2024-03-13"))
    assert (again.pages, again.known) == (0, 12)
    assert digest_folder(Path(job.out)) == before


def test_only_what_is_new_or_changed_is_coded(job: Job) -> None:
    code_folder(job)
    texts = {f"n{n}": f"Police arrested {n} people in Paris on Monday." for n in range(2, 15)}
    write_pages(Path(job.inputs[0]), texts | {"n3": "Police released three people."})
    again = code_folder(replace(job, day="2024-03-13"))
    assert (again.pages, again.known) == (2, 11)
    folder = onrecord.open_folder(job.out)
    text = "select text from pages where page = 'n3'"
    assert folder.query(text).to_pylist() == [{"text": "Police released three people."}]
    assert folder.query(text, as_of=DAY).to_pylist() == [
        {"text": "Police arrested 3 people in Paris on Monday."}
    ]
    assert folder.to_arrow("pages").num_rows == 13
    assert folder.to_arrow("pages", as_of=DAY).num_rows == 12
    assert folder.to_arrow("pages", as_of="2024-03-11").num_rows == 0


def test_a_file_that_changed_takes_the_place_of_its_old_text(tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    job = Job((str(page),), str(tmp_path / "out"), DAY)
    for text in (
        "Police arrested two people.",
        "Police arrested three people.",
        "Police arrested two people.",
    ):
        page.write_text(text)
        assert code_folder(job).pages == 1
        assert onrecord.open_folder(job.out).to_pandas("pages").text.tolist() == [text]


def test_a_page_that_raises_is_an_error_row_and_the_others_are_coded(
    job: Job, monkeypatch: pytest.MonkeyPatch
) -> None:
    from onrecord import pipeline

    def fail(draft: object) -> None:
        if "7 people" in draft.page.text:  # type: ignore[attr-defined]
            raise ValueError("no such luck")

    stages = tuple((name, fail if name == "checks" else stage) for name, stage in pipeline.STAGES)
    real = dict(pipeline.STAGES)["checks"]
    stages = tuple(
        (name, (lambda draft: fail(draft) or real(draft)) if name == "checks" else stage)
        for name, stage in pipeline.STAGES
    )
    monkeypatch.setattr(pipeline, "STAGES", stages)
    done = code_folder(job)
    assert (done.pages, done.errors) == (11, 1)
    (row,) = onrecord.open_folder(job.out).to_arrow("errors").to_pylist()
    assert row["page"] == "n7"
    assert row["reason"] == "could not be coded: ValueError: no such luck"
    assert code_folder(job).known == 12


def test_a_folder_with_other_files_is_left_alone(job: Job) -> None:
    Path(job.out).mkdir()
    Path(job.out, "letter.txt").write_text("dear all")
    with pytest.raises(onrecord.FolderError, match="holds other files"):
        code_folder(job)


def test_long_pages_are_cut_into_more_shards_than_short_ones() -> None:
    def count(texts: list[str]) -> int:
        return len(list(cut_shards([RawPage(text) for text in texts], 200)))

    assert count(["word " * 8] * 400) == 2
    assert count(["word " * 400] * 550) == 14
    assert count(["word " * 400] * 11_000) < 11_000 * 2000 / SMALL
