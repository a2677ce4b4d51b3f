"""What the address says is what the page shows; what it says wrongly does no harm."""

from __future__ import annotations

import pytest

from tests.pages.reading import chosen, figures, said, title

OVERVIEW = {"since": "forra", "area": "alla"}  # its own choices, as long as nothing else is chosen
PATHS = ["oversikt", "skolor", "skola", "kriterier", "certifiering", "stod", "eu", "eu-rapport"]


def test_the_latest_round_is_shown_unless_the_address_says_otherwise(open_demo):
    app = open_demo("oversikt")
    assert chosen(app) == {"framework": "vebs-2022", "year": "2025"} | OVERVIEW
    assert app.query_params == {}


def test_framework_and_year(open_demo):
    app = open_demo("oversikt", framework="dsoe-2018", year="2019")
    assert chosen(app) == {"framework": "dsoe-2018", "year": "2019", "area": "alla"}
    assert "År 2019" in said(app) and "2020" not in said(app)


def test_a_framework_without_a_year_shows_its_own_latest_round(open_demo):
    app = open_demo("oversikt", framework="dsoe-2018")
    assert chosen(app)["year"] == "2021"


def test_a_year_that_the_framework_does_not_have_falls_back_and_the_address_says_so(open_demo):
    app = open_demo("oversikt", framework="dsoe-2018", year="2025")
    assert not app.exception
    assert chosen(app)["year"] == "2021"
    assert app.query_params["year"] == "2021"


def test_school(open_demo):
    app = open_demo("skola", school="kvartsskolan", year="2024")
    assert "Kvartsskolan" in said(app) and "Aftonstjärneskolan" not in said(app)
    assert chosen(app)["school"] == "kvartsskolan" and chosen(app)["year"] == "2024"


def test_criterion(open_demo):
    app = open_demo("kriterier", criterion="C3")
    assert chosen(app)["criterion"] == "C3"
    assert "Lärarna besöker varandras lektioner" in said(app)


def test_district_and_stage(open_demo):
    everybody = set(rows_of(open_demo("skolor")))
    east = open_demo("skolor", district="Östanvind")
    f9 = open_demo("skolor", district="Östanvind", stage="F-9")
    assert chosen(f9)["district"] == "Östanvind" and chosen(f9)["stage"] == "F-9"
    assert set() < set(rows_of(f9)) < set(rows_of(east)) < everybody
    assert "Östanvind, F-9:" in said(f9)


def test_sorting_by_mean_puts_the_lowest_first_and_schools_without_a_figure_last(open_demo):
    by_name, by_mean = rows_of(open_demo("skolor")), rows_of(open_demo("skolor", sort="varde"))
    assert sorted(by_name) == sorted(by_mean) and by_name != by_mean
    assert by_mean[0] == "Virvelvindsskolan" and by_mean[-1] == "Selenitskolan"


def test_an_area_of_the_schools_page_shows_its_criteria(open_demo):
    heat = figures(open_demo("skolor", area="kultur"))[0]
    assert [head.split()[0] for head in heat["layout"]["xaxis"]["ticktext"]] == ["D1", "D2", "D3", "D4", "D5"]


def test_language(open_demo):
    app = open_demo("skola", lang="en", school="kvartsskolan")
    assert title(app) == "Where does my school stand?"
    assert "Kvartsskolan lies" in said(app)


def test_the_language_switch_changes_the_page_and_the_address_and_back(open_demo):
    app = open_demo("skola", school="kvartsskolan")
    app.button(key="other_language").click().run()
    assert title(app) == "Where does my school stand?"
    assert app.query_params["lang"] == "en" and chosen(app)["school"] == "kvartsskolan"
    app.button(key="other_language").click().run()
    assert title(app) == "Hur ligger min skola till?"
    assert app.query_params["lang"] == "sv"


def test_a_choice_puts_the_schools_id_and_not_its_name_in_the_address(open_demo):
    app = open_demo("skola")
    app.selectbox(key="choice_school").select("adelstensskolan").run()
    assert app.query_params["school"] == "adelstensskolan"
    assert "Ädelstensskolan" in said(app)


def test_a_choice_puts_the_other_choices_in_the_address_with_it(open_demo):
    """A mailed link shows what its sender saw, next year too."""
    app = open_demo("skola")
    app.selectbox(key="choice_school").select("kvartsskolan").run()
    there = app.query_params
    assert (there["framework"], there["year"]) == ("vebs-2022", "2025")
    again = open_demo("skola", **there)
    assert said(again) == said(app)


def test_another_framework_leaves_no_year_of_the_first_behind(open_demo):
    app = open_demo("oversikt", year="2024")
    app.selectbox(key="choice_framework").select("dsoe-2018").run()
    assert not app.exception
    assert chosen(app) == {"framework": "dsoe-2018", "year": "2021"} | OVERVIEW
    assert app.query_params["year"] == "2021"


HOSTILE = {
    "html": '<script>alert("boo")</script><img src=x onerror=alert(1)>',
    "sql": "agatskolan'; drop table cell; --",
    "or": "2025 or 1=1",
    "long": "x" * 20_000,
    "path": "../../../../etc/passwd",
    "braces": "{0.__class__} {n} %s",
    "control": "\x00\x01\x7f\u202e",
    "unicode": "agat\u200bskolan",
    "empty": "",
    "number": "1e999",
}


@pytest.mark.parametrize("path", [*PATHS[1:], "eu-projekt"])
def test_hostile_values_fall_back_and_leave_no_trace(open_demo, path):
    names = ("framework", "year", "school", "criterion", "area", "district", "stage", "sort", "page", "lang")
    names += ("programme", "unit", "project")
    plain = said(open_demo(path))
    for bad in HOSTILE.values():
        app = open_demo(path, **dict.fromkeys(names, bad))
        assert not app.exception and not app.error and not app.info, bad[:80]
        assert bad not in chosen(app).values()
        assert said(app) == plain, bad[:80]


@pytest.mark.parametrize("path", PATHS)
def test_a_parameter_given_twice_does_no_harm(open_demo, path):
    app = open_demo(path, year=["2023", "2024"], school=["kvartsskolan", "agatskolan"], lang=["sv", "en"])
    assert not app.exception
    assert chosen(app)["year"] in ("2023", "2024")


def test_a_value_that_never_was_among_the_options_does_not_come_back(open_demo):
    app = open_demo("skola", school="nosuch")
    app.selectbox(key="choice_year").select("2024").run()
    assert not app.exception
    assert chosen(app)["school"] == app.query_params["school"] != "nosuch"


def rows_of(app) -> list[str]:
    """The schools down the side of the heat map."""
    return list(figures(app)[0]["layout"]["yaxis"]["ticktext"])
