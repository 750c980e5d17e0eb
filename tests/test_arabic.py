"""Arabic as it is drawn, held against an independent shaper on every Matplotlib allowed.

Each case gives logical text and, written by hand, what the eye must meet from left to right: runs
of one direction, each in logical order. HarfBuzz shapes the runs; the glyphs that Matplotlib put
into an SVG must be the same ones in the same order.
"""

from __future__ import annotations

import io
import re
import unicodedata
import warnings
from datetime import date
from pathlib import Path

import matplotlib
import numpy as np
import pytest
import uharfbuzz
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import get_font
from PIL import Image, ImageDraw, ImageFont, features

from analysis.arabic import isolate, language, ltr, plain, rtl
from analysis.errors import RecordError

FONT = Path(matplotlib.get_data_path(), "fonts", "ttf", "DejaVuSans.ttf")
SHAPES = tuple(map(int, matplotlib.__version__.split(".")[:2])) >= (3, 11)
LRI, RLI, FSI, PDI = "\u2066", "\u2067", "\u2068", "\u2069"
RUN = tuple[str, str]


def R(text: str) -> RUN:
    return text, "rtl"


def L(text: str) -> RUN:
    return text, "ltr"


# name: (logical text, lines of visual runs from left to right)
CASES: dict[str, tuple[str, list[list[RUN]]]] = {
    "allah": ("الله", [[R("الله")]]),
    "lam-alif": ("لا لأ لإ لآ", [[R("لا لأ لإ لآ")]]),
    "lam-alif joined": ("سلام الأسد بلا", [[R("سلام الأسد بلا")]]),
    "tanwin": ("قتيلاً", [[R("قتيلاً")]]),
    "shadda": ("محدّد", [[R("محدّد")]]),
    "brackets round Arabic": ("حلب (الريف)", [[R("حلب (الريف)")]]),
    "brackets round Latin": ("المصدر (UCDP)", [[R(")"), L("UCDP"), R("المصدر (")]]),
    "brackets first": ("(UCDP) بيانات", [[R(") بيانات"), L("UCDP"), R("(")]]),
    "brackets inside Latin": (
        "بيانات UCDP (GED)",
        [[L("UCDP (GED)"), R("بيانات ")]],
    ),
    "brackets inside Latin, Arabic after": (
        "UCDP (GED 19) حلب",
        [[R(" حلب"), L("UCDP (GED 19)")]],
    ),
    "comparison signs": ("عدد < 25 أو ≥ 3", [[L("3"), R(" أو ≥ "), L("25"), R("عدد < ")]]),
    "Latin inside": ("بيانات UCDP للعام", [[R(" للعام"), L("UCDP"), R("بيانات ")]]),
    "Latin first": ("UCDP: القتلى", [[R(": القتلى"), L("UCDP")]]),
    "Latin alone": ("UCDP GED.", [[R("."), L("UCDP GED")]]),
    "digit first": ("25 قتيلاً", [[R(" قتيلاً"), L("25")]]),
    "Arabic-Indic digits": ("٢٥ قتيلاً من ١٬٢٣٤", [[L("١٬٢٣٤"), R(" قتيلاً من "), L("٢٥")]]),
    "grouped digits": ("مقتل 1,234.5 تقريباً", [[R(" تقريباً"), L("1,234.5"), R("مقتل ")]]),
    "range in words": (
        "بين 18 و25 قتيلاً",
        [[R(" قتيلاً"), L("25"), R(" و"), L("18"), R("بين ")]],
    ),
    "percent first": ("70% من المساحة", [[R(" من المساحة"), L("70%")]]),
    "percent isolated": (f"نسبة {isolate('70%')}", [[L("70%"), R("نسبة ")]]),
    "slash between words": ("دمشق/حلب", [[R("دمشق/حلب")]]),
    "slash between numbers": ("شباط 12/2017", [[L("12/2017"), R("شباط ")]]),
    "guillemets": ("قيل «تحييد» فقط", [[R("قيل «تحييد» فقط")]]),
    "guillemets round Latin": ("«UCDP»", [[R("»"), L("UCDP"), R("«")]]),
    "colon at end": ("المصدر:", [[R("المصدر:")]]),
    "Latin and colon at end": ("المصدر UCDP:", [[R(":"), L("UCDP"), R("المصدر ")]]),
    "Arabic comma": ("حلب، إدلب؛ حماة؟", [[R("حلب، إدلب؛ حماة؟")]]),
    "several lines": (
        "القتلى\nUCDP 2018\n\n25: حلب",
        [[R("القتلى")], [L("UCDP 2018")], [R(": حلب"), L("25")]],
    ),
    "isolate": (
        f"المصدر {LRI}GED (19.1){PDI}، سوريا",
        [[R("، سوريا"), L("GED (19.1)"), R("المصدر ")]],
    ),
    "first strong isolate, Latin": (
        f"{FSI}GED 19.1!{PDI} سوريا",
        [[R(" سوريا"), L("GED 19.1!")]],
    ),
    "first strong isolate, Arabic": (
        f"UCDP {FSI}حلب 2017{PDI}",
        [[L("2017"), R("حلب "), R(" "), L("UCDP")]],
    ),
    # Embeddings in the place of isolates would pull the comma to the left-to-right side.
    "isolates side by side": (
        f"{isolate('UCDP')}, {isolate('SOHR')}",
        [[L("SOHR"), R(", "), L("UCDP")]],
    ),
    "isolate between Latin words": (
        f"من GED {isolate('حلب')} UCDP",
        [[L("GED "), R("حلب"), L(" UCDP"), R("من ")]],
    ),
    "isolate in isolate": (
        f"ص {LRI}A {RLI}حلب {LRI}B (1){PDI}{PDI} C{PDI} ع",
        [[R(" ع"), L("A "), L("B (1)"), R("حلب "), L(" C"), R("ص ")]],
    ),
    "isolate over a line end": (
        f"من {LRI}A (\nB){PDI} إلى",
        [[L("A ("), R("من ")], [R(" إلى"), L("B)")]],
    ),
    "stray controls": (f"حلب{PDI} (1){LRI}", [[R(")"), L("1"), R("حلب (")]]),
    "release": (
        language("ar").raw("at-least", value="652.1601.1911"),
        [[R(" على الأقل"), L("652.1601.1911")]],
    ),
    "date": (
        language("ar").date(date(2017, 10, 14)),
        [[L("2017"), R(" تشرين الأول "), L("14")]],
    ),
    "minus": (language("ar").number(-5), [[L("-5")]]),
    "minus before Arabic-Indic digits": (
        language("ar", digits="arab").number(-5),
        [[L("٥"), R("-")]],
    ),
    "percent": (f"نسبة {language('ar').percent(0.5)}", [[L("50%"), R("نسبة ")]]),
    "percent after Arabic-Indic digits": (
        f"نسبة {language('ar', digits='arab').percent(0.5)}",
        [[R("٪"), L("٥٠"), R("نسبة ")]],
    ),
    "dollar signs": ("بين $5 و$6 فقط", [[R(" فقط"), L("6"), R(" و$"), L("5"), R("بين $")]]),
}


def shaped(runs: list[RUN]) -> list[int]:
    """Glyph ids, left to right, as HarfBuzz shapes the runs."""
    font = uharfbuzz.Font(uharfbuzz.Face(uharfbuzz.Blob(FONT.read_bytes())))
    glyphs = []
    for text, direction in runs:
        buffer = uharfbuzz.Buffer()
        buffer.add_str(text)
        buffer.guess_segment_properties()
        buffer.direction = direction
        uharfbuzz.shape(font, buffer)
        glyphs += [info.codepoint for info in buffer.glyph_infos]
    return glyphs


def drawn(text: str) -> list[list[int]]:
    """Glyph ids, left to right, of each line that Matplotlib draws."""
    with matplotlib.rc_context({"svg.fonttype": "path", "font.family": "DejaVu Sans"}):
        figure, stream = Figure(), io.StringIO()
        figure.text(0, 0, text, parse_math=False)
        figure.savefig(stream, format="svg")
    svg = stream.getvalue().partition('id="text_1"')[2]
    return [glyphs for line in svg.split("scale(0.1 -0.1)")[1:] if (glyphs := _glyphs(line))]


def _glyphs(line: str) -> list[int]:
    found = re.findall(
        r'<use xlink:href="#DejaVuSans-([0-9a-f]+)"(?: transform="translate\((\S+) \S+\)")?', line
    )
    font = get_font(FONT)
    # The name in the SVG is the glyph's number from 3.11 on, and the character's before.
    ids = [int(id, 16) if SHAPES else font.get_char_index(unformed(id)) for id, _ in found]
    places = [float(x or 0) for _, x in found]
    space = font.get_char_index(ord(" "))
    # HarfBuzz leaves a space of no width for each bidi control; no case ends in a real space.
    nexts = [*places[1:], *places[-1:]]
    return [
        id
        for id, here, after in zip(ids, places, nexts, strict=True)
        if id != space or after > here + 1
    ]


def unformed(code: str) -> int:
    """The character itself for its isolated form, for which the font has a second, equal glyph."""
    kind, *parts = unicodedata.decomposition(chr(int(code, 16))).split() or [""]
    return int(parts[0] if kind == "<isolated>" and len(parts) == 1 else code, 16)


def expected(runs: list[RUN]) -> list[int]:
    if not SHAPES:
        runs = [(without_marks(text), direction) for text, direction in runs]
    return shaped(runs)


def without_marks(text: str) -> str:
    return "".join(char for char in text if unicodedata.category(char) != "Mn")


@pytest.mark.parametrize("case", CASES)
def test_drawn_as_an_independent_shaper_draws_it(case: str) -> None:
    text, lines = CASES[case]
    assert drawn(rtl(text)) == [expected(line) for line in lines]


@pytest.mark.parametrize("case", CASES)
def test_missing_nothing_in_the_font(case: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        picture(rtl(CASES[case][0]))


def test_a_missing_glyph_would_be_noticed() -> None:
    with pytest.warns(UserWarning, match="missing from font"):
        picture(rtl("ن 漢"))


@pytest.mark.skipif(
    not (features.check("raqm") and features.check("fribidi")), reason="Pillow has no Raqm here"
)
@pytest.mark.parametrize("case", [name for name in CASES if "\n" not in CASES[name][0]])
def test_pictures_like_those_of_pillow(case: str) -> None:
    text = CASES[case][0]
    ours = picture(rtl(text))
    theirs = pillow(text if SHAPES else without_marks(text))
    # Right ones come to 0.80 and more, mirrored ones to 0.4 and less.
    assert likeness(ours, theirs) > 0.7
    assert likeness(ours[:, ::-1], theirs) < 0.5


def picture(text: str) -> np.ndarray:
    figure = Figure(figsize=(14, 2), dpi=72)
    canvas = FigureCanvasAgg(figure)
    figure.text(0.02, 0.4, text, fontsize=40, family="DejaVu Sans", parse_math=False)
    canvas.draw()
    return ink(255 - np.asarray(canvas.buffer_rgba())[..., 0])


def pillow(text: str) -> np.ndarray:
    image = Image.new("L", (1200, 160))
    font = ImageFont.truetype(FONT, 40, layout_engine=ImageFont.Layout.RAQM)
    ImageDraw.Draw(image).text((20, 40), text, fill=255, font=font, direction="rtl")
    return ink(np.asarray(image))


def ink(pixels: np.ndarray) -> np.ndarray:
    rows, columns = (np.flatnonzero((pixels > 64).any(axis)) for axis in (1, 0))
    return pixels[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]


def likeness(a: np.ndarray, b: np.ndarray) -> float:
    b = np.asarray(Image.fromarray(b).resize(a.shape[::-1]))
    return float(np.corrcoef(a.ravel(), b.ravel())[0, 1])


@pytest.mark.parametrize("case", ["lam-alif joined", "tanwin", "Latin inside", "range in words"])
def test_what_the_other_matplotlib_needs_is_drawn_wrongly(case: str) -> None:
    """The trap that `rtl` is there for: the right text before 3.11 is backwards after, and back."""
    from arabic_reshaper import reshape
    from bidi.algorithm import get_display

    text, lines = CASES[case]
    wrong = get_display(reshape(text)) if SHAPES else text
    assert drawn(wrong) != [expected(line) for line in lines]
    if SHAPES:
        with pytest.raises(RecordError, match="shaped already"):
            rtl(wrong)


def test_marks_are_drawn_where_they_can_be_placed() -> None:
    tanwin = get_font(FONT).get_char_index(ord("\u064b"))
    glyphs = drawn(rtl("قتيلاً"))[0]
    assert len(glyphs) == (5 if SHAPES else 4)  # lam and alif are one
    assert (len(shaped([R("قتيلاً")])) == len(glyphs)) is SHAPES
    assert tanwin not in drawn(rtl("قتيلا"))[0]


def test_form_of_the_text() -> None:
    text = rtl("UCDP\n\nحلب")
    if SHAPES:
        assert text == f"{RLI}UCDP{PDI}\n\n{RLI}حلب{PDI}"
    else:
        assert text == "UCDP\n\n\ufe90\ufee0\ufea3"
    assert rtl("") == ""
    assert plain(rtl("25")) == "25"


@pytest.mark.parametrize("case", CASES)
def test_twice_is_harmless(case: str) -> None:
    once = rtl(CASES[case][0])
    assert rtl(once) == once


def test_shaped_letters_are_refused() -> None:
    for prepare in (rtl, ltr):
        with pytest.raises(RecordError, match="get_display"):
            prepare("\ufe90\ufee0\ufea3")


def test_english_text_with_an_arabic_name() -> None:
    assert ltr(f"{LRI}deaths{PDI}, 2017") == "deaths, 2017"
    assert ltr("") == ""
    text = "الميادين (Al-Mayadin)"
    assert drawn(ltr(text)) == [shaped([R("الميادين"), L(" (Al-Mayadin)")])]
    assert drawn(rtl(text)) == [shaped([R(")"), L("Al-Mayadin"), R("الميادين (")])]


@pytest.mark.parametrize(
    ("text", "opener"),
    [
        ("حلب UCDP", RLI),
        ("UCDP حلب", LRI),
        ("2017", LRI),
        ("", LRI),
        (f"{LRI}14{PDI} {RLI}تشرين الأول{PDI} {LRI}2017{PDI}", RLI),
        (f"{LRI}UCDP{PDI}: القتلى", RLI),
        (f"{RLI}UCDP: القتلى{PDI}", RLI),
    ],
)
def test_isolate_takes_the_direction_of_the_text(text: str, opener: str) -> None:
    assert isolate(text) == f"{opener}{text}{PDI}"
    assert plain(isolate(text)) == plain(text)


@pytest.mark.skipif(not SHAPES, reason="before Matplotlib 3.11 SVG text is written as paths")
def test_svg_text_holds_the_letters_as_they_are_typed() -> None:
    with matplotlib.rc_context({"svg.fonttype": "none"}):
        figure, stream = Figure(), io.StringIO()
        figure.text(0, 0, rtl(f"من {isolate('UCDP')} حلب\n25 قتيلاً"), parse_math=False)
        figure.savefig(stream, format="svg")
    lines = re.findall(r"<text [^>]*>([^<]*)</text>", stream.getvalue())
    assert lines == [f"{RLI}من {LRI}UCDP{PDI} حلب{PDI}", f"{RLI}25 قتيلاً{PDI}"]
