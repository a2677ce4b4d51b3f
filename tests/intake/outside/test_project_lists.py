"""Lists of EU projects as they are published. The headings are those of the Erasmus+ project results (both layouts) and
of the Swedish managing authorities' project bank; every project, organisation, person and amount is invented."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

import pytest

from analytics.intake.files import ReadingOptions, take_in
from analytics.intake.outside.project_choice import ProjectChoice
from analytics.model.funding import Budget, Certainty, Currency, Funding, Partner, Project, Role, Scope
from tests.intake.making import SAY, csv_bytes, refusals, save, xlsx_bytes

GRANT = (
    "EU Grant award in euros (This amount represents the grant awarded after the selection stage and is indicative."
    " Please note that any changes made during or after the project's lifetime will not be reflected here.)"
)
LEADER = "Påhittade Petra"
ABOUT = ("organisation type", "address", "region", "country", "website")
PARTNER = [f"Partner {n} {what}" for n in (1, 2) for what in ("name", *ABOUT)]
WITHOUT_DAYS = [
    *("Programme", "Key Action", "Action Type", "Call year", "Project Identifier", "Project Title", "Topics"),
    *("Project Summary", "Project Status", GRANT, "Is Good Practice", "Project Website"),
    *("Results Platform Project Card", "Participating countries", "Coordinating organisation name"),
    *("Coordinating organisation type", "Coordinator's address", "Coordinator's region", "Coordinator's country"),
    *("Coordinator's website", *PARTNER),
]
WITH_DAYS = [
    *("Programme", "Sub-programme", "Action", "Activity type", "Call year", "Start date", "End date"),
    *("Project Number", "Project Title", "Project Summary", "Project Status", GRANT, "Is Success Story"),
    *("Project Website", "Results Available", "Results Platform Project Card", "Participating countries"),
    *("Coordinator's name", "Coordinator organisation type", "Coordinator's address", "Coordinator's region"),
    *("Coordinator's country", "Coordinator's website", *PARTNER),
]
OURS, THEIRS = "2099-1-SE01-KA122-SCH-000000001", "2099-1-FI01-KA210-SCH-000000002"


def row(headings: list[str], **cells: str) -> list[str]:
    """A project's row; what is not named is filled with something that is not to be read."""
    named = {heading: cells.get(heading, f"{LEADER} {heading}") for heading in headings}
    blank = {heading: "" for heading in PARTNER if heading not in cells}
    return [(named | blank)[heading] for heading in headings]


def without_days(**more: str) -> list[list[str]]:
    ours = {
        "Programme": "Erasmus+", "Action Type": "Short-term projects", "Project Identifier": OURS,
        "Project Title": "Påhittad resa", GRANT: "41200", "Coordinating organisation name": "PAHITTS KOMMUN",
        "Coordinator's country": "SE", "Partner 1 name": "Keksitty koulu", "Partner 1 country": "FI",
    }  # fmt: skip
    theirs = ours | {
        "Project Identifier": THEIRS, "Project Title": "Toinen", GRANT: "60,000.50",
        "Coordinating organisation name": "Keksitty koulu", "Coordinator's country": "FI",
        "Partner 1 name": "Påhitts kommun", "Partner 1 country": "SE",
        "Partner 2 name": "Izmišljena šola", "Partner 2 country": "SI",
    }  # fmt: skip
    others = ours | {"Project Identifier": "2099-1-DK01-KA122-SCH-000000003",
                     "Coordinating organisation name": "Opdigtet skole", "Partner 1 name": ""}  # fmt: skip
    return [WITHOUT_DAYS, *(row(WITHOUT_DAYS, **one | more) for one in (ours, theirs, others))]


def taken(path, known: Funding | None = None, **said: object):
    reading = ReadingOptions(projects=ProjectChoice(**said))
    return take_in([path], [], [], reading, SAY, known_funding=known or Funding())


def of(intake, kind: type) -> list:
    assert intake.problems == []
    return [one.row for one in intake.funding if isinstance(one.row, kind)]


DAYS = {OURS: ("2099-09-01", "2100-08-31"), THEIRS: ("2099-10-01", "2101-09-30")}


def test_projects_are_the_ones_of_whom_the_city_is_called(tmp_path):
    intake = taken(
        save(tmp_path / "ErasmusPlus_KA1.csv", csv_bytes(without_days())), called=("Påhitts kommun", "Pahitts kommun"),
        days=DAYS, shares={THEIRS: "12 500"}, unit_shares=((THEIRS, "Alfaskolan", "2 000"),),
    )  # fmt: skip
    assert of(intake, Project) == [
        Project(OURS, "Påhittad resa", "Erasmus+", date(2099, 9, 1), date(2100, 8, 31), "Short-term projects",
                Role.COORDINATOR, "SE"),
        Project(THEIRS, "Toinen", "Erasmus+", date(2099, 10, 1), date(2101, 9, 30), "Short-term projects",
                Role.PARTNER, "FI"),
    ]  # fmt: skip
    assert of(intake, Budget) == [
        Budget(OURS, Scope.WHOLE, Decimal("41200.00"), Currency.EUR, certainty=Certainty.ABOUT),
        Budget(THEIRS, Scope.WHOLE, Decimal("60000.50"), Currency.EUR, certainty=Certainty.ABOUT),
        Budget(THEIRS, Scope.OWN, Decimal("12500.00"), Currency.EUR),
        Budget(THEIRS, Scope.UNIT, Decimal("2000.00"), Currency.EUR, unit="Alfaskolan"),
    ]
    assert of(intake, Partner) == [
        Partner(OURS, "FI", organisation="Keksitty koulu"),
        Partner(THEIRS, "FI", organisation="Keksitty koulu"),
        Partner(THEIRS, "SI", organisation="Izmišljena šola"),
    ]
    (report,) = intake.reports
    assert report.kind == "project_list" and "1 project of others was left out." in report.notes
    assert LEADER not in str(intake)


def test_nothing_is_taken_before_somebody_says_which(tmp_path):
    intake = taken(save(tmp_path / "a.csv", csv_bytes(without_days())))
    assert refusals(intake) == [(None, "Project Identifier", None, "The list has 3 projects.")]
    assert intake.funding == []


def test_a_list_without_days_needs_them_to_be_said(tmp_path):
    intake = taken(save(tmp_path / "a.csv", csv_bytes(without_days())), ids=frozenset([OURS]))
    assert refusals(intake) == [(1, "Project Identifier", OURS, "The list does not say when the project runs.")]


def test_without_a_name_of_the_city_nothing_is_guessed_of_its_role_and_its_partners(tmp_path):
    intake = taken(save(tmp_path / "a.csv", csv_bytes(without_days())), ids=frozenset([OURS]), days=DAYS)
    assert [project.role for project in of(intake, Project)] == [None, None]
    assert of(intake, Partner) == []


def test_a_list_with_days_is_read_from_a_workbook(tmp_path):
    cells = {
        "Programme": "Erasmus+", "Action": "Cooperation", "Start date": "2016-09-01", "End date": "2018-08-31",
        "Project Number": OURS, "Project Title": "Påhittad resa", GRANT: "41200", "Coordinator's country": "SE",
        "Coordinator's name": "Påhitts kommun",
    }  # fmt: skip
    intake = taken(
        save(tmp_path / "a.xlsx", xlsx_bytes([WITH_DAYS, row(WITH_DAYS, **cells)])), called=("påhitts kommun",)
    )
    (project,) = of(intake, Project)
    assert (project.start, project.end, project.action) == (date(2016, 9, 1), date(2018, 8, 31), "Cooperation")
    assert LEADER not in str(intake)


BANK = ["Ärende-ID", "Beslutande organisation", "Projektnamn", "Stödmottagare", "Projekt Starttid", "Projekt Sluttid",
        "Beviljat belopp - SEK", "Beviljat belopp - euro"]  # fmt: skip
IN_BANK = ["99900001", "Tillväxtverket", "Påhittat nät", "Påhitts kommun", "2017-01-02", "2020-04-30", "3929285", "0"]


@pytest.mark.parametrize("suffix", ["csv", "json"])
def test_the_project_bank_is_read_without_its_leaders_names(tmp_path, suffix):
    if suffix == "csv":
        data = csv_bytes([BANK, IN_BANK], ";")
    else:
        names = ("ärende-id", "projektnamn", "stödmottagare", "projekt_starttid", "projekt_sluttid")
        values = (IN_BANK[0], *IN_BANK[2:6])
        person = {"projektledare": LEADER, "telnr": "000", "e-post": "p@example.invalid", "projektbeskrivning": LEADER}
        money = {"beviljat_belopp_sek": 3929285, "beviljat_belopp_eur": 0}
        data = json.dumps([dict(zip(names, values, strict=True)) | money | person])
    file = save(tmp_path / f"a.{suffix}", data)
    assert [problem for *_, problem in refusals(taken(file, called=("Påhitts kommun",)))] == [
        "The list does not say which programme the project belongs to."
    ]
    intake = taken(file, called=("Påhitts kommun",), programme="Europeiska regionalfonden")
    (project,) = of(intake, Project)
    assert (project.id, project.programme, project.role) == ("99900001", "Europeiska regionalfonden", Role.OWNER)
    assert of(intake, Budget) == [Budget("99900001", Scope.WHOLE, Decimal("3929285.00"), Currency.SEK)]
    assert LEADER not in str(intake) and "example" not in str(intake)


def test_a_project_that_is_there_is_left_as_it_is(tmp_path):
    known = Funding(projects=(Project(OURS, "Vårt namn", "Erasmus+", date(2099, 1, 1), date(2099, 2, 1)),))
    file = save(tmp_path / "a.csv", csv_bytes(without_days()))
    intake = taken(file, known, ids=frozenset([OURS]))
    assert intake.funding == [] and intake.problems == []
    assert f"In the register already, and left as they are: {OURS}." in intake.reports[0].notes
    assert [problem for *_, problem in refusals(taken(file, known, shares={OURS: "1"}))] == [
        "The project is already in the register."
    ]


def test_a_project_that_may_be_there_under_another_id_is_asked_about(tmp_path):
    known = Funding(projects=(Project("resan", "Påhittad resa", "Erasmus+", date(2099, 1, 1), date(2099, 2, 1)),))
    intake = taken(save(tmp_path / "a.csv", csv_bytes(without_days())), known, called=("PAHITTS KOMMUN",))
    assert refusals(intake) == [
        (1, "Project Title", "Påhittad resa", "The register has a project of this title: resan.")
    ]


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        ({"ids": frozenset(["2099-x"])}, (None, "Project Identifier", "2099-x", "The list has no such project.")),
        ({"called": ("Påhitt",)},
         (None, "Coordinating organisation name", "Påhitt", "No organisation in the list is called that.")),
    ],
)  # fmt: skip
def test_what_is_said_and_is_not_in_the_list_is_refused(tmp_path, said, problem):
    assert refusals(taken(save(tmp_path / "a.csv", csv_bytes(without_days())), **said)) == [problem]


def test_shares_and_days_are_checked_as_what_is_typed(tmp_path):
    file = save(tmp_path / "a.csv", csv_bytes(without_days()))
    found = refusals(taken(file, days={OURS: ("2099-09-01", "i höst")}))
    assert found == [(1, "end", "i höst", "This is not a date.")]
    found = refusals(taken(file, days=DAYS, shares={OURS: "mycket"}))
    assert [(row, column, value) for row, column, value, _ in found] == [(1, "amount", "mycket")]
    intake = taken(file, days=DAYS, shares={OURS: "450 000 kr"})
    assert Budget(OURS, Scope.OWN, Decimal("450000.00"), Currency.SEK) in of(intake, Budget)


def test_what_was_applied_for_and_has_no_grant_is_left_out(tmp_path):
    table = without_days(**{GRANT: ""})
    intake = taken(save(tmp_path / "a.csv", csv_bytes(table)), called=("PAHITTS KOMMUN",))
    assert intake.funding == [] and intake.problems == []
    assert f"Left out, as the list has no grant of them: {OURS}." in intake.reports[0].notes
