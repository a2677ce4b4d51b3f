"""Avstämning: the city's own ledger is left, held against the register's money, and what differs is a list to work off.

The file is in the session's memory for as long as the page is open, and nothing of it is stored but, of what agrees,
voucher and day.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from pathlib import Path

import streamlit as st

from analytics.documents.tables import xlsx_bytes
from analytics.funding.ledger import in_words
from analytics.funding.ledger.comparison import main_year, reconciliation
from analytics.funding.ledger.items import LedgerDays, Reconciliation
from analytics.loads.ledger import LedgerFile, left_ledger, payments_of
from analytics.model.errors import KvalitetError, Problem, Refused
from analytics.model.ledger import LedgerCase
from analytics.store.registers import Registers
from analytics.words.language import Words
from pages.funding.editing.register import registers
from pages.funding.reconciliation.columns import draw_columns
from pages.funding.reconciliation.lists import draw_agreeing, draw_to_do
from pages.funding.reconciliation.marking import draw_marking
from pages.ui import access, html
from pages.ui.content import Ask, KeyFigure, provenance_of
from pages.ui.files import KINDS
from pages.ui.guarded import download
from pages.ui.head import page_head
from pages.ui.left_files import open_for_files, place_for_files
from pages.ui.notices import key_figures_html, provenance_badge
from pages.ui.options import pick
from pages.ui.titles import address, questions, titles

LEFT = "ledger_left"  # in the session: whose it is, and the ledger as it is read
TROUBLE = "ledger_trouble"  # in the session: why the last file was not read
ENDINGS = ("xlsx", "xlsm", "xls", "xlsb", "ods", "csv", "txt", "tsv", "parquet")
ALL = ""
PERIOD = "period"  # in the box of years


def render(ask: Ask) -> None:
    say = ask.say
    open_for_files(ask)
    with page_head(say, questions(say)["avstamning"], [(titles(say)["eu"], address("eu", say))]):
        pass
    known, left = access.composed(registers, ask.of_funding), _left()
    if origins := [project.provenance.value for project in known.funding.projects]:
        html.show(provenance_badge(provenance_of(origins), say))
    if left is None:
        html.show(html.answer(_before(known, say)) + html.note(_what_is_kept(say)))
    label = say("The ledger's export") if left is None else say("Another export")
    place_for_files(ask, label, ENDINGS, partial(_take, ask), name="ledger", several=False)
    _problems(say, st.session_state.get(TROUBLE, ()))
    if left is None:
        return
    _problems(say, left.problems)
    if not left.problems:
        _compared(ask, left, known)
    draw_columns(ask, left, keep)


def keep(left: LedgerFile) -> None:
    st.session_state[LEFT] = (access.owner(), left)


def _left() -> LedgerFile | None:
    """This person's; somebody else's, who used the same window before, is let go of."""
    owner, left = st.session_state.get(LEFT, ("", None))
    return left if owner == access.owner() else None


def _take(ask: Ask, sent: Sequence[tuple[str, bytes]]) -> None:
    """Runs before anything is drawn."""
    say = ask.say
    st.session_state.pop(TROUBLE, None)
    for file in sent[:1]:
        try:
            keep(left_ledger(file, Path(access.store_folder()), say))
        except Refused as refused:
            st.session_state[TROUBLE] = tuple(refused.problems)
        except KvalitetError:
            text = say("What was said of columns before cannot be read.")
            st.session_state[TROUBLE] = (
                Problem(file[0], None, None, None, text, say("Ask whoever runs the program.")),
            )


def _compared(ask: Ask, left: LedgerFile, known: Registers) -> None:
    say = ask.say
    found, days = _asked(ask, left, known)
    html.show(html.answer(" ".join(in_words.answer(found, say))) + key_figures_html(_key_figures(found, say)))
    if left.report:
        html.show(html.joined(map(html.note, _told_of_file(left, found, say))))
    whole = None if days is None else days.first.year if days == LedgerDays.of_year(days.first.year) else None
    every = say("all")
    name = say("reconciliation-{year}", year=whole or (f"{days.first}-{days.last}" if days else every))
    download(
        ask,
        say("All of it as Excel"),
        lambda: _workbook(ask, found, known, days),
        name,
        ".xlsx",
        KINDS[".xlsx"][1],
        key="ledger_xlsx",
        version=ask.view.number,
    )
    draw_to_do(ask, found, known)
    draw_marking(ask, found)
    draw_agreeing(ask, found, known)


def _asked(ask: Ask, left: LedgerFile, known: Registers) -> tuple[Reconciliation, LedgerDays | None]:
    """The comparison as the choices narrow it."""
    say = ask.say
    years = sorted({row.day.year for row in left.rows}, reverse=True)
    titles_of = {ALL: say("All projects")} | {project.id: project.title for project in known.funding.projects}
    main = main_year(left.rows)
    said = {None: say("All years"), PERIOD: say("Another period")}
    columns = st.columns(3)
    with columns[0]:
        options: list[int | str | None] = [*years, None, PERIOD]
        index = options.index(main)
        year = pick(
            say("Year"),
            options,
            lambda one: said.get(one, str(one)),
            index=index,
            key="ledger_year",
        )
    with columns[1]:
        project = pick(say("Project"), list(titles_of), titles_of.__getitem__, key="ledger_project")
    with columns[2]:
        accounts = st.text_input(say("Accounts that begin with (empty: all)"), key="ledger_accounts", max_chars=60)
    days = _period(say) if year == PERIOD else LedgerDays.of_year(int(year)) if year else None
    begin = (accounts or "").replace(",", " ").split()
    rows, payments = left.rows, payments_of(known)
    return reconciliation(rows, payments, days=days, project=project or None, accounts=begin), days


def _period(say: Words) -> LedgerDays | None:
    """As it is typed; all days until both are."""
    columns = st.columns(3)
    with columns[0]:
        first = st.text_input(say("From and including (2026-01-31)"), key="ledger_from", max_chars=10)
    with columns[1]:
        last = st.text_input(say("To and including (2026-01-31)"), key="ledger_to", max_chars=10)
    try:
        days = LedgerDays(date.fromisoformat((first or "").strip()), date.fromisoformat((last or "").strip()))
    except ValueError:
        html.show(html.note(say("Write both days as 2026-01-31; until then all of the file is compared.")))
        return None
    if days.first > days.last:
        html.show(html.note(say("The first day is after the last: all of the file is compared.")))
        return None
    return days


def _key_figures(found: Reconciliation, say: Words) -> tuple[KeyFigure, ...]:
    agree = found.of(LedgerCase.MATCHED)
    rows = sum(len(item.rows) for item in agree)
    return (
        KeyFigure(say("Agree"), say.integer(rows), say.plural("of {n} row", "of {n} rows", found.rows)),
        KeyFigure(say("To sort out"), say.integer(len(found.to_do)), ""),
        KeyFigure(say("In the ledger, SEK"), say.number(found.there), ""),
        KeyFigure(say("In the register, SEK"), say.number(found.here), ""),
    )


def _told_of_file(left: LedgerFile, found: Reconciliation, say: Words):
    assert left.report is not None
    yield say("Costs stand above 0 and income below, as in the ledger.")
    yield from left.report.notes
    dropped = [say.quoted(heading) for heading, _ in left.report.dropped]
    if dropped:
        yield say("Left out and stored nowhere: {columns}.", columns=say.listing(dropped))
    if found.aside:
        yield say.plural("{n} row was left out of it.", "{n} rows were left out of it.", len(found.aside))


def _workbook(ask: Ask, found: Reconciliation, known: Registers, days: LedgerDays | None) -> bytes:
    say, told = ask.say, known.funding.projects
    projects = {project.id: project.title for project in told}
    about = {say("Reconciliation"): " ".join(in_words.answer(found, say)), say("Version"): str(ask.view.number)}
    about |= in_words.days_said(days, say) | in_words.register_stamp(told, say)
    return xlsx_bytes(*in_words.table(found, projects, say), about)


def _before(known: Registers, say: Words) -> str:
    """How far it has come."""
    done, booked = in_words.booked_count(payments_of(known).values())
    return say.plural(
        "{done} of {n} booked amount in the register is reconciled with the ledger.",
        "{done} of {n} booked amounts in the register are reconciled with the ledger.",
        booked,
        done=say.integer(done),
    )


def _what_is_kept(say: Words) -> str:
    return say(
        "Upload the ledger's export for the projects: each row is compared with what was spent, received and repaid."
        " The file is not kept, and its texts are not read."
    )


def _problems(say: Words, problems: Sequence[Problem]) -> None:
    if not problems:
        return
    shown = [_problem(say, problem) for problem in problems[:20]]
    if (more := len(problems) - 20) > 0:
        shown.append(say.plural("{n} more", "{n} more", more))
    st.warning(say("The file cannot be compared with the register yet."))
    html.show(html.listed(shown))


def _problem(say: Words, problem: Problem) -> str:
    where = [say("row {row}", row=problem.row)] if problem.row else []
    if problem.column:
        where.append(problem.column)
    if problem.value:
        where.append(say.quoted(problem.value))
    return f"{', '.join(where)}: {problem.problem} {problem.hint}" if where else f"{problem.problem} {problem.hint}"
