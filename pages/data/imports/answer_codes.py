"""What the answers of a form mean, where they are a tool's codes, or numbers the other way round."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

import streamlit as st

from analytics.intake.by_hand import ByHand, answer_code
from analytics.intake.form import different_answers
from analytics.intake.kinds import FORM
from analytics.intake.register import CityVocabulary
from analytics.intake.word_problem import WordProblem
from analytics.model.frameworks import Framework
from analytics.words.language import Words
from pages.data.imports import steps
from pages.data.imports.held import HeldFile, Import
from pages.ui import html
from pages.ui.content import Ask
from pages.ui.options import pick

MOST = 12  # different answers: a scale has fewer, and more are free text
LONGEST = 60  # letters of an answer
AS_READ, DONT_KNOW = "", "dont_know"
Columns = Mapping[str, str]
ReadAs = Callable[[Ask, Import, HeldFile, ByHand | None], None]


def are_codes(ask: Ask, one: Import, held: HeldFile, columns: Columns) -> bool:
    """Whether most of a form's different answers stand for nothing."""
    framework = _framework(ask, one)
    if framework is None:
        return False
    wrong = _not_read(ask, held, columns, framework)
    return len(wrong) * 2 > len(_answers(held, columns, framework))


def _not_read(ask: Ask, held: HeldFile, columns: Columns, framework: Framework) -> list[str]:
    """The different answers that stand for nothing, where they are so few that each can have a meaning."""
    said, register = _said(held), CityVocabulary((framework,), (), ask.say)
    wrong = [
        word
        for word in _answers(held, columns, framework)
        if answer_code(word) not in said and isinstance(register.level(framework.id, word), WordProblem)
    ]
    return wrong if len(wrong) <= MOST else []


def draw_answer_codes(ask: Ask, one: Import, held: HeldFile, columns: Columns, place: int, read_as: ReadAs) -> None:
    """A field for each different answer; nothing where they are as many as free texts are, and all are understood."""
    framework = _framework(ask, one)
    if framework is None:
        return
    say, said = ask.say, _said(held)
    words = _answers(held, columns, framework)
    if len(words) > MOST:
        words = [word for word in words if answer_code(word) in said] + _not_read(ask, held, columns, framework)
    if not words:
        return
    names = {str(level): f"{level} {name}" for level, name in
             zip(framework.levels, framework.labels(say.language), strict=True)}  # fmt: skip
    register = CityVocabulary((framework,), (), say)
    with st.form(f"codes_form_{one.token}_{place}_{framework.id}", border=False):
        html.show(html.note(say("What each answer means. It is remembered with the form, and shown at each load.")))
        keys, pair = {}, []
        for n, word in enumerate(words):
            if n % 2 == 0:
                pair = st.columns(2)
            options = {AS_READ: _as_read(register, framework, word, names, say), **names, DONT_KNOW: say("don't know")}
            now = said.get(answer_code(word), AS_READ)
            chosen = DONT_KNOW if now is None else str(now)
            keys[word] = key = f"code_{one.token}_{place}_{framework.id}_{n}"
            with pair[n % 2]:
                pick(
                    html.unmarked(word[:LONGEST]),
                    list(options),
                    index=list(options).index(chosen) if chosen in options else 0,
                    written=options.__getitem__,
                    key=key,
                )
        st.form_submit_button(
            say("Read the answers like this"), on_click=_mean, args=(ask, one, held, columns, keys, read_as)
        )


def _as_read(register: CityVocabulary, framework: Framework, word: str, names: Mapping[str, str], say: Words) -> str:
    level = register.level(framework.id, word)
    if isinstance(level, WordProblem):
        return say("Not understood")
    return say("As it reads: {meaning}", meaning=say("don't know") if level is None else names[str(level)])


def _answers(held: HeldFile, columns: Columns, framework: Framework) -> list[str]:
    table, ids = held.found.table, {criterion.id for criterion in framework.criteria}
    return different_answers(table, [heading for heading, what in columns.items() if what in ids]) if table else []


def _framework(ask: Ask, one: Import) -> Framework | None:
    return next((found for found in steps.frameworks_now(ask, one) if found.id == one.framework), None)


def _said(held: HeldFile) -> Mapping[str, int | None]:
    table = held.found.table
    return table.by_hand.levels if table is not None and table.by_hand is not None else {}


def _mean(ask: Ask, one: Import, held: HeldFile, columns: Columns, keys: Mapping[str, str], read_as: ReadAs) -> None:
    """What the fields hold is whatever the browser sent."""
    framework = _framework(ask, one)
    if framework is None:
        return
    known = {str(level): level for level in framework.levels} | {DONT_KNOW: None}
    chosen = {word: st.session_state.get(key) for word, key in keys.items()}
    kept = {code: level for code, level in _said(held).items() if code not in set(map(answer_code, keys))}
    levels = kept | {answer_code(word): known[what] for word, what in chosen.items() if what in known}
    table = held.found.table
    by_hand = table.by_hand if table is not None and table.by_hand is not None else ByHand(FORM.name, dict(columns))
    read_as(ask, one, held, replace(by_hand, levels=levels))
