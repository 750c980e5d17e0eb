"""Every notebook runs from its first cell to its last, and shows what it promises."""

from __future__ import annotations

from pathlib import Path

import pytest

nbformat = pytest.importorskip("nbformat", reason="the notebooks need the extra [notebooks]")
nbclient = pytest.importorskip("nbclient", reason="the notebooks need the extra [notebooks]")

NOTEBOOKS = sorted((Path(__file__).parent.parent / "notebooks").glob("*.ipynb"))


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebook_runs(path: Path, tmp_path: Path) -> None:
    notebook = nbformat.read(path, as_version=4)
    # from another folder: a notebook finds the record from the package, not from where it runs
    nbclient.NotebookClient(
        notebook, timeout=60, kernel_name="python3", resources={"metadata": {"path": tmp_path}}
    ).execute()
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert all(cell.outputs for cell in code), "a cell shows nothing"
    shown = [
        output.data.get("text/html", "")
        for cell in code
        if cell.source.endswith(".figure")
        for output in cell.outputs
    ]
    assert all("<img" in html and 'alt=""' not in html for html in shown)
    assert len(shown) == (0 if "record" in path.stem else 2)
    assert not list(tmp_path.iterdir()), "a notebook writes nothing"


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebook_is_thin(path: Path) -> None:
    notebook = nbformat.read(path, as_version=4)
    longest = max(len(c.source.splitlines()) for c in notebook.cells if c.cell_type == "code")
    assert longest <= 18, "put the code into the package and call it"
