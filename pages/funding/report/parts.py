"""The parts that several administrations hand in: how far each is, in a table; and what may be done with one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

import streamlit as st
from markupsafe import Markup

from analytics.documents.report import report_bytes
from analytics.funding.administrations import reporting
from analytics.funding.register import funding
from analytics.loads.as_handed_in import as_handed_in_about, handed_in_report
from analytics.loads.funding_texts import BEGUN, EditedRow, part_of, part_row
from analytics.loads.part_states import PartState, part_states
from analytics.loads.part_words import changed_in_words, status_in_words
from analytics.model.administrations import MAY_BECOME, PartStatus
from analytics.model.funding import Funding, ReportQuestion
from analytics.model.sender import Dispatch
from analytics.registers.administrations import REPORT_PARTS
from analytics.words.labels import label_of
from analytics.words.language import N_, Words
from pages.funding.amounts import kr_column
from pages.funding.editing.register import edited_now
from pages.ui import controls, html
from pages.ui.content import Ask, Table, TableColumn
from pages.ui.downloads import table_html
from pages.ui.files import KINDS
from pages.ui.forms import Form
from pages.ui.guarded import download
from pages.ui.titles import address

WHOLE_CITY = "alla"


STEPS = {
    PartStatus.HANDED_IN: N_("Hand in"),
    PartStatus.APPROVED: N_("Approve"),
    PartStatus.DRAFT: N_("Send back"),
    PartStatus.NOT_BEGUN: N_("Not begun"),  # no step leads there
}
"""What a button says that takes a part to the status."""


def states_of(ask: Ask, year: int) -> tuple[PartState, ...]:
    """How far each part of the year's report is; none where the city has one administration."""
    return part_states(ask.view, ask.viewer, funding(ask.view, ask.viewer), year)


def choose_part(ask: Ask, register: Funding, year: int) -> str:
    """The administration whose part is shown, by its id; '' for the whole city's report, and where it has no parts."""
    administrations, own = reporting(register, year), ask.viewer.administrations
    if not administrations:
        return ""
    options = {one.id: one.title for one in administrations if own is None or one.id in own}
    if own is None:
        options = {WHOLE_CITY: ask.say("The whole city")} | options
    if not options:
        return ""  # what whoever asks has a part of the report in is none of the year's: what they see is theirs alone
    first = next(iter(options))
    chosen = controls.choose("administration", ask.say("Administration"), options, first, told=options.__getitem__)
    return "" if chosen == WHOLE_CITY else chosen


def parts_html(states: Sequence[PartState], year: int, titles: Mapping[str, str], say: Words) -> Markup:
    """A row is an administration; its name leads to its part."""

    def name(state: PartState) -> Markup:
        whose = state.administration
        return html.link(whose.title, address("eu-rapport", say, year=year, administration=whose.id))

    columns: tuple[TableColumn[PartState], ...] = (
        TableColumn(say("Administration"), name, lambda link: link),
        TableColumn(say("Status"), lambda state: _status(state, titles, say), lambda text: text),
        TableColumn(say("Last day"), lambda state: say.day(state.deadline) if state.deadline else ""),
        TableColumn(say("Answers written"), lambda state: _answers(state, say), numeric=True),
        kr_column(say("Spent SEK"), lambda state: state.total_sek, states, say),
    )
    return table_html(Table.of(columns, states), say, stacked=True)


def _answers(state: PartState, say: Words) -> str:
    return say("{part} of {whole}", part=state.answers, whole=len(ReportQuestion))


def _status(state: PartState, titles: Mapping[str, str], say: Words) -> Markup:
    """The status, and below it what has become of the part since."""
    more = [changed_in_words(state, titles, say)]
    if state.status is PartStatus.DRAFT and state.note:
        more.append(say("Sent back: {note}", note=state.note))
    notes = [html.element("span", text, class_="kd-note") for text in more if text]
    return html.lines([status_in_words(state, say), *notes])


def draw_part(ask: Ask, current: Form, state: PartState, year: int, titles: Mapping[str, str]) -> None:
    """How far one part is, and the buttons for what may come next. What they do is saved with the rest of the page."""
    say, row = ask.say, part_in_draft(current, year, state.administration.id)
    html.show(
        html.element("p", html.element("strong", say("The part of the report:")), " ", _status(state, titles, say))
    )
    if state.deadline and not state.status.is_in:
        html.show(html.note(say("Last day {day}.", day=say.day(state.deadline))))
    wanted = next((status for status in PartStatus if row and row.texts["status"] == status), None)
    if wanted and wanted is not _saved(current, row):
        html.show(html.note(say("Marked as “{status}”: it is so once it is saved.", status=label_of(wanted, say))))
        if wanted is PartStatus.DRAFT and row:
            current.line(f"{row.part}.note", say("Why it is sent back"))
        st.button(say("Undo"), key="part_undo", on_click=_undo, args=(current, row))
        return
    steps = [status for status in STEPS if status in MAY_BECOME[state.status]]
    if ask.viewer.administrations is not None:  # approving and sending back are the city office's
        steps = [status for status in steps if status is PartStatus.HANDED_IN]
    if not state.status.is_in:  # a draft is begun by writing in it
        steps = [status for status in steps if status is not PartStatus.DRAFT]
    with st.container(horizontal=True):
        for status in steps:
            st.button(
                say.marked(STEPS[status]),
                key=f"part_{status.value}",
                on_click=_take, args=(current, row, year, state.administration.id, status),
            )  # fmt: skip
    if state.status.is_in:
        html.show(html.note(say("The answers can be changed once the part is sent back.")))


def draw_handed_in(ask: Ask, state: PartState, year: int, dispatch: Dispatch) -> None:
    """The part as a file, as it stood when it was handed in; nothing of one that is not."""
    say, entry = ask.say, state.handed_in
    if entry is None:
        return

    def made(suffix: str) -> bytes:
        found = handed_in_report(ask.view, ask.viewer, year, state.administration.id, say)
        assert found is not None, "what is handed in"
        return report_bytes(found, suffix, as_handed_in_about(found, say), say, dispatch)

    stem = say("international-work-{year}", year=year) + f"-{state.administration.id}-" + say("handed-in")
    with st.container(horizontal=True, key="handed_in_files"):
        for suffix in (".pdf", ".json"):
            name, media_type = KINDS[suffix]
            label = say("As it was handed in ({format})", format=name)
            key = f"handed_in_{suffix[1:]}"
            download(ask, label, partial(made, suffix), stem, suffix, media_type, key=key, version=entry.version)


def part_in_draft(current: Form, year: int, administration: str) -> EditedRow | None:
    """The part's row with what is typed in it."""
    rows = edited_now(current).there(REPORT_PARTS)
    about = (str(year), administration)
    return next((row for row in rows if (row.texts["year"], row.texts["administration"]) == about), None)


def _saved(current: Form, row: EditedRow | None) -> PartStatus:
    """The status as it is saved."""
    text = current.saved.get(f"{row.part}.status", "") if row else ""
    return PartStatus(text) if text else PartStatus.NOT_BEGUN


def _undo(current: Form, row: EditedRow | None) -> None:
    """Lets go of what is typed of the part."""
    if row is not None:
        current.forget(tuple(name for name in current.typed if name.startswith(f"{row.part}.")))


def _take(current: Form, row: EditedRow | None, year: int, administration: str, to: PartStatus) -> None:
    """Runs before the page is drawn again. Why it was sent back is said of this time alone."""
    if row is not None:
        current.put_all({f"{row.part}.status": to.value, f"{row.part}.note": ""})
        return
    part = part_of(REPORT_PARTS.name, part_row(year, administration))
    texts = {BEGUN: "yes", "year": str(year), "administration": administration, "status": to.value}
    current.put_all({f"{part}.{name}": text for name, text in texts.items()})
