"""Lär av varandra's pictures: the school and those that it can learn from, or help, on one criterion."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from analytics.charts.rows import DotRow, GroupName, dots
from analytics.dialogue.learning import ClearDifference, Lesson, SchoolStanding, SchoolsToHelp
from analytics.maturity.similar import MOST
from analytics.model.frameworks import Framework
from analytics.model.present import present
from analytics.model.schools import School
from analytics.words.cells import answers_text, answers_value, mean_text, mean_value
from analytics.words.figures import interval
from analytics.words.language import Words
from pages.shared.marks import Marks
from pages.shared.parts import hover_lines
from pages.ui.content import Ask, Block, Table, TableColumn, count_column, level_column, text_column
from pages.ui.phrases import axis_of

DRAWN = 8  # schools of another kind in the picture; the table has them all
LIKE_DRAWN = MOST  # schools like it in a picture: a whole stage may be many more


@dataclass(frozen=True)
class SchoolFacts:
    """What is known of schools, by id: their names, their marks, and what they did on the criterion, in a line."""

    names: Mapping[str, str]
    marks: Marks
    did: Mapping[str, str]


def lesson_block(
    ask: Ask,
    framework: Framework,
    criterion: str,
    school: School,
    found: Lesson,
    known: SchoolFacts,
) -> Block | None:
    """The school's own dot and those clearly higher that meet the goal and share; None where there are none."""
    if not (found.alike or found.others):
        return None
    say, title = ask.say, _title(framework, criterion, say_of=ask.say)
    rows: list[DotRow | GroupName] = [_dot(known.names[school.id], present(found.own), "", say, faint=True)]
    for heading, there in (
        (say("Schools like it"), found.alike[:LIKE_DRAWN]),
        (say("Schools of another kind"), found.others[:DRAWN]),
    ):
        if there:
            rows.append(GroupName(heading))
            rows += [_dot(known.names[row.school_id], row.there, _higher(row, known, say), say) for row in there]
    alike = len(found.alike)
    headline = say.plural(
        "{n} school at the goal and clearly above {school} on “{criterion}” shares what it does",
        "{n} schools at the goal and clearly above {school} on “{criterion}” share what they do",
        alike + len(found.others),
        school=school.name,
        criterion=title,
    )
    if alike and found.others:
        headline += say.plural("; {n} of them is like it", "; {n} of them are like it", alike)
    elif not alike:
        headline += say("; none of them is like it")
    note = [
        say(
            "The pale dot is {school} itself. {like_it} Clearly above: beyond chance, held against {n} schools "
            "and controlled over them (Welch's t, Benjamini-Hochberg). Lines are 95% intervals.",
            school=school.name,
            like_it=_like_it(found, say),
            n=say.integer(found.held_against),
        ),
        say("Only schools that reach the goal on the criterion themselves are here."),
    ]
    if len(found.others) > DRAWN:
        note.append(say("The picture shows the {n} highest of another kind, the table all of them.", n=DRAWN))
    note += _not_drawn(alike, say)
    return Block(
        key="learn_from",
        title=say("How much higher do they stand?"),
        short=_higher_in_short([*found.alike, *found.others], say),
        headline=headline,
        alt=say(
            "Dots with 95% intervals on the scale: {school} and the schools clearly above it that reach the "
            "goal and share. {headline}.",
            school=school.name,
            headline=headline,
        ),
        table=schools_table([*found.alike, *found.others], known, say),
        figure=dots(rows, axis_of(framework, say), say.language),
        note=" ".join(note),
    )


def _higher_in_short(rows: Sequence[ClearDifference], say: Words) -> str:
    """From how much to how much higher they stand."""
    low, high = (say.number(of(row.difference for row in rows)) for of in (min, max))
    return say("{levels} levels", levels=low if low == high else f"{low}–{high}")


def help_block(
    ask: Ask,
    framework: Framework,
    criterion: str,
    school: School,
    own: SchoolStanding,
    found: SchoolsToHelp,
    known: SchoolFacts,
) -> Block | None:
    """The other way round: the schools like it that stand clearly lower; None where there are none."""
    everybody = [*found.asking, *found.others]
    if not everybody:
        return None
    say, title = ask.say, _title(framework, criterion, say_of=ask.say)
    rows: list[DotRow | GroupName] = [_dot(known.names[school.id], own, "", say, faint=True)]
    for heading, there in (
        (say("Working on it now"), everybody[:LIKE_DRAWN][: len(found.asking)]),
        (say("Without an agreement on it"), everybody[len(found.asking) : LIKE_DRAWN]),
    ):
        if there:
            rows.append(GroupName(heading))
            rows += [_dot(known.names[row.school_id], row.there, _lower(row, known, say), say) for row in there]
    headline = say.plural(
        "{school} could help {n} school like it on “{criterion}”",
        "{school} could help {n} schools like it on “{criterion}”",
        len(everybody),
        school=school.name,
        criterion=title,
    )
    if found.asking:
        headline += say.plural(
            "; {n} of them has agreed to work on it", "; {n} of them have agreed to work on it", len(found.asking)
        )
    return Block(
        key="help",
        title=say("Who could {school} help?", school=school.name),
        short=say.plural("{n} school", "{n} schools", len(everybody)),
        headline=headline,
        alt=say(
            "Dots with 95% intervals on the scale: {school} and the schools like it that are clearly lower. "
            "{headline}.",
            school=school.name,
            headline=headline,
        ),
        table=schools_table(everybody, known, say),
        figure=dots(rows, axis_of(framework, say), say.language),
        note=" ".join(
            [
                say(
                    "Of the {n} schools like it, those that are clearly lower; found in the same way. Those "
                    "that have agreed to work on it come first: they look for someone.",
                    n=say.integer(found.held_against),
                ),
                *_not_drawn(len(everybody), say),
            ]
        ),
    )


def _like_it(found: Lesson, say: Words) -> str:
    """Which schools are called like the school."""
    if found.similar is not None and found.similar.whole_stage:
        return say("Like it: all that are of the same stage.")
    return say("Like it: of the same stage first, then the nearest in size and what else is known.")


def _not_drawn(alike: int, say: Words) -> list[str]:
    """That so many schools like it are more than the picture has."""
    if alike <= LIKE_DRAWN:
        return []
    return [say("The picture shows the first {n} of those like it, the table all of them.", n=LIKE_DRAWN)]


def _title(framework: Framework, criterion: str, say_of: Words) -> str:
    return framework.criterion(criterion).title.in_(say_of.language).rstrip(".")


def _higher(row: ClearDifference, known: SchoolFacts, say: Words) -> str:
    return say("{difference} higher", difference=say.number(row.difference)) + _certified(row, known, say)


def _lower(row: ClearDifference, known: SchoolFacts, say: Words) -> str:
    return say("{difference} lower", difference=say.number(-row.difference)) + _certified(row, known, say)


def _certified(row: ClearDifference, known: SchoolFacts, say: Words) -> str:
    return say("; certified") if known.marks.is_certified(row.school_id) else ""


def _dot(name: str, at: SchoolStanding, apart: str, say: Words, *, faint: bool = False) -> DotRow:
    said = f"{name}: {mean_text(at, say)}"
    hover = hover_lines(
        name,
        say("{mean} with {answers}", mean=mean_text(at, say), answers=answers_text(at, say)),
        apart,
        interval(at.low, at.high, say),
    )
    return DotRow(f"{said} ({apart})" if apart else said, at.mean, hover, at.low, at.high, faint=faint)


def schools_table(rows: Sequence[ClearDifference], known: SchoolFacts, say: Words) -> Table:
    """A row a school, with all that is known of it."""
    columns: tuple[TableColumn[ClearDifference], ...] = (
        text_column(say("School"), lambda row: known.names[row.school_id]),
        text_column(say("Kind"), lambda row: say("like it") if row.alike else say("of another kind")),
        level_column(say("Mean"), lambda row: mean_value(row.there, say), say),
        count_column(say("Answers"), lambda row: answers_value(row.there), say),
        level_column(say("Difference"), lambda row: row.difference, say),
        level_column(say("Needed for a clear difference"), lambda row: row.needed, say),
        text_column(say("Certification and labels"), lambda row: known.marks.lines.get(row.school_id, "")),
        text_column(say("What they did"), lambda row: known.did.get(row.school_id, "")),
    )
    return Table.of(columns, rows)
