"""Casualty numbers: deaths by month, computed from the record and exact to the millionth.

Curated claims are a selection of documented incidents, not a census: trends come from
``ucdp_monthly`` alone.
"""

from __future__ import annotations

import pandas as pd

from analysis.errors import RecordError
from analysis.record import Record, a_record
from analysis.record.exact import from_millionths, millionths
from analysis.record.schema import ALLOCATIONS, UCDP_PARTIES, YEARS

GROUPINGS = {
    "governorate": "governorate",
    "dyad": "dyad_id",
    "party": "party",
    "type_of_violence": "type_of_violence",
}
"""What ``by`` may be, and the column that it gives."""

MONTHS = pd.date_range(f"{YEARS[0]}-01", f"{YEARS[1]}-12", freq="MS", unit="s")
"""The 24 months of the record."""


def monthly_rows(
    record: Record, allocation: str = "dated", release: str | None = None
) -> pd.DataFrame:
    """Return the rows of ``ucdp_monthly`` for one allocation and one release.

    Parameters
    ----------
    record : Record
    allocation : {"dated", "spread", "onset"}
    release : str, optional
        Id of the UCDP release; may be left out where the record holds one only.

    Raises
    ------
    RecordError
        If there is no such allocation or release, or it is not clear which release is meant.
    """
    if allocation not in tuple(ALLOCATIONS):
        raise RecordError(
            f"There is no allocation {allocation!r}: choose {', '.join(ALLOCATIONS)}."
        )
    rows = _rows_of_release(record, release)
    return rows[rows.allocation == allocation]


def plotted_rows(record: Record) -> pd.DataFrame:
    """Return the rows that figures by month add up: ``spread``, inside the months of the record.

    An event that runs on beyond them leaves its later share out, as a chart of these months must.
    """
    rows = monthly_rows(record, "spread")
    return rows[rows.month.isin(MONTHS)]


def _rows_of_release(record: Record, release: str | None) -> pd.DataFrame:
    rows = a_record(record).ucdp_monthly
    releases = list(rows.release.unique())
    if not releases:
        raise RecordError("ucdp_monthly has no rows: compute them with python -m analysis import.")
    if release is None and len(releases) > 1:
        raise RecordError(
            f"ucdp_monthly holds several releases ({', '.join(releases)}): name one, or keep one."
        )
    release = releases[0] if release is None else release
    if release not in releases:
        raise RecordError(f"There is no release {release!r}: choose one of {', '.join(releases)}.")
    return rows[rows.release == release]


def monthly_deaths(
    record: Record,
    by: str | None = None,
    allocation: str = "dated",
    release: str | None = None,
) -> pd.DataFrame:
    """Deaths by month that UCDP records, in all or by group.

    Parameters
    ----------
    record : Record
    by : {"governorate", "dyad", "party", "type_of_violence"}, optional
        Group of the deaths. ``party`` is the group that the dead belonged to.
    allocation : {"dated", "spread", "onset"}
        How deaths get their month. ``dated``: deaths whose date is known to within a week (UCDP
        date precision 1 to 3), shared over the days of their event; the others stand in rows with
        a blank month. ``spread``: all deaths, shared over the days of their event, however long.
        ``onset``: all deaths in the month in which their event began.
    release : str, optional
        Id of the UCDP release; may be left out where the record holds one only.

    Returns
    -------
    DataFrame
        One row a month (and group): ``month`` (month start; NaT for undated deaths), the group's
        column (``governorate`` as P-code, blank for unlocated deaths; ``dyad_id``; ``party``;
        ``type_of_violence``), ``low``, ``best``, ``high`` (deaths; exact in millionths) and
        ``events`` (Int64). Without ``by`` all 24 months are there (blank outside the span of the
        release); with it, groups without events in a month have no row. The sum over all rows is
        the same for every grouping and allocation.

        ``low`` and ``high`` are the coding bounds of one release, not an interval for the truth.
        By party they are blank, and so is ``events``: UCDP gives bounds for events only; and every
        party that has any dead has a row in every month, with 0 where none are recorded. An event
        that runs over several months counts in each.

    Raises
    ------
    RecordError
        If ``by``, ``allocation`` or ``release`` is not among those known.

    Notes
    -----
    Source: UCDP GED (Sundberg and Melander 2013), in the release that the record holds.

    Examples
    --------
    >>> import analysis
    >>> deaths = monthly_deaths(analysis.load(), allocation="onset")
    >>> deaths.groupby(deaths.month.dt.year).best.sum()
    month
    2017    33316.0
    2018    20251.0
    Name: best, dtype: float64
    """
    rows = monthly_rows(record, allocation, release)
    if by is None:
        return _every_month(_totals(rows, []), _rows_of_release(record, release).month)
    if by not in tuple(GROUPINGS):
        raise RecordError(f"Deaths cannot be grouped by {by!r}: choose {', '.join(GROUPINGS)}.")
    if by == "party":
        return _by_party(rows)
    return _totals(rows, [GROUPINGS[by]])


def _totals(rows: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    # dropna=False: undated and unlocated deaths are deaths
    groups = [rows[column] for column in ["month", *by]]
    deaths = millionths(rows[["low", "best", "high"]]).groupby(groups, dropna=False).sum()
    events = rows.events.groupby(groups, dropna=False).sum()
    return from_millionths(deaths).assign(events=events).reset_index()


def _by_party(rows: pd.DataFrame) -> pd.DataFrame:
    parties = list(UCDP_PARTIES)
    deaths = millionths(rows[parties]).groupby(rows.month, dropna=False).sum()
    deaths = deaths.loc[:, deaths.any()]
    tidy = deaths.rename_axis(columns="party").stack().rename("best").reset_index()
    tidy["best"] = from_millionths(tidy.best)
    blank = pd.Series(float("nan"), tidy.index)
    tidy.insert(2, "low", blank)
    return tidy.assign(high=blank, events=pd.array([pd.NA] * len(tidy), dtype="Int64"))


def _every_month(totals: pd.DataFrame, span: pd.Series) -> pd.DataFrame:
    """Give every month of the record a row: 0 inside the span of the release, blank outside it.

    ``span`` holds the months of the release in every allocation.
    """
    undated = totals[totals.month.isna()]
    dated = totals[totals.month.notna()].set_index("month")
    # an event that runs on past the record keeps its deaths
    dated = dated.reindex(MONTHS.union(dated.index).rename("month"))
    inside = (dated.index >= span.min()) & (dated.index <= span.max())
    dated[inside] = dated[inside].fillna(0)
    return pd.concat([dated.reset_index(), undated], ignore_index=True)
