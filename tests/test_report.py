"""The agency report of 19 April 2018, coded: each place where a hurried reader goes wrong."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pandas as pd
import pytest

from analysis import load

REPORT = "AFP-2018-04-19-MAYADIN"
EVENT = "mayadin-2018-04-18"
SHARED = Path(__file__).resolve().parent.parent.parent / "shared"
TEXT = SHARED / "reports" / "afp-mayadin-2018-04-19.ar.txt"
DAY = pd.Timestamp


@pytest.fixture(scope="module")
def record():
    return load()


@pytest.fixture(scope="module")
def report(record):
    return record.reports.set_index("report_id").loc[REPORT]


@pytest.fixture(scope="module")
def claims(record):
    return record.claims[record.claims.report_id == REPORT].set_index("claim_id")


@pytest.fixture(scope="module")
def control(record):
    rows = record.control_changes
    return rows[rows.report_id == REPORT].set_index("change_id")


def only(rows: pd.DataFrame) -> pd.Series:
    assert len(rows) == 1
    return rows.iloc[0]


# --- the report ---------------------------------------------------------------------------------


def test_outlet_and_headline_are_not_in_the_text_and_stay_blank(report):
    assert report[["publisher", "title", "url", "archived_url"]].isna().all()
    assert "Agence France-Presse" in report.agency
    assert report.language == "ar"
    assert report["read"] == "full"
    assert pd.notna(report.via)
    assert pd.notna(report.via_caveat)


def test_the_date_is_inferred_and_is_a_thursday(report):
    assert report.published == DAY("2018-04-19")
    assert report.published.day_name() == "Thursday"
    assert (report.published_basis, report.published_precision) == ("inferred", "day")


@pytest.mark.skipif(not TEXT.is_file(), reason="the report's text is not in the repository")
def test_the_sum_is_that_of_the_text(report):
    assert report.text_sha256 == hashlib.sha256(TEXT.read_bytes()).hexdigest()


# --- the dead -----------------------------------------------------------------------------------


def test_twenty_five_is_a_lower_bound_without_an_upper(claims):
    row = only(claims[(claims.event_id == EVENT) & (claims.victims == "government_and_allies")])
    assert (row.low, row.qualifier) == (25, "at_least")
    assert pd.isna(row.high)
    assert row.best in (25, pd.NA)
    assert (row.claimant, row.relayed_by, row.outcome) == ("sohr", "afp", "killed")
    assert (row.attributed_to, row.attribution) == ("isis", "asserted")
    assert row.as_of == DAY("2018-04-19")
    assert len(row.evidence.split(";")) == 2


def test_eighteen_is_the_same_claimants_word_of_the_day_before(record, claims):
    new = only(claims[claims.low == 25])
    old = only(record.claims[record.claims.claim_id == new.supersedes])
    assert (old.best, old.as_of) == (18, DAY("2018-04-18"))
    for column in ("claimant", "event_id", "victims", "outcome"):
        assert old[column] == new[column]
    assert old.report_id != REPORT


def test_how_the_thirteen_died_is_left_open(claims):
    row = only(claims[(claims.event_id == EVENT) & (claims.victims == "isis")])
    assert row.best == 13
    assert row.claimant == "sohr"
    assert row[["attributed_to", "attribution", "claimed_kind"]].isna().all()
    # no “at least” in this report
    assert row.qualifier == "exact"


def test_the_denial_is_of_the_event_and_has_no_number(claims):
    row = only(claims[claims.stance == "denies"])
    assert (row.event_id, row.denies, row.victims) == (EVENT, "event", "all")
    assert row[["low", "best", "high", "qualifier", "outcome"]].isna().all()
    assert (row.claimant, row.relayed_by) == ("military_source_deir_ez_zor", "afp")


def test_no_civilians_are_mentioned_and_none_are_counted(record, claims):
    at_event = record.claims[record.claims.event_id == EVENT]
    assert "civilians" not in set(at_event.victims) | set(claims.victims)
    assert not (at_event[["low", "best", "high"]] == 0).any(axis=None)


def test_no_total_of_the_two_sides_is_made(record):
    numbers = record.claims.loc[record.claims.event_id == EVENT, ["low", "best", "high"]]
    assert not numbers.isin([25 + 13, 18 + 13]).any(axis=None)


def test_the_attack_is_of_wednesday_at_the_outskirts(record):
    event = record.events.set_index("event_id").loc[EVENT]
    assert event.date_earliest == DAY("2018-04-18")
    assert event.date_earliest.day_name() == "Wednesday"
    assert event.date_latest == DAY("2018-04-19")
    assert (event.place_id, event.place_precision) == ("mayadin", "vicinity")
    assert event.kind == "battle"


@pytest.mark.parametrize(
    ("claimant", "target"),
    [("sohr", "isis"), ("military_source_deir_ez_zor", "government_and_allies")],
)
def test_shelling_has_no_toll_and_an_unknown_start(record, claims, claimant, target):
    row = only(claims[(claims.claimant == claimant) & (claims.claimed_kind == "shelling")])
    assert row.victims == target
    assert row[["low", "best", "high", "qualifier", "outcome"]].isna().all()
    event = record.events.set_index("event_id").loc[row.event_id]
    assert pd.isna(event.date_earliest), "“for days” is no date: not 16 April, nor any other"
    assert event.date_latest == DAY("2018-04-19")
    assert event.date_precision == "open"


def test_the_planned_operation_is_not_an_event(claims):
    assert set(claims.event_id) == {
        EVENT,
        "euphrates-shelling-2018-04",
        "south-damascus-shelling-2018-04",
    }
    assert len(claims) == 5


# --- control ------------------------------------------------------------------------------------


def test_there_are_fifteen_statements(control):
    assert len(control) == 15
    assert (control.kind == "change").sum() == 8
    assert (control.kind == "status").sum() == 7
    assert set(control.stance) == {"asserts"}


def test_mayadin_did_not_change_hands_in_april_2018(record):
    rows = record.control_changes
    mayadin = rows[(rows.place_id == "mayadin") & (rows.kind == "change")]
    assert not mayadin.date_latest.ge(DAY("2018-01-01")).any()
    assert "mayadin" not in set(rows.place_id[(rows.to_actor == "isis") & (rows.kind == "change")])


def test_mayadin_changed_hands_on_14_october_2017(control):
    row = only(control[control.place_id == "mayadin"])
    assert (row.kind, row.extent) == ("change", "full")
    assert (row.from_actor, row.to_actor) == ("isis", "government")
    assert row.date_earliest == row.date_latest == DAY("2017-10-14")
    assert row.claimant == "afp"


def test_ghouta_is_the_saturday_before_and_not_after(control):
    row = only(control[control.place_id == "eastern-ghouta"])
    assert row.date_earliest == row.date_latest == DAY("2018-04-14")
    assert row.date_latest.day_name() == "Saturday"
    assert (row.kind, row.extent, row.to_actor) == ("change", "full", "government")


def test_the_holder_of_ghouta_is_noted_as_inferred(control):
    row = only(control[control.place_id == "eastern-ghouta"])
    assert pd.isna(row.from_actor)
    assert "inferred" in row.note


def test_qadam_is_the_month_before_and_not_that_of_the_report(control):
    row = only(control[control.place_id == "qadam"])
    assert row.date_earliest == DAY("2018-03-01")
    assert row.date_latest == DAY("2018-03-31")
    assert (row.kind, row.to_actor, row.extent) == ("change", "isis", "full")
    assert pd.isna(row.from_actor)


@pytest.mark.parametrize("place", ["deir-ez-zor", "deir-ez-zor-west-bank", "deir-ez-zor-east-bank"])
def test_last_year_is_a_year_and_not_a_day(control, place):
    row = only(control[(control.place_id == place) & (control.kind == "change")])
    assert (row.date_earliest, row.date_latest) == (DAY("2017-01-01"), DAY("2017-12-31"))


def test_the_two_banks_are_two_operations(control):
    changes = control[control.kind == "change"].set_index("place_id")
    west, east = changes.loc["deir-ez-zor-west-bank"], changes.loc["deir-ez-zor-east-bank"]
    assert (west.to_actor, west.supported_by) == ("government", "russia")
    assert (east.to_actor, east.supported_by) == ("sdf", "coalition")
    assert (west.extent, east.extent) == ("full", "partial")


def test_no_statement_gives_the_east_bank_to_the_government(record):
    east = record.control_changes[record.control_changes.place_id == "deir-ez-zor-east-bank"]
    assert len(east) >= 2
    assert "government" not in set(east.to_actor.dropna())


@pytest.mark.parametrize("place", ["yarmouk", "hajar-al-aswad", "tadamun"])
def test_what_was_held_since_2015_is_a_status_and_not_a_change(control, place):
    row = only(control[control.place_id == place])
    assert (row.kind, row.extent, row.to_actor) == ("status", "partial", "isis")
    assert row[["date_earliest", "date_latest", "from_actor"]].isna().all()
    # surely by the end of “2015”, and not from its first day
    assert (row.valid_from, row.valid_to) == (DAY("2015-12-31"), DAY("2018-04-19"))


def test_the_pockets_are_statuses(control):
    for place in ("isis-pockets-2018", "deir-ez-zor-desert-pockets"):
        row = only(control[control.place_id == place])
        assert (row.kind, row.to_actor) == ("status", "isis")


def test_the_military_source_speaks_for_itself(control):
    rows = control[control.claimant == "military_source_deir_ez_zor"]
    assert dict(zip(rows.place_id, rows.to_actor, strict=True)) == {
        "deir-ez-zor-west-bank": "government",
        "deir-ez-zor-east-bank": "isis",
    }
    assert set(rows.kind) == {"status"}


def test_what_the_report_does_not_name_has_no_point(record):
    places = record.places.set_index("place_id")
    vague = ["mayadin-surroundings", "isis-areas-syria-iraq", "isis-pockets-2018"]
    assert places.loc[vague, ["lat", "lon"]].isna().all(axis=None)


def test_the_summary_that_includes_iraq_names_no_holder(control):
    row = only(control[control.place_id == "isis-areas-syria-iraq"])
    assert pd.isna(row.to_actor)
    assert row.extent == "partial"


def test_every_statement_points_into_the_text(claims, control):
    assert claims.evidence.notna().all()
    assert control.evidence.notna().all()
