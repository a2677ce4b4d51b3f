"""What is typed and pasted in the register is what is saved: the page reads a text as a file's cell is read, whatever
the text; nothing differs, and nothing vanishes."""

from __future__ import annotations

import csv
import re
import shutil
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, expect

from analytics.intake.files import ReadingOptions, take_in
from analytics.loads.load import load
from analytics.loads.register_rows import texts_of_row
from analytics.model.errors import Problem
from analytics.registers.field import RowKind
from analytics.registers.funding import BUDGETS, PARTICIPANTS, PARTNERS, PAYMENTS, PROJECTS, VISITS
from analytics.store.dialogue import read_dialogues
from analytics.store.funding import read_funding
from analytics.store.reading import Store, version_history
from analytics.store.reference import read_frameworks, read_schools
from analytics.store.registers import read_registers
from analytics.words.language import Words, words
from tests.browser.conftest import NewPage
from tests.browser.forms_of_text import SEEN, Form, every_form, forms_of_the_day
from tests.browser.looking import Tab
from tests.browser.register_grid import PROJECT, SWEDISH, RegisterGrid, as_excel, save, tables
from tests.pages.serving import UNWARMED, serving
from tests.sampling import NIGHTLY, at_night

KINDS = (PROJECTS, BUDGETS, PAYMENTS, PARTNERS, PARTICIPANTS, VISITS)
ADMINISTRATIONS = "administration_id,name\ngrundskola,Grundskoleförvaltningen\nfritid,Fritidsförvaltningen\n"
PUBLISHED = Decimal(580_111)  # what was paid in 2018
ENGLISH = ("71947,75", "6.068,50", "25 Sep 2018", "01/09/2018", "12 345:-")


@dataclass
class Read:
    """What the intake makes of one row: the row, or what is wrong with it."""

    row: Any = None
    problems: list[Problem] = field(default_factory=list)

    def wrong(self, column: str) -> Problem | None:
        return next((problem for problem in self.problems if problem.column == column), None)


@pytest.fixture
def store(published_store: Path, tmp_path: Path) -> Path:
    """With two administrations: where there is one alone, the tables have no column for whose a row is."""
    store, file = shutil.copytree(published_store, tmp_path / "store"), tmp_path / "administrations.csv"
    file.write_text(ADMINISTRATIONS, "utf-8")
    load(store, [file], ReadingOptions(), SWEDISH, loaded_by="test")
    return store


@pytest.fixture
def tab(context: BrowserContext, new_page: NewPage, store: Path) -> Iterator[Tab]:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    with serving(store, UNWARMED) as server:
        page = new_page()
        page.emulate_media(reduced_motion="reduce")  # nothing is looked at here
        yield Tab(page, server)
    context.clear_permissions()


def write_file(path: Path, kind: RowKind, rows: Sequence[dict[str, str]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writing = csv.DictWriter(file, [column.name for column in kind.columns])
        writing.writeheader()
        writing.writerows(rows)
    return path


def read_as_files(store: Path, folder: Path, forms: Sequence[tuple[RowKind, dict[str, str]]], say: Words) -> list[Read]:
    """Each row as a file of its own, checked against the store as `kvalitet check` does."""
    folder.mkdir()
    paths = [write_file(folder / f"{n}.csv", kind, [row]) for n, (kind, row) in enumerate(forms)]
    view = Store(store).current()
    intake = take_in(
        paths,
        read_frameworks(view),
        read_schools(view),
        ReadingOptions(),
        say,
        known_funding=read_funding(view),
        known_dialogues=read_dialogues(view),
    )
    found = {str(path): Read() for path in paths}
    for told in intake.funding:
        found[told.file].row = told.row
    for problem in intake.problems:
        found[problem.file].problems.append(problem)
    return list(found.values())


def enter(grid: RegisterGrid, forms: Sequence[Form]) -> int:
    """Puts the rows in the table, every other form with the keys, a quarter each as one cell and within the block of a
    spreadsheet's cells that the rest is pasted in; by day all but three of sixteen in the block. Returns the number of
    the first row."""
    first = len(grid.rows()) + 1
    in_block = [
        n % 4 == 3 or (n % 16 not in (1, 8, 10) and not NIGHTLY) or not form.text or len(grid.columns) == 1
        for n, form in enumerate(forms)
    ]
    grid.paste_rows(
        [
            ["" if column.name == form.column and not block else form.row[column.name] for column in grid.columns]
            for form, block in zip(forms, in_block, strict=True)
        ]
    )
    for n, (form, block) in enumerate(zip(forms, in_block, strict=True)):
        if block:
            continue
        if n % 4 == 1:
            end = "\r\n" if n % 8 == 1 else ""  # Excel ends a single cell with a line end too
            grid.paste(first + n, form.column, as_excel(form.text) + end)
            grid.tab.page.keyboard.press("Tab")  # else it is on its way at the pause in the typing
        else:
            grid.write(first + n, form.column, form.text, leave="Enter" if n % 4 == 0 else "Tab")
    grid.settled()
    return first


def differences(grid: RegisterGrid, first: int, forms: Sequence[Form], read: Sequence[Read]) -> Iterator[str]:
    """Where the page says something else of a text than the intake does."""
    shown = grid.rows()[first - 1 :]
    assert len(shown) == len(forms)
    for row, form, own in zip(shown, forms, read, strict=True):
        for name, cell in row.cells.items():
            about = f"{form.kind.name}.{name} {form.row[name]!r}"
            wrong = own.wrong(name)
            if cell.text.replace("\r\n", "\n") != form.row[name]:
                yield f"{about}: the cell holds {cell.text!r}"
            if cell.marked != bool(wrong) or (wrong and (cell.problem, cell.hint) != (wrong.problem, wrong.hint)):
                yield f"{about}: the intake says {wrong}, the cell {cell}"


def as_read_under(grid: RegisterGrid, first: int, forms: Sequence[Form]) -> list[dict[str, str]]:
    """The rows as the page says that it reads them, where it says so."""
    lead, _, _ = grid.say("read as {value}", value="\0").partition("\0")
    shown = grid.rows()[first - 1 :]
    return [
        form.row | {name: cell.read.removeprefix(lead) for name, cell in row.cells.items() if cell.read}
        for form, row in zip(forms, shown, strict=True)
    ]


def number(text: str) -> Decimal:
    return Decimal(re.sub(r"[^\d,-]", "", text.replace("\N{MINUS SIGN}", "-")).replace(",", "."))


def rows_of(store: Path) -> dict[str, Counter]:
    registers = read_registers(Store(store).current())
    return {kind.name: Counter(kept.row for kept in registers.of(kind)) for kind in KINDS}


def load_as_files(store: Path, folder: Path, good: Sequence[Form]) -> None:
    """Loads the same rows as files, after those that Code 4 All has already."""
    there = read_registers(Store(store).current())
    files = []
    for kind in KINDS:
        hanging = [kept.row for kept in there.of(kind) if getattr(kept.row, "project_id", None) == PROJECT]
        rows = [texts_of_row(kind, row) for row in hanging] + [dict(f.row) for f in good if f.kind is kind]
        files.append(write_file(folder / f"{kind.name}.csv", kind, rows))
    load(store, files, ReadingOptions(), SWEDISH, loaded_by="Anna Ek", replace=True)


def test_what_is_typed_and_pasted_is_read_and_saved_as_a_files_cells(tab, store, tmp_path):
    say, forms = SWEDISH, forms_of_the_day()
    read = read_as_files(store, tmp_path / "forms", [(form.kind, dict(form.row)) for form in forms], say)
    assert len(forms) >= 60 and {form.text for form in forms} >= SEEN
    assert {(form.kind, form.column) for form in forms} == {(form.kind, form.column) for form in every_form()}
    assert sum(bool(own.problems) for own in read) >= (30 if NIGHTLY else 20)
    before, by_files = rows_of(store), shutil.copytree(store, tmp_path / "by files")
    tab.go("eu-projekt", project=PROJECT)
    grids = {kind: RegisterGrid(tab, kind) for kind in KINDS}
    of = {kind: [(form, own) for form, own in zip(forms, read, strict=True) if form.kind is kind] for kind in KINDS}

    first, told, again = {}, [], []
    for kind, grid in grids.items():
        own = [form for form, _ in of[kind]]
        first[kind] = enter(grid, own)
        told += differences(grid, first[kind], own, [found for _, found in of[kind]])
        again += as_read_under(grid, first[kind], own)
    assert told == []
    kinds = [form.kind for kind in KINDS for form, _ in of[kind]]
    in_order = [found.row for kind in KINDS for _, found in of[kind]]
    said = read_as_files(store, tmp_path / "said", list(zip(kinds, again, strict=True)), say)
    sound = [(one.row, other) for one, other in zip(said, in_order, strict=True) if other is not None]
    assert [one for one, _ in sound] == [other for _, other in sound], "what is said to be read is what is read"

    save(tab, "Anna Ek")
    expect(tab.page.locator(".stAlert").last).to_contain_text("Inget sparades")
    refused, sums = tables(tab)
    assert Counter(refused) == Counter(
        (f"{grids[kind].where}, rad {first[kind] + n}", grids[kind].label(p.column), p.value or "", p.problem, p.hint)
        for kind in KINDS
        for n, (_, found) in enumerate(of[kind])
        for p in found.problems
    )
    (of_2018,) = (row for row in sums if row[0] == "2018")
    assert number(of_2018[1]) == PUBLISHED and "markerade cellerna" in of_2018[2]
    assert len(version_history(store)) == 2 and rows_of(store) == before

    for kind, grid in grids.items():
        wrong = [first[kind] + n for n, (_, found) in enumerate(of[kind]) if found.problems]
        by_hand = len(wrong) if NIGHTLY else int(kind is PAYMENTS)
        for row in wrong[:by_hand]:
            grid.remove(row)
        grid.remove_at_once(wrong[by_hand:])
    for grid in grids.values():
        grid.settled()
    good = [form for form, own in zip(forms, read, strict=True) if not own.problems]
    paid: dict[int, Decimal] = defaultdict(Decimal)
    for _, found in of[PAYMENTS]:
        if not found.problems:
            paid[found.row.report_year] += found.row.amount_sek
    *_, sums = tables(tab)
    assert [(row[0], *map(number, row[1:])) for row in sums] == [
        (str(year), was, was + paid[year], paid[year])
        for year in sorted(paid)
        if paid[year]
        for was in [PUBLISHED if year == 2018 else Decimal()]
    ]
    save(tab, "Anna Ek")
    expect(tab.page.locator(".stAlert").last).to_contain_text("Sparat som version 3")
    load_as_files(by_files, tmp_path, good)
    assert rows_of(store) == rows_of(by_files)


@at_night
def test_it_is_the_same_in_english(tab, store, tmp_path):
    say = words("en")
    forms = [form for form in every_form() if form.kind is PAYMENTS and form.text in ENGLISH]
    assert len(forms) == len(ENGLISH)
    read = read_as_files(store, tmp_path / "forms", [(form.kind, dict(form.row)) for form in forms], say)
    grid = RegisterGrid(tab.go("eu-projekt", project=PROJECT, lang="en"), PAYMENTS, say)
    first = enter(grid, forms)
    assert list(differences(grid, first, forms, read)) == []
    assert grid.note(first, "amount_sek").inner_text().endswith("read as 71\N{NO-BREAK SPACE}947.75")
    for n, found in enumerate(read):
        if found.problems:
            grid.remove(first + n)
    grid.settled()
    save(tab, "Anna Ek", say)
    expect(tab.page.locator(".stAlert").last).to_contain_text("Saved as version 2")
    assert {row for row in rows_of(store)["payments"] if row.unit.startswith(("amount", "paid"))} == {
        found.row for found in read if not found.problems
    }
