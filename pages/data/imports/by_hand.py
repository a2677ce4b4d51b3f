"""Putting right by hand how a file is read: its sheet, what it is, which column is the school, a criterion, nothing."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from analytics.intake.by_hand import ByHand
from analytics.intake.headings import called
from analytics.intake.kinds import FORM, KINDS
from analytics.intake.readers import TextTable
from analytics.loads.recognition import BY_HAND, said_by_hand
from analytics.words.language import N_, Words
from pages.data.imports import steps
from pages.data.imports.answer_codes import are_codes, draw_answer_codes
from pages.data.imports.held import HeldFile, Import
from pages.ui import html
from pages.ui.content import Ask
from pages.ui.labels import kept_open
from pages.ui.options import pick

NOTHING = ""
WORKBOOKS = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods")
ROWS_OFFERED, SHOWN_OF_A_ROW = 15, 80  # rows among which the headings may stand; letters
OF_FORMS = {"school": N_("The school"), "team": N_("The team"), "role": N_("The role")}


def draw_by_hand(ask: Ask, one: Import, held: HeldFile, place: int) -> None:
    """Folded, unless it is not clear what the file is."""
    say, table = ask.say, held.found.table
    if table is None and held.left.suffix.lower() not in WORKBOOKS:
        return
    unclear = held.found.kind is None or (
        held.found.kind == FORM.name
        and (
            not (held.school or steps.school_heading(ask, one, held))
            or are_codes(ask, one, held, _as_read(ask, one, held, FORM.name))
        )
    )
    fold = kept_open(say("Put right how it is read"), expanded=unclear, key=f"hand_{one.token}_{place}")
    if not fold.open:
        return
    with fold:
        _where_it_stands(ask, one, held, place)
        if table is None:
            return
        kinds = [kind for kind in ("form", "schools", "participation", *BY_HAND) if kind in BY_HAND]
        kinds = list(dict.fromkeys(kinds))
        now = held.found.kind if held.found.kind in kinds else FORM.name
        kind = pick(
            say("What the file holds"),
            kinds,
            index=kinds.index(now),
            written=lambda name: _kind_name(name, say),
            key=f"hand_kind_{one.token}_{place}_{now}",
        )
        options = _options(ask, one, kind)
        chosen = _as_read(ask, one, held, kind)
        if kind == FORM.name:
            draw_answer_codes(ask, one, held, chosen, place, read_as)
        with st.form(f"hand_form_{one.token}_{place}_{kind}", border=False):
            html.show(html.note(say("What each column is. What is nothing is left out, and not stored.")))
            keys, pair = {}, []
            for n, heading in enumerate(table.headings):
                if n % 2 == 0:
                    pair = st.columns(2)  # a row at a time, so that a phone has them in the file's order
                keys[heading] = key = f"hand_{one.token}_{place}_{kind}_{n}"
                with pair[n % 2]:
                    pick(
                        f"{html.unmarked(heading)}{_example(table, heading)}",
                        list(options),
                        index=list(options).index(chosen.get(heading, NOTHING))
                        if chosen.get(heading, NOTHING) in options
                        else 0,
                        written=options.__getitem__,
                        key=key,
                    )
            st.form_submit_button(say("Read it like this"), on_click=_said, args=(ask, one, held, kind, keys))
        if table.by_hand is not None:
            st.button(
                say("Read it as its headings tell"),
                key=f"hand_off_{place}",
                on_click=_as_headings_tell,
                args=(ask, one, held),
                type="tertiary",
            )


def _where_it_stands(ask: Ask, one: Import, held: HeldFile, place: int) -> None:
    """The sheet, and the row of the headings."""
    say, table = ask.say, held.found.table
    left, right = st.columns(2)
    if held.left.suffix.lower() in WORKBOOKS:
        key = f"hand_sheet_{one.token}_{place}"
        with left:
            st.text_input(
                say("Sheet, if another is meant"), value=held.sheet or "", key=key, max_chars=100,
                on_change=_from_sheet, args=(ask, one, held, key),
            )  # fmt: skip
    if table is None:
        return
    rows = {0: say("As they are read now")}
    for at, row in enumerate(table.rows[:ROWS_OFFERED].tolist()):
        cells = [text for text in (column[at].as_py() for column in table.columns) if text]
        text = ", ".join(cells)[:SHOWN_OF_A_ROW]
        rows[row] = say("Row {row}: {cells}", row=row, cells=text)
    key = f"hand_row_{one.token}_{place}_{held.sheet}_{held.heading_row}"
    with right:
        pick(
            say("Where the headings stand"), list(rows), rows.__getitem__, key=key,
            on_change=_from_row, args=(ask, one, held, key),
        )  # fmt: skip
    if held.heading_row:
        st.button(
            say("Read it as its headings tell"), key=f"hand_row_off_{place}", type="tertiary",
            on_click=_from_row, args=(ask, one, held, ""),
        )  # fmt: skip


def _from_sheet(ask: Ask, one: Import, held: HeldFile, key: str) -> None:
    held.sheet, held.heading_row = str(st.session_state.get(key) or "").strip() or None, None
    steps.read_again(ask, one, held)


def _from_row(ask: Ask, one: Import, held: HeldFile, key: str) -> None:
    """No key: as the reader finds them."""
    row = st.session_state.get(key) if key else None
    held.heading_row = (held.heading_row or 0) + row if isinstance(row, int) and row else None
    steps.read_again(ask, one, held)


def _options(ask: Ask, one: Import, kind: str) -> dict[str, str]:
    """What a column of the kind can be -> how that is written."""
    say = ask.say
    options = {NOTHING: say("Nothing: left out")}
    if kind == FORM.name:
        options |= {name: say.marked(text) for name, text in OF_FORMS.items()}
        framework = next((f for f in steps.frameworks_now(ask, one) if f.id == one.framework), None)
        for criterion in framework.criteria if framework else ():
            options[criterion.id] = f"{criterion.id} {criterion.title.in_(say.language)}"
        return options
    return options | {column.name: called(KINDS[kind], column.name, say) for column in KINDS[kind].columns}


def _as_read(ask: Ask, one: Import, held: HeldFile, kind: str) -> Mapping[str, str]:
    """What each heading is taken for now."""
    table = held.found.table
    if table is not None and table.by_hand is not None and table.by_hand.kind == kind:
        return table.by_hand.columns
    taken = dict(steps.taken_of(one, held)) if held.found.kind == kind else {}
    school = steps.school_heading(ask, one, held) if kind == FORM.name and not taken else None
    return {school: "school"} if school else taken


def _said(ask: Ask, one: Import, held: HeldFile, kind: str, keys: Mapping[str, str]) -> None:
    """What the fields hold is whatever the browser sent."""
    options = _options(ask, one, kind)
    columns = {heading: st.session_state.get(key) for heading, key in keys.items()}
    said = {heading: what for heading, what in columns.items() if what and what in options}
    now = held.found.table.by_hand if held.found.table else None
    read_as(ask, one, held, ByHand(kind, said, now.levels if now else {}))


def _as_headings_tell(ask: Ask, one: Import, held: HeldFile) -> None:
    read_as(ask, one, held, None)


def read_as(ask: Ask, one: Import, held: HeldFile, by_hand: ByHand | None) -> None:
    frameworks = steps.frameworks_now(ask, one)
    held.found = said_by_hand(held.found, by_hand, frameworks, ask.say)
    if one.framework is None and one.made is None:
        steps.guess_round(one, frameworks, ask.catalogue.schools, ask.say)
    steps.try_again(ask, one)


def _kind_name(kind: str, say: Words) -> str:
    from pages.data.imports.files import kind_name

    return kind_name(kind, say)


def _example(table: TextTable, heading: str) -> str:
    """The first cell that holds something."""
    first = next((word for word in table.column(heading)[:50].to_pylist() if word), "")
    return f" ({html.unmarked(first[:30])})" if first else ""
