"""Every command that writes or tells something, run in this process: how it ended, what it said, what its file holds.

A sample where schools are many: as JSON every school's brief of the last round (in Swedish) and the notable ones' of
every round, as Word and PDF few; the archive of one round. What does not depend on the language is taken in Swedish
alone. A year that has nothing is asked too: the refusal is kept.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from contextlib import chdir, redirect_stderr, redirect_stdout
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from tests.snapshot import product
from tests.snapshot.texts import file_text, lined

TABLES = (".csv", ".json", ".parquet", ".xlsx")
"""The last one alone has words that depend on the language."""
REPORTS = (".json", ".csv", ".xlsx", ".docx")
YEARS = range(2015, 2031)  # more than there are


def take(store: Path, language: str, only: str = "") -> Iterator[tuple[str, str]]:
    """(key, text) of every command, in the language, which KVALITET_LANG must say too, where the key begins
    with `only`."""
    ask = product.ask_of(store)["sv"]
    with TemporaryDirectory() as folder, chdir(folder):
        for words in commands(ask.catalogue, language):
            key = f"export/{' '.join(words)} {language}"
            if key.startswith(only):
                yield key, ran(store, words)
    for words, command in _commands(product.cli, ()):
        with click.Context(command, info_name=" ".join(("kvalitet", *words)), terminal_width=100) as context:
            yield " ".join(("export/help", *words, language)), command.get_help(context)


def ran(store: Path, words: Sequence[str]) -> str:
    """What the command said, its exit code, and the file that it wrote into this folder."""
    out, said, code = Path(words[-1]), io.StringIO(), 0
    with redirect_stdout(said), redirect_stderr(said):
        try:
            product.kvalitet(["--store", str(store), *words])
        except SystemExit as stopped:
            code = stopped.code
    written = ""
    if out.is_file():
        written = file_text(out.read_bytes(), out.suffix)
        out.unlink()
    told = lined(said.getvalue().replace(str(store), "<store>"))
    return f"exit {code}\n{told}\n--- file\n{written}"


def commands(catalogue: product.Catalogue, language: str) -> Iterator[tuple[str, ...]]:
    yield ("versions",)
    yield ("versions", "--json")
    for framework in (*(found.id for found in catalogue.frameworks), "none"):
        for what in ("results", "city"):
            about = ("export", what, "--framework", framework)
            for suffix in TABLES if language == "sv" else TABLES[-1:]:
                yield *about, "--out", f"{what}{suffix}"
            if language == "sv":
                yield *about, "--excel", "--out", f"{what}.csv"
    for year in map(str, YEARS):
        for suffix in REPORTS:
            yield "export", "funding", "--year", year, "--out", f"report{suffix}"
        yield "export", "funding", "--year", year, "--excel", "--out", "report.csv"
    for found in catalogue.rounds:
        about = ("--framework", found.framework, "--year", str(found.year))
        for suffix in (".json", ".docx"):
            yield "export", "followup", *about, "--out", f"followup{suffix}"
        every = [school.id for school in catalogue.schools]
        for school in every if found == catalogue.rounds[-1] and language == "sv" else product.NOTABLE:
            yield "export", "brief", "--school", school, *about, "--out", "brief.json"
        for school in product.NOTABLE[:2]:
            yield "export", "brief", "--school", school, *about, "--out", "brief.docx"
            yield "export", "brief", "--school", school, *about, "--now", "--out", "brief.json"
    first, last = catalogue.rounds[0], catalogue.rounds[-1]
    about = ("--framework", last.framework, "--year", str(last.year))
    yield "export", "followup", *about, "--out", "followup.pdf"
    yield "export", "brief", "--school", product.NOTABLE[0], *about, "--out", "brief.pdf"
    yield "export", "funding", "--year", "2018", "--out", "report.pdf"
    if language == "sv":
        yield "export", "briefs", "--year", str(first.year), "--format", "docx", "--out", "briefs.zip"


def _commands(command: click.Command, words: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """The command and all below it, each with its words."""
    yield words, command
    for name, inner in sorted(getattr(command, "commands", {}).items()):
        yield from _commands(inner, (*words, name))
