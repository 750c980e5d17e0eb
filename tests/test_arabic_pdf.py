"""Where each glyph of an Arabic line stands in a PDF, read back by an independent reader."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from ctypes import c_double

import matplotlib
import numpy as np
import pypdfium2
import pytest
from matplotlib import _text_helpers, font_manager
from matplotlib.figure import Figure
from pypdfium2 import raw

from analysis.arabic import language, rtl
from analysis.arabic.pdf import mended_pdf_text
from analysis.arabic.text import CONTROLS, matplotlib_shapes

SIZE = 20

pytestmark = pytest.mark.skipif(
    not matplotlib_shapes(), reason="before Matplotlib 3.11 the text has no bidi controls to mend"
)

LINES = [
    "من 25,395 عام 2017 إلى 15,470",
    language("ar").raw("deaths", count=25) + " على الأقل",
    "المصدر: \u2068UCDP GED 652.1601.1911\u2069 (2013)، ثم",
    "2017: 33,316 من القتلى",
    "مكاناً مكاناً، والله أعلم",
]


def chars(pdf: io.BytesIO) -> Iterator[tuple[str, float]]:
    """Each character of a PDF with the x of its glyph's origin."""
    text = pypdfium2.PdfDocument(pdf)[0].get_textpage()
    for index in range(text.count_chars()):
        if not raw.FPDFText_IsGenerated(text, index):
            x, y = c_double(), c_double()
            raw.FPDFText_GetCharOrigin(text, index, x, y)
            yield chr(raw.FPDFText_GetUnicode(text, index)), round(x.value, 1)


def drawn(text: str, mend: AbstractContextManager[None]) -> list[float]:
    """The left edges of the glyphs in the PDF, from the first glyph on."""
    figure = Figure(figsize=(8, 1))
    figure.text(0.05, 0.5, text, size=SIZE, parse_math=False)
    buffer = io.BytesIO()
    with matplotlib.rc_context({"pdf.fonttype": 42}), mend:
        figure.savefig(buffer, format="pdf")
    left = sorted({x for char, x in chars(buffer) if not char.isspace()})
    return [x - left[0] for x in left]


def unseen(char: str) -> bool:
    return char.isspace() or CONTROLS.match(char) is not None


def laid_out(text: str) -> list[float]:
    """The same from Matplotlib's layout, which every other format follows."""
    font = font_manager.get_font(font_manager.findfont("DejaVu Sans"))
    font.set_size(SIZE, 72)
    items = _text_helpers.layout(text, font)
    left = sorted({round(item.x, 1) for item in items if not unseen(item.char)})
    return [x - left[0] for x in left]


def apart(some: list[float], others: list[float]) -> float:
    """How far the glyphs of two drawings of a line stand apart, at the most."""
    distances = np.abs(np.subtract.outer(some, others))
    return float(max(distances.min(axis=0).max(), distances.min(axis=1).max()))


@pytest.mark.parametrize("line", LINES)
def test_each_glyph_of_a_pdf_stands_in_its_place(line: str) -> None:
    text = rtl(line)
    assert apart(drawn(text, mended_pdf_text()), laid_out(text)) < 0.2


def test_without_the_mending_a_number_leaves_its_place() -> None:
    """Fails once Matplotlib has mended this itself: then analysis/arabic/pdf.py can go."""
    text = rtl(LINES[0])
    assert apart(drawn(text, nullcontext()), laid_out(text)) > 2


def test_a_pdf_holds_no_bidi_controls() -> None:
    figure = Figure(figsize=(8, 1))
    figure.text(0.05, 0.5, rtl(LINES[0]), parse_math=False)
    buffer = io.BytesIO()
    with mended_pdf_text():
        figure.savefig(buffer, format="pdf")
    text = "".join(char for char, _ in chars(buffer))
    assert text and not CONTROLS.search(text)


def test_the_mending_ends_with_its_block() -> None:
    before = _text_helpers.layout
    with mended_pdf_text():
        assert _text_helpers.layout is not before
    assert _text_helpers.layout is before
