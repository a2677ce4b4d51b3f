"""The demo data: invented through and through, the same every time, and showing what it is there to show."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.compute as pc
import pytest

from analytics.demo import answers as demo
from analytics.demo.answers import demo_sheets
from analytics.intake.files import ReadingOptions, take_in
from analytics.intake.readers import TextTable
from analytics.words.language import words

DATA = Path(__file__).parents[2] / "data"
YEARS = range(2018, 2026)

# Compulsory schools in Malmö, municipal and independent, today's and closed ones; stage and "Malmö" left out.
REAL_SCHOOLS = """
Al-Salamahskolan, Annebergsskolan, Apelgårdsskolan, Augustenborgsskolan, Backaskolan, Bergaskolan, Bladins grundskola,
Broskolan, Bulltoftaskolan, Bäckagårdsskolan, Dammfriskolan, Djupadalsskolan, Elinelundsskolan, Erikfältsskolan,
Fosietorpsskolan, Fridhemsskolan, Fågelbacksskolan, Geijerskolan, Gottorpskolan, Gottorpsskolan, Gullviksskolan,
Heleneholmsskolan, Hermodsdalsskolan, Holmaskolan, Hyllievångsskolan, Höjaskolan, Johannesskolan, Karl Johansskolan,
Kastanjeskolan, Kirsebergsskolan, Klagshamnsskolan, Kroksbäcksskolan, Kryddgårdsskolan, Kulladalsskolan,
Kungshögsskolan, Limhamnsskolan, Lindeborgsskolan, Lindängeskolan, Linnéskolan, Lorensborgsskolan, Mariaskolan,
Mellanhedsskolan, Mellersta Förstadsskolan, Monbijouskolan, Munkhätteskolan, Möllevångsskolan, Neptuniskolan,
Nydalaskolan, Oxievångsskolan, Pilbäcksskolan, Pilbäckskolan, Pildammsskolan, Ribersborgsskolan, Risebergaskolan,
Rosengårdsskolan, Runstyckets skola, Rådmansvångens skola, Rönnenskolan, Rörsjöskolan, Segevångsskolan,
Slottsstadens skola, Sofielundsskolan, Sorgenfriskolan, Stapelbäddsskolan, Stenkulaskolan, Strandskolan, Sveaskolan,
Söderkullaskolan, Tingdammsskolan, Toftanässkolan, Tygelsjöskolan, Videdalsskolan, Virentoftaskolan,
Värner Rydénskolan, Västra Hamnens skola, Ängsdals skolor, Ängslättskolan, Ängslättsskolan, Örtagårdsskolan
"""
REAL_DISTRICTS = """
Centrum, Södra Innerstaden, Västra Innerstaden, Limhamn-Bunkeflo, Hyllie, Fosie, Oxie, Rosengård, Husie, Kirseberg,
Norr, Söder, Väster, Öster, Innerstaden
"""


def listed(text: str) -> set[str]:
    return {name.strip().casefold() for name in text.split(",")}


def table(sheet: TextTable) -> pa.Table:
    return pa.table(list(sheet.columns), names=list(sheet.headings))


@pytest.fixture(scope="module")
def sheets() -> list[TextTable]:
    return demo_sheets(DATA / "demo")


@pytest.fixture(scope="module")
def facts(sheets: list[TextTable]) -> duckdb.DuckDBPyConnection:
    """school; cell: a school x year x criterion; took_part: a school x year; participation: as the sheet has it."""
    facts = duckdb.connect()
    for name, part in {
        "school": table(sheets[0]),
        "answer": pa.concat_tables([table(sheet) for sheet in sheets[1:3]]),
        "participation": table(sheets[3]),
    }.items():
        facts.register("given", part)
        facts.execute(f"create table {name} as from given")
    facts.execute(
        """
        create table cell as
        select framework, year::int as year, school, criterion, count(try_cast(level as int)) as n, count(*) as asked,
               avg(try_cast(level as int)) as mean, stddev(try_cast(level as int)) as sd
        from answer group by all;
        create table took_part as
        select year::int as year, school, count(distinct respondent) as people from answer group by all;
        """
    )
    return facts


def column(facts: duckdb.DuckDBPyConnection, sql: str) -> list:
    return [row[0] for row in facts.execute(sql).fetchall()]


def means(facts: duckdb.DuckDBPyConnection, *criteria: str) -> dict[int, float]:
    """The mean of the schools' means, year by year, over these criteria (all of them where none is named)."""
    sql = """
        with school_mean as (
            select year, school, avg(mean) as mean from cell
            where len($1) = 0 or list_contains($1, criterion) group by all)
        select year, avg(mean) from school_mean group by year order by year"""
    return dict(facts.execute(sql, [list(criteria)]).fetchall())


def goals(facts: duckdb.DuckDBPyConnection) -> dict[int, int]:
    """How many schools have a mean of 3 or more on every criterion, each with five answers or more, year by year."""
    sql = """
        with school_round as (select year, school, min(mean) >= 3 and min(n) >= 5 as met from cell group by all)
        select year, count(*) filter (met) from school_round group by year order by year"""
    return dict(facts.execute(sql).fetchall())


# What it is


def test_two_calls_give_the_same_tables(sheets):
    again = demo_sheets(DATA / "demo")
    assert [s.file for s in again] == [s.file for s in sheets]
    assert [s.sha256 for s in again] == [s.sha256 for s in sheets]
    assert all(table(a).equals(table(b)) for a, b in zip(again, sheets, strict=True))


def test_another_profile_for_one_school_changes_that_school_alone(sheets, monkeypatch):
    monkeypatch.setitem(demo.PROFILE_OF, "kometskolan", "falling back")
    monkeypatch.setitem(demo.FEW_ANSWERS, "kometskolan", {2023: 3})
    changed = demo_sheets(DATA / "demo")
    for before, after in zip(sheets[1:], changed[1:], strict=True):
        others = pc.field("school") != "kometskolan"
        assert table(before).filter(others).equals(table(after).filter(others))
        assert before.sha256 != after.sha256


def test_the_checks_that_every_file_meets_find_nothing_wrong(sheets):
    tomls = [DATA / "frameworks" / f"{framework}.toml" for framework in demo.FRAMEWORKS]
    intake = take_in([*tomls, *sheets], (), (), ReadingOptions(), words("en"))
    assert intake.problems == []
    assert [r.kind for r in intake.reports[3:]] == ["answers", "answers", "participation"]
    assert intake.answers.num_rows == len(sheets[1].rows) + len(sheets[2].rows)


def test_the_made_sheets_say_that_they_are_synthetic(sheets):
    assert [sheet.file for sheet in sheets[1:]] == [
        "demo: answers dsoe-2018 (synthetic)",
        "demo: answers vebs-2022 (synthetic)",
        "demo: participation (synthetic)",
    ]
    assert all(list(sheet.rows) == list(range(1, len(sheet.columns[0]) + 1)) for sheet in sheets[1:])
    assert all(re.fullmatch("[0-9a-f]{64}", sheet.sha256) for sheet in sheets)


def test_every_year_is_answered_under_its_own_framework_and_every_criterion_is_asked(facts):
    years = facts.execute("select framework, min(year), max(year), count(distinct criterion) from cell group by all")
    assert sorted(years.fetchall()) == [("dsoe-2018", 2018, 2021, 21), ("vebs-2022", 2022, 2025, 25)]
    uneven = """
        select year, school from cell join took_part using (year, school)
        group by all
        having count(*) <> if(year < 2022, 21, 25) or min(asked) <> max(people) or max(asked) <> max(people)"""
    assert facts.execute(uneven).fetchall() == []
    assert 450_000 <= facts.execute("select count(*) from answer").fetchone()[0] <= 650_000


# The schools


def test_no_school_and_no_district_is_malmos(facts):
    real = listed(REAL_SCHOOLS)
    assert len(real) >= 40 and "mellersta förstadsskolan" in real
    assert {name.casefold() for name in column(facts, "select name from school")} & real == set()
    assert {name.casefold() for name in column(facts, "select district from school")} & listed(REAL_DISTRICTS) == set()
    assert set(column(facts, "select school_unit_code from school")) == {""}


def test_the_schools_are_as_many_and_as_big_as_they_should_be(facts):
    ids = column(facts, "select school_id from school")
    assert len(set(ids)) == len(ids) == 77
    assert all(re.fullmatch("[a-z0-9-]+", id_) for id_ in ids)
    assert len(set(column(facts, "select name from school"))) == 77
    assert {name[0] for name in column(facts, "select name from school")} >= set("ÅÄÖ")
    assert len(set(column(facts, "select district from school"))) == 6
    assert set(column(facts, "select stage from school")) == {"F-3", "F-6", "4-9", "7-9", "F-9"}
    sizes = facts.execute("select pupils::int, staff::int from school").fetchall()
    assert all(90 <= pupils <= 800 and 8 <= staff <= 120 and 7 <= pupils / staff <= 13 for pupils, staff in sizes)
    assert sum(pupils < 150 for pupils, _ in sizes) >= 5


def test_schools_answer_while_they_are_open(facts):
    opened = facts.execute("select school_id, valid_from from school where valid_from > ''").fetchall()
    closed = facts.execute("select school_id, valid_to from school where valid_to > ''").fetchall()
    assert {date[:4] for _, date in opened} == {date[:4] for _, date in closed} == {"2020", "2023"}
    for school, date in opened:  # from the January after
        assert years_of(facts, school) == list(range(int(date[:4]) + 1, 2026))
    for school, date in closed:
        assert years_of(facts, school) == list(range(2018, int(date[:4]) + 1))


def years_of(facts: duckdb.DuckDBPyConnection, school: str) -> list[int]:
    return column(facts, f"select year from took_part where school = '{school}' order by year")


# The answers


@pytest.mark.parametrize(("year", "about"), [(2018, 2.3), (2021, 2.75), (2022, 2.45), (2025, 2.9)])
def test_the_citys_mean(facts, year, about):
    assert means(facts)[year] == pytest.approx(about, abs=0.1)


def test_the_citys_mean_rises_within_a_framework_and_drops_with_the_stricter_one(facts):
    for (_, before), (year, after) in pairwise(means(facts).items()):
        assert after < before - 0.15 if year == 2022 else after > before + 0.08


def test_more_schools_meet_the_goal_on_every_criterion(facts):
    met = [goals(facts)[year] for year in range(2022, 2026)]
    assert met == sorted(met)
    assert 2 <= met[0] <= 3
    assert 10 <= met[-1] <= 14


def test_the_readme_says_what_comes_out(facts):
    took_part = column(facts, "select count(*) from took_part group by year order by year")
    said = (DATA / "demo" / "README.md").read_text("utf-8")
    assert f"| schools that answered | {' | '.join(map(str, took_part))} |" in said
    assert f"| the city's mean | {' | '.join(f'{mean:.2f}' for mean in means(facts).values())} |" in said
    assert f"| schools at the goal | {' | '.join(map(str, goals(facts).values()))} |" in said


@pytest.mark.parametrize(
    ("before", "after", "low", "high"),
    [
        (("L1", "L3", "U2", "U3", "F1", "F2", "K2", "K4", "R1", "R3"),
         ("A1", "A3", "B2", "B3", "C1", "C2", "D2", "D4", "E1", "E4"), -0.08, 0.08),
        (("L2", "L4", "U1", "U4", "F3", "F4", "K1", "K3", "R2"),
         ("A2", "A4", "B1", "B4", "C3", "C4", "D1", "D3", "E2"), -0.45, -0.25),
    ],
    ids=["identical", "reworded"],
)  # fmt: skip
def test_what_2022_does_to_a_criterion(facts, before, after, low, high):
    assert low <= means(facts, *after)[2022] - means(facts, *before)[2021] <= high


def test_new_criteria_are_the_hardest(facts):
    new = means(facts, "A5", "B5", "C5", "D5", "E3", "E5")
    reworded = means(facts, "A2", "A4", "B1", "B4", "C3", "C4", "D1", "D3", "E2")
    assert all(new[year] < reworded[year] - 0.1 for year in range(2022, 2026))


@pytest.mark.parametrize("letters", ["LUFKR", "ABCDE"])
def test_the_areas(facts, letters):
    asked = column(facts, "select distinct criterion from cell")
    areas = [means(facts, *(criterion for criterion in asked if criterion[0] == letter)) for letter in letters]
    leadership, _, training, _, _ = areas
    for year in leadership:
        assert leadership[year] == max(area[year] for area in areas)
        assert training[year] == min(area[year] for area in areas)
    rises = [max(area.values()) - min(area.values()) for area in areas]
    assert rises[4] == max(rises)  # infrastructure


def test_answers_scatter_and_people_are_kind_or_strict_throughout(facts):
    spread = facts.execute("select avg(sd) from cell where n >= 10").fetchone()[0]
    assert 0.7 <= spread <= 0.85
    together = facts.execute(
        """
        select corr(a.level::int - x.mean, b.level::int - y.mean)
        from answer a
        join answer b on (a.year, a.school, a.respondent) = (b.year, b.school, b.respondent) and b.criterion = 'D4'
        join cell x on (x.year, x.school, x.criterion) = (a.year::int, a.school, a.criterion)
        join cell y on (y.year, y.school, y.criterion) = (b.year::int, b.school, b.criterion)
        where a.criterion = 'A1' and a.level in ('1', '2', '3', '4') and b.level in ('1', '2', '3', '4')
          and a.school not in ('kalcedonskolan')
        """
    ).fetchone()[0]
    assert 0.2 <= together <= 0.5


def test_dont_know_is_written_in_two_ways_and_more_often_about_infrastructure(facts):
    assert set(column(facts, "select distinct level from answer")) == {"", "1", "2", "3", "4", "vet ej"}
    sql = """
        select sum(asked - n) / sum(asked) from cell where school <> 'isroseskolan'
        group by left(criterion, 1) in ('R', 'E') order by left(criterion, 1) in ('R', 'E')"""
    elsewhere, infrastructure = column(facts, sql)
    assert 0.02 <= elsewhere < infrastructure - 0.015
    assert infrastructure <= 0.06


# The profiles


def level(facts: duckdb.DuckDBPyConnection, profile: str, *years: int) -> list[float]:
    """The mean of a profile's schools in these years."""
    schools = [school for school, its in demo.PROFILE_OF.items() if its == profile]
    assert schools and set(schools) <= set(column(facts, "select school_id from school"))
    sql = "select avg(mean) from cell where list_contains(?, school) and year = ?"
    return [facts.execute(sql, [schools, year]).fetchone()[0] for year in years]


def test_the_schools_go_different_ways(facts):
    high = level(facts, "starting high", 2018)[0]
    assert high > means(facts)[2018] + 0.35
    before, after = level(facts, "leaping after 2023", 2023, 2025)
    assert after > before + 0.6
    top, bottom = level(facts, "falling back", 2022, 2025)
    assert bottom < top - 0.2
    stalled = level(facts, "stalled", 2022, 2025)
    assert abs(stalled[1] - stalled[0]) < 0.15 < means(facts)[2025] - means(facts)[2022]
    known = ", ".join(f"'{school}'" for school in demo.PROFILE_OF)
    rising = column(facts, f"select school from cell where year = 2025 and school not in ({known}) group by school")
    assert len(rising) > 77 / 2


def test_schools_with_two_to_four_answers(facts):
    few = facts.execute("select school, people from took_part where people < 5").fetchall()
    assert {people for _, people in few} == {2, 3, 4}
    assert {school for school, _ in few} == {"apatitskolan", "nymaneskolan", "selenitskolan"}


def test_a_school_with_some_criteria_hidden_every_year(facts):
    sql = """
        select count(*) filter (n >= 5) between 1 and count(*) - 1 from cell
        where school = 'isroseskolan' group by year"""
    assert column(facts, sql) == [True] * 8
    assert set(column(facts, "select people from took_part where school = 'isroseskolan'")) == {5, 6}


def test_response(facts):
    rates = facts.execute("select school, year::int, responded::int / invited::int from participation").fetchall()
    poor = {(school, year) for school, year, rate in rates if rate < 0.5}
    few = set(facts.execute("select school, year from took_part where people < 5").fetchall())
    assert poor - few == {(school, year) for school, years in demo.POOR_RESPONSE.items() for year in years}
    assert all(0.3 <= rate <= 0.45 for school, year, rate in rates if (school, year) in poor - few)
    assert all(0.55 <= rate <= 0.9 for school, year, rate in rates if (school, year) not in poor)


def test_participation_agrees_with_the_answers_and_is_missing_for_a_few_schools(facts):
    pair = "(p.school, p.year::int) = (t.school, t.year)"
    without = column(facts, f"select school from took_part t where not exists (from participation p where {pair})")
    assert set(without) == demo.NO_PARTICIPATION
    sql = f"select count(*), count(*) filter (people = responded::int) from took_part t join participation p on {pair}"
    joined, agreeing = facts.execute(sql).fetchone()
    assert joined == agreeing == facts.execute("select count(*) from participation").fetchone()[0] > 500


def test_a_school_that_skipped_a_year(facts):
    assert years_of(facts, "stratusskolan") == [2018, 2019, 2021, 2022, 2023, 2024, 2025]


def test_a_school_in_two_camps(facts):
    sql = """
        select count(*) filter (level in ('1', '2')) / count(*), count(*) filter (level = '4') / count(*)
        from answer where school = 'kalcedonskolan' and level in ('1', '2', '3', '4') group by year"""
    camps = facts.execute(sql).fetchall()
    assert len(camps) == 8
    assert all(0.47 <= low <= 0.53 and 0.47 <= high <= 0.53 for low, high in camps)
