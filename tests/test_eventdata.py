"""UCDP events to months: the committed table, the event file where it is at hand, and the rules."""

from __future__ import annotations

import csv
import difflib
import os
import re
import unicodedata
import zipfile
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.errors import RecordError
from analysis.eventdata import (
    ALLOCATIONS,
    COUNTS,
    DEATHS,
    GOVERNORATES,
    KEYS,
    PARTIES,
    PLACE_CLASSES,
    PUBLISHERS,
    count_publishers,
    monthly_table,
    read_ged,
    write_monthly,
)
from analysis.record import schema

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "data"
UCDP = ROOT.parent / "shared" / "reference" / "ucdp"
GED = UCDP / "ged_syria_652_1601_1911_2017_2018.csv"
CHECK = UCDP / "ged_syria_monthly_check.csv"
RELEASE = "UCDP-GED-652.1601.1911"

needs_ged = pytest.mark.skipif(not GED.exists(), reason="the UCDP event file is not committed")


@pytest.fixture(scope="module")
def committed() -> pd.DataFrame:
    """The committed table, deaths as whole millionths, blanks as ""."""
    table = pd.read_csv(DATA / "ucdp_monthly.csv", keep_default_na=False)
    table[DEATHS] = np.rint(table[DEATHS] * 10**6).astype("int64")
    return table


@pytest.fixture(scope="module")
def sides() -> pd.DataFrame:
    return pd.read_csv(DATA / "ucdp_sides.csv", keep_default_na=False)


@pytest.fixture(scope="module")
def dyads() -> pd.DataFrame:
    return pd.read_csv(DATA / "ucdp_dyads.csv", keep_default_na=False)


@pytest.fixture(scope="module")
def raw() -> list[dict[str, str]]:
    """The event file as the csv module reads it, past the code under test."""
    with GED.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


# The committed table


@pytest.mark.parametrize(
    ("year", "low", "best", "high"), [("2017", 32783, 33316, 36654), ("2018", 18980, 20251, 21683)]
)
def test_years_by_onset(committed, year, low, best, high):
    rows = committed[(committed.allocation == "onset") & committed.month.str.startswith(year)]
    assert rows[["low", "best", "high"]].sum().tolist() == [n * 10**6 for n in (low, best, high)]


def test_january_2017(committed):
    best = committed[committed.month == "2017-01"].groupby("allocation").best.sum()
    assert best["onset"] == 4155 * 10**6
    assert round(best["spread"], -3) == 2_315_025_000
    assert best["dated"] == 1_732_500_000


def test_dated_share_and_grand_totals(committed):
    by = committed.groupby("allocation")[["low", "best", "high"]].sum()
    assert (by == np.array([51763, 53567, 58337]) * 10**6).all(axis=None)
    dated = committed[committed.date_class == "dated"].groupby("allocation").best.sum()
    assert dated.to_dict() == dict.fromkeys(ALLOCATIONS, 40865 * 10**6)
    no_month = committed[committed.month == ""]
    assert set(no_month.allocation) == {"dated"} and set(no_month.date_class) == {"undated"}
    assert no_month.best.sum() == (53567 - 40865) * 10**6


def test_unlocated_deaths_are_kept(committed):
    best = committed[committed.governorate == ""].groupby("allocation").best.sum()
    assert best.to_dict() == dict.fromkeys(ALLOCATIONS, 6255 * 10**6)
    points = committed[committed.place_class != "place"].groupby("allocation").best.sum()
    assert points.to_dict() == dict.fromkeys(ALLOCATIONS, 14254 * 10**6)


def test_publishers_of_the_committed_table(committed):
    totals = committed.groupby("allocation")[PUBLISHERS].sum()
    assert (totals == np.array([47537, 5309, 721]) * 10**6).all(axis=None)


def test_every_row_adds_up(committed):
    assert (committed[list(PARTIES)].sum(axis=1) == committed.best).all()
    assert (committed[PUBLISHERS].sum(axis=1) == committed.best).all()
    assert (committed[DEATHS] >= 0).all(axis=None)


def test_allocations_agree_group_by_group(committed):
    group = ["governorate", "dyad_id", "type_of_violence", "date_class", "place_class"]
    wide = committed.pivot_table(index=group, columns="allocation", values=DEATHS, aggfunc="sum")
    for column in DEATHS:
        assert (wide[column].nunique(axis=1) == 1).all(), column


def test_events_and_unnested_bounds(committed):
    onset = committed[committed.allocation == "onset"]
    assert onset.events.sum() == 8352
    assert onset.events_unnested.sum() == 54


def test_form_of_the_committed_file(committed):
    content = (DATA / "ucdp_monthly.csv").read_bytes()
    assert content.endswith(b"\n") and b"\r" not in content
    text = pd.read_csv(DATA / "ucdp_monthly.csv", dtype=str, keep_default_na=False)
    assert list(text.columns) == KEYS + COUNTS + DEATHS
    plain = re.compile(r"(0|[1-9]\d*)(\.\d{0,5}[1-9])?")
    assert all(plain.fullmatch(number) for column in DEATHS for number in set(text[column]))
    assert set(text.month) <= {f"{y}-{m:02}" for y in (2017, 2018) for m in range(1, 13)} | {""}
    assert set(text.governorate) == set(GOVERNORATES.values()) | {""}
    assert set(text.place_class) == {"place", "district", "governorate", "none"}
    assert not committed.duplicated(KEYS).any()
    assert committed.sort_values(KEYS).index.equals(committed.index)


@pytest.mark.skipif(not CHECK.exists(), reason="the month totals for checking are not here")
def test_months_against_the_check_file(committed):
    check = pd.read_csv(CHECK, index_col="month")
    onset = committed[committed.allocation == "onset"].groupby("month")
    exact = {
        "n_events": onset.events.sum(),
        "best_by_date_start": onset.best.sum() / 10**6,
        "civilians": onset.civilians.sum() / 10**6,
        "best_date_prec_le3": committed[
            (committed.allocation == "onset") & (committed.date_class == "dated")
        ]
        .groupby("month")
        .best.sum()
        / 10**6,
    }
    for column, ours in exact.items():
        assert ours.to_dict() == check[column].to_dict(), column
    spread = committed[committed.allocation == "spread"].groupby("month").best.sum() / 10**6
    assert (spread - check["best_spread_over_days"]).abs().max() < 0.0501  # printed to one place


# The maps of sides and dyads


def test_sides_and_dyads(committed, sides, dyads):
    assert len(sides) == sides.side.nunique() == 60
    assert len(dyads) == dyads.dyad_id.nunique() == 77
    assert set(dyads.side_a) | set(dyads.side_b) == set(sides.side)
    assert set(committed.dyad_id) == set(dyads.dyad_id)
    assert set(sides.party) <= set(PARTIES) - {"unknown"}
    by_hts = sides.side.str.contains(r"\bHTS\b|Fateh al-Sham")
    alliance = sides.side.str.contains(", ")
    assert set(sides.party[by_hts & alliance]) == {"opposition_and_hts"}
    assert set(sides.party[by_hts & ~alliance]) == {"hts"}


def test_names_of_sides(sides):
    for row in sides.itertuples():
        members = row.side.count(", ")
        assert row.name_en.count(", ") == row.name_ar.count("، ") == members, row.side
        assert re.fullmatch(r"[ء-ي0-9، ]+", row.name_ar), row.side
        assert row.name_ar == unicodedata.normalize("NFC", row.name_ar).strip()
        source = (
            r"(read as \w+: )?(web |[\w ]+, \d{4}-\d\d-\d\d, )?https?://\S+"
            "|AFP-2018-04-19-MAYADIN|usual Arabic name, no written source yet"
            "|translation of the UCDP name|plain description of the UCDP side"
        )
        assert all(re.fullmatch(source, s) for s in row.name_ar_source.split("; ")), row.side


# The event file, where it is present


@needs_ged
def test_rebuild_gives_the_committed_bytes(tmp_path, sides, dyads):
    write_monthly(monthly_table(read_ged(GED), sides, dyads, RELEASE), tmp_path / "again.csv")
    assert (tmp_path / "again.csv").read_bytes() == (DATA / "ucdp_monthly.csv").read_bytes()


@needs_ged
@pytest.mark.parametrize(
    ("party", "names"),
    [
        ("isis", {"IS"}),
        ("hts", {"HTS", "Jabhat Fateh al-Sham"}),
        ("government_and_allies", {"Government of Syria", "Government of Iran", "Hezbollah"}),
    ],
)
def test_parties_by_name_from_the_file(committed, raw, party, names):
    months: dict[str, int] = {}
    for row in raw:
        for letter in "ab":
            if row[f"side_{letter}"] in names:
                month = row["date_start"][:7]
                months[month] = months.get(month, 0) + int(row[f"deaths_{letter}"]) * 10**6
    both = [row for row in raw if row["side_a"] in names], [r for r in raw if r["side_b"] in names]
    assert all(both), "the party stands on both sides, or this test would prove little"
    ours = committed[committed.allocation == "onset"].groupby("month")[party].sum()
    assert {m: n for m, n in ours.items() if n} == {m: n for m, n in months.items() if n}


@needs_ged
def test_spread_day_by_day_from_the_file(committed, raw):
    """Exact fractions, one day at a time: every month is right to a millionth an event."""
    months: dict[str, Fraction] = {}
    for row in raw:
        start, end = date.fromisoformat(row["date_start"]), date.fromisoformat(row["date_end"])
        days = (end - start).days + 1
        for day in range(days):
            month = f"{start + timedelta(day):%Y-%m}"
            months[month] = months.get(month, Fraction()) + Fraction(int(row["best"]), days)
    ours = committed[committed.allocation == "spread"].groupby("month").best.sum()
    assert set(ours.index) == set(months)
    for month, best in ours.items():
        assert abs(Fraction(int(best), 10**6) - months[month]) < Fraction(100, 10**6), month


# The rules, on made-up events

SIDES = pd.DataFrame(
    {
        "side": ["Government of Syria", "IS", "Syrian insurgents", "Civilians"],
        "party": ["government_and_allies", "isis", "opposition_and_hts", "civilians"],
    }
)
DYADS = pd.DataFrame(
    {
        "dyad_id": [1, 2, 3],
        "side_a": ["Government of Syria", "Government of Syria", "IS"],
        "side_b": ["IS", "Syrian insurgents", "Civilians"],
    }
)


def event(**changes: object) -> dict[str, object]:
    """One event of one day; ``best`` follows from the deaths by side unless it is given."""
    row: dict[str, object] = {
        "id": 1,
        "dyad_id": 1,
        "type_of_violence": 1,
        "side_a": "Government of Syria",
        "side_b": "IS",
        "source_article": '"SOHR,2017-01-02,Headline"',
        "where_prec": 1,
        "governorate": "SY09",
        "date_prec": 1,
        "date_start": pd.Timestamp("2017-01-01"),
        "date_end": pd.Timestamp("2017-01-01"),
        "deaths_a": 1,
        "deaths_b": 2,
        "deaths_civilians": 0,
        "deaths_unknown": 0,
        **changes,
    }
    parts = ("deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown")
    best = sum(int(str(row[part])) for part in parts)
    return {"low": best, "best": best, "high": best, **row}


def table_of(*rows: dict[str, object]) -> pd.DataFrame:
    return monthly_table(pd.DataFrame(list(rows)), SIDES, DYADS, "TEST")


@st.composite
def made_up_events(draw: st.DrawFn) -> list[dict[str, object]]:
    deaths = st.integers(0, 400)
    rows = []
    for number in range(draw(st.integers(1, 6))):
        dyad = draw(st.integers(0, 2))
        start = draw(st.dates(date(2017, 1, 1), date(2018, 12, 31)))
        changes = {
            "id": number,
            "dyad_id": dyad + 1,
            "side_a": DYADS.side_a[dyad],
            "side_b": DYADS.side_b[dyad],
            "type_of_violence": draw(st.integers(1, 3)),
            "date_start": pd.Timestamp(start),
            "date_end": pd.Timestamp(start + timedelta(draw(st.integers(0, 400)))),
            "date_prec": draw(st.integers(1, 5)),
            "where_prec": draw(st.integers(1, 7)),
            "governorate": draw(st.sampled_from(["", "SY01", "SY14"])),
            "deaths_a": draw(deaths),
            "deaths_b": draw(deaths),
            "deaths_civilians": draw(deaths),
            "deaths_unknown": draw(deaths),
            "source_article": ";".join(
                f'"{name},2017-01-02,Headline"'
                for name in draw(st.lists(st.sampled_from(["SOHR", "VDC", "AFP", "HRW"])))
            ),
        }
        rows.append(event(**changes) | {"low": draw(deaths), "high": draw(deaths)})
    return rows


@settings(max_examples=60, deadline=None)
@given(made_up_events())
def test_nothing_is_lost_and_nothing_is_made(rows):
    events, table = pd.DataFrame(rows), table_of(*rows)
    table["governorate"] = table["governorate"].fillna("")
    for _, shares in table.groupby("allocation"):
        for column in ("low", "best", "high"):
            before = events.groupby(["governorate", "dyad_id"])[column].sum() * 10**6
            assert shares.groupby(["governorate", "dyad_id"])[column].sum().equals(before)
        civilians = events.deaths_civilians.sum() + events.deaths_b[events.dyad_id == 3].sum()
        assert shares.civilians.sum() == civilians * 10**6
    assert set(table.allocation) == set(ALLOCATIONS)
    assert (table[list(PARTIES)].sum(axis=1) == table.best).all()
    assert (table[PUBLISHERS].sum(axis=1) == table.best).all()
    assert (table[DEATHS] >= 0).all(axis=None)


@settings(max_examples=30, deadline=None)
@given(made_up_events(), st.randoms(use_true_random=False))
def test_order_and_position_do_not_matter(rows, random):
    table = table_of(*rows)
    shuffled = random.sample(rows, len(rows))
    pd.testing.assert_frame_equal(table_of(*shuffled), table)
    turn = {"side_a": "side_b", "side_b": "side_a", "deaths_a": "deaths_b", "deaths_b": "deaths_a"}
    turned = [{turn.get(name, name): value for name, value in row.items()} for row in rows]
    pd.testing.assert_frame_equal(table_of(*turned), table)


def months_of(table: pd.DataFrame, allocation: str, column: str = "best") -> dict[str, int]:
    rows = table[table.allocation == allocation]
    return dict(zip(rows.month.fillna(""), rows[column], strict=True))


def test_event_over_the_end_of_a_year():
    days = {"date_start": pd.Timestamp("2017-12-30"), "date_end": pd.Timestamp("2018-01-02")}
    table = table_of(event(date_prec=2, **days))
    half = {"2017-12": 1_500_000, "2018-01": 1_500_000}
    assert months_of(table, "dated") == months_of(table, "spread") == half
    assert months_of(table, "onset") == {"2017-12": 3_000_000}
    assert months_of(table, "spread", "events") == {"2017-12": 1, "2018-01": 1}


def test_event_over_three_months():
    days = {"date_start": pd.Timestamp("2017-01-31"), "date_end": pd.Timestamp("2017-03-01")}
    table = table_of(event(date_prec=4, deaths_a=3, deaths_b=7, **days))  # 1 + 28 + 1 days
    spread = {"2017-01": 333_333, "2017-02": 9_333_333, "2017-03": 333_334}
    assert months_of(table, "spread") == spread
    assert months_of(table, "dated") == {"": 10_000_000}
    assert months_of(table, "onset") == {"2017-01": 10_000_000}


def test_parties_are_rounded_together():
    """Three parties of one death each, 1/30 of them: 100,000 millionths and not 3 × 33,333."""
    days = {"date_start": pd.Timestamp("2017-01-31"), "date_end": pd.Timestamp("2017-03-01")}
    table = table_of(event(deaths_a=1, deaths_b=1, deaths_civilians=1, **days))
    assert months_of(table, "dated")["2017-01"] == 100_000
    assert (table.low == table.best).all() and (table.high == table.best).all()


def test_bounds_are_kept_raw_and_flagged():
    low_above, high_below = {"low": 5, "high": 7}, {"low": 3, "high": 1}
    table = table_of(event(id=1) | low_above, event(id=2) | high_below, event(id=3))
    onset = table[table.allocation == "onset"].iloc[0]
    assert [onset.low, onset.best, onset.high] == [11 * 10**6, 9 * 10**6, 11 * 10**6]
    assert [onset.events, onset.events_unnested] == [3, 2]


@pytest.mark.parametrize(
    ("article", "publishers"),
    [
        ("", 0),
        ('"SOHR,2017-01-02,One"', 1),
        ('"SOHR,2017-01-02,One";"SOHR,2017-01-03,Two"', 1),
        ('"SOHR,2017-01-02,One";" sohr ,2017-01-03,Two"', 1),
        ('"SOHR,2017-01-02,One";"Airwars,2017-01-02,Two, three; four"', 2),
        ('"SOHR,2017-01-02,One";"The Independent (in SOHR),2017-01-02,Two"', 1),
        ('"Haaretz, Tel Aviv,2017-01-02,One";"Haaretz, Haifa,2017-01-02,Two"', 2),
        ('"Lawfare";"VDC,2017-01-02,One";"OCHA,no date"', 3),
    ],
)
def test_publishers_are_counted_not_articles(article, publishers):
    assert count_publishers(pd.Series([article], index=[7])).to_dict() == {7: publishers}


def test_event_without_publisher_stands_with_one():
    onset = table_of(event(source_article="")).query("allocation == 'onset'").iloc[0]
    assert onset[PUBLISHERS].tolist() == [3 * 10**6, 0, 0]


# Reading


def ged_row(**changes: str) -> dict[str, str]:
    return {
        "id": "1",
        "type_of_violence": "1",
        "dyad_new_id": "14620",
        "side_a": "Government of Syria",
        "side_b": "IS",
        "source_article": '"SOHR,2017-01-02,Headline"',
        "where_prec": "1",
        "adm_1": "Homs Governorate",
        "country": "Syria",
        "date_prec": "1",
        "date_start": "2017-01-01",
        "date_end": "2017-01-01",
        "deaths_a": "1",
        "deaths_b": "2",
        "deaths_civilians": "0",
        "deaths_unknown": "0",
        "low": "3",
        "best": "3",
        "high": "3",
        **changes,
    }


def ged_file(folder: Path, *rows: dict[str, str]) -> Path:
    path = folder / "ged.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path


def test_newer_releases_are_read(tmp_path):
    newer = {
        "date_start": "2017-01-01 00:00:00.000",
        "date_end": "2017-01-02 00:00:00.000",
        "adm_1": "Deir ez Zor governorate",
    }
    rows = [ged_row(**newer), ged_row(id="2", adm_1="")]
    for row in rows:
        row["dyad_dset_id"] = row.pop("dyad_new_id")
    events = read_ged(ged_file(tmp_path, *rows))
    assert events.governorate.tolist() == ["SY09", ""]
    assert events.dyad_id.tolist() == [14620, 14620]
    assert events.date_end[0] == pd.Timestamp("2017-01-02")
    rows = [row | {"dyad_new_id": "7"} for row in rows]  # where both stand, this one is the id
    assert read_ged(ged_file(tmp_path, *rows)).dyad_id.tolist() == [7, 7]


def test_other_years_and_countries_are_left_out(tmp_path):
    path = ged_file(
        tmp_path,
        ged_row(id="1", date_start="2016-12-31", date_end="2017-01-31"),
        ged_row(id="2", country="Iraq", adm_1="Ninawa province", best="99"),
        ged_row(id="3", date_start="2018-12-31", date_end="2019-01-01"),
        ged_row(id="4", date_start="2019-01-01", date_end="2019-01-01"),
    )
    assert read_ged(path).id.tolist() == [3]
    assert read_ged(path, years=(2016, 2019)).id.tolist() == [1, 3, 4]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"date_end": "2016-12-31"}, "row 3 (id 2): date_start 2017-01-01 and date_end 2016-12-31"),
        ({"date_start": "2017-02-30"}, "row 3 (id 2): date_start 2017-02-30"),
        ({"deaths_b": "-2"}, "row 3 (id 2): deaths_b is '-2', not a whole number from 0"),
        ({"high": ""}, "row 3 (id 2): high is ''"),
        ({"low": "2.5"}, "row 3 (id 2): low is '2.5'"),
        ({"date_prec": "9"}, "row 3 (id 2): date_prec is '9', not a whole number from 1 to 5"),
        ({"id": "1"}, "row 3 (id 1): this id stands in the file twice"),
        ({"best": "4"}, "row 3 (id 2): the deaths by side do not add up to best, 4"),
        ({"adm_1": "Ninawa"}, "row 3 (id 2): the governorate 'Ninawa'"),
    ],
)
def test_a_wrong_row_is_named(tmp_path, changes, words):
    path = ged_file(tmp_path, ged_row(), ged_row(id="2") | changes)
    with pytest.raises(RecordError, match=re.escape(words)) as error:
        read_ged(path)
    assert str(path) in str(error.value) and "\n" not in str(error.value)


def test_a_wrong_file_is_named(tmp_path):
    with pytest.raises(RecordError, match="There is no file"):
        read_ged(tmp_path / "none.csv")
    row = ged_row()
    del row["side_a"], row["dyad_new_id"]
    with pytest.raises(RecordError, match="lacks the columns dyad_new_id, side_a: "):
        read_ged(ged_file(tmp_path, row))
    with pytest.raises(RecordError, match="no event in Syria that starts in 2017–2018"):
        read_ged(ged_file(tmp_path, ged_row(country="Iraq")))
    with pytest.raises(RecordError, match="no event in Syria that starts in 2011–2012"):
        read_ged(ged_file(tmp_path, ged_row()), years=(2011, 2012))
    path = tmp_path / "not.csv"
    for content in (b"", b"PK\x03\x04\xff\xfe\x00", b"\x89PNG\r\n\x1a\n\x00\x00"):
        path.write_bytes(content)
        with pytest.raises(RecordError, match=r"not\.csv"):
            read_ged(path)


def zipped(path: Path, **members: bytes) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(f"{name}.csv", content)
    return path


CUT = r"row 3 \(id 2\): the file ends inside this row, without a line break"


@pytest.mark.parametrize(
    ("ending", "words"),
    [
        ("3,3,31", CUT),
        ("3,3,314", CUT),
        ("1,2,0,0,3", CUT),
        ("Headline", "cannot be read as a whole CSV"),
    ],
    ids=["inside a number", "before the line break", "between fields", "inside quotation marks"],
)
def test_a_cut_file_is_refused(tmp_path, ending, words):
    path = ged_file(tmp_path, ged_row(high="314"), ged_row(id="2", high="314"))
    whole = path.read_bytes()
    cut = whole[: whole.rindex(ending.encode()) + len(ending)]
    path.write_bytes(cut)
    for file in (path, zipped(tmp_path / "ged.zip", ged=cut)):
        with pytest.raises(RecordError, match=words) as error:
            read_ged(file)
        assert str(file) in str(error.value) and "\n" not in str(error.value)
    assert read_ged(zipped(tmp_path / "ged.zip", ged=whole)).high.tolist() == [314, 314]


def test_a_damaged_archive_is_named(tmp_path):
    content = ged_file(tmp_path, *(ged_row(id=str(number)) for number in range(99))).read_bytes()
    path = zipped(tmp_path / "ged.zip", one=content, two=content)
    with pytest.raises(RecordError, match="the archive holds 2 files, not one"):
        read_ged(path)
    sound = zipped(path, ged=content).read_bytes()
    middle = len(sound) // 2
    for damaged in (sound[:-30], sound[:middle] + b"????" + sound[middle + 4 :]):
        path.write_bytes(damaged)
        with pytest.raises(RecordError, match=r"ged\.zip cannot be read as a whole CSV"):
            read_ged(path)


def test_an_unknown_side_dyad_or_party_is_named():
    events = pd.DataFrame([event()])
    with pytest.raises(RecordError, match=r"side 'IS'.*add a row for it to ucdp_sides\.csv"):
        monthly_table(events, SIDES[SIDES.side != "IS"], DYADS, "TEST")
    with pytest.raises(RecordError, match=r"dyad 1 .*add a row for it to ucdp_dyads\.csv"):
        monthly_table(events, SIDES, DYADS[DYADS.dyad_id != 1], "TEST")
    with pytest.raises(RecordError, match=r"dyad 1 .*otherwise in ucdp_dyads\.csv"):
        monthly_table(events, SIDES, DYADS.assign(side_b="Civilians"), "TEST")
    with pytest.raises(RecordError, match="names the party rebels: use one of civilians"):
        monthly_table(events, SIDES.assign(party="rebels"), DYADS, "TEST")


# The schema of the record


def test_codes_are_those_of_the_record():
    columns = [column.name for column in schema.TABLES["ucdp_monthly"].columns]
    assert columns == KEYS + COUNTS + DEATHS
    assert PARTIES is schema.UCDP_PARTIES
    assert set(PLACE_CLASSES.values()) | {"none"} == set(schema.PLACE_CLASSES)
    assert list(GOVERNORATES.values()) == list(schema.GOVERNORATES)


def test_ucdp_names_stand_beside_the_right_codes():
    """The record writes some of them otherwise, but each is nearest to its own governorate."""
    labels = {english: code for code, (english, _) in schema.GOVERNORATES.items()}
    for name, code in GOVERNORATES.items():
        assert labels[difflib.get_close_matches(name, labels, n=1)[0]] == code
    kinds = [table_of(event(type_of_violence=n)).type_of_violence[0] for n in (1, 2, 3)]
    assert kinds == ["state-based", "non-state", "one-sided"]


def test_a_dyad_id_may_hold_letters():
    """The record's tables give ids as text."""
    dyads = DYADS.astype({"dyad_id": str}).replace({"dyad_id": {"3": "three"}})
    table = monthly_table(pd.DataFrame([event()]), SIDES, dyads, "TEST")
    pd.testing.assert_frame_equal(table, table_of(event()))


# Writing


def test_numbers_are_written_plainly(tmp_path):
    days = {"date_start": pd.Timestamp("2017-12-30"), "date_end": pd.Timestamp("2018-01-02")}
    path = tmp_path / "new" / "monthly.csv"
    write_monthly(table_of(event(governorate="", **days)), path)
    lines = path.read_bytes().decode().split("\n")
    assert lines[0].startswith("release,allocation,month,governorate,dyad_id,type_of_violence,")
    assert lines[1].startswith("TEST,dated,2017-12,,1,state-based,dated,place,1,0,1.5,1.5,1.5,0,0,")
    assert lines[-1] == ""
    numbers = table_of(event(deaths_a=10**6, deaths_b=0, date_prec=5, **days))
    write_monthly(numbers, path)
    assert ",1000000,1000000,1000000,0," in path.read_text() and "e+" not in path.read_text()


def test_a_failed_write_leaves_the_old_file(tmp_path, monkeypatch):
    path = tmp_path / "monthly.csv"
    path.write_text("old")

    def refuse(*_: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(os, "replace", refuse)
    with pytest.raises(OSError, match="disk full"):
        write_monthly(table_of(event()), path)
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]
