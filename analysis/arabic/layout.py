"""Mirrored Matplotlib layout: what is on the left in English is on the right in Arabic.

Time is not mirrored: it runs from left to right in both. All texts are given ready to draw (from
`Language.text` or `Language.show`) and are drawn without mathtext, whatever dollar signs they hold.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

from matplotlib.axes import Axes
from matplotlib.legend import Legend
from matplotlib.text import Text

from analysis.arabic.language import Language

__all__ = ["legend", "mirror_x", "start", "title", "y_axis"]

Side = Literal["left", "right"]


def start(language: Language) -> Side:
    """Give the side where lines begin: right in Arabic, left in English (also a `ha` of a text)."""
    return "right" if language.is_rtl else "left"


def y_axis(ax: Axes, language: Language, label: str | None = None) -> None:
    """Put ticks, tick labels, label and spine of the y axis on the start side.

    Parameters
    ----------
    ax : Axes
        Its y axis may hold values or categories.
    language : Language
    label : str, optional
        The axis label, ready to draw; without it the present one stays.
    """
    side = start(language)
    axis = ax.yaxis
    if side == "right":
        axis.tick_right()
    else:
        axis.tick_left()
    axis.set_label_position(side)
    ax.spines[side].set_visible(True)
    ax.spines["left" if side == "right" else "right"].set_visible(False)
    if label is not None:
        ax.set_ylabel(label, parse_math=False)


def mirror_x(ax: Axes, language: Language) -> None:
    """Let quantities or categories along x grow from the start side; not for time.

    Call it after the limits are set; calling it twice changes nothing.
    """
    ax.xaxis.set_inverted(language.is_rtl)


def title(ax: Axes, text: str, language: Language, **kwargs: Any) -> Text:
    """Set the title of an Axes at its start side; `kwargs` as for ``Axes.set_title``."""
    return ax.set_title(text, loc=start(language), parse_math=False, **kwargs)


def legend(
    ax: Axes,
    language: Language,
    handles: Sequence[Any] | None = None,
    labels: Sequence[str] | None = None,
    **kwargs: Any,
) -> Legend:
    """Draw a legend at the top of the start side, each marker where its line of text begins.

    Parameters
    ----------
    ax : Axes
    language : Language
    handles, labels : sequences, optional
        What to show, in reading order; without them everything in `ax` that has a label.
    **kwargs
        As for ``Axes.legend``. A legend in one row (`ncols` is the number of entries or more) is
        ordered from the start side; with fewer columns they fill downwards, from the left.

    Returns
    -------
    Legend
    """
    if handles is None:
        handles, labels = ax.get_legend_handles_labels()
    elif labels is None:
        labels = [handle.get_label() for handle in handles]
    if language.is_rtl and kwargs.get("ncols", 1) >= len(handles):
        handles, labels = handles[::-1], (labels or ())[::-1]
    side = start(language)
    options: dict[str, Any] = {
        "loc": f"upper {side}",
        "alignment": side,
        "markerfirst": not language.is_rtl,
    }
    drawn = ax.legend(handles, labels, **(options | kwargs))
    for text in (*drawn.get_texts(), drawn.get_title()):
        text.set_parse_math(False)
        text.set_multialignment(side)
    return drawn
