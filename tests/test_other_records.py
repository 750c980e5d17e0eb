"""The figures on records other than ours: they say what the rows say, or one plain sentence."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest
from matplotlib.text import Text

import analysis
from analysis.arabic import language, plain
from analysis.figures import Drawing, drawing
from analysis.record import Record
from analysis.record.exact import millionths

TREND, MAYADIN = "casualty-trend", "mayadin-2018-04"
EVENT = "mayadin-2018-04-18"
Change = Callable[[pd.DataFrame], pd.DataFrame]


@pytest.fixture(scope="module")
def record() -> Record:
    return analysis.load()


def changed(record: Record, **changes: Change) -> Record:
    """The record with some of its tables changed."""
    tables = {name: changes.get(name, lambda t: t)(t.copy()) for name, t in record.tables.items()}
    return Record(record.folder, record.version, tables)


def without(column: str, *values: object) -> Change:
    return lambda table: table[~table[column].isin(values)]


def with_cells(key: str, row: str, **cells: Any) -> Change:
    def change(table: pd.DataFrame) -> pd.DataFrame:
        for column, value in cells.items():
            table.loc[table[key] == row, column] = value
        return table

    return change


def said(drawn: Drawing) -> str:
    return " ".join(plain(text.get_text()) for text in drawn.figure.findobj(Text))


@pytest.mark.parametrize("code", ["en", "ar"])
def test_a_claim_that_is_not_there_is_not_told(record: Record, code: str) -> None:
    isis = without("claim_id", f"{EVENT}-sohr-isis", f"{EVENT}-sky-isis")
    alt = drawing(MAYADIN, changed(record, claims=isis), code).alt
    assert language(code).plain("victims-isis") not in alt.split(":", 4)[-1]
    first = without("claim_id", f"{EVENT}-sohr-gov-1")
    alt = drawing(MAYADIN, changed(record, claims=first), code).alt
    assert "revised" not in alt and "تعديله" not in alt


@pytest.mark.parametrize("code", ["en", "ar"])
def test_without_the_denial_nothing_is_denied(record: Record, code: str) -> None:
    drawn = drawing(MAYADIN, changed(record, claims=without("claim_id", f"{EVENT}-denial")), code)
    word = {"en": "denies", "ar": "ينفي"}[code]
    assert word not in drawn.title and word not in drawn.alt and word not in said(drawn)


def test_a_denial_of_the_number_is_no_denial_of_the_attack(record: Record) -> None:
    claims = with_cells("claim_id", f"{EVENT}-denial", denies="number")
    drawn = drawing(MAYADIN, changed(record, claims=claims))
    assert "denies" not in drawn.title
    assert "denies the number" in drawn.alt and "denies the number" in said(drawn)


def test_a_change_in_the_month_of_the_attack_is_told(record: Record) -> None:
    def add(table: pd.DataFrame) -> pd.DataFrame:
        row = table[table.change_id == "afp-2018-04-19-01"].assign(
            change_id="made-up",
            from_actor="government",
            to_actor="isis",
            date_earliest=pd.Timestamp("2018-04-18"),
            date_latest=pd.Timestamp("2018-04-18"),
        )
        return pd.concat([table, row], ignore_index=True)

    drawn = drawing(MAYADIN, changed(record, control_changes=add))
    assert "no change" not in said(drawn).lower() and "No change" not in drawn.alt
    assert "Mayadin: control passed to: Islamic State, 18 April 2018" in drawn.alt
    assert "No change of control of Mayadin" in drawing(MAYADIN, record).alt


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ({"qualifier": "dozens", "low": pd.NA, "best": pd.NA, "high": pd.NA}, "dozens"),
        ({"qualifier": "up_to", "low": pd.NA, "best": pd.NA, "high": 30}, "up to 30"),
        ({"qualifier": "between", "low": 10, "best": pd.NA, "high": 20}, "between 10 and 20"),
        ({"qualifier": "about"}, "about 13"),
        ({"as_of": pd.NaT}, "SOHR"),
    ],
)
def test_every_kind_of_number_is_drawn(record: Record, cells: dict[str, Any], words: str) -> None:
    claims = with_cells("claim_id", f"{EVENT}-sohr-isis", **cells)
    drawn = drawing(MAYADIN, changed(record, claims=claims))
    assert words in said(drawn) and words in drawn.alt
    assert "nan" not in said(drawn).lower() and "NaT" not in said(drawn)


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ({"qualifier": "exact", "high": 25}, "counts 25 deaths among"),
        ({"qualifier": "more_than"}, "counts more than 25 deaths among"),
        ({"qualifier": "about"}, "counts about 25 deaths among"),
        ({"qualifier": "between", "high": 30, "best": pd.NA}, "counts between 25 and 30 among"),
    ],
)
def test_the_title_keeps_the_word_of_the_claim(
    record: Record, cells: dict[str, Any], words: str
) -> None:
    claims = with_cells("claim_id", f"{EVENT}-sohr-gov-2", **cells)
    drawn = drawing(MAYADIN, changed(record, claims=claims))
    assert words in drawn.title
    arrows = [text for text in drawn.figure.axes[2].texts if getattr(text, "arrow_patch", None)]
    assert len(arrows) == 1 + (cells["qualifier"] == "more_than")  # Sky News says “at least”


def test_an_event_that_runs_on_does_not_lengthen_the_years(record: Record) -> None:
    def on(table: pd.DataFrame) -> pd.DataFrame:
        late = table[table.month == "2018-12"].assign(month=pd.Timestamp("2019-01-01"))
        return pd.concat([table, late], ignore_index=True)

    longer = changed(record, ucdp_monthly=on)
    assert drawing(TREND, longer).title == drawing(TREND, record).title
    assert drawing(MAYADIN, longer).alt == drawing(MAYADIN, record).alt


def test_the_order_of_rows_changes_nothing(record: Record) -> None:
    turned = Record(
        record.folder, record.version, {name: t[::-1] for name, t in record.tables.items()}
    )
    for name in (TREND, MAYADIN):
        ours, other = (drawing(name, each, "ar") for each in (record, turned))
        assert (ours.title, ours.alt) == (other.title, other.alt)
        pd.testing.assert_frame_equal(ours.numbers, other.numbers)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"ucdp_monthly": without("governorate", "SY09")}, "no deaths in SY09, in ucdp_monthly"),
        ({"ucdp_monthly": lambda table: table[:0]}, "ucdp_monthly has no rows"),
        ({"events": without("event_id", EVENT)}, f"no event {EVENT}"),
        (
            {"events": with_cells("event_id", EVENT, date_earliest=pd.Timestamp("1999-04-18"))},
            "inside the years of the record",
        ),
        ({"claims": without("victims", "government_and_allies")}, "no dated toll of government"),
        ({"control_changes": without("place_id", "mayadin")}, "no statement of AFP-2018-04-19"),
        ({"actors": with_cells("actor_id", "isis", colour=None)}, "no colour to be drawn in"),
    ],
)
def test_what_a_record_lacks_is_said(
    record: Record, changes: dict[str, Change], message: str
) -> None:
    with pytest.raises(analysis.RecordError, match=message):
        drawing(MAYADIN, changed(record, **changes))


def test_a_month_without_deaths_in_the_governorate_is_zero(record: Record) -> None:
    def quiet(table: pd.DataFrame) -> pd.DataFrame:
        return table[~((table.governorate == "SY09") & (table.month == "2018-04"))]

    assert "0 in April 2018" in drawing(MAYADIN, changed(record, ucdp_monthly=quiet)).alt


def year(table: pd.DataFrame, number: int) -> pd.DataFrame:
    return table[table.month.dt.year == number]


@pytest.mark.parametrize("code", ["en", "ar"])
def test_a_release_of_one_year_compares_nothing(record: Record, code: str) -> None:
    one = changed(record, ucdp_monthly=lambda table: year(table, 2018))
    title = drawing(TREND, one, code).title
    assert title.count("2018") == 1 and "20,251" in title


def test_equal_years_neither_fall_nor_rise(record: Record) -> None:
    def doubled(table: pd.DataFrame) -> pd.DataFrame:
        later = year(table, 2018)
        earlier = later.assign(month=later.month - pd.DateOffset(years=1))
        return pd.concat([earlier, later], ignore_index=True)

    title = drawing(TREND, changed(record, ucdp_monthly=doubled)).title
    assert "as many" in title and "fell" not in title and "rose" not in title


def test_rising_years_rise(record: Record) -> None:
    def fewer(table: pd.DataFrame) -> pd.DataFrame:
        return table[(table.month.dt.year == 2018) | (table.month.dt.month == 1)]

    assert "rose" in drawing(TREND, changed(record, ucdp_monthly=fewer)).title


def test_words_of_the_method_hold_for_the_numbers(record: Record) -> None:
    """README and METHODOLOGY say these in words; the words must stay true."""
    rows = record.ucdp_monthly[record.ucdp_monthly.allocation == "spread"]
    exact = millionths(rows[["best", "government_and_allies", "civilians", "best_publishers_1"]])
    undated = exact[rows.date_class == "undated"].sum() / exact.sum()
    assert 0.2 < undated.best < 0.3  # about a quarter
    assert 0.4 < undated.government_and_allies < 0.55  # about half
    assert undated.civilians < 0.1  # under a tenth
    assert exact.best_publishers_1.sum() > 0.5 * exact.best.sum()  # most
    assert (rows.coalition == 0).all()
