"""Development on the pages: every school, every criterion, from what is published of trends and nothing else."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from analytics.charts.spark import LevelFrame
from analytics.maturity.trends import Trend
from analytics.model.figures import BesideCity, TrendDirection, TrendStatus
from analytics.words.language import words
from pages.figures.criteria import page as criteria
from pages.figures.school import page as school
from pages.figures.schools import page as schools
from pages.shared.small_pictures import OWN, Now, level_picture
from pages.shared.trend_table import LEVELS, TrendHeadings, TrendRow, trend_table
from pages.shared.trend_words import course_sentence, course_short, course_words
from pages.ui.content import Ask, Block
from tests.pages.reading import Blocks, chosen, said
from tests.pages.test_html import EVIL, Read

VEBS, LAST = "vebs-2022", 2025
DRAWN = re.compile(r"M([\d.]+) [\d.]+((?:L[\d.]+ [\d.]+)+)")


@pytest.fixture(scope="module")
def ask(asks) -> Ask:
    return asks["en"]


def of_schools(ask: Ask, *, district=None, stage=None, show="alla", sort="namn", criterion=None) -> Block:
    return schools.compose(ask, VEBS, LAST, district, stage, show, sort, 1, criterion).table


def published(ask: Ask, area: str = "", criterion: str = "") -> dict[str, tuple]:
    """Name of the school -> pace, its ends, sureness, rounds; straight from the store."""
    sql = (
        "select school.name, pace, pace_low, pace_high, direction_sure, rounds from trend join school on"
        " school.id = school_id where framework = ? and area = ? and criterion = ?"
    )
    return {name: tuple(rest) for name, *rest in ask.view.rows(sql, [VEBS, area, criterion])}


def direction(pace: float, low: float, high: float, sure: float, *_) -> str:
    """The rule, written once more."""
    if max(abs(low), abs(high)) <= 0.05:
        return "still"
    return "unsure" if sure < 0.8 else "up" if pace > 0 else "down"


def names(block: Block) -> list[str]:
    """The schools in the order of the rows, without the city's own."""
    return [row[0] for row in block.table.rows][1:]


def drawn_years(block: Block, frame: LevelFrame) -> list[tuple[int, int]]:
    """The first and the last year of every piece of every course."""
    found = []
    for path in re.findall(r'class="kd-(?:own|city)" d="([^"]*)"', block.drawing):
        for start, rest in DRAWN.findall(path):
            found.append((year_at(float(start), frame), year_at(float(re.findall(r"L([\d.]+)", rest)[-1]), frame)))
    return found


def year_at(x: float, frame: LevelFrame) -> int:
    first, last = frame.years
    return round(first + (x - frame.pad) * (last - first) / (frame.width - 2 * frame.pad))


# Schools


def test_every_school_of_the_round_is_a_row_that_leads_to_it_with_what_was_chosen(ask):
    there = ask.view.rows("select name, id from school join school_round on id = school_id where year = ?", [LAST])
    block = of_schools(ask, show="kultur")
    assert sorted(names(block)) == sorted(name for name, _ in there)
    links = [attributes["href"] for tag, attributes in Read(block.drawing).tags if tag == "a"]
    assert sorted(links) == sorted(
        f"skola?school={id_}&framework={VEBS}&year={LAST}&area=kultur&lang=en" for _, id_ in there
    )


@pytest.mark.parametrize(
    "show, criterion, thing", [("alla", None, ("", "")), ("fortbildning", "C3", ("fortbildning", "C3"))]
)
def test_the_headline_counts_what_is_published(ask, show, criterion, thing):
    block, told = of_schools(ask, show=show, criterion=criterion), published(ask, *thing)
    count = Counter(direction(*told[name]) for name in names(block) if name in told and told[name][0] is not None)
    assert (
        f"since 2022, {count['up']} of {count.total()} schools have gone up and {count['down']} down" in block.headline
    )
    assert count["unsure"] and block.headline.endswith(f"; {count['unsure']} with no clear direction")
    assert ("still" in block.headline) == bool(count["still"])


def test_the_address_chooses_district_and_stage(ask):
    here = of_schools(ask, district="Östanvind", stage="F-9")
    theirs = ask.view.rows("select name from school where district = 'Östanvind' and stage = 'F-9'")
    assert set(names(here)) <= {name for (name,) in theirs} and 0 < len(names(here)) < len(names(of_schools(ask)))


def test_in_the_order_of_paces_the_fastest_comes_first_and_it_is_said_how_sure_that_is(ask):
    block, told = of_schools(ask, sort="takt"), published(ask)
    paces = [told[name][0] for name in names(block) if name in told and told[name][0] is not None]
    assert paces == sorted(paces, reverse=True) and names(block)[0] == max(told, key=lambda name: told[name][0] or -9)
    reach = sum(told[name][2] >= told[names(block)[0]][1] for name in names(block)[1 : len(paces)])
    assert f"the intervals of {reach} of the {len(paces) - 1} others reach into that of the first" in block.note
    assert "In the order" not in of_schools(ask).note


def test_in_the_order_of_levels_the_lowest_comes_first_and_it_is_said_that_none_is_sure(ask):
    block = of_schools(ask, show="fortbildning", criterion="C3", sort="varde")
    levels = [float(row[1]) for row in block.table.rows[1:] if re.fullmatch(r"\d\.\d\d", row[1])]
    assert len(levels) > 50 and levels == sorted(levels) and "levels near each other" in block.note


def test_a_school_with_too_few_rounds_says_so_in_its_row(ask):
    few = [name for name, (pace, *_) in published(ask).items() if pace is None]
    text = Read(of_schools(ask).drawing).text
    assert set(few) & set(names(of_schools(ask)))
    assert text.count("Too few rounds") == len(set(few) & set(names(of_schools(ask))))


def test_no_line_crosses_the_change_of_framework(ask):
    block = of_schools(ask)
    pieces = drawn_years(block, LevelFrame(*LEVELS, (2018, 2025), (1, 4), 3))
    assert len(pieces) > 100
    assert all(last < 2022 or first >= 2022 for first, last in pieces)


def test_levels_of_a_school_are_those_that_are_published(ask):
    sql = "select level from trend_level where school_id = 'agatskolan' and area = '' and criterion = '' order by year"
    levels = [f"{level:.2f}" for (level,) in ask.view.rows(sql)]
    labels = [
        attributes["aria-label"] for tag, attributes in Read(of_schools(ask).drawing).tags if "aria-label" in attributes
    ]
    assert f"2018–2021: from {levels[0]} to {levels[3]}; 2022–2025: from {levels[4]} to {levels[-1]}" in labels


def test_a_link_to_a_criterion_shows_its_area_and_its_development(open_demo):
    app = open_demo("skolor", criterion="C3", sort="takt")
    assert chosen(app)["area"] == "fortbildning" and chosen(app)["criterion"] == "C3" and chosen(app)["sort"] == "takt"
    assert "C3 Lärarna besöker varandras lektioner" in said(app)
    assert "choice_criterion" not in [box.key for box in open_demo("skolor").selectbox]


def test_names_are_texts_wherever_they_come_from():
    say = words("en")
    frame = LevelFrame(*LEVELS, (2022, 2025), (1, 4), 3)
    heads = TrendHeadings(EVIL, EVIL, EVIL)
    row = TrendRow(EVIL, "skola", (), RISING, EVIL, now=Now(2025, 2.9, EVIL, False))
    made = trend_table([row], heads, frame, None, (), 2025, say)
    found = Read(made)
    assert found.text.count(EVIL) == 6 and not any(tag == "img" for tag, _ in found.tags)


def test_a_picture_of_a_figure_without_a_line_is_not_read_out_as_nothing():
    frame = LevelFrame(*LEVELS, (2025, 2025), (1, 4), 3)
    picture = level_picture((), frame, OWN, "", now=Now(2025, 2.9, "2.90", False))
    assert "kd-ring" in picture and 'role="img"' not in picture and 'aria-hidden="true"' in picture
    assert 'aria-label="2025: 2.9"' in level_picture((((2025, 2.9),),), frame, OWN, "2025: 2.9")


def test_a_level_that_is_not_of_the_last_round_has_its_year(ask):
    sql = "select area, criterion, level, last_year from trend where school_id = 'selenitskolan' and framework = ?"
    levels = {(area, criterion): (level, last) for area, criterion, level, last in ask.view.rows(sql, [VEBS])}
    assert {last for _, last in levels.values()} == {2024}, "its last round is hidden"
    own = Read(development_of(ask, "selenitskolan").drawing).text
    assert own.count("(2024)") == len(levels) - 1  # the whole has no picture
    (row,) = (row for row in of_schools(ask).table.rows if row[0] == "Selenitskolan")
    assert row[1] == "", "nothing is told of this round, and nothing of another in its place"


# Criteria


def test_every_criterion_is_a_row_with_how_many_schools_go_which_way(ask):
    block = criteria.compose_all(ask, VEBS, LAST).table
    rows = {row[0]: row for row in block.table.rows}
    framework = ask.catalogue.framework(VEBS)
    assert len(rows) == 1 + len(framework.areas) + len(framework.criteria)
    for criterion in framework.criteria:
        told = published(ask, criterion.area, criterion.id).values()
        count = Counter(direction(*figures) for figures in told if figures[0] is not None)
        title = f"{criterion.id} {criterion.title.in_('en')}"
        assert rows[title][-4:] == (count["up"], count["still"], count["down"], count["unsure"])
    links = [attributes["href"] for tag, attributes in Read(block.drawing).tags if tag == "a"]
    assert f"kriterier?framework={VEBS}&year={LAST}&criterion=C3&lang=en" in links
    assert f"skolor?framework={VEBS}&year={LAST}&criterion=C3&sort=takt&lang=en" in links


# A school


def development_of(ask: Ask, school_id: str) -> Block:
    return Blocks(ask, school.compose(ask, VEBS, LAST, school_id)).of("development")


def test_a_schools_criteria_are_small_pictures_by_area_with_the_goal_and_the_city_in_each(ask):
    block = development_of(ask, "agatskolan")
    found, framework = Read(block.drawing), ask.catalogue.framework(VEBS)
    pictures = [attributes for tag, attributes in found.tags if attributes.get("role") == "img"]
    assert len(pictures) == len(framework.criteria) == sum(tag == "li" for tag, _ in found.tags)
    assert sum(tag == "section" for tag, _ in found.tags) == len(framework.areas)
    assert all(
        re.match(r"(Up|Down|Still|Which way|Fewer|Too few)", attributes["aria-label"]) for attributes in pictures
    )
    assert block.drawing.count('href="#kd-levels"') == len(pictures) and block.drawing.count("kd-goal") == 1
    assert block.drawing.count('class="kd-city" d=') == len(pictures)
    pace, low, high, sure, _ = published(ask)["Agatskolan"]
    interval = f"{ask.say.signed(low)} to {ask.say.signed(high)}"
    assert block.headline.startswith(f"Since 2022 up about {pace:.2f} a year ({interval})") and sure > 0.95
    count = Counter(row[-3] for row in block.table.rows if re.match(r"[A-E]\d ", row[0]))
    told = sum(count[direction] for direction in ("up", "down", "standing still", "no clear direction"))
    assert count["up"] == told >= 24 and f"All {told} criteria go up" in block.headline


@pytest.mark.parametrize(
    "compose, parameters",
    [
        (schools.compose, (VEBS, LAST, None, None, "alla", "namn", 1)),
        (criteria.compose_all, (VEBS, LAST)),
        (school.compose, (VEBS, LAST, "agatskolan")),
    ],
)
def test_before_the_third_round_it_is_said_that_there_is_no_development_yet(ask, monkeypatch, compose, parameters):
    told = "Development is shown from a framework's third round on."
    assert told not in compose(ask, *parameters).notices
    package = compose.__module__.rpartition(".")[0]
    for module in (f"{package}.page", f"{package}.development", "pages.figures.schools.shown"):
        monkeypatch.setattr(f"{module}.city_trends", lambda *_: (), raising=False)
    content = compose(ask, *parameters)
    assert told in content.notices
    assert "Pace per year" not in [
        head.heading for block in content.all_blocks(ask) if block.table for head in block.table.columns
    ]


# In words


def trend(pace: float, half: float, sure: float, way: str, beside: BesideCity | None = BesideCity.CANNOT_TELL) -> Trend:
    figures = (pace, pace - half, pace + half, sure, beside, TrendStatus.OK, TrendDirection(way))
    return Trend(VEBS, "s", "", "", 4, 2022, 2025, 2.9, *figures)


RISING = trend(0.08, 0.02, 0.99, "up", None)


@pytest.mark.parametrize(
    "told, said",
    [
        (
            trend(0.1, 0.1, 0.9, "up", BesideCity.FASTER),
            "upp omkring 0,10 om året (0,00 till +0,20), snabbare än staden; riktningen är ganska säker",
        ),
        (trend(0.1, 0.05, 0.99, "up"), "upp omkring 0,10 om året (+0,05 till +0,15); riktningen är säker"),
        (
            trend(-0.1, 0.05, 0.99, "down", BesideCity.SLOWER),
            "ned omkring 0,10 om året (−0,15 till −0,05), under stadens takt; riktningen är säker",
        ),
        (trend(0.02, 0.06, 0.7, "cannot_tell"), "ingen säker riktning (−0,04 till +0,08 om året)"),
        (trend(0.01, 0.031, 0.7, "still"), "har legat stilla: högst 0,05 om året åt något håll"),
    ],
)
def test_a_trend_in_words(told, said):
    assert course_words(told, RISING, words("sv")) == said


def test_a_trend_in_a_sentence_and_in_few_words():
    say = words("sv")
    assert course_sentence(RISING, None, say).startswith("Sedan 2022 upp omkring 0,08 om året (")
    assert course_short(RISING, say) == "säkert upp, 0,08 om året"
    still = trend(0.01, 0.031, 0.7, "still")
    assert course_sentence(still, RISING, say) == "Stilla sedan 2022: högst 0,05 om året åt något håll"
