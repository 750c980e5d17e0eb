"""Mend the spaces of Arabic lines in PDF, which Matplotlib 3.11 puts on the wrong side of numbers.

Its PDF backend moves to a glyph's own place whenever the subset of the font changes, and then
applies the glyph's kern a second time. Most kerns are nothing; but a bidi control has no width and
the glyph of a space, and a vowel sign no width and a glyph of its own, so that the kern after them
takes their whole width back, twice: a number slides into the word before it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from matplotlib import _text_helpers
from matplotlib.backends.backend_pdf import RendererPdf

from analysis.arabic.text import CONTROLS, matplotlib_shapes

__all__ = ["mended_pdf_text"]


class _Pen:
    """Whether the backend has just moved to the place of a glyph, so that its kern is done."""

    moved = False


class _Item:
    """A glyph in its place, as the backend takes it from Matplotlib's layout."""

    def __init__(self, item: Any, kern: float, pen: _Pen) -> None:
        self.ft_object, self.char, self.glyph_index = item.ft_object, item.char, item.glyph_index
        self.x, self.y = item.x, item.y
        self._kern, self._pen = kern, pen

    @property
    def prev_kern(self) -> float:
        return 0.0 if self._pen.moved else self._kern


@contextmanager
def mended_pdf_text() -> Iterator[None]:
    """Keep each glyph of a PDF in its place, and leave out bidi controls, which have none.

    To be put round ``savefig(..., format="pdf")``. Before Matplotlib 3.11 it does nothing.
    """
    if not matplotlib_shapes():
        yield
        return
    layout_of, move_of = _text_helpers.layout, RendererPdf._setup_textpos
    pen = _Pen()

    def layout(*args: Any, **kwargs: Any) -> Iterator[_Item]:
        end = 0.0  # of the glyphs so far, by their own widths
        for item in layout_of(*args, **kwargs):
            if CONTROLS.match(item.char):
                continue
            pen.moved = False
            width = item.ft_object.load_glyph(item.glyph_index).linearHoriAdvance / 65536
            yield _Item(item, item.x - end, pen)
            end = item.x + width

    def move(*args: Any, **kwargs: Any) -> None:
        pen.moved = True
        move_of(*args, **kwargs)  # type: ignore[no-untyped-call]

    with (
        patch.object(_text_helpers, "layout", layout),
        patch.object(RendererPdf, "_setup_textpos", move),
    ):
        yield
