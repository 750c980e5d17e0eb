"""The set-up: one set of bounds, exact locks, a help line per target, nothing of a machine."""

import json
import os
import re
import shutil
import subprocess
import tomllib
import zipfile
from pathlib import Path

import pytest
import yaml
from flit_core import buildapi
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
EXTRAS = PROJECT["optional-dependencies"]

# Where conda-forge's name is not the one pip knows.
CONDA_NAMES = {"matplotlib": "matplotlib-base", "arabic-reshaper": "arabic_reshaper"}


def bounds(requirements: list[str]) -> dict[str, SpecifierSet]:
    parsed = map(Requirement, requirements)
    return {canonicalize_name(requirement.name): requirement.specifier for requirement in parsed}


def direct_bounds(*extras: str) -> dict[str, SpecifierSet]:
    """The bounds of the package's dependencies and of those of some extras."""
    return bounds([*PROJECT["dependencies"], *(r for extra in extras for r in EXTRAS[extra])])


def lock_entries(name: str) -> list[tuple[Requirement, int]]:
    """Each requirement of a lock with its number of hashes."""
    lines = [
        line.split(" #")[0].rstrip("\\ ")
        for line in (ROOT / name).read_text("utf-8").splitlines()
        if not line.lstrip().startswith("#")
    ]
    entries: list[tuple[Requirement, int]] = []
    for line in filter(None, lines):
        if re.fullmatch(r" +--hash=sha256:[0-9a-f]{64}", line):
            requirement, hashes = entries[-1]
            entries[-1] = requirement, hashes + 1
        else:
            entries.append((Requirement(line), 0))
    return entries


def files_of_the_project() -> list[Path]:
    if not (ROOT / ".git").exists() or not shutil.which("git"):
        pytest.skip("not a git checkout")
    names = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    ).stdout.decode()
    return [path for name in names.split("\0") if name and (path := ROOT / name).is_file()]


def make_targets() -> set[str]:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    phony = re.search(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)
    assert phony
    return {target for target in phony[1].split() if target.isascii() and "$" not in target}


def test_environment_yml_has_the_bounds_of_pyproject():
    environment = yaml.safe_load((ROOT / "environment.yml").read_text("utf-8"))
    conda = [entry for entry in environment["dependencies"] if isinstance(entry, str)]
    (pip,) = [entry["pip"] for entry in environment["dependencies"] if isinstance(entry, dict)]
    assert "-e ." in pip

    found = bounds([*conda, *(entry for entry in pip if entry != "-e .")])
    assert found.pop("pip") == SpecifierSet()
    assert found.pop("python") == SpecifierSet(PROJECT["requires-python"])

    assert found == {
        canonicalize_name(CONDA_NAMES.get(name, name)): bound
        for name, bound in direct_bounds("notebooks").items()
    }


def test_every_dependency_has_a_lower_and_an_upper_bound():
    for name, bound in direct_bounds(*EXTRAS).items():
        assert sorted(part.operator for part in bound) == ["<", ">="], name


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-oldest.lock"])
def test_locks_are_exact_hashed_and_free_of_addresses(lock):
    text = (ROOT / lock).read_text("utf-8")
    assert "make lock" in text.splitlines()[1]
    assert "://" not in text
    # Nothing but pins, hashes and comments: no index, no find-links, no files, no links.
    for requirement, hashes in lock_entries(lock):
        assert [part.operator for part in requirement.specifier] == ["=="], requirement
        assert requirement.url is None
        assert hashes, f"{requirement} has no hash"


@pytest.mark.parametrize(
    ("lock", "extras"),
    [("requirements.lock", ["notebooks", "dev"]), ("requirements-oldest.lock", ["dev"])],
)
def test_locks_hold_every_dependency_within_its_bounds(lock, extras):
    pinned: dict[str, list[str]] = {}
    for requirement, _ in lock_entries(lock):
        (pin,) = requirement.specifier
        pinned.setdefault(canonicalize_name(requirement.name), []).append(pin.version)
    for name, bound in direct_bounds(*extras).items():
        assert pinned.get(name), f"{name} is not in {lock}"
        for version in pinned[name]:
            assert version in bound, f"{name} {version} in {lock}"


def test_the_oldest_lock_is_the_lower_bounds():
    """On the oldest Python, each dependency of the package stands at its lower bound."""
    pinned = {
        canonicalize_name(requirement.name): Version(next(iter(requirement.specifier)).version)
        for requirement, _ in lock_entries("requirements-oldest.lock")
        if not requirement.marker
        or requirement.marker.evaluate({"python_version": "3.11", "python_full_version": "3.11.0"})
    }
    for name, bound in direct_bounds().items():
        (lowest,) = [Version(part.version) for part in bound if part.operator == ">="]
        assert pinned[name] == lowest, name


def test_make_help_shows_each_target():
    if not shutil.which("make"):
        pytest.skip("make is not installed")
    # Without the settings of a make that runs these tests.
    env = {key: value for key, value in os.environ.items() if not key.startswith("MAKE")}
    shown = subprocess.run(
        ["make"], cwd=ROOT, env=env, capture_output=True, check=True, text=True
    ).stdout
    lines = [re.fullmatch(r"make ([a-z-]+) +(\S.*)", line) for line in shown.splitlines()]
    assert all(lines), shown
    assert sorted(line[1] for line in lines if line) == sorted(make_targets())


def test_documents_name_only_targets_that_exist():
    documents = [ROOT / "README.md", ROOT / ".ci/run", *sorted((ROOT / "docs").glob("*.md"))]
    # "make" is a verb as well: only what stands as code counts.
    code = re.compile(r"(?:^|`)make (?:[A-Z]+=\S+ )*([a-z-]+)", re.MULTILINE)
    named = {target for path in documents for target in code.findall(path.read_text("utf-8"))}
    assert {"figures", "test"} <= named <= make_targets()


def test_ci_runs_the_commands_of_the_readme():
    script = ROOT / ".ci/run"
    assert os.access(script, os.X_OK)
    readme = (ROOT / "README.md").read_text("utf-8").splitlines()
    commands = script.read_text("utf-8").splitlines()
    for command in ("make figures", "make test"):
        assert command in readme
        assert command in commands


def test_citation_names_this_version():
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8"))
    assert citation["cff-version"] == "1.2.0"
    assert citation["version"] == PROJECT["version"]
    assert citation["authors"] == [{"name": author["name"]} for author in PROJECT["authors"]]
    year, month, _ = (int(part) for part in PROJECT["version"].split("."))
    assert (citation["date-released"].year, citation["date-released"].month) == (year, month)


def test_the_wheel_holds_the_package_and_its_messages(tmp_path, monkeypatch):
    monkeypatch.chdir(ROOT)
    with zipfile.ZipFile(tmp_path / buildapi.build_wheel(str(tmp_path))) as wheel:
        built = set(wheel.namelist())
    messages = {path.relative_to(ROOT).as_posix() for path in (ROOT / "analysis").rglob("*.ftl")}
    assert messages
    assert messages | {"analysis/__init__.py", "analysis/py.typed"} <= built
    assert {name.split("/")[0] for name in built if ".dist-info" not in name} == {"analysis"}


def test_no_file_names_a_package_registry():
    # Written so that this file does not match itself.
    hosts = re.compile(r"py[p]i[.]org|pythonhoste[d][.]|npmj[s][.]|anacond[a][.]org|deb[.]debia[n]")
    for path in files_of_the_project():
        data = path.read_bytes()
        if b"\0" not in data:
            found = hosts.search(data.decode("utf-8"))
            assert not found, f"{path.relative_to(ROOT)} names {found and found[0]}"


def test_notebooks_are_stored_without_results():
    notebooks = sorted((ROOT / "notebooks").glob("*.ipynb"))
    assert notebooks
    for path in notebooks:
        for cell in json.loads(path.read_text("utf-8"))["cells"]:
            assert not cell.get("outputs"), f"{path.name} holds outputs: clear them"
            assert cell.get("execution_count") is None, f"{path.name} holds counts: clear them"


def test_every_place_names_the_same_version() -> None:
    version = PROJECT["version"]
    record = json.loads((ROOT / "data" / "datapackage.json").read_text("utf-8"))
    manifest = json.loads((ROOT / "figures" / "manifest.json").read_text("utf-8"))
    assert record["version"] == manifest["record"] == version
    assert f"version {version}." in (ROOT / "README.md").read_text("utf-8")
