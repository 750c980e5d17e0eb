"""Messages, numbers and dates in both languages, and the glossary that explains them."""

from __future__ import annotations

import importlib
import re
import warnings
from collections.abc import Iterator
from datetime import date, datetime
from itertools import pairwise
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from fluent.syntax import FluentParser, ast
from fluent.syntax.visitor import Visitor
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from analysis.arabic import Language, language, plain
from analysis.errors import RecordError
from analysis.record.schema import GOVERNORATES, VICTIMS

# `analysis.arabic.language` is the function of that name.
module = importlib.import_module("analysis.arabic.language")
ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "analysis" / "arabic" / "messages"
AR, EN = language("ar"), language("en")


class Contents(Visitor):
    """The variables and the texts of one message, and which texts touch a value."""

    def __init__(self, message: ast.Message) -> None:
        self.variables: set[str] = set()
        self.texts: list[str] = []
        self.before_values: list[str] = []
        self.visit(message)

    def visit_Pattern(self, node: ast.Pattern) -> None:
        for element, following in pairwise(node.elements):
            if isinstance(element, ast.TextElement) and isinstance(following, ast.Placeable):
                self.before_values.append(element.value)
        self.generic_visit(node)

    def visit_VariableReference(self, node: ast.VariableReference) -> None:
        self.variables.add(node.id.name)

    def visit_TextElement(self, node: ast.TextElement) -> None:
        self.texts.append(node.value)


def messages(code: str) -> dict[str, Contents]:
    parsed = [
        FluentParser().parse(path.read_text("utf-8")) for path in (FOLDER / code).glob("*.ftl")
    ]
    return {
        entry.id.name: Contents(entry)
        for resource in parsed
        for entry in resource.body
        if isinstance(entry, ast.Message)
    }


ARABIC, ENGLISH = messages("ar"), messages("en")


@pytest.mark.parametrize(
    ("count", "arabic", "english"),
    [
        (0, "لا قتلى", "no deaths"),
        (1, "قتيل واحد", "1 death"),
        (2, "قتيلان", "2 deaths"),
        (3, "3 قتلى", "3 deaths"),
        (10, "10 قتلى", "10 deaths"),
        (11, "11 قتيلاً", "11 deaths"),
        (25, "25 قتيلاً", "25 deaths"),
        (99, "99 قتيلاً", "99 deaths"),
        (100, "100 قتيل", "100 deaths"),
        (101, "101 قتيل", "101 deaths"),
        (102, "102 قتيل", "102 deaths"),
        (103, "103 قتلى", "103 deaths"),
        (1000, "1,000 قتيل", "1,000 deaths"),
        (53567, "53,567 قتيلاً", "53,567 deaths"),
        (12.5, "12.5 قتيل", "12.5 deaths"),
    ],
)
def test_plurals(count: float, arabic: str, english: str) -> None:
    for value in (count, float(count), np.float64(count)):
        assert AR.plain("deaths", count=value) == arabic
        assert EN.plain("deaths", count=value) == english


def test_whole_numbers_of_numpy_and_pandas() -> None:
    counts = pd.array([25], dtype="Int64")
    assert AR.plain("deaths", count=np.int64(25)) == AR.plain("deaths", count=counts[0])


def test_arabic_indic_digits() -> None:
    arab = language("ar", digits="arab")
    assert arab.plain("deaths", count=25) == "٢٥ قتيلاً"
    assert arab.plain("deaths", count=1) == "قتيل واحد"
    assert arab.plain("between", low=1018, high=1025.5) == "بين ١٬٠١٨ و١٬٠٢٥٫٥"
    assert arab.plain("at-least", value="652.1601.1911") == "652.1601.1911 على الأقل"
    assert plain(arab.date(date(2017, 10, 14))) == "١٤ تشرين الأول ٢٠١٧"
    assert plain(arab.percent(0.125, 1)) == "١٢٫٥٪"
    assert language("en", digits="arab").plain("deaths", count=25) == "25 deaths"


def test_values_are_isolated() -> None:
    lri, rli, pdi = "\u2066", "\u2067", "\u2069"
    assert AR.raw("between", low=18, high=25) == f"{rli}بين {lri}18{pdi} و{lri}25{pdi}{pdi}"
    assert AR.raw("at-least", value="حلب") == f"{rli}{rli}حلب{pdi} على الأقل{pdi}"
    assert EN.raw("at-least", value="GED") == "at least GED"
    assert EN.raw("at-least", value="حلب") == f"at least {rli}حلب{pdi}"


def test_three_ways_to_get_a_message() -> None:
    args = {"holder": AR.raw("victims-isis")}
    text = "انتقلت السيطرة إلى تنظيم الدولة الإسلامية"
    assert AR.plain("control-passed-to", **args) == text
    assert AR.text("control-passed-to", **args) == AR.show(AR.raw("control-passed-to", **args))
    assert EN.text("victims-isis") == "Islamic State"


def test_numbers() -> None:
    assert EN.number(1234567) == AR.number(1234567) == "1,234,567"
    assert EN.number(0.5, 2) == "0.50" and EN.number(2.0) == "2"
    assert AR.number(2017, group=False) == "2017"
    assert EN.number(-5) == "-5" and plain(AR.number(-5)) == "-5"
    assert EN.percent(0.5463, 1) == plain(AR.percent(0.5463, 1)) == "54.6%"
    for blank in (float("nan"), float("inf"), None, pd.NA, "25"):
        with pytest.raises(RecordError, match="not a number"):
            AR.number(blank)  # type: ignore[arg-type]


def test_months_and_dates() -> None:
    day = datetime(2017, 1, 5)
    assert plain(AR.month(day)) == "كانون الثاني"
    assert plain(AR.month(date(2018, 12, 1))) == "كانون الأول"
    assert plain(language("ar", months="international").month(day)) == "يناير"
    assert EN.month(day) == language("en", months="international").month(day) == "January"
    assert plain(AR.month_year(pd.Timestamp("2018-04-18"))) == "نيسان 2018"
    assert EN.month_year(day) == "January 2017"
    assert plain(AR.date(pd.Timestamp("2017-10-14"))) == "14 تشرين الأول 2017"
    assert EN.date(date(2017, 10, 14)) == "14 October 2017"
    assert EN.plain("at-least", value=date(2017, 10, 14)) == "at least 14 October 2017"
    for wrong in (pd.NaT, "2017-10-14", None):
        for method in (AR.month, AR.month_year, AR.date):
            with pytest.raises(RecordError, match="is not a date"):
                method(wrong)  # type: ignore[arg-type]


def test_month_names_against_cldr() -> None:
    from babel import Locale

    for locale, names in (("ar_SY", AR), ("ar", language("ar", months="international"))):
        cldr = Locale.parse(locale).months["stand-alone"]["wide"]
        assert [plain(names.month(date(2017, m, 1))) for m in cldr] == list(cldr.values())


@pytest.mark.parametrize(
    ("id", "args", "match"),
    [
        ("no-such-message", {}, "no message 'no-such-message'"),
        ("deaths", {}, "count"),
        ("between", {"low": 18}, "high"),
        ("deaths", {"count": float("nan")}, "nan"),
        ("deaths", {"count": pd.NA}, "neither"),
        ("deaths", {"count": None}, "neither"),
        ("deaths", {"count": True}, "neither"),
        ("at-least", {"value": "\ufe90\ufee0\ufea3"}, "shaped already"),
    ],
)
@pytest.mark.parametrize("lang", [AR, EN], ids=["ar", "en"])
def test_what_cannot_be_written_is_refused(
    lang: Language, id: str, args: dict[str, object], match: str
) -> None:
    for method in (lang.text, lang.plain, lang.raw):
        with pytest.raises(RecordError, match=match) as caught:
            method(id, **args)
        assert "\n" not in str(caught.value)


def test_has() -> None:
    assert AR.has("deaths") and not AR.has("no-such-message")


def test_language_is_chosen_once_and_rightly() -> None:
    assert language("ar") is language("ar", digits="latn", months="levantine")
    assert AR.is_rtl and not EN.is_rtl and (AR.code, EN.code) == ("ar", "en")
    with pytest.raises(AttributeError):
        AR.code = "en"  # type: ignore[misc]
    for wrong in ({"code": "fr"}, {"code": "ar", "digits": "x"}, {"code": "ar", "months": "x"}):
        with pytest.raises(ValueError, match=r"^There is no \w+ '\w+': choose '\w+' or '\w+'\.$"):
            language(**wrong)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty folder in the place of the English messages."""
    monkeypatch.setattr(module, "_FOLDER", tmp_path)
    module._bundle.cache_clear()
    (tmp_path / "en").mkdir()
    yield tmp_path / "en"
    module._bundle.cache_clear()


@pytest.mark.parametrize(
    ("text", "match"),
    [
        ("a = { $b\n", "cannot be read"),
        ("a = b\na = c\n", "second time"),
        ("a = { -no-term }\n", "no-term"),
        ("a = { NUMBER($n) }\n", "Language writes numbers"),
        ("a =\n    .only = attribute\n", "no text"),
        ("a = x { a }\n", "Cyclic"),
    ],
)
def test_faulty_messages_are_refused(folder: Path, text: str, match: str) -> None:
    (folder / "some.ftl").write_text(text, encoding="utf-8")
    with pytest.raises(RecordError, match=match):
        EN.text("a", n=1)


def test_every_file_is_read(folder: Path) -> None:
    (folder / "one.ftl").write_text("a = A\n", encoding="utf-8")
    (folder / "two.ftl").write_text("b = { a }B\n", encoding="utf-8")
    assert EN.text("b") == "AB"
    module._bundle.cache_clear()
    (folder / "three.ftl").write_text("a = C\n", encoding="utf-8")
    with pytest.raises(RecordError, match="second time"):
        EN.text("b")


def test_both_languages_say_the_same_things() -> None:
    assert ARABIC.keys() == ENGLISH.keys()
    different = [id for id in ARABIC if ARABIC[id].variables != ENGLISH[id].variables]
    assert not different


def test_every_group_and_governorate_has_its_words() -> None:
    groups = """government_and_allies isis hts opposition opposition_and_hts sdf turkish_forces
        russia coalition local_armed mixed_jihadist mixed_rebel_sdf other_states civilians unknown
        all"""
    ids = [f"victims-{group}".replace("_", "-") for group in groups.split()]
    ids += [f"{id}-short" for id in ids]
    ids += [f"governorate-SY{n:02}" for n in range(1, 15)]
    assert not [id for id in ids if not (AR.has(id) and EN.has(id))]
    assert AR.plain("governorate-SY09") == "دير الزور"


def test_governorates_against_the_ocha_names() -> None:
    path = ROOT.parent / "shared" / "reference" / "adm1_names_ucdp_ocha.csv"
    if not path.exists():
        pytest.skip("the OCHA name list is not here")
    for row in pd.read_csv(path).itertuples():
        assert AR.plain(f"governorate-{row.ocha_pcode}") == row.ocha_name_ar


def test_figures_and_codebook_name_the_governorates_alike() -> None:
    for code, (english, arabic) in GOVERNORATES.items():
        assert EN.plain(f"governorate-{code}") == english
        assert AR.plain(f"governorate-{code}") == arabic


def test_figures_and_codebook_name_the_groups_alike() -> None:
    for code, (english, arabic) in VICTIMS.items():
        assert EN.plain(f"victims-{code}".replace("_", "-")) == english
        assert AR.plain(f"victims-{code}".replace("_", "-")) == arabic


def test_arabic_texts_can_be_drawn() -> None:
    figure = Figure()
    canvas = FigureCanvasAgg(figure)
    texts = {text for contents in ARABIC.values() for text in contents.texts}
    texts |= {AR.number(-1234567.5, 1), AR.percent(0.5)}
    arab = language("ar", digits="arab")
    texts |= {arab.number(-1234567890.5, 1), arab.percent(0.5)}
    figure.text(0, 0, AR.show("\n".join(sorted(texts))), family="DejaVu Sans", parse_math=False)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        canvas.draw()


def test_arabic_texts_are_written_soundly() -> None:
    for id, contents in ARABIC.items():
        whole = "".join(contents.texts)
        assert not re.search(r"[\u200e\u200f\u202a-\u202e\u2066-\u2069]", whole), id
        assert not re.search(r"\d\s*[-–—]\s*\d", whole), f"{id}: a range with a dash"
        # A value is isolated: a letter before it would be drawn as if it stood alone.
        joining = [t for t in contents.before_values if t[-1] in "ئبتثجحخسشصضطظعغفقكلمنهي"]
        assert not joining, id


ONE_SIDED = {
    "ar": "شهيد|شهداء|داعش|إرهاب|ارهاب|النظام|الثوار|محرر|احتلال|مرتزقة|ميليشيا|صرعى|عصابات|تحرير",
    "en": "martyr|terror|regime|liberat|rebels|militia|occup(?!ied Golan)|mercenar|daesh",
}


@pytest.mark.parametrize(("code", "found"), [("ar", ARABIC), ("en", ENGLISH)])
def test_words_take_no_side(code: str, found: dict[str, Contents]) -> None:
    for id, contents in found.items():
        whole = "".join(contents.texts).replace("هيئة تحرير الشام", "")
        assert not re.search(ONE_SIDED[code], whole, re.IGNORECASE), id


def glossary() -> list[tuple[str, str, str]]:
    text = (ROOT / "docs" / "GLOSSARY.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (.+?) \| (.+?) \|.*\| `([^`]+)` \|$", text, re.MULTILINE)
    assert len(rows) == len(re.findall(r"^\| (?!English)", text, re.MULTILINE))
    return rows


def called(lang: Language, call: str) -> str:
    """What a call such as ``held-by(holder=victims-isis)`` writes."""
    id, _, inside = call.rstrip(")").partition("(")
    pairs = (pair.split("=") for pair in inside.split(", ") if pair)
    args: dict[str, object] = {
        name: lang.raw(value) if lang.has(value) else int(value) for name, value in pairs
    }
    if id in ("date", "month-year"):
        args = {k: str(v) for k, v in args.items()}
    return lang.plain(id, **args)


@pytest.mark.parametrize(("english", "arabic", "call"), glossary())
def test_the_figures_use_the_words_of_the_glossary(english: str, arabic: str, call: str) -> None:
    assert called(EN, call) == english
    assert called(AR, call) == arabic


def test_the_glossary_leaves_no_term_out() -> None:
    explained = {call.partition("(")[0] for _, _, call in glossary()}
    terms = FluentParser().parse((FOLDER / "ar" / "terms.ftl").read_text("utf-8"))
    assert {e.id.name for e in terms.body if isinstance(e, ast.Message)} == explained
