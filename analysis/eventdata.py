"""Event files of the Uppsala Conflict Data Program (UCDP GED): deaths by month.

An event file has one row per event, with a first and a last day, the deaths of its two sides,
of civilians and of people unknown, and the coding bounds ``low`` and ``high`` around ``best``.
This module reads it, gives the deaths of each side to a party **by the name of the side**, shares
them over months in three ways (*allocations*) and writes ``data/ucdp_monthly.csv``:

- ``dated``: events whose dates are known to within a week (``date_prec`` 1–3) are shared over
  their days; the deaths of all others stay in rows without a month.
- ``onset``: everything falls in the month of the event's first day.
- ``spread``: everything is shared over the event's days. For vague dates that timing is invented.

All three hold the same deaths. Shares are whole numbers of millionths: after ``k`` of ``n`` days
``10**6 * deaths * k // n`` of an event's deaths have fallen, and a month holds the difference
between its end and its start. So the months of an event add up to the event, and its parties add
up to ``best``, exactly.

Public here: `read_ged`, `monthly_table`, `write_monthly`, `count_publishers`, `PARTIES`,
`ALLOCATIONS`, `GOVERNORATES`.
"""

from __future__ import annotations

import io
import os
import re
import zipfile
import zlib
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.errors import RecordError
from analysis.record import schema
from analysis.record.exact import MILLION

Whole = npt.NDArray[np.int64]
Dates = npt.NDArray[np.datetime64]

ALLOCATIONS = tuple(schema.ALLOCATIONS)

#: The columns of deaths by party, in the order in which rounding runs through them.
PARTIES = schema.UCDP_PARTIES

_UCDP_GOVERNORATES = (
    "Damascus",
    "Aleppo",
    "Rif Dimashq",
    "Homs",
    "Hamah",
    "Latakia",
    "Idlib",
    "Al Hasakah",
    "Deir ez Zor",
    "Tartus",
    "Ar Raqqah",
    "Daraa",
    "As Suwayda",
    "Quneitra",
)
#: UCDP's governorate names (without the word "Governorate") and their P-codes, in this order.
GOVERNORATES = dict(zip(_UCDP_GOVERNORATES, schema.GOVERNORATES, strict=True))

VIOLENCE = dict(enumerate(schema.VIOLENCE, start=1))  # in the order of UCDP's numbers
PLACE_CLASSES = {1: "place", 2: "place", 3: "district", 4: "governorate"}  # 5–7: none
LAST_DATED = 3  # date_prec 1 day, 2 a few days, 3 a week; 4 a month, 5 more

KEYS = list(schema.TABLES["ucdp_monthly"].key)
COUNTS = ["events", "events_unnested"]
PUBLISHERS = list(schema.PUBLISHER_COLUMNS)
DEATHS = ["low", "best", "high", *PARTIES, *PUBLISHERS]

_SIDES_OF_DEATH = ["deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown"]
_TEXTS = ["country", "adm_1", "side_a", "side_b", "source_article", "date_start", "date_end"]
# A ceiling far above any event keeps the products of the sharing inside 64 bits.
_RANGES = {
    "id": (0, 10**15),
    "dyad_id": (0, 10**15),
    "type_of_violence": (1, 3),
    "date_prec": (1, 5),
    "where_prec": (1, 7),
    **dict.fromkeys([*_SIDES_OF_DEATH, "low", "best", "high"], (0, 10**7)),
}
# GED 19.1 and later write dyad_new_id; earlier files, and a second column of later ones, differ.
_DYAD_NAMES = ("dyad_new_id", "dyad_dset_id", "dyad_id")

_ENTRY = re.compile(r"(.*?),\s*\d{4}-\d{2}-\d{2}\s*(?:,|$)", re.DOTALL)
_WITHIN = re.compile(r".*\((?:in|on) (.+)\)", re.DOTALL)


def read_ged(
    path: str | Path, years: tuple[int, int] = (2017, 2018), country: str = "Syria"
) -> pd.DataFrame:
    """Read a UCDP GED event file and check what the monthly table rests on.

    Parameters
    ----------
    path
        The CSV file as UCDP publishes it (or a zip archive that holds it alone), one country or
        all of them. Older and newer column names are both read.
    years
        First and last year to keep, by the day on which an event starts. Events that start in
        other years are left out whole; an event that starts inside and runs on is kept whole.
    country
        UCDP's name of the country to keep.

    Returns
    -------
    DataFrame
        One row per event in the order of the file, with ``id``, ``dyad_id``, ``side_a``,
        ``side_b``, ``type_of_violence`` (1–3), ``date_start``, ``date_end`` (days),
        ``date_prec`` (1–5), ``where_prec`` (1–7), ``governorate`` (a P-code, or "" where UCDP
        names none), ``source_article``, and in whole deaths ``deaths_a``, ``deaths_b``,
        ``deaths_civilians``, ``deaths_unknown``, ``low``, ``best``, ``high``. The bounds are
        UCDP's own, also where ``low <= best <= high`` does not hold.

    Raises
    ------
    RecordError
        If the file is missing, is no whole CSV (its last row ends with a line break, too), lacks
        a column or holds no such event; or if a kept row has an impossible date, number or code,
        an id a second time, deaths by side that do not add up to ``best``, or a governorate
        unknown here. The row is named as a spreadsheet counts it (the header is row 1).
    """
    path = Path(path)
    raw = _read_text(path)
    raw = raw[raw["country"] == country]
    start, end = _day(raw["date_start"]), _day(raw["date_end"])
    impossible = start.isna() | end.isna() | (end < start)
    _refuse(path, raw, impossible, "date_start {date_start} and date_end {date_end} are impossible")
    kept = start.dt.year.between(*years)
    if not kept.any():
        raise RecordError(
            f"{path} has no event in {country} that starts in {years[0]}–{years[1]}: "
            "name a UCDP GED file that covers these years."
        )
    raw = raw[kept]
    events = pd.DataFrame({name: _whole(path, raw, name) for name in _RANGES})
    events["date_start"], events["date_end"] = start[kept], end[kept]
    events["governorate"] = _governorate(path, raw)
    events[["side_a", "side_b", "source_article"]] = raw[["side_a", "side_b", "source_article"]]
    _refuse(path, raw, events["id"].duplicated(), "this id stands in the file twice")
    wrong_sum = events[_SIDES_OF_DEATH].sum(axis=1) != events["best"]
    _refuse(path, raw, wrong_sum, "the deaths by side do not add up to best, {best}")
    return events.reset_index(drop=True)


def monthly_table(
    events: pd.DataFrame, sides: pd.DataFrame, dyads: pd.DataFrame, release: str
) -> pd.DataFrame:
    """Count the deaths of ``events`` by month, governorate and dyad, in every allocation.

    Parameters
    ----------
    events
        As `read_ged` gives them.
    sides
        ``data/ucdp_sides.csv``: ``side`` (UCDP's name) and ``party`` (one of `PARTIES`).
    dyads
        ``data/ucdp_dyads.csv``: ``dyad_id``, ``side_a``, ``side_b``.
    release
        Id of the data release, written in every row.

    Returns
    -------
    DataFrame
        One row per release × allocation × month × governorate × dyad × type of violence × date
        class × place class, sorted by these. ``month`` is "YYYY-MM", missing where ``dated``
        cannot tell it; ``governorate`` is missing where UCDP names none. ``events`` counts the
        events with a share in the row (a long event counts once in each of its months) and
        ``events_unnested`` those whose bounds do not satisfy ``low <= best <= high``. Deaths
        (``low``, ``best``, ``high``, one column for each party, and ``best`` by the number of
        distinct publishers) are **whole millionths of a death** (int64). The parties add up to
        ``best`` in every row, and so do the three columns of publishers; an event that names no
        publisher stands with those that name one.

    Raises
    ------
    RecordError
        If a side or a dyad is not in its table, or stands there otherwise than in ``events``.
    """
    _check_dyads(events, dyads)
    by_party = _deaths_by_party(events, sides)
    labels = _labels(events).assign(release=release)
    shares = pd.concat(
        [_allocate(events, by_party, labels, allocation) for allocation in ALLOCATIONS]
    )
    table = shares.groupby(KEYS, as_index=False)[COUNTS + DEATHS].sum()
    blanks = ["month", "governorate"]
    table[blanks] = table[blanks].mask(table[blanks] == "")
    return table[KEYS + COUNTS + DEATHS]


def write_monthly(table: pd.DataFrame, path: str | Path) -> None:
    """Write a table of `monthly_table` as CSV, whole or not at all.

    Deaths are written as plain decimals of up to six places without trailing zeros, missing
    values as blanks, lines end in LF. The folder is made if need be.
    """
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    text = table.copy()
    text[DEATHS] = text[DEATHS].apply(_decimal)
    unfinished = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        text.to_csv(unfinished, index=False, lineterminator="\n", encoding="utf-8")
        os.replace(unfinished, path)  # a reader never meets half a table
    finally:
        unfinished.unlink(missing_ok=True)


def count_publishers(source_article: pd.Series) -> pd.Series:
    """Count the distinct publishers in UCDP's ``source_article``.

    UCDP's own ``number_of_sources`` counts articles: five reports of one monitor are five there
    and one here. An article that a publisher relays ("The Independent (in SOHR)") counts as that
    publisher's. Names are compared without regard to case and spaces, and otherwise as UCDP
    spells them, so "Airwars" and "Air Wars" are two.

    Returns
    -------
    Series
        int64 with the index of ``source_article``; 0 where no article is named.

    Examples
    --------
    >>> count_publishers(pd.Series(['"SOHR,2017-01-02,One";"SOHR,2017-01-03,Two"', ""])).tolist()
    [1, 0]
    """
    return source_article.map(lambda text: len(_publishers(text))).astype("int64")


# Sharing: whole numbers in, whole millionths out.


def month_spans(start: Dates, end: Dates) -> tuple[Whole, Dates, Whole, Whole]:
    """Cut each span of days into months.

    Returns the position of the span, the month, and how many of the span's days have passed
    before the month and by its end: four arrays with one value for each span × month.

    >>> days = np.array(["2017-12-30"], "M8[D]"), np.array(["2018-01-02"], "M8[D]")
    >>> [part.tolist() for part in month_spans(*days)][2:]
    [[0, 2], [2, 4]]
    """
    first = start.astype("M8[M]")
    months = (end.astype("M8[M]") - first).astype(np.int64) + 1
    position = np.repeat(np.arange(len(start)), months)
    nth = np.arange(len(position)) - np.repeat(np.cumsum(months) - months, months)
    month = first[position] + nth
    before = (month.astype("M8[D]") - start[position]).astype(np.int64)
    after = ((month + 1).astype("M8[D]") - start[position]).astype(np.int64)
    days = ((end - start).astype(np.int64) + 1)[position]
    return position, month, np.maximum(before, 0), np.minimum(after, days)


def share(deaths: Whole, before: Whole, after: Whole, days: Whole) -> Whole:
    """Millionths of ``deaths`` that fall after day ``before`` and up to day ``after`` of ``days``.

    >>> one = np.array([1])
    >>> [int(share(one, one * k, one * k + 1, one * 3)[0]) for k in range(3)]
    [333333, 333333, 333334]
    """
    return MILLION * deaths * after // days - MILLION * deaths * before // days


def share_parties(by_party: Whole, before: Whole, after: Whole, days: Whole) -> Whole:
    """`share` for a row of parties (axis 1) whose shares add up to the share of their sum.

    Sharing the running total and taking differences keeps both sums exact: over the months and
    over the parties.
    """
    running = np.cumsum(by_party, axis=1)
    shared = share(running, before[:, None], after[:, None], days[:, None])
    return np.diff(shared, axis=1, prepend=0)


def _allocate(
    events: pd.DataFrame, by_party: Whole, labels: pd.DataFrame, allocation: str
) -> pd.DataFrame:
    """Give one row per event × month of this allocation, with labels and millionths."""
    start = events["date_start"].to_numpy().astype("M8[D]")
    end = events["date_end"].to_numpy().astype("M8[D]")
    dated = (events["date_prec"] <= LAST_DATED).to_numpy()
    # An event that is not shared over its days is one whose only day is its first.
    shared = {"dated": dated, "onset": np.zeros_like(dated), "spread": np.ones_like(dated)}
    end = np.where(shared[allocation], end, start)
    position, month, before, after = month_spans(start, end)
    days = ((end - start).astype(np.int64) + 1)[position]

    rows = labels.iloc[position].reset_index(drop=True)
    rows["allocation"] = allocation
    rows["month"] = month.astype(str)
    if allocation == "dated":
        rows["month"] = rows["month"].where(dated[position], "")
    rows[list(PARTIES)] = share_parties(by_party[position], before, after, days)
    rows["best"] = rows[list(PARTIES)].sum(axis=1)
    for bound in ("low", "high"):
        rows[bound] = share(events[bound].to_numpy()[position], before, after, days)
    for column in PUBLISHERS:
        rows[column] = rows["best"].where(rows["publishers"] == column, 0)
    return rows


def _labels(events: pd.DataFrame) -> pd.DataFrame:
    """Give what an event carries into each of its months: classes and counts."""
    low, best, high = events["low"], events["best"], events["high"]
    publishers = count_publishers(events["source_article"]).clip(1, len(PUBLISHERS))
    return pd.DataFrame(
        {
            "governorate": events["governorate"],
            "dyad_id": events["dyad_id"],
            "type_of_violence": events["type_of_violence"].map(VIOLENCE),
            "date_class": np.where(events["date_prec"] <= LAST_DATED, "dated", "undated"),
            "place_class": events["where_prec"].map(PLACE_CLASSES).fillna("none"),
            "publishers": [PUBLISHERS[count - 1] for count in publishers],
            "events": 1,
            "events_unnested": (~((low <= best) & (best <= high))).astype("int64"),
        }
    )


def _deaths_by_party(events: pd.DataFrame, sides: pd.DataFrame) -> Whole:
    """Give whole deaths, events × `PARTIES`, by the names of the sides and never by position."""
    party_of = dict(zip(sides["side"], sides["party"], strict=True))
    unfit = {party for party in party_of.values() if party not in PARTIES}
    if unfit:
        raise RecordError(
            f"ucdp_sides.csv names the party {min(map(str, unfit))}: "
            f"use one of {', '.join(PARTIES)}."
        )
    deaths = np.zeros((len(events), len(PARTIES)), dtype=np.int64)
    deaths[:, PARTIES.index("civilians")] = events["deaths_civilians"]
    deaths[:, PARTIES.index("unknown")] = events["deaths_unknown"]
    row = np.arange(len(events))
    for letter in "ab":
        names = events[f"side_{letter}"]
        unknown = sorted(set(names) - set(party_of))
        if unknown:
            raise RecordError(
                f"The side {unknown[0]!r} of the event file is not known: "
                "add a row for it to ucdp_sides.csv."
            )
        column = [PARTIES.index(party_of[name]) for name in names]
        deaths[row, column] += events[f"deaths_{letter}"].to_numpy()
    return deaths


def _check_dyads(events: pd.DataFrame, dyads: pd.DataFrame) -> None:
    """Refuse a dyad that its table lacks or gives other sides, in whatever order."""
    names = ["side_a", "side_b"]
    known = {str(i): {a, b} for i, a, b in dyads[["dyad_id", *names]].itertuples(index=False)}
    seen = events[["dyad_id", *names]].drop_duplicates().sort_values(["dyad_id", *names])
    for dyad, a, b in seen.itertuples(index=False):
        if str(dyad) not in known:
            raise RecordError(
                f"The dyad {dyad} ({a!r} and {b!r}) of the event file is not known: "
                "add a row for it to ucdp_dyads.csv."
            )
        if known[str(dyad)] != {a, b}:
            raise RecordError(
                f"The dyad {dyad} is {a!r} and {b!r} in the event file and otherwise in "
                "ucdp_dyads.csv: correct its row there."
            )


def _decimal(millionths: pd.Series) -> pd.Series:
    """Write millionths as plain decimals: 1732500000 as 1732.5."""
    whole, part = millionths // MILLION, millionths % MILLION
    text = whole.astype(str) + "." + part.astype(str).str.zfill(6)
    return text.str.rstrip("0").str.rstrip(".")


def _publishers(source_article: str) -> set[str]:
    """Give the names in ``"PUBLISHER,DATE,HEADLINE";"PUBLISHER,DATE,HEADLINE"``."""
    names = set()
    for entry in source_article.strip().strip('"').split('";"'):
        dated = _ENTRY.match(entry)  # a publisher's name may hold a comma, so look for the date
        name = dated[1] if dated else entry.split(",")[0]
        relayed = _WITHIN.fullmatch(name.strip())
        names.add(" ".join((relayed[1] if relayed else name).casefold().split()))
    return names - {""}


# Reading: text in, checked values out.


def _read_text(path: Path) -> pd.DataFrame:
    """Read the needed columns as text, under the names used here."""
    try:
        content = _content(path)
        raw = pd.read_csv(
            io.BytesIO(content), dtype=str, keep_default_na=False, encoding="utf-8-sig"
        )
    except FileNotFoundError:
        raise RecordError(f"There is no file {path}: name the UCDP GED file to read.") from None
    except (ValueError, OSError, RuntimeError, zipfile.BadZipFile, zlib.error) as error:
        reason = str(error).strip().splitlines()[0].rstrip(".")
        raise RecordError(
            f"{path} cannot be read as a whole CSV file ({reason}): download it again."
        ) from None
    dyad = next((name for name in _DYAD_NAMES if name in raw.columns), _DYAD_NAMES[0])
    raw = raw.rename(columns={dyad: "dyad_id"})
    wanted = [*_RANGES, *_TEXTS]
    missing = [dyad if name == "dyad_id" else name for name in wanted if name not in raw.columns]
    if missing:
        raise RecordError(
            f"{path} lacks the columns {', '.join(missing)}: "
            "use a UCDP GED event file in CSV as it was downloaded."
        )
    if not content.endswith((b"\n", b"\r")):  # a number cut short is a number still
        last = pd.Series(np.arange(1, len(raw) + 1) == len(raw))
        _refuse(path, raw, last, "the file ends inside this row, without a line break")
    return raw[wanted]


def _content(path: Path) -> bytes:
    """Give the bytes of the file, or of the only file in the archive."""
    if not zipfile.is_zipfile(path):
        return path.read_bytes()
    with zipfile.ZipFile(path) as archive:
        names = archive.namelist()
        if len(names) != 1:
            raise ValueError(f"the archive holds {len(names)} files, not one")
        return archive.read(names[0])


def _refuse(path: Path, raw: pd.DataFrame, bad: pd.Series, problem: str) -> None:
    """Raise one sentence about the first bad row; ``problem`` may quote its columns."""
    if bad.any():
        row = raw.index[bad.to_numpy()][0]
        fields = raw.loc[row].to_dict()
        raise RecordError(
            f"{path}, row {row + 2} (id {fields['id']}): {problem.format(**fields)}; "
            "correct the file or download it again."
        )


def _whole(path: Path, raw: pd.DataFrame, name: str) -> pd.Series:
    """Give a column of whole numbers, each in the range of its kind."""
    lowest, highest = _RANGES[name]
    number = pd.to_numeric(raw[name], errors="coerce")
    fits = number.between(lowest, highest) & (number % 1 == 0)
    _refuse(
        path, raw, ~fits, f"{name} is '{{{name}}}', not a whole number from {lowest} to {highest}"
    )
    return number.astype("int64")


def _day(text: pd.Series) -> pd.Series:
    """Give dates from "2017-01-31" or "2017-01-31 00:00:00.000"; missing where there is none."""
    return pd.to_datetime(text.str[:10], format="%Y-%m-%d", errors="coerce")


def _governorate(path: Path, raw: pd.DataFrame) -> pd.Series:
    """Give P-codes from names such as "Homs Governorate" or "Homs governorate"."""
    codes = {name.casefold(): code for name, code in GOVERNORATES.items()} | {"": ""}
    code = raw["adm_1"].str.casefold().str.removesuffix("governorate").str.strip().map(codes)
    _refuse(path, raw, code.isna(), "the governorate '{adm_1}' in adm_1 is not one of Syria's 14")
    return code
