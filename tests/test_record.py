"""Loading and checking: whole or not at all, every fault told, and never a traceback."""

from __future__ import annotations

import csv
import io
import random
import re
import shutil
import statistics
import time
import unicodedata
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import analysis
from analysis import Finding, Record, RecordError, check, load
from analysis.record import TABLES
from analysis.record.reading import read_tables
from analysis.record.schema import GOVERNORATES, PUBLISHER_COLUMNS, UCDP_PARTIES, VICTIMS

DATA = Path(__file__).resolve().parent.parent / "data"
SMALL = [name for name in TABLES if name != "ucdp_monthly"]
COLUMNS = [(table, column) for table in TABLES.values() for column in table.columns]


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The committed record without the rows of its one big table."""
    folder = tmp_path_factory.mktemp("small")
    for table in SMALL:
        shutil.copy(DATA / f"{table}.csv", folder)
    with (DATA / "ucdp_monthly.csv").open("rb") as file:
        (folder / "ucdp_monthly.csv").write_bytes(file.readline())
    return folder


@pytest.fixture
def folder(small: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(small, tmp_path / "record"))


def table_of(folder: Path, table: str) -> list[list[str]]:
    text = (folder / f"{table}.csv").read_text(encoding="utf-8")
    return list(csv.reader(io.StringIO(text, newline="")))


def row_of(folder: Path, table: str, key: str) -> int:
    """Return the number of the row with that key, counted as a spreadsheet does."""
    return [cells[0] for cells in table_of(folder, table)].index(key) + 1


def edit(folder: Path, table: str, row: int | str, **cells: str) -> None:
    """Set cells of a row, named by its number or its key."""
    number = row_of(folder, table, row) if isinstance(row, str) else row
    rows = table_of(folder, table)
    for name, cell in cells.items():
        rows[number - 1][rows[0].index(name)] = cell
    with (folder / f"{table}.csv").open("w", encoding="utf-8", newline="") as out:
        csv.writer(out, lineterminator="\n").writerows(rows)


FIRST, REVISED, DENIAL = (
    f"mayadin-2018-04-18-{name}" for name in ("sohr-gov-1", "sohr-gov-2", "denial")
)


# --- the project's own record -------------------------------------------------------------------


def test_the_record_has_no_finding():
    assert check() == []


def test_record_has_every_table_as_attribute():
    record = load()
    assert isinstance(record, Record)
    assert list(record.tables) == list(TABLES)
    for name, table in TABLES.items():
        frame = getattr(record, name)
        assert list(frame.columns) == [column.name for column in table.columns]
        assert isinstance(frame.index, pd.RangeIndex)
        assert name in dir(record)
    assert re.fullmatch(r"20\d\d\.\d{1,2}\.\d+", record.version)
    assert record.folder == DATA
    with pytest.raises(AttributeError, match="no table casualties; it has reports"):
        _ = record.casualties


@pytest.mark.parametrize(("table", "column"), COLUMNS, ids=lambda each: each.name)
def test_columns_have_the_type_of_their_kind(table, column, record):
    dtype = record.tables[table.name][column.name].dtype
    if column.kind == "count" and not column.many:
        assert dtype == pd.Int64Dtype()
    elif column.kind == "decimal":
        assert dtype == np.dtype("float64")
    elif column.kind in ("date", "month"):
        assert dtype == np.dtype("datetime64[s]")
    else:
        assert dtype == "str"


@pytest.fixture(scope="module")
def record() -> Record:
    return load()


@pytest.mark.parametrize("table", TABLES.values(), ids=lambda each: each.name)
def test_cells_in_memory_are_the_cells_of_the_file(table, record):
    """Blank stays blank, 0 stays 0, and nothing else is read as missing."""
    with (DATA / f"{table.name}.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    frame = record.tables[table.name]
    assert len(frame) == len(rows)
    for column in table.columns:
        written = [row[column.name] for row in rows]
        values = frame[column.name]
        assert values.isna().tolist() == [cell == "" for cell in written]
        for cell, value in zip(written, values, strict=True):
            if cell == "":
                continue
            if column.kind == "decimal":
                assert value == float(cell)
            elif column.kind == "date":
                assert f"{value:%Y-%m-%d}" == cell
            elif column.kind == "month":
                assert f"{value:%Y-%m-%d}" == f"{cell}-01"
            else:
                assert str(value) == cell


def test_blank_is_not_zero_and_zero_not_blank(folder):
    edit(folder, "claims", 2, low="0", best="0", high="")
    claims = load(folder).claims
    assert claims.loc[0, ["low", "best"]].tolist() == [0, 0]
    assert claims.high.isna()[0]


def test_words_that_pandas_takes_for_missing_stay_words(folder):
    words = ["NA", "None", "null", "nan", "N/A", "NaN", "-", "#N/A"]
    for row, word in enumerate(words, start=2):
        edit(folder, "places", row, note=word)
    assert load(folder).places.note[: len(words)].tolist() == words


def test_quotes_commas_and_arabic_survive(folder):
    note = 'He said: "one, two", then «ثلاثة، أربعة»'
    edit(folder, "places", 2, note=note)
    assert load(folder).places.note[0] == note


# --- folders ------------------------------------------------------------------------------------


def test_no_such_folder_is_one_sentence(tmp_path):
    for verb in (load, check):
        with pytest.raises(RecordError) as error:
            verb(tmp_path / "nowhere")
        assert "nowhere" in str(error.value)
        assert_sentences(str(error.value).split("\n"), 1)


def test_a_file_is_not_a_folder(tmp_path):
    (tmp_path / "claims.csv").write_text("claim_id\n")
    with pytest.raises(RecordError, match="There is no folder"):
        load(tmp_path / "claims.csv")


def test_an_installation_without_data_says_so(monkeypatch, tmp_path):
    monkeypatch.setattr("analysis.paths.PROJECT", tmp_path)
    for verb in (load, check):
        with pytest.raises(RecordError) as error:
            verb()
        assert_sentences(str(error.value).split("\n"), 1)


def test_the_working_directory_does_not_matter(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    assert load().folder == DATA


def test_a_folder_without_boundaries_is_held_to_the_projects_own(folder):
    """Somebody's own tables need no outlines beside them."""
    assert not (folder / "boundaries").exists()
    assert check(folder) == []
    edit(folder, "places", "mayadin", governorate="SY02")
    assert [finding.rule for finding in check(folder)] == ["point-near-governorate"]


def test_path_may_be_text(folder):
    assert load(str(folder)).folder == folder
    assert check(str(folder)) == []


def test_a_folder_without_a_version_is_unversioned(folder):
    assert load(folder).version == "unversioned"


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b"{}", b"null", b'{"version": null}', b'{"version": ""}', b"\xff\xfe\x00"],
)
def test_a_broken_version_is_one_finding(folder, content):
    (folder / "datapackage.json").write_bytes(content)
    (finding,) = check(folder)
    assert (finding.rule, finding.table) == ("version-stated", "datapackage")
    with pytest.raises(RecordError) as error:
        load(folder)
    assert_sentences(str(error.value).split("\n"), 1)


# --- broken files -------------------------------------------------------------------------------


def assert_sentences(messages: list[str], count: int) -> None:
    assert len(messages) == count
    for message in messages:
        assert message.endswith("."), message
        assert "Traceback" not in message
        assert "Error" not in message
        assert not re.search(r"[.?!] [A-Z]", message), message


def raw(change: Callable[[bytes], bytes], table: str = "claims") -> Callable[[Path], None]:
    def damage(folder: Path) -> None:
        file = folder / f"{table}.csv"
        file.write_bytes(change(file.read_bytes()))

    return damage


def cell(**cells: str) -> Callable[[Path], None]:
    return lambda folder: edit(folder, "claims", 3, **cells)


BROKEN = {
    "missing table": lambda folder: (folder / "claims.csv").unlink(),
    "folder in its place": lambda folder: (
        (folder / "claims.csv").unlink(),
        (folder / "claims.csv").mkdir(),
    ),
    "missing column": raw(lambda b: b.replace(b"claimant", b"speaker", 1)),
    "encoding": raw(lambda b: b.decode().encode("cp1256", "replace").replace(b"?", b"\xc7")),
    "latin-1": raw(lambda b: b.replace(b"asserts", b"asserts\xe9", 1)),
    "UTF-16": raw(lambda b: b.decode().encode("utf-16")),
    "UTF-16 without mark": raw(lambda b: b.decode().encode("utf-16-le")),
    "BOM": raw(lambda b: b"\xef\xbb\xbf" + b),
    "BOM alone": raw(lambda b: b"\xef\xbb\xbf"),
    "CRLF": raw(lambda b: b.replace(b"\n", b"\r\n")),
    "CR": raw(lambda b: b.replace(b"\n", b"\r")),
    "unclosed quote": raw(lambda b: b.replace(b",sohr,", b',"sohr,', 1)),
    "cut mid-row": raw(lambda b: b[: b.rindex(b",afp,")]),
    "cut in the header": raw(lambda b: b[:30]),
    "cut in a letter": raw(lambda b: b[: b.rindex("“".encode()) + 1]),
    "empty": raw(lambda b: b""),
    "blank": raw(lambda b: b"\n\n"),
    "semicolons": raw(lambda b: b.replace(b",", b";")),
    "tabs": raw(lambda b: b.replace(b",", b"\t")),
    "NUL": raw(lambda b: b.replace(b"sohr", b"so\0r", 1)),
    "no such day": cell(as_of="2018-02-30"),
    "no-break space": cell(low="25\u00a0"),
    "Arabic-Indic digits": cell(low="٢٥"),
    "negative": cell(low="-25"),
    "blank key": cell(claim_id=""),
    "space for blank": cell(as_of=" "),
    "huge number": cell(low="9" * 5000),
    "huge cell": cell(note="x" * 200_000),
    "huge span": cell(evidence="1-" + "9" * 5000),
    "line break in a cell": cell(note="one\ntwo"),
    "spreadsheet's error": cell(low="#REF!"),
}


@pytest.mark.parametrize("damage", BROKEN.values(), ids=BROKEN)
def test_broken_file_is_told_and_nothing_is_loaded(folder, damage):
    damage(folder)
    tables, findings = read_tables(folder)
    assert "claims" not in tables
    assert set(tables) == set(TABLES) - {"claims"}
    assert findings
    assert {finding.table for finding in findings} == {"claims"}
    assert all("claims.csv" in finding.message for finding in findings)
    with pytest.raises(RecordError) as error:
        load(folder)
    assert str(error.value).split("\n") == [finding.message for finding in findings]
    assert_sentences(str(error.value).split("\n"), len(findings))
    assert error.value.__cause__ is None
    # the rules for the other tables are still applied, and none stumbles over the missing one
    assert check(folder) == findings


def test_blank_lines_and_line_breaks_keep_the_count_of_rows(folder):
    """A cell over two lines is one row, as in a spreadsheet."""
    edit(folder, "claims", 3, note="one\ntwo")
    edit(folder, "claims", 5, low="x")
    assert [(f.rule, f.row, f.column) for f in check(folder)] == [
        ("cell-count", 5, "low"),
        ("cell-text", 3, "note"),
    ]


def test_unclosed_quote_is_told_where_it_opens(folder):
    raw(lambda b: b.replace(REVISED.encode(), b'"' + REVISED.encode(), 1))(folder)
    (finding,) = check(folder)
    row = row_of(DATA, "claims", REVISED)
    assert (finding.rule, finding.row) == ("file-quotes", row)


def test_crlf_is_one_finding_and_the_cells_are_checked_too(folder):
    raw(lambda b: b.replace(b"\n", b"\r\n").replace(b"sohr-gov-1", b"sohr gov 1", 1))(folder)
    assert sorted(f.rule for f in check(folder)) == ["cell-key", "file-lf"]


def test_all_faults_are_told_at_once(folder):
    (folder / "tolls.csv").unlink()
    raw(lambda b: b"\xef\xbb\xbf" + b.replace(b"\n", b"\r\n"), "coverage")(folder)
    edit(folder, "claims", 2, low="-1", as_of="2018-02-30", victims="everybody")
    edit(folder, "claims", 3, best="٢٥")
    edit(folder, "places", 2, name_ar="Mayadin", kind="hamlet")
    edit(folder, "events", 2, date_earliest="2018-04-20", place_id="atlantis")
    findings = check(folder)
    assert {(f.table, f.row, f.column, f.rule) for f in findings} == {
        ("places", 2, "name_ar", "cell-arabic"),
        ("places", 2, "kind", "cell-choice"),
        ("claims", 2, "as_of", "cell-date"),
        ("claims", 2, "victims", "cell-choice"),
        ("claims", 2, "low", "cell-count"),
        ("claims", 3, "best", "cell-count"),
        ("tolls", None, "", "file-present"),
        ("coverage", None, "", "file-no-bom"),
        ("coverage", None, "", "file-lf"),
        ("events", 2, "date_earliest", "dates-ordered"),
    }
    assert len(findings) == 10
    # with places.csv mended, the place that does not exist comes to light
    shutil.copy(DATA / "places.csv", folder)
    assert ("key-known", "place_id") in {(f.rule, f.column) for f in check(folder)}


def test_faults_of_rules_are_told_at_once(folder):
    edit(folder, "claims", FIRST, event_id="nowhere", low="99")
    edit(folder, "claims", DENIAL, best="0", denies="")
    edit(folder, "control_changes", "afp-2018-04-19-01", from_actor="government")
    first, revised, denial = (row_of(DATA, "claims", key) for key in (FIRST, REVISED, DENIAL))
    assert [(f.table, f.row, f.rule) for f in check(folder)] == [
        ("claims", first, "bounds-ordered"),
        ("claims", first, "key-known"),
        ("claims", first, "qualifier-fits"),
        ("claims", revised, "same-subject"),
        ("claims", denial, "denial-bare"),
        ("claims", denial, "denial-says-what"),
        ("control_changes", row_of(DATA, "control_changes", "afp-2018-04-19-01"), "change-moves"),
    ]


def test_the_same_unknown_cell_is_told_for_every_row(folder):
    for row in (2, 3, 4):
        edit(folder, "claims", row, claimant="nobody")
    assert [f.row for f in check(folder) if f.rule == "key-known"] == [2, 3, 4]


def test_finding_reads_as_a_line():
    finding = Finding("key-known", "error", "claims", 2, "event_id", "claims.csv, row 2: no.")
    assert str(finding) == "error: claims.csv, row 2: no. [key-known]"


# --- order --------------------------------------------------------------------------------------


def shuffled(folder: Path, seed: int) -> None:
    """Rewrite every table with its rows and columns in another order."""
    chance = random.Random(seed)
    for table in TABLES:
        file = folder / f"{table}.csv"
        rows = list(csv.DictReader(io.StringIO(file.read_text(encoding="utf-8"), newline="")))
        names = [column.name for column in TABLES[table].columns]
        chance.shuffle(names)
        chance.shuffle(rows)
        with file.open("w", encoding="utf-8", newline="") as out:
            writer = csv.DictWriter(out, names, lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)


@pytest.mark.parametrize("seed", range(5))
def test_order_of_rows_and_columns_does_not_matter(folder, seed):
    before = load(folder)
    shuffled(folder, seed)
    after = load(folder)
    assert check(folder) == []
    for name, table in TABLES.items():
        key = list(table.key)
        pd.testing.assert_frame_equal(
            after.tables[name].sort_values(key, ignore_index=True),
            before.tables[name].sort_values(key, ignore_index=True),
        )


@pytest.mark.parametrize("seed", range(5))
def test_order_of_rows_does_not_change_the_findings(folder, seed):
    edit(folder, "claims", REVISED, as_of="2018-04-17", event_id="nowhere", high="1")
    edit(folder, "events", "mayadin-2018-04-18", part_of="mayadin-2018-04-18")
    edit(folder, "control_changes", "afp-2018-04-19-02", to_actor="isis")

    def findings() -> list[tuple[str, str, str]]:
        return sorted((f.rule, f.table, re.sub(r"row \d+", "", f.message)) for f in check(folder))

    before = findings()
    assert len(before) == 7
    shuffled(folder, seed)
    assert findings() == before


# --- fuzz ---------------------------------------------------------------------------------------

FUZZ = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def assert_only_findings(folder: Path) -> None:
    findings = check(folder)
    assert_sentences_of(findings)
    tables, faults = read_tables(folder)
    assert len(tables) == len(TABLES) - len({fault.table for fault in faults})
    if faults:
        with pytest.raises(RecordError):
            load(folder)
    else:
        load(folder)


def assert_sentences_of(findings: list[Finding]) -> None:
    for finding in findings:
        assert finding.table in TABLES
        assert finding.severity in ("error", "warning")
        assert finding.message.endswith(".")
        assert "\n" not in finding.message
        assert f"{finding.table}.csv" in finding.message
        assert finding.row is None or finding.row >= 1
        assert len(finding.message) < 1000


@FUZZ
@given(table=st.sampled_from(list(TABLES)), content=st.binary(max_size=300))
def test_random_bytes_give_findings_only(small, table, content, tmp_path_factory):
    folder = shutil.copytree(small, tmp_path_factory.mktemp("fuzz") / "record")
    (folder / f"{table}.csv").write_bytes(content)
    assert_only_findings(folder)


PIECES = st.sampled_from(
    [b"", b",", b'"', b'""', b"\n", b"\r\n", b"\r", b";", b"\0", b" ", b"-", b"0", b"1e3", b"+5",
     b"inf", b"nan", b"\xff", b"\xc2\xa0", "٢٥".encode(), "ـ".encode(), b"\xef\xbb\xbf", b"{low}",
     b"{0}", b"{", b"%s", b"2018-02-30", b"0001-01-01", b"99999999999999999999", b"-1", b"isis",
     b"a;;b", b"5-2", b"0-99999999999999999999", b"\xe2\x80\xa8", b"\x1c", b"\x0b", b"\xc2\x85"]
)  # fmt: skip


@FUZZ
@given(
    table=st.sampled_from(SMALL),
    edits=st.lists(
        st.tuples(st.floats(0, 1), st.integers(0, 12), PIECES | st.binary(max_size=6)),
        min_size=1,
        max_size=4,
    ),
)
def test_random_edits_give_findings_only(small, table, edits, tmp_path_factory):
    folder = shutil.copytree(small, tmp_path_factory.mktemp("fuzz") / "record")
    file = folder / f"{table}.csv"
    content = file.read_bytes()
    for where, length, piece in edits:
        at = int(where * len(content))
        content = content[:at] + piece + content[at + length :]
    file.write_bytes(content)
    assert_only_findings(folder)


@FUZZ
@given(
    where=st.sampled_from(
        [(t.name, c.name) for t, c in COLUMNS if t.name not in ("ucdp_monthly", "ucdp_sides")]
    ),
    cell=st.text(max_size=20) | PIECES.map(lambda piece: piece.decode(errors="ignore")),
)
def test_random_cells_give_findings_only(small, where, cell, tmp_path_factory):
    folder = shutil.copytree(small, tmp_path_factory.mktemp("fuzz") / "record")
    table, column = where
    header, *rows = (folder / f"{table}.csv").read_text(encoding="utf-8").splitlines()
    if rows and "\0" not in cell and not re.search(r"[\ud800-\udfff]", cell):
        edit(folder, table, 2, **{column: cell})
    assert header
    assert_only_findings(folder)


@FUZZ
@given(
    rows=st.lists(
        st.lists(st.text(st.characters(exclude_categories=("Cs",)), max_size=5), min_size=19,
                 max_size=19),
        max_size=4,
    )
)  # fmt: skip
def test_quoting_is_read_as_the_standard_library_writes_it(small, rows, tmp_path_factory):
    """Whatever csv.writer writes is never a fault of the file's quotes or widths."""
    folder = shutil.copytree(small, tmp_path_factory.mktemp("fuzz") / "record")
    with (folder / "reports.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(column.name for column in TABLES["reports"].columns)
        writer.writerows([cell.replace("\0", "").replace("\r", "") for cell in row] for row in rows)
    rules = {finding.rule for finding in read_tables(folder)[1] if finding.table == "reports"}
    assert not {rule for rule in rules if rule.startswith(("file-", "columns-", "row-"))}


# --- the schema ---------------------------------------------------------------------------------

KINDS = {"key", "text", "arabic", "choice", "form", "reference", "count", "decimal", "date",
         "month", "spans"}  # fmt: skip


@pytest.mark.parametrize("table", TABLES.values(), ids=lambda each: each.name)
def test_tables_are_described_and_keyed(table):
    assert TABLES[table.name] is table
    assert table.key
    names = [column.name for column in table.columns]
    assert len(names) == len(set(names))
    assert set(table.key) <= set(names)
    assert_described(table.en, table.ar)
    if len(table.key) == 1:
        assert table.column(table.key[0]).required


@pytest.mark.parametrize(("table", "column"), COLUMNS, ids=lambda each: each.name)
def test_columns_are_described_and_consistent(table, column):
    assert column.kind in KINDS
    assert_described(column.en, column.ar)
    assert (column.choices is not None) == (column.kind == "choice")
    assert bool(column.refers) == (column.kind == "reference")
    assert bool(column.form) == bool(column.example) == (column.kind == "form")
    if column.refers:
        assert len(TABLES[column.refers].key) == 1
    for code, (english, arabic) in (column.choices or {}).items():
        assert re.fullmatch(r"[A-Za-z0-9_-]+", code)
        assert_described(english, arabic)
    assert column.low < column.high


def assert_described(english: str, arabic: str) -> None:
    assert re.search(r"[A-Za-z]", english)
    assert not re.search(r"[\u0600-\u06ff]", english)
    assert re.match(r"[\u0621-\u064a«]", arabic)
    assert "ـ" not in arabic
    for text in (english, arabic):
        assert unicodedata.is_normalized("NFC", text)
        assert text == " ".join(text.split())


def test_ucdp_columns_are_groups_of_the_dead():
    names = [column.name for column in TABLES["ucdp_monthly"].columns]
    assert set(UCDP_PARTIES) < set(VICTIMS)
    assert {*UCDP_PARTIES, *PUBLISHER_COLUMNS} < set(names)


def test_governorates_have_outlines():
    from analysis.record.boundaries import governorates

    assert set(governorates()) == set(GOVERNORATES)


# --- time ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("verb", [load, check])
def test_load_and_check_take_less_than_a_second(verb):
    """The aim is half a second; a machine that is busy may take twice as long."""
    times = []
    for _ in range(3):
        start = time.perf_counter()
        verb()
        times.append(time.perf_counter() - start)
    assert statistics.median(times) < 1.0


def test_public_names_are_those_of_the_package():
    assert analysis.load is load
    assert analysis.check is check
    assert issubclass(RecordError, ValueError)
