"""What a file is, before anything is done with it: its table, its kind, and whether it has been loaded before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from analytics.intake.by_hand import ByHand
from analytics.intake.files import FileToLoad
from analytics.intake.form import likely_school_heading
from analytics.intake.frameworks import MadeFramework, read_framework
from analytics.intake.kinds import COUNTS, FRAMEWORK_FILE, KINDS, known_headings, tell_kind
from analytics.intake.level_tables import with_levels
from analytics.intake.likely_questions import likely_questions
from analytics.intake.raw import LeftFile, Unreadable
from analytics.intake.readers import TextTable, as_saved, headed_by, headings_of, read_sheet
from analytics.intake.register import CityVocabulary
from analytics.intake.round_said import SAYING_ANY, with_round
from analytics.intake.rows_between import without_sums
from analytics.loads.loaded_before import EarlierLoad
from analytics.model.errors import Problem, Refused
from analytics.model.frameworks import Framework
from analytics.store.saved_forms import SavedForm
from analytics.words.language import Words

FORM = "form"
A_FORM = 2  # columns whose cells are levels make a form, whatever framework they are of
BY_HAND = tuple(name for name in KINDS if name != "counts")
"""The kinds whose columns somebody can say by hand: those of counts are as many as there are levels."""


@dataclass(frozen=True, slots=True)
class Recognised:
    """A file that was left: what is to be loaded of it, None where it cannot be read; its kind, None where that is not
    clear; why; its SHA-256 and its earlier load; and the form that somebody has saved, if it is read as that says.
    `answers`: its table without sums and notes, by which what it is about is guessed; None where `of` is no table."""

    name: str
    of: TextTable | MadeFramework | None
    kind: str | None
    problems: tuple[Problem, ...] = ()
    sha256: str = ""
    earlier: EarlierLoad | None = None
    saved: SavedForm | None = None
    answers: TextTable | None = None

    @property
    def table(self) -> TextTable | None:
        return self.of if isinstance(self.of, TextTable) else None

    @property
    def to_load(self) -> FileToLoad | None:
        return self.of


def recognised(
    file: LeftFile,
    frameworks: Sequence[Framework],
    forms: Sequence[SavedForm],
    earlier: Mapping[str, EarlierLoad],
    say: Words,
    sheet: str | None = None,
    heading_row: int | None = None,
) -> Recognised:
    """Reads a file and tells what it is; never raises Refused. `heading_row`: the row that somebody says the headings
    stand on, as rows are counted where nobody does."""
    try:
        if file.suffix.lower() == ".toml":
            framework, _, sha256 = read_framework(file, say)
            made = MadeFramework(file.name, framework)
            return Recognised(file.name, made, FRAMEWORK_FILE, (), sha256, earlier.get(sha256))
        read = read_sheet(file, say, sheet, known_headings(frameworks, say) | headings_of(forms))
        if heading_row:
            read = headed_by(read, heading_row, say)
    except (Refused, Unreadable) as refused:
        problems = refused.problems if isinstance(refused, Refused) else refused.refused(file.name).problems
        return Recognised(file.name, None, None, tuple(problems))
    table = as_saved(read, forms)
    saved = next((form for form in reversed(forms) if table.by_hand and form.columns is table.by_hand.columns), None)
    found = Recognised(file.name, table, None, (), table.sha256, earlier.get(table.sha256), saved)
    return with_kind(found, frameworks, say)


def with_kind(found: Recognised, frameworks: Sequence[Framework], say: Words) -> Recognised:
    """The file with its kind, as the headings or somebody tells it."""
    if found.table is None:
        return found
    register = CityVocabulary(frameworks, (), say)
    table = with_levels(found.table, register, None)
    if table.told:
        return replace(found, of=table, kind=COUNTS.name, problems=())
    answers = without_sums(table, lambda _: False, say)
    found = replace(found, of=table, answers=answers)
    try:
        kind = tell_kind(with_round(table, SAYING_ANY), register, say, None, None)
    except Refused as refused:
        if len(likely_questions(answers, likely_school_heading(answers, (), say)).questions) >= A_FORM:
            return replace(found, kind=FORM, problems=())
        return replace(found, kind=None, problems=tuple(refused.problems))
    return replace(found, kind=kind.name, problems=())


def said_by_hand(found: Recognised, by_hand: ByHand | None, frameworks: Sequence[Framework], say: Words) -> Recognised:
    """The file read as somebody says; None: as its headings tell."""
    if found.table is None:
        return found
    return with_kind(replace(found, of=replace(found.table, by_hand=by_hand), saved=None), frameworks, say)
