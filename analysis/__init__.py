"""The Syria 2017–2018 record: casualty trends and territorial changes, from a sourced record.

Nothing heavy is imported until it is needed: each public name is fetched at its first use.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from analysis.arabic import rtl
    from analysis.casualties import monthly_deaths
    from analysis.errors import RecordError
    from analysis.figures import FIGURES, draw, trace
    from analysis.publishing import publish
    from analysis.record import Finding, Record, check, load

__all__ = [
    "FIGURES",
    "Finding",
    "Record",
    "RecordError",
    "check",
    "draw",
    "load",
    "monthly_deaths",
    "publish",
    "rtl",
    "trace",
]

_HOME = {
    "FIGURES": "analysis.figures",
    "Finding": "analysis.record",
    "Record": "analysis.record",
    "RecordError": "analysis.errors",
    "check": "analysis.record",
    "draw": "analysis.figures",
    "load": "analysis.record",
    "monthly_deaths": "analysis.casualties",
    "publish": "analysis.publishing",
    "rtl": "analysis.arabic",
    "trace": "analysis.figures",
}


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'analysis' has no name {name!r}; it has {', '.join(__all__)}")
    value = getattr(importlib.import_module(_HOME[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
