"""casualty-trend: deaths by month that UCDP records, dated apart from undated, by group."""

from __future__ import annotations

from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.dates import date2num

from analysis import casualties
from analysis.arabic import Language
from analysis.arabic.layout import start, title
from analysis.figures import style
from analysis.record import Record
from analysis.record.exact import from_millionths, millionths

SIZE = (174, 158)  # millimetres

SERIES: dict[str, tuple[str, ...]] = {
    "civilians": ("civilians",),
    "unknown": ("unknown",),
    "government_and_allies": ("government_and_allies",),
    "isis": ("isis",),
    # UCDP's “Syrian insurgents” joins these three, so they cannot be told apart
    "opposition_and_hts": ("opposition", "hts", "opposition_and_hts"),
    "sdf": ("sdf",),
    "others": (
        "turkish_forces",
        "coalition",
        "mixed_jihadist",
        "local_armed",
        "other_states",
    ),
}
"""Small panels, and the columns of ``ucdp_monthly`` that each adds up."""


def numbers(record: Record) -> pd.DataFrame:
    """Return the plotted numbers.

    Returns
    -------
    DataFrame
        One row for each series (``total`` and the small panels), month and date class:
        ``low``, ``best``, ``high`` in deaths (bounds for the total only), ``events``, ``release``
        and ``rows``: which rows and columns of ``ucdp_monthly`` it adds up.
    """
    rows = casualties.plotted_rows(record)
    by = [rows.month, rows.date_class]
    total = millionths(rows[["low", "best", "high"]]).groupby(by).sum()
    parts = [from_millionths(total).assign(events=rows.events.groupby(by).sum(), series="total")]
    for series, columns in SERIES.items():
        deaths = millionths(rows[list(columns)]).sum(axis=1).groupby(by).sum()
        parts.append(from_millionths(deaths).to_frame("best").assign(series=series))
    tidy = pd.concat([part.reset_index() for part in parts], ignore_index=True)
    tidy["release"] = rows.release.iloc[0]
    tidy["rows"] = (
        "ucdp_monthly, allocation spread, month "
        + tidy.month.dt.strftime("%Y-%m")
        + ", date_class "
        + tidy.date_class
        + ", columns "
        + tidy.series.map(lambda series: " + ".join(_columns(series)))
    )
    return tidy[
        ["series", "month", "date_class", "low", "best", "high", "events", "release", "rows"]
    ]


def _columns(series: str) -> list[str]:
    return ["best"] if series == "total" else list(SERIES[series])


def rows_behind(record: Record, point: pd.Series) -> pd.DataFrame:
    """Return the rows of ``ucdp_monthly`` that a plotted number adds up.

    What each adds stands in ``value`` and, for the total, in ``low`` and ``high``. Rows that add
    nothing are left out; a row with best 0 and a high above it adds to the bounds.
    """
    rows = casualties.plotted_rows(record)
    rows = rows[(rows.month == point.month) & (rows.date_class == point.date_class)]
    value = from_millionths(millionths(rows[_columns(point.series)]).sum(axis=1))
    rows = rows.assign(value=value)
    if point.series != "total":
        rows = rows.assign(low=float("nan"), high=float("nan"))
    return rows[rows[["low", "value", "high"]].gt(0).any(axis=1)]


def table_behind(point: pd.Series) -> str:
    """Return the table in which the rows behind a number stand."""
    return "ucdp_monthly"


def facts(plotted: pd.DataFrame) -> dict[str, Any]:
    """Return what title, subtitle and alt text quote, computed from the plotted numbers."""
    total = plotted[plotted.series == "total"]
    dated = total[total.date_class == "dated"].set_index("month").best
    years = total.groupby(total.month.dt.year).best.sum()
    undated = total[total.date_class == "undated"]
    return {
        "first": round(years.iloc[0]),
        "last": round(years.iloc[-1]),
        "first_year": str(years.index[0]),
        "last_year": str(years.index[-1]),
        "peak": round(dated.max()),
        "peak_month": dated.idxmax(),
        "trough": round(dated.min()),
        "trough_month": dated.idxmin(),
        "dated": round(dated.sum()),
        "undated": round(undated.best.sum()),
        "all": round(total.best.sum()),
        "start": total.month.min(),
        "end": total.month.max(),
        "release": style.release_name(plotted.release),
    }


def words(plotted: pd.DataFrame, record: Record, language: Language) -> dict[str, Any]:
    """Return the facts as the messages take them, with months written out."""
    said = facts(plotted) | {"version": record.version}
    for key in ("peak_month", "trough_month", "start", "end"):
        said[key] = language.month_year(said[key])
    for key in ("first_year", "last_year"):
        said[key] = language.number(int(said[key]), group=False)
    return said


def title_id(said: dict[str, Any]) -> str:
    """Return the message that states the finding."""
    first, last = said["first"], said["last"]
    if said["first_year"] == said["last_year"]:
        return "casualty-trend-title-one"
    moves = "falls" if first > last else "rises" if first < last else "same"
    return f"casualty-trend-title-{moves}"


def paint(
    figure: style.AnyFigure, plotted: pd.DataFrame, record: Record, language: Language
) -> None:
    """Draw into a figure or subfigure."""
    said = words(plotted, record, language)
    subtitle = language.raw("casualty-trend-subtitle", **said)
    top = style.header(figure, language.raw(title_id(said), **said), subtitle, language)
    bottom = style.foot(figure, language.raw("casualty-trend-foot", **said), language)
    near, far = (0.035, 0.93) if language.is_rtl else (0.07, 0.965)
    grid = figure.add_gridspec(
        3,
        4,
        left=near,
        right=far,
        top=top - 0.02,
        bottom=bottom + 0.03,
        height_ratios=(1.9, 1, 1),
        hspace=0.62,
        wspace=0.1,
    )
    _total(figure.add_subplot(grid[0, :]), plotted, language)
    # the order of reading: from the start side
    cells = [grid[1 + n // 4, 3 - n % 4 if language.is_rtl else n % 4] for n in range(8)]
    groups = plotted[plotted.series != "total"]
    ceiling = groups.groupby(["series", "month"]).best.sum().max() * 1.08
    for n, series in enumerate(SERIES):
        ax = figure.add_subplot(cells[n])
        colour = style.colour(record, series)
        style.stacked_months(ax, groups[groups.series == series], colour)
        style.year_axis(ax, casualties.MONTHS, language)
        ax.set_ylim(0, ceiling)
        style.value_axis(ax, language, labels=n % 4 == 0)
        ax.locator_params(axis="y", nbins=3)
        _head(ax, series, groups[groups.series == series].best.sum(), language)
    free = figure.add_subplot(cells[7])
    free.set_axis_off()
    style.key(free, language, style.TOTAL, ("dated", "undated", "bounds"))


def _head(ax: Axes, series: str, deaths: float, language: Language) -> None:
    """Head a small panel with its group and, in a line of its own, all its deaths."""
    if series == "others":
        name = language.raw("casualty-trend-series-others")
    else:  # “unknown” alone would not say what is unknown
        name = style.group_name(series, language, short=series != "unknown")
    title(ax, language.show(name), language, size=7.5, weight="bold", pad=12)
    number = language.show(language.number(round(deaths)))
    side = start(language)
    edge = 1.0 if side == "right" else 0.0
    ax.annotate(
        number,
        (edge, 1),
        xycoords="axes fraction",
        xytext=(0, 2.5),
        textcoords="offset points",
        ha=side,
        va="bottom",
        size=7,
        parse_math=False,
    )


def _total(ax: Axes, plotted: pd.DataFrame, language: Language) -> None:
    total = plotted[plotted.series == "total"]
    style.stacked_months(ax, total, style.TOTAL)
    dated = total[total.date_class == "dated"].set_index("month")
    left, width = style.month_edges(dated.index)
    middle, cap = left + width * style.BAR / 2, 4  # days
    ax.vlines(middle, dated.low, dated.high, color=style.INK, linewidth=0.9)
    for bound in (dated.low, dated.high):
        ax.hlines(bound, middle - cap, middle + cap, color=style.INK, linewidth=0.9)
    style.month_axis(ax, casualties.MONTHS, language)
    style.value_axis(ax, language)
    ax.set_ylim(0, ax.get_ylim()[1] * 1.12)
    for year, months in total.groupby(total.month.dt.year):
        dated_deaths = months[months.date_class == "dated"].best.sum()
        text = language.raw(
            "casualty-trend-year",
            year=language.number(year, group=False),
            dated=round(dated_deaths),
            all=round(months.best.sum()),
        )
        middle = date2num(pd.Timestamp(year, 7, 1))
        style.write(
            ax, middle, ax.get_ylim()[1] * 0.97, text, language, ha="center", va="top", size=7
        )
    ax.axvline(
        date2num(pd.Timestamp(total.month.dt.year.max(), 1, 1)) - 1.8,
        color=style.GUIDE,
        linewidth=0.8,
        zorder=0,
    )
