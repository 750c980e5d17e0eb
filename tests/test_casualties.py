"""Deaths by month: figures known beforehand, and what must hold for any table of UCDP deaths."""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import analysis
from analysis.casualties import GROUPINGS, MONTHS, monthly_deaths, monthly_rows
from analysis.record import Record
from analysis.record.exact import from_millionths, millionths
from analysis.record.schema import ALLOCATIONS, TABLES, UCDP_PARTIES

DEATHS = ["low", "best", "high"]
BYS = [None, *GROUPINGS]


@pytest.fixture(scope="module")
def record() -> Record:
    return analysis.load()


def total(deaths: pd.DataFrame, column: str = "best") -> int:
    """Sum a column in whole millionths, so that nothing is rounded away."""
    return int(millionths(deaths[column].fillna(0)).sum())


def at(deaths: pd.DataFrame, month: str) -> pd.Series:
    return deaths.set_index("month").loc[pd.Timestamp(month)]


# --- the record's own numbers -------------------------------------------------------------------


@pytest.mark.parametrize(("year", "best"), [(2017, 33_316), (2018, 20_251)])
def test_deaths_by_year_of_onset(record: Record, year: int, best: int) -> None:
    deaths = monthly_deaths(record, allocation="onset")
    assert total(deaths[deaths.month.dt.year == year]) == best * 10**6


@pytest.mark.parametrize(
    ("allocation", "best"), [("onset", 4155.0), ("spread", 2315.025281), ("dated", 1732.5)]
)
def test_january_2017(record: Record, allocation: str, best: float) -> None:
    assert at(monthly_deaths(record, allocation=allocation), "2017-01").best == best


def test_dated_deaths_stand_apart_from_the_undated(record: Record) -> None:
    deaths = monthly_deaths(record)
    assert total(deaths) == 53_567 * 10**6
    assert total(deaths[deaths.month.notna()]) == 40_865 * 10**6
    undated = deaths[deaths.month.isna()]
    assert len(undated) == 1 and undated.best.item() == 53_567 - 40_865


def test_deir_ez_zor_in_april_2018(record: Record) -> None:
    deaths = monthly_deaths(record, "governorate", "onset")
    found = deaths[(deaths.governorate == "SY09") & (deaths.month == "2018-04")]
    assert found.best.tolist() == [186.0]


def test_unlocated_deaths_are_kept(record: Record) -> None:
    deaths = monthly_deaths(record, "governorate")
    assert total(deaths[deaths.governorate.isna()]) == 6255 * 10**6
    assert deaths.governorate.nunique() == 14


def test_every_month_of_the_record_has_a_row(record: Record) -> None:
    for allocation in ALLOCATIONS:
        deaths = monthly_deaths(record, allocation=allocation)
        dated = deaths[deaths.month.notna()]
        assert dated.month.tolist() == MONTHS.tolist() and len(MONTHS) == 24
        assert dated[[*DEATHS, "events"]].notna().all(axis=None)
        assert deaths.events.dtype == "Int64" and (deaths.low <= deaths.high).all()


def test_each_argument_changes_the_result(record: Record) -> None:
    of = [
        monthly_deaths(record, by, allocation)
        for by, allocation in itertools.product(BYS, ALLOCATIONS)
    ]
    for one, other in itertools.combinations(of, 2):
        assert not one.equals(other)


def test_parties_have_no_bounds_and_no_events(record: Record) -> None:
    deaths = monthly_deaths(record, "party")
    assert deaths[["low", "high", "events"]].isna().all(axis=None)
    assert set(deaths.party) <= set(UCDP_PARTIES)
    civilians = millionths(monthly_rows(record).civilians).sum()
    assert total(deaths[deaths.party == "civilians"]) == civilians > 0


# --- any table ----------------------------------------------------------------------------------

LABELS: dict[str, list[Any]] = {
    "governorate": ["SY01", "SY09", None],
    "dyad_id": ["7", "8"],
    "type_of_violence": ["state-based", "one-sided"],
    "place_class": ["place", "none"],
}
SPANS = ["2017-05", "2017-02", "2017-01", "2018-12", "2016-11", "2019-02"]
PARTIES = ["civilians", "isis", "opposition_and_hts"]


def made_up(
    events: list[dict[str, Any]], release: str = "r1", seed: int | None = None
) -> pd.DataFrame:
    """Allocate made-up events as UCDP's are: whole ones at their onset, shares of them elsewhere.

    ``parts`` holds a month (None: undated) and whole millionths of each party for each share.
    """
    rows = []
    for event in events:
        labels = {name: event[name] for name in LABELS} | {"release": release, "events": 1}
        labels |= {"events_unnested": 0, "date_class": "dated" if event["dated"] else "undated"}
        whole = [sum(part[1][n] for part in event["parts"]) for n in range(len(PARTIES))]
        months = [month for month, _ in event["parts"]]
        shares = {
            "spread": event["parts"],
            "onset": [(min(months), whole)],
            "dated": event["parts"] if event["dated"] else [(None, whole)],
        }
        for allocation, parts in shares.items():
            for month, deaths in parts:
                best = sum(deaths)
                rows.append(
                    labels
                    | {"allocation": allocation, "month": month}
                    | {"low": best // 2, "best": best, "high": 2 * best + 1}
                    | dict(zip(PARTIES, deaths, strict=True))
                    | {"best_publishers_1": best}
                )
    columns = [column.name for column in TABLES["ucdp_monthly"].columns]
    table = pd.DataFrame(rows, columns=columns)
    decimals = [
        column.name for column in TABLES["ucdp_monthly"].columns if column.kind == "decimal"
    ]
    table[decimals] = from_millionths(table[decimals].astype("float64").fillna(0))
    table["month"] = pd.to_datetime(table.month).astype("datetime64[s]")
    table[["events", "events_unnested"]] = table[["events", "events_unnested"]].astype("Int64")
    for name in ("release", "allocation", "governorate", "dyad_id", "type_of_violence"):
        table[name] = table[name].astype("str")
    return table


def recorded(*tables: pd.DataFrame) -> Record:
    return Record(Path("made-up"), "0", {"ucdp_monthly": pd.concat(tables, ignore_index=True)})


def event(*parts: tuple[str, float], dated: bool = True, **labels: Any) -> dict[str, Any]:
    first = {name: values[0] for name, values in LABELS.items()}
    shares = [(month, [round(best * 10**6), 0, 0]) for month, best in parts]
    return {**first, **labels, "dated": dated, "parts": shares}


EVENTS = st.lists(
    st.fixed_dictionaries(
        {name: st.sampled_from(values) for name, values in LABELS.items()}
        | {
            "dated": st.booleans(),
            "parts": st.lists(
                st.tuples(
                    st.sampled_from(SPANS),
                    st.lists(st.integers(0, 10**12), min_size=3, max_size=3),
                ),
                min_size=1,
                max_size=3,
            ),
        }
    ),
    min_size=1,
    max_size=6,
)
FEW = settings(max_examples=20, deadline=None)


@FEW
@given(EVENTS)
def test_totals_are_the_same_in_every_grouping_and_allocation(events: list[dict[str, Any]]) -> None:
    record = recorded(made_up(events))
    best = sum(sum(deaths) for each in events for _, deaths in each["parts"])
    for by, allocation in itertools.product(BYS, ALLOCATIONS):
        deaths = monthly_deaths(record, by, allocation)
        assert total(deaths) == best, (by, allocation)
        keys = ["month", *deaths.columns.intersection(list(GROUPINGS.values()))]
        assert not deaths.duplicated(keys).any()
        if by != "party":
            rows = monthly_rows(record, allocation)
            for column in ("low", "high"):
                assert total(deaths, column) == total(rows, column), (by, allocation)
            assert deaths.events.sum() == rows.events.sum()


@settings(max_examples=10, deadline=None)
@given(EVENTS, st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(events: list[dict[str, Any]], random: Any) -> None:
    table = made_up(events)
    order = random.sample(range(len(table)), len(table))
    for by, allocation in itertools.product(BYS, ALLOCATIONS):
        pd.testing.assert_frame_equal(
            monthly_deaths(recorded(table), by, allocation),
            monthly_deaths(recorded(table.iloc[order]), by, allocation),
        )


@FEW
@given(EVENTS)
def test_months_are_zero_inside_the_span_of_the_release_and_blank_outside(
    events: list[dict[str, Any]],
) -> None:
    record = recorded(made_up(events))
    months = record.ucdp_monthly.month.dropna()
    for allocation in ALLOCATIONS:
        deaths = monthly_deaths(record, allocation=allocation)
        deaths = deaths[deaths.month.notna()]
        assert set(MONTHS) <= set(deaths.month) and deaths.month.is_monotonic_increasing
        inside = deaths.month.between(months.min(), months.max())
        assert (deaths[[*DEATHS, "events"]].notna().all(axis=1) == inside).all()
        rows = monthly_rows(record, allocation)
        silent = inside & ~deaths.month.isin(rows.month)
        assert (deaths.loc[silent, [*DEATHS, "events"]] == 0).all(axis=None)


def test_a_month_without_dated_deaths_is_zero_where_the_release_reaches() -> None:
    table = made_up([event(("2017-03", 3)), event(("2017-02", 1), ("2017-05", 1), dated=False)])
    best = monthly_deaths(recorded(table)).set_index("month").best
    assert best[pd.date_range("2017-02", "2017-05", freq="MS")].tolist() == [0, 3, 0, 0]
    assert np.isnan(best[pd.Timestamp("2017-01")])
    assert best[pd.date_range("2017-06", "2018-12", freq="MS")].isna().all()
    assert best[best.index.isna()].tolist() == [2]


def test_sums_are_exact_in_millionths() -> None:
    tenths = [event(("2017-03", 0.1)) for _ in range(3)]
    assert sum([0.1] * 3) != 0.3  # what floats make of it
    record = recorded(made_up(tenths))
    for by in BYS:
        assert monthly_deaths(record, by).best.sum() == 0.3
    assert at(monthly_deaths(record), "2017-03")[DEATHS].tolist() == [0.15, 0.3, 0.600003]

    many = recorded(
        made_up([event(("2017-03", 999_999.999999))] * 500 + [event(("2017-03", 1e-6))])
    )
    assert at(monthly_deaths(many), "2017-03").best == 499_999_999.999501


def test_unlocated_and_undated_rows_are_groups_of_their_own() -> None:
    table = made_up(
        [
            event(("2017-03", 4), governorate=None),
            event(("2017-03", 5), governorate=None, dated=False),
            event(("2017-03", 6)),
        ]
    )
    found = monthly_deaths(recorded(table), "governorate")
    got = {(str(r.month)[:7], str(r.governorate)): r.best for r in found.itertuples()}
    assert got == {("2017-03", "SY01"): 6, ("2017-03", "nan"): 4, ("NaT", "nan"): 5}


def test_releases_are_never_mixed() -> None:
    one, two = made_up([event(("2017-03", 4))]), made_up([event(("2017-03", 9))], "r2")
    both = recorded(one, two)
    for release, best in (("r1", 4), ("r2", 9)):
        for by in BYS:
            assert total(monthly_deaths(both, by, release=release)) == best * 10**6
    assert total(monthly_deaths(recorded(one))) == 4 * 10**6
    with pytest.raises(
        analysis.RecordError, match=r"^ucdp_monthly holds several releases \(r1, r2\): name one"
    ):
        monthly_deaths(both)


# --- wrong use ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wrong", "names"),
    [
        ({"by": "region"}, "'region': choose governorate"),
        ({"by": ["governorate", "party"]}, "choose governorate"),
        ({"by": ""}, "'': choose governorate"),
        ({"allocation": "even"}, "'even': choose dated"),
        ({"allocation": ["dated"]}, "choose dated"),
        ({"release": "UCDP-GED-19.1"}, "'UCDP-GED-19.1': choose one of UCDP-GED-652"),
    ],
)
def test_wrong_arguments_give_one_sentence(record: Record, wrong: Any, names: str) -> None:
    with pytest.raises(analysis.RecordError) as caught:
        monthly_deaths(record, **wrong)
    said = str(caught.value)
    assert names in said and "\n" not in said and said.endswith(".")


def test_an_empty_table_gives_one_sentence(record: Record) -> None:
    empty = Record(record.folder, "0", {"ucdp_monthly": record.ucdp_monthly.iloc[:0]})
    with pytest.raises(analysis.RecordError, match="has no rows: compute them"):
        monthly_deaths(empty)


def test_the_record_is_left_as_it_was(record: Record) -> None:
    before = record.ucdp_monthly.copy()
    for by in BYS:
        deaths = monthly_deaths(record, by)
        deaths["best"] = np.nan
    pd.testing.assert_frame_equal(record.ucdp_monthly, before)
