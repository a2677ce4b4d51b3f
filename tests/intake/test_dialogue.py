"""The dialogue's registers in files: what each kind holds, in Swedish and English, and what is refused where."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.intake.files import ReadingOptions, take_in
from analytics.intake.kinds import KINDS, tell_kind
from analytics.intake.of_framework import goal_figure
from analytics.intake.readers import read_sheet
from analytics.intake.register import CityVocabulary
from analytics.intake.word_problem import WordProblem
from analytics.model.dialogue import (
    Action,
    Activity,
    Agreement,
    Certification,
    Dialogue,
    Dialogues,
    Event,
    Finding,
    Label,
    Mark,
    Progress,
    Responsible,
)
from analytics.model.frameworks import Goal
from analytics.model.provenance import Provenance
from analytics.registers.dialogue import DIALOGUE
from tests.intake.making import PROV, SAY, SCHOOLS, csv_bytes, framework, refusals, rows, save, take, xlsx_bytes

TOMORROW = (date.today() + timedelta(days=1)).isoformat()
ACTIVITIES = """
activity_id | title            | framework | area    | description | start      | end        | contact
lasning     | Läslyftet        | prov-2020 | Ledning | Tre träffar | 2022-08-15 | 2023-06-10 | Enheten
matte       | Matematiklyftet  | prov-2020 | undervisning |        |            |            |
"""
DIALOGUES = """
school     | framework | year | held       | participants      | notes
alfa       | prov-2020 | 2022 | 2022-02-10 | Rektor, områdeschef | Bra samtal
Betaskolan | prov-2020 | 2022 |            |                   |
"""
AGREEMENTS = """
school | framework | year | number | criterion | from_level | to_level | due        | goal       | status  | outcome | followed_up
alfa   | prov-2020 | 2022 | 1      | A1        | 2,4        | 3        | 2023-01-31 | Alla följer | done    | Vi nådde | 2023-02-01
alfa   | prov-2020 | 2022 | 2      | B1        |            | 2.75     | 2023-01-31 |            |         |         |
"""  # noqa: E501
ACTIONS = """
school | framework | year | agreement | number | text            | role           | due        | activity | status     | outcome
alfa   | prov-2020 | 2022 | 1         | 1      | Läsa tillsammans | teaching staff | 2022-10-01 | lasning  | under way  |
alfa   | prov-2020 | 2022 | 1         | 2      | Köpa böcker     | principal      |            |          |            |
"""  # noqa: E501
CERTIFICATIONS = """
school | event     | date       | note
alfa   | applied   | 2022-01-10 |
alfa   | certified | 2022-06-03 | Goto 10
"""
FINDINGS = """
school | framework | criterion | date       | level     | note
alfa   | prov-2020 | A1        | 2022-05-02 | 3         | Syns i planen
beta   | prov-2020 | A1        | 2022-05-02 | 2 - Active |
"""
LABELS = """
school | label                  | date       | until      | note
alfa   | school_label           | 2021-03-01 | 2023-02-28 |
beta   | european quality label | 2022-10-01 |            | För projektet Havet
"""
ALL = {
    "activities": ACTIVITIES, "dialogues": DIALOGUES, "agreements": AGREEMENTS, "actions": ACTIONS,
    "certifications": CERTIFICATIONS, "findings": FINDINGS, "labels": LABELS,
}  # fmt: skip


def taken(folder, known: Dialogues | None = None, **texts: str):
    files = [save(folder / f"{name}.csv", csv_bytes(rows(text), ";")) for name, text in texts.items()]
    return take_in(files, [framework(folder)], SCHOOLS, ReadingOptions(), SAY, known_dialogues=known)


def told(intake, kind: type) -> list:
    return [one.row for one in intake.dialogues if isinstance(one.row, kind)]


def at(intake) -> list[tuple]:
    return [(row, column, value) for row, column, value, _ in refusals(intake)]


def test_every_kind_at_once_whatever_the_order_of_the_files(tmp_path):
    intake = taken(tmp_path, **dict(reversed(ALL.items())))
    assert intake.problems == []
    assert [report.kind for report in intake.reports] == list(reversed(ALL))
    round_ = ("alfa", "prov-2020", 2022)
    year = date(2022, 8, 15), date(2023, 6, 10)
    assert told(intake, Activity) == [
        Activity("lasning", "Läslyftet", "prov-2020", "ledning", "Tre träffar", *year, "Enheten"),
        Activity("matte", "Matematiklyftet", "prov-2020", "undervisning"),
    ]
    assert told(intake, Dialogue) == [
        Dialogue(*round_, date(2022, 2, 10), "Rektor, områdeschef", "Bra samtal"),
        Dialogue("beta", "prov-2020", 2022),
    ]
    due, after = date(2023, 1, 31), date(2023, 2, 1)
    assert told(intake, Agreement) == [
        Agreement(*round_, 1, "A1", 3.0, due, 2.4, "Alla följer", Progress.DONE, "Vi nådde", after),
        Agreement(*round_, 2, "B1", 2.75, due),
    ]
    teachers = Responsible.TEACHING_STAFF
    assert told(intake, Action) == [
        Action(*round_, 1, 1, "Läsa tillsammans", teachers, date(2022, 10, 1), "lasning", Progress.UNDER_WAY),
        Action(*round_, 1, 2, "Köpa böcker", Responsible.PRINCIPAL),
    ]
    assert told(intake, Certification) == [
        Certification("alfa", Event.APPLIED, date(2022, 1, 10)),
        Certification("alfa", Event.CERTIFIED, date(2022, 6, 3), "Goto 10"),
    ]
    assert told(intake, Finding) == [
        Finding("alfa", "prov-2020", "A1", date(2022, 5, 2), 3, "Syns i planen"),
        Finding("beta", "prov-2020", "A1", date(2022, 5, 2), 2),
    ]
    assert told(intake, Label) == [
        Label("alfa", Mark.SCHOOL_LABEL, date(2021, 3, 1), date(2023, 2, 28)),
        Label("beta", Mark.EUROPEAN_QUALITY_LABEL, date(2022, 10, 1), note="För projektet Havet"),
    ]


def test_swedish_headings_and_words(tmp_path):
    intake = taken(
        tmp_path,
        a="Aktivitet id | Titel | Ramverk | Område | Startdatum\nlas | Läslyft | prov-2020 | Undervisning |",
        b="Skola | Ramverk | År | Hölls | Deltagare\nAlfaskolan | prov-2020 | 2023 | 2023-02-01 | Alla",
        c="Skola | Ramverk | År | Nr | Kriterium | Till nivå | Senast | Mål | Status | Följt upp\n"
        "Alfaskolan | prov-2020 | 2023 | 1 | Planen har mål | 3,2 | 2024-01-31 | Mål | pågår |",
        d="Skola | Ramverk | År | Överenskommelse | Nr | Åtgärd | Ansvarig | Status | Aktivitet\n"
        "alfa | prov-2020 | 2023 | 1 | 1 | Läsa | Förvaltningscentralt | struket | las\n"
        "alfa | prov-2020 | 2023 | 1 | 2 | Skriva | Undervisande personal | avtalat |",
        e="Skola | Händelse | Datum | Anteckning\nalfa | under certifiering | 2023-03-01 | Besök\n"
        "beta | Avslag | 2023-03-01 |\nstrand | Förnyad | 2023-03-01 |",
        f="Skola | Ramverk | Kriterium | Datum | Nivå\nalfa | prov-2020 | Planen har mål | 2023-03-01 | Trygg",
        g="Skola | Utmärkelse | Datum | Till och med\nalfa | eTwinning-skola | 2023-03-01 | 2025-03-01",
    )
    assert intake.problems == []
    assert [a.area for a in told(intake, Activity)] == ["undervisning"]
    assert [(d.held, d.participants) for d in told(intake, Dialogue)] == [(date(2023, 2, 1), "Alla")]
    (agreement,) = told(intake, Agreement)
    assert (agreement.criterion, agreement.to_level, agreement.status) == ("A2", 3.2, Progress.UNDER_WAY)
    assert [(a.role, a.status, a.activity) for a in told(intake, Action)] == [
        (Responsible.CENTRAL, Progress.DROPPED, "las"),
        (Responsible.TEACHING_STAFF, Progress.AGREED, None),
    ]
    assert [c.event for c in told(intake, Certification)] == [Event.IN_PROCESS, Event.DECLINED, Event.RENEWED]
    assert [(f.criterion, f.level) for f in told(intake, Finding)] == [("A2", 3)]
    assert [(x.label, x.until) for x in told(intake, Label)] == [(Mark.SCHOOL_LABEL, date(2025, 3, 1))]


def changed(text: str, there: str, instead: str) -> str:
    assert there in text
    return text.replace(there, instead, 1)


def second(text: str) -> str:
    """The table with its last row once more."""
    return text + text.strip().splitlines()[-1]


@pytest.mark.parametrize(
    ("kind", "text", "where", "problem"),
    [
        ("activities", changed(ACTIVITIES, "matte ", "ma te "), (2, "activity_id", "ma te"), "spaces or separators"),
        ("activities", changed(ACTIVITIES, "Läslyftet ", ""), (1, "title", ""), "cell is empty"),
        ("activities", changed(ACTIVITIES, "Ledning", "Ekonomi"), (1, "area", "Ekonomi"), "area is not known"),
        ("activities", changed(ACTIVITIES, "undervisning", ""), (2, "area", ""), "area is missing"),
        ("activities", changed(ACTIVITIES, "2023-06-10", "2022-06-10"), (1, "end", "2022-06-10"), "ends before"),
        ("activities", changed(ACTIVITIES, "2022-08-15", "hösten"), (1, "start", "hösten"), "not a date"),
        ("activities", second(ACTIVITIES), (3, "activity_id", "matte"), "earlier row"),
        ("dialogues", changed(DIALOGUES, "Betaskolan", "Gammaskolan"), (2, "school", "Gammaskolan"), "not known"),
        ("dialogues", changed(DIALOGUES, "| 2022 |", "| 2025 |"), (1, "year", "2025"), "valid years"),
        ("dialogues", changed(DIALOGUES, "prov-2020", "prov"), (1, "framework", "prov"), "framework is not known"),
        ("dialogues", changed(DIALOGUES, "2022-02-10", "10/2 2022"), (1, "held", "10/2 2022"), "two ways"),
        ("dialogues", second(DIALOGUES), (3, "year", "2022"), "earlier row"),
        ("agreements", changed(AGREEMENTS, "| 2      |", "| 1      |"), (2, "number", "1"), "earlier row"),
        (
            "agreements",
            changed(AGREEMENTS, "| 2      |", "| 0      |"),
            (2, "number", "0"),
            "not a whole number from 1 to 999",
        ),
        (
            "agreements",
            changed(AGREEMENTS, "| 2      |", "| 1000   |"),
            (2, "number", "1000"),
            "not a whole number from 1 to 999",
        ),
        ("agreements", changed(AGREEMENTS, "B1", "Z9"), (2, "criterion", "Z9"), "criterion is not known"),
        ("agreements", changed(AGREEMENTS, "2.75", "4.5"), (2, "to_level", "4.5"), "not on the scale"),
        ("agreements", changed(AGREEMENTS, "2.75", "50 %"), (2, "to_level", "50 %"), "not on the scale"),
        ("agreements", changed(AGREEMENTS, "2.75", "högt"), (2, "to_level", "högt"), "not on the scale"),
        ("agreements", changed(AGREEMENTS, "2.75", ""), (2, "to_level", ""), "cell is empty"),
        ("agreements", changed(AGREEMENTS, "2,4", "0"), (1, "from_level", "0"), "not on the scale"),
        ("agreements", changed(AGREEMENTS, "2,4", "3,0"), (1, "to_level", "3"), "no higher"),
        ("agreements", changed(AGREEMENTS, "2023-01-31", ""), (1, "due", ""), "day is missing"),
        ("agreements", changed(AGREEMENTS, "2023-01-31", "våren"), (1, "due", "våren"), "not a date"),
        ("agreements", changed(AGREEMENTS, "done", "sen"), (1, "status", "sen"), "none of those"),
        ("agreements", changed(AGREEMENTS, "2023-02-01", "snart"), (1, "followed_up", "snart"), "not a date"),
        ("actions", changed(ACTIONS, "| 1         | 2", "| 3         | 2"), (2, "agreement", "3"), "no such agreement"),
        ("actions", changed(ACTIONS, "| 2022 |", "| 2023 |"), (1, "agreement", "1"), "no such agreement"),
        ("actions", changed(ACTIONS, "| 1         | 2", "| 1         | 1"), (2, "number", "1"), "earlier row"),
        ("actions", changed(ACTIONS, "Köpa böcker", ""), (2, "text", ""), "cell is empty"),
        ("actions", changed(ACTIONS, "principal", "vaktmästare"), (2, "role", "vaktmästare"), "none of those"),
        ("actions", changed(ACTIONS, "principal", ""), (2, "role", ""), "cell is empty"),
        ("actions", changed(ACTIONS, "lasning", "lasnig"), (1, "activity", "lasnig"), "activity is not known"),
        ("certifications", changed(CERTIFICATIONS, "applied ", "hoppas "), (1, "event", "hoppas"), "none of those"),
        ("certifications", changed(CERTIFICATIONS, "2022-06-03", TOMORROW), (2, "date", TOMORROW), "in the future"),
        ("certifications", changed(CERTIFICATIONS, "2022-06-03", ""), (2, "date", ""), "day is missing"),
        ("certifications", second(CERTIFICATIONS), (3, "date", "2022-06-03"), "earlier row"),
        ("findings", changed(FINDINGS, "| 3  ", "| 5  "), (1, "level", "5"), "not on the scale"),
        ("findings", changed(FINDINGS, "| 3  ", "| vet ej"), (1, "level", "vet ej"), "level is missing"),
        ("findings", changed(FINDINGS, "2022-05-02", TOMORROW), (1, "date", TOMORROW), "in the future"),
        ("findings", changed(FINDINGS, "beta ", "alfa "), (2, "date", "2022-05-02"), "earlier row"),
        ("labels", changed(LABELS, "school_label", "guldstjärna"), (1, "label", "guldstjärna"), "none of those"),
        ("labels", changed(LABELS, "2023-02-28", "2020-02-28"), (1, "until", "2020-02-28"), "runs out before"),
        ("labels", changed(LABELS, "2021-03-01", TOMORROW).replace("2023-02-28", ""), (1, "date", TOMORROW), "future"),
        ("labels", second(LABELS), (3, "date", "2022-10-01"), "earlier row"),
    ],
)
def test_refused_with_row_and_column(tmp_path, kind, text, where, problem):
    intake = taken(tmp_path, **ALL | {kind: text})
    assert at(intake) == [where]
    (only,) = intake.problems
    assert (only.file.endswith(f"{kind}.csv"), problem in only.problem) == (True, True)
    assert only.hint


def test_what_hints_name(tmp_path):
    actions = changed(changed(ACTIONS, "| 1         | 2", "| 3         | 2"), "lasning", "Laslyftet")
    nearest, agreements = (p.hint for p in taken(tmp_path, **ALL | {"actions": actions}).problems)
    assert (nearest, agreements) == ("The nearest is lasning.", "The round's agreements are: 1, 2.")
    (area,) = taken(tmp_path, activities=changed(ACTIVITIES, "Ledning", "Ekonomi")).problems
    assert area.hint == "Its areas are: ledning, undervisning."


def test_a_day_to_come_is_no_mistake_where_something_is_due(tmp_path):
    later = AGREEMENTS.replace("2023-01-31", TOMORROW)
    assert taken(tmp_path, agreements=later).problems == []


def test_rows_about_the_same_in_two_files(tmp_path):
    intake = taken(tmp_path, one=CERTIFICATIONS, other="school | event | date\nAlfaskolan | certifierad | 2022-06-03")
    (problem,) = intake.problems
    assert (problem.file.endswith("other.csv"), problem.row, problem.column) == (True, 1, "date")
    assert "row 2" in problem.hint and "one.csv" in problem.hint


def test_what_the_store_holds_is_known(tmp_path):
    known = Dialogues(
        agreements=(Agreement("alfa", "prov-2020", 2022, 1, "A1", 3.0, date(2023, 1, 31)),),
        activities=(Activity("lasning", "Läslyftet", "prov-2020", "ledning"),),
    )
    assert taken(tmp_path, known, actions=ACTIONS).problems == []
    assert at(taken(tmp_path, actions=ACTIONS)) == [
        (1, "activity", "lasning"),
        (2, "agreement", "1"),  # of row 1 no more is said than that it cannot be read
    ]


def test_a_round_whose_agreements_come_has_no_others(tmp_path):
    """They replace those that the store holds."""
    known = Dialogues(agreements=(Agreement("alfa", "prov-2020", 2022, 7, "A1", 3.0, date(2023, 1, 31)),))
    seventh = changed(ACTIONS.replace("lasning", ""), "| 1         | 2", "| 7         | 2")
    assert at(taken(tmp_path, known, agreements=AGREEMENTS, actions=seventh)) == [(2, "agreement", "7")]


def test_a_mistake_is_not_told_again_where_others_lean_on_it(tmp_path):
    wrong = {"agreements": changed(AGREEMENTS, "A1", "Z9"), "activities": changed(ACTIVITIES, "Ledning", "Ekonomi")}
    assert at(taken(tmp_path, **ALL | wrong)) == [(1, "area", "Ekonomi"), (1, "criterion", "Z9")]


def test_a_workbook_with_days_and_numbers(tmp_path):
    file = save(tmp_path / "a.xlsx", xlsx_bytes(rows(AGREEMENTS.replace("2,4", "2.4"))))
    intake = take(tmp_path, file)
    assert intake.problems == []
    assert [(a.number, a.from_level, a.to_level) for a in told(intake, Agreement)] == [(1, 2.4, 3.0), (2, None, 2.75)]


def test_where_rows_come_from(tmp_path):
    files = [save(tmp_path / f"{name}.csv", csv_bytes(rows(text))) for name, text in ALL.items()]
    intake = take(tmp_path, *files, provenance=Provenance.SYNTHETIC)
    rows_with_it = [one.row for one in intake.dialogues if not isinstance(one.row, Action)]
    assert {row.provenance for row in rows_with_it} == {one.provenance for one in intake.dialogues} == {"synthetic"}


SHARE = ("0.5", "0,5", "50 %", "50%", "50,0 %")


@pytest.mark.parametrize("word", SHARE)
def test_a_goal_that_is_a_share(tmp_path, word):
    share = replace(framework(tmp_path), goal=Goal(3, "share", 0.75))
    assert goal_figure(share, word, SAY) == 0.5


@pytest.mark.parametrize("word", ["50", "3", "150 %", "-0.5", "hälften", "nan"])
def test_what_is_no_share(tmp_path, word):
    found = goal_figure(replace(framework(tmp_path), goal=Goal(3, "share", 0.75)), word, SAY)
    assert isinstance(found, WordProblem) and found.problem == "This is not a share."


@given(st.text(max_size=12))
def test_no_text_breaks_the_reading_of_goals(tmp_path_factory, text):
    prov = framework(tmp_path_factory.getbasetemp())
    for statistic, top in (("mean", 4), ("share", 1)):
        goal = Goal(3, statistic, 0.75 if statistic == "share" else None)
        found = goal_figure(replace(prov, goal=goal), text, SAY)
        assert isinstance(found, WordProblem) or 0 <= found <= top


def kind_of(folder, headings: str, framework_id: str | None = None) -> str:
    """The kind that is told of a file with these headings and a row of dashes."""
    cells = [heading.strip() for heading in headings.split(",")]
    sheet = read_sheet(save(folder / "file.csv", csv_bytes([cells, ["-"] * len(cells)])), SAY)
    return tell_kind(sheet, CityVocabulary([framework(folder)], SCHOOLS, SAY), SAY, None, framework_id).name


@pytest.mark.parametrize("kind", DIALOGUE, ids=lambda kind: kind.name)
def test_a_kind_is_told_from_what_it_must_have_and_from_all_it_may_have(tmp_path, kind):
    every = [column.name for column in kind.columns]
    for names in ({*kind.required, *kind.recognised_by}, every):
        assert kind_of(tmp_path, ",".join(names)) == kind.name
        assert kind_of(tmp_path, ",".join(names), "prov-2020") == kind.name
    swedish = [column.also[0] if column.also else column.name for column in kind.columns]
    assert kind_of(tmp_path, ",".join(swedish)) == kind.name


@pytest.mark.parametrize(
    ("headings", "kind"),
    [
        ("Starttid, Datum, Namn, Skola, Händelse, A1, A2", "form"),
        ("Skola, Utmärkelse, Datum, B1", "form"),
        ("Aktivitet id, Titel, Skola, A1", "form"),
        ("framework, year, school, respondent, criterion, level, date", "answers"),
        ("framework, year, school, criterion, level_1, level_2, level_3, level_4, date, to_level", "counts"),
        ("framework, year, school, invited, held", "participation"),
        ("school_id, name, label, date", "schools"),
        ("project_id, title, programme, start, end, activity_id", "projects"),
        ("project_id, year, direction, event, date", "visits"),
        ("year, question, text, agreement", "narratives"),
        ("number, title_sv, criterion, to_level", "budget_goals"),
    ],
)
def test_other_kinds_are_told_as_before(tmp_path, headings, kind):
    assert kind in KINDS and kind_of(tmp_path, headings) == kind


def test_answers_without_their_respondents_are_no_findings(tmp_path):
    text = "framework | year | school | criterion | level | date\nprov-2020 | 2022 | alfa | A1 | 3 | 2022-01-10"
    intake = taken(tmp_path, answers=text)
    assert [(p.column, "read as answers" in p.problem) for p in intake.problems] == [("respondent", True)]


def test_a_form_that_holds_no_criterion_is_still_said_to_be_one(tmp_path):
    form = save(tmp_path / "form.csv", csv_bytes(rows("Skola | Genomförd | Fråga\nalfa | 2022-01-10 | 3")))
    intake = take(tmp_path, form, framework="prov-2020", year=2022)
    assert [p.problem for p in intake.problems] == ["No heading is a criterion of prov-2020."]


def test_columns_that_a_kind_has_no_use_for_are_said_to_be_left_out(tmp_path):
    intake = taken(tmp_path, labels=changed(LABELS, "| note", "| colour"))
    assert intake.problems == []
    assert [report.dropped for report in intake.reports] == [(("colour", "is no column of the kind; not stored"),)]


def test_the_framework_may_come_in_the_same_call(tmp_path):
    toml = save(tmp_path / "f.toml", PROV.replace("prov-2020", "ny-2020"))
    file = save(tmp_path / "d.csv", csv_bytes(rows(DIALOGUES.replace("prov-2020", "ny-2020"))))
    intake = take_in([file, toml], [], SCHOOLS, ReadingOptions(), SAY)
    assert intake.problems == [] and {d.framework for d in told(intake, Dialogue)} == {"ny-2020"}
