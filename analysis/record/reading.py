"""Read the tables of a record: strict about the files, one plain sentence for each fault.

Every file is read to its end and every fault in it is told; a table with a fault is never
handed on in part.
"""

from __future__ import annotations

import csv
import io
import json
import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd

from analysis.record.schema import TABLES, Column, Table


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault in a record.

    Attributes
    ----------
    rule : str
        Name of the rule that is broken.
    severity : str
        ``error`` or ``warning``.
    table : str
        Table, as in the schema; ``datapackage`` for the version.
    row : int or None
        Row as a spreadsheet counts it: the header line is row 1. None for a whole file.
    column : str
        Column, or an empty string.
    message : str
        One sentence: what is wrong, where, what to do.
    """

    rule: str
    severity: str
    table: str
    row: int | None
    column: str
    message: str

    def __str__(self) -> str:
        return f"{self.severity}: {self.message} [{self.rule}]"


FILE_RULES = {
    "file-present": "every table of the schema has its file",
    "file-not-empty": "a file has a header line",
    "file-utf8": "files are UTF-8",
    "file-no-bom": "files begin without a byte-order mark",
    "file-lf": "lines end with LF",
    "file-no-nul": "files hold no NUL bytes",
    "file-comma": "cells are separated by commas",
    "file-quotes": "quotes are opened and closed (RFC 4180)",
    "file-whole": "the last line of a file is whole and ends with a line break",
    "columns-complete": "every column of the schema is there",
    "columns-known": "no column is unknown or stands twice",
    "row-width": "every row has as many cells as the header",
    "cell-required": "what must be known is not blank",
    "cell-text": "text is NFC, with no stray space or invisible sign",
    "cell-arabic": "Arabic names are in plain Arabic letters",
    "cell-choice": "codes come from their closed list",
    "cell-form": "addresses, DOIs, sums and colours are written in their form",
    "cell-count": "counts are whole numbers, 0 or more, in the digits 0 to 9",
    "cell-decimal": "decimals are plain numbers inside their bounds",
    "cell-date": "dates are real days written 2018-04-19, months 2018-04",
    "cell-key": "ids are letters, digits and . _ - without spaces",
    "cell-spans": "evidence spans are start-end with start before end",
    "version-stated": "datapackage.json, where there is one, states the version of the record",
}
"""What the reader demands of the files and cells, by rule."""

# A whole quoted cell. Possessive, so that a broken file takes no longer than a sound one.
_QUOTED = re.compile(r'(?:(?<=,)|^)"(?:[^"]++|"")*+"(?=,|$)', re.MULTILINE)

Read = tuple[pd.DataFrame | None, list[Finding]]


def read_table(folder: Path, table: Table) -> Read:
    """Read one table; the frame is None where the file had any fault."""
    rows, findings = _read_rows(folder / f"{table.name}.csv", table)
    if rows is None:
        return None, findings
    cells, more = _columns(rows, table)
    findings += more
    if cells is None:
        return None, findings
    faults = [fault for column in table.columns for fault in _faults(cells, column, table)]
    if findings or faults:
        return None, findings + faults
    return pd.DataFrame({c.name: _typed(cells[c.name], c) for c in table.columns}), []


def read_tables(folder: Path) -> tuple[dict[str, pd.DataFrame], list[Finding]]:
    """Read every table of the schema from ``folder``."""
    frames: dict[str, pd.DataFrame] = {}
    findings: list[Finding] = []
    for table in TABLES.values():
        frame, faults = read_table(folder, table)
        findings += faults
        if frame is not None:
            frames[table.name] = frame
    return frames, findings


def read_version(folder: Path) -> tuple[str, list[Finding]]:
    """Read the version of a record; ``unversioned`` where it has no ``datapackage.json``."""
    file = folder / "datapackage.json"
    if not file.exists():
        return "unversioned", []
    try:
        version = json.loads(file.read_bytes())["version"]
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        version = None
    if isinstance(version, str) and version.strip():
        return version, []
    message = 'datapackage.json does not state a version: write it as "version": "2026.11.0".'
    return "unversioned", [
        Finding("version-stated", "error", "datapackage", None, "version", message)
    ]


# --- the file -----------------------------------------------------------------------------------


def _read_rows(path: Path, table: Table) -> tuple[list[list[str]] | None, list[Finding]]:
    """Return the cells of a file, row by row, or None where they cannot be told apart."""
    name = path.name
    findings: list[Finding] = []

    def fault(rule: str, message: str, row: int | None = None) -> None:
        findings.append(Finding(rule, "error", table.name, row, "", message))

    try:
        raw = path.read_bytes()
    except OSError:
        fault("file-present", f"{name} is missing or cannot be opened: put it into {path.parent}.")
        return None, findings
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        fault("file-utf8", f"{name} is in UTF-16: save it as UTF-8.")
        return None, findings
    if b"\0" in raw:
        line = raw[: raw.index(b"\0")].count(b"\n") + 1
        message = f"{name}, line {line}: there is a NUL byte; put back an undamaged copy."
        fault("file-no-nul", message, line)
        return None, findings
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        fault("file-utf8", f"{name}, line {line}: this is not UTF-8; save the file as UTF-8.", line)
        return None, findings
    if text.startswith("\ufeff"):
        fault("file-no-bom", f"{name} begins with a byte-order mark: save it as UTF-8 without BOM.")
        text = text[1:]
    if "\r" in text:
        fault("file-lf", f"{name} has CR or CRLF line ends: save it with LF line ends.")
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        fault("file-not-empty", f"{name} is empty: it needs at least its header line.")
        return None, findings
    header_line = text.partition("\n")[0]
    if "," not in header_line and re.search(r"[;\t|]", header_line):
        fault("file-comma", f"{name} is not separated by commas: save it as CSV with commas.", 1)
        return None, findings
    bare = _QUOTED.sub("", text) if '"' in text else ""
    if '"' in bare:
        row = bare[: bare.index('"')].count("\n") + 1
        fault(
            "file-quotes",
            f"{name}, row {row}: a quote is never closed, or stands inside a cell without being "
            "doubled; mend the quotes there.",
            row,
        )
        return None, findings
    whole = text.endswith("\n")
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error:  # quotes are sound, so it can only be the length of a cell
        fault("file-quotes", f"{name} has a cell of more than 131,072 characters: look for quotes.")
        return None, findings

    if not whole:
        last = len(rows)
        fault(
            "file-whole",
            f"{name}, row {last}: the last line does not end with a line break, so the file may "
            "have been cut; complete that row and end it with a line break.",
            last,
        )
        if len(rows[-1]) != len(rows[0]):  # told already: the cut explains its width
            rows.pop()
    return rows, findings


def _columns(
    rows: list[list[str]], table: Table
) -> tuple[dict[str, list[str]] | None, list[Finding]]:
    """Turn rows of cells into columns, holding header and row widths to the schema."""
    file = f"{table.name}.csv"
    findings: list[Finding] = []
    header, body = rows[0], rows[1:]
    known = [column.name for column in table.columns]
    for name in known:
        if name not in header:
            message = f"{file} has no column {name}: add it (blank cells mean unknown)."
            findings.append(Finding("columns-complete", "error", table.name, 1, name, message))
    for name in dict.fromkeys(header):
        if name not in known:
            message = f"{file} has a column {_quoted(name)} that is not known: remove or rename it."
        elif header.count(name) > 1:
            message = f"{file} has the column {name} twice: keep one."
        else:
            continue
        findings.append(Finding("columns-known", "error", table.name, 1, name, message))
    for number, cells in enumerate(body, start=2):
        if len(cells) != len(header):
            message = (
                f"{file}, row {number}: {len(cells)} cells where the header has {len(header)}; "
                + (
                    "look for a missing or surplus comma or quote."
                    if cells
                    else "remove the blank line."
                )
            )
            findings.append(Finding("row-width", "error", table.name, number, "", message))
    if findings:
        return None, findings
    return {name: [cells[at] for cells in body] for at, name in enumerate(header)}, findings


# --- the cells ----------------------------------------------------------------------------------

_KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_COUNT = re.compile(r"0|[1-9][0-9]{0,14}")
# nine digits before the point: whole millionths of it stay exact in a float
_DECIMAL = re.compile(r"-?(?:0|[1-9][0-9]{0,8})(?:\.[0-9]{1,6})?")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MONTH = re.compile(r"[0-9]{4}-[0-9]{2}")
_SPAN = re.compile(r"([0-9]{1,9})-([0-9]{1,9})")
# letters of Arabic proper: no tatweel, no harakat, no Persian yeh or kaf, no presentation forms
_ARABIC = re.compile(r"[\u0621-\u063a\u0641-\u064a][ ()،«»\-0-9\u0621-\u063a\u0641-\u064a]*")
_INVISIBLE = {"Cc", "Cf", "Co", "Zl", "Zp", "Zs"}


def _quoted(value: str) -> str:
    """Return a cell as a message shows it: invisible signs made visible, no longer than a line."""
    return repr(value if len(value) <= 60 else value[:59] + "…")


def _sign(sign: str) -> str:
    if sign == "\n":
        return "a line break"
    return f"the sign {unicodedata.name(sign, '').lower() or f'U+{ord(sign):04X}'}"


# Each of these says what is wrong with a cell, or returns None. The cell is named before it.


def _text_fault(value: str) -> str | None:
    if not unicodedata.is_normalized("NFC", value):
        return "is not in Unicode form NFC; retype it"
    for sign in value:
        if sign == "\ufffd" or (sign != " " and unicodedata.category(sign) in _INVISIBLE):
            return f"holds {_sign(sign)}; remove it"
    if value != value.strip() or "  " in value:
        return "has a stray space; remove it"
    return None


def _arabic_fault(value: str) -> str | None:
    return None if _ARABIC.fullmatch(value) else "is not in plain Arabic letters; retype the name"


def _key_fault(value: str) -> str | None:
    return None if _KEY.fullmatch(value) else "is not an id; use letters, digits and . _ -"


def _digit_fault(value: str) -> str | None:
    """Say which sign keeps a cell from being a number, where a person cannot see it."""
    for sign in value:
        if sign.isdigit() and not sign.isascii():
            return f"is written with the {unicodedata.name(sign).lower()}; use the digits 0 to 9"
        if sign.isspace():
            return f"holds {_sign(sign)}; remove it"
    return None


def _count_fault(value: str) -> str | None:
    if _COUNT.fullmatch(value):
        return None
    if re.fullmatch(r"[0-9]+", value):
        return "has leading zeros or more than 15 digits; correct it"
    if re.fullmatch(r"-[0-9.]+", value):
        return "is negative; counts are 0 or more, and blank where unknown"
    return _digit_fault(value) or "is not a whole number; write its digits alone, or leave it blank"


def _span_fault(value: str) -> str | None:
    match = _SPAN.fullmatch(value)
    if match and int(match[1]) < int(match[2]):
        return None
    return "is not a span; write start-end, start before end, several with ; between"


def _decimal_fault(column: Column) -> Callable[[str], str | None]:
    def fault(value: str) -> str | None:
        if not _DECIMAL.fullmatch(value):
            return _digit_fault(value) or (
                "is not a plain decimal; write it as 25 or 1732.5, with at most six places"
            )
        if float(value) < column.low:
            return f"is below {column.low:g}; correct it"
        return f"is above {column.high:g}; correct it" if float(value) > column.high else None

    return fault


def _calendar_fault(
    pattern: re.Pattern[str], form: str, example: str, first_day: str = ""
) -> Callable[[str], str | None]:
    def fault(value: str) -> str | None:
        if not pattern.fullmatch(value):
            return f"is not a {form}; write it as {example}"
        try:
            day = date.fromisoformat(value + first_day)
        except ValueError:
            return "is not in the calendar; correct it"
        return None if 1900 <= day.year < 2100 else "is not between 1900 and 2099; correct it"

    return fault


def _choice_fault(column: Column) -> Callable[[str], str | None]:
    codes = column.choices or {}

    def fault(value: str) -> str | None:
        return None if value in codes else f"is not one of {', '.join(codes)}"

    return fault


def _form_fault(column: Column) -> Callable[[str], str | None]:
    def fault(value: str) -> str | None:
        return None if re.fullmatch(column.form, value) else f"is not written as {column.example}"

    return fault


def _rule_of(column: Column) -> tuple[str, Callable[[str], str | None]]:
    """Return the rule and the test of one cell for a kind of column."""
    match column.kind:
        case "choice":
            return "cell-choice", _choice_fault(column)
        case "count":
            return "cell-count", _count_fault
        case "decimal":
            return "cell-decimal", _decimal_fault(column)
        case "date":
            return "cell-date", _calendar_fault(_DATE, "date", "2018-04-19")
        case "month":
            return "cell-date", _calendar_fault(_MONTH, "month", "2018-04", "-01")
        case "key":
            return "cell-key", _key_fault
        case "spans":
            return "cell-spans", _span_fault
        case "arabic":
            return "cell-arabic", _arabic_fault
        case "form":
            return "cell-form", _form_fault(column)
        case _:
            return "cell-text", _text_fault


def _wrong(value: str, column: Column) -> tuple[str, str] | None:
    """Return the rule that a cell breaks and what is wrong with it."""
    if not value:
        return ("cell-required", "is blank and must be filled") if column.required else None
    rule, test = _rule_of(column)
    for part in value.split(";") if column.many else [value]:
        if not part:
            return rule, f"{_quoted(value)} has nothing beside a semicolon; remove it"
        if column.kind == "arabic" and (wrong := _text_fault(part)):
            return "cell-text", f"{_quoted(part)} {wrong}"
        if wrong := test(part):
            return rule, f"{_quoted(part)} {wrong}"
    return None


def _faults(cells: dict[str, list[str]], column: Column, table: Table) -> Iterator[Finding]:
    """Yield the faults of one column; each distinct cell is tried once."""
    values = cells[column.name]
    bad = {value: wrong for value in set(values) if (wrong := _wrong(value, column))}
    if not bad:
        return
    for row, value in enumerate(values, start=2):
        if value in bad:
            rule, message = bad[value]
            where = f"{table.name}.csv, row {row}, column {column.name}"
            yield Finding(rule, "error", table.name, row, column.name, f"{where}: {message}.")


def _typed(values: list[str], column: Column) -> np.ndarray | pd.api.extensions.ExtensionArray:
    """Give sound cells their type; blank stays blank."""
    if column.kind == "count" and not column.many:
        return pd.array([int(value) if value else None for value in values], dtype="Int64")
    if column.kind == "decimal":
        return np.array([value or "nan" for value in values], dtype="float64")
    if column.kind in ("date", "month"):
        return np.array([value or "NaT" for value in values], dtype="datetime64[s]")
    return pd.array([value or None for value in values], dtype="str")
