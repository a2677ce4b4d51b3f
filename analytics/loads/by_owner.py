"""A load into a store of several owners: files are divided, each owner's part is checked, and then each owner's is
loaded into the owner's own store, as any load is.

All parts are checked before the first is stored. Each owner's is stored whole or not at all; where something ends the
load between two of them, the same files once more go on with those who have not got them yet.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from analytics.intake.changed_owner import called_as_another, handed_over, of_two_owners
from analytics.intake.columns import SheetCheck
from analytics.intake.division import Division, OwnersVocabulary, divide_rows, divide_schools, names_in
from analytics.intake.file_report import FileReport
from analytics.intake.files import FileToLoad, ReadingOptions, take_in
from analytics.intake.frameworks import MadeFramework
from analytics.intake.guard import get_ready
from analytics.intake.kinds import SCHOOLS
from analytics.intake.opened import Intake, kinds_told, read_files
from analytics.intake.pipes import read_through
from analytics.intake.raw import LeftFile
from analytics.intake.readers import TextTable
from analytics.intake.register import CityVocabulary, folded
from analytics.intake.rows_between import without_sums
from analytics.intake.schools import SchoolRow
from analytics.intake.waiting import WaitingTables
from analytics.loads.inspection import Against, inspect
from analytics.loads.load import LoadOutcome, LoadRefused, load
from analytics.loads.look_back import LooksBack
from analytics.loads.owners import as_loaded, load_one, no_name, takes_no_owners
from analytics.model.frameworks import Framework
from analytics.model.owners import SchoolOwner
from analytics.model.schools import School
from analytics.registers.field import FileKind
from analytics.store.owners import add_owners, folder_of_owner, id_of_name, owners_of, turn_at_owners
from analytics.store.reading import Store, View
from analytics.store.reference import frameworks_of_all, read_schools
from analytics.store.registers import Registers, read_registers
from analytics.store.sources import sources_of
from analytics.store.versions import holds_a_store, read_current
from analytics.words.language import Words

BEGINNING = 65_536  # bytes of a text, within which its headings stand
TEXTS = (".csv", ".tsv", ".txt")


@dataclass(frozen=True, slots=True)
class OwnersLoad:
    """What a load came to for one owner. `there_already`: these files were what the version in force was made from, so
    that nothing was done. `whole`: the files that every owner gets as they are. `moved`: which schools have come from
    another owner, a sentence each."""

    owner: SchoolOwner
    outcome: LoadOutcome
    there_already: bool = False
    whole: frozenset[str] = frozenset()
    moved: tuple[str, ...] = ()


@dataclass(frozen=True)
class DividedFiles:
    """Files as each owner gets them. `new`: owners that the store does not hold yet; `frameworks`: what the store
    itself gets as well, for owners who come later; `moved`: of schools that come to an owner from another, a sentence
    each. `waiting`: where large tables are until they are asked for."""

    owners: tuple[SchoolOwner, ...]
    new: tuple[SchoolOwner, ...]
    files: dict[str, list[FileToLoad]]
    waiting: WaitingTables
    frameworks: tuple[MadeFramework, ...]
    whole: frozenset[str]
    reports: tuple[FileReport, ...]
    moved: Mapping[str, Sequence[str]]

    @property
    def concerned(self) -> tuple[SchoolOwner, ...]:
        return tuple(one for one in (*self.owners, *self.new) if self.files.get(one.id))

    def of(self, owner: SchoolOwner) -> list[FileToLoad]:
        """An owner's files. What was read of those of whom they were asked before is let go of."""
        self.waiting.let_go()
        return [file.as_kept() if isinstance(file, TextTable) else file for file in self.files[owner.id]]


def divided(store: Path, files: Sequence[FileToLoad], reading: ReadingOptions, say: Words) -> DividedFiles | None:
    """Files as each owner gets them; None where the store is one owner's, and stays that: it has schools itself, or the
    files do not name several owners. Raises LoadRefused with all that cannot be divided; StoreMissing, StoreBroken."""
    view, owners = Store(store).current(), owners_of(store)
    if takes_no_owners(store, view) or not (owners or _may_tell_owners(files)):
        return None
    stores = {one.id: folder_of_owner(store, one.id) for one in owners}
    views = {id_: Store(folder).current() for id_, folder in stores.items() if holds_a_store(folder)}
    known = frameworks_of_all((view, *views.values()))
    intake = Intake()
    waiting = WaitingTables(store)
    sheets = read_files(files, known, reading, say, intake, keep=waiting.put)
    frameworks = tuple((known | {framework.id: framework for _, framework in intake.frameworks}).values())
    told: list[tuple[TextTable, TextTable, FileKind]] = []
    for raw in sheets:
        kinds = kinds_told([raw], CityVocabulary(frameworks, (), say), reading, say, intake)
        told += [(raw.as_kept(), sheet.as_kept(), kind) for sheet, kind in kinds]
        waiting.let_go()
    lists = [_list_of_schools(sheet, say) for _, sheet, kind in told if kind is SCHOOLS]
    if not owners and len({folded(name) for check in lists for name in names_in(check)}) < 2:
        return None
    division = Division(waiting, problems=intake.problems)
    ids, new = _ids(owners, lists, say, division)
    for check in lists:
        divide_schools(check, ids, division)
    schools = {id_: read_schools(each) for id_, each in views.items()}
    coming = {
        one.id: _coming(frameworks, schools.get(one.id, ()), division.parts[one.id], reading, say)
        for one in (*owners, *new)
    }
    after = {
        owner: list(
            ({one.id: one for one in schools.get(owner, ())} | {row.school.id: row.school for row in rows}).values()
        )
        for owner, rows in coming.items()
    }
    names = {one.id: one.name for one in (*owners, *new)}
    division.problems.extend(of_two_owners(division.parts, schools, after, names, say))
    division.problems.extend(called_as_another(coming, schools, after, say))
    register = OwnersVocabulary(frameworks, after, say)
    for raw, sheet, kind in told:
        if kind is not SCHOOLS:
            said = reading.school, reading.framework, reading.year
            divide_rows(raw.as_kept(), sheet.as_kept(), kind, register, *said, say, division)
            waiting.let_go()
    if division.problems:
        raise LoadRefused(LoadOutcome(None, tuple(intake.reports), tuple(dict.fromkeys(division.problems))))
    made = tuple(MadeFramework(file, framework) for file, framework in intake.frameworks)
    for_all: list[FileToLoad] = [*made, *division.everybodys]
    parts = {one.id: [*for_all, *division.parts[one.id]] for one in (*owners, *new)}
    whole = frozenset(file.file for file in for_all if isinstance(file, TextTable | MadeFramework))
    moved = defaultdict(list)
    for school, before, now in handed_over(schools, after):
        moved[now].append(_moved(school, names[before], say))
    return DividedFiles(owners, new, parts, waiting, made, whole, tuple(intake.reports), moved)


def _moved(school: School, before: str, say: Words) -> str:
    return say(
        "{school} ({code}) has gone over from {owner}: here from {day}. Its rounds until then stay with {owner}.",
        school=school.name,
        code=school.school_unit_code or "",
        owner=before,
        day=school.valid_from.isoformat() if school.valid_from else "",
    )


def check_divided(
    store: Path,
    parts: DividedFiles,
    reading: ReadingOptions,
    say: Words,
    against: Against,
    looks: LooksBack | None = None,
) -> list[OwnersLoad]:
    """What each owner's part holds, in the light of the owner's store; nothing is changed. Raises LoadRefused with all
    that speaks against it. `looks`: as `inspect` has it, for all owners."""
    found, always, unless_there = [], [], {}
    reading = replace(reading, divided=True)
    for one in parts.concerned:
        folder = folder_of_owner(store, one.id)
        view = Store(folder).current() if holds_a_store(folder) else None
        registers = read_registers(view) if view else Registers()
        theirs = parts.of(one)
        files = as_loaded(store, view, theirs, say)
        seen = inspect(folder, view, registers, files, reading, say, add=against.add, looks=looks)
        own = {file.file for file in theirs if isinstance(file, TextTable | MadeFramework)}
        reports = tuple(report for report in seen.intake.reports if report.file in own)
        there = view is not None and _made_from(folder, view, reports)
        always += seen.intake.problems
        unless_there[one.id] = against.said_by(seen)
        outcome = LoadOutcome(view.number if view else None, reports, ())
        found.append(OwnersLoad(one, outcome, there, parts.whole, tuple(parts.moved.get(one.id, ()))))
    cut_short = 0 < sum(one.there_already for one in found) < len(found)
    if not cut_short:
        found = [replace(one, there_already=False) for one in found]
    there_too = [problem for one in found if not one.there_already for problem in unless_there[one.owner.id]]
    if problems := [*always, *there_too]:
        raise LoadRefused(LoadOutcome(None, parts.reports, tuple(dict.fromkeys(problems))))
    return found


def load_divided(
    store: Path,
    files: Sequence[FileToLoad],
    reading: ReadingOptions,
    say: Words,
    against: Against,
    *,
    loaded_by: str,
    on_owner: Callable[[OwnersLoad], None] = lambda one: None,
) -> list[OwnersLoad] | None:
    """Loads files that are several owners'; None, and nothing done, where the store is one owner's. `on_owner` is told
    of each as its part is stored. Raises as `load` does; what was stored until then stays, and the same files once more
    go on from there."""
    files = [read_through(file, say) for file in files]
    get_ready(files)
    if (parts := divided(store, files, reading, say)) is None:
        return None
    reading = replace(reading, divided=True)
    how: dict[str, Any] = {
        "loaded_by": loaded_by,
        "replace": against.replace,
        "add": against.add,
        "i_know": against.i_know,
    }
    looks: LooksBack = {}
    with turn_at_owners(store) as still_ours:
        done = []
        seen = check_divided(store, parts, reading, say, against, looks)
        still_ours()
        if parts.frameworks:
            of_whole: dict[str, Any] = how | {"replace": True, "add": False}
            load(store, parts.frameworks, reading, say, **of_whole)
        if parts.new:
            add_owners(store, parts.new)
        for one in seen:
            if not one.there_already:
                still_ours()
                outcome = load_one(store, one.owner, parts.of(one.owner), reading, say, looks=looks, **how)
                one = replace(one, outcome=outcome, there_already=outcome.version == one.outcome.version)
            done.append(one)
            on_owner(one)
    return done


def _may_tell_owners(files: Iterable[FileToLoad]) -> bool:
    """Whether any file may have a column of owners: of a text, its beginning tells, and what would take long to read
    twice is a text."""
    for file in files:
        if not isinstance(file, Path | LeftFile):
            return True
        if file.suffix.lower() == ".toml":
            continue
        try:
            with file.open("rb") as opened:
                head = opened.read(BEGINNING).lower()
        except OSError:
            continue
        if file.suffix.lower() not in TEXTS or b"\0" in head or any(word in head for word in (b"huvudman", b"owner")):
            return True
    return False


def _list_of_schools(sheet: TextTable, say: Words) -> SheetCheck:
    return SheetCheck(without_sums(sheet, lambda _: False, say), SCHOOLS, CityVocabulary((), (), say), say)


def _ids(
    owners: Sequence[SchoolOwner], lists: Iterable[SheetCheck], say: Words, into: Division
) -> tuple[dict[str, str], tuple[SchoolOwner, ...]]:
    """Owners' ids by their folded names, and those that are new."""
    ids, new = {folded(one.name): one.id for one in owners}, list[SchoolOwner]()
    for check in lists:
        for at, word in enumerate(check.texts("owner").to_pylist()):
            if not word or folded(word) in ids:
                continue
            if trouble := no_name((*owners, *new), word, say):
                check.complain(at, "owner", word, trouble)
                ids[folded(word)] = ""
                continue
            new.append(SchoolOwner(id_of_name(word), " ".join(word.split())))
            ids[folded(word)] = new[-1].id
        into.problems.extend(check.problems)
        check.problems.clear()
    return ids, tuple(new)


def _coming(
    frameworks: Sequence[Framework],
    known: Iterable[School],
    lists: list[TextTable],
    reading: ReadingOptions,
    say: Words,
) -> list[SchoolRow]:
    """An owner's schools as the files have them."""
    return take_in(lists, frameworks, known, reading, say).schools if lists else []


def _made_from(folder: Path, view: View, reports: Iterable[FileReport]) -> bool:
    """Whether the version in force was made from these files."""
    sources = sources_of(folder, read_current(folder).version(view.number), view)
    own = {report.sha256 for report in reports}
    return bool(own) and own <= {source.sha256 for source in sources}
