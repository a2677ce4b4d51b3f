"""What people write below a table: sums, and notes on where it comes from. Neither is one of its rows."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import numpy as np

from analytics.intake.coded import TextColumns, coded_columns
from analytics.intake.raw import shown
from analytics.intake.readers import TextTable
from analytics.words.language import Words

SUM = (
    r"(?:(?:del|slut|total)?summ(?:a|or|ering)|total(?:t|er|en|s)?|tot\.?|total sum|sub ?totals?|grand totals?|sums?|Σ)"
)
MEAN = r"(?:medel(?:värden?|tal|v\.?)?|genomsnitt(?:ligt)?|snitt(?:värde)?|averages?|average score|means?)"
OTHER = (
    r"(?:median(?:en|värde)?|ant(?:al|\.)?|count|number of (?:answers|responses)|std\.? ?(?:dev|av|avv)\.?|"
    r"standardavvikelse|standard deviation|varians|variance|min|max|minimum|maximum|svarsfrekvens|response rate|"
    r"samtliga(?: skolor| svar)?|alla (?:skolor|svar)|all (?:schools|answers)|overall|hela (?:kommunen|staden))"
)
AFTER = (
    r"(?:[\s,:–—-]+(?:kr|sek|eur|%|n|totalt|summarum|alla|samtliga|skolor(?:na)?|svar(?:ande)?|antal|kommunen|staden|"
    r"värde|för|av|i|of|per|total|all|schools|answers|responses|respondents|(?:19|20)\d\d))*"
    r"(?:\s*(?:kr|sek|%|n)\b)?(?:\s*[(\[][^()\[\]]{0,60}[)\]])?\W*"
)
"""What may follow on the word that says it: of what, of when, in which unit."""
TOTAL = re.compile(rf"(?:{SUM}|{MEAN}|{OTHER}){AFTER}", re.IGNORECASE)
NOTE = re.compile(
    r"\W*(?:källa|source|not|note|obs|anm|anmärkning|kommentar|senast|uppdaterad|utskriven|skapad)\b|\W", re.I
)
MOST = 20  # rows below a table


def without_rows_below(sheet: TextTable, is_row: Callable[[str], bool], say: Words) -> TextTable:
    """The table without the rows at its end that are sums (their first text says so) or notes (a single cell of several
    words). `is_row`: whether a row's single text makes it a row all the same; `notes` of what is returned tell."""
    if not sheet.from_file:  # what somebody types in an editor is a row
        return sheet
    keep, told = len(sheet.rows), []
    columns = [sheet.coded(heading).slice(max(0, keep - MOST)).to_pylist() for heading in sheet.headings]
    last = len(columns[0]) if columns else 0
    while last and keep > 1:
        cells = [column[last - 1] for column in columns]
        filled = [cell for cell in cells if cell]
        if not (
            (_is_total(filled) and _stands_once(filled[0], columns)) or (len(columns) > 2 and _is_note(filled, is_row))
        ):
            break
        told.append(filled[0])
        last, keep = last - 1, keep - 1
    if not told:
        return sheet
    note = say(
        "Left out below the table: {texts}.", texts=", ".join(say.quoted(shown(text)) for text in reversed(told))
    )
    return replace(
        sheet,
        columns=TextColumns(column.slice(0, keep) for column in coded_columns(sheet.columns)),
        rows=np.asarray(sheet.rows)[:keep],
        notes=(*sheet.notes, note),
    )


def _is_total(filled: list[str]) -> bool:
    return len(filled) > 1 and bool(TOTAL.fullmatch(filled[0])) and any(cell[:1].isdigit() for cell in filled[1:])


def _stands_once(text: str, columns: list[list[str]]) -> bool:
    """What several rows say is a value of theirs: a framework or a school that is called Median."""
    return all(column.count(text) <= 1 for column in columns)


def _is_note(filled: list[str], is_row: Callable[[str], bool]) -> bool:
    if len(filled) != 1 or is_row(filled[0]):
        return False
    return bool(NOTE.match(filled[0])) or len(filled[0].split()) > 3
