"""The six answers of a year: each to write, as it will print, and beside what was answered before."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st
from markupsafe import Markup

from analytics.documents.paper.markdown import typed_blocks
from analytics.funding.text_difference import Fate, text_difference
from analytics.loads.funding_texts import answer_field
from analytics.model.funding import Funding, Narrative, ReportQuestion
from analytics.words.labels import label_of
from analytics.words.language import Words
from pages.funding.editing.register import ABOUT
from pages.ui import html
from pages.ui.content import Ask
from pages.ui.forms import Form, commit_while_typing
from pages.ui.kept_drafts import others_box
from pages.ui.labels import kept_open
from pages.ui.paper_html import blocks_html
from pages.ui.titles import address, titles

ANSWERS = "report_answers"  # the key of the fold with the six answers
TAGS = {Fate.KEPT: "span", Fate.GONE: "del", Fate.NEW: "ins"}


@dataclass(frozen=True)
class Answering:
    """Whose answers are written: `title` heads them, `register` is what is theirs, `administration` is '' where it
    names none; `closed`: they are handed in, and are read."""

    title: str
    register: Funding
    administration: str | None = None
    closed: bool = False

    def field(self, year: int, question: ReportQuestion) -> str:
        """The field of an answer. Of the only administration, as its answer is saved: by its name or without."""
        if self.administration is not None:
            return answer_field(year, question, self.administration)
        saved = (one for one in self.register.narratives if (one.year, one.question) == (year, question))
        return answer_field(year, question, next((one.administration or "" for one in saved), ""))


def draw_answers(ask: Ask, current: Form, whose: Answering, year: int, material: str) -> None:
    """A question a row; `material` is what the schools' own figures say of goal attainment."""
    say = ask.say
    others_box(say, ABOUT, free=not current.typed)
    title = whose.title  # a fold of another name is closed: not how many are written
    if any(whose.field(year, question) in current.typed for question in ReportQuestion):
        st.session_state.setdefault(ANSWERS, True)  # whoever comes back to an answer sees it
    fold = kept_open(title, key=ANSWERS, type="compact")
    if not fold.open:
        return
    with fold:
        html.show(html.note(say("They are in the report once they are saved."), " ", _marks(say)))
        for question in ReportQuestion:
            left, right = st.columns(2, gap="medium")
            with left:
                _write(ask, current, whose, year, question, material)
            with right:
                _before(say, current, whose, year, question)
        commit_while_typing()
        way = html.link(titles(say)["eu-projekt"], address("eu-projekt", say))
        html.show(
            html.note(say("Cooperation without EU funds has a chapter of its own, and is written under:"), " ", way)
        )


def answered_before(register: Funding, year: int, question: ReportQuestion) -> Narrative | None:
    """The latest answer to the question of an earlier year."""
    earlier = [one for one in register.narratives if one.question is question and one.year < year and one.text.strip()]
    return max(earlier, key=lambda one: one.year, default=None)


def difference_html(before: str, now: str) -> Markup:
    """What is gone is struck through and what is new underlined."""
    pieces = (
        html.element(TAGS[piece.fate], html.lines(piece.text.split("\n"))) for piece in text_difference(before, now)
    )
    return html.element("p", *pieces, class_="kd-typed")


def _marks(say: Words) -> str:
    return say(
        "Marks: **bold**, *italics*, - a point, 1. a number, # a heading, [text](https://…) a link, [^1] a note and"
        " [^1]: its text in a line of its own."
    )


def _write(ask: Ask, current: Form, whose: Answering, year: int, question: ReportQuestion, material: str) -> None:
    say, field = ask.say, whose.field(year, question)
    if whose.closed:
        text = current.saved.get(field, "").strip()
        printed = blocks_html(typed_blocks(text, say), say.language) if text else html.note(say("Not written yet."))
        html.show(html.element("p", html.element("strong", label_of(question, say))) + printed)
        return
    current.area(field, label_of(question, say), height=200)
    if text := current.texts.get(field, "").strip():
        printed = blocks_html(typed_blocks(text, say), say.language)
        html.show(html.unfolded(say("As it is printed"), printed))
    if question is ReportQuestion.GOAL_ATTAINMENT and material:
        lead = say("From the schools' self-assessments:")
        html.show(html.note(html.element("strong", lead), f" {material}"))


def _before(say: Words, current: Form, whose: Answering, year: int, question: ReportQuestion) -> None:
    """What was answered before, with what has become of it; as long as nothing is written now, it can be copied."""
    before, field = answered_before(whose.register, year, question), whose.field(year, question)
    if before is None:
        html.show(html.note(say("The question has no answer of an earlier year.")))
        return
    html.show(html.element("p", html.element("strong", say("Answered for {year}", year=before.year))))
    html.show(html.element("div", blocks_html(typed_blocks(before.text, say), say.language), class_="kd-before"))
    now = current.texts.get(field, "").strip()
    if whose.closed:
        return
    if not now:
        label = say("Copy and edit")
        st.button(label, key=f"copy_{field}", on_click=current.put, args=(field, before.text))
    elif now == before.text.strip():
        html.show(html.note(say("The same text as for {year}.", year=before.year)))
    else:
        title = say("What is new since {year}", year=before.year)
        html.show(html.unfolded(title, difference_html(before.text.strip(), now)))
