"""What can become of the ledger's rows and the register's money when they are compared."""

from __future__ import annotations

from analytics.model.ledger import LedgerCase, LedgerDifference
from analytics.words.language import N_

CASE = {
    LedgerCase.MATCHED: N_("agrees"),
    LedgerCase.DIFFERS: N_("differs"),
    LedgerCase.MISSING_HERE: N_("missing in the register"),
    LedgerCase.MISSING_THERE: N_("missing in the ledger"),
    LedgerCase.AMBIGUOUS: N_("could be several"),
    LedgerCase.TWICE_THERE: N_("twice in the ledger"),
    LedgerCase.TWICE_HERE: N_("twice in the register"),
}
DIFFERENCE = {
    LedgerDifference.AMOUNT: N_("amount"),
    LedgerDifference.SIGN: N_("sign"),
    LedgerDifference.DAY: N_("day"),
    LedgerDifference.PROJECT: N_("project code"),
    LedgerDifference.VOUCHER: N_("voucher"),
}
WHAT_TO_DO = {
    LedgerCase.MATCHED: None,
    LedgerCase.DIFFERS: N_("Differs in: {listed}."),
    LedgerCase.MISSING_HERE: N_("Add it to the project's amounts."),
    LedgerCase.MISSING_THERE: N_("It is not booked, or on another project, day or amount."),
    LedgerCase.AMBIGUOUS: N_("Which is which, nobody can tell: write the vouchers in the register."),
    LedgerCase.TWICE_THERE: N_("The same stands on row {row}."),
    LedgerCase.TWICE_HERE: N_("The register has it once more; the ledger has it once."),
}
