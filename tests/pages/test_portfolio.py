"""EU-medel on a register counted by hand: every sum under each filter, and that pictures hold what tables hold."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal

import plotly.graph_objects as go
import pytest

from analytics.charts.money import years
from analytics.model.funding import Funding
from analytics.model.provenance import Missing, Provenance
from pages.funding.amounts import kr, kr_column
from pages.funding.portfolio.choice import payment_years, portfolio, programmes, units
from pages.funding.portfolio.money import row
from pages.funding.portfolio.page import _tabs, compose, pictures, visits
from pages.ui.content import Block, Content
from tests.pages.funding_worlds import register
from tests.pages.reading import said, unmarked

CHOICES = [
    (None, None, None),
    (2023, None, None),
    (2024, None, None),
    (2025, None, None),
    (None, "Erasmus+", None),
    (None, None, "Nord"),
    (2024, "ESF+", None),
    (2024, "Erasmus+", "Nord"),
    (2022, None, None),
]
KR = "\N{NO-BREAK SPACE}"


@pytest.fixture
def page(asks):
    """`page(2024, None, "Nord", "sv")`: the page of the register counted by hand."""

    def composed(year=None, programme=None, unit=None, language="en", origin=None) -> Content:
        held = register()
        if origin:
            held = replace(held, projects=tuple(replace(p, provenance=origin) for p in held.projects))
        return pictures(asks[language], held, year, programme, unit)

    return composed


def blocks_of(content: Content) -> tuple[Block, ...]:
    """The picture of the years, and what is in the tabs."""
    return tuple(filter(None, (content.first, *content.blocks)))


def block(content: Content, key: str) -> Block:
    return next(found for found in blocks_of(content) if found.key == key)


def rows(content: Content, key: str) -> list[tuple]:
    return list(block(content, key).table.rows)


def paid(content: Content, key: str) -> dict:
    """What the table of a picture of sums says was paid to each."""
    return {row[0]: row[1] for row in rows(content, key)}


# --- what is chosen


@pytest.mark.parametrize(
    ("choices", "projects", "sum_sek"),
    [
        ((None, None, None), ["lasa", "koda", "jobb"], "445000.50"),
        ((2023, None, None), ["lasa", "jobb"], "100000.00"),
        ((2024, None, None), ["lasa", "koda", "jobb"], "305000.50"),
        ((2025, None, None), ["lasa", "koda"], "40000.00"),
        ((None, "Erasmus+", None), ["lasa", "koda"], "395000.50"),
        ((None, None, "Nord"), ["lasa", "koda"], "95000.50"),
        ((2024, None, "Nord"), ["lasa", "koda"], "55000.50"),
        ((2024, "ESF+", None), ["jobb"], "50000.00"),
        ((2025, "Erasmus+", "Syd"), ["lasa"], "0"),
        ((2025, "ESF+", None), [], "0"),
    ],
)
def test_year_programme_and_unit_narrow_the_register_each_in_its_own_way(choices, projects, sum_sek):
    chosen = portfolio(register(), *choices)
    assert [project.id for project in chosen.part.projects] == projects
    assert chosen.paid == Decimal(sum_sek) and isinstance(chosen.paid, Decimal)
    for name in ("budgets", "payments", "partners", "participants"):
        assert {row.project_id for row in getattr(chosen.part, name)} <= set(projects), name


def test_choices_are_what_the_register_holds():
    assert payment_years(register()) == (2025, 2024, 2023)
    assert programmes(register()) == ("ESF+", "Erasmus+")
    assert units(register()) == ("Arbetsmarknad", "Nord", "Syd")


def test_the_end_of_the_year_chosen_is_looked_at_or_of_the_last_with_payments():
    assert portfolio(register(), 2023, None, None).looked_at == date(2023, 12, 31)
    assert portfolio(register(), None, "ESF+", None).looked_at == date(2025, 12, 31)


def test_published_facts_of_one_year_say_nothing_of_the_years_after():
    chosen = portfolio(register(), None, None, None)
    assert [chosen.told_until(project) for project in chosen.part.projects] == [2025, 2025, 2024]


def test_a_project_that_began_before_the_registers_first_year_is_not_said_to_be_behind():
    chosen = portfolio(register(), None, None, None)
    assert [chosen.told_from_the_start(project) for project in chosen.part.projects] == [True, True, False]


# --- sums


def test_paid_per_year():
    assert paid_years(None) == {2023: Decimal("100000.00"), 2024: Decimal("305000.50"), 2025: Decimal("40000.00")}


def paid_years(unit: str | None) -> dict[int, Decimal]:
    chosen = portfolio(register(), None, None, unit)
    return {y: sum((p.amount_sek for p in chosen.before if p.report_year == y), Decimal(0)) for y in chosen.years}


def test_paid_per_year_in_the_table_and_under_filters(page):
    assert paid(page(), "paid_per_year") == paid_years(None)
    assert paid(page(unit="Nord"), "paid_per_year") == {2024: Decimal("55000.50"), 2025: Decimal("40000.00")}
    assert paid(page(programme="ESF+"), "paid_per_year") == {2024: Decimal("50000.00")}


def test_a_chosen_year_stands_out_among_the_others(page):
    found = block(page(2024), "paid_per_year")
    colours = found.figure.to_dict()["data"][0]["marker"]["color"]
    assert colours[1] not in (colours[0], colours[2]) and colours[0] == colours[2]
    assert "2023" not in found.headline, "invented payments are not held against published ones"
    alike = block(page(2024, origin=Provenance.IMPORTED), "paid_per_year")
    assert "SEK\N{NO-BREAK SPACE}205,001 more than in 2023" in alike.headline


def test_paid_per_unit_programme_and_goal(page):
    content = page()
    assert paid(content, "paid_per_unit") == {
        "Syd": Decimal("300000.00"),
        "Nord": Decimal("95000.50"),
        "Arbetsmarknad": Decimal("50000.00"),
    }
    assert paid(content, "paid_per_programme") == {"Erasmus+": Decimal("395000.50"), "ESF+": Decimal("50000.00")}
    goals = paid(content, "paid_per_goal")
    assert len(goals) == 9
    assert {name: amount for name, amount in goals.items() if amount} == {
        "1. Goal 1": Decimal("50000.00"),
        "3. Goal 3": Decimal("395000.50"),
    }
    shares = [row[2] for row in rows(content, "paid_per_unit")]
    assert sum(shares) == pytest.approx(1)


def test_sums_under_a_year_and_a_unit(page):
    content = page(2024, None, "Nord")
    assert paid(content, "paid_per_unit") == {"Nord": Decimal("55000.50")}
    assert paid(content, "paid_per_programme") == {"Erasmus+": Decimal("55000.50")}
    assert [row[5] for row in rows(content, "payments")] == [Decimal("55000.50")]


@pytest.mark.parametrize("choices", CHOICES)
def test_every_table_of_sums_adds_up_to_the_payments(page, choices):
    content = page(*choices)
    there = {found.key for found in blocks_of(content)}
    if "payments" in there:
        whole = sum(row[5] for row in rows(content, "payments"))
        for key in ("paid_per_unit", "paid_per_programme", "paid_per_goal"):
            assert sum(paid(content, key).values()) == whole, key
        assert content.figures[0].value == f"SEK{KR}{int(whole.quantize(Decimal(1), 'ROUND_HALF_UP')):,}"


# --- sentences


def test_the_answer_says_how_much_to_how_many_and_to_whom(page):
    assert page(language="sv").provenance == "mixed"
    assert page().answer == f"2023–2025: SEK{KR}445,001 was spent in 3 projects. The most went to Syd: SEK{KR}300,000."
    assert (
        page(2025, origin=Provenance.IMPORTED).answer
        == f"2025: SEK{KR}40,000 was spent in 1 project, SEK{KR}265,001 less than in 2024."
    )


def test_provenance_is_that_of_the_projects_shown(page, asks):
    without_rounds = Funding(**{**fields_of(register()), "participants": ()})
    assert pictures(asks["en"], without_rounds, None, "ESF+", None).provenance == "published"
    assert pictures(asks["en"], without_rounds, None, "Erasmus+", None).provenance == "synthetic"


def fields_of(funding: Funding) -> dict:
    return {name: getattr(funding, name) for name in Funding.__dataclass_fields__}


def test_each_choice_is_said(page):
    assert page().notices == ()
    (notice,) = page(2024, "Erasmus+", "Nord").notices
    assert all(word in notice for word in ("2024", "Erasmus+", "Nord"))


def test_nothing_paid_and_nothing_at_all(page, asks):
    early = page(2022)
    assert "nothing was spent" in early.answer and "payments" not in {found.key for found in blocks_of(early)}
    assert pictures(asks["en"], register(), 2025, "ESF+", None).blocks == ()
    assert pictures(asks["en"], Funding(), None, None, None).blocks == ()


def test_texts_have_no_holes(page):
    hole = re.compile(r"[{}]|\bNone\b|\bnan\b|\.\.(?!\.)|  | [,.;](?!\d)|\(\)|^\W*$")
    for choices in CHOICES:
        for language in ("sv", "en"):
            content = page(*choices, language=language)
            texts = [content.answer, *content.notices]
            texts += [text for figure in content.figures for text in (figure.label, figure.value, figure.note)]
            texts += [text for b in blocks_of(content) for text in (b.headline, b.alt, b.note) if text]
            assert [text for text in texts if hole.search(text)] == []


# --- projects, partners, schools


def test_time_gone_and_budget_paid(page):
    of = {row[0]: row for row in rows(page(2024), "timeline")}
    read, code = of["Läsa tillsammans"], of["Koda över gränser"]
    assert read[4] == pytest.approx(731 / 1096) and read[5] == Decimal("400000.00")
    assert (read[6], read[8]) == (Decimal("355000.50"), pytest.approx(0.88750125))
    assert code[5] == Decimal("230000") and code[6] == 0
    assert of["Första jobbet"][5] is Missing.NOT_COLLECTED and of["Första jobbet"][8] is Missing.NOT_COLLECTED


def test_expected_is_only_said_of_projects_whose_budget_and_payments_are_known(page):
    assert {row[0] for row in rows(page(), "spent_of_budget")} == {"Läsa tillsammans", "Koda över gränser"}
    figure = block(page(), "spent_of_budget").figure.to_dict()
    assert len(figure["data"][0]["x"]) == 2


def test_a_unit_narrows_which_projects_are_shown_but_not_how_far_they_have_come(page):
    of = {row[0]: row[6] for row in rows(page(2024, None, "Nord"), "timeline")}
    assert of == {"Läsa tillsammans": Decimal("355000.50"), "Koda över gränser": Decimal(0)}


def test_partner_countries_are_those_abroad_and_partners_are_counted_once(page):
    content = page()
    countries = content.figures[3]
    assert countries.value == "3" and countries.note.startswith("3 ")  # FI, PT, DE; Oulu, Malmö, Kiel
    assert {row[0] for row in rows(content, "partner_map")} == {"Finland", "Sweden", "Portugal", "Germany"}
    assert "Finland" in block(content, "partner_map").headline


def test_schools_with_what_they_take_part_in(page):
    assert [row[:2] for row in rows(page(), "schools_taking_part")] == [
        ("Agatskolan", "Koda över gränser"),
        ("Agatskolan", "Läsa tillsammans"),
        ("Basaltskolan", "Läsa tillsammans"),
    ]
    assert page().figures[2].value == "2"
    assert page(2025, None, "Syd").figures[2].value == "2"


def test_maturity_stands_beside_with_its_warning(page):
    found = block(page(), "beside_maturity")
    assert "does not prove" in found.note
    assert found.table.rows[0][1] == 2


# --- pictures and amounts


@pytest.mark.parametrize("choices", CHOICES)
def test_plotly_accepts_every_picture_and_each_has_words_and_a_table(page, choices):
    for language in ("sv", "en"):
        content = page(*choices, language=language)
        for found in blocks_of(content):
            if found.figure is not None:
                go.Figure(found.figure.to_dict())
            assert (found.figure is None) != (found.drawing is None), found.key
            assert found.headline and len(found.alt) > 40 and found.alt != found.headline, found.key
            headings = [column.heading for column in found.table.columns]
            assert len(set(headings)) == len(headings), headings
            assert all(len(row) == len(headings) for row in found.table.rows), found.key
            written = [cell for row in found.table.rows for cell in row]
            assert not any(cell is None for cell in written) or found.key == "beside_maturity"
        assert len(content.figures) <= 4


def test_amounts_are_rounded_in_sentences_and_exact_in_tables(asks):
    say = asks["sv"].say
    assert kr(Decimal("580111.50"), say).replace("SEK", "").replace("kr", "").strip() == f"580{KR}112"
    exact = kr_column("x", Decimal, [Decimal("1.00"), Decimal("580111.50")], say)
    assert exact.write(Decimal("580111.50")) == f"580{KR}111,50" and exact.write(Decimal("1.00")) == "1,00"
    assert kr_column("x", Decimal, [Decimal("580111.00")], say).write(Decimal("580111.00")) == f"580{KR}111"


def test_the_demo_store_composes_as_it_is_warmed_up(asks):
    for made, _, *parameters in visits(asks["sv"]):
        assert made is compose and made(asks["sv"], *parameters).blocks


# --- the page as it is met


def test_the_year_s_picture_stands_first_and_the_rest_in_tabs_that_nobody_is_sent_unasked(open_demo):
    app = open_demo("eu")
    keys = [chart.proto.id.rpartition("-")[2] for chart in app.get("plotly_chart")]
    assert keys == ["chart_paid_per_year", "chart_paid_per_unit"]
    words = len(said(app).split())
    assert words < 350


def test_every_tab_has_its_blocks_and_no_block_is_left_out(page, asks):
    for language in ("sv", "en"):
        listed = [key for keys in _tabs(asks[language].say).values() for key in keys]
        assert len(listed) == len(set(listed))
        for choices in CHOICES:
            content = page(*choices, language=language)
            assert {found.key for found in content.blocks} <= set(listed)
            assert content.first is None or content.first.key == "paid_per_year"


def test_every_project_and_school_that_a_table_names_is_a_way_to_it(page):
    content = page()
    for key in ("projects", "countries", "schools", "payments"):
        drawn = str(block(content, key).drawing)
        for project_id in ("lasa", "koda", "jobb"):
            linked = f'href="eu-projekt?project={project_id}&amp;lang=en"' in drawn
            assert linked or (key, project_id) in {("countries", "jobb"), ("schools", "jobb")}, (key, project_id)
    assert 'href="skola?school=agatskolan&amp;lang=en"' in str(block(content, "schools").drawing)
    assert all(way.address.startswith("eu-projekt?project=") for ways in content.beside for way in ways.ways)


def test_a_project_s_row_says_what_it_was_paid_under_the_choices(page):
    drawn = unmarked(str(block(page(2024, None, "Nord"), "projects").drawing))
    assert f"SEK{KR}55,001" in drawn and "Första jobbet" not in drawn


def test_payments_stand_with_the_latest_year_first(page):
    years = [row[4] for row in rows(page(), "payments")]
    assert years == sorted(years, reverse=True) and len(set(years)) == 3


def test_an_answer_is_two_sentences_of_at_most_twenty_words(page):
    for choices in CHOICES:
        for language in ("sv", "en"):
            sentences = re.split(r"(?<=[.])\s+(?=\D)", page(*choices, language=language).answer)
            assert len(sentences) <= 2, sentences
            assert all(len(sentence.split(" ")) <= 20 for sentence in sentences), sentences


def test_many_years_are_no_higher_than_a_small_screen_has_room_for(asks):
    many = [row(asks["sv"], str(year), Decimal(year)) for year in range(2010, 2026)]
    assert years(many, "sv").to_dict()["layout"]["height"] <= 330
