"""The lists: what is to be put right, each with a way to its project, and what agrees."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from markupsafe import Markup

from analytics.funding.ledger.in_words import day_of, said_of
from analytics.funding.ledger.items import LedgerItem, Reconciliation
from analytics.model.ledger import LedgerCase
from analytics.registers.funding import PAYMENTS
from analytics.store.registers import Registers
from analytics.words.language import Words, true_minus
from analytics.words.ledger import CASE
from pages.funding.ways import project_address
from pages.shared.row_table import Chip, RowCell, RowColumn, TableHeadings, TableRow, row_table
from pages.ui import html
from pages.ui.content import Ask
from pages.ui.labels import kept_open

MOST = 500  # rows that are drawn; the file has all


def draw_to_do(ask: Ask, found: Reconciliation, known: Registers) -> None:
    say, items = ask.say, found.to_do
    if not items:
        return
    html.show(html.section_title(say("To sort out")))
    counts = Counter(item.case for item in items)
    chips = [Chip("", say("All"), len(items))]
    chips += [Chip(case.value, _capital(say.marked(CASE[case])), count) for case, count in counts.items()]
    html.draw(_table(ask, found, items, known, say("What is to be sorted out"), chips), "ledger_to_do")
    if len(items) > MOST:
        html.show(html.note(say("The first {most} are shown; Excel has all.", most=say.integer(MOST))))


def draw_agreeing(ask: Ask, found: Reconciliation, known: Registers) -> None:
    say, items = ask.say, found.of(LedgerCase.MATCHED)
    if not items:
        return
    fold = kept_open(say("What agrees"), key="ledger_agreeing", type="compact")
    if fold.open:
        with fold:
            html.draw(_table(ask, found, items, known, say("What agrees"), ()), "ledger_agree")


def _table(
    ask: Ask,
    found: Reconciliation,
    items: Sequence[LedgerItem],
    known: Registers,
    caption: str,
    chips: Sequence[Chip],
) -> Markup:
    say = ask.say
    titles = {project.id: project.title for project in known.funding.projects}
    numbers = _numbers(known)
    columns = [
        RowColumn(say("Outcome"), "say"),
        RowColumn(say("In the ledger"), "say", short=say("In the ledger")),
        RowColumn(say("In the ledger, SEK"), "num", short=say("In the ledger, SEK")),
        RowColumn(say("In the register"), "say", short=say("In the register")),
        RowColumn(say("In the register, SEK"), "num", short=say("In the register, SEK")),
        RowColumn(say("Difference, SEK"), "num", short=say("Difference, SEK")),
        RowColumn(say("What to do"), "say"),
    ]
    rows = [_row(item, found, titles, numbers, say) for item in items[:MOST]]
    more = say.plural("Show the one row", "Show all {n} rows", len(rows))
    heads = TableHeadings(caption, say("Project"), more)
    return html.element("div", row_table(heads, columns, rows, chips), class_="kd-drawn")


def _row(
    item: LedgerItem, found: Reconciliation, titles: Mapping[str, str], numbers: Mapping[str, int], say: Words
) -> TableRow:
    project = found.project_of(item)
    name = titles[project] if project else item.code or "–"
    there = [
        " · ".join(filter(None, [say("row {row}", row=row.row), row.day.isoformat(), row.voucher])) for row in item.rows
    ]
    here = [
        " · ".join(filter(None, [say("row {row}", row=numbers[event.id]), day_of(event), event.voucher]))
        for event in item.events
    ]
    return TableRow(
        name,
        project_address(project, say) if project else "",
        (
            RowCell(_capital(say.marked(CASE[item.case]))),
            RowCell("; ".join(there) or "–"),
            _amount(item, bool(item.rows), item.there, say),
            RowCell("; ".join(here) or "–"),
            _amount(item, bool(item.events), item.here, say),
            _amount(item, True, item.there - item.here, say),
            RowCell(said_of(item, found, say)),
        ),
        kinds=(item.case.value,),
    )


def _amount(item: LedgerItem, stated: bool, amount, say: Words) -> RowCell:
    return RowCell(true_minus(say.number(amount)), float(amount)) if stated else RowCell("–", "")


def _numbers(known: Registers) -> dict[str, int]:
    """Each payment's row in the table of its project, as /eu-projekt counts them."""
    seen: Counter[str] = Counter()
    found = {}
    for kept in known.of(PAYMENTS):
        seen[kept.row.project_id] += 1
        found[kept.id] = seen[kept.row.project_id]
    return found


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
