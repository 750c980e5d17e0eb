"""The rules that hold the tables of a record together, each by its name.

A rule looks at whole columns at once and yields :class:`Hits`: the rows that break it. It gets only
tables that were read without a fault, and is passed over when one of its tables is missing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import reduce
from operator import or_

import pandas as pd

from analysis.record.exact import millionths
from analysis.record.reading import Finding
from analysis.record.schema import PUBLISHER_COLUMNS, TABLES, UCDP_PARTIES, YEARS

Tables = dict[str, pd.DataFrame]


@dataclass(frozen=True, slots=True)
class Hits:
    """Rows of one table that break a rule: a mask, the column to look at, and what to say."""

    table: str
    mask: pd.Series
    column: str
    message: str
    """Sentence with ``{column}`` fields, filled from the row."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of the record: its name, one sentence, how grave it is, and its test."""

    name: str
    sentence: str
    severity: str
    tables: tuple[str, ...]
    test: Callable[[Tables], Iterator[Hits]]


RULES: dict[str, Rule] = {}


def rule(
    name: str, sentence: str, *tables: str, severity: str = "error"
) -> Callable[[Callable[[Tables], Iterator[Hits]]], Callable[[Tables], Iterator[Hits]]]:
    """Enter a test into :data:`RULES` under its name; ``tables`` are those it needs."""

    def enter(test: Callable[[Tables], Iterator[Hits]]) -> Callable[[Tables], Iterator[Hits]]:
        RULES[name] = Rule(name, sentence, severity, tables, test)
        return test

    return enter


def apply(tables: Tables) -> list[Finding]:
    """Apply every rule whose tables are at hand; return all findings, table by table."""
    findings = [
        finding
        for each in RULES.values()
        if set(each.tables) <= tables.keys()
        for hits in each.test(tables)
        for finding in _findings(each, hits, tables)
    ]
    order = list(TABLES)
    return sorted(findings, key=lambda f: (order.index(f.table), f.row or 0, f.rule))


def _findings(each: Rule, hits: Hits, tables: Tables) -> Iterator[Finding]:
    table = TABLES[hits.table]
    for position in hits.mask.fillna(False).to_numpy().nonzero()[0]:
        row = tables[hits.table].iloc[position]
        cells = {str(name): _shown(value) for name, value in row.items()}
        place = f"{table.name}.csv, row {position + 2}"
        if len(table.key) == 1:
            place += f" ({cells[table.key[0]]})"
        place += f", column {hits.column}"
        message = f"{place}: {hits.message.format(**cells)}"
        yield Finding(each.name, each.severity, table.name, int(position) + 2, hits.column, message)


def _shown(value: object) -> str:
    if value is None or value is pd.NA or value is pd.NaT or value != value:
        return "blank"
    return f"{value:%Y-%m-%d}" if isinstance(value, pd.Timestamp) else str(value)


# --- keys ---------------------------------------------------------------------------------------


@rule("key-unique", "no two rows of a table have the same key")
def _key_unique(tables: Tables) -> Iterator[Hits]:
    for name, frame in tables.items():
        key = list(TABLES[name].key)
        said = ", ".join(f"{column} {{{column}}}" for column in key)
        twice = frame.duplicated(key)
        yield Hits(
            name, twice, key[0], f"{said} stands in an earlier row too; give it its own key."
        )


def _parts(frame: pd.DataFrame, name: str, many: bool) -> pd.Series:
    """Return the single values of a column that may hold several, under their rows' labels."""
    values = frame[name].dropna()
    return values.str.split(";").explode() if many else values


@rule("key-known", "every id that a row names exists in its table")
def _key_known(tables: Tables) -> Iterator[Hits]:
    for name, frame in tables.items():
        for column in TABLES[name].columns:
            if column.refers not in tables:
                continue
            target = tables[column.refers][TABLES[column.refers].key[0]]
            parts = _parts(frame, column.name, column.many)
            unknown = parts.index[~parts.isin(target)]
            yield Hits(
                name,
                pd.Series(frame.index.isin(unknown), frame.index),
                column.name,
                f"{column.name} {{{column.name}}} is not in {column.refers}.csv; add it there or "
                "correct it.",
            )


@rule("rows-distinct", "no two rows say the same thing")
def _rows_distinct(tables: Tables) -> Iterator[Hits]:
    for name, frame in tables.items():
        table = TABLES[name]
        if len(table.key) > 1 or table.column(table.key[0]).kind != "key":
            continue  # the key is itself what the row says: key-unique holds it
        content = [c for c in frame.columns if c not in (*table.key, "note", "evidence")]
        same = frame.duplicated(content) & ~frame.duplicated(list(table.key))
        yield Hits(name, same, table.key[0], "it says the same as an earlier row; keep one.")


@rule("no-circles", "no row is part of itself, by however many steps")
def _no_circles(tables: Tables) -> Iterator[Hits]:
    for name, frame in tables.items():
        for column in TABLES[name].columns:
            # a revision is later than what it revises, so those cannot run in a circle
            if column.refers != name or column.many or column.name == "supersedes":
                continue
            key = frame[TABLES[name].key[0]]
            above = frame.drop_duplicates(key.name).set_index(key.name)[column.name]
            at, circle = frame[column.name], pd.Series(False, frame.index)
            for _ in range(len(frame)):
                circle |= at == key
                at = at.mask(circle)
                if at.isna().all():
                    break
                at = at.map(above)
            yield Hits(
                name,
                circle,
                column.name,
                f"following {column.name} from {{{column.name}}} leads back to the row itself; "
                "correct it.",
            )


# --- numbers ------------------------------------------------------------------------------------


@rule("bounds-ordered", "low ≤ best ≤ high in claims and tolls")
def _bounds_ordered(tables: Tables) -> Iterator[Hits]:
    for name in ("claims", "tolls"):
        if (frame := tables.get(name)) is not None:
            low, best, high = frame.low, frame.best, frame.high
            wrong = (low > best).fillna(False) | (best > high).fillna(False)
            wrong |= (low > high).fillna(False)
            yield Hits(
                name,
                wrong,
                "low",
                "low {low}, best {best}, high {high} are not in order; correct them.",
            )


@rule("at-least-open", "an “at least” or “more than” number has a low and no high")
def _at_least_open(tables: Tables) -> Iterator[Hits]:
    for name in ("claims", "tolls"):
        if (frame := tables.get(name)) is not None:
            at_least = frame.qualifier.isin(["at_least", "more_than"])
            yield Hits(
                name,
                at_least & frame.low.isna(),
                "low",
                "“{qualifier}” comes with a number; write it in low.",
            )
            yield Hits(
                name,
                at_least & frame.high.notna(),
                "high",
                "“{qualifier}” has no upper bound; leave high blank instead of {high}.",
            )


@rule("qualifier-fits", "exact, between and up_to have the numbers that they speak of")
def _qualifier_fits(tables: Tables) -> Iterator[Hits]:
    for name in ("claims", "tolls"):
        if (frame := tables.get(name)) is None:
            continue
        # without any number, “exact” says nothing and does no harm
        given = frame[["low", "best", "high"]].notna().any(axis=1)
        one = ((frame.low == frame.best) & (frame.best == frame.high)).fillna(False)
        yield Hits(
            name,
            (frame.qualifier == "exact") & given & ~one,
            "qualifier",
            "“exact” is one number, but low is {low}, best {best}, high {high}; write it in all "
            "three, or change the qualifier.",
        )
        yield Hits(
            name,
            (frame.qualifier == "between") & (frame.low.isna() | frame.high.isna()),
            "qualifier",
            "“between” has two ends, but low is {low} and high {high}; fill both.",
        )
        yield Hits(
            name,
            (frame.qualifier == "up_to") & (frame.low.notna() | frame.high.isna()),
            "qualifier",
            "“up_to” has an upper bound alone, but low is {low} and high {high}; write the number "
            "in high and leave low blank.",
        )


@rule("number-outcome", "a number says what became of the people it counts", "claims")
def _number_outcome(tables: Tables) -> Iterator[Hits]:
    claims = tables["claims"]
    given = claims[["low", "best", "high"]].notna().any(axis=1)
    yield Hits(
        "claims",
        (claims.stance == "asserts") & given & claims.outcome.isna(),
        "outcome",
        "it has a number but no outcome; write what became of them, or casualties_unspecified.",
    )


@rule("denial-bare", "a denial carries no number", "claims")
def _denial_bare(tables: Tables) -> Iterator[Hits]:
    claims = tables["claims"]
    wrong = (claims.stance == "denies") & claims[["low", "best", "high"]].notna().any(axis=1)
    yield Hits(
        "claims", wrong, "best", "a denial carries no number; leave low, best and high blank."
    )


@rule("denial-says-what", "a denial says what it denies, and only a denial does", "claims")
def _denial_says_what(tables: Tables) -> Iterator[Hits]:
    claims = tables["claims"]
    denies = claims.stance == "denies"
    yield Hits(
        "claims",
        denies & claims.denies.isna(),
        "denies",
        "a denial must say what it denies: event, number, authorship or status.",
    )
    yield Hits(
        "claims",
        ~denies & claims.denies.notna(),
        "denies",
        "denies is {denies} although the claim asserts; clear it or make it a denial.",
    )


# --- dates --------------------------------------------------------------------------------------

_WINDOWS = {
    "events": [("date_earliest", "date_latest")],
    "control_changes": [("date_earliest", "date_latest"), ("valid_from", "valid_to")],
    "tolls": [("period_start", "period_end")],
    "actors": [("valid_from", "valid_to")],
}


@rule("dates-ordered", "the first date of a window is not after its last")
def _dates_ordered(tables: Tables) -> Iterator[Hits]:
    for name, windows in _WINDOWS.items():
        if (frame := tables.get(name)) is None:
            continue
        for first, last in windows:
            wrong = frame[first] > frame[last]
            yield Hits(
                name, wrong, first, f"{first} {{{first}}} is after {last} {{{last}}}; correct one."
            )


_LONGEST = {"day": 1, "week": 7, "month": 31, "year": 366}


@rule("dates-precise", "dates lie inside their precision")
def _dates_precise(tables: Tables) -> Iterator[Hits]:
    if (events := tables.get("events")) is not None:
        days = (events.date_latest - events.date_earliest).dt.days + 1
        longest = events.date_precision.map(_LONGEST)
        yield Hits(
            "events",
            days > longest,
            "date_precision",
            "{date_earliest} to {date_latest} is longer than “{date_precision}”; correct one.",
        )
        closed = events.date_precision != "open"
        half = events.date_earliest.isna() | events.date_latest.isna()
        yield Hits(
            "events",
            closed & half,
            "date_precision",
            "a date is blank, so “{date_precision}” cannot be; fill the date, or write open.",
        )
        yield Hits(
            "events",
            ~closed & ~half,
            "date_precision",
            "both dates are known, so “open” cannot be; write how exact they are.",
        )
    if (reports := tables.get("reports")) is not None:
        day, month = reports.published.dt.day, reports.published.dt.month
        precision = reports.published_precision
        wrong = (precision == "month") & (day > 1)
        wrong |= (precision == "year") & ((day > 1) | (month > 1))
        yield Hits(
            "reports",
            wrong,
            "published",
            "{published} is more exact than “{published_precision}”; write the first day of it.",
        )


@rule("said-after", "nothing is said of an event before it can have been", "claims", "events")
def _said_after(tables: Tables) -> Iterator[Hits]:
    claims = tables["claims"]
    events = tables["events"].drop_duplicates("event_id").set_index("event_id")
    yield Hits(
        "claims",
        claims.as_of < claims.event_id.map(events.date_earliest),
        "as_of",
        "as_of {as_of} is before the earliest day of {event_id}; correct one.",
    )


# --- revisions and repeats ----------------------------------------------------------------------


def _referred(frame: pd.DataFrame, column: str, key: str) -> pd.DataFrame:
    """Return, row for row, the row that ``column`` names (blank where it names none)."""
    target = frame.drop_duplicates(key).set_index(key)
    return target.reindex(frame[column]).set_index(frame.index)


def _differ(frame: pd.DataFrame, other: pd.DataFrame, columns: Iterable[str]) -> pd.Series:
    """Tell the rows that differ in any of the columns; blank is the same as blank."""
    return reduce(
        or_,
        (
            ~((frame[c] == other[c]).fillna(False) | (frame[c].isna() & other[c].isna()))
            for c in columns
        ),
    )


_SUBJECTS = {
    "claims": ("event_id", "victims", "outcome"),
    "tolls": ("period_start", "period_end", "scope_place", "victims", "outcome", "perpetrator"),
}


@rule("same-subject", "a revision or a repeat speaks of the same as the row that it names")
def _same_subject(tables: Tables) -> Iterator[Hits]:
    for name, column in (("claims", "supersedes"), ("claims", "repeats"), ("tolls", "supersedes")):
        if (frame := tables.get(name)) is not None:
            key, subject = TABLES[name].key[0], _SUBJECTS[name]
            differs = _differ(frame, _referred(frame, column, key), subject)
            said = f"{', '.join(subject[:-1])} and {subject[-1]}"
            yield Hits(
                name,
                frame[column].isin(frame[key]) & differs,
                column,
                f"it names {{{column}}}, but not all of {said} are the same there; correct them, "
                f"or clear {column}.",
            )


@rule("revision-single", "no two rows supersede the same row")
def _revision_single(tables: Tables) -> Iterator[Hits]:
    for name in ("claims", "tolls"):
        if (frame := tables.get(name)) is not None:
            yield Hits(
                name,
                frame.supersedes.notna() & frame.duplicated("supersedes"),
                "supersedes",
                "an earlier row supersedes {supersedes} too; name the last revision instead.",
            )


@rule("revision-claimant", "a revision has the same claimant as what it supersedes")
def _revision_claimant(tables: Tables) -> Iterator[Hits]:
    for name in ("claims", "tolls"):
        if (frame := tables.get(name)) is not None:
            old = _referred(frame, "supersedes", TABLES[name].key[0])
            wrong = old.claimant.notna() & (old.claimant != frame.claimant)
            yield Hits(
                name,
                wrong,
                "supersedes",
                "it supersedes {supersedes}, a word of another claimant; name one of its own.",
            )


@rule("revision-later", "a revision has a later as_of than what it supersedes")
def _revision_later(tables: Tables) -> Iterator[Hits]:
    for name in ("claims", "tolls"):
        if (frame := tables.get(name)) is not None:
            old = _referred(frame, "supersedes", TABLES[name].key[0])
            known = frame.supersedes.isin(frame[TABLES[name].key[0]])
            wrong = known & ~(frame.as_of > old.as_of)
            yield Hits(
                name,
                wrong,
                "as_of",
                "it revises {supersedes}, so as_of {as_of} must be later than there; correct one.",
            )


@rule("repeat-same", "a repeat has the same claimant and number", "claims")
def _repeat_same(tables: Tables) -> Iterator[Hits]:
    claims = tables["claims"]
    old = _referred(claims, "repeats", "claim_id")
    known = claims.repeats.isin(claims.claim_id)
    yield Hits(
        "claims",
        known & _differ(claims, old, ("claimant", "low", "best", "high")),
        "repeats",
        "it repeats {repeats}, so claimant and numbers must be the same; correct one.",
    )


# --- control ------------------------------------------------------------------------------------


@rule(
    "change-moves", "in a change, the holder before and the holder after differ", "control_changes"
)
def _change_moves(tables: Tables) -> Iterator[Hits]:
    rows = tables["control_changes"]
    wrong = (rows.kind == "change") & (rows.from_actor == rows.to_actor)
    yield Hits(
        "control_changes",
        wrong,
        "to_actor",
        "it changes from {from_actor} to itself; correct one, or make it a status.",
    )


@rule(
    "control-dates",
    "a change has the dates of the change, a status those for which it holds",
    "control_changes",
)
def _control_dates(tables: Tables) -> Iterator[Hits]:
    rows = tables["control_changes"]
    change = rows.kind == "change"
    when = rows[["date_earliest", "date_latest"]]
    valid = rows[["valid_from", "valid_to"]]
    yield Hits(
        "control_changes",
        change & (when.isna().any(axis=1) | valid.notna().any(axis=1)),
        "date_earliest",
        "a change needs date_earliest and date_latest, and no valid_from or valid_to.",
    )
    yield Hits(
        "control_changes",
        ~change & (valid.isna().all(axis=1) | when.notna().any(axis=1)),
        "valid_from",
        "a status needs valid_from or valid_to, and no date_earliest or date_latest.",
    )


@rule("control-holder", "a control statement names a holder", "control_changes")
def _control_holder(tables: Tables) -> Iterator[Hits]:
    rows = tables["control_changes"]
    yield Hits(
        "control_changes",
        rows.from_actor.isna() & rows.to_actor.isna(),
        "to_actor",
        "it names no holder; fill to_actor or from_actor.",
    )
    yield Hits(
        "control_changes",
        (rows.kind == "status") & rows.from_actor.notna(),
        "from_actor",
        "a status has a holder in to_actor and none in from_actor.",
    )


@rule(
    "chain-end",
    "no chain of holders ends in a holder that a status row for the end of 2018 contradicts",
    "control_changes",
)
def _chain_end(tables: Tables) -> Iterator[Hits]:
    rows = tables["control_changes"]
    end = pd.Timestamp(YEARS[1], 12, 31)
    whole = rows[(rows.stance == "asserts") & (rows.extent == "full")]
    # rows that another contradicts, or that contradict one, are rival dates: not links of a chain
    rivals = rows.contradicts.dropna().str.split(";").explode()
    whole = whole[whole.contradicts.isna() & ~whole.change_id.isin(rivals)]
    changes = whole[(whole.kind == "change") & (whole.date_latest <= end)]
    # of changes with overlapping dates, any may have been the last
    started = changes.groupby("place_id").date_earliest.transform("max")
    last = changes[changes.date_latest >= started]
    closing = whole[
        (whole.kind == "status")
        & (whole.valid_to.fillna(whole.valid_from) >= end)
        & (whole.valid_from.fillna(end) <= end)
        & whole.to_actor.notna()
    ]
    ends = last.merge(closing[["place_id", "to_actor"]], on="place_id", suffixes=("", "_closing"))
    # a last change that names no holder after it contradicts nobody
    agrees = (ends.to_actor == ends.to_actor_closing) | ends.to_actor.isna()
    some = agrees.groupby([ends.place_id, ends.to_actor_closing]).transform("any")
    wrong = ends[~some.astype(bool)]
    yield Hits(
        "control_changes",
        rows.change_id.isin(wrong.change_id),
        "to_actor",
        "the last change leaves {place_id} with {to_actor}, but a status row for the end of 2018 "
        "names another holder; add the later change, or link the two in contradicts.",
    )


# --- places and names ---------------------------------------------------------------------------


@rule(
    "coordinates-whole", "a point has latitude, longitude, precision and source, or none", "places"
)
def _coordinates_whole(tables: Tables) -> Iterator[Hits]:
    given = tables["places"][["lat", "lon", "coordinate_precision", "source"]].notna()
    yield Hits(
        "places",
        given.any(axis=1) & ~given.all(axis=1),
        "lat",
        "a point needs lat, lon, coordinate_precision and source; fill them or leave all blank.",
    )


@rule(
    "point-near-governorate",
    "a point lies within 10 km of the governorate that its P-code names",
    "places",
    severity="warning",
)
def _point_near_governorate(tables: Tables) -> Iterator[Hits]:
    from analysis.record import boundaries  # geometry is loaded only here

    places = tables["places"]
    known = places[["lat", "lon", "governorate"]].notna().all(axis=1)
    if known.any() and not boundaries.FILE.is_file():
        yield Hits(
            "places",
            known & ~known.duplicated(),
            "governorate",
            "neither this point nor any other was compared with its governorate, since this "
            "installation has no boundaries; check again in a clone of the project.",
        )
        return
    far = known.copy()
    far[known] = boundaries.km_outside(places[known]) > 10
    yield Hits(
        "places",
        far,
        "governorate",
        "the point {lat}, {lon} lies more than 10 km outside {governorate}; check both.",
    )


@rule("arabic-sourced", "an Arabic name says where it is written")
def _arabic_sourced(tables: Tables) -> Iterator[Hits]:
    for name in ("actors", "places", "ucdp_sides"):
        if (frame := tables.get(name)) is not None:
            yield Hits(
                name,
                frame.name_ar.notna() & frame.name_ar_source.isna(),
                "name_ar_source",
                "the Arabic name {name_ar} has no source; name a text in which it is written so.",
            )


# --- reports and evidence -----------------------------------------------------------------------


@rule("report-findable", "every report can be found: by address, DOI or full reference", "reports")
def _report_findable(tables: Tables) -> Iterator[Hits]:
    found = tables["reports"][["url", "archived_url", "reference"]].notna().any(axis=1)
    yield Hits("reports", ~found, "url", "nobody can find this report; give url or reference.")


@rule("published-whole", "a date of publication has its precision and its basis", "reports")
def _published_whole(tables: Tables) -> Iterator[Hits]:
    given = tables["reports"][["published", "published_precision", "published_basis"]].notna()
    yield Hits(
        "reports",
        given.any(axis=1) & ~given.all(axis=1),
        "published",
        "published, published_precision and published_basis go together; fill all, or none.",
    )


@rule("report-via", "a report not read in the original says where it was read", "reports")
def _report_via(tables: Tables) -> Iterator[Hits]:
    reports = tables["reports"]
    yield Hits(
        "reports",
        (reports["read"] == "secondary") & reports.via.isna(),
        "via",
        "it is known through another publication only; say in via which.",
    )
    yield Hits(
        "reports",
        reports.via.notna() & reports.via_caveat.isna(),
        "via_caveat",
        "via is given; say in via_caveat what that leaves unsure.",
    )


@rule("evidence-text", "evidence points into a text that the report identifies")
def _evidence_text(tables: Tables) -> Iterator[Hits]:
    if (reports := tables.get("reports")) is None:
        return
    without = reports.report_id[reports.text_sha256.isna()]
    for name in ("claims", "control_changes"):
        if (frame := tables.get(name)) is not None:
            wrong = frame.evidence.notna() & frame.report_id.isin(without)
            yield Hits(
                name,
                wrong,
                "evidence",
                "it has evidence spans, but report {report_id} has no text_sha256; add it.",
            )


# --- UCDP ---------------------------------------------------------------------------------------


@rule(
    "ucdp-adds-up", "deaths by party, and by number of publishers, add up to best", "ucdp_monthly"
)
def _ucdp_adds_up(tables: Tables) -> Iterator[Hits]:
    monthly = tables["ucdp_monthly"]
    best = millionths(monthly.best)
    groups = {
        "deaths by party": UCDP_PARTIES,
        "deaths by number of publishers": PUBLISHER_COLUMNS,
    }
    for what, columns in groups.items():
        wrong = millionths(monthly[list(columns)]).sum(axis=1) != best
        yield Hits(
            "ucdp_monthly",
            wrong,
            "best",
            f"{what} do not add up to best {{best}}; compute it again.",
        )


@rule("ucdp-undated", "a month is blank where deaths are undated, there alone", "ucdp_monthly")
def _ucdp_undated(tables: Tables) -> Iterator[Hits]:
    monthly = tables["ucdp_monthly"]
    undated = (monthly.allocation == "dated") & (monthly.date_class == "undated")
    yield Hits(
        "ucdp_monthly",
        undated != monthly.month.isna(),
        "month",
        "month is {month} where allocation is {allocation} and date_class {date_class}; it is "
        "blank for dated with undated and nowhere else: compute the table again.",
    )


@rule("ucdp-conserved", "every allocation of a release holds the same deaths", "ucdp_monthly")
def _ucdp_conserved(tables: Tables) -> Iterator[Hits]:
    monthly = tables["ucdp_monthly"]
    sums = millionths(monthly[["low", "best", "high"]]).groupby(
        [monthly.release, monthly.allocation]
    )
    totals = sums.sum()
    differ = totals.groupby("release").nunique().gt(1).any(axis=1)
    wrong = monthly.release.isin(differ.index[differ]) & ~monthly.duplicated("release")
    yield Hits(
        "ucdp_monthly",
        wrong,
        "allocation",
        "the allocations of {release} do not hold the same deaths; compute the table again.",
    )
