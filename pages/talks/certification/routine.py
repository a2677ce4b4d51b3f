"""Certifiering's routine: the steps on the way, who takes each and when, what it holds; for how long it is valid."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from analytics.dialogue.certification import Stage
from analytics.model.frameworks import CertificationRoutine, Framework, RoutineStep
from analytics.words.labels import label_of
from analytics.words.language import Words
from pages.shared.row_table import RowCell, RowColumn, TableHeadings, TableRow, row_table
from pages.ui import html
from pages.ui.content import Ask, Block, Table, TableColumn, text_column

Step = tuple[int, RoutineStep]


def routine_block(ask: Ask, framework: Framework, register: Sequence[Stage]) -> Block | None:
    """A row a step, with how many schools have come to it; None where the framework says nothing of certification."""
    routine, say = framework.certification, ask.say
    if routine is None:
        return None
    language = say.language
    steps = list(enumerate(routine.steps, 1))
    headline = say(
        "{title}: {n} steps. {valid}", title=routine.title.in_(language), n=len(steps), valid=validity(routine, say)
    )
    tells: dict[str, Callable[[RoutineStep], str]] = {
        say("Who"): lambda step: step.who.in_(language),
        say("When"): lambda step: say.month(step.month) if step.month else "–",
        say("What it holds"): lambda step: "; ".join(text.in_(language) for text in step.holds) or "–",
        say("Ends in"): lambda step: _ends_in(step, say),
        say("Schools that have come so far"): lambda step: _come(step, register, say),
    }
    columns: list[TableColumn[Step]] = [
        text_column(say("No."), lambda row: str(row[0])),
        text_column(say("Step"), lambda row: row[1].title.in_(language)),
        *(text_column(heading, lambda row, tell=tell: tell(row[1])) for heading, tell in tells.items()),
    ]
    rows = [
        TableRow(f"{n}. {step.title.in_(language)}", "", tuple(RowCell(tell(step)) for tell in tells.values()))
        for n, step in steps
    ]
    drawn = row_table(
        TableHeadings(headline, say("Step")), [RowColumn(heading, "say", short=heading) for heading in tells], rows
    )
    return Block(
        key="routine",
        title=say("How a school becomes certified"),
        short=say.plural("in {n} step", "in {n} steps", len(steps)),
        headline=headline,
        alt=say("A table of the steps. {headline}", headline=headline),
        table=Table.of(columns, steps),
        drawing=html.element("div", drawn, class_="kd-drawn"),
        note=routine.note.in_(language) if routine.note else "",
    )


def validity(routine: CertificationRoutine, say: Words) -> str:
    """For how long a certification holds, and how it is renewed."""
    if routine.valid_years is None:
        said = say("For how long it is valid is not said.")
    else:
        said = say.plural("It is valid for {n} year.", "It is valid for {n} years.", routine.valid_years)
    return " ".join(filter(None, [said, routine.renewal.in_(say.language) if routine.renewal else ""]))


def running_out(routine: CertificationRoutine, stage: Stage | None) -> str:
    """The last day of the certification that a school has; '' where it has none, or none that runs out."""
    day = routine.until(stage.certified_last) if stage and stage.certified_last else None
    return day.isoformat() if day else ""


def _ends_in(step: RoutineStep, say: Words) -> str:
    event = label_of(step.event, say) if step.event else "–"
    return say("{event}, by a decision", event=event) if step.decides else event


def _come(step: RoutineStep, register: Sequence[Stage], say: Words) -> str:
    """How many schools have had the step's event."""
    if step.event is None:
        return "–"
    return say.integer(sum(any(row.event is step.event for row in stage.events) for stage in register))
