"""Files of several owners' schools, divided row by row: schools by the owner that they name, all else by its school.

A part has the rows as they stand in the file, with their numbers, so that an owner's part is checked and loaded as a
file of its own; what is wrong in it is told of the row that people see.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

import numpy as np
import pyarrow as pa

from analytics.intake.changed_owner import had_in, is_one_school
from analytics.intake.coded import Coded, TextColumns, coded_columns, same_in_all, with_own_words
from analytics.intake.columns import ResolvedColumn, SheetCheck
from analytics.intake.kinds import COUNTS, FORM, LISTS_OF_SCHOOLS, PROJECT_LIST, SCHOOLS, columns_said
from analytics.intake.nearest import nearest
from analytics.intake.readers import TextTable
from analytics.intake.register import NAME_AND_ID, CityVocabulary, folded, unspaced_code
from analytics.intake.rows_between import without_sums
from analytics.intake.school_column import school_column
from analytics.intake.waiting import WaitingTables
from analytics.intake.word_problem import WordProblem
from analytics.model.errors import Problem
from analytics.model.frameworks import Framework
from analytics.model.schools import School
from analytics.registers.dialogue import DIALOGUE
from analytics.registers.field import FileKind
from analytics.registers.funding import BUDGET_GOALS, FUNDING
from analytics.words.language import Words

NAMED = 5  # owners that a message names
YEAR = re.compile("[0-9]{4}")


class OwnersVocabulary(CityVocabulary):
    """The schools of all owners: a word for a school stands for the id of who runs it."""

    def __init__(self, frameworks: Iterable[Framework], schools: Mapping[str, Iterable[School]], say: Words):
        everywhere = {owner: tuple(theirs) for owner, theirs in schools.items()}
        super().__init__(frameworks, (school for theirs in everywhere.values() for school in theirs), say)
        self._called: dict[str, dict[str, list[School]]] = defaultdict(lambda: defaultdict(list))
        self._written: dict[str, str] = {}
        for owner, theirs in everywhere.items():
            for school in theirs:
                called = {folded(w): w for w in (school.id, school.school_unit_code, school.name, *school.aliases) if w}
                for word, written in called.items():
                    self._called[word][owner].append(school)
                    self._written.setdefault(word, written)

    def owners_of(self, word: str) -> set[str]:
        """Who may run the school that a word names."""
        return set(self._who_has(word))

    def _who_has(self, word: str) -> dict[str, list[School]]:
        """The owners that have, or have had, a school that is called so, each with theirs."""
        word = word.rstrip("; ") if word.endswith(";") else word
        called: Mapping[str, dict[str, list[School]]] = self._called
        found = called.get(folded(word)) or called.get(unspaced_code(word))
        if not found and (both := NAME_AND_ID.fullmatch(word)):
            other = called.get(folded(both["id"]), {})
            found = {owner: has for owner, has in called.get(folded(both["name"]), {}).items() if owner in other}
        return found or {}

    def knows_school(self, word: str) -> bool:
        return bool(self.owners_of(word))

    def school(self, word: str) -> str | WordProblem:
        """The owner's id."""
        return self.school_in(None, word)

    def school_in(self, year: int | None, word: str) -> str | WordProblem:
        """The id of who ran the school in the year, where it has changed owner."""
        say, who = self._say, self._who_has(word)
        found = set(who)
        if is_one_school([school for has in who.values() for school in has]):
            found = {owner for owner, has in who.items() if year is not None and had_in(has, year)}
            if len(found) != 1:
                listed = say.listing(sorted(who)[:NAMED])
                text = say(
                    "The school has changed owner, and the row does not tell whose it is: {owners}.", owners=listed
                )
                return WordProblem(text, say("Load the row with --owner, as that of the owner who asked."))
        if len(found) == 1:
            return next(iter(found))
        if found:
            listed = say.listing(sorted(found)[:NAMED])
            hint = say("Give its school unit code, or load one owner's file with --owner: {owners}.", owners=listed)
            return WordProblem(say("Several owners have a school that is called that."), hint)
        if not word:
            return WordProblem(say("The school is missing."), say("Give its id, its school unit code or its name."))
        near = nearest(folded(word), self._written)
        hint = (
            say("The nearest is {school}.", school=self._written[near])
            if near
            else say("Load a file of schools with their owners first.")
        )
        return WordProblem(say("No owner has such a school."), hint)


@dataclass
class Division:
    """What came of files: each owner's tables, tables that are every owner's, and what cannot be divided. `waiting`:
    where large ones are put."""

    waiting: WaitingTables
    parts: dict[str, list[TextTable]] = field(default_factory=lambda: defaultdict(list))
    everybodys: list[TextTable] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def divide_schools(check: SheetCheck, ids: Mapping[str, str], into: Division) -> None:
    """A file of schools by the column that names their owner. `ids`: of owners, by their folded names."""
    say, sheet = check.say, check.sheet
    if not check.has("owner"):
        text = say("The file does not say who runs each school.")
        hint = say("Add the column {column}, or load one owner's schools with --owner.",
                   column="huvudman" if say.language == "sv" else "owner")  # fmt: skip
        into.problems.append(Problem(sheet.file, None, "owner", None, text, hint))
        return

    def whose(word: str) -> str | WordProblem:
        missing = WordProblem(say("Who runs the school is missing."), say("Write it in every row, or in none."))
        return ids.get(folded(word)) or missing

    codes = check.resolve("owner", whose)
    into.problems.extend(check.problems)
    _put(sheet, sheet.rows, codes, into)


def divide_rows(
    raw: TextTable,
    sheet: TextTable,
    kind: FileKind,
    register: OwnersVocabulary,
    school: str | None,
    framework: str | None,
    year: int | None,
    say: Words,
    into: Division,
) -> None:
    """Any other file by the schools of its rows. `raw`: as it stands; `sheet`: as what it holds has been told;
    `school`, `year`: whose and of when all of it is, as somebody says, where no column does."""
    if kind is BUDGET_GOALS or (kind in DIALOGUE and all(column.name != "school" for column in kind.columns)):
        into.everybodys.append(raw)
        return
    if kind in (*FUNDING, PROJECT_LIST) or kind in LISTS_OF_SCHOOLS:
        text = say("Such a file is one owner's ({kind}).", kind=kind.name)
        hint = say("Load it with --owner, into the store of whose it is.")
        into.problems.append(Problem(raw.file, None, None, None, text, hint))
        return
    sheet = without_sums(sheet, register.knows_school, say)
    check = SheetCheck(sheet, kind, register, say)
    where = _school_column(check, kind, register, bool(sheet.school or school), framework)
    if where is None and not check.problems:
        texts: Coded = same_in_all(sheet.school or school or "", len(sheet.rows))
    elif where is None:
        into.problems.extend(check.problems)
        return
    else:
        texts = sheet.coded(where)
    codes = check.resolve_texts(texts, where or "school", _years(check, year), register.school_in)
    into.problems.extend(check.problems)
    _put(sheet if kind is COUNTS and sheet.told else raw, sheet.rows, codes, into)


def _years(check: SheetCheck, year: int | None) -> ResolvedColumn:
    """The year that each row is of, as far as it can be read; what is wrong with it is told with the owner's part."""
    if not check.has("year"):
        return ResolvedColumn(check.nothing().codes, [year])
    texts = check.coded("year")
    texts = texts if isinstance(texts, pa.DictionaryArray) else texts.dictionary_encode()
    words = texts.dictionary.to_pylist()
    read = [int(word) if YEAR.fullmatch(word) else None for word in words]
    return ResolvedColumn(texts.indices.to_numpy(zero_copy_only=False), read)


def _school_column(
    check: SheetCheck, kind: FileKind, register: CityVocabulary, is_said: bool, framework: str | None
) -> str | None:
    """The heading under which the school of each row stands."""
    if kind is not FORM:
        return next(iter(columns_said(check.sheet, kind).get("school", ())), None)

    def complain(column: str | None, value: str | None, problem: str, hint: str) -> None:
        if not is_said:
            check.problems.append(Problem(check.sheet.file, None, column, value, problem, hint))

    return school_column(check, register.criterion_headings(check.sheet.headings, framework), complain)


def _put(table: TextTable, rows: np.ndarray, found: ResolvedColumn, into: Division) -> None:
    """Puts each owner's rows of a table where they belong; a row without one has been told of, or is none. `rows`: the
    numbers of those that were looked at."""
    owners = sorted(set(found.values))
    codes = np.array([owners.index(one) for one in found.values], dtype=np.int32)[found.codes[found.good]]
    at = np.searchsorted(np.asarray(table.rows), np.asarray(rows)[found.good])
    order = np.argsort(codes, kind="stable")
    at, starts = at[order], np.searchsorted(codes[order], np.arange(len(owners) + 1))
    theirs = [(owner, at[starts[n] : starts[n + 1]]) for n, owner in enumerate(owners) if starts[n] < starts[n + 1]]
    parts = into.waiting.put_parts(len(at), (_part(table, places) for _, places in theirs))
    for (owner, _), part in zip(theirs, parts, strict=True):
        into.parts[owner].append(part)


def _part(table: TextTable, places: np.ndarray) -> TextTable:
    rows = pa.array(places)
    columns = TextColumns(with_own_words(column.take(rows)) for column in coded_columns(table.columns))
    return replace(table, columns=columns, rows=np.asarray(table.rows)[places])


def names_in(check: SheetCheck) -> list[str]:
    """The owners that a file of schools names, as it writes them, each once."""
    found: dict[str, str] = {}
    for word in check.texts("owner").to_pylist() if check.kind is SCHOOLS else ():
        if word:
            found.setdefault(folded(word), " ".join(word.split()))
    return list(found.values())
