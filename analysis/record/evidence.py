"""Lay each statement beside its words, for those who hold the reports' texts.

Evidence is stand-off: a row holds code-point offsets into the text of its report, and the report
holds the sha256 of that text in Unicode form NFC with LF line ends. The texts themselves belong to
their publishers and are not part of the record.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from analysis.errors import RecordError
from analysis.record.reading import Finding

TABLES = {"claims": "claim_id", "control_changes": "change_id"}


@dataclass(frozen=True, slots=True)
class Statement:
    """One row of the record beside the words that it rests on.

    Attributes
    ----------
    table, row_id, report_id : str
        Where the row stands, and the report it cites.
    said : str
        What the row says, in codes.
    words : tuple of str
        The words under each of its spans, in order; empty where the text is not at hand.
    """

    table: str
    row_id: str
    report_id: str
    said: str
    words: tuple[str, ...]


def read_texts(folder: str | Path) -> dict[str, str]:
    """Read every ``.txt`` file under a folder, as sha256 -> text (NFC, LF).

    Raises
    ------
    RecordError
        If there is no such folder.
    """
    root = Path(folder)
    if not root.is_dir():
        raise RecordError(f"There is no folder {root}: name the folder that holds the reports' texts.")
    texts = {}
    for path in sorted(root.rglob("*.txt")):
        try:
            raw = path.read_bytes().decode("utf-8-sig")
        except UnicodeDecodeError:
            continue  # not a text of ours: it cannot have one of our sums
        text = unicodedata.normalize("NFC", raw.replace("\r\n", "\n").replace("\r", "\n"))
        texts[hashlib.sha256(text.encode()).hexdigest()] = text
    return texts


def evidence(
    tables: dict[str, pd.DataFrame], folder: str | Path
) -> tuple[list[Statement], list[Finding]]:
    """Lay the statements of a record beside their words.

    Parameters
    ----------
    tables : dict of DataFrame
        Tables of a record (``record.tables``).
    folder : path-like
        Folder with the reports' texts as ``.txt`` files, subfolders too. File names do not matter:
        a text is known by its sha256.

    Returns
    -------
    list of Statement
        Every claim and control statement of a report whose text the record identifies.
    list of Finding
        Texts that are not there, rows without spans, and spans that do not cover the words: past
        the end of the text, cutting a word, blank, or without the number that the row gives.
    """
    texts = read_texts(folder)
    reports = tables["reports"].dropna(subset="text_sha256").set_index("report_id")
    findings = [
        Finding(
            "text-present",
            "error",
            "reports",
            None,
            "text_sha256",
            f"The text of report {report} is not under {folder}: no file there has the sha256 "
            f"{sha[:12]}…; put the right text there, unchanged.",
        )
        for report, sha in reports.text_sha256.items()
        if sha not in texts
    ]
    statements = []
    for table, key in TABLES.items():
        frame = tables[table]
        for position, row in enumerate(frame.to_dict("records"), start=2):
            if row["report_id"] not in reports.index:
                continue
            text = texts.get(reports.text_sha256[row["report_id"]])
            spans = _spans(row["evidence"])
            words = tuple(text[a:b] for a, b in spans) if text is not None else ()
            statements.append(Statement(table, row[key], row["report_id"], _said(row), words))
            if text is None:
                continue
            for wrong in _faults(row, text, spans):
                where = f"{table}.csv, row {position} ({row[key]})"
                findings.append(
                    Finding("evidence-covers", "error", table, position, "evidence", f"{where}: {wrong}")
                )
    return statements, findings


def _spans(cell: object) -> list[tuple[int, int]]:
    if not isinstance(cell, str):
        return []
    pairs = (span.split("-") for span in cell.split(";"))
    return [(int(start), int(end)) for start, end in pairs]


def _faults(row: dict[str, object], text: str, spans: list[tuple[int, int]]) -> Iterator[str]:
    if not spans:
        yield "it has no evidence span although its text is known; add the span of its words."
        return
    for start, end in spans:
        if end > len(text):
            yield f"the span {start}-{end} runs past the end of the text ({len(text)}); correct it."
        elif not text[start:end].strip() or text[start:end] != text[start:end].strip():
            yield f"the span {start}-{end} begins or ends in blank space; move it to the words."
        elif _inside_word(text, start) or _inside_word(text, end):
            yield f"the span {start}-{end} cuts a word; move it to the word's edge."
    words = " ".join(text[start:end] for start, end in spans)
    for column in ("low", "best", "high"):
        value = row.get(column)
        if value is not None and not pd.isna(value) and not holds_number(words, int(str(value))):
            yield f"{column} is {value}, but the words under its spans hold no such number; correct one."
            break


def _inside_word(text: str, at: int) -> bool:
    """Whether the offset falls between two letters or two digits of one word."""
    return 0 < at < len(text) and text[at - 1].isalnum() and text[at].isalnum()


# Stems of Arabic number words: whichever of them stands in the words, the number may be meant by it
_NUMBER_WORDS = re.compile(
    "اثن|ثلاث|أربع|اربع|خمس|ست|سبع|ثمان|تسع|عشر|عشرين|مئ|مائ|ألف|آلاف|مليون|one|two|three|four|five|"
    "six|seven|eight|nine|ten|eleven|twelve|teen|twenty|thirty|forty|fifty|ty|dozen|hundred|thousand",
    re.IGNORECASE,
)


def holds_number(words: str, value: int) -> bool:
    """Whether a number stands in the words: in digits of any script, or possibly spelled out.

    One and two need no number word in Arabic (قتيل، قتيلان), and zero has none.

    Examples
    --------
    >>> holds_number("25 killed", 25), holds_number("٢٥ قتيلاً", 25), holds_number("25 killed", 18)
    (True, True, False)
    """
    plain = re.sub(r"(?<=\d)[,.٬،](?=\d{3}(?!\d))", "", words)
    if value in {int(digits) for digits in re.findall(r"\d+", plain)} or value <= 2:
        return True
    return _NUMBER_WORDS.search(re.sub(r"\d+", "", words)) is not None


def _said(row: dict[str, object]) -> str:
    """Say in a line what a row claims, in the record's codes."""
    if "claim_id" in row:
        parts = [row["claimant"], row["stance"], row["denies"], row["victims"], row["outcome"]]
        numbers = [f"{c} {row[c]}" for c in ("low", "best", "high") if not pd.isna(row[c])]  # type: ignore[call-overload]
        parts += [*numbers, row["qualifier"], row["event_id"]]
    else:
        parts = [row["claimant"], row["stance"], row["kind"], row["extent"], row["place_id"]]
        parts += [f"{c} {row[c]}" for c in ("from_actor", "to_actor") if isinstance(row[c], str)]
        for column in ("date_earliest", "date_latest", "valid_from", "valid_to"):
            if isinstance(value := row[column], pd.Timestamp) and not pd.isna(value):
                parts.append(f"{column} {value:%Y-%m-%d}")
    return " · ".join(str(part) for part in parts if isinstance(part, str))
