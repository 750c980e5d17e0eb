"""Statements beside their words. The texts here are made up; the reports' own are not at hand."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from pathlib import Path

import pandas as pd
import pytest

from analysis import RecordError, load
from analysis.record.evidence import (
    EVIDENCE_RULES,
    NAMED_PLACES,
    evidence,
    holds_number,
    names_place,
    read_texts,
)
from analysis.record.schema import TABLES

REPORTS = Path(__file__).resolve().parent.parent.parent / "shared" / "reports"

TEXT = (
    "قالت جهة إن 25 شخصاً على الأقل كانوا في قرية المثال.\n"
    "\n"
    "وانتقلت السيطرة على القرية إلى طرف آخر، و٧ آخرون في مكان قريب.\n"
)
SUM = hashlib.sha256(TEXT.encode()).hexdigest()


def span(words: str) -> str:
    assert TEXT.count(words) == 1
    start = TEXT.index(words)
    return f"{start}-{start + len(words)}"


def made_up(claim: dict[str, object], control: dict[str, object]) -> dict[str, pd.DataFrame]:
    """Return tables of one claim and one control statement, blank where nothing is given."""
    rows: dict[str, list[dict[str, object]]] = {
        "reports": [
            {"report_id": "r", "language": "ar", "text_sha256": SUM},
            {"report_id": "without", "language": "ar"},
        ],
        "places": [{"place_id": "p", "name_ar": "قرية المثال", "kind": "village"}],
        "claims": [
            {"claim_id": "other", "report_id": "without"},
            {
                "claim_id": "c",
                "report_id": "r",
                "claimant": "m",
                "stance": "asserts",
                "low": 25,
                "evidence": span("25 شخصاً على الأقل"),
                **claim,
            },
        ],
        "control_changes": [
            {
                "change_id": "x",
                "report_id": "r",
                "place_id": "p",
                "kind": "change",
                "date_earliest": pd.Timestamp("2018-01-02"),
                "evidence": f"{span('قرية المثال')};{span('السيطرة على القرية')}",
                **control,
            }
        ],
    }
    tables = {
        name: pd.DataFrame(rows[name]).reindex(columns=[c.name for c in TABLES[name].columns])
        for name in rows
    }
    tables["claims"] = tables["claims"].astype(dict.fromkeys(["low", "best", "high"], "Int64"))
    return tables


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "text.txt").write_bytes(TEXT.encode())
    return tmp_path


def faults(
    folder: Path, claim: dict[str, object] | None = None, control: dict[str, object] | None = None
) -> list[tuple[str, str, int | None, str]]:
    """Return rule, table, row and message of the findings."""
    _, findings = evidence(made_up(claim or {}, control or {}), folder)
    for finding in findings:
        assert finding.rule in EVIDENCE_RULES
        assert finding.message.endswith(".")
        assert "\n" not in finding.message
    return [(f.rule, f.table, f.row, f.message) for f in findings]


# --- finding the text ---------------------------------------------------------------------------


def test_statements_stand_beside_their_words(folder):
    statements, findings = evidence(made_up({}, {}), folder)
    assert findings == []
    assert [(s.table, s.row_id, s.report_id, s.words) for s in statements] == [
        ("claims", "c", "r", ("25 شخصاً على الأقل",)),
        ("control_changes", "x", "r", ("قرية المثال", "السيطرة على القرية")),
    ]
    assert statements[0].said == "m · asserts · low 25"
    assert statements[1].said == "change · p · date_earliest 2018-01-02"


@pytest.mark.parametrize("name", ["text.txt", "a/b/another name.TXT", "نص.txt"])
def test_a_text_is_known_by_its_sum_wherever_it_lies(tmp_path, name):
    file = tmp_path / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(TEXT.encode())
    (tmp_path / "other.txt").write_text("another text\n", encoding="utf-8")
    assert faults(tmp_path) == []


@pytest.mark.parametrize(
    "copy",
    [
        TEXT.replace("\n", "\r\n").encode(),
        TEXT.replace("\n", "\r").encode(),
        unicodedata.normalize("NFD", TEXT).encode(),
        b"\xef\xbb\xbf" + TEXT.encode(),
    ],
    ids=["CRLF", "CR", "NFD", "BOM"],
)
def test_a_copy_that_a_program_rewrote_is_the_same_text(tmp_path, copy):
    assert copy != TEXT.encode()
    (tmp_path / "copy.txt").write_bytes(copy)
    statements, findings = evidence(made_up({}, {}), tmp_path)
    assert findings == []
    assert statements[0].words == ("25 شخصاً على الأقل",)


@pytest.mark.parametrize("content", [TEXT.replace("25", "26").encode(), b"\xff\xfe\x00", b""])
def test_another_text_is_not_taken_for_it(tmp_path, content):
    (tmp_path / "text.txt").write_bytes(content)
    (tmp_path / "folder.txt").mkdir()
    ((rule, table, row, message),) = faults(tmp_path)
    assert (rule, table, row) == ("text-present", "reports", None)
    assert "report r " in message
    assert SUM[:12] in message


def test_without_its_text_a_statement_has_no_words(tmp_path):
    statements, findings = evidence(made_up({}, {}), tmp_path)
    assert [statement.words for statement in statements] == [(), ()]
    assert [finding.rule for finding in findings] == ["text-present"]


def test_no_such_folder_is_one_sentence(tmp_path):
    with pytest.raises(RecordError, match=r"^There is no folder .*nowhere: name .*\.$"):
        read_texts(tmp_path / "nowhere")


def test_keys_that_stand_twice_are_left_to_the_check(folder):
    tables = made_up({}, {})
    for name in ("reports", "places"):
        tables[name] = pd.concat([tables[name]] * 2, ignore_index=True)
    assert evidence(tables, folder)[1] == []


# --- spans --------------------------------------------------------------------------------------

AT_LEAST = TEXT.index("25")
END = len(TEXT)


@pytest.mark.parametrize(
    ("cell", "says"),
    [
        (None, "no evidence span"),
        (f"{AT_LEAST}-{END + 1}", "runs past the end"),
        (f"{END + 5}-{END + 9}", "runs past the end"),
        (f"{AT_LEAST - 1}-{AT_LEAST + 8}", "blank space"),
        (f"{AT_LEAST}-{AT_LEAST + 3}", "blank space"),
        (f"{AT_LEAST}-{AT_LEAST + 5}", "cuts a word"),
        (f"{AT_LEAST}-{AT_LEAST + 7}", "cuts a word"),  # before its tanwin
        (f"{AT_LEAST}-{AT_LEAST + 1}", "cuts a word"),
        (f"{AT_LEAST - 2}-{AT_LEAST + 8}", "cuts a word"),
        (span("على الأقل"), "no such number"),
        (span("السيطرة على القرية"), "no such number"),
        (span("٧ آخرون"), "no such number"),
        (f"{span('قالت جهة')};{span('على الأقل')}", "no such number"),
    ],
)
def test_span_that_does_not_cover_the_words(folder, cell, says):
    found = faults(folder, claim={"evidence": cell})
    assert found
    for rule, table, row, _ in found:
        assert (rule, table, row) == ("evidence-covers", "claims", 3)
    assert says in found[0][3]
    assert "claims.csv, row 3 (c)" in found[0][3]


def test_each_bad_span_is_told(folder):
    found = faults(folder, claim={"evidence": f"{AT_LEAST}-{AT_LEAST + 5};{END + 5}-{END + 9}"})
    assert len(found) == 2


@pytest.mark.parametrize(
    "cell",
    [
        span("25 شخصاً على الأقل"),
        span("25"),
        f"{span('قالت جهة')};{span('25 شخصاً')}",
        f"0-{END - 1}",
    ],
)
def test_span_that_covers_the_words(folder, cell):
    assert faults(folder, claim={"evidence": cell}) == []


@pytest.mark.parametrize("column", ["low", "best", "high"])
def test_every_number_of_the_row_must_stand_there(folder, column):
    ((rule, _, row, message),) = faults(folder, claim={column: 24})
    assert (rule, row) == ("evidence-covers", 3)
    assert f"{column} is 24" in message


def test_a_row_without_number_needs_none(folder):
    row = {"low": None, "evidence": span("قالت جهة")}
    assert faults(folder, claim=row) == []


def test_digits_of_another_script_are_the_number(folder):
    assert faults(folder, claim={"low": 7, "evidence": span("و٧ آخرون"[1:])}) == []


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("خمسة وعشرون قتيلاً", 25),
        ("ثَمانيةَ عَشَر", 18),
        ("ثلاثة عشر عنصراً", 13),
        ("اثني عشر", 12),
        ("أحد عشر", 11),
        ("وستة", 6),
        ("ستين", 60),
        ("أربعون", 40),
        ("مئة وعشرون", 120),
        ("ثلاثمائة", 300),
        ("ألفي شخص", 2000),
        ("قتيلان", 2),
        ("thirty-five people", 35),
        ("Fifteen", 15),
        ("1,250", 1250),
        ("١٬٢٥٠", 1250),
        ("between 18 and 25", 18),
    ],
)
def test_number_in_digits_or_words(words, number):
    assert holds_number(words, number)


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("استعادة المدينة", 6),
        ("يوم السبت", 7),
        ("يوم الأربعاء", 4),
        ("يوم الخميس", 5),
        ("the city and the party", 20),
        ("someone", 11),
        ("خمسة", 25),
        ("خمسة وعشرون", 24),
        ("1,250", 250),
        ("250", 25),
        ("التالف", 1000),
    ],
)
def test_no_number_where_there_is_none(words, number):
    assert not holds_number(words, number)


# --- places -------------------------------------------------------------------------------------


def test_control_words_shifted_away_from_their_place_are_a_warning(folder):
    tables = made_up({}, {"evidence": span("طرف آخر")})
    (finding,) = evidence(tables, folder)[1]
    assert (finding.rule, finding.severity) == ("evidence-place", "warning")
    assert (finding.table, finding.row) == ("control_changes", 2)
    assert "قرية المثال" in finding.message


def test_the_word_village_alone_does_not_name_the_village(folder):
    found = faults(folder, control={"evidence": span("السيطرة على القرية")})
    assert [rule for rule, *_ in found] == ["evidence-place"]


def test_areas_are_not_called_by_their_name(folder):
    tables = made_up({}, {"evidence": span("طرف آخر")})
    tables["places"]["kind"] = "area"
    assert evidence(tables, folder)[1] == []


def test_only_arabic_reports_are_held_to_arabic_names(folder):
    tables = made_up({}, {"evidence": span("طرف آخر")})
    tables["reports"]["language"] = "en"
    assert evidence(tables, folder)[1] == []


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("على حي القدم المجاور", "القدم"),
        ("الحجر الأسود والتضامن", "التضامن"),
        ("من مدينة دير الزور", "مدينة دير الزور"),
        ("بالميادين", "الميادين"),
        ("إلى الرقه", "الرقة"),
        ("في ادلب", "إدلب"),
    ],
)
def test_place_is_named(words, name):
    assert names_place(words, name)


@pytest.mark.parametrize(
    ("words", "name"),
    [("تقدم الجيش", "القدم"), ("مخيم آخر", "مخيم اليرموك"), ("مدينة أخرى", "مدينة دير الزور")],
)
def test_place_is_not_named(words, name):
    assert not names_place(words, name)


# --- the committed rows -------------------------------------------------------------------------

needs_reports = pytest.mark.skipif(
    not REPORTS.is_dir(), reason="the reports' texts are not in the repository"
)


@needs_reports
def test_every_committed_statement_has_its_words():
    statements, findings = evidence(load().tables, REPORTS)
    assert findings == []
    assert len(statements) >= 22
    for statement in statements:
        assert statement.words
        assert all(words.strip() for words in statement.words)


@needs_reports
def test_spans_shifted_onto_the_next_words_are_noticed():
    """Where a row has a number or a named place: in others there is nothing to look for."""
    tables = dict(load().tables)
    texts = read_texts(REPORTS)
    sums = tables["reports"].set_index("report_id").text_sha256
    for name in ("claims", "control_changes"):
        table = tables[name].copy()
        table["evidence"] = [
            shifted(texts[sums[report]], cell)
            for report, cell in zip(table.report_id, table.evidence, strict=True)
        ]
        tables[name] = table
    _, findings = evidence(tables, REPORTS)
    assert not any("cuts a word" in finding.message for finding in findings)
    kinds = tables["places"].set_index("place_id").kind
    named = tables["control_changes"].place_id.map(kinds).isin(NAMED_PLACES)
    counted = tables["claims"][["low", "best", "high"]].gt(2).any(axis=1)
    expected = {("control_changes", row + 2) for row in named.index[named]}
    expected |= {("claims", row + 2) for row in counted.index[counted]}
    missed = expected - {(finding.table, finding.row) for finding in findings}
    assert len(expected) >= 10
    assert len(missed) <= len(expected) // 10  # a name or number may stand in the next words too


def shifted(text: str, cell: str) -> str:
    """Move every span of a cell onto as many words after its end."""
    words = [match.span() for match in re.finditer(r"\S+", text)]
    spans = []
    for span in cell.split(";"):
        start, end = map(int, span.split("-"))
        length = sum(a < end and b > start for a, b in words)
        after = [word for word in words if word[0] >= end][:length] or words[:length]
        spans.append(f"{after[0][0]}-{after[-1][1]}")
    return ";".join(spans)
