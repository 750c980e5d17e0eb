"""Read the tables of a record: strict about the files, one plain sentence for each fault.

Every file is read to its end and every fault in it is told; a table with a fault is never
handed on in part.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

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
        Table, as in the schema.
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
    "cell-count": "counts are whole numbers, 0 or more, in the digits 0 to 9",
    "cell-decimal": "decimals are plain numbers inside their bounds",
    "cell-date": "dates are real days written 2018-04-19, months 2018-04",
    "cell-key": "ids are letters, digits and . _ - without spaces",
    "cell-spans": "evidence spans are start-end with start before end",
}
"""What the reader demands of the files and cells, by rule."""

Read = tuple[pd.DataFrame | None, list[Finding]]


def read_table(folder: Path, table: Table) -> Read:
    """Read one table; the frame is None where the file had any fault."""
    lines, findings = _read_lines(folder / f"{table.name}.csv", table)
    if lines is None:
        return None, findings
    frame, more = _frame(lines, table)
    findings += more
    if frame is not None:
        typed: dict[str, pd.Series] = {}
        for column in table.columns:
            typed[column.name], faults = _convert(frame[column.name], column, table)
            findings += faults
        frame = pd.DataFrame(typed)
    return (None if findings else frame), findings


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


# --- the file -----------------------------------------------------------------------------------


def _read_lines(path: Path, table: Table) -> tuple[list[list[str]] | None, list[Finding]]:
    """Return the cells of a file, row by row, or None where they cannot be told apart."""
    name = path.name
    findings: list[Finding] = []

    def fault(rule: str, message: str, row: int | None = None) -> None:
        findings.append(Finding(rule, "error", table.name, row, "", message))

    if not path.is_file():
        fault("file-present", f"{name} is missing: put it into {path.parent}.")
        return None, findings
    raw = path.read_bytes()
    if not raw.strip():
        fault("file-not-empty", f"{name} is empty: it needs at least its header line.")
        return None, findings
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        fault("file-utf8", f"{name} is in UTF-16: save it as UTF-8.")
        return None, findings
    if b"\0" in raw:
        line = raw[: raw.index(b"\0")].count(b"\n") + 1
        fault("file-no-nul", f"{name}, line {line}: there is a NUL byte; the file is damaged.", line)
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
    whole = text.endswith("\n")

    rows: list[list[str]] = []
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        rows.extend(reader)
    except csv.Error as error:
        row = len(rows) + 1
        unclosed = "unexpected end" in str(error)
        what = "is opened and never closed" if unclosed else "stands inside an unquoted or closed cell"
        fault("file-quotes", f"{name}, row {row}: a quote {what}; mend the quotes there.", row)
        return None, findings

    header = rows[0]
    if len(header) == 1 and re.search(r"[;\t|]", header[0]):
        fault("file-comma", f"{name} is not separated by commas: save it as CSV with commas.", 1)
        return None, findings
    if not whole:
        last = len(rows)
        fault(
            "file-whole",
            f"{name}, row {last}: the last line does not end with a line break, so the file may "
            "have been cut; complete that row and end it with a line break.",
            last,
        )
        if len(rows[-1]) != len(header):  # told already: the cut explains its width
            rows.pop()
    return rows, findings


def _frame(rows: list[list[str]], table: Table) -> tuple[pd.DataFrame | None, list[Finding]]:
    """Turn rows of cells into a frame of text, holding header and row widths to the schema."""
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
            message = f"{file} has a column {name!r} that the schema does not know: remove or rename it."
        elif header.count(name) > 1:
            message = f"{file} has the column {name} twice: keep one."
        else:
            continue
        findings.append(Finding("columns-known", "error", table.name, 1, name, message))
    for number, cells in enumerate(body, start=2):
        if len(cells) != len(header):
            message = (
                f"{file}, row {number}: {len(cells)} cells where the header has {len(header)}; "
                "look for a missing or surplus comma or quote."
            )
            findings.append(Finding("row-width", "error", table.name, number, "", message))
    if findings:
        return None, findings
    return pd.DataFrame(body, columns=header, dtype=object), findings


# --- the cells ----------------------------------------------------------------------------------

_KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_COUNT = re.compile(r"0|[1-9][0-9]{0,14}")
_DECIMAL = re.compile(r"-?(?:0|[1-9][0-9]{0,11})(?:\.[0-9]{1,6})?")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MONTH = re.compile(r"[0-9]{4}-[0-9]{2}")
_SPAN = re.compile(r"([0-9]+)-([0-9]+)")
# letters of Arabic proper: no tatweel, no harakat, no Persian yeh or kaf, no presentation forms
_ARABIC = re.compile(r"[\u0621-\u063a\u0641-\u064a]+(?:[ ()،«»\-0-9\u0621-\u063a\u0641-\u064a])*")


def _why_not_number(value: str) -> str:
    """Say what keeps a cell from being a number, so that a person can see it."""
    for sign in value:
        if sign.isdigit() and not sign.isascii():
            return f"{value!r} is written with the digit {unicodedata.name(sign).lower()}; use 0 to 9"
        if sign.isspace():
            return f"{value!r} holds {_sign(sign)}; remove it"
    if re.fullmatch(r"-[0-9.]+", value):
        return f"{value} is negative; counts are 0 or more, and blank where unknown"
    return f"{value!r} is not a whole number; write digits only, or leave it blank"


def _sign(sign: str) -> str:
    return f"the sign {unicodedata.name(sign, f'U+{ord(sign):04X}').lower()}"


def _text_fault(value: str) -> str | None:
    if not unicodedata.is_normalized("NFC", value):
        return "is not in Unicode form NFC; retype it"
    for sign in value:
        if unicodedata.category(sign) in ("Cc", "Cf", "Co", "Zl", "Zp") or (
            unicodedata.category(sign) == "Zs" and sign != " "
        ):
            return f"holds {_sign(sign)}; remove it"
    if value != value.strip() or "  " in value:
        return "has a stray space; remove it"
    return None


def _arabic_fault(value: str) -> str | None:
    return None if _ARABIC.fullmatch(value) else "is not in plain Arabic letters; retype the name"


def _key_fault(value: str) -> str | None:
    return None if _KEY.fullmatch(value) else "is not an id; use letters, digits and . _ -"


def _count_fault(value: str) -> str | None:
    return None if _COUNT.fullmatch(value) else _why_not_number(value)


def _span_fault(value: str) -> str | None:
    match = _SPAN.fullmatch(value)
    if match and int(match[1]) < int(match[2]):
        return None
    return "is not a span; write start-end, start before end, several with ; between"


def _decimal_fault(column: Column) -> Callable[[str], str | None]:
    def fault(value: str) -> str | None:
        if not _DECIMAL.fullmatch(value):
            return f"{value!r} is not a plain decimal (25, 1732.5; at most six places)"
        if not column.low <= float(value) <= column.high:
            return f"{value} is outside {column.low:g} to {column.high:g}"
        return None

    return fault


def _calendar_fault(pattern: re.Pattern[str], form: str, example: str) -> Callable[[str], str | None]:
    def fault(value: str) -> str | None:
        if not pattern.fullmatch(value):
            return f"{value!r} is not a {form}; write it as {example}"
        if pd.isna(pd.to_datetime(value, format="ISO8601", errors="coerce")):
            return f"{value} is not in the calendar"
        return None

    return fault


def _choice_fault(column: Column) -> Callable[[str], str | None]:
    codes = column.choices or {}

    def fault(value: str) -> str | None:
        return None if value in codes else f"{value!r} is not one of {', '.join(codes)}"

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
            return "cell-date", _calendar_fault(_MONTH, "month", "2018-04")
        case "key":
            return "cell-key", _key_fault
        case "spans":
            return "cell-spans", _span_fault
        case "arabic":
            return "cell-arabic", _arabic_fault
        case _:
            return "cell-text", _text_fault


def _faults(values: Iterator[str], column: Column) -> dict[str, tuple[str, str]]:
    """Return the faulty ones among distinct cell values: value -> (rule, what is wrong)."""
    rule, test = _rule_of(column)
    bad: dict[str, tuple[str, str]] = {}
    for value in values:
        for part in value.split(";") if column.many else [value]:
            shown = "" if rule in ("cell-count", "cell-decimal", "cell-date", "cell-choice") else f"{part!r} "
            if column.kind in ("arabic", "text") and (wrong := _text_fault(part)):
                bad[value] = ("cell-text", f"{part!r} {wrong}")
            elif wrong := test(part):
                bad[value] = (rule, shown + wrong)
    return bad


def _convert(cells: pd.Series, column: Column, table: Table) -> tuple[pd.Series, list[Finding]]:
    """Type one column. Each distinct cell is looked at once, however many rows hold it."""
    codes, distinct = pd.factorize(cells)
    bad = _faults((value for value in distinct if value), column)
    if column.required and "" in distinct:
        bad[""] = ("cell-required", "is blank and must be filled")
    findings = []
    if bad:
        wrong = {code: bad[value] for code, value in enumerate(distinct) if value in bad}
        for position in pd.Series(codes).isin(wrong).to_numpy().nonzero()[0]:
            rule, message = wrong[codes[position]]
            row = int(position) + 2
            where = f"{table.name}.csv, row {row}, column {column.name}"
            findings.append(
                Finding(rule, "error", table.name, row, column.name, f"{where}: {message}.")
            )
        return cells, findings
    return _typed(cells.where(cells != "", None), column), findings


def _typed(cells: pd.Series, column: Column) -> pd.Series:
    if column.kind == "count" and not column.many:
        return pd.to_numeric(cells).astype("Int64")
    if column.kind == "decimal":
        return pd.to_numeric(cells).astype("float64")
    if column.kind in ("date", "month"):
        return pd.to_datetime(cells, format="ISO8601").astype("datetime64[s]")
    return cells.astype("str")
