"""Statements beside their words. The texts here are made up; the reports' own are not at hand."""

from __future__ import annotations

import errno
import hashlib
import os
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


def refused(folder: Path) -> str:
    with pytest.raises(RecordError) as error:
        read_texts(folder)
    message = str(error.value)
    assert re.fullmatch(r"[^\n]+ cannot be read \([^\n]+\): [^\n]+\.", message)
    return message


def test_a_text_that_cannot_be_read_is_told_as_that(folder):
    (folder / "own.txt").symlink_to("own.txt")
    assert str(folder / "own.txt") in refused(folder)


def test_a_folder_name_that_cannot_be_asked_for_is_told_as_that(tmp_path):
    assert "x" * 300 in refused(tmp_path / ("x" * 300))


def test_a_folder_that_cannot_be_listed_is_told_as_that(folder, monkeypatch):
    shut = folder / "shut"
    shut.mkdir()
    scandir = os.scandir

    def refuse(path):
        if Path(path) == shut:
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)
    assert str(shut) in refused(folder)
    assert str(shut) in refused(shut)


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


@pytest.mark.parametrize("kind", ["area", "pocket"])
def test_areas_are_held_to_a_word_of_their_name(folder, kind):
    def rules(words: str) -> list[str]:
        tables = made_up({}, {"evidence": span(words)})
        tables["places"]["kind"] = kind
        return [finding.rule for finding in evidence(tables, folder)[1]]

    assert rules("طرف آخر") == ["evidence-place"]
    assert rules("قرية المثال") == []


def test_a_country_is_not_called_by_its_name(folder):
    tables = made_up({}, {"evidence": span("طرف آخر")})
    tables["places"]["kind"] = "country"
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
        ("إلى البادية", "جيوب في دير الزور والبادية"),
    ],
)
def test_place_is_named(words, name):
    assert names_place(words, name)


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("تقدم الجيش", "القدم"),
        ("مخيم آخر", "مخيم اليرموك"),
        ("مدينة أخرى", "مدينة دير الزور"),
        ("جيوب في مكان", "جيوب في دير الزور"),
        ("المحافظة", "محافظة إدلب"),
    ],
)
def test_place_is_not_named(words, name):
    assert not names_place(words, name)


# --- denials ------------------------------------------------------------------------------------


DENIED = {"stance": "denies", "low": None}


def said(folder: Path, words: str, claim: dict[str, object], language: str = "ar") -> list[str]:
    """Return severity and rule where a claim rests on these words."""
    (folder / "text.txt").write_bytes(words.encode())
    tables = made_up({**claim, "evidence": f"0-{len(words)}"}, {})
    tables["control_changes"] = tables["control_changes"][:0]
    tables["reports"].loc[0, ["language", "text_sha256"]] = [
        language,
        hashlib.sha256(words.encode()).hexdigest(),
    ]
    return [f"{f.severity} {f.rule}" for f in evidence(tables, folder)[1]]


DENYING = ["ونفى مصدر", "نفت جهة", "نفي الخبر", "ينفي ذلك", "تنفي ذلك", "وأنكر", "كذّبت الخبر",
           "لم يقع", "ليس صحيحاً", "لا صحة للخبر"]  # fmt: skip


@pytest.mark.parametrize("words", DENYING)
def test_a_denial_stands_on_a_word_of_denial(tmp_path, words):
    assert said(tmp_path, words, DENIED) == []


@pytest.mark.parametrize("words", ["They deny it", "Denied.", "he denies", "did not", "No attack"])
def test_a_denial_in_english(tmp_path, words):
    assert said(tmp_path, words, DENIED, "en") == []


@pytest.mark.parametrize(
    "words", ["وقوع أي هجمات", "منفى", "5 كلم", "علم المصدر", "a notable attack now"]
)
def test_words_without_denial_are_a_warning(tmp_path, words):
    assert said(tmp_path, words, DENIED) == ["warning evidence-denial"]
    assert said(tmp_path, words, {"low": None}) == []
    assert said(tmp_path, words, DENIED, "fr") == []


def test_control_that_is_denied_needs_the_word_too(folder):
    assert [rule for rule, *_ in faults(folder, control={"stance": "denies"})] == [
        "evidence-denial"
    ]


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
    # a number may stand in the next words too, and above all a word of an area's long name
    assert len(missed) <= len(expected) // 5
    ghouta = tables["control_changes"].index[tables["control_changes"].place_id == "eastern-ghouta"]
    assert len(ghouta) >= 1
    assert not missed & {("control_changes", row + 2) for row in ghouta}


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
