"""Skolverket's school-unit register as it is published. The shapes are the register's own (its OpenAPI description, and
the headings of its workbook); every unit, name and number in them is invented."""

from __future__ import annotations

import io
import json
from datetime import date

import httpx
import pytest
import xlsxwriter
from click.testing import CliRunner

from analytics.cli import cli, fetch
from analytics.cli.commands import fetch_units
from analytics.intake.outside.stages import stage_of
from analytics.intake.outside.unit_files import units_of_json
from analytics.model.errors import Refused
from analytics.model.schools import School
from tests.intake.making import SAY, SCHOOLS, csv_bytes, refusals, rows, save, take

PRINCIPAL = "Påhittade Petra"


def detail(code: str, name: str, status: str = "AKTIV", *, in_: str = "9901", **more: object) -> dict:
    """An answer of /v2/school-units/CODE."""
    attributes = {
        "displayName": name,
        "status": status,
        "url": None,
        "email": "petra@example.invalid",
        "phoneNumber": "000-000000",
        "headMaster": PRINCIPAL,
        "addresses": [{"type": "BESOKSADRESS", "streetAddress": "Påhittsgatan 1", "locality": "Påhittstad"}],
        "orientationType": "ALLMAN",
        "schoolUnitType": "SKOLENHET",
        "schoolName": name,
        "municipalityCode": in_,
        "schoolTypes": ["FKLASS", "GR"],
        "schoolTypeProperties": {"gr": {"grades": ["1", "2", "3"]}},
        "startdate": "2015-07-01",
    }
    return {
        "meta": {"extractDate": "2026-01-01T00:00:00+01:00", "created": "2015-01-01", "modified": "2015-01-01"},
        "data": {"type": "schoolunit", "schoolUnitCode": code, "attributes": attributes | more},
        "included": {
            "type": "organization",
            "organizationNumber": "0000000000",
            "attributes": {"displayName": "Påhitt"},
        },
    }


def listed(*units: tuple[str, str, str]) -> dict:
    """An answer of /v2/school-units."""
    about = [{"schoolUnitCode": code, "name": name, "status": status} for code, name, status in units]
    return {"meta": {"extractDate": "2026-01-01T00:00:00+01:00"}, "data": {"type": "schoolunit", "attributes": about}}


def workbook(**sheets: list[list[str]]) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        for name, table in sheets.items():
            sheet = book.add_worksheet(name.replace("_", " "))
            for at, row in enumerate(table):
                sheet.write_row(at, 0, row)
    return out.getvalue()


def taken(tmp_path, value: object, schools=SCHOOLS, **said: object):
    return take(tmp_path, save(tmp_path / "units.json", json.dumps(value)), schools=schools, **said)


def schools_of(intake) -> dict[str, School]:
    assert intake.problems == []
    return {row.school.id: row.school for row in intake.schools}


def test_units_are_read_with_types_grades_and_days_and_nobodys_name(tmp_path):
    intake = taken(tmp_path, [detail("20000001", "Nyskolan"), detail("20000002", "Gymnasiet", schoolTypes=["GY"],
        schoolTypeProperties={"gy": {"programmes": ["NA25"], "csnCode": "99"}}, startdate=None)])  # fmt: skip
    found = schools_of(intake)
    assert found["nyskolan"] == School("nyskolan", "Nyskolan", "20000001", stage="F-3", valid_from=date(2015, 7, 1))
    assert found["gymnasiet"].stage == "Gymnasieskola"
    assert intake.reports[0].kind == "school_units"
    assert "New by the register: Nyskolan, Gymnasiet." in intake.reports[0].notes
    assert PRINCIPAL not in str(intake) and "Påhittsgatan" not in str(intake) and "0000000000" not in str(intake)


def test_a_list_of_the_api_is_read_without_types_and_days(tmp_path):
    found = schools_of(taken(tmp_path, listed(("20000001", "Nyskolan", "AKTIV"), ("20000002", "Borta", "UPPHORT"))))
    assert found == {"nyskolan": School("nyskolan", "Nyskolan", "20000001")}


def test_a_school_is_known_by_its_code_and_keeps_what_the_city_calls_it(tmp_path):
    city = [School("alfa", "Alfa", "10000001", stage="F-9", pupils=90, valid_from=date(2001, 1, 1))]
    intake = taken(tmp_path, detail("10000001", "Alfaskolan F-3"), city)
    (school,) = schools_of(intake).values()
    assert school == School(
        "alfa", "Alfa", "10000001", stage="F-9", pupils=90, valid_from=date(2001, 1, 1), aliases=("Alfaskolan F-3",)
    )
    assert "Called otherwise by the register, and found by that name too: Alfa (Alfaskolan F-3)." in (
        intake.reports[0].notes
    )


def test_what_is_not_other_is_not_told(tmp_path):
    city = [School("alfa", "Alfaskolan", "10000001", stage="F-3", valid_from=date(2015, 7, 1))]
    assert taken(tmp_path, detail("10000001", "Alfaskolan"), city).schools == []


def test_a_closed_unit_closes_its_school_on_its_day(tmp_path):
    intake = taken(tmp_path, detail("10000001", "Alfaskolan", "UPPHORT", endDate="2024-06-30"))
    assert schools_of(intake)["alfa"].valid_to == date(2024, 6, 30)
    assert "Closed by the register: Alfaskolan (2024-06-30)." in intake.reports[0].notes


def test_a_closed_unit_without_a_day_is_told_and_closes_nothing(tmp_path):
    intake = taken(tmp_path, listed(("10000001", "Alfaskolan", "UPPHORT")))
    assert schools_of(intake) == {}
    assert any("says no day here" in note and "Alfaskolan" in note for note in intake.reports[0].notes)


def test_closed_and_dormant_units_that_the_city_has_not_are_left_out(tmp_path):
    units = [detail("20000001", "Gamla", "UPPHORT", endDate="2010-06-30"), detail("20000002", "Vilande", "VILANDE")]
    intake = taken(tmp_path, units)
    assert schools_of(intake) == {}
    assert any("Gamla, Vilande" in note for note in intake.reports[0].notes)


def test_a_school_that_goes_on_under_another_code_is_one_school_that_both_codes_lead_to(tmp_path):
    units = [
        detail("10000001", "Alfaskolan", "UPPHORT", endDate="2022-06-30"),
        detail("20000009", "Alfaskolan", startdate="2022-07-01"),
    ]
    intake = taken(tmp_path, units)
    (school,) = schools_of(intake).values()
    assert (school.id, school.school_unit_code, school.aliases) == ("alfa", "20000009", ("10000001",))
    assert school.valid_to is None
    assert "The same school under another code: Alfaskolan (10000001 → 20000009)." in intake.reports[0].notes
    again = taken(tmp_path, units, [school])
    assert again.schools == [] and again.problems == []


def test_schools_that_merge_close_and_the_new_one_is_new(tmp_path):
    units = [
        detail("10000001", "Alfaskolan", "UPPHORT", endDate="2022-06-30"),
        detail("10000002", "Betaskolan", "UPPHORT", endDate="2022-06-30"),
        detail("20000009", "Alfabetaskolan", startdate="2022-07-01"),
    ]
    found = schools_of(taken(tmp_path, units))
    assert {id_: school.valid_to for id_, school in found.items()} == {
        "alfa": date(2022, 6, 30), "beta": date(2022, 6, 30), "alfabetaskolan": None,
    }  # fmt: skip


def test_two_open_units_of_one_name_are_not_guessed_between(tmp_path):
    city = [School("alfa", "Alfaskolan")]
    intake = taken(tmp_path, [detail("20000001", "Alfaskolan"), detail("20000002", "Alfaskolan")], city)
    ((row, column, value, problem),) = refusals(intake)
    assert (row, column, value) == (2, "name", "Alfaskolan")
    assert problem == "Two units in the file are Alfaskolan in the register."


def test_a_unit_with_the_name_of_a_school_whose_own_unit_is_there_is_another(tmp_path):
    found = schools_of(taken(tmp_path, [detail("10000001", "Alfaskolan"), detail("20000002", "Alfaskolan")]))
    assert found["alfaskolan"].school_unit_code == "20000002"


def test_whose_units_is_asked_where_there_are_several_municipalities(tmp_path):
    units = [detail("20000001", "Nyskolan"), detail("20000002", "Andraskolan", in_="9902")]
    intake = taken(tmp_path, units)
    assert refusals(intake) == [(None, "municipalityCode", None, "The file has units in 2 municipalities.")]
    assert "9901, 9902" in intake.problems[0].hint and intake.schools == []
    assert set(schools_of(taken(tmp_path, units, municipality="9902"))) == {"andraskolan"}
    assert refusals(taken(tmp_path, units, municipality="9903")) == [
        (None, "municipalityCode", "9903", "No units of the municipality are in the file.")
    ]


def test_a_list_of_the_whole_country_without_municipalities_is_refused(tmp_path):
    units = listed(*((str(20_000_000 + n), f"Skola {n}", "AKTIV") for n in range(3_001)))
    assert [problem for *_, problem in refusals(taken(tmp_path, units))] == [
        "The file does not say in which municipality the units are."
    ]


@pytest.mark.parametrize(
    ("unit", "where"),
    [
        (detail("0123", "Nyskolan"), (1, "schoolUnitCode", "0123", "This is not a school unit code.")),
        (detail("20000001", ""), (1, "name", "", "The name is missing.")),
        (detail("20000001", "Nyskolan", "OKÄND"), (1, "status", "OKÄND", "This is not a status of a school unit.")),
        (detail("20000001", "Nyskolan", startdate="i fjol"), (1, "startdate", "i fjol", "This is not a date.")),
    ],
)
def test_what_is_wrong_is_said_with_its_place(tmp_path, unit, where):
    assert refusals(taken(tmp_path, [unit])) == [where]


SHEET = (
    "LÄN | LÄNSNAMN | KOMMUN | KOMMUNNAMN | SKOLENHETSKOD | SKOLENHETENS NAMN | HUVUDMANNATYP | HUVUDMANS NAMN |"
    " POSTORT | TELENR | REKTORS NAMN | EPOST | FKLASS | ÅR1 | ÅR2 | ÅR3 | ÅR4"
)


def test_the_workbook_is_read_over_its_sheets_with_nobodys_name(tmp_path):
    about = f"Kommunal | Påhitt | PÅHITTSTAD | 000 | {PRINCIPAL} | p@example.invalid"
    units = [
        f"99 | Påhittslän | 9901 | Påhitt | 20000001 | Nyskolan | {about} | J | J | J | J | N",
        f"99 | Påhittslän | 9902 | Annat | 20000002 | Andraskolan | {about} | N | N | N | N | J",
    ]
    compulsory = rows("\n".join([SHEET, *units]))
    programmes = [
        "KOMMUN | KOMMUNNAMN | SKOLENHETSKOD | SKOLENHETENS NAMN | REKTORS NAMN | TEKNIKPROGRAMMET",
        f"9901 | Påhitt | 20000001 | Nyskolan | {PRINCIPAL} | J",
        f"9901 | Påhitt | 20000003 | Gymnasiet | {PRINCIPAL} | J",
    ]
    upper = rows("\n".join(programmes))
    file = save(
        tmp_path / "register.xlsx", workbook(Läs_mig=[["Om filen"]], Grundskola=compulsory, Gymnasieskola=upper)
    )
    intake = take(tmp_path, file, municipality="påhitt")
    found = schools_of(intake)
    assert {school.name: school.stage for school in found.values()} == {
        "Nyskolan": "F-3, Gymnasieskola", "Gymnasiet": "Gymnasieskola",
    }  # fmt: skip
    assert "Read from the sheets Grundskola, Gymnasieskola; a unit that stands on several is one." in (
        intake.reports[0].notes
    )
    assert PRINCIPAL not in str(intake) and "example" not in str(intake)


def test_the_register_saved_as_csv_loses_the_principal_too(tmp_path):
    table = rows(f"SKOLENHETSKOD | SKOLENHETENS NAMN | KOMMUN | REKTORS NAMN\n20000001 | Nyskolan | 9901 | {PRINCIPAL}")
    intake = take(tmp_path, save(tmp_path / "a.csv", csv_bytes(table, ";")))
    assert set(schools_of(intake)) == {"nyskolan"}
    assert PRINCIPAL not in str(intake)
    assert [heading for heading, _ in intake.reports[0].dropped] == ["REKTORS NAMN"]


@pytest.mark.parametrize(
    ("types", "grades", "stage"),
    [
        ("FKLASS,GR,FTH", "1,2,3,4,5,6", "F-6"),
        ("GR", "7,8,9", "7-9"),
        ("GR", "9", "9"),
        ("GR", "", "Grundskola"),
        ("GRAN", "1,2,3", "Anpassad grundskola"),
        ("GR,GRAN", "1,2,3", "1-3"),
        ("SAM,FKLASS", "1,2", "Sameskola"),
        ("GY,GYAN", "", "Gymnasieskola, Anpassad gymnasieskola"),
        ("FTH", "", "Fritidshem"),
        ("", "", None),
        ("NYTT", "x", None),
    ],
)
def test_types_and_grades_are_a_stage(types, grades, stage):
    assert stage_of(types, grades) == stage


def answering(monkeypatch, answer) -> None:
    """No test goes to the network: what asks is answered here."""
    client = httpx.Client(transport=httpx.MockTransport(answer))
    monkeypatch.setattr(fetch_units, "client_for", lambda seconds: client)


def test_units_are_fetched_without_the_names_of_principals(tmp_path, monkeypatch):
    asked = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request.url)
        code = request.url.path.rpartition("/")[2]
        units = {"20000001": detail("20000001", "Nyskolan"), "20000002": detail("20000002", "Andraskolan")}
        both = listed(("20000001", "Nyskolan", "AKTIV"), ("20000002", "Andraskolan", "AKTIV"))
        return httpx.Response(200, json=units.get(code, both))

    answering(monkeypatch, answer)
    out = tmp_path / "units.json"
    done = CliRunner().invoke(cli, ["fetch", "school-units", "--municipality", "9901", "--out", str(out)])
    assert done.exit_code == 0, done.output
    assert dict(asked[0].params.multi_items())["municipality_code"] == "9901" and len(asked) == 3
    assert asked[0].params.get_list("status") == ["AKTIV", "PLANERAD", "VILANDE", "UPPHORT"]
    assert PRINCIPAL not in out.read_text("utf-8") and "example" not in out.read_text("utf-8")
    found = schools_of(take(tmp_path, out))
    assert [(school.name, school.stage) for school in found.values()] == [("Nyskolan", "F-3"), ("Andraskolan", "F-3")]


@pytest.mark.parametrize(
    ("answer", "problem"),
    [
        (httpx.ReadTimeout("slow"), "There was no answer in time."),
        (httpx.ConnectError("no"), "The address could not be reached."),
        (httpx.Response(503), "The answer was 503."),
        (httpx.Response(200, text="<html>"), "The answer is no JSON."),
        (httpx.Response(200, json={"units": []}), "The answer does not look as this program knows it."),
    ],
)
def test_where_there_is_no_answer_it_is_said_and_nothing_is_written(tmp_path, monkeypatch, answer, problem):
    def give(request: httpx.Request) -> httpx.Response:
        if isinstance(answer, Exception):
            raise answer
        return answer

    answering(monkeypatch, give)
    monkeypatch.setattr(fetch_units, "say", SAY)
    out = tmp_path / "units.json"
    arguments = ["fetch", "school-units", "--municipality", "9901", "--out", str(out)]
    done = CliRunner().invoke(cli, arguments)
    assert isinstance(done.exception, Refused)
    assert [one.problem for one in done.exception.problems] == [problem]
    assert not out.exists()


def test_whoever_asks_waits_no_longer_than_is_said():
    with fetch.client_for(3) as client:
        assert client.timeout == httpx.Timeout(3) and not client.follow_redirects


@pytest.mark.parametrize("shape", ["things", "list", "one", "own_code", "own_id"])
def test_units_as_json_api_writes_things(tmp_path, shape):
    """`data` is a list of things, each with its `attributes`; the code stands beside them, among them, or is its id."""
    units = [detail("20000001", "Nyskolan")["data"], detail("20000002", "Gammelskolan")["data"]]
    if shape == "own_code":
        units = [
            {"type": u["type"], "attributes": u["attributes"] | {"schoolUnitCode": u["schoolUnitCode"]}} for u in units
        ]
    if shape == "own_id":
        units = [{"type": "school-unit", "id": u["schoolUnitCode"], "attributes": u["attributes"]} for u in units]
    value = units if shape == "list" else {"data": units[:1] if shape == "one" else units}
    intake = taken(tmp_path, value, municipality="9901")
    told = {school.name: school.school_unit_code for school in schools_of(intake).values()}
    both = {"Nyskolan": "20000001", "Gammelskolan": "20000002"}
    assert told == ({"Nyskolan": "20000001"} if shape == "one" else both)
    assert intake.reports[0].kind == "school_units" and PRINCIPAL not in repr(intake)


def test_things_of_another_sort_are_no_units(tmp_path):
    value = {"data": [{"type": "article", "id": "20000001", "attributes": {"title": "Nyskolan"}}]}
    assert units_of_json(value, SAY) is None
