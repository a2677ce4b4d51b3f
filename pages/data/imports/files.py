"""What each file is: its kind, what its columns were taken for, what is left out, and when it was loaded before."""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup

from analytics.intake.file_report import FileReport
from analytics.registers.kinds import table_name
from analytics.words.language import N_, NP_, Words
from pages.data.imports import steps
from pages.data.imports.by_hand import draw_by_hand
from pages.data.imports.held import HeldFile, Import
from pages.ui import html
from pages.ui.content import Ask
from pages.ui.moments import moment

KIND = {
    "schools": N_("A list of schools"),
    "school_units": N_("Skolverket's school-unit register"),
    "kolada": N_("Figures of schools from Kolada"),
    "project_list": N_("A list of EU projects"),
    "answers": N_("Answers, one per row"),
    "form": N_("A form's answers, one person per row"),
    "counts": N_("Answers, counted per level"),
    "participation": N_("How many were invited"),
    "framework": N_("A framework"),
}
ROWS = NP_("{n} row", "{n} rows")


def kind_name(kind: str, say: Words) -> str:
    return say.marked(KIND[kind]) if kind in KIND else table_name(kind, say)


def draw_files(ask: Ask, one: Import) -> None:
    reports = {report.file: report for report in one.trial.reports} if one.trial else {}
    html.show(html.section_title(ask.say("What the files hold")))
    for place, held in enumerate(one.files):
        with st.container(border=True, key=f"file_{place}"):
            with st.container(horizontal=True, vertical_alignment="top", key=f"head_of_file_{place}"):
                html.show(_file_html(ask, one, held, reports.get(held.left.name)))
                st.button(
                    ask.say("Remove"), key=f"away_{place}", on_click=_away, args=(ask, one, held), type="tertiary"
                )
            if held.found.earlier is not None:
                st.checkbox(
                    ask.say("Load it again all the same"),
                    value=held.again,
                    key=f"again_{one.token}_{place}",
                    on_change=_again,
                    args=(ask, one, held, f"again_{one.token}_{place}"),
                )
            if not steps.is_left_out(held):
                draw_by_hand(ask, one, held, place)


def _file_html(ask: Ask, one: Import, held: HeldFile, report: FileReport | None) -> Markup:
    say, found = ask.say, held.found
    kind = kind_name(found.kind, say) if found.kind else say("It is not clear what this is")
    table = found.answers if found.kind == "form" else found.table
    rows = "" if table is None else " · " + say.marked(ROWS, n=len(table.rows))
    parts = [html.element("p", html.element("strong", held.left.name), html.element("span", f" · {kind}{rows}"))]
    if found.earlier is not None:
        parts.append(html.element("p", _earlier(ask, held), class_="kd-note kd-wrong"))
    if steps.is_left_out(held):
        return html.joined(parts)
    if found.saved is not None:
        text = say(
            "Read as {who} said on {day}: the headings are the same.",
            who=found.saved.by, day=say.day(found.saved.since.date()),
        )  # fmt: skip
        parts.append(html.note(text))
    if report is None and found.kind == "form" and one.framework is None:
        parts.append(html.note(_school_told(ask, held, steps.school_heading(ask, one, held))))
    elif report is None and found.table is not None and found.table.notes:
        parts.append(html.listed(found.table.notes))
    if report is not None:
        parts.append(html.listed(_told(ask, one, held, report)))
    return html.joined(parts)


def _earlier(ask: Ask, held: HeldFile) -> str:
    say, earlier = ask.say, held.found.earlier
    assert earlier is not None
    return say(
        "This file has been loaded already: {moment} by {who} (version {n}).",
        moment=moment(say, earlier.at), who=earlier.by, n=earlier.version,
    )  # fmt: skip


def _school_told(ask: Ask, held: HeldFile, heading: str | None) -> str:
    if heading is None and held.school:
        name = ask.catalogue.school_names.get(held.school, held.school)
        return ask.say("All of it is of {school}, as you have said.", school=name)
    if heading is None:
        return ask.say("No column is known as the school's: say below which it is, or whose all of it is.")
    return ask.say("The school stands under “{heading}”.", heading=heading)


def _told(ask: Ask, one: Import, held: HeldFile, report: FileReport):
    """What the reader says that it has made of the columns."""
    say, taken = ask.say, report.taken
    school = next((heading for heading, what in taken if what == "school"), None)
    if report.kind == "form":
        framework = next((f for f in steps.frameworks_now(ask, one) if f.id == one.framework), None)
        yield _school_told(ask, held, school)
        if framework is not None:
            ids = {criterion.id for criterion in framework.criteria}
            if ids == {what for _, what in taken if what in ids}:
                title = framework.title.in_(say.language)
                yield say("All {n} criteria of {framework} have a column.", n=len(ids), framework=title)
    elif taken:
        yield say("Columns: {columns}.", columns=say.listing([heading for heading, _ in taken]))
    yield from report.notes
    for reason in dict.fromkeys(reason for _, reason in report.dropped):
        headings = [say.quoted(heading) for heading, why in report.dropped if why == reason]
        yield say("Left out: {columns} ({reason}).", columns=say.listing(headings), reason=reason)


def _again(ask: Ask, one: Import, held: HeldFile, key: str) -> None:
    held.again = bool(st.session_state.get(key))
    steps.try_again(ask, one)


def _away(ask: Ask, one: Import, held: HeldFile) -> None:
    if held in one.files:
        one.files.remove(held)
    if not one.without_round():
        one.framework, one.year, one.made, one.typed, one.named, one.invited = None, None, None, (), (), ""
    steps.try_again(ask, one)
