"""The city's ledger, from a file to rows that the register is held against, and what agrees marked in the register.

The file is read by the reader of all files, with what somebody has said of its columns before; nothing of it is stored
but, of what agrees, voucher and day, in the register and by its one save.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from analytics.funding.ledger.booked import mark_of
from analytics.funding.ledger.items import Reconciliation
from analytics.intake.by_hand import ByHand
from analytics.intake.file_report import FileReport
from analytics.intake.headings import bare, called
from analytics.intake.kinds import named_columns
from analytics.intake.ledger import read_ledger
from analytics.intake.ledger_kind import LEDGER
from analytics.intake.personal import looks_personal
from analytics.intake.raw import LeftFile
from analytics.intake.readers import TextTable, as_saved, headings_of, read_sheet
from analytics.loads.funding_texts import part_of
from analytics.loads.load import LoadOutcome
from analytics.loads.save import save
from analytics.loads.save_funding import FUNDING_REGISTER
from analytics.model.errors import Problem, Refused
from analytics.model.funding import Payment
from analytics.model.ledger import LedgerCase, LedgerRow
from analytics.model.schools import Viewer
from analytics.registers.funding import PAYMENTS
from analytics.store.drafts import Typed
from analytics.store.registers import Registers
from analytics.store.saved_forms import SavedForm, save_form, saved_forms
from analytics.words.language import Words


@dataclass(frozen=True)
class LedgerFile:
    """A ledger as it was left: its table, and what it was read as. `problems`: why it was not. `saved`: who said before
    what its columns are."""

    table: TextTable
    rows: tuple[LedgerRow, ...] = ()
    report: FileReport | None = None
    problems: tuple[Problem, ...] = ()
    saved: SavedForm | None = None

    @property
    def columns(self) -> Mapping[str, str]:
        """What each heading is taken for."""
        said = self.table.by_hand
        return said.columns if said else {heading: name for name, heading in named_columns(self.table, LEDGER).items()}

    def example(self, heading: str) -> str:
        """The first cell that holds something; of a column that names people none."""
        column = self.table.column(heading)[:50]
        return "" if looks_personal(column) else next((word for word in column.to_pylist() if word), "")


def left_ledger(file: Path | tuple[str, bytes], folder: Path, say: Words, sheet: str | None = None) -> LedgerFile:
    """A file on disk, or one that was left on a page (its name and what is in it); raises Refused where it is no table
    at all, StoreBroken where what was said before cannot be read."""
    forms = [form for form in saved_forms(folder) if form.kind == LEDGER.name]
    known = {bare(word) for column in LEDGER.columns for word in (column.name, *column.also)} | headings_of(forms)
    read = read_sheet(file if isinstance(file, Path) else LeftFile(*file), say, sheet, known)
    table = as_saved(read, forms)
    saved = next((form for form in reversed(forms) if table.by_hand and form.columns is table.by_hand.columns), None)
    return replace(_read(table, say), saved=saved)


def said_columns(file: LedgerFile, columns: Mapping[str, str] | None, say: Words) -> LedgerFile:
    """The file read as somebody says, by heading; None: as its headings tell."""
    by_hand = None if columns is None else ByHand(LEDGER.name, dict(columns))
    return _read(replace(file.table, by_hand=by_hand), say)


def remember(folder: Path, file: LedgerFile, who: str) -> None:
    """Saves what its columns are for the next file with these headings; raises StoreBusy or StoreBroken."""
    save_form(folder, file.table.headings, LEDGER.name, file.columns, "", who)


def column_names(say: Words) -> dict[str, str]:
    """What a column of a ledger can be -> what it is called."""
    plain = {column.name: called(LEDGER, column.name, say) for column in LEDGER.columns}
    return plain | {
        "amount": say("Amount, costs above 0"),
        "amount_reversed": say("Amount, costs below 0"),
        "series": say("Voucher series"),
    }


def _read(table: TextTable, say: Words) -> LedgerFile:
    try:
        rows, report = read_ledger(table, say)
    except Refused as refused:
        return LedgerFile(table, problems=tuple(refused.problems))
    return LedgerFile(table, rows, report)


def payments_of(registers: Registers) -> dict[str, Payment]:
    """The register's payments by the ids of their rows."""
    return {kept.id: kept.row for kept in registers.of(PAYMENTS)}


def marks(found: Reconciliation) -> dict[str, Typed]:
    """What the register is to say of all that agrees, by field, where it does not say so yet."""
    told = {}
    for item in found.of(LedgerCase.MATCHED):
        mark = mark_of(item.rows)
        for event in item.events:
            if event.payment.reconciled != mark:
                field = f"{part_of(PAYMENTS.name, event.id)}.reconciled"
                told[field] = Typed(event.payment.reconciled or "", mark)
    return told


def mark_matched(folder: Path, viewer: Viewer, found: Reconciliation, say: Words, who: str) -> LoadOutcome:
    """Marks what agrees, as one version; raises NotAllowed, BothChanged, LoadRefused, StoreBusy or StoreBroken."""
    return save(folder, viewer, FUNDING_REGISTER, marks(found), say, saved_by=who)
