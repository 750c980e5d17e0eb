"""The project's own folders, found from the package and not from the working directory."""

from __future__ import annotations

from pathlib import Path

from analysis.errors import RecordError

PROJECT = Path(__file__).resolve().parent.parent


def data_folder(path: str | Path | None = None) -> Path:
    """Return the folder of a record: ``path``, or the project's own ``data/``.

    Raises
    ------
    RecordError
        If there is no such folder.
    """
    folder = PROJECT / "data" if path is None else Path(path)
    if folder.is_dir():
        return folder
    if path is None:
        raise RecordError(
            "This installation of the package has no data folder beside it: "
            "name one, or work in a clone of the project."
        )
    raise RecordError(
        f"There is no folder {folder}: name the folder that holds the record's tables."
    )


def figures_folder(path: str | Path | None = None) -> Path:
    """Return the folder where figures are published: ``path``, or the project's ``figures/``."""
    return PROJECT / "figures" if path is None else Path(path)
