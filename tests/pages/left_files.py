"""Files as people leave them on the import page: forms of Microsoft Forms' kind, made here."""

from __future__ import annotations

import datetime as dt
import io
import random
from collections.abc import Sequence

import xlsxwriter

LEVELS = ("1 - Påbörjad", "2 - Aktiverad", "3 - Trygg", "4 - Välutvecklad")
OWN_QUESTIONS = (
    "A1. Vi har en gemensam plan", "A2. Ledningen följer upp arbetet", "B1. Eleverna använder digitala verktyg",
    "B2. Undervisningen är anpassad", "C1. Vi delar erfarenheter",
)  # fmt: skip
NEW_SCHOOLS = ("Ekskolan", "Björkskolan", "Lindskolan")


def microsoft_form(
    questions: Sequence[str] = OWN_QUESTIONS,
    schools: Sequence[str] = NEW_SCHOOLS,
    *,
    each: int = 12,
    year: int = 2026,
    wrong: int = 0,
    word: str = "7",
    school: str = "Vilken skola arbetar du på?",
    levels: Sequence[str] = LEVELS,
) -> bytes:
    """A workbook with the columns that the tool puts first, each school answered by so many. So many of the answers are
    `wrong`: they say `word`."""
    chance, out, row, left = random.Random(7), io.BytesIO(), 0, wrong
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet, times = book.add_worksheet("Sheet1"), book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
        headings = ["ID", "Starttid", "Slutförandetid", "E-post", "Namn", school, *questions, "Övriga kommentarer"]
        sheet.write_row(0, 0, headings)
        for name in schools:
            for _ in range(each):
                row += 1
                at = dt.datetime(year, 1, 12, 8) + dt.timedelta(minutes=7 * row)
                sheet.write_number(row, 0, row)
                sheet.write_datetime(row, 1, at, times)
                sheet.write_datetime(row, 2, at + dt.timedelta(minutes=4), times)
                sheet.write_string(row, 3, f"person{row}@skola.example")
                sheet.write_string(row, 5, name)
                for n in range(len(questions)):
                    cell = chance.choice(levels)
                    if left:
                        left, cell = left - 1, word
                    sheet.write_string(row, 6 + n, cell)
    return out.getvalue()
