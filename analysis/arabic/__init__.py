"""Arabic and English text for figures: words, numbers, dates, direction and mirrored layout."""

from __future__ import annotations

from analysis.arabic.language import Language, language
from analysis.arabic.text import isolate, ltr, plain, rtl

__all__ = ["Language", "isolate", "language", "ltr", "plain", "rtl"]
