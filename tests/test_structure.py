"""How the code is laid out: which way imports go, what stands nowhere, what the configuration says."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from importlinter.cli import lint_imports

ROOT = Path(__file__).parent.parent
APP = ROOT / "app.py"
PAGES = sorted((ROOT / "pages").rglob("*.py"))
ANALYTICS = sorted((ROOT / "analytics").rglob("*.py"))
PRODUCT = [APP, *PAGES, *ANALYTICS]
CACHES = ROOT / "pages" / "ui" / "access.py"
HTML = ROOT / "pages" / "ui" / "html.py"
MARKED = ROOT / "analytics" / "charts" / "marked.py"

# Written in pieces, so that this file does not find itself.
REGISTRIES = re.compile(
    "|".join([r"py" r"pi\.org", r"python" r"hosted", r"npm" r"js\.(com|org)", r"artifact" r"ory", r"\bnex" r"us\b"]),
    re.IGNORECASE,
)
INDEX_OPTIONS = re.compile(r"(^|[\s\"'])--(extra-)?(index" r"-url|find" r"-links|trusted" r"-host)\b", re.MULTILINE)
MACHINE_PATHS = re.compile("|".join([r"(?<![\w.])/(home|root|work|Users|mnt)/" r"\w", r"\b[C-Z]:" r"\\\\?\w"]))
TEXTS = {"", ".cfg", ".css", ".csv", ".ini", ".json", ".md", ".po", ".py", ".sql", ".toml", ".txt", ".yaml", ".yml"}
NOT_OURS = {".git", ".venv", ".venv-lock", ".hypothesis", ".import_linter_cache", ".pytest_cache", ".ruff_cache"}
NOT_OURS |= {"__pycache__", "build", "dist", "shots", "store"}


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


@cache
def nodes(path: Path) -> list[ast.AST]:
    """Every node of the file: it is walked once for all that is looked for in it."""
    return list(ast.walk(tree(path)))


def imports(path: Path) -> Iterator[str]:
    """Every module that the file imports, in full: `from plotly import express` is plotly.express."""
    for node in nodes(path):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def importers(paths: list[Path], *modules: str) -> list[tuple[str, str]]:
    return [
        (name(path), found)
        for path in paths
        for found in imports(path)
        if any(found == module or found.startswith(module + ".") for module in modules)
    ]


def texts_of_the_project(folder: Path = ROOT) -> Iterator[Path]:
    """The text files that are ours: not what tools, environments and builds leave behind."""
    for path in sorted(folder.iterdir()):
        if path.name in NOT_OURS or path.suffix == ".egg-info" or path.is_symlink():
            continue
        if path.is_dir():
            if path.name != "store" or folder.name != "data":
                yield from texts_of_the_project(path)
        elif path.suffix in TEXTS:
            yield path


def test_imports_keep_their_contracts(monkeypatch):
    monkeypatch.chdir(ROOT)
    assert lint_imports(no_cache=True, no_logo=True) == 0


def test_the_contracts_name_what_there_is():
    """A contract about a package that has moved says nothing any more."""
    linter = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]
    assert set(linter["root_packages"]) == {"analytics", "pages"}
    assert len(linter["contracts"]) >= 5
    layers = next(c["layers"] for c in linter["contracts"] if "analytics.model" in c.get("layers", ()))
    ordered = {module.strip() for layer in layers for module in re.split(r"[|:]", layer)}
    there = {f"analytics.{p.stem}" for p in (ROOT / "analytics").iterdir() if is_module(p)}
    assert there - {"analytics.__init__", "analytics.__main__"} == ordered


def test_analytics_and_pages_hold_packages_alone():
    """What a module is about is told by the package that it lies in."""
    alone = [name(p) for top in ("analytics", "pages") for p in (ROOT / top).glob("*.py")]
    assert sorted(alone) == ["analytics/__init__.py", "analytics/__main__.py", "pages/__init__.py"]


def is_module(path: Path) -> bool:
    return path.suffix == ".py" or (path / "__init__.py").exists()


def test_no_script_lies_directly_in_pages():
    """Streamlit would find it, and on a cold server run it without app.py around it."""
    assert [path.name for path in (ROOT / "pages").glob("*.py")] == ["__init__.py"]
    assert not (ROOT / "pages" / "__init__.py").read_text("utf-8").strip()


def test_no_plotly_express():
    assert importers(PRODUCT, "plotly.express", "plotly.figure_factory") == []


def test_no_streamlit_in_analytics():
    assert importers(ANALYTICS, "streamlit") == []


def test_pages_ask_questions_and_hold_no_sql():
    assert importers([APP, *PAGES], "duckdb", "pandas", "pyarrow") == []
    sql = re.compile(r"\bselect\b.*\bfrom\b", re.IGNORECASE | re.DOTALL)
    held = [
        (name(path), node.value)
        for path in [APP, *PAGES]
        for node in nodes(path)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and sql.search(node.value)
    ]
    assert held == []


def test_pages_reach_no_files_of_answers():
    """But for the one page on which they are left, which writes nothing by itself either."""
    others = [page for page in PAGES if "imports" not in page.parts]
    assert importers([APP, *others], "analytics.intake", "analytics.loads.load", "analytics.store.writing") == []
    assert importers([APP, *PAGES], "analytics.store.writing") == []


def test_caches_are_in_one_place():
    """st.cache_* copies at each hit and knows nothing of who asks: nowhere. Other caches of pages: in access alone."""
    streamlit, others = [], []
    for path in PRODUCT:
        for node in nodes(path):
            word = node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""
            if word in ("cache_data", "cache_resource"):
                streamlit.append((name(path), node.lineno))
            if word in ("lru_cache", "cache", "cached_property") and path in [APP, *PAGES] and path != CACHES:
                others.append((name(path), node.lineno))
    assert streamlit == []
    assert others == []


def test_html_is_made_and_shown_in_one_place():
    """What is shown as HTML is made of elements, which escape their texts: nothing else may say that a text is HTML."""
    elsewhere = [path for path in (APP, *PAGES, *ANALYTICS) if path not in (HTML, MARKED)]
    assert not importers(elsewhere, "html", "cgi", "xml.sax.saxutils", "markupsafe.escape", "jinja2")
    assert not list(unescaped(elsewhere))
    assert {what for _, what in unescaped([HTML])} == {"html", "Markup"}, "the test sees what it looks for"


def test_boxes_to_choose_in_are_made_in_one_place():
    """Which tells options apart that are written the same: Streamlit takes the last of them for each."""
    boxes = re.compile(r"\bst\.(selectbox|multiselect)\(")
    made = {name(path) for path in PAGES if boxes.search(path.read_text("utf-8"))}
    assert made == {"pages/ui/options.py"}


def test_pictures_texts_are_escaped_in_one_place():
    """Plotly reads tags in all texts. `style.figure` alone makes a picture, and no other module writes a tag."""
    drawn = [path for path in (*PAGES, *ANALYTICS) if re.search(r"\b(go\.Figure|Picture)\(", path.read_text("utf-8"))]
    assert [name(path) for path in drawn] == ["analytics/charts/style.py"]
    tagged = [
        path for path in (*PAGES, *ANALYTICS) if re.search("<(b|br|span|i|a|sup|sub)[ >]", path.read_text("utf-8"))
    ]
    assert {name(path) for path in tagged} == {name(HTML), name(MARKED)}


def unescaped(paths: list[Path]) -> Iterator[tuple[str, str]]:
    """Where a text is called HTML as it is, or a text is shown as HTML: Markup(text), st.html(text), and the like."""
    for path in paths:
        for node in nodes(path):
            if not isinstance(node, ast.Call):
                continue
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if called in ("Markup", "html", "iframe") and node.args:
                yield name(path), called
            if any(word.arg == "unsafe_allow_html" for word in node.keywords):
                yield name(path), "unsafe_allow_html"


def test_modules_are_small():
    lines = {name(path): len(path.read_text("utf-8").splitlines()) for path in PRODUCT}
    assert lines["app.py"] <= 60
    assert {path: count for path, count in lines.items() if count > 300} == {}


def test_no_module_is_a_drawer_for_everything():
    drawers = {"utils", "util", "helpers", "helper", "misc", "common"}
    assert [name(path) for path in PRODUCT if path.stem in drawers] == []


def test_configuration():
    config = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text("utf-8"))
    assert config["runner"]["postScriptGC"] is False
    assert config["browser"]["gatherUsageStats"] is False
    assert config["client"]["showErrorDetails"] == "none"
    assert config["server"]["address"] == "localhost"


@pytest.mark.parametrize("pattern", [REGISTRIES, INDEX_OPTIONS, MACHINE_PATHS], ids=["registry", "option", "path"])
def test_no_file_names_a_registry_or_somebodys_machine(pattern):
    found = [
        (name(path), match[0])
        for path in texts_of_the_project()
        if (match := pattern.search(path.read_text("utf-8", errors="replace")))
    ]
    assert found == []


def test_the_patterns_find_what_they_look_for():
    assert REGISTRIES.search("https://" + "py" + "pi.org/simple")
    assert INDEX_OPTIONS.search("--index" + "-url https://x")
    assert not INDEX_OPTIONS.search("--no-emit-index" + "-url")
    assert MACHINE_PATHS.search("see /home" + "/anna/kod")
    assert not MACHINE_PATHS.search("see data/home/anna and http://x.se/work/a")


LOCKED = ("requirements.txt", "requirements-lake.txt", "requirements-dev.txt")


@pytest.mark.parametrize("file", [*LOCKED, "requirements-uv.txt", "requirements-storage.txt"])
def test_every_requirement_is_pinned_and_hashed(file):
    logical = (ROOT / file).read_text("utf-8").replace("\\\n", " ").splitlines()
    requirements = [line for line in logical if line.strip() and not line.lstrip().startswith("#")]
    assert len(requirements) > (20 if file in LOCKED else 0)
    loose = [
        line.split()[0]
        for line in requirements
        if not re.match(r"[\w.\-\[\]]+==[\w.+!]+(\s|;)", line) or "--hash=sha256:" not in line
    ]
    assert loose == []


def test_the_lock_files_agree():
    """The development environment runs what is deployed, a lake's machines what others do and what a lake takes."""
    deployed, of_a_lake, developed = (
        dict(re.findall(r"^([\w.\-]+)(?:\[[^\]]*\])?==([\w.+!]+)", (ROOT / file).read_text("utf-8"), re.MULTILINE))
        for file in LOCKED
    )
    assert deployed.items() < of_a_lake.items() < developed.items()
    extra = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["optional-dependencies"]["lake"]
    assert {re.match(r"[\w-]+", one)[0] for one in extra} <= of_a_lake.keys()


def test_version_licence_and_changelog_agree():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    released = re.findall(
        r"^## (\d+\.\d+\.\d+) – \d{4}-\d{2}-\d{2}$", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE
    )
    assert project["version"] == released[0]
    assert project["license"] == "EUPL-1.2"
    licence = (ROOT / "LICENSE").read_text("utf-8")
    assert licence.startswith("EUROPEAN UNION PUBLIC LICENCE v. 1.2\n")
    assert re.findall(r"^(\d+)\.\w", licence, re.MULTILINE) == [str(article) for article in range(1, 16)]


def test_make_help_tells_of_every_target():
    makefile = (ROOT / "Makefile").read_text("utf-8")
    targets = re.search(r"^\.PHONY: (.+)$", makefile, re.MULTILINE)[1].split()
    told = re.findall(
        r"^  make (\w+) +\S",
        subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True).stdout,
        re.MULTILINE,
    )
    assert sorted(told) == sorted(targets)


def test_numpy_comes_after_what_keeps_its_threads_to_one():
    """By the command, and by the server, whose own packages are there first."""
    ask = "import os, sys; print('numpy' in sys.modules, os.environ.get('OPENBLAS_NUM_THREADS'))"
    without = {name: said for name, said in os.environ.items() if name != "OPENBLAS_NUM_THREADS"}
    for first in ("import analytics", "import streamlit.web.cli, streamlit.web.bootstrap; import analytics"):
        command = [sys.executable, "-c", f"{first}; {ask}"]
        assert subprocess.run(command, cwd=ROOT, env=without, capture_output=True, text=True).stdout == "False 1\n"


def test_strangers_files_are_parsed_behind_the_guard():
    """What takes bytes apart runs in the process that may die of it; of our own folders' tables alone it runs here."""
    intake = "analytics/intake"
    assert {file for file, _ in importers(PRODUCT, "analytics.intake.parsing")} == {
        f"{intake}/readers.py",  # sheets_in
        f"{intake}/worker.py",
    }
    assert {file for file, _ in importers(PRODUCT, "analytics.intake.framework_toml")} == {
        f"{intake}/framework_draft.py",  # of what somebody has typed, and no file
        "analytics/loads/framework_made.py",  # the same
        f"{intake}/worker.py",
    }
    assert {file for file, _ in importers(PRODUCT, "analytics.intake.delimited", "analytics.intake.workbooks")} == {
        f"{intake}/parsing.py"
    }
    readers = (
        "python_calamine",
        "pyarrow.csv",
        "pyarrow.parquet",
        "csv",
        "tomllib",
        "xml",
        "zipfile",
        "json",
        "orjson",
        "xlrd",
    )
    assert {file for file, _ in importers(PRODUCT, *readers) if file.startswith(intake)} == {
        f"{intake}/delimited.py",
        f"{intake}/framework_toml.py",
        f"{intake}/json_tables.py",
        f"{intake}/parsing.py",
        f"{intake}/plain_csv.py",
        f"{intake}/unsaid_cells.py",
        f"{intake}/reading_process.py",  # what the process says
        f"{intake}/worker.py",
        f"{intake}/workbooks.py",
    }
    for module, by in (("json_tables", "parsing"), ("plain_csv", "delimited"), ("unsaid_cells", "workbooks")):
        assert {file for file, _ in importers(PRODUCT, f"{intake.replace('/', '.')}.{module}")} == {f"{intake}/{by}.py"}
    asking = {name(path) for path in PRODUCT if "sheets_in(" in path.read_text("utf-8")}
    assert asking == {"analytics/cli/commands/build.py", "analytics/loads/empty_store.py", f"{intake}/readers.py"}
