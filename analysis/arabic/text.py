"""Arabic text made ready for Matplotlib: the only place in the package that does this.

Matplotlib 3.11 and later shape Arabic and put it in visual order themselves, so they must be given
logical text; earlier releases draw character by character, so they must be given text that is
already shaped and in visual order. The one given to the other is drawn backwards, silently.

A dollar sign in a label can switch Matplotlib to mathtext, which does none of this. Nothing done to
the text prevents that in every case, so whoever draws turns it off: ``parse_math=False`` on the
artist or ``rcParams["text.parse_math"] = False``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib.metadata import version
from typing import Literal
from unicodedata import bidirectional

from analysis.errors import RecordError

__all__ = ["isolate", "ltr", "plain", "rtl"]

LRI, RLI, FSI, PDI = "\u2066", "\u2067", "\u2068", "\u2069"
_OPENERS = LRI + RLI + FSI
CONTROLS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
# Arabic letters in presentation form: somebody has shaped this text already.
_SHAPED = re.compile("[\ufb50-\ufbb1\ufbd3-\ufd3d\ufd50-\ufdf9\ufe70-\ufefc]")
# Variation selectors, which take the direction of what they follow; no text here has any.
_MARKS = "\ufe00\ufe01"

Base = Literal["L", "R"]


class _Ready(str):
    """Text that is ready already, so that preparing it twice is harmless."""

    __slots__ = ()


def rtl(text: str) -> str:
    """Give Arabic text the form that the installed Matplotlib draws rightly.

    Each line runs from right to left, even when it begins with Latin letters or a digit. Parts that
    are isolated already (`isolate`, or FSI, LRI, RLI … PDI) stay so; an isolate that runs over a
    line end is closed there and opened again on the next line.

    Parameters
    ----------
    text : str
        Logical text, in one or several lines; it may be empty or hold no Arabic at all.

    Returns
    -------
    str
        On Matplotlib 3.11 and later the same text with every line wrapped in RLI … PDI. On earlier
        releases shaped text in visual order without bidi controls and without vowel signs and
        tanwin (harakat), which those cannot place: «قتيلاً» is drawn as «قتيلا» there.
        A result given back to this function comes back unchanged. A string put together from
        results does not know what it is: put logical parts together, then call this once.

    Raises
    ------
    RecordError
        If it is no string, or holds shaped letters (presentation forms), as `arabic_reshaper`
        makes them.

    Examples
    --------
    >>> plain(rtl("")), rtl(rtl("UCDP")) == rtl("UCDP")
    ('', True)
    """
    return _prepared(text, "R")


def ltr(text: str) -> str:
    """Give left-to-right text with Arabic in it the form that the installed Matplotlib needs.

    Parameters
    ----------
    text : str
        Logical text, in one or several lines.

    Returns
    -------
    str
        The text itself, without bidi controls, if it holds no right-to-left letter; otherwise as
        `rtl`, but with lines that run from left to right.

    Raises
    ------
    RecordError
        As `rtl`.

    Examples
    --------
    >>> ltr("deaths, 2017")
    'deaths, 2017'
    """
    if any(bidirectional(char) in ("R", "AL") for char in text):
        return _prepared(text, "L")
    return plain(text)


def isolate(text: str) -> str:
    """Shut a part of a text off, so that it and its surroundings do not reorder each other.

    The direction is fixed by the first letter, passing over left-to-right parts that are isolated
    already, and is left-to-right if there is none, as for a number. It is written out (LRI or RLI)
    because FSI, which leaves the choice to the reader, also passes over isolated Arabic.

    Parameters
    ----------
    text : str
        Logical text.

    Returns
    -------
    str
        LRI or RLI, the text, PDI.

    Examples
    --------
    >>> ascii(isolate("UCDP")), ascii(isolate("نص"))
    ("'\\\\u2066UCDP\\\\u2069'", "'\\\\u2067\\\\u0646\\\\u0635\\\\u2069'")
    """
    return (RLI if _direction(text) == "R" else LRI) + text + PDI


def plain(text: str) -> str:
    """Take the bidi controls out of a text.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    str
        The text without marks (LRM, RLM, ALM), embeddings, overrides and isolates.

    Examples
    --------
    >>> plain(isolate("UCDP"))
    'UCDP'
    """
    return CONTROLS.sub("", text)


def refuse_shaped(text: str) -> None:
    """Raise `RecordError` if `text` holds Arabic letters that are shaped already."""
    if _SHAPED.search(text):
        raise RecordError(
            f"The text {text!r} holds Arabic letters that are shaped already, which Matplotlib "
            "would draw backwards; give it as it is typed, without arabic_reshaper or get_display."
        )


def _prepared(text: str, base: Base) -> str:
    if isinstance(text, _Ready):
        return text
    if not isinstance(text, str):
        raise RecordError(f"{text!r} is no text: give a string.")
    refuse_shaped(text)
    # A wrapper round an empty line would be drawn as a line of no text but some width.
    lines = (line if not line else _line(line, base) for line in _lines(text))
    return _Ready("\n".join(lines))


def _line(line: str, base: Base) -> str:
    if matplotlib_shapes():
        return (RLI if base == "R" else LRI) + line + PDI
    return _visual(line, base)


@cache
def matplotlib_shapes() -> bool:
    """Tell whether Matplotlib shapes text itself, without importing it."""
    major, minor = version("matplotlib").split(".")[:2]
    return (int(major), int(minor)) >= (3, 11)


def _lines(text: str) -> Iterator[str]:
    """Give the lines of a text, each with all its isolates closed."""
    carried = ""
    for line in text.split("\n"):
        kept, still_open = [], ""
        for char in carried + line if line else "":
            if char in _OPENERS:
                still_open += char
            elif char == PDI:
                if not still_open:
                    continue
                still_open = still_open[:-1]
            kept.append(char)
        if line:
            carried = still_open
        yield "".join(kept) + PDI * len(still_open)


def _direction(text: str) -> Base:
    depth = 0
    for char in text:
        if depth == 0:
            if char == RLI or bidirectional(char) in ("R", "AL"):
                return "R"
            if bidirectional(char) == "L":
                return "L"
        if char in _OPENERS:
            depth += 1
        elif char == PDI and depth:
            depth -= 1
    return "L"


def _visual(line: str, base: Base) -> str:
    """Shape a line and put it in visual order."""
    # Only Matplotlib before 3.11 needs these. The compiled get_display knows isolates and pairs of
    # brackets, as the pure-Python one in bidi.algorithm does not, but it does not mirror. So what
    # may have to be mirrored is followed by two marks: it has to be where they come out swapped.
    from bidi import get_display
    from bidi.mirror import MIRRORED

    marked = "".join(
        char + _MARKS if char in MIRRORED else char for char in _reshaper().reshape(line)
    )
    visual = get_display(marked, base_dir=base)
    swapped = re.compile(f"{_MARKS[::-1]}(.)")
    return plain(swapped.sub(lambda found: MIRRORED[found[1]], visual).replace(_MARKS, ""))


@cache
def _reshaper():  # type: ignore[no-untyped-def]
    from arabic_reshaper import ArabicReshaper

    # DejaVu Sans has no Allah ligature, and marks would be drawn beside their letters.
    return ArabicReshaper({"ARABIC LIGATURE ALLAH": False, "delete_harakat": True})
