"""A framework's fields, whether it is one of the store's or one in the making: what is typed is a draft on disk at
once, read as it will be saved, and saved as one version."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import streamlit as st

from analytics.loads.dialogue_rows import REMOVED
from analytics.loads.framework_made import framework_of
from analytics.loads.framework_texts import AREAS, CRITERIA, PLAN, rows_in, words_differ
from analytics.loads.reading import CellReading
from analytics.loads.save import LoadOutcome, SaveUnit, save
from analytics.model.errors import NotAllowed, Problem, Refused
from analytics.store.drafts import Typed
from analytics.words.frameworks import no_such_criterion
from pages.data.frameworks.rows import draw_rows
from pages.data.frameworks.wording import LABEL, PERIOD, STATISTIC, FrameworkWording
from pages.ui import access, html
from pages.ui.content import Ask
from pages.ui.forms import Form, commit_while_typing
from pages.ui.labels import kept_open
from pages.ui.saving import Saver, others_box, refused_of, saving_box

LONG = frozenset(("note_sv", "note_en", "source_sv", "source_en", PLAN))
MONTHS = [str(month) for month in range(1, 13)]
WHOLE_ROWS = ("criterion",)  # a problem with one of these as its column is told of a row, by its id


def may_change() -> bool:
    """Whether whoever asks may change frameworks: those who may load them from a file."""
    return "importera" in access.opened_pages()


def draw_editor(
    ask: Ask, current: Form, unit: SaveUnit, *, new: bool, saved: Callable[[], None] = lambda: None
) -> None:
    """The fields, and the box that saves them; `saved`: what else is done as soon as they are."""
    commit_while_typing()
    others_box(ask, current)
    titles = {one.id: one.title.in_(ask.say.language) for one in ask.catalogue.frameworks}
    before = next((one for one in ask.catalogue.frameworks if one.id == current.texts.get("previous")), None)
    wording = FrameworkWording(_all_texts(current), before, titles, ask.say)
    problems = _problems(current, wording, ask) if current.typed else {}
    readings = {name: CellReading(problem=one.problem, hint=one.hint) for name, one in problems.items()}
    current = replace(current, readings=readings)
    _fields(current, wording, new=new)
    for kind, heading in ((AREAS, ask.say("Areas")), (CRITERIA, ask.say("Criteria"))):
        html.show(html.section_title(heading))
        draw_rows(current, kind, heading, wording, problems)
    fold = kept_open(ask.say("Levels, source and notes"), key=f"more {current.about}", type="compact")
    if fold.open or problems.keys() & {"scale_min", "levels_sv", "levels_en", PLAN}:
        with fold:
            _more(current, wording)
    saver = Saver(
        save=lambda typed, who: _save(ask, unit, typed, who, saved),
        name=wording.name,
        written=wording.written,
        column=wording.label,
        place=lambda problem: wording.place(_field(problem, wording)),
        lacking=lambda texts: (),
        long=LONG,
    )
    saving_box(ask, current, saver, before=lambda: _differ(current, wording))


def _all_texts(current: Form) -> dict[str, str]:
    """With the rows that are taken away: they are called by what they were."""
    return {**current.saved, **{name: one.text for name, one in current.typed.items()}}


def _save(ask: Ask, unit: SaveUnit, typed: Mapping[str, Typed], who: str, saved: Callable[[], None]) -> LoadOutcome:
    if not may_change():  # since the page was drawn, the role may have been taken away
        raise NotAllowed("ramverk")
    outcome = save(Path(access.store_folder()), ask.viewer, unit, typed, ask.say, saved_by=who)
    saved()
    return outcome


def _problems(current: Form, wording: FrameworkWording, ask: Ask) -> dict[str, Problem]:
    """What is wrong with what stands in the fields, by field; and what the store refused of it, while that stands."""
    found: dict[str, Problem] = {}
    for problem in refused_of(current):
        field = _field(problem, wording)
        gone = f"{field.rpartition('.')[0]}.{REMOVED}" in current.typed
        if gone if problem.column in WHOLE_ROWS else problem.value in (None, wording.texts.get(field, "")):
            found.setdefault(field, problem)
    try:
        framework_of(current.texts, "", ask.say)
    except Refused as refused:
        found |= {problem.column or "": problem for problem in refused.problems}
    for row in rows_in(current.texts, CRITERIA) if wording.before else ():
        if row.texts["previous"] and row.texts["previous"] not in wording.olds:
            text = no_such_criterion([*wording.olds], ask.say)
            found.setdefault(f"{row.part}.previous", Problem("", None, None, row.texts["previous"], *text))
    return found


def _field(problem: Problem, wording: FrameworkWording) -> str:
    """The field that a problem is told at."""
    if problem.column in WHOLE_ROWS:
        row = wording.row_of(f"{problem.value}.id")
        return f"{row.part}.id" if row else ""
    at, _, name = (problem.column or "").rpartition(".")
    row = wording.row_of(f"{at}.{name}") if at else None
    return f"{row.part}.{name}" if row else "goal_level" if problem.column == "goal" else problem.column or ""


def _fields(current: Form, wording: FrameworkWording, *, new: bool) -> None:
    say = wording.say
    lines = [("title_sv", "title_en"), ("valid_from", "valid_to", "issuer"), ("goal_level", "goal_statistic")]
    lines += [("previous", "period"), ("rating_month", "goals_month", "follow_up_month")]
    if new:
        lines[1] = ("id", *lines[1])
    if current.texts.get("goal_statistic") == "share":
        lines[2] = (*lines[2], "goal_share")
    levels = _levels(wording)
    options = {
        "goal_level": levels,
        "goal_statistic": list(STATISTIC),
        "goals_month": MONTHS,
        "follow_up_month": MONTHS,
        "rating_month": MONTHS,
        "period": list(PERIOD),
    }
    own = wording.texts.get("id", "")
    options["previous"] = [id_ for id_ in wording.frameworks if id_ != own]
    for line in lines:
        for name, column in zip(line, st.columns(len(line)), strict=True):
            label = say.marked(LABEL[name])
            with column:
                if name in options:
                    none = {"previous": say("Nothing"), "rating_month": say("Not said")}.get(name)
                    current.choice(
                        name,
                        label,
                        options[name],
                        lambda text, name=name: wording.written(name, text),
                        placeholder=none,
                    )
                else:
                    current.line(name, label)
                if (problem := current.readings.get(name)) and name in options:
                    html.show(html.element("p", f"{problem.problem} {problem.hint}", class_="kd-note kd-wrong"))


def _levels(wording: FrameworkWording) -> list[str]:
    lowest, names = wording.texts.get("scale_min", ""), wording.texts.get("levels_sv", "").split("\n")
    first = int(lowest) if lowest.isascii() and lowest.isdigit() and len(lowest) < 3 else 1
    return [str(first + at) for at in range(len([name for name in names if name.strip()]))]


def _more(current: Form, wording: FrameworkWording) -> None:
    say = wording.say
    for line in (("levels_sv", "levels_en"), ("source_sv", "source_en"), ("note_sv", "note_en")):
        for name, column in zip(line, st.columns(2), strict=True):
            with column:
                current.area(name, say.marked(LABEL[name]), height=128 if name.startswith("levels") else 96)
    current.line("scale_min", say.marked(LABEL["scale_min"]))
    current.area(PLAN, say.marked(LABEL[PLAN]), height=240)


def _differ(current: Form, wording: FrameworkWording) -> None:
    """Before a save: criteria that are said to be in the same words as the one before, and are not."""
    try:
        made = framework_of(current.texts, "", wording.say)
    except Refused:
        return
    ids = [new.id for new, _ in words_differ(made, wording.before)]
    if ids:
        text = wording.say(
            "{ids}: said to be in the same words as before, and are not. A line would run through two questions:"
            " choose “reworded” where the question is another.",
            ids=wording.say.listing(ids),
        )
        html.show(html.element("p", text, class_="kd-note kd-wrong", role="status"))
