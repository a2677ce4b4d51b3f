"""Stöd: which criteria are low everywhere, which in some schools, in the order of what is left to the goal."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from analytics.maturity.schools import round_cells
from analytics.model.frameworks import Goal
from pages.figures.support import page as support
from pages.ui.content import Ask, Block, Content
from tests.pages.reading import markup, opened, words_of

GOAL = 3


@pytest.fixture(scope="module")
def ask(asks) -> Ask:
    return asks["en"]


@pytest.fixture(scope="module")
def shrunken(ask) -> dict[str, dict[str, float]]:
    """criterion -> school -> pulled mean, straight from the store."""
    found: dict[str, dict[str, float]] = {}
    sql = (
        "select criterion, name, pulled_mean from cell join school on school.id = school_id"
        " where framework = 'vebs-2022' and year = 2025 and pulled_mean is not null"
    )
    for criterion, school, mean in ask.view.rows(sql):
        found.setdefault(criterion, {})[school] = mean
    return found


def page(ask: Ask, year: int = 2025, framework: str = "vebs-2022", district: str | None = None) -> Content:
    return opened(ask, support.compose(ask, framework, year, district, None))


def block(content: Content, key: str) -> Block:
    return next(block for block in content.blocks if block.key == key)


def rows(found: Block) -> list[dict]:
    headings = [column.heading for column in found.table.columns]
    return [dict(zip(headings, row, strict=True)) for row in found.table.rows]


def test_criteria_are_grouped_by_how_many_schools_lack_them_and_ordered_by_what_is_left(ask, shrunken):
    found = rows(block(page(ask), "needs"))
    assert {row["Id"] for row in found} == set(shrunken)
    for row in found:
        below = [mean for mean in shrunken[row["Id"]].values() if mean < GOAL]
        assert row["Schools below the goal"] == len(below) and row["Schools"] == len(shrunken[row["Id"]])
        assert row["Left to the goal, levels in all"] == pytest.approx(sum(GOAL - mean for mean in below))
        kind = "many" if len(below) > row["Schools"] / 3 else "a few"
        assert row["What it calls for"].startswith(f"Low in {kind} schools")
    kinds = [row["What it calls for"] for row in found]
    assert kinds == sorted(kinds, reverse=True), "those that many schools lack first"
    for kind in set(kinds):
        left = [row["Left to the goal, levels in all"] for row in found if row["What it calls for"] == kind]
        assert left == sorted(left, reverse=True)


def test_the_answer_names_the_criterion_where_an_effort_for_all_pays_most(ask, shrunken):
    first = rows(block(page(ask), "needs"))[0]
    answer = page(ask).answer
    assert first["Criterion"] in answer
    below, of = (first[heading] for heading in ("Schools below the goal", "Schools"))
    assert words_of(page(ask).first).split(" joint ", 1)[1].startswith(f"{below} of {of} "), "the first row tells it"


def test_a_school_is_visited_where_it_lies_clearly_below_what_most_others_manage(ask, shrunken):
    cells = round_cells(ask.view, ask.viewer, "vebs-2022", 2025)
    names = {school.id: school.name for school in ask.catalogue.schools}
    high = {(cell.criterion, names[cell.school_id]): cell.ci_high for cell in cells}
    for_visits = {
        criterion for criterion, means in shrunken.items() if sum(m < GOAL for m in means.values()) <= len(means) / 3
    }
    expected = {}
    for criterion in for_visits:
        for school, mean in shrunken[criterion].items():
            if mean < GOAL and high[criterion, school] < GOAL:
                expected.setdefault(school, set()).add(criterion)
    found = rows(block(page(ask), "visits"))
    named = {
        row["School"]: {part.split()[0] for part in row["Criteria that the visit is for"].split("; ")} for row in found
    }
    assert named == expected
    assert f"{len(expected)} schools need their own visit" in page(ask).answer
    assert all(row["Number of criteria"] == len(named[row["School"]]) for row in found)
    left = [row["Left to the goal, levels in all"] for row in found]
    assert left == sorted(left, reverse=True)


def test_hovering_names_the_school_of_each_dot(ask, shrunken):
    data = block(page(ask), "needs").figure.to_dict()["data"]
    hovers = [(x, text) for trace in data for x, text in zip(trace["x"], trace.get("hovertext", ()), strict=False)]
    assert len(hovers) == sum(map(len, shrunken.values()))
    assert all(text.split("<br>")[0] in shrunken[text.split("<br>")[1].split()[0]] for _, text in hovers)


def test_a_district_is_counted_by_its_own_schools(ask):
    content = page(ask, district="Östanvind")
    there = {school.name for school in ask.catalogue.schools if school.district == "Östanvind"}
    assert content.answer.startswith("Östanvind:")
    assert max(row["Schools"] for row in rows(block(content, "needs"))) <= len(there)
    assert {row["School"] for row in rows(block(content, "visits"))} <= there


def test_where_every_school_lacks_everything_nobody_is_to_be_visited(ask):
    content = page(ask, 2018, "dsoe-2018")
    assert "No school needs its own visit" in content.answer
    assert [found.key for found in content.blocks] == ["needs", "reckoning"] and content.beside == ()


def test_a_goal_that_is_no_mean_is_told_so(ask):
    frameworks = tuple(
        replace(framework, goal=Goal(3, "share", 0.8)) if framework.id == "vebs-2022" else framework
        for framework in ask.catalogue.frameworks
    )
    other = replace(ask, catalogue=replace(ask.catalogue, frameworks=frameworks))
    content = page(other)
    assert "The goal of this framework is no mean" in content.answer
    assert content.blocks == () and content.figures == ()


def test_every_criterion_and_school_leads_to_its_page_with_the_choices(open_demo, ask):
    app = open_demo("stod", lang="en")
    html = " ".join(markup(app))
    content = page(ask)
    for criterion in ask.catalogue.framework("vebs-2022").criteria:
        assert f'href="kriterier?framework=vebs-2022&amp;year=2025&amp;criterion={criterion.id}&amp;lang=en"' in html
    ids = {school.name: school.id for school in ask.catalogue.schools}
    visits = rows(block(content, "visits"))
    assert [way.text for way in content.beside[0].ways] == [row["School"] for row in visits][:5]
    drawn = str(block(content, "visits").drawing)
    for row in visits:
        of = f"framework=vebs-2022&amp;year=2025&amp;school={ids[row['School']]}"
        assert f'href="skola?{of}&amp;lang=en"' in drawn
        for named in row["Criteria that the visit is for"].split("; "):
            assert f'href="lara?{of}&amp;criterion={named.split()[0]}&amp;lang=en"' in drawn


def test_the_table_sifts_by_the_effort_that_is_called_for(ask):
    drawn, found = str(page(ask).first.drawing), rows(block(page(ask), "needs"))
    for kind, heading in (("city", "Low in many"), ("visits", "Low in a few")):
        count = sum(row["What it calls for"].startswith(heading) for row in found)
        assert count and drawn.count(f'data-kinds="{kind}"') == count
        assert re.search(rf'data-kind="{kind}"[^>]*>[^<]*<b>{count}</b>', drawn)
