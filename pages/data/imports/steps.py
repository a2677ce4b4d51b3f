"""What is done with the files that somebody has left: read, tried out, loaded. Nothing is stored but by `go`.

Each takes seconds at most for a form of a city and a minute for the largest, so it is a job beside the page (job.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path, PurePath
from typing import Any

from analytics.intake.files import FileToLoad, ReadingOptions
from analytics.intake.form import likely_school_heading
from analytics.intake.kinds import LISTS_OF_SCHOOLS
from analytics.intake.likely_round import LikelyRound, likely_round
from analytics.intake.raw import LeftFile
from analytics.intake.register import CityVocabulary
from analytics.intake.unknown_schools import UnknownSchool, unknown_schools
from analytics.loads.difference import NO_DIFFERENCE, Difference, difference
from analytics.loads.load import LoadRefused, load
from analytics.loads.loaded_before import still_loaded
from analytics.loads.recognition import FORM, recognised
from analytics.loads.sheets import sheet_of
from analytics.loads.trial import LoadTrial, try_out
from analytics.loads.typed_schools import typed_schools
from analytics.model.errors import KvalitetError
from analytics.model.frameworks import Framework
from analytics.model.present import present
from analytics.model.schools import School
from analytics.store.audit import acting_as
from analytics.store.reading import Store
from analytics.store.saved_forms import save_form, saved_forms
from analytics.words.language import Words
from pages.data.imports.held import ADD, REPLACE, HeldFile, Import
from pages.data.imports.invited import invited_rows
from pages.data.imports.job import Job, Step
from pages.ui.content import Ask

SCHOOLS = tuple(kind.name for kind in LISTS_OF_SCHOOLS)
SOON = 1.5  # seconds that are waited for what is mostly done by then, before the page is drawn with a bar


@dataclass(frozen=True)
class Loaded:
    """A version that was made here: what is other than in the one before it, and how many answers came."""

    version: int
    trial: LoadTrial
    difference: Difference
    remembered: bool


def leave(ask: Ask, one: Import, left: Sequence[LeftFile]) -> None:
    """Reads files that have just been left, and tries out all there are."""
    folder, say, catalogue = Path(ask.key[0]), ask.say, ask.catalogue
    frameworks, schools = frameworks_now(ask, one), catalogue.schools

    def do(step: Step) -> None:
        earlier, forms = still_loaded(folder), saved_forms(folder)
        for file in left:
            named = LeftFile(_unlike(file.name, [held.left.name for held in one.files]), file.data)
            found = recognised(named, frameworks, forms, earlier, say)
            if all(held.found.sha256 != found.sha256 or not found.sha256 for held in one.files):
                one.files.append(HeldFile(named, found))
            step()
        guess_round(one, frameworks, schools, say)
        _try(folder, ask, one, step)

    _begin(one, Job("read", 3 * len(left) + 2 * len(one.files) + 2, do))


def read_again(ask: Ask, one: Import, held: HeldFile) -> None:
    """After somebody has said on which sheet or row a file's headings stand."""
    folder, say, schools = Path(ask.key[0]), ask.say, ask.catalogue.schools
    frameworks = frameworks_now(ask, one)

    def do(step: Step) -> None:
        held.found = recognised(
            held.left, frameworks, saved_forms(folder), still_loaded(folder), say, held.sheet, held.heading_row
        )
        step()
        guess_round(one, frameworks, schools, say)
        _try(folder, ask, one, step)

    one.trial = None
    _begin(one, Job("read", len(one.files) + 3, do))


def try_again(ask: Ask, one: Import) -> None:
    """After something has been chosen."""
    one.trial = None
    _begin(one, Job("try", len(one.files) + 2, lambda step: _try(Path(ask.key[0]), ask, one, step)))


def go(ask: Ask, one: Import, who: str) -> None:
    """Loads: the one thing that stores anything. Raises NotAllowed where whoever asks may no longer be here."""
    ask.viewer  # noqa: B018
    folder, say, viewer, trial, becomes = Path(ask.key[0]), ask.say, ask.viewer, one.trial, one.becomes
    files = files_to_load(ask, one)

    def do(step: Step) -> Loaded:
        store = Store(folder)
        before = store.current()
        with acting_as(viewer.who):
            made = load(
                folder, files, reading(one), say, loaded_by=who, i_know=one.i_know, on_step=step,
                replace=becomes == REPLACE, add=becomes == ADD,
            )  # fmt: skip
        number, changed, remembered = present(made.version), None, False
        with suppress(KvalitetError):  # it is loaded, whatever becomes of what is told of it
            changed = difference(before, store.version(number), viewer)
            remembered = one.remember and _remember(folder, one, who)
        return Loaded(number, present(trial), changed or NO_DIFFERENCE, remembered)

    _begin(one, Job("load", 2 * len(files) + 10, do))


def finish(one: Import) -> None:
    """Takes over what a job has come to, once it is over."""
    job = one.job
    if job is None or not job.over:
        return
    one.job = None
    if isinstance(job.answer, Loaded):
        one.outcome = job.answer
        one.files.clear()  # nothing of them is wanted any more
    elif isinstance(job.error, LoadRefused) and one.trial:  # somebody else has loaded something meanwhile
        one.trial = None
        one.trouble = "changed"
    elif job.error or job.failed:
        one.trouble = type(job.error).__name__ if job.error else "failed"


def files_to_load(ask: Ask, one: Import) -> list[FileToLoad]:
    """All that would be loaded, what others lean on first."""
    say, files = ask.say, []
    if one.made:
        files.append(one.made)
    if one.typed:
        files.append(typed_schools(one.typed, ask.catalogue.schools, say("typed schools")))
    files += [_to_load(held) for held in one.files if held.found.to_load and not is_left_out(held)]
    rows = invited_rows(one.invited, one.framework, one.year)
    if rows:
        columns = ["framework", "year", "school", "invited"]
        files.append(sheet_of(say("typed numbers of invited"), columns, rows))
    return files


def _to_load(held: HeldFile) -> FileToLoad:
    table = held.found.table
    return replace(table, school=held.school) if table is not None and held.school else present(held.found.to_load)


def is_left_out(held: HeldFile) -> bool:
    """Whether it has been loaded before, and nobody has said to do it again."""
    return held.found.earlier is not None and not held.again


def reading(one: Import) -> ReadingOptions:
    """What is said where a file does not say it itself."""
    of_round: dict[str, Any] = {"framework": one.framework, "year": one.year} if one.without_round() else {}
    return ReadingOptions(**of_round, municipality=one.municipality, projects=one.projects, group=one.group)


def frameworks_now(ask: Ask, one: Import) -> tuple[Framework, ...]:
    """The store's, with the one that is made here."""
    made = [one.made.framework] if one.made else []
    there = {framework.id for framework in made}
    return (*(framework for framework in ask.catalogue.frameworks if framework.id not in there), *made)


def guess_round(one: Import, frameworks: Sequence[Framework], schools: Sequence[School], say: Words) -> None:
    """Of the first form: as it was saved, else as its headings and times have it."""
    if one.framework is not None or not one.without_round():
        return
    guess = round_of(one.without_round()[0], frameworks, schools, say)
    one.framework, one.year = guess.framework, guess.year


def round_of(held: HeldFile, frameworks: Sequence[Framework], schools: Sequence[School], say: Words) -> LikelyRound:
    table, saved = held.found.table, held.found.saved
    assert table is not None, "a form that can be read"
    known = [framework for framework in frameworks if saved and framework.id == saved.framework]
    guess = likely_round(table, frameworks, schools, say, date.today())
    if known:
        return LikelyRound(known[0].id, len(known[0].criteria), guess.year, guess.year_from)
    return guess


def missing_schools(ask: Ask, one: Import) -> tuple[UnknownSchool, ...]:
    """The names in the forms that are no school's."""
    found: dict[str, UnknownSchool] = {}
    arriving = {text.casefold() for held in one.of_kind(*SCHOOLS) for text in _texts(held)}
    for held in one.forms():
        table, heading = held.found.answers, school_heading(ask, one, held)
        if table is not None and heading in table.headings and not is_left_out(held):
            for school in unknown_schools(table, heading, ask.catalogue.schools, ask.say):
                if school.name.casefold() not in arriving:
                    found.setdefault(school.name.casefold(), school)
        elif table is not None and held.school and not is_left_out(held):
            vocabulary = CityVocabulary((), ask.catalogue.schools, ask.say)
            if not vocabulary.knows_school(held.school) and held.school.casefold() not in arriving:
                found.setdefault(held.school.casefold(), UnknownSchool(held.school, len(table.rows), None))
    return tuple(found.values())


def school_heading(ask: Ask, one: Import, held: HeldFile) -> str | None:
    """The column of schools: as the reader took it, or would take it."""
    taken = {what: heading for heading, what in taken_of(one, held)}
    table = held.found.table
    if "school" in taken or table is None:
        return taken.get("school")
    if table.by_hand:
        return next(iter(table.by_hand.headings_of("school")), None)
    return likely_school_heading(held.found.answers or table, ask.catalogue.schools, ask.say)


def taken_of(one: Import, held: HeldFile) -> tuple[tuple[str, str], ...]:
    """The headings of a file with what the reader took each for."""
    reports = one.trial.reports if one.trial else ()
    return next((report.taken for report in reports if report.file == held.left.name), ())


def _texts(held: HeldFile) -> list[str]:
    table = held.found.table
    return [text for column in table.columns for text in column.to_pylist()] if table is not None else []


def _try(folder: Path, ask: Ask, one: Import, step: Step) -> None:
    waits = one.without_round() and one.framework is None  # for a framework: without one a form says nothing

    def tried() -> LoadTrial | None:
        files = [] if waits else files_to_load(ask, one)
        return try_out(folder, files, reading(one), ask.say, step) if files else None

    one.trial = tried()
    if _name_schools(ask, one):
        one.trial = tried()


def _name_schools(ask: Ask, one: Import) -> bool:
    """Where there are no schools yet the names in the files become them, beside what somebody has written; whether
    there is any other than before."""
    if ask.catalogue.schools or one.of_kind(*SCHOOLS):
        return False
    before, names = one.typed, tuple(school.name for school in missing_schools(ask, one))
    new = tuple(name for name in names if name not in (*one.named, *one.typed))
    one.typed, one.named = names if one.typed == one.named else (*one.typed, *new), names
    return one.typed != before


def _begin(one: Import, job: Job) -> None:
    one.trouble = ""
    one.job = job
    if job.wait(SOON):
        finish(one)


def _remember(folder: Path, one: Import, who: str) -> bool:
    """Saves how forms were read that somebody has put right; whether there was any."""
    saved = False
    for held in one.files:
        table = held.found.table
        if table is not None and table.by_hand is not None and held.found.saved is None:
            framework = one.framework or "" if held.found.kind == FORM else ""
            save_form(
                folder, table.headings, table.by_hand.kind, table.by_hand.columns, framework, who, table.by_hand.levels
            )
            saved = True
    return saved


def _unlike(name: str, others: Sequence[str]) -> str:
    """The file's name, or one like it that no other has."""
    path, n, called = PurePath(name), 1, PurePath(name).name
    while called in others:
        n += 1
        called = f"{path.stem} ({n}){path.suffix}"
    return called
