"""What is published: the same bytes every time, with nothing of the machine, and told when not."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from PIL import Image

import analysis
from analysis import RecordError, paths, publish
from analysis.arabic import plain
from analysis.arabic.text import matplotlib_shapes
from analysis.publishing import FORMATS, LANGUAGES, verify
from analysis.record import TABLES, Record

ROOT = Path(__file__).resolve().parent.parent
TREND, MAYADIN = "casualty-trend", "mayadin-2018-04"
NAMES = [TREND, MAYADIN]
FILES = {
    name: [f"{name}.csv", *(f"{name}.{lang}.{kind}" for lang in LANGUAGES for kind in FORMATS)]
    for name in NAMES
}
PUBLISH = "import sys, analysis\nfor name in sys.argv[2:]: analysis.publish(name, out=sys.argv[1])"


@pytest.fixture(scope="module")
def record() -> Record:
    return analysis.load()


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory, record: Record) -> Path:
    """Both figures, in a folder that publishing makes. Not to be changed."""
    folder = tmp_path_factory.mktemp("published") / "new" / "figures"
    for name in NAMES:
        written = publish(name, record, out=folder)
        assert sorted(written) == sorted(folder / file for file in (*FILES[name], "manifest.json"))
    return folder


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory, record: Record) -> Path:
    """One figure in one language as PNG, and the numbers of the other. Not to be changed."""
    folder = tmp_path_factory.mktemp("small")
    publish(TREND, record, [], [], folder)
    publish(MAYADIN, record, "en", "png", folder)
    return folder


@pytest.fixture
def folder(small: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(small, tmp_path / "figures"))


def manifest(folder: Path) -> dict[str, Any]:
    return dict(json.loads((folder / "manifest.json").read_text(encoding="utf-8")))


def rewrite(folder: Path, changed: Any) -> None:
    (folder / "manifest.json").write_text(json.dumps(changed), encoding="utf-8")


def digest(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


def contents(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir()}


# --- what is written ----------------------------------------------------------------------------


def test_exactly_the_named_files_are_written(published: Path) -> None:
    assert sorted(contents(published)) == sorted([*FILES[TREND], *FILES[MAYADIN], "manifest.json"])


@pytest.mark.parametrize(
    ("langs", "formats", "files"),
    [
        ("ar", "svg", [f"{MAYADIN}.ar.svg"]),
        (["en"], ("png",), [f"{MAYADIN}.en.png"]),
        ([], FORMATS, []),
        (LANGUAGES, [], []),
    ],
)
def test_languages_and_formats_are_chosen(
    tmp_path: Path, record: Record, langs: Any, formats: Any, files: list[str]
) -> None:
    publish(MAYADIN, record, langs, formats, tmp_path)
    assert set(contents(tmp_path)) == {*files, f"{MAYADIN}.csv", "manifest.json"}


def test_a_part_published_alone_is_the_same(
    published: Path, tmp_path: Path, record: Record
) -> None:
    for kind in reversed(FORMATS):
        publish(TREND, record, "ar", kind, tmp_path)
    for file in (f"{TREND}.ar.{kind}" for kind in FORMATS):
        assert digest(tmp_path / file) == digest(published / file), file
    whole, parts = (manifest(folder)["figures"][TREND] for folder in (published, tmp_path))
    assert parts["files"].items() < whole["files"].items()
    assert parts["texts"] == {"ar": whole["texts"]["ar"]}


def test_a_second_run_writes_the_same_and_touches_nothing(folder: Path, record: Record) -> None:
    before, times = contents(folder), {f.name: f.stat().st_mtime_ns for f in folder.iterdir()}
    publish(MAYADIN, record, "en", "png", folder)
    assert contents(folder) == before
    assert {f.name: f.stat().st_mtime_ns for f in folder.iterdir()} == times


def test_another_process_in_another_setting_writes_the_same(
    published: Path, tmp_path: Path
) -> None:
    settings = tmp_path / "matplotlibrc"
    settings.write_text("font.size: 20\naxes.facecolor: red\nsavefig.dpi: 50\nsvg.fonttype: path\n")
    env = os.environ | {
        "LANG": "C",
        "LC_ALL": "C",
        "MATPLOTLIBRC": str(settings),
        "MPLBACKEND": "svg",
        "PYTHONHASHSEED": "12345",
        "PYTHONPATH": str(ROOT),
        "SOURCE_DATE_EPOCH": "1",
        "TZ": "Asia/Damascus",
    }
    out = tmp_path / "out"
    command = [sys.executable, "-c", PUBLISH, str(out), *reversed(NAMES)]
    subprocess.run(command, cwd=tmp_path, env=env, check=True, timeout=120)
    assert {file.name: digest(file) for file in out.iterdir()} == {
        file.name: digest(file) for file in published.iterdir()
    }


# --- what the files hold ------------------------------------------------------------------------


def bare(file: Path) -> bytes:
    """Return the bytes of a file with compressed text in the open."""
    data = file.read_bytes()
    if file.suffix == ".png":
        with Image.open(io.BytesIO(data)) as picture:
            return repr(picture.info).encode() + b"".join(re.findall(rb"[\x20-\x7e]{6,}", data))
    return data


def test_pictures_hold_no_date_no_software_no_path(published: Path) -> None:
    # the repository of PDF and SVG formats is named by their headers, not by us
    told = re.compile(
        rb"Creation ?Date|ModDate|Producer|dc:date|Matplotlib v|matplotlib\.org|\d\d:\d\d:\d\d|"
        + b"|".join(
            re.escape(str(path).encode()) for path in (ROOT, published, Path.home(), sys.prefix)
        ),
    )
    pictures = [file for file in published.iterdir() if file.suffix in (".png", ".svg", ".pdf")]
    assert len(pictures) == 12
    for file in pictures:
        found = told.search(bare(file))
        assert not found, (file.name, found and found[0])
    assert told.search(b"/CreationDate (D:20260101)") and told.search(b"12:30:59")


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_png_holds_title_and_alt_text(published: Path, name: str, lang: str) -> None:
    texts = manifest(published)["figures"][name]["texts"][lang]
    with Image.open(published / f"{name}.{lang}.png") as picture:
        assert picture.info["Title"] == texts["title"]
        assert picture.info["Description"] == texts["alt"]
        assert "Software" not in picture.info
        assert picture.size[0] > 1000


def pdf_info(file: Path) -> dict[str, str]:
    """Read the texts of a PDF's information dictionary, as the format writes them."""
    data = file.read_bytes()
    info = {}
    for key in ("Title", "Subject", "Keywords"):
        start = re.search(rb"/%s \(" % key.encode(), data)
        assert start, key
        text, at, depth = bytearray(), start.end(), 1
        while True:
            char = data[at : at + 1]
            if char == b"\\":
                char, at = data[at + 1 : at + 2], at + 1
                char = {b"n": b"\n", b"r": b"\r", b"t": b"\t"}.get(char, char)
            elif char in b"()":
                depth += 1 if char == b"(" else -1
                if not depth:
                    break
            text += char
            at += 1
        utf16 = text.startswith(b"\xfe\xff")
        info[key] = text.decode("utf-16" if utf16 else "ascii")
    return info


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_pdf_says_in_logical_letters_what_it_shows(published: Path, name: str, lang: str) -> None:
    texts = manifest(published)["figures"][name]["texts"][lang]
    info = pdf_info(published / f"{name}.{lang}.pdf")
    assert info["Title"] == texts["title"] and info["Subject"] == texts["alt"]
    assert plain(info["Title"]) == info["Title"]
    if lang == "ar":
        assert not re.search("[\ufb50-\ufdff\ufe70-\ufefc]", info["Title"] + info["Keywords"])
    if not matplotlib_shapes():
        pytest.skip("the labels of a figure hold shaped letters before Matplotlib 3.11")
    keywords = info["Keywords"]
    for word in texts["title"].split():
        assert word in keywords
    labels = {"en": ("Islamic State", "1,000"), "ar": ("تنظيم الدولة الإسلامية", "1,000")}
    assert all(label in keywords for label in labels[lang])


@pytest.mark.skipif(not matplotlib_shapes(), reason="texts are paths before Matplotlib 3.11")
@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_svg_holds_the_words_of_the_title_as_text(published: Path, name: str, lang: str) -> None:
    root = ElementTree.parse(published / f"{name}.{lang}.svg").getroot()
    drawn = [plain("".join(e.itertext())) for e in root.iter("{http://www.w3.org/2000/svg}text")]
    words = " ".join(drawn).split()
    title = manifest(published)["figures"][name]["texts"][lang]["title"]
    assert set(title.split()) <= set(words)
    assert len(drawn) > 30
    (stated,) = root.iter("{http://purl.org/dc/elements/1.1/}title")
    assert stated.text == title


@pytest.mark.parametrize("name", NAMES)
def test_csv_holds_the_plotted_numbers(published: Path, name: str, record: Record) -> None:
    plotted = analysis.figures.numbers(name, record)
    raw = (published / f"{name}.csv").read_bytes()
    assert b"\r" not in raw and raw.endswith(b"\n")
    rows = list(csv.DictReader(io.StringIO(raw.decode())))
    assert list(rows[0]) == list(plotted) and len(rows) == len(plotted)
    for column in ("low", "best", "high"):
        cells = [row[column] for row in rows]
        assert [round(float(cell) * 10**6) if cell else None for cell in cells] == [
            None if value != value else round(value * 10**6) for value in plotted[column]
        ]
        assert not [cell for cell in cells if re.search(r"\.\d{7}|e", cell)]
    dates = [row["month" if name == TREND else "start"] for row in rows]
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\d", date) for date in dates)


def test_the_manifest_is_complete(published: Path, record: Record) -> None:
    found = manifest(published)
    assert list(found["figures"]) == sorted(NAMES)
    for name, entry in found["figures"].items():
        assert entry["files"] == {file: digest(published / file) for file in FILES[name]}
        for lang in LANGUAGES:
            assert set(entry["texts"][lang]) == {"title", "alt"}
            assert len(entry["texts"][lang]["alt"]) > len(entry["texts"][lang]["title"]) > 30
            assert bool(re.search("[\u0621-\u064a]", entry["texts"][lang]["alt"])) == (lang == "ar")
    assert found["inputs"] == {
        f"{table}.csv": digest(record.folder / f"{table}.csv") for table in TABLES
    }
    assert found["record"] == record.version
    assert {"python", "platform", "matplotlib", "pandas", "numpy"} <= set(found["environment"])
    text = (published / "manifest.json").read_text(encoding="utf-8")
    assert str(ROOT) not in text and text.endswith("}\n") and "قتيل" in text


# --- verify -------------------------------------------------------------------------------------


def test_what_was_just_published_matches(small: Path, record: Record) -> None:
    told: list[str] = []
    faults, compared = verify(record, small, told.append)
    assert faults == [] and "byte for byte" in compared
    assert compared.endswith("\nThe figures match.")
    assert told == [f"{TREND}: matches", f"{MAYADIN}: matches"]


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    return Path(shutil.copytree(ROOT / "data", tmp_path / "data"))


def edit(folder: Path, table: str, row: str, column: str, cell: str) -> None:
    """Set a cell of the row whose line holds some words."""
    file = folder / f"{table}.csv"
    with file.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    (found,) = [each for each in rows if row in each.values()]
    assert found[column] != cell
    found[column] = cell
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def test_a_changed_digit_names_the_figure(folder: Path, copied: Path) -> None:
    edit(copied, "claims", "mayadin-2018-04-18-sohr-isis", "best", "14")
    for bound in ("low", "high"):
        edit(copied, "claims", "mayadin-2018-04-18-sohr-isis", bound, "14")
    faults, outcome = verify(analysis.load(copied), folder)
    assert outcome.endswith("\nThe figures do not match.")
    assert faults[0].startswith("data/claims.csv is not the one")
    changed = {
        f"{MAYADIN} no longer matches: {file} comes out different now."
        for file in (f"{MAYADIN}.csv", f"{MAYADIN}.en.png")
    }
    assert set(faults[1:]) == changed


def test_a_changed_note_names_the_table_alone(folder: Path, copied: Path) -> None:
    edit(copied, "claims", "mayadin-2018-04-18-sohr-isis", "note", "Another note.")
    faults, outcome = verify(analysis.load(copied), folder)
    assert len(faults) == 1 and "data/claims.csv" in faults[0] and MAYADIN not in faults[0]
    assert "\nThe figures match; the inputs changed: publish again" in outcome


def test_a_picture_changed_by_hand_is_told(folder: Path, record: Record) -> None:
    picture = folder / f"{MAYADIN}.en.png"
    picture.write_bytes(picture.read_bytes() + b"\0")
    faults, _ = verify(record, folder)
    assert faults == [
        f"{MAYADIN}: the stored {picture.name} was changed by hand; publish it again."
    ]
    publish(MAYADIN, record, "en", "png", folder)
    assert verify(record, folder)[0] == []


def test_a_missing_file_is_told(folder: Path, record: Record) -> None:
    (folder / f"{MAYADIN}.csv").unlink()
    faults, _ = verify(record, folder)
    assert len(faults) == 1 and f"{MAYADIN}.csv is missing" in faults[0]


def test_svg_and_pdf_need_not_be_there(folder: Path, record: Record) -> None:
    publish(MAYADIN, record, "en", ("svg", "pdf"), folder)
    for kind in ("svg", "pdf"):
        (folder / f"{MAYADIN}.en.{kind}").unlink()
    assert verify(record, folder)[0] == []


def test_a_figure_that_the_manifest_lacks_is_told(folder: Path, record: Record) -> None:
    stale = manifest(folder)
    stale["environment"]["matplotlib"] = "3.9.0"
    rewrite(folder, stale)
    publish(TREND, record, [], [], folder)  # in another environment: the other entries are void
    faults, outcome = verify(record, folder)
    assert faults == [f"{MAYADIN} is not in {folder / 'manifest.json'}; publish it."]
    assert outcome.endswith("\nThe figures do not match.")


def test_a_file_that_the_manifest_lacks_is_told(folder: Path, record: Record) -> None:
    (folder / f"{MAYADIN}.ar.png").write_bytes(b"stale")
    faults, outcome = verify(record, folder)
    (fault,) = faults
    assert fault.startswith(f"{MAYADIN}: {MAYADIN}.ar.png is not in ") and fault.endswith(".")
    assert outcome.endswith("\nThe figures do not match.")


def test_elsewhere_the_numbers_alone_are_compared(folder: Path, record: Record) -> None:
    changed = manifest(folder)
    own = changed["environment"]["matplotlib"]
    changed["environment"]["matplotlib"] = "3.9.0"
    changed["figures"][MAYADIN]["files"][f"{MAYADIN}.en.png"] = "0" * 64  # as drawn there
    rewrite(folder, changed)
    faults, compared = verify(record, folder)
    assert faults == []
    assert compared.splitlines() == [
        f"Compared the plotted numbers only: matplotlib {own} (manifest: 3.9.0).",
        "The figures match.",
    ]

    changed["figures"][MAYADIN]["files"][f"{MAYADIN}.csv"] = "0" * 64
    rewrite(folder, changed)
    faults, _ = verify(record, folder)
    assert faults == [f"{MAYADIN} no longer matches: {MAYADIN}.csv comes out different now."]


def test_verify_leaves_the_folder_alone(folder: Path, record: Record) -> None:
    (folder / f"{MAYADIN}.en.png").unlink()
    before = contents(folder)
    verify(record, folder)
    assert contents(folder) == before


def test_entries_of_other_figures_stay(folder: Path, copied: Path, record: Record) -> None:
    edit(copied, "claims", "mayadin-2018-04-18-sohr-isis", "note", "Another note.")
    publish(TREND, analysis.load(copied), [], [], folder)
    assert set(manifest(folder)["figures"]) == {TREND, MAYADIN}


# --- wrong use, and what is cut short -----------------------------------------------------------


@pytest.mark.parametrize(
    "damaged",
    [
        b"",
        b"{",
        b"[]",
        b'"figures"',
        b"\xff\xfe{}",
        b'{"figures": {}}',
        b'{"figures": [], "environment": {}, "inputs": {}}',
        b'{"figures": {"x": 5}, "environment": {}, "inputs": {}}',
        b'{"figures": {"x": {"files": {}}}, "environment": {}, "inputs": {}}',
        b'{"figures": {}, "environment": null, "inputs": {}}',
    ],
)
def test_a_damaged_manifest_gives_one_sentence(
    tmp_path: Path, record: Record, damaged: bytes
) -> None:
    (tmp_path / "manifest.json").write_bytes(damaged)
    for act in (lambda: verify(record, tmp_path), lambda: publish(TREND, record, out=tmp_path)):
        with pytest.raises(RecordError) as caught:
            act()
        said = str(caught.value)
        assert said.endswith("is damaged: publish all figures again.")
        assert "\n" not in said
    assert set(contents(tmp_path)) == {"manifest.json"}


def test_publishing_all_figures_replaces_a_damaged_manifest(folder: Path, record: Record) -> None:
    (folder / "manifest.json").write_bytes(b"{")
    publish(None, record, "en", "png", folder)
    assert verify(record, folder)[0] == []


def test_a_manifest_with_an_unknown_figure_gives_one_sentence(folder: Path, record: Record) -> None:
    changed = manifest(folder)
    changed["figures"]["trend"] = changed["figures"][TREND]
    rewrite(folder, changed)
    with pytest.raises(RecordError, match=r"manifest\.json lists 'trend', no figure here: publish"):
        verify(record, folder)


def test_the_figures_of_the_project_are_of_its_own_record(
    copied: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = tmp_path / "project"
    shutil.copytree(copied, project / "data")
    monkeypatch.setattr(paths, "PROJECT", project)
    with pytest.raises(RecordError, match=r"not the project's own: name a folder .* out"):
        publish(TREND, analysis.load(copied), "en", "png")
    assert not (project / "figures").exists()
    publish(TREND, analysis.load(project / "data"), [], [])
    assert set(contents(project / "figures")) == {f"{TREND}.csv", "manifest.json"}


def test_without_a_project_a_folder_is_needed(
    tmp_path: Path, record: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paths, "PROJECT", tmp_path)
    for act in (lambda: publish(TREND, record), lambda: verify(record)):
        with pytest.raises(RecordError, match="no project around it: name a folder"):
            act()
    assert not contents(tmp_path)


def test_verifying_nothing_gives_one_sentence(tmp_path: Path, record: Record) -> None:
    for folder in (tmp_path, tmp_path / "none"):
        with pytest.raises(RecordError, match=r"no published figure in .*: publish"):
            verify(record, folder)


@pytest.mark.parametrize(
    ("wrong", "part"),
    [
        ({"name": "trend"}, "no figure 'trend' here: choose casualty-trend"),
        ({"langs": "fr"}, "no language 'fr' here: choose ar, en"),
        ({"langs": ("ar", "AR")}, "no language 'AR'"),
        ({"formats": "jpg"}, "no format 'jpg' here: choose png, svg, pdf"),
        ({"formats": ["png", None]}, "no format None"),
        ({"name": 3}, "no figure 3 here: choose casualty-trend"),
        ({"langs": None}, "no language None here: choose ar, en"),
        ({"record": "data"}, "A record is needed, not a str: load one"),
        ({"out": ""}, "'' does not name a folder"),
        ({"out": 3}, "3 does not name a folder"),
        ({"out": Path(__file__)}, "test_publish.py is a file: name a folder"),
        ({"out": Path(__file__) / "new"}, "new cannot be written (Not a directory): "),
    ],
)
def test_wrong_names_give_one_sentence_and_write_nothing(
    tmp_path: Path, record: Record, wrong: dict[str, Any], part: str
) -> None:
    out = tmp_path / "figures"
    with pytest.raises(RecordError) as caught:
        publish(**{"name": TREND, "record": record, "out": out, **wrong})
    said = str(caught.value)
    assert part in said and "\n" not in said and said.endswith(".")
    assert not out.exists()


def test_an_interrupted_write_leaves_what_was_there(
    folder: Path, copied: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = contents(folder)
    edit(copied, "claims", "mayadin-2018-04-18-sohr-isis", "note", "Another note.")
    for bound in ("low", "best", "high"):
        edit(copied, "claims", "mayadin-2018-04-18-sohr-isis", bound, "14")

    def cut(*args: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", cut)
        with pytest.raises(RecordError, match=r"2018-04\.csv cannot be written \(No space left"):
            publish(MAYADIN, analysis.load(copied), "en", "png", folder)
    assert contents(folder) == before

    with monkeypatch.context() as patch:
        patch.setattr(sys.modules[publish.__module__], "drawing", cut)
        with pytest.raises(OSError, match="No space"):
            publish(MAYADIN, analysis.load(copied), "en", "png", folder)
    assert contents(folder) == before


def test_a_figure_cut_short_is_not_in_the_manifest(
    folder: Path, copied: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Pictures are in place before the manifest says so: what is torn apart is told."""
    for bound in ("low", "best", "high"):
        edit(copied, "claims", "mayadin-2018-04-18-sohr-isis", bound, "14")
    changed, replace = analysis.load(copied), os.replace

    def but_the_manifest(part: Path, file: Path) -> None:
        if file.name == "manifest.json":
            raise KeyboardInterrupt
        replace(part, file)

    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", but_the_manifest)
        with pytest.raises(KeyboardInterrupt):
            publish(MAYADIN, changed, "en", "png", folder)
    assert not [file for file in folder.iterdir() if file.suffix == ".part"]
    assert verify(changed, folder)[0]
    publish(MAYADIN, changed, "en", "png", folder)
    assert verify(changed, folder)[0] == []


def test_progress_is_told(tmp_path: Path, record: Record) -> None:
    told: list[str] = []
    publish(MAYADIN, record, "en", (), tmp_path, told.append)
    assert len(told) == 1 and told[0].startswith(f"{MAYADIN}: en")
