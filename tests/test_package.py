"""The package as a whole: light to import, whole names, one direction, nothing of a machine."""

from __future__ import annotations

import ast
import doctest
import importlib
import inspect
import os
import pkgutil
import re
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

import pytest

import analysis

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "analysis"
PUBLIC = {name: getattr(analysis, name) for name in analysis.__all__}


def python(code: str) -> str:
    """Run code in a fresh process, from the root of the project; return what it prints."""
    return subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.strip()


# --- light --------------------------------------------------------------------------------------


def test_importing_the_package_imports_nothing_heavy() -> None:
    code = (
        "import sys\nbefore = set(sys.modules)\nimport analysis\ndir(analysis)\n"
        "print(*sorted({name.split('.')[0] for name in set(sys.modules) - before}))"
    )
    assert set(python(code).split()) - sys.stdlib_module_names == {"analysis"}


def test_importing_the_package_costs_little() -> None:
    """At most 0.3 of what pandas costs; the middle of several turns, in processes of their own."""
    timed = (
        "import time; start = time.perf_counter(); import {}; print(time.perf_counter() - start)"
    )
    turns = [
        [float(python(timed.format(name))) for name in ("analysis", "pandas")] for _ in range(5)
    ]
    own, pandas = (statistics.median(turn) for turn in zip(*turns, strict=True))
    assert own <= 0.3 * pandas, (own, pandas)


def test_loading_and_checking_the_record_takes_less_than_half_a_second() -> None:
    analysis.load()  # imports apart

    def spent() -> float:
        start = time.process_time()  # of this process: others on the machine do not count
        analysis.load()
        analysis.check()
        return time.process_time() - start

    assert min(spent() for _ in range(5)) < 0.5


# --- names --------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", analysis.__all__)
def test_each_public_name_is_there_and_documented(name: str) -> None:
    value = PUBLIC[name]
    assert name in dir(analysis)
    if inspect.isclass(value) or inspect.isfunction(value):
        assert value.__module__.startswith("analysis.")
        assert value.__doc__ and len(value.__doc__.strip()) > 20
        assert ast.get_docstring(definition(value.__module__, name)), name  # none inherited
    else:
        assert value


def definition(module: str, name: str) -> ast.FunctionDef | ast.ClassDef:
    tree = ast.parse(inspect.getsource(sys.modules[module]))
    (found,) = (
        node
        for node in tree.body
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and node.name == name
    )
    return found


@pytest.mark.parametrize("name", ["draw", "trace", "publish", "load", "check", "monthly_deaths"])
def test_functions_say_what_they_take_give_and_refuse(name: str) -> None:
    function = PUBLIC[name]
    said = inspect.getdoc(function) or ""
    for section in ("Parameters", "Returns", "Raises"):
        assert re.search(rf"^{section}\n-+$", said, re.MULTILINE), section
    documented = re.search(r"^Parameters\n-+\n(.*?)^Returns\n", said, re.MULTILINE | re.DOTALL)
    assert documented
    named = re.findall(r"^\*{0,2}(\w+)(?: :|$)", documented[1], re.MULTILINE)
    assert named == list(inspect.signature(function).parameters)


def test_names_are_listed_once_and_in_order() -> None:
    assert list(analysis.__all__) == sorted(set(analysis.__all__))
    assert set(analysis.__all__) <= set(dir(analysis))
    fixed = {"load", "check", "monthly_deaths", "draw", "FIGURES", "publish", "trace", "rtl"}
    assert fixed <= set(analysis.__all__)


def test_the_figures_cannot_be_changed() -> None:
    for mapping in (analysis.FIGURES, *analysis.FIGURES.values()):
        with pytest.raises(TypeError):
            mapping["mine"] = {}  # type: ignore[index]


def test_a_record_is_itself_alone() -> None:
    record, other = analysis.load(), analysis.load()
    assert record == record and record != other
    assert len({record, record, other}) == 2


@pytest.mark.parametrize(
    ("call", "part"),
    [
        (lambda: analysis.load(3), "3 does not name a folder"),
        (lambda: analysis.load(""), "'' does not name a folder"),
        (lambda: analysis.check(b"data"), "b'data' does not name a folder"),
        (lambda: analysis.draw("casualty-trend", "data"), "needed, not a str: load one"),
        (lambda: analysis.trace("casualty-trend", "data"), "needed, not a str: load one"),
        (lambda: analysis.monthly_deaths("data"), "needed, not a str: load one"),
        (lambda: analysis.monthly_deaths(None), "needed, not a NoneType: load one"),
        (lambda: analysis.rtl(None), "None is no text: give a string"),
    ],
)
def test_what_is_of_the_wrong_kind_gives_one_sentence(
    call: Callable[[], object], part: str
) -> None:
    with pytest.raises(analysis.RecordError) as caught:
        call()
    said = str(caught.value)
    assert part in said and "\n" not in said and said.endswith(".")


def test_an_unknown_name_is_told_with_those_known() -> None:
    with pytest.raises(AttributeError, match=r"no name 'plot'; it has .*draw"):
        analysis.plot  # noqa: B018
    assert not hasattr(analysis, "__path_of_no_such_thing__")


def test_type_checkers_see_the_same_names() -> None:
    tree = ast.parse((PACKAGE / "__init__.py").read_text(encoding="utf-8"))
    (block,) = (node for node in tree.body if isinstance(node, ast.If))
    typed = {
        alias.name: node.module
        for node in block.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    assert set(typed) == set(analysis.__all__)
    for name, module in typed.items():
        assert getattr(importlib.import_module(str(module)), name) is PUBLIC[name]


def test_the_package_is_typed() -> None:
    assert (PACKAGE / "py.typed").is_file()


# --- one direction ------------------------------------------------------------------------------

ORDER = ["errors", "paths", "record", "casualties", "figures", "publishing", "cli", "__main__"]
"""What stands further left never imports what stands further right."""

SIDE_ROOMS = {"arabic": {"errors"}, "eventdata": {"errors", "record"}}
"""What each side room may import besides itself; nothing but drawings need Arabic."""

MAY_USE = {
    "arabic": {"figures", "publishing", "cli", "__init__"},
    "eventdata": {"cli", "__init__"},
}


def imported_rooms(tree: ast.AST) -> Iterator[str]:
    """Yield the rooms of the package that a module imports, wherever in its code."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are written in full"
            module = node.module or ""
            names = [f"{module}.{alias.name}" for alias in node.names]
        else:
            continue
        for name in names:
            package, _, rest = name.partition(".")
            if package == "analysis" and rest:
                yield rest.split(".")[0]


def crossings(room: str, tree: ast.AST) -> list[str]:
    """Return the rooms that a module of ``room`` imports against the order."""
    wrong = []
    for other in imported_rooms(tree):
        if other == room:
            continue
        if other in SIDE_ROOMS:
            allowed = room in MAY_USE[other]
        elif room in SIDE_ROOMS:
            allowed = other in SIDE_ROOMS[room]
        else:
            allowed = other in ORDER and ORDER.index(other) < ORDER.index(room)
        if not allowed:
            wrong.append(other)
    return wrong


MODULES = sorted(path for path in PACKAGE.rglob("*.py") if path != PACKAGE / "__init__.py")


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_nothing_imports_what_stands_to_its_right(path: Path) -> None:
    room = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
    assert room in ORDER or room in SIDE_ROOMS, f"{room} has no place in the order: give it one"
    assert crossings(room, ast.parse(path.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize(
    ("room", "line", "wrong"),
    [
        ("record", "from analysis.casualties import MONTHS", ["casualties"]),
        ("casualties", "def f():\n    import analysis.figures.style", ["figures"]),
        ("figures", "from analysis import publishing, record", ["publishing"]),
        ("arabic", "from analysis.record import load", ["record"]),
        ("record", "from analysis.arabic import plain", ["arabic"]),
        ("publishing", "from analysis.figures import draw\nimport pandas", []),
    ],
)
def test_a_wrong_direction_would_be_found(room: str, line: str, wrong: list[str]) -> None:
    assert crossings(room, ast.parse(line)) == wrong


# --- examples -----------------------------------------------------------------------------------


def modules() -> list[ModuleType]:
    names = [m.name for m in pkgutil.walk_packages(analysis.__path__, "analysis.")]
    return [importlib.import_module(name) for name in names if not name.endswith("__main__")]


def test_the_examples_of_the_documentation_run() -> None:
    finder = doctest.DocTestFinder(exclude_empty=True)
    examples = {
        test.name: test for module in modules() for test in finder.find(module) if test.examples
    }
    assert {"analysis.casualties.monthly_deaths", "analysis.figures.trace"} <= set(examples)
    runner = doctest.DocTestRunner()
    for test in examples.values():
        told: list[str] = []
        assert runner.run(test, out=told.append).failed == 0, "".join(told)


# --- nothing of a machine -----------------------------------------------------------------------

# Written in pieces, so that this file does not match itself.
REGISTRY = r"py[p]i\.org|pythonhos[t]ed\.|npm[j]s\.|anac[o]nda\.org|deb\.debi[a]n|crates\.i[o]"
FOLDERS = "ho[m]e|ro[o]t|wo[r]k|tm[p]|Use[r]s|mn[t]|priv[a]te"
MACHINE = rf"(?<![\w.\-/<~])/(?:{FOLDERS})/[\w.\-]|[A-Z]:\\+Use[r]s"
WORKSHOP = r"(?<![\w\"'=])(?:sessio[n]s?|helpe[r]s?|sub-?agen[t]s?|issue trac[k]er)\b"


def told(text: str) -> re.Match[str] | None:
    return re.search(f"{REGISTRY}|{MACHINE}|(?i:{WORKSHOP})", text)


def project_files() -> list[Path]:
    """Return every file that is, or is about to be, in the repository."""
    if not (ROOT / ".git").exists() or not shutil.which("git"):
        pytest.skip("not a git checkout")
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    ).stdout
    return [
        path for name in os.fsdecode(listed).split("\0") if name and (path := ROOT / name).is_file()
    ]


def test_no_file_tells_of_a_machine_or_a_workshop() -> None:
    for path in project_files():
        data = path.read_bytes()
        if b"\0" not in data and path.suffix != ".pdf":
            found = told(data.decode("utf-8"))
            assert not found, f"{path.relative_to(ROOT)}: {found and found[0]!r}"


@pytest.mark.parametrize(
    "text",
    [
        "see https://py" + "pi.org/simple",
        'open("/tm' + 'p/x.csv")',
        "in /ho" + "me/somebody/data",
        "C:\\\\Use" + "rs\\\\x",
        "an earlier sessio" + "n left it",
        "# Helpe" + "rs for plots",
        "see the issue trac" + "ker",
    ],
)
def test_such_a_word_would_be_found(text: str) -> None:
    assert told(text)


@pytest.mark.parametrize(
    "text", ["https://example.org/tmp/x", 'scope="sessio' + 'n"', "figures/data", "a / b", "~/data"]
)
def test_other_words_are_left_alone(text: str) -> None:
    assert not told(text)
