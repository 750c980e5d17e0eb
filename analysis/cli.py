"""The command line: ``python -m analysis VERB``.

Exit status: 0 all is well, 1 there are findings, 2 the command was used wrongly.
"""

from __future__ import annotations

import argparse
import io
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from analysis.errors import RecordError


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one verb and return its exit status; bad input gives one plain sentence, no traceback."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8")  # a pipe may have a code page without Arabic
    options = _parser().parse_args(arguments)
    try:
        status: int = options.run(options)
        sys.stdout.flush()
    except RecordError as error:
        print(error, file=sys.stderr)
        return 2
    except BrokenPipeError:  # the reader of our output had enough (… | head)
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # for the flush at exit
        return 0
    except KeyboardInterrupt:
        print("Stopped.", file=sys.stderr)
        return 130
    except OSError as error:
        print(f"{error.filename or 'A file'}: {error.strerror or error}.", file=sys.stderr)
        return 2
    return status


def _check(options: argparse.Namespace) -> int:
    from analysis.record import check

    findings = check(options.folder)
    for finding in findings:
        print(finding)
    errors = sum(finding.severity == "error" for finding in findings)
    print(f"{_count(errors, 'error')}, {_count(len(findings) - errors, 'warning')}")
    return 1 if errors else 0


def _figures(options: argparse.Namespace) -> int:
    from analysis.publishing import publish
    from analysis.record import load

    publish(
        options.names or None,
        load(options.data),
        options.lang,
        options.format,
        options.out,
        lambda line: print(line, flush=True),
    )
    return 0


def _verify(options: argparse.Namespace) -> int:
    from analysis.publishing import verify

    faults, outcome = verify(progress=lambda line: print(line, flush=True))
    print(*faults, outcome, sep="\n")
    return 1 if faults else 0


def _evidence(options: argparse.Namespace) -> int:
    from analysis.record import load
    from analysis.record.evidence import evidence

    statements, findings = evidence(load(options.data).tables, options.texts)
    for statement in statements:
        print(f"{statement.row_id}  [{statement.report_id}]\n  {statement.said}")
        for words in statement.words:
            print(f"  «{words}»")
    for finding in findings:
        print(finding)
    shown = sum(bool(statement.words) for statement in statements)
    print(f"{_count(shown, 'statement')} beside the words, {_count(len(findings), 'finding')}")
    return 1 if findings else 0


def _trace(options: argparse.Namespace) -> int:
    from analysis.figures import trace
    from analysis.record import load

    which: dict[str, Any] = {"record": load(options.data)}
    for pair in options.which:
        column, sign, value = pair.partition("=")
        if not sign:
            raise RecordError(f"{pair!r} is not COLUMN=VALUE: write for instance month=2018-04.")
        if column in which:
            raise RecordError(f"{pair!r} is one too many: name columns of the figure, each once.")
        which[column] = value
    found = trace(options.name, **which)
    print(found.to_csv(index=False, lineterminator="\n"), end="")
    return 0


def _import(options: argparse.Namespace) -> int:
    from analysis import eventdata
    from analysis.paths import data_folder
    from analysis.record.reading import read_table
    from analysis.record.schema import TABLES

    first, last = options.years
    if first > last:
        raise RecordError(f"The years {first} to {last} run backwards: name the earlier one first.")
    folder = data_folder(options.data)
    read = [read_table(folder, TABLES[name]) for name in ("reports", "ucdp_sides", "ucdp_dyads")]
    if findings := [finding for _, faults in read for finding in faults]:
        raise RecordError("\n".join(finding.message for finding in findings))
    reports, sides, dyads = (frame for frame, _ in read if frame is not None)
    if options.release not in set(reports["report_id"]):
        raise RecordError(
            f"There is no report {options.release} in {folder / 'reports.csv'}: "
            "name one of its rows, or add a row for this release."
        )
    events = eventdata.read_ged(options.file, years=(first, last), country=options.country)
    table = eventdata.monthly_table(events, sides, dyads, options.release)
    target = Path(options.out) / "ucdp_monthly.csv"
    eventdata.write_monthly(table, target)
    print(f"{_count(len(events), 'event')} read, {_count(len(table), 'row')} written to {target}")
    return 0


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m analysis",
        description="The Syria 2017–2018 record: check it, draw it, trace it.",
    )
    verbs = parser.add_subparsers(required=True, metavar="VERB")

    verb = verbs.add_parser("check", help="check a record against its rules")
    verb.add_argument(
        "folder", nargs="?", metavar="DIR", help="folder of the record (default: data/)"
    )
    verb.set_defaults(run=_check)

    verb = verbs.add_parser("figures", help="publish figures, in Arabic and English")
    verb.add_argument("names", nargs="*", metavar="NAME", help="figures (default: all)")
    verb.add_argument("--lang", nargs="+", default=("ar", "en"), choices=("ar", "en"))
    verb.add_argument(
        "--format", nargs="+", default=("png", "svg", "pdf"), choices=("png", "svg", "pdf")
    )
    verb.add_argument("--data", metavar="DIR", help="folder of another record")
    verb.add_argument("--out", metavar="DIR", help="folder to write to (default: figures/)")
    verb.set_defaults(run=_figures)

    verb = verbs.add_parser("verify", help="rebuild the figures elsewhere and compare")
    verb.set_defaults(run=_verify)

    verb = verbs.add_parser("evidence", help="print each statement beside its words")
    verb.add_argument("--texts", required=True, metavar="DIR", help="folder of the reports' texts")
    verb.add_argument("--data", metavar="DIR", help="folder of another record")
    verb.set_defaults(run=_evidence)

    verb = verbs.add_parser(
        "trace", help="print the rows and reports behind plotted numbers, as CSV"
    )
    verb.add_argument("name", metavar="NAME", help="figure")
    verb.add_argument("which", nargs="*", metavar="COLUMN=VALUE", help="which of its numbers")
    verb.add_argument("--data", metavar="DIR", help="folder of another record")
    verb.set_defaults(run=_trace)

    verb = verbs.add_parser("import", help="compute ucdp_monthly.csv from an event file")
    verb.add_argument("file", metavar="FILE", help="event file, as its publisher gives it out")
    verb.add_argument("--source", required=True, choices=("ucdp",), help="whose events they are")
    verb.add_argument(
        "--release", required=True, metavar="ID", help="report_id of the release in reports.csv"
    )
    verb.add_argument("--country", default="Syria")
    verb.add_argument("--years", nargs=2, type=int, default=(2017, 2018), metavar=("FIRST", "LAST"))
    verb.add_argument("--data", metavar="DIR", help="folder of another record")
    verb.add_argument(
        "--out", required=True, metavar="DIR", help="folder to write ucdp_monthly.csv to"
    )
    verb.set_defaults(run=_import)
    return parser
