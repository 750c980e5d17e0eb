"""Words, numbers and dates of the figures, in Arabic and in English.

The words stand in Fluent files, ``messages/CODE/*.ftl``; both languages have the same messages with
the same variables. `Language.text` and `Language.show` give what Matplotlib draws, `Language.plain`
what a reader of alt text or Markdown gets, and the others logical text to put together first.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from numbers import Real
from pathlib import Path
from typing import Any, Literal, NoReturn, cast
from unicodedata import bidirectional

from babel import Locale
from babel.numbers import format_decimal, format_percent
from fluent.runtime import FluentBundle, FluentResource
from fluent.runtime.resolver import CurrentEnvironment, ResolverEnvironment
from fluent.runtime.types import FluentFloat
from fluent.syntax import ast

from analysis.arabic import text as prepare
from analysis.errors import RecordError

__all__ = ["Language", "language"]

Code = Literal["ar", "en"]
Digits = Literal["latn", "arab"]
Months = Literal["levantine", "international"]

_FOLDER = Path(__file__).parent / "messages"
_ARABIC_INDIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
_CHOICES = {
    "language": ("ar", "en"),
    "digits": ("latn", "arab"),
    "months": ("levantine", "international"),
}


def language(code: str, digits: str = "latn", months: str = "levantine") -> Language:
    """Give a language to label figures in.

    Parameters
    ----------
    code : {"ar", "en"}
        Arabic or English.
    digits : {"latn", "arab"}
        Western (0–9) or Arabic-Indic (٠–٩) digits; only Arabic text heeds it.
    months : {"levantine", "international"}
        Month names: كانون الثاني … or يناير …; English has one set.

    Returns
    -------
    Language
        The same object for the same arguments.

    Raises
    ------
    RecordError
        If an argument is none of the above.

    Examples
    --------
    >>> language("ar").plain("deaths", count=25)
    '25 قتيلاً'
    >>> language("en").plain("deaths", count=1)
    '1 death'
    """
    for (name, allowed), value in zip(_CHOICES.items(), (code, digits, months), strict=True):
        if value not in allowed:
            choices = " or ".join(repr(choice) for choice in allowed)
            raise RecordError(f"There is no {name} {value!r}: choose {choices}.")
    return _language(code, digits, months)


@cache
def _language(code: str, digits: str, months: str) -> Language:
    return Language(cast(Code, code), cast(Digits, digits), cast(Months, months))


@dataclass(frozen=True)
class Language:
    """A language with its digits and month names; made by `language`.

    Values given to a message are shown like this: a number with the language's digits and grouping
    (it also selects the plural), a date as `date` writes it, and a string letter by letter, digits
    included. In Arabic each is isolated, so that it cannot disturb the order of the words round it.

    Attributes
    ----------
    code : {"ar", "en"}
    digits : {"latn", "arab"}
    months : {"levantine", "international"}
    """

    code: Code
    digits: Digits = "latn"
    months: Months = "levantine"

    @property
    def is_rtl(self) -> bool:
        """Whether text runs from right to left."""
        return self.code == "ar"

    def has(self, id: str) -> bool:
        """Tell whether there is a message of this id."""
        return self._bundle.has_message(id)

    def text(self, id: str, /, **args: object) -> str:
        """Give a message ready for Matplotlib.

        Parameters
        ----------
        id : str
            The message, such as ``"victims-isis"``.
        **args : int, float, str or datetime.date
            Its variables.

        Returns
        -------
        str

        Raises
        ------
        RecordError
            If there is no such message, a variable is missing or blank, or the message is faulty.
        """
        return self.show(self.raw(id, **args))

    def plain(self, id: str, /, **args: object) -> str:
        """Give a message as text without bidi controls, for alt text, metadata and Markdown.

        Parameters, errors: as `text`.
        """
        return prepare.plain(self.raw(id, **args))

    def raw(self, id: str, /, **args: object) -> str:
        """Give a message as logical text with isolates, to be put together and given to `show`.

        Parameters, errors: as `text`. An Arabic message is one isolate.
        """
        if not self.has(id):
            raise RecordError(
                f"There is no message {id!r} in {self.code!r}: add it to a file in "
                f"analysis/arabic/messages/{self.code}, or correct the id."
            )
        values = {name: self._value(id, name, value) for name, value in args.items()}
        text = _formatted(self._bundle, id, values)
        return f"{prepare.RLI}{text}{prepare.PDI}" if self.is_rtl else text

    def show(self, text: str) -> str:
        """Make logical text ready for Matplotlib (`rtl` for Arabic, `ltr` for English).

        Parameters
        ----------
        text : str
            Text from `raw`, `number`, `month` …, or put together from such.
        """
        return prepare.rtl(text) if self.is_rtl else prepare.ltr(text)

    def number(self, x: float, places: int = 0, *, group: bool = True) -> str:
        """Write a number with the language's digits, as logical text.

        Parameters
        ----------
        x : float
            Any finite number.
        places : int
            Decimal places, always written out.
        group : bool
            Whether to mark thousands; not for years.

        Raises
        ------
        RecordError
            If `x` is blank (NaN, NA, None), infinite or no number.

        Examples
        --------
        >>> language("en").number(1234.5, 1), language("ar", digits="arab").number(1234)
        ('1,234.5', '١٬٢٣٤')
        """
        return self._number(_finite(x), "#,##0" + _decimals(places), group=group)

    def percent(self, share: float, places: int = 0) -> str:
        """Write a share as a percentage, as logical text.

        Parameters
        ----------
        share : float
            A part of 1: 0.25 is 25 %.
        places : int
            Decimal places, always written out.

        Raises
        ------
        RecordError
            As `number`.
        """
        pattern = "#,##0" + _decimals(places) + "%"
        return self._signs(
            format_percent(_finite(share), pattern, self._locale, numbering_system=self._digits)
        )

    def month(self, ts: dt.date) -> str:
        """Write the month of a date, as logical text: تشرين الأول, October.

        Parameters
        ----------
        ts : datetime.date, datetime.datetime or pandas.Timestamp

        Raises
        ------
        RecordError
            If `ts` is blank or no date.
        """
        return self.raw(f"month-{self.months}-{_checked(ts).month}")

    def month_year(self, ts: dt.date) -> str:
        """Write the month and year of a date, as logical text: تشرين الأول 2017, October 2017.

        Parameters, errors: as `month`.
        """
        return self.raw("month-year", month=self.month(ts), year=self._year(ts))

    def date(self, ts: dt.date) -> str:
        """Write a date, as logical text: 14 تشرين الأول 2017, 14 October 2017.

        Parameters, errors: as `month`.
        """
        day = self.number(_checked(ts).day)
        return self.raw("date", day=day, month=self.month(ts), year=self._year(ts))

    def _year(self, ts: dt.date) -> str:
        return self.number(_checked(ts).year, group=False)

    def _number(self, x: float, pattern: str, group: bool = True) -> str:
        return self._signs(
            format_decimal(
                x, pattern, self._locale, group_separator=group, numbering_system=self._digits
            )
        )

    def _signs(self, number: str) -> str:
        # Babel leaves digits and these signs as in the pattern. CLDR's signs bring the marks that
        # keep them in their place beside the digits.
        symbols = self._locale.number_symbols[self._digits]
        number = number.replace("-", symbols["minusSign"]).replace("%", symbols["percentSign"])
        return number.translate(_ARABIC_INDIC) if self._digits == "arab" else number

    def _value(self, id: str, name: str, value: object) -> object:
        """Make a value ready to stand in a message."""
        where = f"{name!r} of message {id!r}"
        if isinstance(value, str):
            prepare.refuse_shaped(value)
            return self._isolated(value)
        if isinstance(value, dt.date):
            return self._isolated(self.date(value))
        if isinstance(value, Real) and not isinstance(value, bool):
            if not math.isfinite(value):
                raise RecordError(f"The value {value} for {where} is not a number: leave it out.")
            return _Number(float(value), self)
        raise RecordError(f"The value {value!r} for {where} is neither number, text nor date.")

    def _isolated(self, text: str) -> str:
        foreign = self.is_rtl or any(bidirectional(char) in ("R", "AL") for char in text)
        return prepare.isolate(text) if foreign else text

    @property
    def _digits(self) -> Digits:
        return self.digits if self.is_rtl else "latn"

    @cached_property
    def _locale(self) -> Locale:
        return Locale(self.code)

    @property
    def _bundle(self) -> FluentBundle:
        return _bundle(self.code)


class _Number(FluentFloat):
    """A number that selects plurals as a number and is written by a `Language`."""

    _language: Language

    def __new__(cls, value: float, language: Language) -> _Number:
        self = cast(_Number, super().__new__(cls, value))
        self._language = language
        return self

    def format(self, locale: Locale) -> str:
        return self._language._isolated(self._language._number(float(self), "#,##0.###"))


def _finite(x: object) -> float:
    if isinstance(x, Real) and math.isfinite(x):
        return float(x)
    raise RecordError(f"The value {x!r} is not a number that can be written: leave it out.")


def _checked(ts: dt.date) -> dt.date:
    # pandas' NaT is a date by type; its parts are not numbers.
    if isinstance(ts, dt.date) and ts == ts:
        return ts
    raise RecordError(f"The value {ts!r} is not a date: give a datetime.date or pandas Timestamp.")


def _decimals(places: int) -> str:
    return "." + "0" * places if places else ""


def _formatted(bundle: FluentBundle, id: str, values: Mapping[str, object]) -> str:
    # Not FluentBundle.format_pattern, which turns every number into its own kind first and so
    # cannot write other digits.
    pattern = bundle.get_message(id).value
    errors: list[Exception] = []
    environment = ResolverEnvironment(
        context=bundle, current=CurrentEnvironment(args=dict(values)), errors=errors
    )
    result = None if pattern is None else pattern(environment)
    if errors or not isinstance(result, str):
        what = "; ".join(str(error) for error in errors) or "it has no text"
        raise RecordError(
            f"The message {id!r} in {bundle.locales[0]!r} cannot be written: {what}. "
            "Give every variable that it names, or correct the message."
        )
    return result


@cache
def _bundle(code: str) -> FluentBundle:
    """Read all messages of a language."""
    # Isolating is done here, value by value: Fluent would also isolate parts of its own sentences,
    # and by FSI, which takes a date in isolated parts for left-to-right text.
    refuse = {"NUMBER": _refuse, "DATETIME": _refuse}
    bundle = FluentBundle([code], functions=cast(Any, refuse), use_isolating=False)
    for path in sorted((_FOLDER / code).glob("*.ftl")):
        resource = FluentResource(path.read_text(encoding="utf-8"))
        _check(bundle, resource, path)
        bundle.add_resource(resource)
    return bundle


def _check(bundle: FluentBundle, resource: ast.Resource, path: Path) -> None:
    seen: set[str] = set()
    for entry in resource.body:
        if isinstance(entry, ast.Junk):
            start = (entry.content or "").strip().splitlines()[0]
            raise RecordError(f"{path.name} in {path.parent} cannot be read at {start!r}: mend it.")
        if isinstance(entry, ast.Message):
            if entry.id.name in seen or bundle.has_message(entry.id.name):
                raise RecordError(
                    f"{path.name} in {path.parent} has {entry.id.name!r} a second time: remove one."
                )
            seen.add(entry.id.name)


def _refuse(*args: object, **options: object) -> NoReturn:
    raise TypeError("NUMBER and DATETIME are not used: Language writes numbers and dates")
