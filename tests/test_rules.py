"""Every rule has a planted fault that trips it and nothing else, and a near miss that trips none.

The plants are set into a small made-up record, written anew for each test, so that rows which are
added to the real one neither hide nor cause a finding.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from analysis import check
from analysis.record import FILE_RULES, TABLES, boundaries
from analysis.record.rules import RULES

Plant = Callable[[Path], object]
Row = dict[str, str]

DEATHS = [c.name for c in TABLES["ucdp_monthly"].columns if c.kind == "decimal"]
NO_DEATHS = dict.fromkeys(DEATHS, "0")
MONTHLY: Row = {
    "release": "r3",
    "month": "2017-01",
    "governorate": "SY01",
    "dyad_id": "7",
    "type_of_violence": "state-based",
    "date_class": "dated",
    "place_class": "place",
    "events": "1",
    "events_unnested": "0",
    **NO_DEATHS,
    **{"low": "2", "best": "3.5", "high": "9", "civilians": "1.25", "isis": "2.25"},
    "best_publishers_1": "3.5",
}
CLAIM: Row = {
    "event_id": "e1",
    "report_id": "r1",
    "claimant": "m",
    "as_of": "2018-01-02",
    "stance": "asserts",
    "victims": "isis",
    "outcome": "killed",
}
CONTROL: Row = {
    "place_id": "p1",
    "kind": "change",
    "extent": "full",
    "basis": "stated",
    "claimant": "m",
    "stance": "asserts",
    "report_id": "r1",
}
TOLL: Row = {
    "claimant": "m",
    "period_start": "2017-01-01",
    "period_end": "2017-12-31",
    "victims": "all",
    "outcome": "killed",
    "basis": "stated",
    "report_id": "r1",
}
REPORT: Row = {"language": "ar", "kind": "news", "read": "full"}
NAMES: Row = {"name_en": "example", "name_ar": "مثال", "name_ar_source": "made up"}

RECORD: dict[str, list[Row]] = {
    "reports": [
        {
            **REPORT,
            "report_id": "r1",
            "published": "2018-01-02",
            "published_precision": "day",
            "published_basis": "stated",
            "url": "https://example.org/1",
            "text_sha256": "0" * 64,
        },
        {**REPORT, "report_id": "r2", "title": "second", "reference": "A made-up reference"},
        {**REPORT, "report_id": "r3", "kind": "dataset", "url": "10.1000/made-up"},
    ],
    "actors": [
        {**NAMES, "actor_id": "a", "role": "party", "colour": "#0072b2"},
        {**NAMES, "actor_id": "b", "role": "party", "parent": "a"},
        {**NAMES, "actor_id": "m", "role": "monitor"},
        {**NAMES, "actor_id": "n", "role": "monitor", "note": "another", "side": "unknown"},
    ],
    "places": [
        {
            **NAMES,
            "place_id": "p1",
            "kind": "city",
            "governorate": "SY01",
            "lat": "33.51",
            "lon": "36.29",
            "coordinate_precision": "point",
            "source": "made up",
        },
        {**NAMES, "place_id": "p2", "kind": "town"},
    ],
    "events": [
        {
            "event_id": "e1",
            "date_earliest": "2018-01-01",
            "date_latest": "2018-01-01",
            "date_precision": "day",
            "place_id": "p1",
            "place_precision": "exact",
            "kind": "battle",
        },
        {
            "event_id": "e2",
            "date_latest": "2018-01-01",
            "date_precision": "open",
            "place_id": "p2",
            "place_precision": "area",
            "kind": "shelling",
            "part_of": "e1",
        },
    ],
    "claims": [
        {**CLAIM, "claim_id": "c1", "as_of": "2018-01-01", "low": "5", "best": "6", "high": "7"},
        {
            **CLAIM,
            "claim_id": "c2",
            "low": "8",
            "best": "8",
            "qualifier": "at_least",
            "attributed_to": "a;b",
            "supersedes": "c1",
            "evidence": "0-5;7-9",
        },
        {**CLAIM, "claim_id": "c3", "low": "8", "best": "8", "report_id": "r2", "repeats": "c2"},
        {**CLAIM, "claim_id": "c4", "claimant": "n", "stance": "denies", "denies": "event"},
    ],
    "control_changes": [
        {
            **CONTROL,
            "change_id": "x1",
            "from_actor": "a",
            "to_actor": "b",
            "date_earliest": "2017-05-01",
            "date_latest": "2017-05-03",
        },
        {
            **CONTROL,
            "change_id": "x2",
            "kind": "status",
            "to_actor": "b",
            "valid_from": "2018-12-01",
            "valid_to": "2018-12-31",
        },
    ],
    "tolls": [
        {**TOLL, "toll_id": "t1", "low": "20", "best": "20", "high": "20", "as_of": "2018-01-01"},
        {**TOLL, "toll_id": "t2", "best": "22", "as_of": "2018-02-01", "supersedes": "t1"},
    ],
    "areas": [
        {
            "area_id": "s1",
            "claimant": "m",
            "date": "2017-01-01",
            "date_precision": "day",
            "scope": "p1",
            "actor": "a",
            "share_pct": "12.5",
            "basis": "stated",
            "report_id": "r1",
        }
    ],
    "coverage": [{"claimant": "m", "month": "2017-01", "victims": "all", "status": "read"}],
    "event_ucdp": [{"event_id": "e1", "release": "r3", "ucdp_ids": "11;12"}],
    "ucdp_sides": [
        {**NAMES, "side": "Side A", "party": "isis"},
        {**NAMES, "side": "Side B, and more", "party": "isis"},
    ],
    "ucdp_dyads": [{"dyad_id": "7", "side_a": "Side A", "side_b": "Side B, and more"}],
    "ucdp_monthly": [{**MONTHLY, "allocation": a} for a in ("dated", "spread", "onset")],
}


def write(folder: Path, table: str, rows: list[Row], columns: list[str] | None = None) -> None:
    """Write a table with the columns of the schema, blank where a row does not fill them."""
    names = columns or [column.name for column in TABLES[table].columns]
    with (folder / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, names, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def read(folder: Path, table: str) -> list[Row]:
    with (folder / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for table in TABLES:
        write(tmp_path, table, RECORD[table])
    return tmp_path


# --- ways to plant ------------------------------------------------------------------------------


def cells(table: str, row: int, **changes: str) -> Plant:
    """Set cells of a row, counted as a spreadsheet does."""

    def plant(folder: Path) -> None:
        rows = read(folder, table)
        rows[row - 2] |= changes
        write(folder, table, rows)

    return plant


def added(table: str, base: Row, **changes: str) -> Plant:
    """Add a row at the end of a table."""
    return lambda folder: write(folder, table, [*read(folder, table), {**base, **changes}])


def raw(table: str, change: Callable[[bytes], bytes]) -> Plant:
    """Change the bytes of a file."""

    def plant(folder: Path) -> None:
        file = folder / f"{table}.csv"
        before = file.read_bytes()
        after = change(before)
        assert after != before, "nothing was planted"
        file.write_bytes(after)

    return plant


def columns(table: str, change: Callable[[list[str]], list[str]]) -> Plant:
    """Write a table with other columns."""

    def plant(folder: Path) -> None:
        names = change([column.name for column in TABLES[table].columns])
        write(folder, table, [{n: r.get(n, "") for n in names} for r in read(folder, table)], names)

    return plant


def together(*plants: Plant) -> Plant:
    return lambda folder: [plant(folder) for plant in plants]


def semicolons(folder: Path) -> None:
    """Save claims as a spreadsheet does where the comma is the decimal point."""
    rows = read(folder, "claims")
    with (folder / "claims.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), delimiter=";", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


RIVAL = {**CONTROL, "kind": "status", "change_id": "x3"}
CHANGE = {**CONTROL, "date_earliest": "2018-06-01", "date_latest": "2018-06-01", "change_id": "x3"}
C1 = RECORD["claims"][0]

# rule, plant, (table, row, column) of the finding, a piece of its message
FAULTS: list[tuple[str, Plant, tuple[str, int | None, str], str]] = [
    ("file-present", lambda f: (f / "tolls.csv").unlink(), ("tolls", None, ""), "tolls.csv"),
    ("file-not-empty", raw("tolls", lambda b: b""), ("tolls", None, ""), "empty"),
    ("file-not-empty", raw("tolls", lambda b: b" \n\n"), ("tolls", None, ""), "empty"),
    (
        "file-utf8",
        raw("places", lambda b: b.decode().encode("cp1256")),
        ("places", 2, ""),
        "line 2",
    ),
    ("file-utf8", raw("places", lambda b: b.decode().encode("utf-16")), ("places", None, ""), "16"),
    ("file-no-bom", raw("tolls", lambda b: b"\xef\xbb\xbf" + b), ("tolls", None, ""), "BOM"),
    ("file-lf", raw("tolls", lambda b: b.replace(b"\n", b"\r\n")), ("tolls", None, ""), "CRLF"),
    ("file-no-nul", raw("tolls", lambda b: b.replace(b"t1", b"t\0")), ("tolls", 2, ""), "NUL"),
    ("file-comma", raw("tolls", lambda b: b.replace(b",", b";")), ("tolls", 1, ""), "commas"),
    ("file-comma", raw("tolls", lambda b: b.replace(b",", b"\t")), ("tolls", 1, ""), "commas"),
    (
        "file-comma",
        together(cells("claims", 2, note='a "word"; and more'), semicolons),
        ("claims", 1, ""),
        "commas",
    ),
    ("file-quotes", raw("tolls", lambda b: b.replace(b"t2,", b'"t2,')), ("tolls", 3, ""), "row 3"),
    ("file-quotes", raw("tolls", lambda b: b.replace(b"t2,", b't"2,')), ("tolls", 3, ""), "row 3"),
    (
        "file-quotes",
        raw("ucdp_sides", lambda b: b.replace(b'and more",', b'and" more",')),
        ("ucdp_sides", 3, ""),
        "quote",
    ),
    (
        "file-quotes",
        raw("tolls", lambda b: b[:-1] + b"x" * 140_000 + b"\n"),
        ("tolls", None, ""),
        "characters",
    ),
    ("file-whole", raw("tolls", lambda b: b[:-20]), ("tolls", 3, ""), "cut"),
    ("file-whole", raw("tolls", lambda b: b[:-1]), ("tolls", 3, ""), "cut"),
    (
        "columns-complete",
        columns("tolls", lambda names: names[:-1]),
        ("tolls", 1, "note"),
        "no column note",
    ),
    (
        "columns-known",
        columns("tolls", lambda names: [*names, "extra"]),
        ("tolls", 1, "extra"),
        "'extra'",
    ),
    (
        "columns-known",
        columns("tolls", lambda names: [*names, "low"]),
        ("tolls", 1, "low"),
        "column low twice",
    ),
    ("row-width", raw("tolls", lambda b: b.replace(b"t2,", b"t2,,")), ("tolls", 3, ""), "18 cells"),
    ("row-width", raw("tolls", lambda b: b.replace(b"\nt2", b"\n\nt2")), ("tolls", 3, ""), "blank"),
    ("cell-required", cells("claims", 2, claimant=""), ("claims", 2, "claimant"), "blank"),
    ("cell-text", cells("claims", 2, note="two  spaces"), ("claims", 2, "note"), "stray space"),
    ("cell-text", cells("claims", 2, note="end "), ("claims", 2, "note"), "stray space"),
    ("cell-text", cells("claims", 2, note="\u0627\u0653خر"), ("claims", 2, "note"), "NFC"),
    ("cell-text", cells("claims", 2, note="one\ntwo"), ("claims", 2, "note"), "a line break"),
    ("cell-text", cells("claims", 2, note="1\u00a0km"), ("claims", 2, "note"), "no-break space"),
    ("cell-text", cells("claims", 2, note="a\u200fb"), ("claims", 2, "note"), "right-to-left mark"),
    ("cell-text", cells("claims", 2, note="caf\ufffd"), ("claims", 2, "note"), "replacement"),
    ("cell-text", cells("claims", 2, claimant="m "), ("claims", 2, "claimant"), "stray space"),
    ("cell-text", cells("places", 2, name_ar="مثال "), ("places", 2, "name_ar"), "stray space"),
    ("cell-arabic", cells("places", 2, name_ar="Alpha"), ("places", 2, "name_ar"), "Arabic"),
    ("cell-arabic", cells("places", 2, name_ar="مثـال"), ("places", 2, "name_ar"), "Arabic"),
    ("cell-arabic", cells("places", 2, name_ar="مِثال"), ("places", 2, "name_ar"), "Arabic"),
    ("cell-arabic", cells("places", 2, name_ar="ﻣﺜﺎﻝ"), ("places", 2, "name_ar"), "Arabic"),
    ("cell-arabic", cells("places", 2, name_ar="کوبانی"), ("places", 2, "name_ar"), "Arabic"),
    ("cell-choice", cells("claims", 2, outcome="dead"), ("claims", 2, "outcome"), "killed"),
    ("cell-choice", cells("claims", 2, outcome="Killed"), ("claims", 2, "outcome"), "killed"),
    ("cell-choice", cells("places", 2, governorate="SY15"), ("places", 2, "governorate"), "SY14"),
    ("cell-form", cells("actors", 2, colour="red"), ("actors", 2, "colour"), "#rrggbb"),
    ("cell-form", cells("reports", 2, url="example.org/1"), ("reports", 2, "url"), "https://"),
    ("cell-form", cells("reports", 2, text_sha256="A" * 64), ("reports", 2, "text_sha256"), "64"),
    ("cell-count", cells("claims", 2, high="-7"), ("claims", 2, "high"), "negative"),
    ("cell-count", cells("claims", 2, high="25\u00a0"), ("claims", 2, "high"), "no-break space"),
    ("cell-count", cells("claims", 2, high="٢٥"), ("claims", 2, "high"), "arabic-indic digit two"),
    ("cell-count", cells("claims", 2, high=" "), ("claims", 2, "high"), "space"),
    ("cell-count", cells("claims", 2, high="1e3"), ("claims", 2, "high"), "whole number"),
    ("cell-count", cells("claims", 2, high="+7"), ("claims", 2, "high"), "whole number"),
    ("cell-count", cells("claims", 2, high="inf"), ("claims", 2, "high"), "whole number"),
    ("cell-count", cells("claims", 2, high="1,234"), ("claims", 2, "high"), "whole number"),
    ("cell-count", cells("claims", 2, high="7.0"), ("claims", 2, "high"), "whole number"),
    ("cell-count", cells("claims", 2, high="9" * 16), ("claims", 2, "high"), "15 digits"),
    ("cell-count", cells("claims", 2, high="007"), ("claims", 2, "high"), "leading zeros"),
    (
        "cell-count",
        cells("event_ucdp", 2, ucdp_ids="11;"),
        ("event_ucdp", 2, "ucdp_ids"),
        "semicolon",
    ),
    ("cell-decimal", cells("areas", 2, share_pct="100.1"), ("areas", 2, "share_pct"), "above 100"),
    ("cell-decimal", cells("areas", 2, share_pct="-1"), ("areas", 2, "share_pct"), "below 0"),
    ("cell-decimal", cells("areas", 2, share_pct="1,5"), ("areas", 2, "share_pct"), "decimal"),
    ("cell-decimal", cells("areas", 2, share_pct="1.5%"), ("areas", 2, "share_pct"), "decimal"),
    ("cell-decimal", cells("areas", 2, share_pct="nan"), ("areas", 2, "share_pct"), "decimal"),
    ("cell-decimal", cells("areas", 2, share_pct="١٢"), ("areas", 2, "share_pct"), "digit one"),
    (
        "cell-date",
        cells("claims", 2, as_of="2018-02-30"),
        ("claims", 2, "as_of"),
        "not in the calendar",
    ),
    ("cell-date", cells("claims", 2, as_of="19/04/2018"), ("claims", 2, "as_of"), "2018-04-19"),
    ("cell-date", cells("claims", 2, as_of="2018-4-9"), ("claims", 2, "as_of"), "2018-04-19"),
    ("cell-date", cells("claims", 2, as_of="1899-12-30"), ("claims", 2, "as_of"), "1900"),
    ("cell-date", cells("claims", 2, as_of="0000-00-00"), ("claims", 2, "as_of"), "calendar"),
    ("cell-date", cells("coverage", 2, month="2017-13"), ("coverage", 2, "month"), "calendar"),
    ("cell-date", cells("coverage", 2, month="2017-01-01"), ("coverage", 2, "month"), "2018-04"),
    ("cell-key", cells("claims", 5, claim_id="c 4"), ("claims", 5, "claim_id"), "'c 4'"),
    ("cell-spans", cells("claims", 3, evidence="5-5"), ("claims", 3, "evidence"), "start-end"),
    ("cell-spans", cells("claims", 3, evidence="0-5, 7-9"), ("claims", 3, "evidence"), "start-end"),
    (
        "cell-spans",
        cells("claims", 3, evidence="0-" + "9" * 5000),
        ("claims", 3, "evidence"),
        "start-end",
    ),
    (
        "version-stated",
        lambda f: (f / "datapackage.json").write_text('{"name": "x"}'),
        ("datapackage", None, "version"),
        "version",
    ),
    (
        "key-unique",
        added("claims", CLAIM, claim_id="c1", best="99"),
        ("claims", 6, "claim_id"),
        "c1",
    ),
    (
        "key-unique",
        added("ucdp_monthly", MONTHLY, allocation="dated", **NO_DEATHS),
        ("ucdp_monthly", 5, "release"),
        "allocation dated",
    ),
    ("key-known", cells("claims", 5, event_id="e9"), ("claims", 5, "event_id"), "events.csv"),
    ("key-known", cells("claims", 3, attributed_to="a;z"), ("claims", 3, "attributed_to"), "a;z"),
    ("key-known", cells("claims", 3, supersedes="c9"), ("claims", 3, "supersedes"), "claims.csv"),
    ("key-known", cells("claims", 4, repeats="c9"), ("claims", 4, "repeats"), "claims.csv"),
    ("rows-distinct", added("claims", {**C1, "claim_id": "c9"}), ("claims", 6, "claim_id"), "c9"),
    (
        "rows-distinct",
        added("claims", {**C1, "claim_id": "c9", "note": "as before", "evidence": "3-4"}),
        ("claims", 6, "claim_id"),
        "earlier row",
    ),
    ("no-circles", cells("events", 2, part_of="e1"), ("events", 2, "part_of"), "itself"),
    ("no-circles", cells("actors", 2, parent="a"), ("actors", 2, "parent"), "itself"),
    ("no-circles", cells("claims", 4, repeats="c3"), ("claims", 4, "repeats"), "itself"),
    ("bounds-ordered", cells("claims", 2, best="8"), ("claims", 2, "low"), "best 8, high 7"),
    ("bounds-ordered", cells("claims", 2, low="7"), ("claims", 2, "low"), "low 7, best 6"),
    (
        "bounds-ordered",
        cells("claims", 2, low="9", best=""),
        ("claims", 2, "low"),
        "low 9, best blank, high 7",
    ),
    ("bounds-ordered", cells("tolls", 2, low="21"), ("tolls", 2, "low"), "low 21, best 20"),
    (
        "at-least-open",
        cells("claims", 2, qualifier="at_least"),
        ("claims", 2, "high"),
        "instead of 7",
    ),
    (
        "at-least-open",
        cells("tolls", 3, qualifier="at_least"),
        ("tolls", 3, "low"),
        "write it in low",
    ),
    (
        "at-least-open",
        cells("claims", 2, qualifier="more_than"),
        ("claims", 2, "high"),
        "“more_than” has no upper bound",
    ),
    (
        "at-least-open",
        cells("tolls", 3, qualifier="more_than"),
        ("tolls", 3, "low"),
        "“more_than” comes with a number",
    ),
    (
        "qualifier-fits",
        cells("claims", 2, qualifier="exact"),
        ("claims", 2, "qualifier"),
        "low is 5, best 6, high 7",
    ),
    (
        "qualifier-fits",
        cells("tolls", 3, qualifier="exact"),
        ("tolls", 3, "qualifier"),
        "low is blank, best 22, high blank",
    ),
    (
        "qualifier-fits",
        cells("tolls", 2, qualifier="exact", high=""),
        ("tolls", 2, "qualifier"),
        "high blank",
    ),
    (
        "qualifier-fits",
        cells("tolls", 3, qualifier="between", low="20"),
        ("tolls", 3, "qualifier"),
        "low is 20 and high blank",
    ),
    (
        "qualifier-fits",
        cells("tolls", 3, qualifier="between", high="25"),
        ("tolls", 3, "qualifier"),
        "low is blank and high 25",
    ),
    (
        "qualifier-fits",
        cells("tolls", 2, qualifier="up_to"),
        ("tolls", 2, "qualifier"),
        "leave low blank",
    ),
    (
        "qualifier-fits",
        cells("tolls", 3, qualifier="up_to"),
        ("tolls", 3, "qualifier"),
        "high blank",
    ),
    *(
        (
            "number-outcome",
            added("claims", CLAIM, **{"claim_id": "c9", "outcome": "", number: "0"}),
            ("claims", 6, "outcome"),
            "casualties_unspecified",
        )
        for number in ("low", "best", "high")
    ),
    ("denial-bare", cells("claims", 5, best="0"), ("claims", 5, "best"), "no number"),
    ("denial-bare", cells("claims", 5, low="3"), ("claims", 5, "best"), "no number"),
    ("denial-says-what", cells("claims", 5, denies=""), ("claims", 5, "denies"), "what it denies"),
    (
        "denial-says-what",
        cells("claims", 2, denies="number"),
        ("claims", 2, "denies"),
        "denies is number",
    ),
    (
        "dates-ordered",
        cells("events", 3, date_earliest="2018-01-02", date_precision="range"),
        ("events", 3, "date_earliest"),
        "2018-01-02 is after date_latest 2018-01-01",
    ),
    (
        "dates-ordered",
        cells("control_changes", 3, valid_from="2019-01-01", valid_to="2018-01-01"),
        ("control_changes", 3, "valid_from"),
        "valid_to",
    ),
    (
        "dates-ordered",
        added("tolls", TOLL, toll_id="t3", period_start="2018-01-01"),
        ("tolls", 4, "period_start"),
        "period_end",
    ),
    (
        "dates-ordered",
        cells("actors", 2, valid_from="2018-01-02", valid_to="2018-01-01"),
        ("actors", 2, "valid_from"),
        "valid_to",
    ),
    (
        "dates-precise",
        cells("events", 2, date_latest="2018-01-02"),
        ("events", 2, "date_precision"),
        "longer than “day”",
    ),
    (
        "dates-precise",
        cells("events", 2, date_latest="2018-01-08", date_precision="week"),
        ("events", 2, "date_precision"),
        "longer than “week”",
    ),
    (
        "dates-precise",
        cells("events", 2, date_earliest="", date_precision="month"),
        ("events", 2, "date_precision"),
        "“month”",
    ),
    (
        "dates-precise",
        cells("events", 2, date_precision="open"),
        ("events", 2, "date_precision"),
        "“open”",
    ),
    (
        "dates-precise",
        cells("reports", 2, published_precision="month"),
        ("reports", 2, "published"),
        "2018-01-02",
    ),
    (
        "dates-precise",
        cells("reports", 2, published="2018-02-01", published_precision="year"),
        ("reports", 2, "published"),
        "2018-02-01",
    ),
    (
        "said-after",
        cells("claims", 5, as_of="2017-12-31"),
        ("claims", 5, "as_of"),
        "before the earliest day of e1",
    ),
    *(
        (
            "same-subject",
            added("claims", CLAIM, **{"claim_id": "c9", "best": "9", **old, **other}),
            ("claims", 6, next(iter(old))),
            f"{next(iter(old.values()))}, but not all",
        )
        for old in (
            {"supersedes": "c2", "as_of": "2018-01-03"},
            {"repeats": "c2", "low": "8", "best": "8"},
        )
        for other in (
            {"event_id": "e2"},
            {"victims": "civilians"},
            {"outcome": "injured"},
        )
    ),
    *(
        ("same-subject", cells("tolls", 3, **other), ("tolls", 3, "supersedes"), "t1, but not all")
        for other in (
            {"period_start": "2017-02-01"},
            {"period_end": "2017-11-30"},
            {"scope_place": "p1"},
            {"victims": "isis"},
            {"outcome": "injured"},
            {"perpetrator": "a"},
        )
    ),
    (
        "revision-single",
        added("claims", CLAIM, claim_id="c9", best="9", supersedes="c1"),
        ("claims", 6, "supersedes"),
        "supersedes c1 too",
    ),
    (
        "revision-single",
        added("tolls", TOLL, toll_id="t3", best="23", as_of="2018-03-01", supersedes="t1"),
        ("tolls", 4, "supersedes"),
        "supersedes t1 too",
    ),
    (
        "revision-claimant",
        cells("claims", 2, claimant="n"),
        ("claims", 3, "supersedes"),
        "another claimant",
    ),
    ("revision-claimant", cells("tolls", 2, claimant="n"), ("tolls", 3, "supersedes"), "t1"),
    ("revision-later", cells("claims", 3, as_of="2018-01-01"), ("claims", 3, "as_of"), "later"),
    ("revision-later", cells("claims", 3, as_of=""), ("claims", 3, "as_of"), "blank"),
    ("revision-later", cells("claims", 3, supersedes="c2"), ("claims", 3, "as_of"), "later"),
    ("revision-later", cells("tolls", 3, as_of="2017-12-31"), ("tolls", 3, "as_of"), "t1"),
    ("repeat-same", cells("claims", 4, best="9"), ("claims", 4, "repeats"), "c2"),
    ("repeat-same", cells("claims", 4, best=""), ("claims", 4, "repeats"), "c2"),
    ("repeat-same", cells("claims", 4, high="8"), ("claims", 4, "repeats"), "c2"),
    ("repeat-same", cells("claims", 4, claimant="n"), ("claims", 4, "repeats"), "c2"),
    (
        "change-moves",
        cells("control_changes", 2, from_actor="b"),
        ("control_changes", 2, "to_actor"),
        "from b to itself",
    ),
    (
        "control-dates",
        cells("control_changes", 2, date_latest=""),
        ("control_changes", 2, "date_earliest"),
        "date_latest",
    ),
    (
        "control-dates",
        cells("control_changes", 2, valid_from="2017-05-03"),
        ("control_changes", 2, "date_earliest"),
        "no valid_from",
    ),
    (
        "control-dates",
        cells("control_changes", 3, valid_from="", valid_to=""),
        ("control_changes", 3, "valid_from"),
        "valid_to",
    ),
    (
        "control-dates",
        cells("control_changes", 3, date_earliest="2018-12-01"),
        ("control_changes", 3, "valid_from"),
        "date_earliest",
    ),
    (
        "control-holder",
        cells("control_changes", 2, from_actor="", to_actor=""),
        ("control_changes", 2, "to_actor"),
        "no holder",
    ),
    (
        "control-holder",
        cells("control_changes", 3, to_actor=""),
        ("control_changes", 3, "to_actor"),
        "no holder",
    ),
    (
        "control-holder",
        cells("control_changes", 3, to_actor="", from_actor="a"),
        ("control_changes", 3, "from_actor"),
        "in to_actor",
    ),
    (
        "chain-end",
        cells("control_changes", 3, to_actor="a"),
        ("control_changes", 2, "to_actor"),
        "p1 with b",
    ),
    (
        "chain-end",
        added("control_changes", CHANGE, from_actor="b", to_actor="a"),
        ("control_changes", 4, "to_actor"),
        "p1 with a",
    ),
    ("coordinates-whole", cells("places", 2, source=""), ("places", 2, "lat"), "source"),
    ("coordinates-whole", cells("places", 3, lat="33.5"), ("places", 3, "lat"), "lon"),
    (
        "point-near-governorate",
        cells("places", 2, governorate="SY02"),
        ("places", 2, "governorate"),
        "33.51, 36.29",
    ),
    (
        "point-near-governorate",
        cells("places", 2, lat="36.29", lon="36.5"),
        ("places", 2, "governorate"),
        "SY01",
    ),
    (
        "arabic-sourced",
        cells("places", 2, name_ar_source=""),
        ("places", 2, "name_ar_source"),
        "مثال",
    ),
    (
        "arabic-sourced",
        cells("actors", 2, name_ar_source=""),
        ("actors", 2, "name_ar_source"),
        "مثال",
    ),
    (
        "arabic-sourced",
        cells("ucdp_sides", 2, name_ar_source=""),
        ("ucdp_sides", 2, "name_ar_source"),
        "مثال",
    ),
    ("report-findable", cells("reports", 3, reference=""), ("reports", 3, "url"), "find"),
    *(
        ("published-whole", cells("reports", 2, **{name: ""}), ("reports", 2, "published"), "all")
        for name in ("published", "published_precision", "published_basis")
    ),
    (
        "published-whole",
        cells("reports", 3, published_basis="inferred"),
        ("reports", 3, "published"),
        "or none",
    ),
    ("report-via", cells("reports", 2, read="secondary"), ("reports", 2, "via"), "which"),
    ("report-via", cells("reports", 2, via="a copy"), ("reports", 2, "via_caveat"), "unsure"),
    (
        "evidence-text",
        cells("reports", 2, text_sha256=""),
        ("claims", 3, "evidence"),
        "report r1 has no text_sha256",
    ),
    (
        "evidence-text",
        cells("control_changes", 2, report_id="r2", evidence="0-4"),
        ("control_changes", 2, "evidence"),
        "report r2",
    ),
    (
        "ucdp-adds-up",
        cells("ucdp_monthly", 2, civilians="1.250001"),
        ("ucdp_monthly", 2, "best"),
        "by party",
    ),
    (
        "ucdp-adds-up",
        cells("ucdp_monthly", 4, best_publishers_2="0.000001"),
        ("ucdp_monthly", 4, "best"),
        "publishers",
    ),
    (
        "ucdp-undated",
        cells("ucdp_monthly", 2, date_class="undated"),
        ("ucdp_monthly", 2, "month"),
        "month is 2017-01-01 where allocation is dated and date_class undated",
    ),
    ("ucdp-undated", cells("ucdp_monthly", 2, month=""), ("ucdp_monthly", 2, "month"), "blank"),
    (
        "ucdp-undated",
        cells("ucdp_monthly", 3, month="", date_class="undated"),
        ("ucdp_monthly", 3, "month"),
        "allocation is spread",
    ),
    (
        "ucdp-conserved",
        cells("ucdp_monthly", 4, low="2.000001"),
        ("ucdp_monthly", 2, "allocation"),
        "r3",
    ),
]

# rule, something that comes close to breaking it and does not
NEAR: list[tuple[str, Plant]] = [
    ("file-present", lambda f: (f / "my-own.csv").write_text("anything")),
    ("file-not-empty", lambda f: write(f, "coverage", [])),
    ("file-utf8", cells("claims", 2, note="Ελληνικά, 中文, العربية, 😀")),
    ("file-no-bom", raw("tolls", lambda b: b.replace(b"toll_id", b'"toll_id"'))),
    ("file-lf", cells("claims", 2, note=r"\r\n in letters")),
    ("file-no-nul", cells("claims", 2, note=r"\0 in letters")),
    ("file-comma", cells("claims", 2, note="one; two | three")),
    ("file-comma", cells("claims", 2, note='"one"; "two"; "three"')),
    ("file-quotes", cells("claims", 2, note='a "quoted" word, a comma, and the end"')),
    ("file-quotes", cells("claims", 2, note='", "')),
    ("file-quotes", raw("tolls", lambda b: re.sub(rb"[^,\n]+", rb'"\g<0>"', b))),
    ("file-whole", cells("tolls", 3, note="the end,")),
    ("columns-complete", columns("tolls", lambda names: names[::-1])),
    ("columns-known", raw("tolls", lambda b: b.replace(b"period_end", b'"period_end"', 1))),
    ("row-width", cells("claims", 2, note="a, b, c")),
    ("cell-required", cells("claims", 5, outcome="", as_of="")),
    ("cell-text", cells("claims", 2, note="آخر – “quoted”, naïve, مُشكّل، 5 km²")),
    ("cell-arabic", cells("places", 2, name_ar="حي المثال (1)، «مثال» سابق-لاحق")),
    ("cell-choice", cells("claims", 5, outcome="casualties_unspecified")),
    ("cell-form", cells("actors", 2, colour="#00ff0a")),
    ("cell-form", cells("reports", 2, url="https://example.org/%D8%AA?a=1,2#b")),
    ("cell-count", cells("claims", 2, low="0", best="0", high="9" * 15)),
    ("cell-decimal", cells("areas", 2, share_pct="100.000000", area_km2="0")),
    ("cell-date", cells("actors", 2, valid_from="2016-02-29", valid_to="2099-12-31")),
    ("cell-date", cells("coverage", 2, month="1900-12")),
    ("cell-key", added("claims", CLAIM, claim_id="C.4_b-1", best="1")),
    ("cell-spans", cells("claims", 3, evidence="7-9;0-5;0-999999999")),
    ("version-stated", lambda f: (f / "datapackage.json").write_text('{"version": "2026.11.0"}')),
    ("key-unique", added("coverage", RECORD["coverage"][0], month="2017-02")),
    ("key-unique", added("claims", CLAIM, claim_id="C1", best="99")),
    ("key-known", cells("claims", 3, attributed_to="")),
    ("rows-distinct", added("claims", {**C1, "claim_id": "c9", "report_id": "r2"})),
    ("rows-distinct", added("claims", {**C1, "claim_id": "c9", "best": ""})),
    ("no-circles", added("actors", NAMES, actor_id="z", role="party", parent="b")),
    ("bounds-ordered", cells("claims", 2, low="7", best="7", high="7")),
    ("bounds-ordered", cells("claims", 2, best="")),
    ("bounds-ordered", cells("claims", 2, low="", best="", high="0")),
    ("at-least-open", cells("claims", 2, qualifier="about")),
    ("at-least-open", cells("claims", 2, qualifier="more_than", high="")),
    ("at-least-open", cells("tolls", 3, qualifier="at_least", low="0")),
    ("qualifier-fits", cells("tolls", 2, qualifier="exact")),
    ("qualifier-fits", cells("claims", 5, qualifier="exact")),
    ("qualifier-fits", cells("claims", 2, qualifier="between")),
    ("qualifier-fits", cells("claims", 2, qualifier="between", best="")),
    ("qualifier-fits", cells("claims", 2, qualifier="up_to", low="")),
    ("qualifier-fits", added("claims", CLAIM, claim_id="c9", qualifier="hundreds")),
    ("number-outcome", added("claims", CLAIM, claim_id="c9", outcome="", qualifier="dozens")),
    ("denial-bare", cells("claims", 5, qualifier="dozens")),
    ("denial-says-what", cells("claims", 5, denies="authorship")),
    (
        "dates-ordered",
        together(
            cells("actors", 2, valid_from="2018-01-01"),
            cells("events", 3, date_earliest="2018-12-31", date_latest=""),
        ),
    ),
    ("dates-precise", cells("events", 2, date_latest="2018-01-07", date_precision="week")),
    ("dates-precise", cells("events", 2, date_latest="2018-12-31", date_precision="year")),
    ("dates-precise", cells("events", 2, date_latest="2018-03-31", date_precision="range")),
    ("dates-precise", cells("reports", 2, published="2018-02-01", published_precision="month")),
    ("said-after", cells("claims", 5, as_of="2018-01-01")),
    ("said-after", cells("claims", 5, event_id="e2", as_of="2017-12-31")),
    ("same-subject", cells("claims", 3, attributed_to="b", claimed_kind="battle")),
    (
        "same-subject",
        together(*(cells("tolls", row, scope_place="p1", perpetrator="a") for row in (2, 3))),
    ),
    (
        "same-subject",
        together(
            added("claims", CLAIM, claim_id="c8", outcome=""),
            added("claims", CLAIM, claim_id="c9", outcome="", repeats="c8"),
        ),
    ),
    (
        "revision-single",
        added("claims", CLAIM, claim_id="c9", as_of="2018-01-03", best="9", supersedes="c2"),
    ),
    ("revision-claimant", cells("claims", 3, supersedes="")),
    ("revision-claimant", cells("claims", 3, relayed_by="n")),
    ("revision-later", cells("tolls", 3, as_of="2018-01-02")),
    ("repeat-same", cells("claims", 4, relayed_by="n", as_of="")),
    ("change-moves", cells("control_changes", 2, from_actor="")),
    ("control-dates", cells("control_changes", 3, valid_to="")),
    ("control-dates", cells("control_changes", 3, valid_from="")),
    ("control-holder", cells("control_changes", 2, to_actor="")),
    # the holder at the end is another's word, of a part, of a later day, or of an earlier one
    ("chain-end", cells("control_changes", 3, to_actor="a", stance="denies")),
    ("chain-end", cells("control_changes", 3, to_actor="a", extent="partial")),
    ("chain-end", cells("control_changes", 3, to_actor="a", valid_to="2018-12-30")),
    ("chain-end", cells("control_changes", 3, to_actor="a", valid_from="2019-01-01", valid_to="")),
    ("chain-end", cells("control_changes", 3, to_actor="a", contradicts="x1")),
    (
        "chain-end",
        added("control_changes", RIVAL, to_actor="a", valid_to="2018-12-31", contradicts="x2"),
    ),
    ("chain-end", cells("control_changes", 2, to_actor="")),
    # either of two changes on the same days may have been the last
    (
        "chain-end",
        added(
            "control_changes",
            CHANGE,
            to_actor="a",
            date_earliest="2017-05-02",
            date_latest="2017-05-02",
        ),
    ),
    # a change after 2018 says nothing about its end
    (
        "chain-end",
        added("control_changes", CHANGE, to_actor="a", date_latest="2019-06-01"),
    ),
    (
        "coordinates-whole",
        cells("places", 2, lat="", lon="", coordinate_precision="", source=""),
    ),
    ("point-near-governorate", cells("places", 2, lat="33.60")),
    ("point-near-governorate", cells("places", 2, governorate="")),
    ("arabic-sourced", cells("actors", 2, short_ar="مثال")),
    ("report-findable", cells("reports", 3, reference="", url="10.1000/another")),
    (
        "published-whole",
        cells("reports", 2, published="", published_precision="", published_basis=""),
    ),
    (
        "report-via",
        cells("reports", 2, read="secondary", via="a copy", via_caveat="It may be shorter."),
    ),
    ("evidence-text", cells("claims", 3, evidence="")),
    ("ucdp-adds-up", cells("ucdp_monthly", 2, civilians="1.249999", unknown="0.000001")),
    ("ucdp-undated", cells("ucdp_monthly", 2, date_class="undated", month="")),
    ("ucdp-undated", cells("ucdp_monthly", 3, date_class="undated")),
    (
        "ucdp-conserved",
        together(
            added(
                "ucdp_monthly",
                {**MONTHLY, **NO_DEATHS},
                allocation="spread",
                low="0.1",
                month="2017-02",
            ),
            cells("ucdp_monthly", 3, low="1.9"),
        ),
    ),
]


def named(case: tuple[object, ...]) -> str:
    return str(case[0])


def test_the_made_up_record_has_no_finding(folder):
    assert check(folder) == []


@pytest.mark.parametrize(("rule", "plant", "at", "says"), FAULTS, ids=map(named, FAULTS))
def test_fault_trips_its_rule_and_no_other(folder, rule, plant, at, says):
    plant(folder)
    findings = check(folder)
    assert [(f.rule, f.table, f.row, f.column) for f in findings] == [(rule, *at)]
    (finding,) = findings
    assert finding.severity == ("warning" if rule == "point-near-governorate" else "error")
    table, row, column = at
    assert says in finding.message
    assert finding.message.startswith("datapackage.json" if rule == "version-stated" else table)
    assert row is None or row == 1 or re.search(rf"\b(row|line) {row}\b", finding.message)
    assert re.search(rf"\b{column}\b", finding.message)
    assert_one_sentence(finding.message)


def assert_one_sentence(message: str) -> None:
    assert message.endswith(".")
    assert "\n" not in message
    assert not re.search(r"[.?!] [A-Z]", message)
    assert re.search(r"[:;,] ", message), "it says what to do after what is wrong"


@pytest.mark.parametrize(("rule", "plant"), NEAR, ids=map(named, NEAR))
def test_near_miss_trips_nothing(folder, rule, plant):
    before = {file.name: file.read_bytes() for file in folder.iterdir()}
    plant(folder)
    assert {file.name: file.read_bytes() for file in folder.iterdir()} != before
    assert check(folder) == []


@pytest.mark.parametrize("cases", [FAULTS, NEAR], ids=["faults", "near misses"])
def test_every_rule_is_tried(cases):
    assert {str(case[0]) for case in cases} == {*FILE_RULES, *RULES}


def test_rules_have_a_name_and_a_sentence():
    assert not set(FILE_RULES) & set(RULES)
    for name, sentence in [*FILE_RULES.items(), *((r.name, r.sentence) for r in RULES.values())]:
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name)
        assert len(sentence) > 10
    for rule in RULES.values():
        assert rule.severity in ("error", "warning")
        assert set(rule.tables) <= set(TABLES)


def test_circle_of_several_rows_is_told_for_each_of_them(folder):
    for row, above in ((2, "z"), (3, "a")):
        cells("actors", row, parent=above)(folder)
    for new, above in (("z", "b"), ("outside", "a")):
        added("actors", NAMES, actor_id=new, role="party", parent=above, name_en=new)(folder)
    assert [(f.rule, f.row) for f in check(folder)] == [("no-circles", row) for row in (2, 3, 6)]


@pytest.mark.parametrize("south", [0.0, 0.0899, 0.0900, 0.5])
def test_ten_kilometres_are_ten_kilometres(folder, south):
    """South of the southernmost point of Daraa, a degree of latitude is 111 km."""
    km = boundaries.governorates()["SY12"]
    x, y = min(
        (point for part in getattr(km, "geoms", [km]) for point in part.exterior.coords),
        key=lambda point: point[1],
    )
    lon = x / (boundaries.KM_PER_DEGREE * boundaries.FLATTEN)
    lat = y / boundaries.KM_PER_DEGREE - south
    cells("places", 2, governorate="SY12", lat=f"{lat:.5f}", lon=f"{lon:.5f}")(folder)
    expected = ["point-near-governorate"] if south > 10 / boundaries.KM_PER_DEGREE else []
    assert [f.rule for f in check(folder)] == expected


def test_without_boundaries_one_warning_says_so(folder, monkeypatch):
    monkeypatch.setattr(boundaries, "FILE", folder / "none.geojson")
    (finding,) = check(folder)
    assert (finding.rule, finding.severity) == ("point-near-governorate", "warning")
    assert "no boundaries" in finding.message
    assert_one_sentence(finding.message)
