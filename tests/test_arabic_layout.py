"""The mirrored layout, measured on what is drawn."""

from __future__ import annotations

import pytest
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from analysis.arabic import Language, language, layout

LANGUAGES = pytest.mark.parametrize("lang", [language("ar"), language("en")], ids=["ar", "en"])


@pytest.fixture
def ax() -> Axes:
    ax = Figure(figsize=(6, 4), layout="constrained").subplots()
    FigureCanvasAgg(ax.figure)
    ax.plot([0, 1], [0, 1], label="$a$ x")
    ax.plot([0, 1], [1, 0], label="$b$ xx")
    return ax


def draw(ax: Axes) -> None:
    ax.figure.canvas.draw()


def middle(ax: Axes) -> float:
    box = ax.get_window_extent()
    return (box.x0 + box.x1) / 2


def is_right_of(artist: Artist, x: float) -> bool:
    box = artist.get_window_extent()
    return bool((box.x0 + box.x1) / 2 > x)


@LANGUAGES
def test_y_axis(ax: Axes, lang: Language) -> None:
    layout.y_axis(ax, lang, lang.text("victims-isis"))
    draw(ax)
    labels = [label for label in ax.get_yticklabels() if label.get_window_extent().width]
    assert labels
    for text in (*labels, ax.yaxis.label):
        assert is_right_of(text, middle(ax)) is lang.is_rtl
        inside = ax.get_window_extent().overlaps(text.get_window_extent())
        assert not inside
    assert ax.spines["right"].get_visible() is lang.is_rtl
    assert ax.spines["left"].get_visible() is not lang.is_rtl
    ticks = ax.yaxis.get_major_ticks()
    assert {tick.tick2line.get_visible() for tick in ticks} == {lang.is_rtl}


@LANGUAGES
def test_y_axis_keeps_its_label(ax: Axes, lang: Language) -> None:
    ax.set_ylabel("kept")
    layout.y_axis(ax, lang)
    assert ax.get_ylabel() == "kept"


@LANGUAGES
def test_quantities_grow_from_the_start_side(ax: Axes, lang: Language) -> None:
    for _ in range(2):
        layout.mirror_x(ax, lang)
        left, right = ax.get_xlim()
        assert bool(left > right) is lang.is_rtl


@LANGUAGES
def test_a_title_stands_at_the_start_side(ax: Axes, lang: Language) -> None:
    title = layout.title(ax, lang.show("$x$ y"), lang, fontsize=8)
    draw(ax)
    box, page = title.get_window_extent(), ax.figure.bbox
    edge = page.x1 - box.x1 if lang.is_rtl else box.x0
    assert 0 <= edge < 0.15 * page.width
    assert is_right_of(title, page.width / 2) is lang.is_rtl
    assert not title.get_parse_math()
    assert page.y0 <= box.y0 and box.y1 <= page.y1
    assert title.get_fontsize() == 8


@LANGUAGES
def test_legend(ax: Axes, lang: Language) -> None:
    legend = layout.legend(ax, lang, title="$t$", framealpha=0.5)
    draw(ax)
    texts, handles = legend.get_texts(), legend.legend_handles
    assert is_right_of(legend, middle(ax)) is lang.is_rtl
    for text, handle in zip(texts, handles, strict=True):
        assert is_right_of(handle, text.get_window_extent().x0) is lang.is_rtl
    assert not any(text.get_parse_math() for text in (*texts, legend.get_title()))
    edge = "x1" if lang.is_rtl else "x0"
    edges = [getattr(text.get_window_extent(), edge) for text in texts]
    assert max(edges) - min(edges) <= 1
    # The title begins where the markers do.
    heading = getattr(legend.get_title().get_window_extent(), edge)
    assert abs(heading - getattr(handles[0].get_window_extent(), edge)) <= 3
    assert legend.get_frame().get_alpha() == 0.5
    assert [text.get_text() for text in texts] == ["$a$ x", "$b$ xx"]


@LANGUAGES
@pytest.mark.parametrize("given", ["found", "handles", "both"])
def test_legend_in_one_row_is_read_from_the_start_side(
    ax: Axes, lang: Language, given: str
) -> None:
    handles = {"found": (), "handles": (ax.lines,), "both": (ax.lines, ["$a$ x", "$b$ xx"])}
    legend = layout.legend(ax, lang, *handles[given], ncols=2)
    draw(ax)
    places = {text.get_text(): text.get_window_extent().x0 for text in legend.get_texts()}
    assert bool(places["$a$ x"] > places["$b$ xx"]) is lang.is_rtl
    colours = {
        text.get_text(): handle.get_color()
        for text, handle in zip(legend.get_texts(), legend.legend_handles, strict=True)
    }
    assert colours == {line.get_label(): line.get_color() for line in ax.lines}


def test_sides() -> None:
    assert layout.start(language("ar")) == "right"
    assert layout.start(language("en")) == "left"
