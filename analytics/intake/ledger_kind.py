"""What the city's own ledger looks like as a file, whatever system it is of."""

from __future__ import annotations

from analytics.registers.field import FileColumn, FileKind

LEDGER = FileKind(
    "ledger",
    (
        FileColumn(
            "date",
            (
                "datum",
                "bokföringsdatum",
                "bokföringsdag",
                "bokförd",
                "bokfdatum",
                "bokf_datum",
                "verifikationsdatum",
                "verdatum",
                "ver_datum",
            ),
        ),
        FileColumn("amount", ("belopp", "belopp_sek", "belopp_kr", "utfall"), required=False),
        FileColumn("amount_reversed", ("omvänt_belopp",), required=False),
        FileColumn("debit", ("debet",), required=False),
        FileColumn("credit", ("kredit",), required=False),
        FileColumn("ledger_code", ("projektkod", "projekt", "projektnr", "projektnummer", "project"), required=False),
        FileColumn(
            "voucher",
            ("verifikation", "verifikationsnummer", "verifikationsnr", "verifikatnummer", "vernr", "ver_nr", "ver"),
            required=False,
        ),
        FileColumn("series", ("serie", "verifikationsserie", "verserie"), required=False),
        FileColumn("account", ("konto", "kontonr", "kontonummer"), required=False),
    ),
    recognised_by=(),
)
"""The city's own ledger: held against the register of money, and never loaded."""
