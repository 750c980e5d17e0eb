"""Publish figures: pictures in both languages, their numbers beside them, and the manifest.

Only :func:`publish` writes the figures' folder; :func:`verify` holds it to what the record gives.
Same lock, same Python minor version and platform: same bytes.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import platform
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pandas as pd
from matplotlib.text import Text

from analysis.arabic import Language, language, plain
from analysis.arabic.pdf import mended_pdf_text
from analysis.arabic.text import matplotlib_shapes
from analysis.errors import RecordError
from analysis.figures import FIGURES, Drawing, drawing, look, numbers
from analysis.paths import data_folder, figures_folder
from analysis.record import Record, a_record, load
from analysis.record.schema import TABLES

LANGUAGES = ("ar", "en")
FORMATS = ("png", "svg", "pdf")
MANIFEST = "manifest.json"
# what decides the bytes of a picture
PACKAGES = (
    "matplotlib",
    "numpy",
    "pandas",
    "pillow",
    "fonttools",
    "fluent.runtime",
    "Babel",
    "arabic-reshaper",
    "python-bidi",
)

Manifest = dict[str, Any]


def publish(
    name: str | Iterable[str] | None = None,
    record: Record | None = None,
    langs: Iterable[str] = LANGUAGES,
    formats: Iterable[str] = FORMATS,
    out: str | Path | None = None,
    progress: Callable[[str], None] | None = None,
) -> list[Path]:
    """Write figures, their numbers and their entries in the manifest.

    Parameters
    ----------
    name : str or iterable of str, optional
        One or several of ``analysis.FIGURES``; every figure when left out.
    record : Record, optional
        The record to draw; the project's own when left out. The manifest names the files in its
        folder: save what you changed in memory before you publish.
    langs : iterable of {"ar", "en"}
    formats : iterable of {"png", "svg", "pdf"}
        Without any, only the numbers are written.
    out : path-like, optional
        Folder to write to, made where it is not there; the project's ``figures/`` when left out,
        which only the project's own record may.
    progress : callable, optional
        Called with a line of text for each figure that is done.

    Returns
    -------
    list of Path
        The files written: ``NAME.LANG.FORMAT``, ``NAME.csv`` (the plotted numbers) and
        ``manifest.json`` (sha256 of inputs and outputs, versions, titles and alt texts). Each is
        written whole or not at all.

    Raises
    ------
    RecordError
        If there is no such figure, language or format, the record cannot be loaded, or the folder
        cannot be written or its manifest read. Publishing every figure replaces a damaged manifest.
    """
    record = load() if record is None else a_record(record)
    langs, formats = _known(langs, LANGUAGES, "language"), _known(formats, FORMATS, "format")
    names = _known(FIGURES if name is None else name, tuple(FIGURES), "figure")
    folder = figures_folder(out)
    if out is None and record.folder.resolve() != data_folder().resolve():
        raise RecordError(
            f"The record of {record.folder} is not the project's own: name a folder for its "
            "figures with out (on the command line --out)."
        )
    with _writing(folder):
        folder.mkdir(parents=True, exist_ok=True)
    try:
        manifest = _read_manifest(folder)
    except RecordError:
        if set(names) != set(FIGURES):
            raise
        manifest = {"figures": {}}
    environment, inputs = _environment(), _inputs(record)
    if manifest.get("environment") != environment:
        manifest["figures"] = {}  # the bytes of another environment say nothing here
    manifest |= {"record": record.version, "environment": environment, "inputs": inputs}
    written = []
    for each in names:
        files, entry = _render(each, record, langs, formats)
        for file, content in files.items():
            written.append(_write(folder / file, content))
        kept = manifest["figures"].get(each, {"files": {}, "texts": {}})
        manifest["figures"][each] = {part: kept[part] | entry[part] for part in ("files", "texts")}
        if progress:
            progress(f"{each}: {', '.join(langs)} in {', '.join(formats)}")
    manifest["figures"] = dict(sorted(manifest["figures"].items()))
    text = json.dumps(manifest, ensure_ascii=False, indent=1) + "\n"
    written.append(_write(folder / MANIFEST, text.encode()))
    return written


def verify(
    record: Record | None = None,
    folder: str | Path | None = None,
    progress: Callable[[str], None] | None = None,
) -> tuple[list[str], str]:
    """Rebuild every published figure in a temporary folder and compare.

    Parameters
    ----------
    record : Record, optional
        The project's own when left out.
    folder : path-like, optional
        Where the figures were published; the project's ``figures/`` when left out.
    progress : callable, optional
        Called with a line of text for each figure that is done.

    Returns
    -------
    list of str
        One sentence for each input that changed, each file that no longer matches, and each
        figure or file that the manifest does not list; empty where all is well.
    str
        What was compared (bytes where the environment is the one in the manifest, else the
        plotted numbers alone) and, on a second line, whether the figures match.

    Raises
    ------
    RecordError
        If nothing has been published in ``folder``, or its manifest cannot be read.
    """
    record = load() if record is None else a_record(record)
    folder = figures_folder(folder)
    manifest = _read_manifest(folder)
    if not manifest["figures"]:
        raise RecordError(f"There is no published figure in {folder}: publish the figures first.")
    here = _environment()
    same = here == manifest["environment"]
    faults = _unlisted(folder, manifest["figures"])
    with tempfile.TemporaryDirectory() as scratch:
        for name, entry in manifest["figures"].items():
            wanted = {
                file: digest
                for file, digest in entry["files"].items()
                if same or file.endswith(".csv")
            }
            pictures = [file.removeprefix(f"{name}.").split(".") for file in wanted]
            langs = [lang for lang in LANGUAGES if any(lang == p[0] for p in pictures)]
            formats = [kind for kind in FORMATS if any(kind == p[-1] for p in pictures)]
            publish(name, record, langs, formats, scratch)
            changed = _differences(name, wanted, folder, Path(scratch))
            faults += changed
            if progress:
                progress(f"{name}: {'differs' if changed else 'matches'}")
    inputs = _changed_inputs(record, manifest["inputs"])
    if faults:
        outcome = "The figures do not match."
    elif inputs:
        outcome = "The figures match; the inputs changed: publish again so that the manifest fits."
    else:
        outcome = "The figures match."
    return inputs + faults, f"{_compared(here, manifest['environment'])}\n{outcome}"


def _compared(here: dict[str, str], there: dict[str, str]) -> str:
    differing = [
        f"{what} {here[what]} (manifest: {there.get(what)})"
        for what in here
        if here[what] != there.get(what)
    ]
    if differing:
        return f"Compared the plotted numbers only: {', '.join(differing)}."
    return "Compared byte for byte: this is the environment of the manifest."


# --- rendering ----------------------------------------------------------------------------------


def _render(
    name: str, record: Record, langs: tuple[str, ...], formats: tuple[str, ...]
) -> tuple[dict[str, bytes], Manifest]:
    """Return the files of a figure by name, and its entry in the manifest."""
    files = {f"{name}.csv": _csv(numbers(name, record))}
    texts = {}
    for lang in langs:
        words = language(lang)
        drawn = drawing(name, record, words)
        texts[lang] = {"title": drawn.title, "alt": drawn.alt}
        for kind in formats:
            files[f"{name}.{lang}.{kind}"] = _picture(drawn, kind, words)
    digests = {file: hashlib.sha256(content).hexdigest() for file, content in files.items()}
    return files, {"files": digests, "texts": texts}


def _picture(drawn: Drawing, kind: str, words: Language) -> bytes:
    """Save a figure without dates, software tags or random ids."""
    metadata: dict[str, dict[str, Any]] = {
        "png": {"Software": None, "Title": drawn.title, "Description": drawn.alt},
        "svg": {
            "Date": None,
            "Creator": None,
            "Title": drawn.title,
            "Description": drawn.alt,
            "Language": words.code,
        },
        # no PDF viewer finds every Arabic word in the drawing: the words stand here as well
        "pdf": {
            "CreationDate": None,
            "Creator": None,
            "Producer": None,
            "Title": drawn.title,
            "Subject": drawn.alt,
            "Keywords": _words(drawn) if kind == "pdf" and matplotlib_shapes() else "",
        },
    }
    settings = {
        "svg.hashsalt": "syria-record",
        "svg.fonttype": "none" if matplotlib_shapes() else "path",
        "pdf.compression": 0,
        "pdf.fonttype": 42,
    }
    buffer = io.BytesIO()
    with look(settings), mended_pdf_text():
        drawn.figure.savefig(buffer, format=kind, metadata=metadata[kind])
    return buffer.getvalue()


def _words(drawn: Drawing) -> str:
    """Return every text of a figure, once each."""
    with look():  # how many labels an axis has depends on it, and they are written when asked for
        for ax in drawn.figure.axes:
            ax.get_xticklabels(which="both")
            ax.get_yticklabels(which="both")
        found = drawn.figure.findobj(Text)
    texts = (" ".join(plain(text.get_text()).split()) for text in found)
    return " · ".join(dict.fromkeys(filter(None, texts)))


def _csv(numbers: pd.DataFrame) -> bytes:
    """Write plotted numbers rounded to the millionth, days and months as dates."""
    rounded = numbers.assign(**numbers.select_dtypes("number").round(6))
    text: str = rounded.to_csv(index=False, lineterminator="\n", date_format="%Y-%m-%d")
    return text.encode()


# --- manifest -----------------------------------------------------------------------------------


def _environment() -> dict[str, str]:
    packages = {name: version(name) for name in PACKAGES}
    return {
        "python": f"{sys.version_info.major}.{sys.version_info.minor}",
        "platform": f"{platform.system()} {platform.machine()}",
        **packages,
    }


def _inputs(record: Record) -> dict[str, str]:
    files = [record.folder / f"{name}.csv" for name in TABLES]
    for file in files:
        if not file.is_file():
            raise RecordError(f"{file} is not there: publish from a record saved in its folder.")
    return {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in files}


def _changed_inputs(record: Record, published: dict[str, str]) -> list[str]:
    return [
        f"data/{file} is not the one from which the figures were published; publish them again."
        for file, digest in _inputs(record).items()
        if published.get(file) != digest
    ]


def _unlisted(folder: Path, listed: dict[str, Manifest]) -> list[str]:
    """Tell of figures, and of files of figures, that nothing can be compared with."""
    faults = []
    for name in FIGURES:
        if name not in listed:
            faults.append(f"{name} is not in {folder / MANIFEST}; publish it.")
            continue
        for file in sorted(folder.glob(f"{name}.*")):
            if file.name not in listed[name]["files"]:
                faults.append(
                    f"{name}: {file.name} is not in {folder / MANIFEST}; publish or delete it."
                )
    return faults


def _differences(name: str, wanted: dict[str, str], folder: Path, fresh: Path) -> list[str]:
    faults = []
    for file, digest in wanted.items():
        stored = folder / file
        if _digest(fresh / file) != digest:
            faults.append(f"{name} no longer matches: {file} comes out different now.")
        elif stored.is_file() and _digest(stored) != digest:
            faults.append(f"{name}: the stored {file} was changed by hand; publish it again.")
        elif not stored.is_file() and file.endswith((".png", ".csv")):
            faults.append(f"{name}: {file} is missing from {folder}; publish it again.")
    return faults


def _digest(file: Path) -> str | None:
    return hashlib.sha256(file.read_bytes()).hexdigest() if file.is_file() else None


def _read_manifest(folder: Path) -> Manifest:
    file = folder / MANIFEST
    if not file.is_file():
        return {"figures": {}}
    try:
        manifest: Manifest = json.loads(file.read_text(encoding="utf-8"))
        parts = [manifest["figures"], manifest["environment"], manifest["inputs"]]
        for entry in manifest["figures"].values():
            parts += [entry["files"], entry["texts"]]
        sound = all(isinstance(part, dict) for part in parts)
    except (ValueError, KeyError, TypeError, AttributeError):
        sound = False
    if not sound:
        raise RecordError(f"{file} is damaged: publish all figures again.")
    for name in manifest["figures"]:
        if name not in FIGURES:
            raise RecordError(f"{file} lists {name!r}, no figure here: publish all figures again.")
    return manifest


# --- files --------------------------------------------------------------------------------------


def _write(path: Path, content: bytes) -> Path:
    """Write a file whole or not at all; leave it alone where it holds the same already."""
    if path.is_file() and path.read_bytes() == content:
        return path
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    with _writing(path):
        try:
            part.write_bytes(content)
            os.replace(part, path)
        finally:
            part.unlink(missing_ok=True)
    return path


@contextmanager
def _writing(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise RecordError(
            f"{path} cannot be written ({error.strerror or error}): "
            "mend that, or name another folder."
        ) from error


def _known(values: Iterable[str], known: tuple[str, ...], what: str) -> tuple[str, ...]:
    if isinstance(values, str) or not isinstance(values, Iterable):
        values = (values,)
    given = tuple(values)
    for value in given:
        if value not in known:
            raise RecordError(f"There is no {what} {value!r} here: choose {', '.join(known)}.")
    return given
