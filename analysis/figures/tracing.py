"""From a plotted number back to the rows of the record, and to the reports they cite."""

from __future__ import annotations

from types import ModuleType
from typing import Any

import pandas as pd

from analysis.errors import RecordError
from analysis.record import Record
from analysis.record.schema import TABLES


def traced(name: str, module: ModuleType, record: Record, which: dict[str, Any]) -> pd.DataFrame:
    """Trace the numbers of a figure that match ``which``; see :func:`analysis.trace`."""
    plotted = _select(name, module.numbers(record), which)
    cited = _citations(record)
    parts = []
    for position, point in plotted.iterrows():
        rows = module.rows_behind(record, point)
        table = module.table_behind(point)
        report = "release" if table == "ucdp_monthly" else "report_id"
        behind = pd.DataFrame(
            {
                "table": table,
                "row": rows.index + 2,
                "row_id": pd.Series(_row_ids(rows[list(TABLES[table].key)]), rows.index, "str"),
                "row_low": rows.get("low", float("nan")),
                "value": rows["value"],
                "row_high": rows.get("high", float("nan")),
                "report_id": rows[report],
            }
        )
        behind["report"] = behind.report_id.map(cited)
        repeated = plotted.loc[[position] * len(behind)].reset_index(drop=True)
        clash = repeated.columns.intersection(behind.columns)
        parts.append(
            pd.concat([repeated.drop(columns=clash), behind.reset_index(drop=True)], axis=1)
        )
    return pd.concat(parts, ignore_index=True)


def _row_ids(keys: pd.DataFrame) -> list[str]:
    """Write the key of each row in one line, without its blanks: a place may be unknown."""
    written = keys.astype("str").itertuples(index=False)
    return [" ".join(part for part in key if isinstance(part, str)) for key in written]


def _select(name: str, plotted: pd.DataFrame, which: dict[str, Any]) -> pd.DataFrame:
    for column, wanted in which.items():
        if column not in plotted.columns:
            raise RecordError(
                f"{name} plots no {column!r}: choose among {', '.join(plotted.columns)}."
            )
        values = plotted[column]
        if pd.api.types.is_datetime64_any_dtype(values):
            day = pd.to_datetime(str(wanted), format="ISO8601", errors="coerce")
            if pd.isna(day) or len(str(wanted)) < 7:  # a bare year would mean its first day
                raise RecordError(
                    f"{wanted!r} is not a date: write {column} as 2018-04 or 2018-04-19."
                )
            plotted = plotted[values == day]
        elif pd.api.types.is_numeric_dtype(values):
            number = pd.to_numeric(str(wanted), errors="coerce")
            if pd.isna(number):
                raise RecordError(f"{wanted!r} is not a number: write {column} in plain digits.")
            plotted = plotted[values == number]
        else:
            plotted = plotted[values == wanted]
    if plotted.empty:
        asked = ", ".join(f"{column} {wanted}" for column, wanted in which.items())
        raise RecordError(f"{name} plots no number for {asked}: look into figures/{name}.csv.")
    return plotted


def _citations(record: Record) -> dict[str, str]:
    """Return a short citation of each report: what is known of it, in one line."""
    cited = {}
    for row in record.reports.itertuples():
        published = None if pd.isna(row.published) else f"{row.published:%Y-%m-%d}"
        known = [row.publisher, published, row.title, row.url]
        parts = [part for part in known if isinstance(part, str)]
        cited[row.report_id] = row.reference if isinstance(row.reference, str) else ". ".join(parts)
    return cited
