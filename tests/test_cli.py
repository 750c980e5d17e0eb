"""The command line: what each verb prints, its exit status, and plain words for wrong use."""

from __future__ import annotations

import csv
import hashlib
import io
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import analysis
from analysis import paths, publishing
from analysis.cli import main
from analysis.record import TABLES
from analysis.record.schema import YEARS

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "data"
TREND, MAYADIN = "casualty-trend", "mayadin-2018-04"
RELEASE = "UCDP-GED-652.1601.1911"
VERBS = {"check", "figures", "verify", "evidence", "trace", "import"}

Said = tuple[int, str, str]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Any:
    """Run the command in this process; return its exit status, its output and its complaints."""

    def run(*arguments: str | Path) -> Said:
        try:
            status = main(list(map(str, arguments)))
        except SystemExit as stop:  # argparse, on wrong options and on --help
            status = int(stop.code or 0)
        out, err = capsys.readouterr()
        return status, out, err

    return run


def command(*arguments: str | Path, **env: str) -> subprocess.CompletedProcess[bytes]:
    """Run the command as people do, in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "analysis", *map(str, arguments)],
        cwd=ROOT,
        env=os.environ | env,
        capture_output=True,
        timeout=60,
        check=False,
    )


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    return Path(shutil.copytree(DATA, tmp_path / "data"))


def one_sentence(said: str) -> bool:
    return said.count("\n") == 1 and bool(re.fullmatch(r"[^\n]+[.!]\n", said))


# --- help and wrong use -------------------------------------------------------------------------


def test_help_has_one_line_for_each_verb(run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    status, out, err = run("--help")
    assert (status, err) == (0, "")
    lines = re.findall(r"^    ([a-z]+) {2,}(\S.*)$", out, re.MULTILINE)
    assert {verb for verb, _ in lines} >= VERBS and len(lines) == len(dict(lines))
    listed = out.partition("positional arguments:")[2].partition("options:")[0]
    assert len(listed.strip().splitlines()) == 1 + len(lines)  # none runs on to a second line


@pytest.mark.parametrize("verb", sorted(VERBS))
def test_each_verb_has_help(run: Any, verb: str) -> None:
    status, out, err = run(verb, "--help")
    assert (status, err) == (0, "") and out.startswith(f"usage: python -m analysis {verb}")


@pytest.mark.parametrize(
    ("arguments", "part"),
    [
        ("", "VERB"),
        ("publish", "invalid choice: 'publish'"),
        ("check --fast", "--fast"),
        ("check one two", "two"),
        ("figures --lang fr", "'fr'"),
        ("figures --format jpg", "'jpg'"),
        ("evidence", "--texts"),
        ("trace", "NAME"),
        ("import x.csv", "--source"),
        ("import x.csv --source acled --release r --out o", "'acled'"),
        ("import x.csv --source ucdp --release r --out o --years 2017 now", "'now'"),
    ],
)
def test_wrong_options_say_which(run: Any, arguments: str, part: str) -> None:
    status, out, err = run(*arguments.split())
    assert (status, out) == (2, "")
    usage, error = err.split("error: ")
    assert usage.startswith("usage: ") and part in error and "\n" not in error.strip()


@pytest.mark.parametrize(
    ("arguments", "part"),
    [
        ("check nowhere", "no folder nowhere"),
        ("figures --data nowhere --out x", "no folder nowhere"),
        ("figures trend", "no figure 'trend' here: choose casualty-trend"),
        ("figures casualty-trend trend --out x", "no figure 'trend'"),
        ("figures --out=", "'' does not name a folder"),
        ("figures --data=", "'' does not name a folder"),
        ("figures --out README.md", "README.md is a file: name a folder"),
        ("figures --out README.md/new", "README.md/new cannot be written (Not a directory)"),
        ("check ", "'' does not name a folder"),
        ("evidence --texts nowhere", "no folder nowhere"),
        ("evidence --texts data --data nowhere", "no folder nowhere"),
        ("trace trend", "no figure 'trend'"),
        ("trace casualty-trend month", "'month' is not COLUMN=VALUE"),
        ("trace casualty-trend place=x", "no 'place'"),
        ("trace casualty-trend name=x", "no 'name'"),
        ("trace casualty-trend record=x", "'record=x' is one too many"),
        ("trace casualty-trend month=2018-04 month=2018-05", "'month=2018-05' is one too many"),
        ("trace casualty-trend month=April", "'April' is not a date"),
        ("trace casualty-trend best=many", "'many' is not a number"),
        ("trace casualty-trend series=russia", "no number for series russia"),
        ("trace casualty-trend --data nowhere", "no folder nowhere"),
        (f"import nowhere.csv --source ucdp --release {RELEASE} --out o", "nowhere.csv"),
        (f"import README.md --source ucdp --release {RELEASE} --out o", "README.md"),
        ("import nowhere.csv --source ucdp --release NOPE --out o", "no report NOPE in"),
        (
            "import nowhere.csv --source ucdp --release NOPE --out o --years 2018 2017",
            "years 2018 to 2017 run backwards",
        ),
        ("import x.csv --source ucdp --release r --out o --data nowhere", "no folder nowhere"),
    ],
)
def test_bad_input_gives_one_sentence(
    run: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: str, part: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "data").mkdir()
    (tmp_path / "README.md").write_text("# A text\n\nand no table.\n")
    status, out, err = run(*arguments.split(" "))
    assert (status, out) == (2, "")
    assert part in err and one_sentence(err)
    assert {path.name for path in tmp_path.iterdir()} == {"data", "README.md"}  # nothing written


def test_a_place_that_cannot_be_written_gives_one_sentence(run: Any, tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.touch()
    status, out, err = run("figures", MAYADIN, "--out", file)
    assert (status, out) == (2, "") and str(file) in err and one_sentence(err)


def test_stopping_by_hand_is_no_fault(run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(*args: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("analysis.record.check", stopped)
    assert run("check") == (130, "", "Stopped.\n")


def test_as_a_process_without_a_traceback(tmp_path: Path) -> None:
    run = command("trace", TREND, "month=April")
    assert (run.returncode, run.stdout) == (2, b"")
    assert run.stderr.startswith(b"'April' is not a date") and run.stderr.count(b"\n") == 1


@pytest.mark.parametrize("arguments", [("trace", MAYADIN), ("check",)])
def test_a_reader_that_stops_early_is_no_fault(arguments: tuple[str, ...]) -> None:
    run = subprocess.Popen(
        [sys.executable, "-m", "analysis", *arguments],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert run.stdout and run.stderr
    run.stdout.close()  # as head does when it has its lines
    with run.stderr as complaints:
        assert complaints.read() == b""
    assert run.wait(timeout=60) == 0


# --- check --------------------------------------------------------------------------------------


def test_check_finds_nothing_in_the_project(run: Any) -> None:
    status, out, err = run("check")
    assert (status, err) == (0, "") and out.endswith("0 errors, 0 warnings\n")


def test_check_prints_every_finding(run: Any, copied: Path) -> None:
    (copied / "tolls.csv").unlink()
    (copied / "claims.csv").write_bytes((copied / "claims.csv").read_bytes() + b"x,y\n")
    status, out, err = run("check", copied)
    assert (status, err) == (1, "")
    *findings, summary = out.splitlines()
    assert len(findings) >= 2 and all(re.fullmatch(r"error: .+\. \[[a-z-]+\]", f) for f in findings)
    assert summary == f"{len(findings)} errors, 0 warnings"
    assert any("tolls.csv is missing" in finding for finding in findings)


def test_a_warning_is_no_error(run: Any, copied: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    finding = analysis.Finding("point-inside", "warning", "places", 2, "lat", "Look again.")
    monkeypatch.setattr("analysis.record.check", lambda folder: [finding])
    expected = "warning: Look again. [point-inside]\n0 errors, 1 warning\n"
    assert run("check", copied) == (0, expected, "")


@pytest.mark.parametrize("arguments", [("figures", "--out", "out"), ("trace", TREND)])
def test_a_broken_table_is_told_and_not_drawn(
    run: Any, copied: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: Any
) -> None:
    monkeypatch.chdir(tmp_path)
    whole = (copied / "claims.csv").read_bytes()
    (copied / "claims.csv").write_bytes(whole[:-1])
    status, out, err = run(*arguments, "--data", copied)
    assert (status, out) == (2, "") and one_sentence(err)
    assert err.startswith("claims.csv, row ") and "cut" in err
    assert not (tmp_path / "out").exists()


# --- figures and verify -------------------------------------------------------------------------


def test_figures_are_published_where_asked(run: Any, tmp_path: Path, copied: Path) -> None:
    out = tmp_path / "new" / "figures"
    status, said, err = run(
        "figures", MAYADIN, "--lang", "en", "--format", "png", "--data", copied, "--out", out
    )
    assert (status, err) == (0, "") and said == f"{MAYADIN}: en in png\n"
    assert {file.name for file in out.iterdir()} == {
        f"{MAYADIN}.en.png",
        f"{MAYADIN}.csv",
        "manifest.json",
    }


def test_figures_of_another_record_need_a_folder_of_their_own(run: Any, copied: Path) -> None:
    status, out, err = run("figures", MAYADIN, "--data", copied)
    assert (status, out) == (2, "") and "--out" in err and one_sentence(err)


def test_all_figures_are_published_by_default(
    run: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[Any, ...]] = []
    monkeypatch.setattr(publishing, "publish", lambda *args: asked.append(args))
    assert run("figures", "--out", tmp_path) == (0, "", "")
    ((names, _, langs, formats, out, _),) = asked
    assert names is None  # all of them
    assert tuple(langs) == ("ar", "en") and tuple(formats) == ("png", "svg", "pdf")
    assert Path(out) == tmp_path


def test_verify_tells_what_matches(
    run: Any, tmp_path: Path, copied: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paths, "PROJECT", copied.parent)
    folder = copied.with_name("figures")
    status, out, err = run("verify")
    assert (status, out) == (2, "") and "no published figure" in err and one_sentence(err)

    assert run("figures", "--lang", "en", "--format", "png")[0] == 0
    status, out, err = run("verify")
    assert (status, err) == (0, "")
    assert "byte for byte" in out and out.endswith("The figures match.\n")

    reports = copied / "reports.csv"
    before = reports.read_bytes()
    reports.write_bytes(before.replace(b"http://", b"https://", 1))
    assert reports.read_bytes() != before
    status, out, err = run("verify")
    assert (status, err) == (1, "") and f"{MAYADIN}: matches" in out
    assert "data/reports.csv is not the one" in out
    assert "The figures match; the inputs changed: publish again" in out
    reports.write_bytes(before)

    numbers = folder / f"{MAYADIN}.csv"
    numbers.write_text(
        numbers.read_text(encoding="utf-8").replace("25.0", "52.0"), encoding="utf-8"
    )
    status, out, err = run("verify")
    assert (status, err) == (1, "")
    assert f"{numbers.name} was changed by hand" in out
    assert out.endswith("The figures do not match.\n")

    (folder / "manifest.json").write_text("{")
    status, out, err = run("verify")
    assert (status, out) == (2, "") and "is damaged" in err and one_sentence(err)


# --- trace --------------------------------------------------------------------------------------


def test_trace_prints_a_table(run: Any) -> None:
    status, out, err = run("trace", TREND, "month=2018-04", "series=isis", "date_class=dated")
    assert (status, err) == (0, "")
    rows = list(csv.DictReader(io.StringIO(out)))
    assert {"table", "row", "row_id", "value", "report_id", "report"} <= set(rows[0])
    assert {row["table"] for row in rows} == {"ucdp_monthly"}
    assert sum(round(float(row["value"]) * 10**6) for row in rows) == round(
        float(rows[0]["best"]) * 10**6
    )
    found = analysis.trace(TREND, month="2018-04", series="isis", date_class="dated")
    assert [int(row["row"]) for row in rows] == found.row.tolist()


def test_trace_reads_another_record(run: Any, copied: Path) -> None:
    claims = copied / "claims.csv"
    text = claims.read_text(encoding="utf-8")
    claims.write_text(text.replace(",killed,25,25,,", ",killed,26,26,,"), encoding="utf-8")
    asked = ("trace", MAYADIN, "id=mayadin-2018-04-18-sohr-gov-2")
    (row,) = csv.DictReader(io.StringIO(run(*asked, "--data", copied)[1]))
    (own,) = csv.DictReader(io.StringIO(run(*asked)[1]))
    assert (row["value"], own["value"]) == ("26.0", "25.0")


# --- evidence -----------------------------------------------------------------------------------

TEXT = "قال المصدر إن 25 عنصراً قتلوا في هجوم.\nونفى آخر ذلك.\n"


def blank_record(folder: Path, **rows: list[dict[str, str]]) -> Path:
    """Write a record of a few rows; the other tables have none."""
    folder.mkdir()
    for name, table in TABLES.items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            columns = [column.name for column in table.columns]
            writer = csv.DictWriter(file, columns, restval="", lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows.get(name, []))
    return folder


def claim(words: str, **cells: str) -> dict[str, str]:
    start = TEXT.index(words)
    return {
        "event_id": "e1",
        "report_id": "r1",
        "claimant": "m",
        "as_of": "2018-01-02",
        "stance": "asserts",
        "victims": "isis",
        "outcome": "killed",
        "evidence": f"{start}-{start + len(words)}",
        **cells,
    }


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    (tmp_path / "texts" / "sub").mkdir(parents=True)
    (tmp_path / "texts" / "sub" / "any name.txt").write_bytes(TEXT.encode())
    return tmp_path / "texts"


def evidence_record(tmp_path: Path, *claims: dict[str, str]) -> Path:
    report = {
        "report_id": "r1",
        "language": "ar",
        "kind": "news",
        "read": "full",
        "url": "https://example.org/1",
        "text_sha256": hashlib.sha256(TEXT.encode()).hexdigest(),
    }
    return blank_record(tmp_path / "record", reports=[report], claims=list(claims))


WORDS = "25 عنصراً قتلوا"


def test_evidence_lays_each_statement_beside_its_words(
    run: Any, tmp_path: Path, texts: Path
) -> None:
    denial = claim("ونفى آخر ذلك", claim_id="c2", stance="denies", denies="event")
    record = evidence_record(tmp_path, claim(WORDS, claim_id="c1", low="25", best="25"), denial)
    status, out, err = run("evidence", "--texts", texts, "--data", record)
    assert (status, err) == (0, "")
    lines = out.splitlines()
    assert lines[0] == "c1  [r1]" and "low 25" in lines[1] and lines[2] == f"  «{WORDS}»"
    assert lines[3] == "c2  [r1]" and "denies" in lines[4] and lines[5] == "  «ونفى آخر ذلك»"
    assert lines[6:] == ["2 statements beside the words, 0 findings"]


def test_evidence_finds_a_number_that_is_not_there(run: Any, tmp_path: Path, texts: Path) -> None:
    record = evidence_record(tmp_path, claim(WORDS, claim_id="c1", low="52", best="52"))
    status, out, _ = run("evidence", "--texts", texts, "--data", record)
    assert status == 1
    assert "claims.csv, row 2 (c1): low is 52, but no such number" in out
    assert out.endswith("1 statement beside the words, 1 finding\n")


def test_evidence_misses_a_text(run: Any, tmp_path: Path) -> None:
    record = evidence_record(tmp_path, claim(WORDS, claim_id="c1"))
    (tmp_path / "texts").mkdir()
    status, out, _ = run("evidence", "--texts", tmp_path / "texts", "--data", record)
    assert status == 1 and "The text of report r1 is not under" in out


def test_arabic_comes_through_a_pipe_of_any_encoding(tmp_path: Path, texts: Path) -> None:
    record = evidence_record(tmp_path, claim(WORDS, claim_id="c1", low="25", best="25"))
    run = command("evidence", "--texts", texts, "--data", record, PYTHONIOENCODING="cp1252")
    assert (run.returncode, run.stderr) == (0, b"")
    assert WORDS in run.stdout.decode("utf-8")


# --- import -------------------------------------------------------------------------------------


def event_file(path: Path, **cells: object) -> Path:
    """Write an event file of UCDP's form, of one made-up event of a known dyad."""
    dyad = pd.read_csv(DATA / "ucdp_dyads.csv").iloc[0]
    event = {
        "id": 1,
        "country": "Syria",
        "adm_1": "Deir ez Zor governorate",
        "dyad_new_id": dyad.dyad_id,
        "side_a": dyad.side_a,
        "side_b": dyad.side_b,
        "source_article": '"A paper,2017-03-02,A title"',
        "type_of_violence": 1,
        "date_start": "2017-03-31",
        "date_end": "2017-04-01",
        "date_prec": 2,
        "where_prec": 1,
        "deaths_a": 0,
        "deaths_b": 0,
        "deaths_civilians": 3,
        "deaths_unknown": 0,
        "low": 2,
        "best": 3,
        "high": 5,
        **cells,
    }
    pd.DataFrame([event]).to_csv(path, index=False)
    return path


def imported(run: Any, file: Path, out: Path, *more: str | Path) -> Said:
    said: Said = run("import", file, "--source", "ucdp", "--release", RELEASE, "--out", out, *more)
    return said


def test_import_writes_the_table(run: Any, tmp_path: Path) -> None:
    out = tmp_path / "new"
    status, said, err = imported(run, event_file(tmp_path / "ged.csv"), out)
    assert (status, err) == (0, "")
    target = out / "ucdp_monthly.csv"
    assert said == f"1 event read, 5 rows written to {target}\n"
    rows = list(csv.DictReader(io.StringIO(target.read_text(encoding="utf-8"))))
    assert list(rows[0]) == [column.name for column in TABLES["ucdp_monthly"].columns]
    found = {(r["allocation"], r["month"]): r["best"] for r in rows}
    halves = {(a, m): "1.5" for a in ("dated", "spread") for m in ("2017-03", "2017-04")}
    assert found == {("onset", "2017-03"): "3"} | halves
    assert {(r["release"], r["governorate"]) for r in rows} == {(RELEASE, "SY09")}
    assert [path.name for path in out.iterdir()] == [target.name]


def test_import_heeds_years_and_country(run: Any, tmp_path: Path) -> None:
    file = event_file(tmp_path / "ged.csv", country="Iraq", date_start="2016-12-31")
    file.write_text(file.read_text().replace("2017-04-01", "2017-01-01"))
    for more in ((), ("--country", "Iraq"), ("--years", "2016", "2016")):
        status, _, err = imported(run, file, tmp_path / "out", *more)
        assert status == 2 and "no event in" in err and one_sentence(err)
    assert not (tmp_path / "out").exists()
    more = ("--country", "Iraq", "--years", "2016", str(YEARS[1]))
    assert imported(run, file, tmp_path / "out", *more)[0] == 0


@pytest.mark.parametrize(
    ("cells", "part"),
    [
        ({"side_b": "A side that nobody knows"}, "A side that nobody knows"),
        ({"best": 4}, "do not add up"),
        ({"date_end": "2017-02-30"}, "impossible"),
    ],
)
def test_import_refuses_a_faulty_file(
    run: Any, tmp_path: Path, cells: dict[str, object], part: str
) -> None:
    status, out, err = imported(run, event_file(tmp_path / "ged.csv", **cells), tmp_path / "out")
    assert (status, out) == (2, "") and part in err and one_sentence(err)
    assert not (tmp_path / "out").exists()


def test_import_uses_the_tables_of_another_record(run: Any, tmp_path: Path, copied: Path) -> None:
    file, out = event_file(tmp_path / "ged.csv", side_b="Another side"), tmp_path / "out"
    for name in ("ucdp_sides.csv", "ucdp_dyads.csv", "reports.csv"):
        text = (copied / name).read_text(encoding="utf-8").replace(RELEASE, "OTHER")
        if name == "ucdp_sides.csv":
            text += "Another side,opposition,Another side,جهة أخرى,\n"
        else:
            first = pd.read_csv(file)[["dyad_new_id", "side_a", "side_b"]].iloc[0]
            old = pd.read_csv(copied / "ucdp_dyads.csv").iloc[0]
            text = text.replace(",".join(map(str, old)), ",".join(map(str, first)))
        (copied / name).write_text(text, encoding="utf-8")
    assert imported(run, file, out)[0] == 2
    status, _, err = imported(run, file, out, "--data", copied)
    assert status == 2 and f"no report {RELEASE} in {copied}" in err and one_sentence(err)
    status, _, err = imported(run, file, out, "--data", copied, "--release", "OTHER")
    assert (status, err) == (0, "")
    assert set(pd.read_csv(out / "ucdp_monthly.csv").release) == {"OTHER"}


def test_import_names_the_faults_of_damaged_tables(run: Any, tmp_path: Path, copied: Path) -> None:
    (copied / "ucdp_sides.csv").write_text('side,party\n"never closed')
    (copied / "ucdp_dyads.csv").write_bytes(b"\xff\xfe")
    (copied / "reports.csv").unlink()
    file = event_file(tmp_path / "ged.csv")
    status, out, err = imported(run, file, tmp_path / "out", "--data", copied)
    assert (status, out) == (2, "") and len(err.splitlines()) == 3
    assert "reports.csv is missing" in err and "ucdp_sides.csv, row 2: a quote" in err
    assert "ucdp_dyads.csv is in UTF-16" in err
    assert not (tmp_path / "out").exists()
