"""What the address says is what the page shows; what it says wrongly does no harm."""

from __future__ import annotations

import pytest
from streamlit.util import calc_hash

from tests.pages.reading import chosen, figures, heat_map_of, markup, said, title, unfolded
from tests.sampling import pairs

OVERVIEW = {"since": "forra", "area": "alla"}  # its own choices, as long as nothing else is chosen
PATHS = ["oversikt", "skolor", "skola", "kriterier", "certifiering", "stod", "eu", "eu-rapport"]


def test_the_latest_round_is_shown_unless_the_address_says_otherwise(open_demo):
    app = open_demo("oversikt")
    assert chosen(app) == {"framework": "vebs-2022", "year": "2025"} | OVERVIEW
    assert app.query_params == {}


def test_framework_and_year(open_demo):
    app = open_demo("oversikt", framework="dsoe-2018", year="2019")
    assert chosen(app) == {"framework": "dsoe-2018", "year": "2019", "area": "alla"}
    assert "År 2019" in said(unfolded(app)) and "2020" not in said(app)


def test_a_framework_without_a_year_shows_its_own_latest_round(open_demo):
    app = open_demo("oversikt", framework="dsoe-2018")
    assert chosen(app)["year"] == "2021"


def test_a_year_that_the_framework_does_not_have_is_said_not_to_be_there(open_demo):
    """Another year's figures would be read as that year's."""
    app = open_demo("oversikt", framework="dsoe-2018", year="2025")
    assert not app.exception and not figures(app)
    assert "År ”2025” finns inte här." in said(app) and app.query_params["year"] == "2025"
    links = "".join(markup(app))
    assert all(f"year={year}" in links for year in range(2018, 2022)) and "framework=dsoe-2018" in links


def test_a_school_that_does_not_exist_is_never_another_school(open_demo):
    app = open_demo("skola", school="kvartsskola")
    assert "Skola ”kvartsskola” finns inte här." in said(app) and not figures(app)
    assert "Kvartsskolan" in said(app) and "Aftonstjärneskolan" not in said(app), "what is written most like it"


def test_a_framework_that_nobody_has_answered_shows_no_other_ones_figures(open_demo):
    for path in ("oversikt", "uppfoljning", "certifiering", "stod"):
        app = open_demo(path, framework="goteborg-2021")
        assert "Det finns inga resultat att visa för Digitaliseringsplan för" in said(app) and not figures(app)
        assert app.query_params["framework"] == "goteborg-2021"
    assert "Ramverk ”nonsens” finns inte här." in said(open_demo("uppfoljning", framework="nonsens"))


def test_what_is_shown_in_place_of_a_framework_chosen_on_another_page_is_told(open_demo):
    """From Ramverk, where those that nobody has answered stand too, to pages of figures by the menu."""
    told = "att visa för Digitaliseringsplan för utbildningsförvaltningen 2021–2023. Det du ser är Varje"
    app = open_demo("ramverk", framework="goteborg-2021")
    for path in ("oversikt", "uppfoljning", "uppfoljning"):
        app._page_hash = calc_hash(path)
        app.query_params.clear()
        app.run()
        assert chosen(app)["framework"] == "vebs-2022" and told in said(app)
    assert "inga resultat" not in said(open_demo("oversikt"))


def test_without_a_school_one_is_asked_for(open_demo):
    for path in ("skola", "dialog", "lara"):
        app = open_demo(path)
        assert not app.exception and "school" not in app.query_params
        assert app.selectbox(key="found_school").value is None
        assert "Aftonstjärneskolan" in said(app) and "Ädelstensskolan" in said(app)


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
    found = heat(open_demo("skolor", area="kultur"))
    assert [head.split()[0] for head in found["layout"]["xaxis"]["ticktext"]] == ["D1", "D2", "D3", "D4", "D5"]


def test_language(open_demo):
    app = open_demo("skola", lang="en", school="kvartsskolan")
    assert title(app) == "Kvartsskolan"
    assert "Compare with" in [box.label for box in app.multiselect]


def test_the_language_switch_changes_the_page_and_the_address_and_back(open_demo):
    app = open_demo("skola", school="kvartsskolan")
    app.button(key="other_language").click().run()
    assert app.multiselect[0].label == "Compare with"
    assert app.query_params["lang"] == "en" and chosen(app)["school"] == "kvartsskolan"
    app.button(key="other_language").click().run()
    assert app.multiselect[0].label == "Jämför med"
    assert app.query_params["lang"] == "sv"


def test_a_choice_puts_the_schools_id_and_not_its_name_in_the_address(open_demo):
    app = open_demo("skola", school="kvartsskolan")
    app.selectbox(key="choice_school").select("adelstensskolan").run()
    assert app.query_params["school"] == "adelstensskolan"
    assert "Ädelstensskolan" in said(app)


def test_a_choice_puts_the_other_choices_in_the_address_with_it(open_demo):
    """A mailed link shows what its sender saw, next year too."""
    app = open_demo("skola", school="agatskolan")
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


@pytest.mark.parametrize(("path", "kind"), pairs([*PATHS[1:], "eu-projekt"], [*HOSTILE]))
def test_hostile_values_are_shown_as_text_and_nothing_else_is_shown(open_demo, path, kind):
    bad = HOSTILE[kind]
    names = ("framework", "year", "school", "criterion", "area", "district", "stage", "sort", "page", "lang")
    names += ("programme", "unit", "project")
    app = open_demo(path, **dict.fromkeys(names, bad))
    assert not app.exception and not app.error
    assert not figures(app) and "finns inte här" in said(app)
    assert bad not in chosen(app).values()
    assert "<script" not in "".join(markup(app)) and "<img" not in "".join(markup(app))


@pytest.mark.parametrize("path", PATHS)
def test_a_parameter_given_twice_does_no_harm(open_demo, path):
    app = open_demo(path, year=["2023", "2024"], school=["kvartsskolan", "agatskolan"], lang=["sv", "en"])
    assert not app.exception
    assert chosen(app)["year"] in ("2023", "2024")


def test_a_choice_that_makes_another_one_impossible_lets_go_of_it(open_demo):
    app = open_demo("kriterier", criterion="E5")
    app.selectbox(key="choice_framework").select("dsoe-2018").run()
    assert not app.exception and "finns inte här" not in said(app)
    assert chosen(app)["criterion"] == app.query_params["criterion"] != "E5"


def rows_of(app) -> list[str]:
    """The schools down the side of the heat map."""
    return list(heat(app)["layout"]["yaxis"]["ticktext"])


def heat(app) -> dict:
    return heat_map_of(unfolded(app))
