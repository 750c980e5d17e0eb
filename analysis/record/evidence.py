"""Lay each statement beside its words, for those who hold the reports' texts.

Evidence is stand-off: a row holds code-point offsets into the text of its report, and the report
holds the sha256 of that text in Unicode form NFC with LF line ends. The texts themselves belong to
their publishers and are not part of the record.
"""

from __future__ import annotations

import hashlib
import os
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

import pandas as pd

from analysis.errors import RecordError
from analysis.record.reading import Finding

TABLES = {"claims": "claim_id", "control_changes": "change_id"}

EVIDENCE_RULES = {
    "text-present": "the text of every report with a text_sha256 is at hand, unchanged",
    "evidence-covers": "spans cover whole words, with the number that the row gives",
    "evidence-place": "the words of a control statement name its place (a warning)",
    "evidence-denial": "the words of a denial deny (a warning)",
}
"""What the evidence command demands, by rule."""

NAMED_PLACES = {"city", "town", "village", "neighbourhood", "camp", "area", "pocket"}
"""Kinds of place that an Arabic report calls by name when it says who holds them."""


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
        If there is no such folder, or it, a folder in it or a text cannot be read.
    """
    root = Path(folder)
    texts = {}
    try:
        if not root.is_dir():
            raise RecordError(
                f"There is no folder {root}: name the folder that holds the reports' texts."
            )
        for path in _text_files(root):
            try:
                raw = path.read_bytes().decode("utf-8-sig")
            except UnicodeDecodeError:
                continue  # not a text of ours: it cannot have one of our sums
            text = unicodedata.normalize("NFC", raw.replace("\r\n", "\n").replace("\r", "\n"))
            texts[hashlib.sha256(text.encode()).hexdigest()] = text
    except OSError as error:
        raise RecordError(
            f"{error.filename or root} cannot be read ({error.strerror}): mend that, or "
            "take it out of the folder with the reports' texts."
        ) from None
    return texts


def _text_files(root: Path) -> Iterator[Path]:
    """Yield the ``.txt`` files under a folder; a folder that cannot be listed is an OSError."""

    def refuse(error: OSError) -> NoReturn:
        raise error

    for at, _, names in os.walk(root, onerror=refuse):
        yield from (Path(at, name) for name in names if name.lower().endswith(".txt"))


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
        the end of the text, cutting a word, blank, or without the number that the row gives. A
        warning where a statement of an Arabic report on who holds a place has no word of its name
        under its spans, and where a denial of an Arabic or English report has no word of denial
        there. The rules are named in :data:`EVIDENCE_RULES`.
    """
    texts = read_texts(folder)
    reports = tables["reports"].drop_duplicates("report_id").set_index("report_id")
    sums = reports.text_sha256.dropna()
    places = tables["places"].drop_duplicates("place_id").set_index("place_id")
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
        for report, sha in sums.items()
        if sha not in texts
    ]
    statements = []
    for table, key in TABLES.items():
        for number, row in enumerate(tables[table].to_dict("records"), start=2):
            report = row["report_id"]
            if report not in sums:
                continue
            text = texts.get(sums[report])
            spans = _spans(row["evidence"])
            words = tuple(text[start:end] for start, end in spans) if text is not None else ()
            statements.append(Statement(table, row[key], report, _said(row), words))
            if text is None:
                continue
            faults = [("evidence-covers", "error", wrong) for wrong in _faults(row, text, spans)]
            sound, language, said = not faults, reports.language[report], " ".join(words)
            if "place_id" in row and row["place_id"] in places.index and sound:
                place = places.loc[row["place_id"]]
                arabic = language == "ar" and place.kind in NAMED_PLACES
                if arabic and not names_place(said, place.name_ar):
                    wrong = f"no word of {place.name_ar} stands under its spans; look again."
                    faults.append(("evidence-place", "warning", wrong))
            denial = row["stance"] == "denies" and language in ("ar", "en")
            if denial and sound and not _DENIAL.search(_plain(said)):
                wrong = "it is a denial, but no word of denial stands under its spans; look again."
                faults.append(("evidence-denial", "warning", wrong))
            where = f"{table}.csv, row {number} ({row[key]})"
            findings += [
                Finding(rule, severity, table, number, "evidence", f"{where}: {wrong}")
                for rule, severity, wrong in faults
            ]
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
            yield f"{column} is {value}, but no such number stands under its spans; correct one."
            break


def _inside_word(text: str, at: int) -> bool:
    """Whether the offset falls between two letters of one word, or two digits of one number."""
    if not 0 < at < len(text):
        return False
    before, after = unicodedata.category(text[at - 1])[0], unicodedata.category(text[at])[0]
    return {before, after} <= {"L", "M"} or before == after == "N"


# Digit by digit: the unit, the teen and the ten in English; the Arabic stem, which all three share
_DIGITS = (
    ("", "ten", "", "عشر"),
    ("one", "eleven", "", "احد|احدى|واحد"),
    ("two", "twelve", "twenty", "اثن"),
    ("three", "thirteen", "thirty", "ثلاث"),
    ("four", "fourteen", "forty", "اربع"),
    ("five", "fifteen", "fifty", "خمس"),
    ("six", "sixteen", "sixty", "ست"),
    ("seven", "seventeen", "seventy", "سبع"),
    ("eight", "eighteen", "eighty", "ثمان"),
    ("nine", "nineteen", "ninety", "تسع"),
)
_ENDINGS = "(?:ا|ه|ي|يه|ان|ين|ون|تا|تي|تان|تين)?"
_LARGE = (
    "(?:ثلاث|اربع|خمس|ست|سبع|ثمان|تسع)?ما?ئ(?:ه|ات|تا|تي|تان|تين)|الف(?:ا|ي|ان|ين)?|الاف|"
    "مليون(?:ا|ي|ان|ين)?|ملايين|hundreds?|thousands?|millions?"
)


def _plain(words: str) -> str:
    """Fold what Arabic writers spell in several ways, and drop harakat and tatweel."""
    bare = "".join(sign for sign in words if unicodedata.category(sign) != "Mn" and sign != "ـ")
    return bare.translate(str.maketrans("أإآىة", "ااايه")).lower()


def _stands(pattern: str, words: str) -> bool:
    """Whether a word stands in folded words, also with و, ف, ب, ل, ك or ال before it."""
    return re.search(rf"\b[وف]?[بلك]?(?:ال|ل)?(?:{pattern})\b", words) is not None


def holds_number(words: str, value: int) -> bool:
    """Whether a number stands in the words: in digits of any script, or spelled out.

    One and two need no number word in Arabic (قتيل، قتيلان), and zero has none. A part of a
    larger spelled number passes too, and from 100 on any word such as hundred or ألف does.

    Examples
    --------
    >>> holds_number("25 killed", 25), holds_number("٢٥ قتيلاً", 25), holds_number("25 killed", 18)
    (True, True, False)
    >>> holds_number("خمسة وعشرون", 25), holds_number("يوم الخميس", 5), holds_number("fifteen", 15)
    (True, False, True)
    """
    joined = re.sub(r"(?<=\d)[,.٬،](?=\d{3}(?!\d))", "", words)
    if value <= 2 or value in map(int, re.findall(r"\d+", joined)):
        return True
    folded = _plain(words)
    if value >= 100:
        return _stands(_LARGE, folded)
    tens, ones = divmod(value, 10)
    unit, teen, _, stem = _DIGITS[ones]
    english = teen if tens == 1 else "[ -]".join(filter(None, (_DIGITS[tens][2], unit)))
    stems = [stem] if ones else []
    if tens:
        stems.append("عشر" if tens < 3 else _DIGITS[tens][3])
    arabic = all(_stands(f"(?:{each}){_ENDINGS}", folded) for each in stems)
    return arabic or _stands(english, folded)


# words that a name holds and that do not tell one place from another
_KINDS = {
    *("مدينه", "بلده", "قريه", "حي", "احياء", "مخيم", "جيوب", "مناطق", "منطقه", "محافظه", "ريف"),
    *("في", "من", "علي"),
}
# in folded letters: نفى is نفي there, and أنكر is انكر
_DENIAL = re.compile(
    r"\b(?:[وف]?(?:نف(?:ي|ت|وا)|[يت]نف(?:ي|ون)|(?:انكر|كذب)(?:ت|وا)?|لم|ليست?|لا صحه)|"
    r"den(?:y|ied|ies|ying|ial)|not|no)\b"
)


def names_place(words: str, name_ar: str) -> bool:
    """Whether a word of an Arabic place name stands in the words, with or without its article.

    Examples
    --------
    >>> names_place("السيطرة على حي القدم", "القدم"), names_place("تقدم الجيش", "القدم")
    (True, False)
    """
    folded = _plain(words)
    stems = [re.sub("^و?ال", "", word) for word in re.findall(r"\w+", _plain(name_ar))]
    return any(_stands(re.escape(stem), folded) for stem in stems if stem not in _KINDS)


def _said(row: dict[str, object]) -> str:
    """Say in a line what a row claims, in the record's codes."""
    if "claim_id" in row:
        parts = [row["claimant"], row["stance"], row["denies"], row["victims"], row["outcome"]]
        numbers = [f"{c} {row[c]}" for c in ("low", "best", "high") if not pd.isna(row[c])]
        parts += [*numbers, row["qualifier"], row["event_id"]]
    else:
        parts = [row["claimant"], row["stance"], row["kind"], row["extent"], row["place_id"]]
        parts += [f"{c} {row[c]}" for c in ("from_actor", "to_actor") if isinstance(row[c], str)]
        for column in ("date_earliest", "date_latest", "valid_from", "valid_to"):
            if isinstance(value := row[column], pd.Timestamp) and not pd.isna(value):
                parts.append(f"{column} {value:%Y-%m-%d}")
    return " · ".join(str(part) for part in parts if isinstance(part, str))
