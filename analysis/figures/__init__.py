"""The figures by name: what each shows, its numbers, its drawing, and the rows behind a number."""

from __future__ import annotations

import importlib
from base64 import b64encode
from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from html import escape
from io import BytesIO
from types import MappingProxyType, ModuleType
from typing import Any

import matplotlib.style
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.backend_bases import RendererBase
from matplotlib.figure import Figure, SubFigure

from analysis.arabic import Language, language
from analysis.errors import RecordError
from analysis.figures import style
from analysis.record import Record, a_record, load

__all__ = ["FIGURES", "Drawing", "draw", "drawing", "numbers", "trace"]

_MODULES = {
    "casualty-trend": "analysis.figures.casualty_trend",
    "mayadin-2018-04": "analysis.figures.mayadin_2018_04",
}

FIGURES: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        name: MappingProxyType(
            {code: language(code).plain(f"{name}-shows") for code in ("en", "ar")}
        )
        for name in _MODULES
    }
)
"""The names of the figures, with what each shows in English and Arabic."""


def look(more: dict[Any, Any] | None = None) -> AbstractContextManager[None]:
    """Draw or save under the figures' own settings, whatever the caller's are."""
    settings: AbstractContextManager[None] = matplotlib.style.context(
        ["default", style.RC | (more or {})]
    )
    return settings


class ShownFigure(Figure):
    """A figure that a notebook shows by itself, without pyplot, and with its alt text."""

    alt = ""

    def draw(self, renderer: RendererBase) -> None:
        """Draw under the figures' own settings, those of the file format apart."""
        # key by key: to read all of them chooses a backend, by importing pyplot
        keys = [key for key in matplotlib.rcParams if key.startswith(("svg.", "pdf."))]
        with look({key: matplotlib.rcParams[key] for key in keys}):
            super().draw(renderer)

    def _repr_html_(self) -> str:
        # HTML and not PNG: notebooks drop the alt text of a bare picture
        buffer = BytesIO()
        with look():
            self.savefig(buffer, format="png")
        picture = b64encode(buffer.getvalue()).decode()
        width = int(self.get_figwidth() * 100)
        source = f"data:image/png;base64,{picture}"
        return f'<img width="{width}" alt="{escape(self.alt)}" src="{source}">'


@dataclass(frozen=True)
class Drawing:
    """A figure with the numbers drawn in it and a description for those who cannot see it."""

    figure: Figure
    numbers: pd.DataFrame
    title: str
    alt: str


def _module(name: str) -> ModuleType:
    if name not in tuple(_MODULES):
        raise RecordError(f"There is no figure {name!r}: choose {', '.join(_MODULES)}.")
    return importlib.import_module(_MODULES[name])


def _record(given: Record | None) -> Record:
    return load() if given is None else a_record(given)


def numbers(name: str, record: Record | None = None) -> pd.DataFrame:
    """Return the numbers that a figure plots, tidy.

    Parameters
    ----------
    name : str
        One of :data:`FIGURES`.
    record : Record, optional
        The project's own when left out.
    """
    plotted: pd.DataFrame = _module(name).numbers(_record(record))
    return plotted


def drawing(
    name: str,
    record: Record | None = None,
    lang: str | Language = "en",
    on: Axes | SubFigure | Figure | None = None,
) -> Drawing:
    """Draw a figure and return it with its numbers, title and alt text. As :func:`draw`."""
    module = _module(name)
    record = _record(record)
    words = lang if isinstance(lang, Language) else language(lang)
    plotted = module.numbers(record)
    with look():
        place = _place(on, name, module.SIZE)
        module.paint(place, plotted, record, words)
    said = module.words(plotted, record, words)
    title, alt = (
        words.plain(message, **said) for message in (module.title_id(said), f"{name}-alt")
    )
    figure = place.get_figure(root=True)
    if isinstance(figure, ShownFigure):
        figure.alt = alt
    return Drawing(figure, plotted, title, alt)


def draw(
    name: str,
    record: Record | None = None,
    lang: str | Language = "en",
    on: Axes | SubFigure | Figure | None = None,
) -> Figure:
    """Draw a figure of the record.

    Parameters
    ----------
    name : str
        One of :data:`FIGURES`.
    record : Record, optional
        The record to draw; the project's own when left out.
    lang : {"en", "ar"} or Language
        Language of every text; Arabic is laid out from right to left.
        ``analysis.arabic.language("ar", digits="arab", months="international")`` gives other
        digits and month names.
    on : Axes, SubFigure or Figure, optional
        Where to draw. A SubFigure or Figure is drawn into; an Axes of a grid is replaced by a
        subfigure in its place. It must be as large as the figure is printed, or larger. A new
        figure at its printed size when left out.

    Returns
    -------
    matplotlib.figure.Figure
        The figure that holds the drawing; never one of pyplot's. A notebook shows a new one by
        itself, with its alt text.

    Raises
    ------
    RecordError
        If there is no such figure or language, the record cannot be loaded, or the place is too
        small; nothing is drawn or removed then.
    """
    return drawing(name, record, lang, on).figure


def _place(
    on: Axes | SubFigure | Figure | None, name: str, size: tuple[float, float]
) -> style.AnyFigure:
    if on is None:
        return ShownFigure(figsize=style.millimetres(*size))
    if isinstance(on, (Figure, SubFigure)):
        _require_room(on, name, size)
        return on
    spec = on.get_subplotspec() if isinstance(on, Axes) else None
    if spec is None:
        raise RecordError(
            "There is no place in a grid to draw on: pass one Axes of plt.subplots, a Figure or "
            "a SubFigure."
        )
    holder = on.get_figure()
    assert holder is not None
    _require_room(SubFigure(holder, spec), name, size)
    on.remove()
    return holder.add_subfigure(spec)


def _require_room(place: style.AnyFigure, name: str, size: tuple[float, float]) -> None:
    """Refuse a place smaller than the printed figure: its words would run into one another."""
    room = [length / place.dpi * 25.4 for length in place.bbox.size]
    if any(has < 0.99 * needs for has, needs in zip(room, size, strict=True)):  # rounded inches
        raise RecordError(
            f"{name} needs {size[0]} by {size[1]} mm, and the place to draw on has "
            f"{room[0]:.0f} by {room[1]:.0f}: give the figure a larger figsize."
        )


def trace(name: str, /, record: Record | None = None, **which: Any) -> pd.DataFrame:
    """Trace plotted numbers back to the rows of the record behind them, and to their reports.

    Parameters
    ----------
    name : str
        One of :data:`FIGURES`.
    record : Record, optional
        The project's own when left out.
    **which
        Columns of the figure's numbers with the value wanted, such as ``month="2018-04"`` and
        ``series="isis"``. Without any, every plotted number is traced.

    Returns
    -------
    DataFrame
        One row for each row of the record behind each number: the number's own columns, then
        ``table``, ``row`` (as a spreadsheet counts, the header being 1), ``row_id``, ``row_low``,
        ``value`` and ``row_high`` (what the row adds to low, best and high of the number; blank
        where it states none), ``report_id`` and ``report`` (as cited).

    Raises
    ------
    RecordError
        If the figure has no such column, or no number is plotted there.

    Examples
    --------
    >>> found = trace("mayadin-2018-04", id="mayadin-2018-04-18-sohr-gov-2")
    >>> found[["table", "row", "report_id"]].to_dict("records")
    [{'table': 'claims', 'row': 3, 'report_id': 'AFP-2018-04-19-MAYADIN'}]
    """
    from analysis.figures.tracing import traced

    return traced(name, _module(name), _record(record), which)
