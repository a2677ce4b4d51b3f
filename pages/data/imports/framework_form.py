"""A framework made of a form's questions: what is drafted of the file, to be looked through and changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from analytics.intake.by_hand import ByHand
from analytics.intake.framework_draft import FrameworkDraft, likely_areas, made_framework
from analytics.intake.frameworks import MadeFramework
from analytics.intake.likely_questions import likely_questions, questions_of
from analytics.intake.likely_scale import levels_by_name, likely_scale
from analytics.intake.scale_ends import reaches, several_scales_likely
from analytics.loads.framework_copies import free_id
from analytics.loads.recognition import FORM, said_by_hand
from analytics.model.errors import Refused
from analytics.model.present import present
from analytics.words.language import Words
from analytics.words.plain import plain_name
from pages.data.imports import steps
from pages.data.imports.held import HeldFile, Import
from pages.ui import html
from pages.ui.content import Ask
from pages.ui.options import pick, pick_several

TITLE, LEVELS = 120, 2_000  # letters
MOST_AREAS = 30
NAMED = 5  # columns in a list
SAID = "framework_said"  # in the session: what is wrong with the draft


def draw_framework_form(ask: Ask, one: Import) -> None:
    say, held = ask.say, one.forms()[0]
    html.show(html.section_title(say("The framework")))
    if one.made is not None:
        framework = one.made.framework
        text = say(
            "{title}: {criteria} in {areas}, goal {goal}. It is stored when you load.",
            title=framework.title.in_(say.language),
            criteria=say.plural("{n} criterion", "{n} criteria", len(framework.criteria)),
            areas=say.plural("{n} area", "{n} areas", len(framework.areas)),
            goal=framework.labels(say.language)[framework.goal.level - framework.scale_min],
        )
        html.show(html.note(text))
        st.button(say("Change it"), key="change_framework", on_click=_change, args=(one,), type="tertiary")
        return
    table = present(held.found.answers)
    school = steps.school_heading(ask, one, held)
    likely = likely_questions(table, school)
    html.show(
        html.note(
            say("No framework here has the form's questions. This is one made of them: look it through, and change it.")
        )
    )
    prefix = f"made_{one.token}_"
    chosen = pick_several(
        say("Columns that are questions"),
        list(table.headings),
        default=[question.heading for question in likely.questions],
        key=f"{prefix}questions",
        select_all=False,
    )
    if others := [say.quoted(heading) for heading in likely.on_other_scales if heading not in chosen]:
        text = say(
            "A framework has one scale. Answered on another one, and not with them: {columns}. Once this is loaded,"
            " leave a copy of the file with the school and those columns alone: they make a framework of their own.",
            columns=say.listing(others),
        )
        html.show(html.note(text))
    questions = questions_of([heading for heading in table.headings if heading in chosen])
    scale = likely_scale(table, questions or likely.questions)
    one_scale = _said_to_be_one_scale(say, prefix, reaches(table, questions))
    left, right = st.columns(2)
    with left:
        st.text_input(say("What it is called"), value=say("Our self-assessment"), key=f"{prefix}title", max_chars=TITLE)
    with right:
        st.text_input(
            say("The levels, lowest first, with a semicolon between"),
            value="; ".join(scale.names),
            key=f"{prefix}levels",
            max_chars=LEVELS,
        )
    year = one.year or 2000
    names = _names(st.session_state.get(f"{prefix}levels", "")) or scale.names
    in_order = scale.ordered or _said_in_order(say, prefix, names)
    left, middle, right = st.columns(3)
    with left:
        pick(
            say("The goal: every criterion at least"),
            list(range(len(names))),
            index=max(len(names) - 2, 0) if names else None,
            written=lambda n: names[n] if n < len(names) else str(n),
            key=f"{prefix}goal_{len(names)}",
        )
    with middle:
        st.number_input(say("From the year"), 1990, 2200, value=year, key=f"{prefix}from")
    with right:
        st.number_input(say("To the year (empty: until further notice)"), 1990, 2200, value=None, key=f"{prefix}to")
    areas = likely_areas(questions, say("All questions"), say("Area"))[:MOST_AREAS]
    count = st.number_input(
        say("How many areas"), 1, max(min(MOST_AREAS, len(questions)), 1), value=max(len(areas), 1),
        key=f"{prefix}areas",
    )  # fmt: skip
    headings = [question.heading for question in questions]
    for n in range(int(count) if headings else 0):
        name, first = areas[n] if n < len(areas) else (f"{say('Area')} {n + 1}", headings[min(n, len(headings) - 1)])
        left, right = st.columns(2)
        with left:
            st.text_input(say("Area {n}", n=n + 1), value=name[:TITLE], key=f"{prefix}area_{n}", max_chars=TITLE)
        with right:
            pick(
                say("Its first question"), headings, index=headings.index(first), key=f"{prefix}first_{n}",
                disabled=n == 0,
            )  # fmt: skip
    for text in st.session_state.pop(SAID, ()):
        st.warning(text)
    st.button(
        say("Make the framework"), type="primary", key=f"{prefix}make",
        disabled=not (questions and in_order and one_scale),
        on_click=_make, args=(ask, one, held, prefix, tuple(headings), len(names)),
    )  # fmt: skip


def _said_to_be_one_scale(say: Words, prefix: str, ends: Sequence[tuple[int, tuple[str, ...]]]) -> bool:
    """Whether nothing speaks against it, or somebody has said it of these columns: taken as one, a 4 of 4 and a 4 of 5
    would be the same level, and nothing would tell."""
    if not ends:
        return True
    told = [
        say("at most {level} in {columns}", level=end, columns=_some([say.quoted(column) for column in columns], say))
        for end, columns in ends
    ]
    text = say(
        "The answers do not tell whether these questions are on one scale: {told}. Those on another one are taken away"
        " from the questions above; a copy of the file with the school and them alone makes a framework of its own.",
        told="; ".join(told),
    )
    html.show(html.note(text))
    if not several_scales_likely(ends):
        return True
    top = ends[-1][0]
    return st.checkbox(say("They are all on one scale, up to {level}", level=top), key=_one_scale_key(prefix, ends))


def _some(texts: Sequence[str], say: Words) -> str:
    more = len(texts) - NAMED
    return say.listing([*texts[:NAMED], *([say.plural("{n} more", "{n} more", more)] if more > 0 else [])])


def _one_scale_key(prefix: str, ends: Sequence[tuple[int, tuple[str, ...]]]) -> str:
    """Of these columns: who chooses others says it anew."""
    return f"{prefix}one_scale_{'|'.join(f'{end}:{len(columns)}:{columns[0]}' for end, columns in ends)}"


def _said_in_order(say: Words, prefix: str, names: Sequence[str]) -> bool:
    """Whether somebody has said that the levels stand in order, as they stand now: in the wrong one every figure would
    be the other way round, and nothing would tell."""
    if len(names) < 2:
        return False
    text = say(
        "The file does not tell which level is the lowest. “{lowest}” is the lowest and “{highest}” the highest; those "
        "between stand in order.",
        lowest=names[0], highest=names[-1],
    )  # fmt: skip
    return st.checkbox(html.unmarked(text), key=_order_key(prefix, names))


def _order_key(prefix: str, names: Sequence[str]) -> str:
    """Of these names in this order: who has changed them says it anew."""
    return f"{prefix}in_order_{'|'.join(names)}"


def _make(ask: Ask, one: Import, held: HeldFile, prefix: str, headings: tuple[str, ...], levels: int) -> None:
    """Runs before anything is drawn. What the fields hold is whatever the browser sent."""
    say, state, table = ask.say, st.session_state, held.found.table
    if table is None:
        return
    scale = likely_scale(held.found.answers or table, questions_of(headings))
    names = _names(str(state.get(f"{prefix}levels") or "")) or scale.names
    if not scale.ordered and not state.get(_order_key(prefix, names)):
        return
    ends = reaches(held.found.answers or table, questions_of(headings))
    if several_scales_likely(ends) and not state.get(_one_scale_key(prefix, ends)):
        return
    goal = state.get(f"{prefix}goal_{levels}")
    title = str(state.get(f"{prefix}title") or "").strip() or say("Our self-assessment")
    count = int(state.get(f"{prefix}areas") or 1)
    areas = [
        (str(state.get(f"{prefix}area_{n}") or "").strip() or f"{say('Area')} {n + 1}",
         headings[0] if n == 0 else str(state.get(f"{prefix}first_{n}")))
        for n in range(count)
    ]  # fmt: skip
    draft = FrameworkDraft(
        title=title,
        issuer="–",
        valid_from=int(state.get(f"{prefix}from") or one.year or 2000),
        valid_to=int(state[f"{prefix}to"]) if state.get(f"{prefix}to") else None,
        scale=replace(scale, names=tuple(names)),
        goal=scale.lowest + (goal if isinstance(goal, int) else max(len(names) - 2, 0)),
        questions=questions_of(headings),
        areas=tuple(areas),
    )
    taken = {framework.id for framework in ask.catalogue.frameworks}
    id_ = free_id(plain_name(title) or "ramverk", taken)
    try:
        framework, criteria = made_framework(draft, id_, say("the framework"), say)
    except Refused as refused:
        state[SAID] = tuple(f"{one_.problem} {one_.hint}" for one_ in refused.problems)
        return
    one.made = MadeFramework(say("the framework"), framework)
    one.framework = framework.id
    one.year = one.year if one.year and framework.covers(one.year) else framework.valid_from
    for form in one.forms():
        own, school = form.found.table, steps.school_heading(ask, one, form)
        if own is not None and set(headings) <= set(own.headings):
            meant = levels_by_name(present(form.found.answers), headings, framework)
            said = ByHand(FORM, criteria | ({school: "school"} if school else {}), meant)
            form.found = said_by_hand(form.found, said, steps.frameworks_now(ask, one), say)
    steps.try_again(ask, one)


def _change(one: Import) -> None:
    one.made, one.framework, one.trial = None, None, None


def _names(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in text.split(";") if name.strip())
