"""A copy that is put right holds what the file held, under headings that need nobody's word, and loads as it is."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from analytics.documents.marked_copy import marked_copy
from analytics.intake.by_hand import ByHand
from analytics.intake.files import ReadingOptions, take_in
from analytics.intake.readers import read_sheet
from analytics.loads.corrected import CorrectedTable, corrected
from analytics.model.funding import Direction
from analytics.words.labels import label_of
from analytics.words.language import LANGUAGES, words
from tests.intake.making import SAY, SCHOOLS, csv_bytes, framework, rows, save

FORM = """
Id     | Tid                 | Var arbetar du? | Fråga ett   | Fråga två | Gissning | A2
123456 | 2021-03-01 10:11:12 | Strandens skola | Nivå 3      | vet inte  | beta     | 4
123457 | 2021-03-01 10:12:13 | 10000001        | 4           | 2;        | alfa     | 4
123458 | 2021-03-01 10:13:14 | BETA            | 2           |           | strand   | 4
"""
BY_HAND = ByHand("form", {"Var arbetar du?": "school", "Fråga ett": "A1", "Fråga två": "A2"})
ANSWERS = """
ramverk   | år   | skola    | svarande | kriterium | nivå
PROV-2020 | 2021 | 10000001 | p1       | a1        | 3;
prov-2020 | 2021 | Beta     | p2       | A2        | Vet ej
"""
FIGURES = ("framework", "year", "school_id", "criterion", "level")


@pytest.fixture(params=LANGUAGES)
def say(request):
    return words(request.param)


def right(folder: Path, table, taken, say) -> CorrectedTable:
    kind = table.by_hand.kind if table.by_hand else "answers"
    return corrected(table, kind, taken, "prov-2020", [framework(folder)], SCHOOLS, say)


def saved(folder: Path, table, copy: CorrectedTable) -> Path:
    data = marked_copy(copy.headings, copy.columns, table.rows.tolist(), (), ["r"] * 5, "To correct")
    (folder / "right.xlsx").write_bytes(data)
    return folder / "right.xlsx"


def taken_in(folder: Path, file, **said):
    intake = take_in([file], [framework(folder)], SCHOOLS, ReadingOptions(**said), SAY)
    return intake


def figures(intake) -> list[tuple]:
    assert intake.problems == []
    return sorted(zip(*(intake.answers[name].to_pylist() for name in FIGURES), strict=True), key=str)


def test_a_form_that_was_put_right_by_hand_loads_without_it(tmp_path, say):
    table = read_sheet(save(tmp_path / "a.csv", csv_bytes(rows(FORM))), SAY)
    table = replace(table, by_hand=BY_HAND)
    first = taken_in(tmp_path, table, framework="prov-2020", year=2021)
    (report,) = first.reports
    copy = right(tmp_path, table, report.taken, say)
    assert "Gissning" not in copy.headings and "A2" not in copy.headings, "nothing, as somebody has said"
    assert "Tid" in copy.headings and "Id" in copy.headings, "by which the same answer is known again"
    assert copy.columns[copy.headings.index(copy.called["Var arbetar du?"])] == [
        "Ängsstrandskolan",
        "Alfaskolan",
        "Betaskolan",
    ]
    again = taken_in(tmp_path, saved(tmp_path, table, copy), framework="prov-2020", year=2021)
    assert figures(again) == figures(first) and len(figures(again)) == 6
    twice = take_in(
        [table, saved(tmp_path, table, copy)],
        [framework(tmp_path)],
        SCHOOLS,
        ReadingOptions(framework="prov-2020", year=2021),
        SAY,
    )
    assert len(twice.problems) == 3, "each is known to be the same answer"


def test_answers_are_written_as_they_were_read(tmp_path, say):
    table = read_sheet(save(tmp_path / "a.csv", csv_bytes(rows(ANSWERS))), SAY)
    first = taken_in(tmp_path, table)
    copy = right(tmp_path, table, first.reports[0].taken, say)
    assert copy.columns[0] == ["prov-2020"] * 2 and copy.columns[4] == ["A1", "A2"]
    assert figures(taken_in(tmp_path, saved(tmp_path, table, copy))) == figures(first)


def test_what_stands_for_nothing_stays_as_it_was(tmp_path, say):
    text = ANSWERS.replace("Beta ", "Betaskolen ").replace("3;", "nästan 3").replace("| A2", "| A9")
    table = read_sheet(save(tmp_path / "a.csv", csv_bytes(rows(text))), SAY)
    first = taken_in(tmp_path, table)
    copy = right(tmp_path, table, first.reports[0].taken, say)
    assert copy.columns[2] == ["Alfaskolan", "Betaskolen"]
    assert copy.columns[4] == ["A1", "A9"] and copy.columns[5][0] == "nästan 3"
    again = taken_in(tmp_path, saved(tmp_path, table, copy))
    assert [(p.row, p.value, p.problem) for p in again.problems] == [
        (p.row, p.value, p.problem) for p in first.problems
    ]


def test_words_of_the_registers_are_written_as_the_pages_call_them(tmp_path, say):
    text = "projekt_id | riktning | sektor\np1 | ut | universitet\np2 | mottaget här | okänd\np3 | | privat"
    table = read_sheet(save(tmp_path / "a.csv", csv_bytes(rows(text))), SAY)
    taken = (("projekt_id", "project_id"), ("riktning", "direction"))
    visits = corrected(table, "visits", taken, None, (), (), say)
    assert visits.columns[1] == [say_direction(say, "outgoing"), say_direction(say, "incoming"), ""]
    partners = corrected(table, "partners", (("projekt_id", "project_id"), ("sektor", "sector")), None, (), (), say)
    assert partners.columns[2][1] == "okänd", "what stands for nothing stays"


def say_direction(say, code: str) -> str:
    return label_of(Direction(code), say)
