"""Files as they are checked against a store before anything is written: what they hold, and what speaks against it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from pathlib import Path

from analytics.intake.files import FileToLoad, Intake, ReadingOptions, take_in
from analytics.intake.waiting import WaitingTables
from analytics.loads.adding import added_rows, added_said, may_be_added_to
from analytics.loads.budget_goals import check_that_goals_stay
from analytics.loads.changed_schools import tell_changed_schools
from analytics.loads.checks import arriving, check_against_the_store, refuse_rounds_that_are_there
from analytics.loads.dialogue import ClearedDialogues, check_that_dialogues_fit
from analytics.loads.funding import ClearedFunding
from analytics.loads.look_back import LooksBack, look_back
from analytics.loads.near_copies import NearCopy, refuse_near_copies
from analytics.loads.part_steps import check_parts
from analytics.loads.parts import refuse_what_is_there
from analytics.loads.placing import of_files
from analytics.loads.whose import refuse_others_schools
from analytics.model.errors import Problem
from analytics.model.frameworks import Framework
from analytics.registers.dialogue import DIALOGUE
from analytics.registers.funding import FUNDING
from analytics.store.in_turn import InTurn
from analytics.store.reading import View
from analytics.store.reference import read_frameworks, read_schools
from analytics.store.registers import Registers
from analytics.store.versions import read_current
from analytics.words.language import Words

NOTHING_CLEARED = ClearedFunding()
NO_DIALOGUES_CLEARED = ClearedDialogues()


@dataclass(frozen=True)
class Inspected:
    """What files hold, and what speaks against loading them. `there`: what is in the store already, which a load may
    replace, and `whole`: what of that nothing can be added to; `near`: rounds that nearly repeat what has been
    published, which somebody may answer for; the intake has what must be mended. `after`: the frameworks as they will
    be. With `add` the intake has of the registers' rows only those that are new."""

    intake: Intake
    after: tuple[Framework, ...]
    copies: tuple[NearCopy, ...]
    there: tuple[Problem, ...]
    whole: tuple[Problem, ...]
    near: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Against:
    """What whoever loads has said of what is there already: that it is replaced, or added to; and `i_know`, of what
    nearly repeats what was published."""

    replace: bool = False
    add: bool = False
    i_know: bool = False

    def said_by(self, found: Inspected) -> tuple[Problem, ...]:
        """What speaks against a load beside what must be mended."""
        there = () if self.replace else found.whole if self.add else found.there
        return (*there, *(() if self.i_know else found.near))


def inspect(
    folder: Path,
    view: View | None,
    registers: Registers,
    files: Sequence[FileToLoad],
    reading: ReadingOptions,
    say: Words,
    *,
    cleared: ClearedFunding = NOTHING_CLEARED,
    cleared_dialogues: ClearedDialogues = NO_DIALOGUES_CLEARED,
    add: bool = False,
    on_step: Callable[[], None] = lambda: None,
    looks: LooksBack | None = None,
) -> Inspected:
    """Checks files in the light of the version in force (None: there is none yet). `looks`: those taken at the versions
    so far that need not be taken again where nothing has changed, and that this one comes to."""
    frameworks = read_frameworks(view) if view else ()
    schools = read_schools(view) if view else ()
    left = cleared_dialogues.left_of(registers.dialogues)
    waiting = WaitingTables(folder)
    intake = take_in(files, frameworks, schools, reading, say, on_step, registers.funding, left, waiting)
    intake.problems.extend(refuse_others_schools(folder, intake.schools, say, divided=reading.divided))
    tell_changed_schools(intake, schools, say)
    there: list[Problem] = []
    whole: list[Problem] = []
    if add:
        leave_what_is_there(intake, registers, say)
    current = read_current(folder) if view else None
    with InTurn(folder) as versions:
        # Of what no round stands under, nothing is asked of the answers: a payment is not to wait for their file.
        rounds = (intake.answers, intake.counts, intake.participation)
        asks = intake.frameworks or any(part is not None for part in rounds)
        here = folder / current.version(view.number).answers if current and view and asks else None
        with versions.opened(here, has="round_source") if here else nullcontext() as stored:
            check_against_the_store(intake, frameworks, stored, say)
            intake.problems.extend(check_that_dialogues_fit(intake.frameworks, intake.dialogues, left, say))
            intake.problems.extend(check_that_goals_stay(intake.funding, registers.funding, say))
            intake.problems.extend(check_parts(intake.funding, registers.funding, cleared, say))
            if view:
                whole += refuse_rounds_that_are_there(intake, frameworks, schools, stored, say)
                lists = [kind for kind in FUNDING if not may_be_added_to(kind)]
                whole += refuse_what_is_there(intake.funding, registers.funding, lists, say)
                others = [kind for kind in FUNDING if kind not in lists]
                there += refuse_what_is_there(intake.funding, registers.funding, others, say)
                there += refuse_what_is_there(intake.dialogues, left, DIALOGUE, say)
        after = {framework.id: framework for framework in (*frameworks, *arriving(intake).values())}
        back = look_back(folder, current, intake, (frameworks, tuple(after.values())), versions, say, looks)
    intake.problems.extend(back.other_cuts)
    near = refuse_near_copies(back.copies, intake, say)
    return Inspected(intake, tuple(after.values()), back.copies, (*whole, *there), tuple(whole), tuple(near))


def leave_what_is_there(intake: Intake, registers: Registers, say: Words) -> None:
    """Keeps of the files' rows of registers those that are new, and says in each file's notes how many were there."""
    added = added_rows((*intake.funding, *intake.dialogues), registers)
    new = {id(one) for one in added.new}
    intake.funding = [one for one in intake.funding if id(one) in new]
    intake.dialogues = [one for one in intake.dialogues if id(one) in new]
    intake.reports = [replace(r, notes=(*r.notes, *added_said(added.of(r.file), say))) for r in intake.reports]


def would_be_refused(
    folder: Path,
    view: View,
    registers: Registers,
    files: Sequence[FileToLoad],
    say: Words,
    *,
    cleared: ClearedFunding,
    forbidden: Callable[[Registers, Registers], list[Problem]],
) -> list[Problem]:
    """What would be wrong with files that are typed, in the light of a view with these registers; nothing is changed.
    May raise StoreBroken."""
    intake = inspect(folder, view, registers, files, ReadingOptions(), say, cleared=cleared).intake
    if intake.problems:
        return intake.problems
    return forbidden(registers, of_files(registers, intake.funding, cleared.gone, ReadingOptions().provenance, 0))
