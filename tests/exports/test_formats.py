"""Each format is written from a small folder and read back with a stock reader of that format."""

from __future__ import annotations

import csv
import json
import re
import sqlite3
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as xml

import pytest
from click.testing import CliRunner
from web_anno_tsv import open_web_anno_tsv

from onrecord.cli.main import main
from onrecord.exports.formats import FORMATS, Order, export_folder
from onrecord.exports.formats.write_acled import ACLED_COLUMNS, UCDP_COLUMNS
from onrecord.exports.formats.write_annotated import name_file
from onrecord.exports.formats.write_icews import ICEWS_COLUMNS, POLECAT_COLUMNS
from onrecord.records import Record, Span, record_from_dict
from onrecord.store import Folder, open_folder

PAGES: list[dict[str, Any]] = [
    {
        "id": "raid",
        "title": '=HYPERLINK("http://example.org")',
        "published": "2024-03-11",
        "publisher": "Coast Courier",
        "url": "https://news.example/raid",
        "text": "Rebels killed seven soldiers near Mosul, Iraq, on Sunday, the Iraqi government said.\n\n"
        "President Amos Karanja on Monday ordered the withdrawal of Kenyan troops from Somalia.",
        "comments": [{"id": "7", "author": "=cmd", "text": "Russia bombed Aleppo, do not forget it 🙂."}],
    },
    {
        "id": "area",
        "published": "2024-03-12",
        "text": "The park covers 100 square kilometers (100 square miles), 🙂 the ministry said.\n\n"
        "Turkish jets bombed Kurdish fighters in Syria on Tuesday.",
    },
]
OWN_WORDS = ("Rebels killed", "Turkish jets bombed", "HYPERLINK")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Folder:
    """A record folder of two pages."""
    home = tmp_path_factory.mktemp("exports")
    source = home / "pages.jsonl"
    source.write_text("".join(json.dumps(page) + "\n" for page in PAGES), encoding="utf-8")
    result = CliRunner().invoke(
        main, ["code", str(source), "--out", str(home / "records"), "--day", "2024-03-13"]
    )
    assert result.exit_code == 0, result.output
    return open_folder(home / "records")


@pytest.fixture
def written(folder: Folder, tmp_path: Path) -> Any:
    """A function that writes a format and returns its path."""

    def write(form: str, text: bool = True) -> Path:
        target = tmp_path / f"{form}{'' if text else '-bare'}"
        assert export_folder(Order(folder, target, text), form) > 0
        return target

    return write


def _events(folder: Folder) -> list[dict[str, Any]]:
    return folder.query("select * from events order by page, trigger_start").to_pylist()


def test_csv_opens_in_pandas_and_runs_nothing(folder: Folder, written: Any) -> None:
    import pandas

    target = written("csv")
    rows = pandas.read_csv(target / "event_rows.csv")
    assert len(rows) == len(_events(folder)) > 2
    assert set(rows["codebook"]) == set(folder.to_pandas("pages")["codebook"])
    for file in target.glob("*.csv"):
        with file.open(encoding="utf-8", newline="") as lines:
            cells = [cell for row in csv.reader(lines) for cell in row]
        assert not [cell for cell in cells if cell.startswith(("=", "@", "+"))]
    assert pandas.read_csv(target / "pages.csv")["title"].tolist().count("'" + PAGES[0]["title"]) == 1


def test_tsv_opens_in_duckdb(folder: Folder, written: Any) -> None:
    import duckdb

    rows = duckdb.sql(f"select count(*) from read_csv('{written('tsv')}/events.tsv', delim='\t')").fetchall()
    assert rows[0][0] == len(_events(folder))


def test_parquet_opens_in_polars(folder: Folder, written: Any) -> None:
    import polars

    rows = polars.read_parquet(written("parquet") / "events.parquet")
    assert rows["cameo"].to_list() == folder.to_arrow("events")["cameo"].to_pylist()


def test_sqlite_opens(folder: Folder, written: Any) -> None:
    with sqlite3.connect(written("sqlite")) as database:
        assert database.execute("select count(*) from events").fetchone() == (len(_events(folder)),)
        assert database.execute("pragma integrity_check").fetchone() == ("ok",)
    database.close()


def test_xlsx_opens_in_openpyxl_without_formulas(folder: Folder, written: Any) -> None:
    import openpyxl

    made: Path = written("xlsx")
    target = made.rename(made.with_suffix(".xlsx"))
    book = openpyxl.load_workbook(target)
    assert book["events"].max_row == len(_events(folder)) + 1
    kinds = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row}
    assert "f" not in kinds
    book.close()


def test_jsonl_gives_the_records_back(folder: Folder, written: Any) -> None:
    lines = written("jsonl").read_text(encoding="utf-8").splitlines()
    assert [record_from_dict(json.loads(line)) for line in lines] == list(folder.records())


def test_gdelt_has_its_columns(written: Any) -> None:
    events = [line.split("\t") for line in written("gdelt").read_text(encoding="utf-8").splitlines()]
    mentions = [
        line.split("\t") for line in written("gdelt-mentions").read_text(encoding="utf-8").splitlines()
    ]
    assert {len(row) for row in events} == {61}
    assert {len(row) for row in mentions} == {16}
    assert {row[0] for row in mentions} == {row[0] for row in events}
    raid = next(row for row in events if row[60] == "https://news.example/raid" and row[28] == "19")
    assert (raid[1], raid[29], raid[51], raid[53]) == ("20240310", "4", "4", "IZ")
    assert all(row[26].startswith(row[28]) and row[27] == row[26][:3] for row in events)


@pytest.mark.parametrize(("form", "columns"), [("icews", ICEWS_COLUMNS), ("polecat", POLECAT_COLUMNS)])
def test_tabbed_data_sets_open_in_pandas(written: Any, form: str, columns: tuple[str, ...]) -> None:
    import pandas

    rows = pandas.read_csv(written(form), sep="\t", quoting=csv.QUOTE_NONE, dtype=str, keep_default_na=False)
    assert tuple(rows.columns) == columns
    assert len(rows) > 2


@pytest.mark.parametrize(("form", "columns"), [("acled", ACLED_COLUMNS), ("ucdp", UCDP_COLUMNS)])
def test_conflict_data_sets_open_in_pandas(written: Any, form: str, columns: tuple[str, ...]) -> None:
    import pandas

    rows = pandas.read_csv(written(form))
    assert tuple(rows.columns) == columns
    dead = rows["fatalities"] if form == "acled" else rows["best"]
    assert 7 in set(dead)


def test_an_order_is_no_row_of_acled(written: Any) -> None:
    notes = written("acled").read_text(encoding="utf-8")
    assert "ordered the withdrawal" not in notes


def test_plover_has_what_the_manual_asks_for(written: Any) -> None:
    for line in written("plover").read_text(encoding="utf-8").splitlines():
        event = json.loads(line)
        assert {"id", "date", "event"} <= event.keys()
        assert isinstance(event["actor"], list)
        assert event["coder"].startswith("onrecord ")


def test_promises_have_the_order(written: Any) -> None:
    with written("promises").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    (order,) = [row for row in rows if row["kind"] == "order"]
    assert order["by"] == "Amos Karanja"
    assert order["by_code"].endswith("GOV")
    assert (order["status"], order["act"]) == ("ordered", "RETREAT/withdraw")
    assert order["text"] == "the withdrawal of Kenyan troops from Somalia"


def test_geojson_opens(written: Any) -> None:
    import geojson

    collection = geojson.loads(written("geojson").read_text(encoding="utf-8"))
    assert collection.is_valid
    assert {feature.properties["place_precision"] for feature in collection.features} <= {
        "point", "city", "region", "country",
    }  # fmt: skip


def test_graphml_opens_in_networkx(folder: Folder, written: Any) -> None:
    import networkx

    graph = networkx.read_graphml(written("graphml"))
    pairs = sum(len(event["sources"]) * len(event["targets"]) for event in _events(folder))
    assert graph.is_directed()
    assert sum(data["events"] for _, _, data in graph.edges(data=True)) == pairs > 0


def test_claims_say_what_does_not_add_up(written: Any) -> None:
    graph = json.loads(written("claims").read_text(encoding="utf-8"))
    assert graph["@context"] == "https://schema.org"
    assert {node["@type"] for node in graph["@graph"]} == {"Claim", "ClaimReview"}


def test_annotations_quote_their_page(folder: Folder, written: Any) -> None:
    page = json.loads(written("annotations").read_text(encoding="utf-8"))
    texts = {f"urn:onrecord:{r.page.id}": r.page.text for r in folder.records()}
    texts["https://news.example/raid"] = texts["urn:onrecord:raid"]
    for item in page["items"]:
        for target in item["target"]:
            position, quote = target["selector"]
            assert texts[target["source"]][position["start"] : position["end"]] == quote["exact"]


def test_brat_offsets_quote_their_text(written: Any) -> None:
    target = written("brat")
    text = (target / "raid.txt").read_text(encoding="utf-8")
    lines = (target / "raid.ann").read_text(encoding="utf-8").splitlines()
    assert {line[0] for line in lines} == {"T", "E", "A"}
    for line in lines:
        if line[0] == "T":
            _, where, words = line.split("\t")
            pieces = [piece.split() for piece in where.split(" ", 1)[1].split(";")]
            assert " ".join(text[int(start) : int(end)] for start, end in pieces) == words


def test_webanno_counts_in_utf16(written: Any) -> None:
    lines = (written("webanno") / "area.tsv").read_text(encoding="utf-8").splitlines()
    assert lines[0] == "#FORMAT=WebAnno TSV 3.3"
    text = PAGES[1]["text"].encode("utf-16-le")
    for cells in (line.split("\t") for line in lines if line[:1].isdigit()):
        start, end = map(int, cells[1].split("-"))
        assert text[2 * start : 2 * end].decode("utf-16-le") == cells[2]


def test_prodigy_spans_lie_in_their_text(written: Any) -> None:
    import spacy

    blank = spacy.blank("en")
    tasks = [json.loads(line) for line in written("prodigy").read_text(encoding="utf-8").splitlines()]
    for task in tasks:
        doc = blank(task["text"])
        for span in task["spans"]:
            assert doc.char_span(span["start"], span["end"], alignment_mode="expand") is not None


@pytest.mark.filterwarnings(
    "ignore:ConjunctiveGraph is deprecated:DeprecationWarning"
)  # of rdflib, in mlcroissant
def test_croissant_describes_its_table(written: Any) -> None:
    import mlcroissant

    target = written("croissant")
    data = mlcroissant.Dataset(jsonld=target / "croissant.json")
    assert not data.metadata.ctx.issues.errors
    with (target / "event_rows.csv").open(encoding="utf-8", newline="") as file:
        header = next(csv.reader(file))
    assert [field.name for field in data.metadata.record_sets[0].fields] == header


def test_datacite_is_dated(written: Any) -> None:
    about = json.loads(written("datacite").read_text(encoding="utf-8"))
    assert about["dates"] == [{"date": "2024-03-11/2024-03-12", "dateType": "Collected"}]


@pytest.mark.parametrize("form", [form.name for form in FORMATS])
def test_text_can_be_left_out(folder: Folder, tmp_path: Path, form: str) -> None:
    target = tmp_path / "bare"
    result = CliRunner().invoke(
        main, ["export", folder.disk.name, "--to", form, "--out", str(target), "--no-text"]
    )
    if form in ("brat", "webanno", "prodigy"):
        assert result.exit_code == 1
        assert "holds the text itself" in result.output
        return
    assert result.exit_code == 0, result.output
    files = [target] if target.is_file() else sorted(target.iterdir())
    for file in files:
        data = file.read_bytes()
        if file.suffix != ".parquet" and form not in ("xlsx",):
            assert not [words for words in OWN_WORDS if words.encode() in data], file.name


def test_every_format_is_listed_and_sorted() -> None:
    names = [form.name for form in FORMATS]
    assert names == sorted(names)
    shown = CliRunner().invoke(main, ["export", "--formats"]).output
    assert [line.split()[0] for line in shown.splitlines()] == names


def test_a_wrong_format_is_told(folder: Folder, tmp_path: Path) -> None:
    result = CliRunner().invoke(
        main, ["export", folder.disk.name, "--to", "csvv", "--out", str(tmp_path / "x")]
    )
    assert result.exit_code == 1
    assert "no format 'csvv': expected one of acled" in result.output


def test_graphml_is_plain_xml(written: Any) -> None:
    assert xml.parse(written("graphml")).getroot().tag.endswith("graphml")


def test_events_can_be_told_once_each(folder: Folder, tmp_path: Path) -> None:
    """Of two reports of one raid an export of incidents has one row, with the number most reports give."""
    pages = [PAGES[0] | {"id": f"raid-{n}", "comments": [], "publisher": f"Post {n}"} for n in range(2)]
    source, home = tmp_path / "two.jsonl", tmp_path / "two"
    source.write_text("".join(json.dumps(page) + "\n" for page in pages), encoding="utf-8")
    code = CliRunner().invoke(main, ["code", str(source), "--out", str(home), "--day", "2024-03-13"])
    assert code.exit_code == 0, code.output
    counts = {}
    for unit in ("reports", "incidents"):
        target = tmp_path / f"{unit}.csv"
        call = ["export", str(home), "--to", "ucdp", "--out", str(target), "--unit", unit]
        assert CliRunner().invoke(main, call).exit_code == 0
        counts[unit] = len(target.read_text(encoding="utf-8").splitlines()) - 1
    assert counts == {"reports": 2, "incidents": 1}


def test_a_format_that_counts_no_events_takes_no_incidents(folder: Folder, tmp_path: Path) -> None:
    call = ["export", folder.disk.name, "--to", "brat", "--out", str(tmp_path / "b"), "--unit", "incidents"]
    done = CliRunner().invoke(main, call)
    assert done.exit_code == 1
    assert "brat does not count events" in done.output


def _rows_of(form: str, text: str) -> int:
    header = {"polecat": 1, "icews": 1, "acled": 1, "ucdp": 1}.get(form, 0)
    return len(text.splitlines()) - header


@pytest.fixture(scope="module")
def mixed(tmp_path_factory: pytest.TempPathFactory) -> Folder:
    """A folder with an undated page, events without a place or denied, ids that would give one file name."""
    home = tmp_path_factory.mktemp("mixed")
    source = home / "pages.jsonl"
    rows = [
        {
            "id": "a/b",
            "text": "Rebels killed seven soldiers near Mosul, Iraq. Iran denied arming the rebels.",
        },
        {"id": "a_b", "published": "2024-03-11", "text": "Rebels killed nine soldiers near Mosul, Iraq."},
        {"id": "nowhere", "published": "2024-03-11", "text": "Rebels shelled a school."},
        {
            "id": "..",
            "published": "2024-03-11",
            "text": "  \\ Police [in] Oslo_ arrested two men.\n\n\n\n\tA|B; *c* 🙂",
        },
    ]
    source.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    done = CliRunner().invoke(main, ["code", str(source), "--out", str(home / "out"), "--day", "2024-03-13"])
    assert done.exit_code == 0, done.output
    return open_folder(home / "out")


@pytest.mark.parametrize("form", ["polecat", "plover", "gdelt", "gdelt-mentions", "acled", "ucdp", "geojson"])
def test_an_export_tells_what_it_leaves_out(mixed: Folder, tmp_path: Path, form: str) -> None:
    target = tmp_path / "out"
    done = CliRunner().invoke(main, ["export", mixed.disk.name, "--to", form, "--out", str(target)])
    assert done.exit_code == 0, done.output
    written = int(re.search(r": (\d+) rows? written", done.stderr)[1])  # type: ignore[index]
    left = sum(int(count) for count in re.findall(r"^left out: .* \((\d+)\)$", done.stderr, re.M))
    assert written + left == len(_events(mixed))
    assert left > 0
    if form != "geojson":
        assert written == _rows_of(form, target.read_text(encoding="utf-8"))
        assert (
            "without a date" in done.stderr or "no assault" in done.stderr or "does not cover" in done.stderr
        )


def test_days_that_were_taken_are_told(mixed: Folder, tmp_path: Path) -> None:
    done = CliRunner().invoke(
        main, ["export", mixed.disk.name, "--to", "gdelt", "--out", str(tmp_path / "out")]
    )
    assert re.search(r"note: events carry the day of publication: .* \([1-9]\d*\)", done.stderr)
    order = Order(mixed, tmp_path / "csv")
    export_folder(order, "csv")
    with (tmp_path / "csv" / "event_rows.csv").open(encoding="utf-8", newline="") as file:
        told = {(row["dated_by"], bool(row["event_date"])) for row in csv.DictReader(file)}
    assert told == {("page", True), ("", False)}


@pytest.mark.parametrize("form", ["csv", "sqlite", "jsonl", "gdelt", "brat"])
def test_events_that_are_less_sure_are_left_out(mixed: Folder, tmp_path: Path, form: str) -> None:
    sure = [event for event in _events(mixed) if event["confidence"] >= 0.9]
    order = Order(mixed, tmp_path / "out", min_confidence=0.9)
    export_folder(order, form)
    reason = "events with a confidence below 0.9"
    assert order.left_out[reason] == len(_events(mixed)) - len(sure) > 0
    if form == "csv":
        with (tmp_path / "out" / "events.csv").open(encoding="utf-8", newline="") as file:
            assert len(list(csv.DictReader(file))) == len(sure)


def test_a_cell_that_excel_cannot_hold_is_told(tmp_path: Path) -> None:
    import openpyxl

    source = tmp_path / "long.txt"
    source.write_text("Police arrested two men in Oslo. " + "They said nothing. " * 2000, encoding="utf-8")
    CliRunner().invoke(main, ["code", str(source), "--out", str(tmp_path / "out"), "--workers", "1"])
    target = tmp_path / "out.xlsx"
    done = CliRunner().invoke(main, ["export", str(tmp_path / "out"), "--to", "xlsx", "--out", str(target)])
    assert "note: cells of pages.text are cut: Excel holds 32,767 characters (1)" in done.stderr
    sheet = openpyxl.load_workbook(target)["pages"]
    text = sheet.cell(2, [cell.value for cell in sheet[1]].index("text") + 1).value
    assert text.endswith(" … [cut]")


def test_ids_that_look_alike_get_files_of_their_own(mixed: Folder, tmp_path: Path) -> None:
    export_folder(Order(mixed, tmp_path / "out"), "webanno")
    names = sorted(path.name for path in (tmp_path / "out").iterdir())
    assert len(names) == 4
    assert "a_b.tsv" in names


def test_webanno_is_read_as_its_importer_reads_it(mixed: Folder, folder: Folder, tmp_path: Path) -> None:
    """The states and the errors are those of the Tsv3XDeserializer of WebAnno and INCEpTION."""
    for number, one in enumerate((mixed, folder)):
        export_folder(Order(one, tmp_path / str(number)), "webanno")
        texts = {name_file(record.page.id): record.page.text for record in one.records()}
        for path in (tmp_path / str(number)).iterdir():
            text, spans = import_webanno(path.read_text(encoding="utf-8"))
            units = texts[path.stem].encode("utf-16-le")
            for start, end, words in spans:
                assert units[2 * start : 2 * end].decode("utf-16-le") == words
            assert text.split() == texts[path.stem].split()
            assert spans


def test_webanno_is_read_by_a_library(mixed: Folder, folder: Folder, tmp_path: Path) -> None:
    """web-anno-tsv holds each offset against the sentence, and each label against gaps.

    It leaves a doubled backslash doubled, so the page with one is left to the rules of the importer.
    """
    for number, one in enumerate((mixed, folder)):
        export_folder(Order(one, tmp_path / str(number)), "webanno")
        for record in one.records():
            if "\\" in record.page.text:
                continue
            with open_web_anno_tsv(str(tmp_path / str(number) / f"{name_file(record.page.id)}.tsv")) as read:
                sentences = list(read)
            lines = [line.strip() for line in record.page.text.split("\n") if line.strip()]
            assert [sentence.text for sentence in sentences] == lines
            found = {(mark.label, mark.text) for sentence in sentences for mark in sentence.annotations}
            assert {(event.act.type, tell_words(record, event.trigger)) for event in record.events} <= found


def tell_words(record: Record, span: Span) -> str:
    return record.page.text[slice(*span)]


def import_webanno(content: str) -> tuple[str, list[tuple[int, int, str]]]:
    """Return the text of a WebAnno TSV 3.3 file and its spans, as the importer builds them."""
    lines = content.split("\n")
    assert re.fullmatch(r"#FORMAT=.* \d+\.\d+", lines[0])
    assert lines[1] == "#T_SP=de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity|identifier|value"
    assert lines[2:4] == ["", ""], "the importer skips one line after the blank one that ends the header"
    text, spans, labels, state = "", [], {}, "space"
    for line in [*lines[4:-1], None]:
        before = state
        if before in ("space", "head") and line is not None and line.startswith("#Text="):
            state = "head"
            sentence = unescape(line.removeprefix("#Text="))
        elif line is None or line == "":
            state = "end" if line is None else "space"
        else:
            state = "token"
        assert (before, state) in {
            ("space", "head"), ("head", "token"), ("token", "token"), ("token", "space"), ("token", "end"),
        }, f"the importer refuses {state} after {before}"  # fmt: skip
        if state == "token":
            assert line is not None
            fields = line.split("\t")
            assert len(fields) >= 5
            start, end = map(int, fields[1].split("-"))
            if before == "head":
                length = len(text.encode("utf-16-le")) // 2
                assert length <= start + 1
                text = text[:-1] if length > start else text + " " * (start - length)
                text += sentence + "\n"
            spans.append((start, end, unescape(fields[2])))
            for value in re.split(r"(?<!\\)\|", fields[4]) if fields[4] != "_" else ():
                assert re.fullmatch(r".+\[\d+\]", value)
                labels[value] = end
    return text, spans


def unescape(text: str) -> str:
    return re.sub(
        r"\\(.)", lambda m: {"t": "\t", "n": "\n", "r": "\r", "f": "\f", "b": "\b"}.get(m[1], m[1]), text
    )
