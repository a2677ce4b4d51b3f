"""What is agreed and what came of it, field by field: goals, actions, follow-up, notes. What is typed is a draft on
disk at once; saving makes a version of it."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import date

import streamlit as st

from analytics.loads.dialogue_readings import dialogue_parts
from analytics.loads.dialogue_rows import RoundKey, actions_in, coming_back, entries_in, is_new, texts_of
from analytics.maturity.schools import Cell, school_cells
from analytics.model.dialogue import Activity, Progress, Responsible
from analytics.model.frameworks import Framework, SuggestedAction
from analytics.words.frameworks import criterion_title
from analytics.words.goal_figure import DIGITS, figure_text, goal_value, start_beside
from analytics.words.labels import label_of_text
from pages.shared.typed import with_readings
from pages.talks.dialogue.history import dialogue_history
from pages.talks.dialogue.paper import shared
from pages.talks.dialogue.saving import dialogue_box
from pages.talks.dialogue.sentences import criterion_text, labelled
from pages.talks.dialogue.suggestions import draw_suggestions, suggested
from pages.ui import access, html
from pages.ui.content import Ask
from pages.ui.forms import Form, form
from pages.ui.labels import kept_open
from pages.ui.saving import others_box, saved_meanwhile
from pages.ui.titles import address

NEW = "n"  # after the letter of an agreement or action that has no number yet
ROLES = [role.value for role in Responsible]
STATES = [progress.value for progress in Progress]


@st.fragment
def editor(ask: Ask, about: RoundKey, framework: Framework) -> None:
    """A fragment: typing draws the fields anew and nothing else."""
    if saved_meanwhile():
        st.rerun()
    say = ask.say
    current = form(" ".join(("dialogue", *map(str, about))), access.composed(saved_texts, ask, *about), say)
    others_box(ask, current)
    current, texts = with_readings(ask, current, lambda texts: dialogue_parts(texts, about)), current.texts
    _heading(
        say("What we agree on"), say("A goal on a criterion, and what is done to reach it. It is kept as you type.")
    )
    cells = access.composed(cells_of, ask.of_figures, *about)
    activities = access.composed(activities_of, ask, framework.id)
    for place, agreement in enumerate(entries_in(texts), 1):
        # Folded, a goal costs nothing: a field costs a millisecond each time that anything on the page is drawn.
        begun = any(name.startswith(f"{agreement}.") for name in current.typed)
        label = _summary(ask, framework, texts, agreement, place)
        fold = kept_open(html.unmarked(label), expanded=begun, key=f"goal {current.about} {agreement}")
        if not fold.open:
            continue
        with fold:
            _goal(ask, current, about, framework, cells, agreement)
            for action in actions_in(texts, agreement):
                _action(ask, current, activities, action)
            st.button(
                say("Add an action"), key=f"more {agreement}", icon=":material/add:", type="tertiary",
                on_click=_add_action, args=(current, agreement),
            )  # fmt: skip
            draw_suggestions(
                agreement, suggested(framework, texts.get(f"{agreement}.criterion")),
                lambda one, agreement=agreement: _add_suggested(current, agreement, one, say.language), say,
            )  # fmt: skip
            if _may_have_come_of(agreement):
                _came_of_it(ask, current, agreement)
            st.button(
                say("Remove the goal"), key=f"less {agreement}", icon=":material/delete:", type="tertiary",
                on_click=_take_away, args=(current, agreement),
            )  # fmt: skip
    st.button(
        say("Add a goal"),
        key="more",
        icon=":material/add:",
        on_click=_add_agreement,
        args=(current, framework, about[2]),
    )
    _heading(say("The dialogue"), say("What was said stands in the brief once it is saved."))
    day, who = st.columns([1, 2])
    with day:
        current.line(*labelled("held", say))
    with who:
        current.line(*labelled("participants", say))
    current.area(*labelled("notes", say), height=160)
    dialogue_box(ask, about, current, framework)
    dialogue_history(ask, about, current, framework)


def saved_texts(ask: Ask, school: str, framework: str, year: int) -> dict[str, str]:
    """The dialogue as it is saved, field by field."""
    return texts_of(shared(ask).dialogues, (school, framework, year))


def cells_of(ask: Ask, school: str, framework: str, year: int) -> dict[str, Cell]:
    """The school's figures in the round, by criterion."""
    return {cell.criterion: cell for cell in school_cells(ask.view, ask.viewer, school, framework, year)}


def activities_of(ask: Ask, framework: str) -> dict[str, Activity]:
    """What the administration offers within the framework's areas, by id."""
    return {a.id: a for a in shared(ask).dialogues.activities if a.framework == framework}


def figure_of(cell: Cell | None, framework: Framework) -> float | None:
    """What the framework's goal is about on the criterion: the mean, the median or the share; None where hidden."""
    if cell is None:
        return None
    return {"share": cell.share_at_goal, "median": cell.median}.get(framework.goal.statistic, cell.mean)


def _summary(ask: Ask, framework: Framework, texts: Mapping[str, str], agreement: str, place: int) -> str:
    """A goal as one line: "Goal 1 · C5 Teachers visit each other · Done"."""
    say, criterion, status = ask.say, texts.get(f"{agreement}.criterion"), texts.get(f"{agreement}.status")
    parts = [say("Goal {n}", n=place)]
    if criterion:
        parts.append(criterion_text(criterion, framework, say))
    if status:
        parts.append(label_of_text(Progress, status, say))
    return " · ".join(parts)


def _goal(
    ask: Ask,
    current: Form,
    about: RoundKey,
    framework: Framework,
    cells: Mapping[str, Cell],
    agreement: str,
) -> None:
    """The criterion, from where to where, by when, and the goal in words."""
    say, texts = ask.say, current.texts
    taken = {texts.get(f"{other}.criterion") for other in entries_in(texts) if other != agreement}
    titles = {c.id: _titled(ask, framework, cells, c.id) for c in framework.criteria if c.id not in taken}
    current.choice(
        *labelled(f"{agreement}.criterion", say), list(titles), lambda id_: titles.get(id_, id_),
        placeholder=say("Choose a criterion"),
        then=lambda form_, id_: form_.put(f"{agreement}.from_level", start_text(cells.get(id_), framework)),
    )  # fmt: skip
    criterion = texts.get(f"{agreement}.criterion")
    if criterion:
        school, _, year = about
        there = address("lara", say, framework=framework.id, year=year, school=school, criterion=criterion)
        html.show(html.note(html.link_beside(say("Schools to learn from on this criterion"), there)))
    current.area(*labelled(f"{agreement}.goal", say), height=68)
    stands, reach, by = st.columns(3)
    with stands:
        current.line(*labelled(f"{agreement}.from_level", say))
    with reach:
        current.line(*labelled(f"{agreement}.to_level", say))
    with by:
        current.line(*labelled(f"{agreement}.due", say))


def _action(ask: Ask, current: Form, activities: Mapping[str, Activity], action: str) -> None:
    """What is done, by which role, by when, leaning on what the administration offers, and how it goes."""
    say = ask.say
    with st.container(key=f"action {action}"):
        current.area(*labelled(f"{action}.text", say), height=68)
        role, by, status, less = st.columns([3, 2, 3, 1], vertical_alignment="bottom")
        with role:
            current.choice(
                *labelled(f"{action}.role", say), ROLES, lambda role: label_of_text(Responsible, role, say),
                placeholder=say("Choose a role"),
            )  # fmt: skip
        with by:
            current.line(*labelled(f"{action}.due", say))
        with status:
            current.choice(*labelled(f"{action}.status", say), STATES, lambda p: label_of_text(Progress, p, say))
        with less:
            st.button(
                say("Remove"), key=f"less {action}", icon=":material/delete:", type="tertiary",
                on_click=_take_away, args=(current, action),
            )  # fmt: skip
        if activities:
            current.choice(
                *labelled(f"{action}.activity", say), list(activities),
                lambda id_: activities[id_].title if id_ in activities else id_,
                placeholder=say("None of the administration's activities"),
            )  # fmt: skip
        if _may_have_come_of(action):
            current.line(*labelled(f"{action}.outcome", say))


def _may_have_come_of(part: str) -> bool:
    """Nothing has come of what is being agreed on; of what was taken away and comes back something may have."""
    return not is_new(part) or bool(coming_back(part))


def _came_of_it(ask: Ask, current: Form, agreement: str) -> None:
    """The follow-up: how it went, in words, and the day it was written."""
    say = ask.say
    status, day = st.columns([3, 2])
    with status:
        current.choice(
            *labelled(f"{agreement}.status", say), STATES, lambda p: label_of_text(Progress, p, say),
            then=lambda form_, _: form_.put(f"{agreement}.followed_up", date.today().isoformat()),
        )  # fmt: skip
    with day:
        current.line(*labelled(f"{agreement}.followed_up", say))
    current.area(*labelled(f"{agreement}.outcome", say), height=68)


def _add_agreement(current: Form, framework: Framework, year: int) -> None:
    name = f"a{NEW}{secrets.token_hex(3)}"
    current.put(f"{name}.status", Progress.AGREED.value)
    current.put(f"{name}.to_level", _written(goal_value(framework)))
    current.put(f"{name}.due", framework.calendar.due(year).isoformat())


def _add_action(current: Form, agreement: str, **said: str) -> None:
    action = f"{agreement}.x{NEW}{secrets.token_hex(3)}"
    for name, text in {"status": Progress.AGREED.value, **said}.items():
        current.put(f"{action}.{name}", text)


def _add_suggested(current: Form, agreement: str, one: SuggestedAction, language: str) -> None:
    _add_action(current, agreement, text=one.text.in_(language), role=one.role.value)


def _take_away(current: Form, part: str) -> None:
    current.take_away(part)


def _titled(ask: Ask, framework: Framework, cells: Mapping[str, Cell], criterion: str) -> str:
    """The criterion with where the school stands on it."""
    title = criterion_title(framework, criterion, ask.say)
    figure = figure_of(cells.get(criterion), framework)
    if figure is None:
        return f"{criterion} {title}"
    return f"{criterion} {title} ({figure_text(figure, framework, ask.say)})"


def start_text(cell: Cell | None, framework: Framework) -> str:
    """The figure that a goal is suggested to start from: below the framework's goal where the school's own is."""
    figure = figure_of(cell, framework)
    return "" if figure is None else _written(start_beside(figure, goal_value(framework)))


def _written(figure: float) -> str:
    return f"{round(figure, DIGITS):g}"


def _heading(text: str, note: str) -> None:
    html.show(html.section_title(text) + html.note(note))
