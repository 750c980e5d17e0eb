"""Decimals with at most six places as whole millionths: unlike floats, they add up exactly."""

from __future__ import annotations

from typing import TypeVar

import pandas as pd

MILLION = 1_000_000
Pandas = TypeVar("Pandas", pd.Series, pd.DataFrame)


def millionths(values: Pandas) -> Pandas:
    """Return decimals as whole numbers of millionths (int64).

    Examples
    --------
    >>> millionths(pd.Series([0.1, 0.2])).sum()
    np.int64(300000)
    """
    return (values * MILLION).round().astype("int64")


def from_millionths(values: Pandas) -> Pandas:
    """Return whole millionths as the nearest floats."""
    return values / MILLION
