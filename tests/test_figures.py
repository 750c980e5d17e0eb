"""What the figures draw: their marks and words, looked at as drawn; no stored pictures."""

from __future__ import annotations

import csv
import io
import itertools
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import matplotlib
import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.collections import LineCollection
from matplotlib.colors import same_color, to_hex, to_rgb
from matplotlib.container import BarContainer
from matplotlib.dates import date2num
from matplotlib.figure import Figure
from matplotlib.font_manager import findfont, get_font
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from matplotlib.text import Annotation, Text
from matplotlib.transforms import Bbox

import analysis
from analysis import RecordError
from analysis.arabic import Language, language, plain
from analysis.arabic.text import matplotlib_shapes
from analysis.casualties import MONTHS
from analysis.figures import casualty_trend, look, mayadin_2018_04, numbers, style
from analysis.record import Record
from analysis.record.exact import millionths

ROOT = Path(__file__).resolve().parent.parent
TREND, MAYADIN = "casualty-trend", "mayadin-2018-04"
EN, AR = language("en"), language("ar")
LANGUAGES = [
    EN,
    *(language("ar", d, m) for d in ("latn", "arab") for m in ("levantine", "international")),
]
RELEASE = "UCDP-GED-652.1601.1911"

each_language = pytest.mark.parametrize(
    "lang", LANGUAGES, ids=lambda of: f"{of.code}-{of.digits}-{of.months}"
)
each_figure = pytest.mark.parametrize("name", [TREND, MAYADIN])
both_ways = pytest.mark.parametrize("lang", [EN, AR], ids=["en", "ar"])


@cache
def the_record() -> Record:
    return analysis.load()


@pytest.fixture
def record() -> Record:
    return the_record()


@cache
def drawn(name: str, lang: Language) -> tuple[Figure, tuple[Text, ...]]:
    """Draw a figure once for all tests, and return the texts that came onto the page with it."""
    figure = analysis.draw(name, the_record(), lang)
    return figure, written(figure)


def written(figure: Figure) -> tuple[Text, ...]:
    """Render a figure and return the texts that were really drawn."""
    seen: list[Text] = []
    draw = Text.draw

    def watched(self: Text, *args: Any, **kwargs: Any) -> None:
        if self.get_visible() and self.get_text().strip():
            seen.append(self)
        draw(self, *args, **kwargs)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Text, "draw", watched)
        FigureCanvasAgg(figure).draw()
    return tuple(dict.fromkeys(seen))


def lines(figure: Figure) -> list[list[Text]]:
    """Return the lines of title, subtitle and foot, each of which has a size of its own."""
    parts = [
        [text for text in figure.texts if text.get_fontsize() == size]
        for size in (style.TITLE, style.SUBTITLE, style.FOOT)
    ]
    assert all(parts) and sum(map(len, parts)) == len(figure.texts)
    return parts


def middle(box: Bbox) -> float:
    return float(box.x0 + box.x1) / 2


def heights(bars: BarContainer) -> list[float]:
    return [bar.get_height() for bar in bars]


def spread_deaths(*columns: str, **where: str) -> dict[tuple[str, str], int]:
    """Add up columns of the table as it stands on disk, in millionths, by month and date class."""
    with (ROOT / "data" / "ucdp_monthly.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["allocation"] == "spread"]
    sums: dict[tuple[str, str], int] = {}
    for row in rows:
        if all(row[column] == value for column, value in where.items()):
            key = row["month"], row["date_class"]
            sums[key] = sums.get(key, 0) + sum(round(float(row[c]) * 10**6) for c in columns)
    return sums


def assert_stacked(ax: Axes, deaths: dict[tuple[str, str], int]) -> None:
    """Hold the bars of an axis of months to sums in millionths."""
    dated, undated = (bars for bars in ax.containers if isinstance(bars, BarContainer))
    tops = {low.get_x(): low.get_height() for low in dated}
    months = {date2num(month): month for month in MONTHS}
    found = {}
    for kind, bars in (("dated", dated), ("undated", undated)):
        for bar in bars:
            month = months[bar.get_x()]
            assert 24 < bar.get_width() <= month.days_in_month
            assert bar.get_y() == (0 if kind == "dated" else tops[bar.get_x()])
            assert bool(bar.get_hatch()) == (kind == "undated")
            found[f"{month:%Y-%m}", kind] = round(bar.get_height() * 10**6)
    assert len(found) == len(dated) + len(undated) and len(dated) == len(MONTHS)
    some = {key: value for key, value in found.items() if value}
    assert some == {key: value for key, value in deaths.items() if value}


# --- what every figure must be ------------------------------------------------------------------


def off_the_page(figure: Figure, texts: Iterable[Text]) -> list[str]:
    page = figure.bbox
    boxes = [(plain(text.get_text()), text.get_window_extent()) for text in texts]
    return [
        said
        for said, box in boxes
        if not (page.x0 <= box.x0 and box.x1 <= page.x1 and page.y0 <= box.y0 and box.y1 <= page.y1)
    ]


def overlaps(texts: Iterable[Text]) -> list[tuple[str, str]]:
    boxes = [(plain(text.get_text()), text.get_window_extent()) for text in texts]
    return [
        (one, other)
        for (one, a), (other, b) in itertools.combinations(boxes, 2)
        if Bbox.intersection(a, b) is not None and min(Bbox.intersection(a, b).size) > 0
    ]


def without_glyph(texts: Iterable[Text]) -> set[str]:
    """Return the characters that would be drawn as boxes. Matplotlib before 3.11 draws controls."""
    missing = set()
    for text in texts:
        font = get_font(findfont(text.get_fontproperties()))
        said = plain(text.get_text()) if matplotlib_shapes() else text.get_text()
        missing |= {char for char in said if char != "\n" and not font.get_char_index(ord(char))}
    return missing


def slips(texts: Iterable[Text]) -> list[str]:
    """Return texts that show how they were made: blanks, codes, ids of messages."""
    files = (ROOT / "analysis/arabic/messages/en").glob("*.ftl")
    ids = re.findall(r"^([a-z][\w-]*-[\w-]*) =", "".join(f.read_text("utf-8") for f in files), re.M)
    assert len(ids) > 50
    slip = re.compile(
        r"\b(None|nan|NaN|NaT|NA|isis|SY\d\d)\b|[{}_$]|" + "|".join(map(re.escape, ids))
    )
    return [said for text in texts if slip.search(said := plain(text.get_text()))]


@each_figure
@each_language
def test_every_text_can_be_read(name: str, lang: Language) -> None:
    figure, texts = drawn(name, lang)
    assert len(texts) > 30
    assert not off_the_page(figure, texts)
    assert not overlaps(texts)
    assert not without_glyph(texts)
    assert not slips(texts)
    assert min(text.get_fontsize() for text in texts) >= 6
    assert not any(text.get_parse_math() for text in texts)


@pytest.mark.parametrize(
    ("x", "words", "check"),
    [
        (0.3, "over one another", overlaps),
        (0.95, "past the edge of the page", lambda texts: off_the_page(texts[0].figure, texts)),
        (0.3, "漢", without_glyph),
        (0.3, "None", slips),
        (0.3, "killed: nan", slips),
        (0.3, "casualty-trend-title-falls", slips),
    ],
)
def test_the_checks_of_texts_find_a_planted_fault(x: float, words: str, check: Any) -> None:
    figure, texts = drawn(TREND, EN)
    assert not check(texts)
    planted = figure.text(x, 0.97, words)
    try:
        assert check((*texts, planted))
    finally:
        planted.remove()


@each_figure
@each_language
def test_no_word_stands_on_a_bar(name: str, lang: Language) -> None:
    figure, texts = drawn(name, lang)
    bars = [
        bar.get_window_extent().padded(-1)
        for ax in figure.axes
        for container in ax.containers
        for bar in container
        if bar.get_height() > 0
    ]
    assert bars
    for text in texts:
        box = text.get_window_extent()
        assert not any(bar.overlaps(box) for bar in bars), plain(text.get_text())


@each_figure
def test_arabic_and_english_plot_the_same_numbers(name: str) -> None:
    def marks(lang: Language) -> list[list[Any]]:
        figure, _ = drawn(name, lang)
        return [
            sorted(
                [bar.get_x(), bar.get_y(), bar.get_width(), bar.get_height()]
                for bar in ax.findobj(Rectangle)
                if bar is not ax.patch
            )
            + sorted(list(map(float, (*line.get_xdata(), *line.get_ydata()))) for line in ax.lines)
            for ax in figure.axes
            if ax.get_legend() is None or ax.containers
        ]

    first, second = ([[m for m in panel if m] for panel in marks(lang)] for lang in (EN, AR))
    assert sum(map(len, first)) > 40
    assert first == second


@each_figure
@both_ways
def test_layout_is_mirrored(name: str, lang: Language) -> None:
    figure, texts = drawn(name, lang)
    page = figure.bbox
    for text in figure.texts:
        box = text.get_window_extent()
        edge = page.x1 - box.x1 if lang.is_rtl else box.x0 - page.x0
        assert 0 <= edge < 0.02 * page.width
    heading, subtitle, foot = lines(figure)
    down = [text.get_window_extent().y0 for text in (*heading, *subtitle, *foot)]
    assert down == sorted(down, reverse=True)
    for ax in (ax for ax in figure.axes if ax.axison):
        box = ax.get_window_extent()
        for label in ax.get_yticklabels():
            if label in texts:
                inside = label.get_window_extent()
                assert inside.x0 > box.x1 if lang.is_rtl else inside.x1 < box.x0
        for title in (t for t in (ax._left_title, ax._right_title) if t.get_text()):
            side = title.get_window_extent()
            edge = side.x1 - box.x1 if lang.is_rtl else side.x0 - box.x0
            assert abs(edge) < 2
    legends = [child for ax in figure.axes if (child := ax.get_legend())]
    assert legends
    for legend in legends:
        for text, handle in zip(legend.get_texts(), legend.legend_handles, strict=True):
            of_text, of_handle = text.get_window_extent(), handle.get_window_extent()
            assert (of_handle.x0 > of_text.x1) if lang.is_rtl else (of_handle.x1 < of_text.x0)


@each_figure
@both_ways
def test_time_runs_from_left_to_right(name: str, lang: Language) -> None:
    figure, _ = drawn(name, lang)
    start, end = date2num(MONTHS[0]), date2num(pd.Timestamp("2019-01-01"))
    timed = [ax for ax in figure.axes if ax.get_xlim() == (start, end)]
    assert len(timed) == {TREND: 8, MAYADIN: 2}[name]


@each_figure
@each_language
def test_months_and_years_are_named(name: str, lang: Language) -> None:
    figure, texts = drawn(name, lang)
    labels = [label.get_text() for label in figure.axes[0].get_xticklabels()]
    names = [lang.show(lang.month(month)) for month in MONTHS[::3]]
    years = [lang.show(lang.number(year, group=False)) for year in (2017, 2018)]
    under = [years[0], *"\u00a0" * 3, years[1], *"\u00a0" * 3]  # so that all stand on one line
    assert labels == [f"{month}\n{year}" for month, year in zip(names, under, strict=True)]
    assert {label for label in figure.axes[0].get_xticklabels()} <= set(texts)
    ticks = figure.axes[0].get_xticks()
    for tick, month in zip(ticks, MONTHS[::3], strict=True):
        assert date2num(month) < tick < date2num(month + pd.offsets.MonthEnd())


def test_month_names_follow_the_choice() -> None:
    of = [
        {label.get_text() for label in drawn(TREND, lang)[0].axes[0].get_xticklabels()}
        for lang in (language("ar"), language("ar", months="international"))
    ]
    assert of[0].isdisjoint(of[1])


@each_figure
def test_digits_follow_the_choice(name: str) -> None:
    latin, indic = re.compile("[0-9]"), re.compile("[٠-٩]")
    for lang in LANGUAGES:
        figure, texts = drawn(name, lang)
        foot = lines(figure)[2]  # names a release and a version, which are letters and digits
        said = [plain(text.get_text()) for text in texts if text not in foot]
        wrong, right = (latin, indic) if lang.digits == "arab" else (indic, latin)
        assert not [words for words in said if wrong.search(words)]
        assert sum(bool(right.search(words)) for words in said) > 10


@each_figure
def test_colours_are_those_of_the_actors(name: str, record: Record) -> None:
    sides = dict(zip(record.actors.side, record.actors.colour, strict=True))
    assert len({to_hex(c) for c in record.actors.colour.dropna()}) == record.actors.colour.count()
    figure, _ = drawn(name, EN)
    if name == TREND:
        found = {
            series: to_hex(ax.containers[0][0].get_facecolor())
            for series, ax in zip(casualty_trend.SERIES, figure.axes[1:8], strict=True)
        }
        found["total"] = to_hex(figure.axes[0].containers[0][0].get_facecolor())
        far = [
            sum(abs(a - b) for a, b in zip(to_rgb(one), to_rgb(other), strict=True))
            for one, other in itertools.combinations(found.values(), 2)
        ]
        assert len(found) == 8 and min(far) > 0.2
        assert found["opposition_and_hts"] == sides["opposition"]
        expected = {"government_and_allies", "isis", "sdf"}
    else:
        claims = numbers(MAYADIN, record)
        claims = claims[(claims.panel == "claims") & claims.low.notna()]
        dots = [line for line in figure.axes[2].lines if line.get_marker() == "o"]
        found = {
            row.subject: to_hex(dot.get_markeredgecolor())
            for row, dot in zip(claims.itertuples(), dots, strict=True)
        }
        expected = {"government_and_allies", "isis"}
        assert set(found) == expected
    assert {side: found[side] for side in expected} == {side: sides[side] for side in expected}


# --- the interface ------------------------------------------------------------------------------


def test_figures_are_named_in_both_languages() -> None:
    assert {TREND, MAYADIN} <= set(analysis.FIGURES)
    arabic = re.compile("[\u0621-\u064a]")
    for shows in analysis.FIGURES.values():
        assert set(shows) == {"en", "ar"}
        assert arabic.search(shows["ar"]) and not arabic.search(shows["en"])


def test_a_figure_belongs_to_nobody_and_shows_itself() -> None:
    figure, _ = drawn(TREND, AR)
    assert isinstance(figure, Figure) and figure.canvas.manager is None
    shown = figure._repr_html_()
    alt = re.search('alt="([^"]*)"', shown)
    assert alt and "53,567" in alt[1] and 'src="data:image/png;base64,iVBOR' in shown


def test_pyplot_is_never_imported() -> None:
    code = (
        "import sys, analysis\n"
        "for name in analysis.FIGURES: analysis.draw(name)._repr_html_()\n"
        "print('matplotlib.pyplot' in sys.modules, 'matplotlib.figure' in sys.modules)"
    )
    run = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=60
    )
    assert (run.stdout, run.stderr) == ("False True\n", "")


def assert_drawn_in(holder: Any, page: Figure) -> None:
    """Hold a drawing inside a figure or subfigure to the one on a page of its own."""
    own, _ = drawn(TREND, EN)
    axes = [ax for ax in page.axes if ax.figure is holder]
    assert len(axes) == len(own.axes)
    for ax, like in zip(axes, own.axes, strict=True):
        assert list(map(heights, ax.containers)) == list(map(heights, like.containers))
    written(page)
    for ax in axes:
        box = ax.get_window_extent()
        assert holder.bbox.x0 <= box.x0 < box.x1 <= holder.bbox.x1
        assert holder.bbox.y0 <= box.y0 < box.y1 <= holder.bbox.y1


def test_drawing_on_a_figure(record: Record) -> None:
    page = Figure(figsize=(8, 7))
    assert analysis.draw(TREND, record, on=page) is page
    assert_drawn_in(page, page)


def test_drawing_on_a_subfigure(record: Record) -> None:
    page = Figure(figsize=(16, 7))
    left, right = page.subfigures(1, 2)
    assert analysis.draw(TREND, record, on=right) is page
    assert_drawn_in(right, page)
    assert not left.axes


def test_drawing_on_one_of_several_axes(record: Record) -> None:
    page = Figure(figsize=(16, 7))
    left, right = page.subplots(1, 2)
    place = right.get_position().transformed(page.transFigure)
    assert analysis.draw(TREND, record, on=right) is page
    assert left in page.axes and right not in page.axes and not left.containers
    (holder,) = page.subfigs
    assert_drawn_in(holder, page)
    assert holder.bbox.x0 >= middle(page.bbox) and holder.bbox.overlaps(place)


@each_figure
@pytest.mark.parametrize("short", [(0.96, 1), (1, 0.96)])
def test_a_place_too_small_is_refused_and_left_alone(
    name: str, short: tuple[float, float], record: Record
) -> None:
    width, height = printed = {TREND: casualty_trend, MAYADIN: mayadin_2018_04}[name].SIZE
    size = style.millimetres(width * short[0], height * short[1])
    page = Figure(figsize=(2 * size[0], size[1]))
    axes, whole = page.subplots(1, 2), Figure(figsize=size)
    for on in (axes[1], whole, page.subfigures(1, 2)[0]):
        with pytest.raises(RecordError) as caught:
            analysis.draw(name, record, on=on)
        said = str(caught.value)
        assert "{} by {} mm".format(*printed) in said and "figsize" in said
        assert "\n" not in said and said.endswith(".")
    assert page.axes == list(axes) and len(page.subfigs) == 2
    assert not whole.axes and not whole.texts


@each_figure
def test_a_place_of_the_printed_size_will_do(name: str, record: Record) -> None:
    width, height = {TREND: casualty_trend, MAYADIN: mayadin_2018_04}[name].SIZE
    page = Figure(figsize=style.millimetres(2 * 0.991 * width, 0.991 * height), dpi=200)
    analysis.draw(name, record, on=page.subplots(1, 2)[1])
    with look():
        texts = written(page)
    assert len(texts) > 30 and not overlaps(texts) and not off_the_page(page, texts)


@pytest.mark.parametrize(
    ("wrong", "part"),
    [
        ({"name": "casualty_trend"}, "no figure 'casualty_trend': choose casualty-trend"),
        ({"name": ["casualty-trend"]}, "choose casualty-trend"),
        ({"lang": "fr"}, "no language 'fr': choose 'ar' or 'en'"),
        ({"on": Figure().add_axes((0, 0, 1, 1))}, "no place in a grid"),
        ({"on": Figure().subplots(2)}, "no place in a grid"),
        ({"on": "figure"}, "no place in a grid"),
    ],
)
def test_wrong_use_gives_one_sentence(record: Record, wrong: dict[str, Any], part: str) -> None:
    with pytest.raises(RecordError) as caught:
        analysis.draw(**{"name": TREND, "record": record, **wrong})
    said = str(caught.value)
    assert part in said and "\n" not in said and said.endswith(".")


@each_figure
def test_the_settings_of_the_caller_neither_matter_nor_change(name: str, record: Record) -> None:
    own = {
        "axes.facecolor": "red",
        "axes.titlesize": 30,
        "axes.xmargin": 0.4,
        "axes.ymargin": 0.4,
        "figure.autolayout": True,
        "figure.facecolor": "yellow",
        "font.family": "serif",
        "font.weight": "bold",
        "legend.frameon": True,
        "legend.labelspacing": 5,
        "lines.linewidth": 9,
        "patch.force_edgecolor": True,
        "text.usetex": True,
        "hatch.linewidth": 3,
        "text.antialiased": False,
        "xtick.direction": "in",
        "ytick.labelsize": 20,
        "ytick.major.pad": 20,
    }

    def saved(figure: Figure) -> bytes:
        buffer = io.BytesIO()
        figure.savefig(buffer, format="png", dpi=100)
        return buffer.getvalue()

    expected = saved(analysis.draw(name, record, "ar"))
    with matplotlib.rc_context(own):
        before = matplotlib.rcParams.copy()
        found = saved(analysis.draw(name, record, "ar"))
        assert matplotlib.rcParams.copy() == before
    assert found == expected


# --- casualty-trend -----------------------------------------------------------------------------


def test_bars_are_the_deaths_of_the_table() -> None:
    figure, _ = drawn(TREND, EN)
    assert_stacked(figure.axes[0], spread_deaths("best"))
    everything = 0
    for series, ax in zip(casualty_trend.SERIES, figure.axes[1:8], strict=True):
        deaths = spread_deaths(*casualty_trend.SERIES[series])
        assert_stacked(ax, deaths)
        everything += sum(deaths.values())
    assert everything == 53_567 * 10**6


@both_ways
def test_panels_are_headed_and_read_from_the_start_side(lang: Language) -> None:
    figure, _ = drawn(TREND, lang)
    panels = figure.axes[1:8]
    for series, ax in zip(casualty_trend.SERIES, panels, strict=True):
        heading = ax.get_title("right" if lang.is_rtl else "left")
        if series not in ("unknown", "others"):  # these alone would not say what of
            assert heading == lang.text(f"victims-{series.replace('_', '-')}-short")
    headings = {ax.get_title("right" if lang.is_rtl else "left") for ax in panels}
    assert len(headings) == len(panels) and all(headings)
    across = [middle(ax.get_window_extent()) for ax in panels[:4]]
    assert across == sorted(across, reverse=lang.is_rtl)
    assert len({ax.get_ylim() for ax in panels}) == 1  # one scale


def test_bounds_are_lines_from_low_to_high() -> None:
    figure, _ = drawn(TREND, EN)
    bounds, *caps = (c for c in figure.axes[0].collections if isinstance(c, LineCollection))
    low, high = spread_deaths("low"), spread_deaths("high")
    assert len(bounds.get_segments()) == 24
    for month, ((x0, y0), (x1, y1)) in zip(MONTHS, bounds.get_segments(), strict=True):
        key = f"{month:%Y-%m}", "dated"
        assert [round(y0 * 10**6), round(y1 * 10**6)] == [low[key], high[key]]
        assert x0 == x1 and date2num(month) < x0 < date2num(month + pd.offsets.MonthEnd())
    for ends, cap in zip(zip(*bounds.get_segments(), strict=True), caps, strict=True):
        for (x, y), ((x0, y0), (x1, y1)) in zip(ends, cap.get_segments(), strict=True):
            assert x0 < x < x1 and y0 == y1 == y
    for ax in figure.axes[1:]:  # by party UCDP gives none
        assert not [c for c in ax.collections if isinstance(c, LineCollection)]


@both_ways
def test_the_words_of_the_trend_give_its_numbers(lang: Language) -> None:
    figure, texts = drawn(TREND, lang)
    said = {text.get_text() for text in texts}
    for year, everything, dated in ((2017, 33_316, 25_395), (2018, 20_251, 15_470)):
        named = lang.number(year, group=False)
        assert lang.text("casualty-trend-year", year=named, all=everything, dated=dated) in said
    heading, subtitle, foot = (
        " ".join(plain(line.get_text()) for line in part) for part in lines(figure)
    )
    assert "33,316" in heading and "20,251" in heading
    assert "53,567" in subtitle and "40,865" in subtitle
    assert "652.1601.1911" in foot and the_record().version in foot


def test_numbers_of_the_trend_are_tidy(record: Record) -> None:
    plotted = numbers(TREND, record)
    assert not plotted.duplicated(["series", "month", "date_class"]).any()
    assert set(plotted.release) == {RELEASE}
    parts = plotted[plotted.series != "total"]
    assert millionths(parts.best).sum() == 53_567 * 10**6
    assert parts[["low", "high"]].isna().all(axis=None)


# --- mayadin-2018-04 ----------------------------------------------------------------------------


def claim_marks(figure: Figure) -> dict[float, Line2D]:
    """Return the marks of the claims by height."""
    return {float(line.get_ydata()[0]): line for line in figure.axes[2].lines}


def arrows(figure: Figure) -> list[Annotation]:
    return [t for t in figure.axes[2].texts if isinstance(t, Annotation) and t.arrow_patch]


@both_ways
def test_an_open_number_has_an_arrow_and_a_revised_one_is_hollow(lang: Language) -> None:
    figure, _ = drawn(MAYADIN, lang)
    dots = [
        (line.get_xdata()[0], "hollow" if same_color(line.get_markerfacecolor(), "w") else "full")
        for line in figure.axes[2].lines
        if line.get_marker() == "o"
    ]
    assert sorted(dots) == [(13, "full"), (13, "full"), (18, "hollow"), (25, "full")]

    marks, ax = claim_marks(figure), figure.axes[2]
    pointed = [arrow.get_position() for arrow in arrows(figure)]
    assert sorted(x for x, _ in pointed) == [13, 25]
    for arrow in arrows(figure):
        (x, y), tip = arrow.get_position(), arrow.xy
        assert marks[y].get_xdata()[0] == x and tip[1] == y and tip[0] > x
        on_page = [ax.transData.transform(point)[0] for point in ((x, y), tip)]
        assert on_page[0] > on_page[1] if lang.is_rtl else on_page[0] < on_page[1]
    said = {text.get_text() for text in ax.texts}
    assert lang.text("at-least", value=25) in said and lang.text("at-least", value=13) in said
    assert lang.text("mayadin-2018-04-revised", value=18) in said


@both_ways
def test_a_denial_is_a_cross_off_the_scale_without_a_number(lang: Language) -> None:
    figure, _ = drawn(MAYADIN, lang)
    ax = figure.axes[2]
    (cross,) = (line for line in ax.lines if line.get_marker() == "x")
    assert cross.get_xdata()[0] < 0 <= min(ax.get_xticks())
    height = cross.get_ydata()[0]
    beside = [text for text in ax.texts if text.get_position()[1] == height]
    assert [text.get_text() for text in beside] == [lang.text("mayadin-2018-04-denies-event")]
    assert not re.search(r"\d", beside[0].get_text())
    assert len([line for line in ax.lines if line.get_ydata()[0] == height]) == 1


def marks_of_control(
    figure: Figure, place: str, record: Record
) -> Iterator[tuple[float, float, str]]:
    """Yield first day, last day and colour of each mark in the row of a place."""
    ax = figure.axes[1]
    wanted = style.name(record, "places", place, EN)
    rows = [plain(label.get_text()).replace("\n", " ") for label in ax.get_yticklabels()]
    height = ax.get_yticks()[rows.index(wanted)]
    for bar in ax.patches:
        if abs(bar.get_y() + bar.get_height() / 2 - height) < 0.5:
            colour = bar.get_edgecolor() if bar.get_hatch() else bar.get_facecolor()
            yield bar.get_x(), bar.get_x() + bar.get_width(), to_hex(colour)
    for line in ax.lines:
        days, heights = line.get_xdata(), line.get_ydata()
        arrow = line.get_marker() == "<"  # says only that a bar began before the axis does
        if not arrow and all(abs(at - height) < 0.5 for at in heights):
            yield days[0], days[-1], to_hex(line.get_color())


def in_april_2018(figure: Figure, record: Record) -> set[str]:
    first, last = date2num(pd.Timestamp("2018-04-01")), date2num(pd.Timestamp("2018-05-01"))
    marks = marks_of_control(figure, "mayadin", record)
    return {colour for start, end, colour in marks if start < last and end >= first}


def test_no_change_of_control_is_drawn_at_mayadin_in_april_2018(record: Record) -> None:
    figure, _ = drawn(MAYADIN, EN)
    assert in_april_2018(figure, record) == {style.INK}  # the cross of the attack, of no actor
    government = style.actor_colour(record, "government")
    october = date2num(pd.Timestamp("2017-10-14"))
    assert (october, october, government) in set(marks_of_control(figure, "mayadin", record))
    (attack,) = (x for x, _, c in marks_of_control(figure, "mayadin", record) if c == style.INK)
    assert attack == date2num(pd.Timestamp("2018-04-18"))

    changes = record.control_changes
    planted = changes[changes.change_id == "afp-2018-04-19-01"].assign(
        change_id="planted", to_actor="isis", date_earliest="2018-04-18", date_latest="2018-04-18"
    )
    planted = planted.astype(changes.dtypes.to_dict())
    tables = record.tables | {"control_changes": pd.concat([changes, planted], ignore_index=True)}
    other = analysis.draw(MAYADIN, Record(record.folder, record.version, tables), "en")
    assert style.actor_colour(record, "isis") in in_april_2018(other, record)


NOT_CHARTED = {
    "afp-2018-04-19-02": "places without names",
    "afp-2018-04-19-03": "pockets",
    "afp-2018-04-19-09": "reaches into Iraq and names no holder",
    "afp-2018-04-19-10": "pockets",
}


def test_every_other_statement_of_the_report_is_drawn(record: Record) -> None:
    changes = record.control_changes
    stated = set(changes.change_id[changes.report_id == "AFP-2018-04-19-MAYADIN"])
    assert len(stated) == 15
    plotted = numbers(MAYADIN, record)
    shown = plotted[plotted.panel == "control"]
    assert set(shown.id) == stated - set(NOT_CHARTED)
    figure, _ = drawn(MAYADIN, EN)
    drawn_marks: list[str] = []
    for place in shown.subject.unique():
        drawn_marks += [c for *_, c in marks_of_control(figure, place, record) if c != style.INK]
    assert len(drawn_marks) == len(shown) == 11
    colours = [style.actor_colour(record, actor) for actor in shown.actor]
    assert sorted(drawn_marks) == sorted(colours)


def test_deaths_of_the_governorate(record: Record) -> None:
    figure, _ = drawn(MAYADIN, EN)
    deaths = spread_deaths("best", governorate="SY09")
    assert deaths["2018-04", "dated"] == 186 * 10**6
    assert_stacked(figure.axes[0], deaths)


# --- from a number to its rows ------------------------------------------------------------------


@cache
def all_traced(name: str) -> pd.DataFrame:
    return analysis.trace(name, the_record())


@pytest.mark.parametrize(
    ("name", "key"),
    [(TREND, ["series", "month", "date_class"]), (MAYADIN, ["panel", "id", "start", "state"])],
)
def test_every_number_is_the_sum_of_its_rows(name: str, key: list[str], record: Record) -> None:
    plotted, traced = numbers(name, record), all_traced(name)
    values = millionths(traced[["value"]].fillna(0)).value
    sums = values.groupby([traced[column] for column in key]).sum()
    best = millionths(plotted.set_index(key)[["best"]].fillna(0)).best
    assert best.index.is_unique and best.sum() > 0
    sums = sums.reindex(best.index).fillna(0).astype("int64")  # nothing adds up to a zero
    assert sums.to_dict() == best.to_dict()
    found = traced.drop_duplicates(key).set_index(key).index
    assert set(best.index[best > 0]) <= set(found)


@each_figure
def test_traced_rows_exist_and_cite_their_reports(name: str, record: Record) -> None:
    traced = all_traced(name)
    assert set(traced.report_id) <= set(record.reports.report_id)
    assert traced.report.str.len().min() > 10
    for table, rows in traced.groupby("table"):
        lines = (ROOT / "data" / f"{table}.csv").read_text(encoding="utf-8").split("\n")
        for row in rows.drop_duplicates("row").itertuples():
            line = lines[row.row - 1]
            assert line.startswith(row.row_id.split()[0]) and row.report_id in line


def test_values_are_those_of_the_rows() -> None:
    traced = analysis.trace(TREND, the_record(), month="2018-04", series="opposition_and_hts")
    with (ROOT / "data" / "ucdp_monthly.csv").open(encoding="utf-8", newline="") as file:
        lines = list(csv.DictReader(file))
    assert set(traced.date_class) == {"dated", "undated"}
    for row in traced.itertuples():
        line = lines[row.row - 2]
        cells = [line[c] for c in ("opposition", "hts", "opposition_and_hts")]
        assert sum(map(float, cells)) == pytest.approx(row.value, abs=1e-9)
        assert (line["month"], line["allocation"]) == ("2018-04", "spread")
        assert line["date_class"] == row.date_class


def test_bounds_are_traced_with_the_value(record: Record) -> None:
    traced = all_traced(MAYADIN)
    of_claims = traced[traced.panel == "claims"]
    assert of_claims.row_low.notna().any()
    for row in of_claims.itertuples():
        claim = record.claims.loc[row.row - 2]
        for bound, found in (("low", row.row_low), ("best", row.value), ("high", row.row_high)):
            assert pd.isna(found) if pd.isna(claim[bound]) else found == claim[bound]
    assert traced.row_low[traced.panel == "control"].isna().all()


@pytest.mark.parametrize(
    "which",
    [
        {"month": "2018-04"},
        {"month": pd.Timestamp("2018-04-01")},
        {"month": "2018-04-01", "series": "total"},
        {"best": 2315.025281},
        {"events": "458", "date_class": "dated"},
    ],
)
def test_numbers_are_found_by_their_columns(which: dict[str, Any], record: Record) -> None:
    for column, wanted in which.items():
        if column == "best":
            wanted = which["best"] = numbers(TREND, record).best.iloc[1]
        traced = analysis.trace(TREND, record, **which)
        assert len(traced) and len(traced) < len(all_traced(TREND))
        if column == "month":
            assert set(traced.month) == {pd.Timestamp("2018-04-01")}
        else:
            assert set(traced[column].astype("str")) == {str(wanted)}


def test_a_zero_has_no_rows_behind_it(record: Record) -> None:
    plotted = numbers(TREND, record)
    zero = plotted[plotted.best == 0].iloc[0]
    which = {"series": zero.series, "month": zero.month, "date_class": zero.date_class}
    traced = analysis.trace(TREND, record, **which)
    assert traced.empty and list(traced) == list(all_traced(TREND))


@pytest.mark.parametrize(
    ("which", "part"),
    [
        ({"place": "x"}, "no 'place': choose among series, month"),
        ({"name": "x"}, "no 'name'"),
        ({"series": "russia"}, "no number for series russia"),
        ({"month": "2019-01"}, "no number for month 2019-01"),
        ({"month": "April"}, "'April' is not a date"),
        ({"month": "2018"}, "'2018' is not a date"),
        ({"month": "2018-13"}, "'2018-13' is not a date"),
        ({"best": "many"}, "'many' is not a number"),
        ({"best": None}, "None is not a number"),
    ],
)
def test_a_wrong_question_gives_one_sentence(
    which: dict[str, Any], part: str, record: Record
) -> None:
    with pytest.raises(RecordError) as caught:
        analysis.trace(TREND, record, **which)
    said = str(caught.value)
    assert part in said and "\n" not in said and said.endswith(".")


def test_tracing_an_unknown_figure_gives_one_sentence(record: Record) -> None:
    with pytest.raises(RecordError, match="no figure 'trend'"):
        analysis.trace("trend", record)
