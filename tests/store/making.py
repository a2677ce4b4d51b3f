"""Small loads for tests of the store."""

from __future__ import annotations

from pathlib import Path

from analytics.cli import main
from analytics.intake.files import ReadingOptions
from analytics.loads.load import LoadOutcome, load
from analytics.store.reading import View
from analytics.store.sources import SourceFile, sources_of
from analytics.store.versions import read_current
from analytics.store.writing import write_version
from analytics.words.language import words

SAY = words("en")
SCHOOLS = "school_id,name\nalfa,Alfaskolan\nbeta,Betaskolan\n"


def kvalitet(*arguments: object) -> int:
    """The command itself; its exit code."""
    try:
        main([str(argument) for argument in arguments])
    except SystemExit as ended:
        return ended.code
    return 0


def answers(school: str, year: int = 2022, level: int = 3, people: int = 26, framework: str = "vebs-2022") -> str:
    """A file of answers to one criterion."""
    lines = (f"{framework},{year},{school},p{i},A1,{level}" for i in range(people))
    return "\n".join(("framework,year,school,respondent,criterion,level", *lines)) + "\n"


def put(store: Path, **texts: str) -> LoadOutcome:
    """Loads texts as files; `replace="yes"` for what is there already."""
    replace = texts.pop("replace", "") == "yes"
    files = []
    for name, text in texts.items():
        path = store.parent / f"{name}.{'toml' if text.lstrip().startswith('id =') else 'csv'}"
        path.write_text(text, "utf-8")
        files.append(path)
    return load(store, files, ReadingOptions(), SAY, loaded_by="test", replace=replace)


def write(store: Path, **changes) -> int:
    """Writes a version without a load; nothing in it is new, unless `changes` say so."""
    said = {"loaded_by": "test", "action": "load", "sources": [], "hide_below": 5}
    nothing = {"change_answers": lambda *_: None, "change_view": lambda *_: None}
    return write_version(store, **{**said, **nothing, **changes})


def sources(store: Path) -> list[list[SourceFile]]:
    """What each version that CURRENT names was made from, oldest first."""
    found = []
    for version in read_current(store).published:
        view = View(store / version.view, version.number)
        found.append(list(sources_of(store, version, view)))
        view.close()
    return found


def tree(folder: Path) -> dict[str, bytes]:
    """Every file in a store, but for the lock."""
    return {
        path.name: path.read_bytes() for path in folder.iterdir() if path.name not in (".lock", ".turn", ".copy.lock")
    }
