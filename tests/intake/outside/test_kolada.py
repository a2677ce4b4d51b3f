"""Kolada's figures as its API, version 3, gives them; every unit, title and number here is invented."""

from __future__ import annotations

import json

import httpx
import pytest
from click.testing import CliRunner

from analytics.cli import cli
from analytics.cli.commands import fetch_kolada
from analytics.intake.files import ReadingOptions
from analytics.loads.load import load
from analytics.model.errors import Refused
from analytics.model.schools import School
from analytics.store.reading import Store
from analytics.words.schools import source_of
from tests.intake.making import SAY, refusals, save, take
from tests.loads.test_load import put

TITLE = "Påhittade elever per lärare"
MEASURE = f"{TITLE} (Kolada N99999)"
CITY = (School("alfa", "Alfaskolan", context=(("kvar", 1.0), (MEASURE, 9.0))), School("beta", "Betaskolan"))


def figure(unit: str, period: int, value: object, *, gender: str = "T", **more: object) -> dict:
    told = {"gender": gender, "value": value, "status": "", "count": 1, "isdeleted": False} | more
    return {"kpi": "N99999", "period": period, "ou": unit, "values": [told]}


def page(*values: dict, next_url: str | None = None) -> dict:
    return {"values": list(values), "count": len(values), "next_url": next_url}


UNITS = page({"id": "V15E1", "title": "Alfaskolan"}, {"id": "V15E2", "title": "Betaskolan"},
             {"id": "V15E3", "title": "Annans skola"})  # fmt: skip
KPI = page({"id": "N99999", "title": TITLE, "is_divided_by_gender": True})


def taken(tmp_path, *pages: dict):
    return take(tmp_path, save(tmp_path / "kolada.json", json.dumps(list(pages))), schools=CITY)


def contexts(intake) -> dict[str, dict[str, float]]:
    assert intake.problems == []
    return {row.school.id: dict(row.school.context) for row in intake.schools}


def test_the_latest_total_of_each_school_is_its_context(tmp_path):
    figures = page(
        figure("V15E1", 2024, 12.5), figure("V15E1", 2023, 11.0), figure("V15E1", 2025, 99.0, gender="K"),
        figure("V15E2", 2023, 10), figure("V15E2", 2024, 8.0, isdeleted=True), figure("V15E3", 2024, 7.0),
    )  # fmt: skip
    intake = taken(tmp_path, UNITS, KPI, figures)
    assert contexts(intake) == {"alfa": {"kvar": 1.0, MEASURE: 12.5}, "beta": {MEASURE: 10.0}}
    (report,) = intake.reports
    assert report.kind == "kolada" and f"{MEASURE}: 2023, 2024." in report.notes
    assert "Units that are no school of the city's by name: Annans skola. Left out." in report.notes


def test_a_value_that_is_not_there_takes_nothing_away(tmp_path):
    assert contexts(taken(tmp_path, UNITS, KPI, page(figure("V15E1", 2024, None), figure("V15E2", 2024, 3.0)))) == {
        "beta": {MEASURE: 3.0}
    }


def test_what_is_not_other_is_not_told(tmp_path):
    assert contexts(taken(tmp_path, UNITS, KPI, page(figure("V15E1", 2024, 9.0)))) == {}


@pytest.mark.parametrize(
    ("pages", "column"),
    [
        ((page(figure("V15E1", 2024, 9.0)),), "ou"),  # nobody says what the unit is called
        (
            (page({"kpi": "N99999", "period": 2024, "municipality": "9901", "values": figure("", 1, 2.0)["values"]}),),
            "municipality",
        ),
    ],
)
def test_figures_of_no_school_are_refused(tmp_path, pages, column):
    assert refusals(taken(tmp_path, *pages)) == [(None, column, None, "No school's figures are in the file.")]


def test_a_page_that_another_follows_is_told(tmp_path):
    more = page(figure("V15E2", 2024, 3.0), next_url="https://api.kolada.se/v3/oudata/kpi/N99999?page=2")
    assert any("another follows" in note for note in taken(tmp_path, UNITS, KPI, more).reports[0].notes)


def test_a_measure_stays_the_same_whatever_the_file_calls_it(tmp_path):
    """The file does not say what the measure is called, or says it otherwise: the schools have it already."""
    renamed = page({"id": "N99999", "title": "Påhittad lärartäthet"})
    for pages in ([UNITS], [UNITS, renamed]):
        assert contexts(taken(tmp_path, *pages, page(figure("V15E2", 2024, 3.0)))) == {"beta": {MEASURE: 3.0}}


def test_what_adds_and_what_changes(tmp_path):
    """Alfaskolan has the measure, and it would be another; Betaskolan gets it."""
    intake = taken(tmp_path, UNITS, KPI, page(figure("V15E1", 2024, 12.5), figure("V15E2", 2024, 3.0)))
    assert {row.school.id: row.adds for row in intake.schools} == {"alfa": False, "beta": True}


def test_two_figures_of_one_period_are_refused(tmp_path):
    pages = page(figure("V15E2", 2024, 3.0), figure("V15E2", 2024, 3.0), figure("V15E2", 2024, 4.0))
    text = "The file has another figure of the unit for the same period."
    assert refusals(taken(tmp_path, UNITS, KPI, pages)) == [(3, "value", "4", text)]


def test_two_units_of_one_name_are_left_out(tmp_path):
    units = page(*UNITS["values"], {"id": "V11E9", "title": "Betaskolan"})
    intake = taken(
        tmp_path, units, KPI, page(figure("V15E1", 2024, 5.0), figure("V15E2", 2024, 3.0), figure("V11E9", 2025, 4.0))
    )
    assert set(contexts(intake)) == {"alfa"}
    assert any("called like one school" in note and "Betaskolan" in note for note in intake.reports[0].notes)


@pytest.mark.parametrize(
    ("pages", "text"),
    [
        ((page(),), "Kolada's answer holds no figures."),
        ((UNITS, KPI), "The file holds what Kolada's units or measures are called, and no figures."),
        (
            (UNITS, page(figure("V15E1", 2024, 9.0, gender="K"), figure("V15E1", 2024, None))),
            "The file has no figure of girls and boys together: what it has is of the one or the other, empty, or"
            " taken away.",
        ),
    ],
)
def test_what_kolada_has_not_is_told_for_what_it_is(tmp_path, pages, text):
    assert [problem for *_, problem in refusals(taken(tmp_path, *pages))] == [text]


def test_a_figure_that_is_no_number_is_refused_and_not_left_out(tmp_path):
    pages = page(figure("V15E1", 2024, "12,5"), figure("V15E2", 2024, 3.0))
    assert refusals(taken(tmp_path, UNITS, KPI, pages)) == [(1, "value", "'12,5'", "This is not a number.")]


def test_the_same_file_again_makes_no_version(empty_store, tmp_path):
    """What is new needs no leave to be loaded, and is loaded once."""
    put(empty_store, schools="school_id | name\nalfa | Alfaskolan")
    path = save(tmp_path / "kolada.json", json.dumps([UNITS, KPI, page(figure("V15E1", 2024, 12.5))]))
    first, again = (load(empty_store, [path], ReadingOptions(), SAY, loaded_by="Anna") for _ in range(2))
    assert first.version == again.version == Store(empty_store).current().number == 3


def test_a_figure_that_is_there_otherwise_is_told_as_its_file_has_it(empty_store, tmp_path):
    put(empty_store, schools="school_id | name\nalfa | Alfaskolan")
    said = []
    for value in (12.5, 13):
        figures = page(figure("V15E9", 2024, 1.0), figure("V15E1", 2023, 7.0), figure("V15E1", 2024, value))
        path = save(tmp_path / f"kolada {value}.json", json.dumps([UNITS, KPI, figures]))
        try:
            load(empty_store, [path], ReadingOptions(), SAY, loaded_by="Anna")
        except Refused as refused:
            said += [(one.row, one.column, one.value, one.problem) for one in refused.problems]
    text = f"Alfaskolan has 12.5 in the store where the file has 13 ({MEASURE}, 2024)."
    assert said == [(3, "ou", "V15E1", text)]


def test_kolada_is_named_where_its_figures_are_shown():
    assert source_of([MEASURE, "kvar"], SAY) == "Source: Kolada." and source_of(["kvar"], SAY) == ""


def fetched(tmp_path, monkeypatch, answer):
    client = httpx.Client(transport=httpx.MockTransport(answer))
    monkeypatch.setattr(fetch_kolada, "client_for", lambda seconds: client)
    monkeypatch.setattr(fetch_kolada, "say", SAY)
    out = tmp_path / "kolada.json"
    arguments = ["fetch", "kolada", "--municipality", "9901", "--kpi", "N99999", "--year", "2024", "--out", str(out)]
    return CliRunner().invoke(cli, arguments), out


def test_figures_are_fetched_page_after_page_with_what_they_are_called(tmp_path, monkeypatch):
    second = "https://api.kolada.se/v3/oudata/kpi/N99999/ou/V15E1,V15E2,V15E3/year/2024?page=2"

    def answer(request: httpx.Request) -> httpx.Response:
        path = request.url.path
        if path.endswith("/ou"):
            return httpx.Response(200, json=UNITS)
        if "/oudata/" not in path:
            return httpx.Response(200, json=KPI)
        if request.url.query:
            return httpx.Response(200, json=page(figure("V15E2", 2024, 3.0)))
        return httpx.Response(200, json=page(figure("V15E1", 2024, 4.0), next_url=second))

    done, out = fetched(tmp_path, monkeypatch, answer)
    assert done.exit_code == 0, done.output
    assert "2 figures" in done.output and "Source: Kolada" in done.output
    assert contexts(take(tmp_path, out, schools=CITY)) == {"alfa": {"kvar": 1.0, MEASURE: 4.0}, "beta": {MEASURE: 3.0}}


def test_no_other_address_is_followed(tmp_path, monkeypatch):
    elsewhere = httpx.Response(200, json=page(next_url="https://example.invalid/v3"))
    done, out = fetched(tmp_path, monkeypatch, lambda request: elsewhere)
    assert isinstance(done.exception, Refused) and not out.exists()
