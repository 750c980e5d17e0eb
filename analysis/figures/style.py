"""One look for every figure: sizes, colours, header and foot, the axis of months."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import to_rgb
from matplotlib.dates import date2num
from matplotlib.figure import Figure, SubFigure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from analysis.arabic import Language
from analysis.arabic.layout import legend, start, y_axis
from analysis.errors import RecordError
from analysis.record import Record

AnyFigure = Figure | SubFigure

INK, FAINT, GUIDE = "#222222", "#666666", "#dddddd"
TOTAL = "#4d5f73"
GROUP_COLOURS = {"civilians": "#0072b2", "unknown": "#8a8a8a", "others": "#a6761d"}

RC: dict[Any, Any] = {
    "font.family": "DejaVu Sans",
    "font.size": 7.5,
    "text.parse_math": False,
    "text.hinting": "no_hinting",  # letters as wide in PNG as in PDF and SVG
    "text.color": INK,
    "axes.edgecolor": FAINT,
    "axes.linewidth": 0.6,
    "axes.labelcolor": INK,
    "axes.spines.top": False,
    "axes.spines.left": False,
    "axes.spines.right": False,
    "axes.axisbelow": True,
    "axes.grid": True,
    "axes.grid.axis": "y",
    "grid.color": GUIDE,
    "grid.linewidth": 0.5,
    "xtick.color": FAINT,
    "xtick.labelcolor": INK,
    "xtick.labelsize": 7,
    "xtick.major.size": 2.5,
    "xtick.major.width": 0.6,
    "ytick.color": FAINT,
    "ytick.labelcolor": INK,
    "ytick.labelsize": 7,
    "ytick.major.size": 0,
    "hatch.linewidth": 0.5,
    "legend.frameon": False,
    "legend.fontsize": 7,
    "figure.dpi": 200,
    "savefig.dpi": 200,
}
"""Settings under which figures are drawn and saved, whatever the caller's own are."""

TITLE, SUBTITLE, FOOT = 10.5, 7.5, 6.2
LEADING = 1.38  # from line to line, in sizes of the type
EDGE = 7.0  # points kept free along every edge
BAR = 0.88  # share of a month that its bar fills


def millimetres(width: float, height: float) -> tuple[float, float]:
    """Return a size in inches."""
    return width / 25.4, height / 25.4


def colour(record: Record, group: str) -> str:
    """Return the colour of a group of people: that of its party in ``actors``."""
    if group in GROUP_COLOURS:
        return GROUP_COLOURS[group]
    side = "opposition" if group == "opposition_and_hts" else group
    return _colour_of(record.actors[record.actors.side == side], f"a party of side {side}")


def actor_colour(record: Record, actor: str) -> str:
    """Return the colour of an actor."""
    return _colour_of(record.actors[record.actors.actor_id == actor], f"actor {actor}")


def _colour_of(rows: pd.DataFrame, what: str) -> str:
    colours = rows.colour.dropna()
    if colours.empty:
        raise RecordError(f"actors.csv gives {what} no colour to be drawn in: fill it, as #rrggbb.")
    return str(colours.iloc[0])


def name(record: Record, table: str, key: str, language: Language, short: bool = False) -> str:
    """Return the name of an actor or place in a language, as logical text."""
    row = record.tables[table].set_index(record.tables[table].columns[0]).loc[key]
    said = row.get(f"short_{language.code}") if short else None
    return str(said if isinstance(said, str) else row[f"name_{language.code}"])


def release_name(releases: pd.Series) -> str:
    """Return the name under which a release is cited: ``UCDP GED 652.1601.1911``."""
    return str(releases.iloc[0]).replace("-", " ")


def group_name(group: str, language: Language, short: bool = False) -> str:
    """Return the name of a group of people, as logical text that can begin a line."""
    said = language.raw(f"victims-{group}{'-short' if short else ''}".replace("_", "-"))
    return said[:1].upper() + said[1:]


# --- header and foot ----------------------------------------------------------------------------


def _points(figure: AnyFigure) -> tuple[float, float]:
    """Return width and height of a figure or subfigure in points."""
    scale = 72 / figure.dpi
    return figure.bbox.width * scale, figure.bbox.height * scale


def _block(
    figure: AnyFigure, text: str, top: float, language: Language, size: float, **kwargs: Any
) -> float:
    """Write a paragraph ``top`` points below the upper edge, and return its height in points.

    Lines are broken at spaces so that each fits between the edges.
    """
    width, height = _points(figure)
    side = start(language)
    edge = (width - EDGE if side == "right" else EDGE) / width
    style = {"ha": side, "va": "baseline", "size": size, "parse_math": False, **kwargs}
    measure = figure.text(edge, 1, "", **style)
    room = (width - 2 * EDGE) / width * figure.bbox.width
    lines: list[str] = []
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}" if lines else word
        measure.set_text(language.show(longer))
        if lines and measure.get_window_extent().width <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    measure.remove()
    # a text of its own for each line: in SVG only such a text keeps its anchor
    shown = language.show("\n".join(lines)).split("\n")
    for n, line in enumerate(shown):
        baseline = top + size + n * size * LEADING
        figure.text(edge, 1 - baseline / height, line, **style)
    return len(shown) * size * LEADING


def header(figure: AnyFigure, title: str, subtitle: str, language: Language) -> float:
    """Write title and subtitle (logical text); return the upper edge left for axes, a fraction."""
    top = EDGE
    top += _block(figure, title, top, language, TITLE, weight="bold") + 5
    top += _block(figure, subtitle, top, language, SUBTITLE, color=FAINT)
    return 1 - top / _points(figure)[1]


def foot(figure: AnyFigure, text: str, language: Language) -> float:
    """Write the source line at the bottom; return the lower edge left for axes, as a fraction."""
    height = _points(figure)[1]
    before = len(figure.texts)
    used = _block(figure, text, 0, language, FOOT, color=FAINT)
    for line in figure.texts[before:]:  # from the upper edge to the lower one
        line.set_y(line.get_position()[1] - 1 + (used + EDGE) / height)
    return (used + 2.2 * EDGE) / height


def write(ax: Axes, x: Any, y: Any, text: str, language: Language, **kwargs: Any) -> None:
    """Write logical text into axes, by default from the start side."""
    side = start(language)
    kwargs = {"ha": side, "multialignment": side, "parse_math": False, **kwargs}
    ax.text(x, y, language.show(text), **kwargs)


# --- axes ---------------------------------------------------------------------------------------


def month_edges(months: pd.Series | pd.DatetimeIndex) -> tuple[Any, Any]:
    """Return left edges and widths of months in days, for bars that touch."""
    starts = pd.DatetimeIndex(months)
    left = date2num(starts.to_numpy())
    return left, starts.days_in_month.to_numpy()


def month_axis(ax: Axes, months: pd.DatetimeIndex, language: Language, every: int = 3) -> None:
    """Label an axis of time: every third month by name, January with its year; left to right."""
    left, width = month_edges(months)
    labels = []
    for month in months[::every]:
        label = language.show(language.month(month))
        named = month.month == 1 or month == months[0]
        year = language.show(language.number(month.year, group=False)) if named else "\u00a0"
        labels.append(f"{label}\n{year}")
    # under the middle of the month, not its first day; all on one baseline
    middle = (left + width * BAR / 2)[::every]
    ax.set_xticks(middle, labels, va="baseline", parse_math=False)
    ax.tick_params(axis="x", pad=18)
    _time_limits(ax, months)


def year_axis(ax: Axes, months: pd.DatetimeIndex, language: Language) -> None:
    """Label an axis of time by its years alone, for small panels."""
    years = months[months.month == 1]
    ax.set_xticks(date2num(years.to_numpy()), [""] * len(years))
    middle = date2num((years + pd.DateOffset(months=6)).to_numpy())
    labels = [language.show(language.number(year.year, group=False)) for year in years]
    ax.set_xticks(middle, labels, minor=True)
    ax.tick_params(axis="x", which="minor", size=0, labelsize=7, labelcolor=INK)
    _time_limits(ax, months)


def time_span(months: pd.DatetimeIndex) -> tuple[float, float]:
    """Return the two ends of an axis of months."""
    left, width = month_edges(months)
    return left[0], left[-1] + width[-1]


def _time_limits(ax: Axes, months: pd.DatetimeIndex) -> None:
    ax.set_xlim(*time_span(months))


def value_axis(ax: Axes, language: Language, labels: bool = True) -> None:
    """Put the axis of values on the start side, with the language's digits."""
    y_axis(ax, language)
    ax.spines[start(language)].set_visible(False)
    ax.yaxis.set_major_formatter(lambda value, _: language.show(language.number(value)))
    if not labels:
        ax.tick_params(axis="y", labelleft=False, labelright=False)


def name_axis(ax: Axes, heights: Sequence[float], names: list[str], language: Language) -> None:
    """Write names (logical text, in one or several lines) on the start side, without grid."""
    labels = [language.show(each) for each in names]
    ax.set_yticks(heights, labels, parse_math=False, linespacing=1.15, multialignment="right")
    y_axis(ax, language)
    ax.spines[start(language)].set_visible(False)
    ax.grid(visible=False, axis="y")


# --- months as bars -----------------------------------------------------------------------------

UNDATED: dict[str, Any] = {"facecolor": "white", "hatch": "//////", "linewidth": 0.4}


def pale(colour: str) -> tuple[float, float, float]:
    """Return a colour mixed with white: not transparency, which SVG hatches double."""
    red, green, blue = (1 - 0.6 * (1 - part) for part in to_rgb(colour))
    return red, green, blue


def stacked_months(ax: Axes, rows: pd.DataFrame, colour: str) -> None:
    """Draw months as bars: dated deaths solid, undated ones light and hatched on top of them.

    ``rows`` has ``month``, ``date_class`` and ``best``.
    """
    wide = rows.pivot_table(index="month", columns="date_class", values="best", aggfunc="sum")
    wide = wide.reindex(columns=["dated", "undated"]).fillna(0)
    left, width = month_edges(wide.index)
    width = width * BAR
    ax.bar(left, wide.dated, width, color=colour, align="edge", linewidth=0)
    undated = UNDATED | {"edgecolor": pale(colour)}
    some = (wide.undated > 0).to_numpy()
    ax.bar(
        left[some],
        wide.undated[some],
        width[some],
        bottom=wide.dated[some],
        align="edge",
        **undated,
    )


def key(ax: Axes, language: Language, colour: str, entries: tuple[str, ...], **kwargs: Any) -> None:
    """Explain solid and hatched bars, and the line of the bounds; ``kwargs`` as for a legend."""
    handles = {
        "dated": Patch(facecolor=colour),
        "undated": Patch(edgecolor=pale(colour), **UNDATED),
        "bounds": Line2D([], [], color=INK, linewidth=0.9),
    }
    legend(
        ax,
        language,
        [handles[entry] for entry in entries],
        [language.text(f"key-{entry}") for entry in entries],
        borderaxespad=0,
        borderpad=0,
        handlelength=1.4,
        labelspacing=0.9,
        fontsize=6.8,
        **kwargs,
    )
