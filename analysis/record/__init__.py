"""The record: its schema, its reader, its checks and its evidence."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from analysis.errors import RecordError
from analysis.paths import data_folder
from analysis.record import rules
from analysis.record.reading import FILE_RULES, Finding, read_tables, read_version
from analysis.record.schema import TABLES

__all__ = ["FILE_RULES", "TABLES", "Finding", "Record", "check", "load"]


@dataclass(frozen=True, eq=False)  # tables have no one truth value
class Record:
    """The tables of a record, as pandas DataFrames.

    Each table of the schema is an attribute: ``record.claims``, ``record.events``, …

    Attributes
    ----------
    folder : Path
        Where it was read from.
    version : str
        Calendar version of the record (``2026.11.0``), from its ``datapackage.json``;
        ``unversioned`` where the folder has none.
    tables : dict of DataFrame
        The tables by name. Counts are Int64 (blank stays blank), dates datetime64, text str.
    """

    folder: Path
    version: str
    tables: dict[str, pd.DataFrame] = field(repr=False)

    def __getattr__(self, name: str) -> pd.DataFrame:
        if name in TABLES:
            return self.tables[name]
        raise AttributeError(f"A record has no table {name}; it has {', '.join(TABLES)}.")

    def __dir__(self) -> list[str]:
        return [*super().__dir__(), *TABLES]


def a_record(given: object) -> Record:
    """Return what was given if it is a record, and refuse it otherwise."""
    if isinstance(given, Record):
        return given
    kind = type(given).__name__
    raise RecordError(f"A record is needed, not a {kind}: load one with analysis.load(FOLDER).")


def load(path: str | Path | None = None) -> Record:
    """Load a record: all of it, or nothing.

    Parameters
    ----------
    path : path-like, optional
        Folder with the record's CSV tables; the project's own ``data/`` when left out.

    Returns
    -------
    Record
        The tables as typed DataFrames, and the record's version.

    Raises
    ------
    RecordError
        If a table is missing or any file or cell is faulty: one sentence for each fault. Rules
        between rows and tables are the business of :func:`check`.

    Examples
    --------
    >>> record = load()
    >>> record.claims.loc[record.claims.event_id == "mayadin-2018-04-18", "low"].max()
    np.int64(25)
    """
    folder = data_folder(path)
    tables, findings = read_tables(folder)
    version, faults = read_version(folder)
    if findings := findings + faults:
        raise RecordError("\n".join(finding.message for finding in findings))
    return Record(folder, version, tables)


def check(path: str | Path | None = None) -> list[Finding]:
    """Check a record: its files, its cells, and the rules between its rows.

    Parameters
    ----------
    path : path-like, optional
        Folder with the record's CSV tables; the project's own ``data/`` when left out.

    Returns
    -------
    list of Finding
        All findings at once, table by table; empty where nothing is wrong. Rules are applied to
        those tables that could be read.

    Raises
    ------
    RecordError
        If there is no such folder.

    Examples
    --------
    >>> check()
    []
    """
    folder = data_folder(path)
    tables, findings = read_tables(folder)
    return findings + read_version(folder)[1] + rules.apply(tables)
