"""mayadin-2018-04: one report in its context — deaths, control and claims, each as stated."""

from __future__ import annotations

from textwrap import fill
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.dates import date2num

from analysis import casualties
from analysis.arabic import Language
from analysis.arabic.layout import mirror_x, title
from analysis.errors import RecordError
from analysis.figures import style
from analysis.record import Record
from analysis.record.exact import from_millionths, millionths
from analysis.record.schema import YEARS

SIZE = (174, 212)  # millimetres
REPORT, EVENT, PLACE, GOVERNORATE = (
    "AFP-2018-04-19-MAYADIN",
    "mayadin-2018-04-18",
    "mayadin",
    "SY09",
)


def numbers(record: Record) -> pd.DataFrame:
    """Return what is plotted, panel by panel.

    Returns
    -------
    DataFrame
        ``panel`` (deaths / control / claims), ``id`` (row of the record; for deaths, the rows of
        ``ucdp_monthly`` that they add up), ``subject`` (governorate, place or group of people),
        ``start`` and ``end`` (month, window of a change, time of a status, day of a claim),
        ``state`` (date class, kind and extent of a control statement, stance and what is denied),
        ``actor`` (holder), ``basis`` (whether the text names the holder), ``claimant``,
        ``relayed_by``, ``qualifier``, ``low``, ``best``, ``high`` (deaths; a blank high beside a
        low is open) and ``supersedes``.
    """
    _require(record)
    parts = [_deaths(record), _control(record), _claims(record)]
    tidy = pd.concat(parts, ignore_index=True)
    what = ["panel", "id", "subject", "start", "end", "state", "actor", "basis"]
    said = ["claimant", "relayed_by", "qualifier", "low", "best", "high", "supersedes"]
    return tidy[[*what, *said]]


def _require(record: Record) -> None:
    """Say in a sentence what a record lacks of what this figure is about."""
    claims = record.claims[record.claims.event_id == EVENT]
    toll = (claims.victims == "government_and_allies") & claims.low.notna() & claims.as_of.notna()
    held = record.control_changes[record.control_changes.report_id == REPORT]
    event = record.events[record.events.event_id == EVENT]
    begins = event.date_earliest.dt.year.between(*YEARS)
    published = record.reports.published[record.reports.report_id == REPORT]
    needed = {
        f"event {EVENT} with a first day inside the years of the record, in events": begins.any(),
        f"date of report {REPORT}, in reports": published.notna().any(),
        f"dated toll of government forces for {EVENT}, in claims": toll.any(),
        f"statement of {REPORT} about {PLACE}, in control_changes": (held.place_id == PLACE).any(),
        f"deaths in {GOVERNORATE}, in ucdp_monthly": len(_monthly(record)) > 0,
    }
    for what, there in needed.items():
        if not there:
            raise RecordError(f"This record has no {what}, which mayadin-2018-04 is about: add it.")


def _monthly(record: Record) -> pd.DataFrame:
    rows = casualties.plotted_rows(record)
    return rows[rows.governorate == GOVERNORATE]


def _deaths(record: Record) -> pd.DataFrame:
    rows = _monthly(record)
    sums = millionths(rows[["low", "best", "high"]]).groupby([rows.month, rows.date_class]).sum()
    tidy = from_millionths(sums).reset_index()
    rows_added = (
        f"ucdp_monthly, allocation spread, governorate {GOVERNORATE}, month "
        + tidy.month.dt.strftime("%Y-%m")
        + ", date_class "
        + tidy.date_class
    )
    last_day = tidy.month + pd.offsets.MonthEnd(0)
    return tidy.rename(columns={"month": "start", "date_class": "state"}).assign(
        panel="deaths", id=rows_added, subject=GOVERNORATE, end=last_day
    )


def _control(record: Record) -> pd.DataFrame:
    """Return the statements of the report about places inside Syria, in the order of the report."""
    rows = record.control_changes
    rows = rows[(rows.report_id == REPORT) & rows.to_actor.notna()]
    places = record.places.set_index("place_id").kind
    rows = rows[~rows.place_id.map(places).eq("pocket") & rows.place_id.ne("mayadin-surroundings")]
    rows = rows.sort_values("change_id")  # numbered in the order of the report
    change = rows.kind == "change"
    return pd.DataFrame(
        {
            "panel": "control",
            "id": rows.change_id,
            "subject": rows.place_id,
            "start": rows.date_earliest.where(change, rows.valid_from),
            "end": rows.date_latest.where(change, rows.valid_to),
            "state": rows.kind + " " + rows.extent,
            "actor": rows.to_actor,
            "basis": rows.basis,
            "claimant": rows.claimant,
        }
    )


def _claims(record: Record) -> pd.DataFrame:
    """Return the claims about the attack: groups in turn, the earlier word first, denials last."""
    rows = record.claims[record.claims.event_id == EVENT]
    order = {"government_and_allies": 0, "isis": 1}
    group = rows.victims.map(order).fillna(2) + 10 * (rows.stance == "denies")
    rows = rows.assign(group=group).sort_values(["group", "as_of", "claim_id"], kind="stable")
    return pd.DataFrame(
        {
            "panel": "claims",
            "id": rows.claim_id,
            "subject": rows.victims,
            "start": rows.as_of,
            "end": rows.as_of,
            "state": rows.stance + (" " + rows.denies).fillna(""),
            "qualifier": rows.qualifier,
            "claimant": rows.claimant,
            "relayed_by": rows.relayed_by,
            "low": rows.low.astype("float64"),
            "best": rows.best.astype("float64"),
            "high": rows.high.astype("float64"),
            "supersedes": rows.supersedes,
        }
    )


def rows_behind(record: Record, point: pd.Series) -> pd.DataFrame:
    """Return the rows of the record behind one plotted number or statement."""
    if point.panel == "claims":
        rows = record.claims[record.claims.claim_id == point.id]
        return rows.assign(value=rows.best.astype("float64"))
    if point.panel == "control":
        rows = record.control_changes
        return rows[rows.change_id == point.id].assign(value=float("nan"))
    rows = _monthly(record)
    rows = rows[(rows.month == point.start) & (rows.date_class == point.state)]
    return rows.assign(value=rows.best)


def table_behind(point: pd.Series) -> str:
    """Return the table in which the rows behind a point stand."""
    return {"claims": "claims", "control": "control_changes", "deaths": "ucdp_monthly"}[point.panel]


def words(plotted: pd.DataFrame, record: Record, language: Language) -> dict[str, Any]:
    """Return what the messages quote, computed from what is plotted; names and dates in words."""
    event = record.events.set_index("event_id").loc[EVENT]
    attack = event.date_earliest
    when = language.month_year(attack)
    deaths = plotted[(plotted.panel == "deaths") & (plotted.state == "dated")]
    monthly = deaths.set_index("start").best
    claims = plotted[plotted.panel == "claims"]
    toll = _last_toll(claims)
    control = plotted[plotted.panel == "control"]
    return {
        "claimant": style.name(record, "actors", toll.claimant, language, short=True),
        "deaths": _dead(toll, language),
        "denied": int((claims.state == "denies event").any()),
        "attack": attack,
        "when": when,
        "peak": round(monthly.max()),
        "peak_month": language.month_year(monthly.idxmax()),
        "month": round(monthly.get(attack.to_period("M").to_timestamp(), 0.0)),
        "published": record.reports.set_index("report_id").published[REPORT],
        "drawn": len(control),
        "stated": int((record.control_changes.report_id == REPORT).sum()),
        "sources": _joined(_sources(record, language), "؛ ", language),
        "control": _joined(_control_told(control, record, when, language), ". ", language),
        "claims": _joined(_claims_told(claims, record, language), "؛ ", language),
        "release": style.release_name(_monthly(record).release),
        "version": record.version,
    }


def _last_toll(claims: pd.DataFrame) -> Any:
    """Return the last word on the government dead: not revised, with a number, the latest day."""
    tolls = claims[(claims.subject == "government_and_allies") & claims.low.notna()]
    current = tolls[~tolls.id.isin(claims.supersedes)]
    return current.sort_values("start", kind="stable").iloc[-1]


def _joined(parts: list[str], arabic: str, language: Language) -> str:
    """Join clauses, each once, with the sign that the language uses for it."""
    sign = arabic if language.is_rtl else arabic.replace("؛", ";")
    return sign.join(dict.fromkeys(parts))


def _sources(record: Record, language: Language) -> list[str]:
    """Name the media that carried the claims, latest first, and what is unsure of their date."""
    claims = record.claims[record.claims.event_id == EVENT]
    media = claims.relayed_by.fillna(claims.claimant)
    reports = record.reports.set_index("report_id").loc[claims.report_id]
    carried = reports.assign(medium=media.to_numpy()).sort_values(
        "published", ascending=False, kind="stable"
    )
    return [
        language.raw(
            f"mayadin-2018-04-source{'-inferred' if row.published_basis == 'inferred' else ''}",
            medium=style.name(record, "actors", row.medium, language),
            date=row.published,
        )
        for row in carried.dropna(subset="published").itertuples()
    ]


def _control_told(
    control: pd.DataFrame, record: Record, when: str, language: Language
) -> list[str]:
    """Tell what the report says of the place itself, and where so that nothing changes."""
    place = style.name(record, "places", PLACE, language)
    told = []
    for point in control[control.subject == PLACE].itertuples():
        holder = style.name(record, "actors", point.actor, language, short=True)
        passed = language.raw("mayadin-2018-04-passed", holder=holder)
        if point.state.startswith("change"):
            said = {"place": place, "passed": passed, "date": point.start}
            told.append(language.raw("mayadin-2018-04-alt-taken", **said))
    if not changes_then(control, record):
        told.append(language.raw("mayadin-2018-04-alt-unchanged", place=place, when=when))
    return told


def changes_then(control: pd.DataFrame, record: Record) -> bool:
    """Tell whether a change of control of the place can have been in the month of the attack."""
    month = record.events.set_index("event_id").date_earliest[EVENT].to_period("M")
    rows = control[(control.subject == PLACE) & control.state.str.startswith("change")]
    return bool(((rows.start <= month.end_time) & (rows.end >= month.start_time)).any())


def _claims_told(claims: pd.DataFrame, record: Record, language: Language) -> list[str]:
    revised = set(claims.supersedes.dropna())
    told = []
    for point in claims.itertuples():
        said = " ".join(_said(point, record, language).split())
        if point.state.startswith("denies"):
            denies = language.raw(_denial(point))
            told.append(language.raw("mayadin-2018-04-alt-denial", said=said, denies=denies))
        else:
            group = style.group_name(point.subject, language)
            value = _number(point, point.id in revised, language)
            parts = {"said": said, "group": group, "value": value}
            told.append(language.raw("mayadin-2018-04-alt-claim", **parts))
    return told


def _said(point: Any, record: Record, language: Language) -> str:
    """Say who made a claim and when, and through whom it is known."""
    claimant = style.name(record, "actors", point.claimant, language, short=True)
    if pd.isna(point.start):
        return claimant
    said: dict[str, Any] = {"claimant": claimant, "date": point.start}
    if not isinstance(point.relayed_by, str):
        return language.raw("mayadin-2018-04-said", **said)
    said["relay"] = style.name(record, "actors", point.relayed_by, language, short=True)
    return language.raw("mayadin-2018-04-said-via", **said)


def _denial(point: Any) -> str:
    return f"mayadin-2018-04-{point.state.replace(' ', '-')}"


def _number(point: Any, revised: bool, language: Language) -> str:
    """Write the number of a claim with the word that goes with it; words alone for “dozens”."""
    if point.qualifier in ("dozens", "hundreds"):
        return language.raw(point.qualifier)
    if pd.isna(_value(point)):
        return language.raw("victims-unknown-short")
    if revised:
        return language.raw("mayadin-2018-04-revised", value=_value(point))
    return _qualified(point, _value(point), language)


def _dead(point: Any, language: Language) -> str:
    """Write the number of a claim as a count of deaths, with the word that goes with it."""
    return _qualified(point, language.raw("deaths", count=_value(point)), language)


def _qualified(point: Any, value: float | str, language: Language) -> str:
    if point.qualifier == "between":
        return language.raw("between", low=point.low, high=point.high)
    known = {"at_least", "more_than", "about", "up_to"}
    message = point.qualifier.replace("_", "-") if point.qualifier in known else "exactly"
    return language.raw(message, value=value)


def _value(point: Any) -> float:
    """Return where a claim stands on the scale: its number, else its lower or upper bound."""
    known = [value for value in (point.best, point.low, point.high) if not pd.isna(value)]
    return float(known[0]) if known else float("nan")


def title_id(said: dict[str, Any]) -> str:
    """Return the message that states the finding."""
    return f"mayadin-2018-04-title-{'denied' if said['denied'] else 'undenied'}"


def paint(
    figure: style.AnyFigure, plotted: pd.DataFrame, record: Record, language: Language
) -> None:
    """Draw into a figure or subfigure."""
    said = words(plotted, record, language)
    top = style.header(
        figure,
        language.raw(title_id(said), **said),
        language.raw("mayadin-2018-04-subtitle", **said),
        language,
    )
    bottom = style.foot(figure, language.raw("mayadin-2018-04-foot", **said), language)
    near, far = (0.045, 0.765) if language.is_rtl else (0.245, 0.965)
    grid = figure.add_gridspec(
        3,
        1,
        left=near,
        right=far,
        top=top - 0.04,
        bottom=bottom + 0.025,
        height_ratios=(1.0, 1.9, 1.5),
        hspace=0.36,
    )
    axes = [figure.add_subplot(grid[n]) for n in range(3)]
    for ax, panel, paint_panel in zip(
        axes,
        ("deaths", "control", "claims"),
        (_paint_deaths, _paint_control, _paint_claims),
        strict=True,
    ):
        paint_panel(ax, plotted[plotted.panel == panel], record, language)
        heading = language.text(f"mayadin-2018-04-{panel}")
        title(ax, heading, language, size=8, weight="bold", pad=5)
    attack = date2num(said["attack"])
    for ax in axes[:2]:
        ax.axvline(attack, color=style.INK, linewidth=0.7, linestyle=(0, (3, 2)), zorder=1)
    text = language.raw("mayadin-2018-04-attack-on", date=said["attack"])
    level = axes[0].get_ylim()[1] * 0.97
    style.write(axes[0], attack + 5, level, text, language, ha="left", va="top", size=6.5)


def _paint_deaths(ax: Axes, rows: pd.DataFrame, record: Record, language: Language) -> None:
    style.stacked_months(
        ax, rows.rename(columns={"start": "month", "state": "date_class"}), style.TOTAL
    )
    style.month_axis(ax, casualties.MONTHS, language)
    style.value_axis(ax, language)
    ax.locator_params(axis="y", nbins=5)
    ax.set_ylim(0, ax.get_ylim()[1] * 1.1)
    style.key(ax, language, style.TOTAL, ("dated", "undated"), loc="upper left", **_ON_WHITE)


def _paint_control(ax: Axes, rows: pd.DataFrame, record: Record, language: Language) -> None:
    """One row a place: statuses as bars, exact days of change as dots, windows between caps."""
    places = list(dict.fromkeys(rows.subject))
    left, _ = style.time_span(casualties.MONTHS)
    event = record.events.set_index("event_id").loc[EVENT]
    attack = date2num(event.date_earliest)
    for point in rows.itertuples():
        height = places.index(point.subject) + 0.12
        first, last = max(date2num(point.start), left), date2num(point.end) + 1
        colour = style.actor_colour(record, point.actor)
        if point.state.startswith("status"):
            if date2num(point.start) < left:  # it began before the axis does
                ax.plot([left + 8], [height], "<", color=colour, markersize=7)
                first += 8
            ax.barh(height, max(last - first, 6), left=first, height=0.3, color=colour, linewidth=0)
        elif last - first > 1:
            # a window is not a holding: a thin line between the days it can have been
            ax.plot([first, last], [height, height], "|-", color=colour, linewidth=1.2)
        else:
            face = "white" if point.basis == "inferred" else colour
            ax.plot([first], [height], "o", color=colour, mfc=face, markersize=6, zorder=3)
        _label_control(ax, height, point, first, last, attack, record, language)
    height = places.index(PLACE) + 0.12
    ax.plot([attack], [height], "v", color=style.INK, markersize=6, zorder=3)
    if not changes_then(rows, record):
        text = language.raw("mayadin-2018-04-no-change")
        style.write(ax, attack + 12, height, text, language, ha="left", va="center", size=6.2)
    ax.set_ylim(len(places) - 0.4, -0.75)
    names = [fill(style.name(record, "places", place, language), 24) for place in places]
    style.name_axis(ax, range(len(places)), names, language)
    style.month_axis(ax, casualties.MONTHS, language)


def _label_control(
    ax: Axes,
    height: float,
    point: Any,
    first: float,
    last: float,
    attack: float,
    record: Record,
    language: Language,
) -> None:
    """Write who held or took the place: above a long mark, beside a short one."""
    said: dict[str, Any] = {
        part: style.name(record, "actors", actor, language, short=True)
        for part, actor in (("holder", point.actor), ("claimant", point.claimant))
    }
    kind, extent = point.state.split()
    if kind == "status" and date2num(point.start) < first:
        message = "held-since"
        said["year"] = language.number(point.start.year, group=False)
    elif kind == "status":
        message = "held-part"
    elif last - first > 1:
        message = "passed-part" if extent == "partial" else "passed-vague"
    else:
        message = "passed-inferred" if point.basis == "inferred" else "passed"
    text = language.raw(f"mayadin-2018-04-{message}", **said)
    if last - first > 120:
        edge = last - 8 if language.is_rtl else first + 2
        style.write(ax, edge, height - 0.43, text, language, va="center", size=6.2)
    elif first < attack:
        style.write(ax, first - 9, height, text, language, ha="right", va="center", size=6.2)
    else:
        style.write(ax, last + 9, height, text, language, ha="left", va="center", size=6.2)


def _paint_claims(ax: Axes, rows: pd.DataFrame, record: Record, language: Language) -> None:
    """One row a claim: a dot, an arrow where the number is open above, a cross for a denial."""
    heights, labels = _claim_rows(rows, record, language)
    limit = float(rows[["low", "best", "high"]].max().max()) * 1.4
    ax.set_xlim(-limit * 0.05, limit)
    mirror_x(ax, language)
    revised = set(rows.supersedes.dropna())
    mark = {"va": "center", "size": 7, **_PLAIN}
    for point, height in zip(rows.itertuples(), heights, strict=True):
        if point.state.startswith("denies"):
            # left of zero, off the scale: a denial is not a claim of none
            off = -limit * 0.025
            ax.plot([off], [height], "x", color=style.INK, markersize=6, markeredgewidth=1.4)
            style.write(ax, limit * 0.015, height, language.raw(_denial(point)), language, **mark)
            continue
        text, value = _number(point, point.id in revised, language), _value(point)
        if pd.isna(value):
            style.write(ax, limit * 0.015, height, text, language, **mark)
            continue
        colour = style.colour(record, point.subject)
        face = "white" if point.id in revised else colour
        ax.plot([value], [height], "o", color=colour, markersize=6, markerfacecolor=face)
        is_open = point.qualifier in ("at_least", "more_than")
        if is_open:
            arrow = {"arrowstyle": "->", "color": colour, "linewidth": 1.2, "shrinkA": 4}
            ax.annotate("", (value + limit * 0.09, height), (value, height), arrowprops=arrow)
        elif point.low < point.high:
            ax.plot([point.low, point.high], [height, height], "|-", color=colour, linewidth=1.2)
        end = value if pd.isna(point.high) else point.high
        x = end + limit * (0.1 if is_open else 0.025)
        style.write(ax, x, height, text, language, **mark)
    ax.set_ylim(max(heights) + 0.7, -1.1)
    ax.xaxis.set_major_formatter(lambda value, _: language.show(language.number(value)))
    ax.set_xticks(range(0, int(limit), 5))
    style.name_axis(ax, heights, labels, language)
    ax.grid(visible=True, axis="x")
    for subject, group in pd.Series(heights).groupby(list(rows.subject)):
        if subject != "all":
            text = style.group_name(str(subject), language)
            bold = {"va": "center", "size": 6.8, "weight": "bold"}
            style.write(ax, limit * 0.015, group.min() - 0.72, text, language, **bold, **_PLAIN)


_ON_WHITE: dict[str, Any] = {"frameon": True, "facecolor": "white", "edgecolor": "none"}
_PLAIN: dict[str, Any] = {"bbox": {"facecolor": "white", "linewidth": 0, "pad": 1}}
"""White ground for words on grid lines."""


def _claim_rows(
    rows: pd.DataFrame, record: Record, language: Language
) -> tuple[list[float], list[str]]:
    """Return heights and labels, with a gap between groups of people."""
    heights, labels = [], []
    height, previous = 0.0, None
    for point in rows.itertuples():
        if previous is not None:
            height += 1.15 if point.subject == previous else 1.75
        previous = point.subject
        labels.append(_said(point, record, language))
        heights.append(height)
    return heights, labels
