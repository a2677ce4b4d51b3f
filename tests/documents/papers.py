"""A made-up two-page document with a block of every kind, and its parts."""

from __future__ import annotations

from analytics.documents.paper.shapes import (
    Bullets,
    Document,
    DotLine,
    Dots,
    FormField,
    FormFields,
    Grid,
    Heading,
    Paragraph,
    Ruled,
    SideBySide,
    Signatures,
    Tone,
)
from analytics.documents.paper.table import PaperHead, PaperTable

LINES = (
    DotLine("Alla områden", 2.965, 2.8, 3.12, 2.78, 2.82, bold=True),
    DotLine("Ledarskap", 3.3, 3.05, 3.55, 2.86, 2.9),
    DotLine("Infrastruktur <2", None, city=2.9, similar=3.1, absent="dold (för få svar)"),
    DotLine("Ämnesdidaktik", 1.125, 0.9, 1.5, 1.9),
)
DOTS = Dots(
    "Skolan ligger över staden på Ledarskap",
    "Punktdiagram: skolans medelvärde per område.",
    1,
    ("Påbörjad", "Aktiverad", "Trygg", "Välutvecklad"),
    3,
    "Trygg – mål",
    LINES,
    "Skolan",
    "Staden",
    "Liknande skolor",
    "Strecket är 95 %-intervallet.",
)

COLUMNS = (PaperHead("Mål", 3), PaperHead("Antal", numeric=True))


def document(language: str = "sv-SE", dots: Dots = DOTS) -> Document:
    return Document(
        language,
        "Kvalitetsdialog 2026: Ängsskolan",
        "Syntetiska data",
        True,
        "Ängsskolan",
        "Sida ",
        " av ",
        "",
        (FormFields(((FormField("Index", ("2,97",), 6), FormField("Svarande", ("41 av 52",), 6)),)),),
        (
            Heading("Var skolan står"),
            dots,
            SideBySide(
                (Heading("Styrkor", 2), Bullets(("Ledningen har en gemensam bild", "Utrustningen fungerar"))),
                (Heading("Det som står i vägen", 2), Paragraph("Tid för lärande."), Paragraph("Inget.", Tone.MISSING)),
                7,
            ),
            PaperTable(
                "Överenskommet",
                (PaperHead("Mål", 3), PaperHead("Antal", numeric=True)),
                (("Källkritik", "3"),),
                ("S", "3"),
            ),
            Grid("Länder", 2, (("Danmark", "X"), ("Finland", ""))),
            Paragraph("Skolan deltar i ett projekt.", Tone.NOTE),
            Heading("Att skriva"),
            SideBySide((Ruled("Anteckningar", 5),), (Ruled("Överenskommet", 4),)),
            Signatures(("Rektor", "Utbildningschef")),
        ),
        compact=True,
    )
