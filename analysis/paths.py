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
    folder = PROJECT / "data" if path is None else _folder(path)
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
    """Return the folder where figures are published: ``path``, or the project's ``figures/``.

    Raises
    ------
    RecordError
        If ``path`` is a file, or is left out where there is no project around the package.
    """
    folder = PROJECT / "figures" if path is None else _folder(path)
    if path is None and not (PROJECT / "data").is_dir():
        raise RecordError(
            "This installation of the package has no project around it: "
            "name a folder for the figures, or work in a clone of the project."
        )
    if folder.is_file():
        raise RecordError(f"{folder} is a file: name a folder for the figures.")
    return folder


def _folder(path: str | Path) -> Path:
    if not path or not isinstance(path, str | Path):
        raise RecordError(f"{path!r} does not name a folder: give its path.")
    return Path(path)
