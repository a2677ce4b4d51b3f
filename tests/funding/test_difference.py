"""Last year's report as a difference, by hand."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from analytics.funding.difference import difference, in_words, since_last_year
from analytics.model.funding import Currency, Scope
from analytics.words.language import words
from tests.funding.worlds import euro, krona, paid, project, second_year, world

SAY = words("en")


def ids(projects):
    return [project.id for project in projects]


def test_a_year_against_the_year_before_it_in_one_register():
    found = since_last_year(second_year(), 2019)
    assert found.years == (2018, 2019)
    assert ids(found.new) == ["vind"]
    assert ids(found.ended) == ["sol", "regn"]  # snö ended in 2018, and is still in the report with its final payment
    assert (found.renamed, found.budget_changed, found.vanished) == ((), (), ())


def test_the_sums_of_both_years():
    found = since_last_year(second_year(), 2019)
    assert (found.total.before, found.total.now, found.total.change) == (70000, 148000, 78000)
    assert {row.name: (row.before, row.now) for row in found.by_unit} == {
        "Kontoret": (40000, Decimal("17500.50")),
        "Alfaskolan": (30000, Decimal("67499.50")),
        "Miljö": (0, 63000),
    }
    assert [(row.name, row.before, row.now) for row in found.by_goal] == [
        (1, 30000, 60000), (3, 40000, 20000), (8, 0, 63000), (None, 0, 5000),
    ]  # fmt: skip


def test_vanished_is_what_runs_on_and_is_paid_nothing():
    found = since_last_year(world(), 2019)  # ends 31 December 2019
    assert (ids(found.ended), ids(found.vanished)) == (["sol"], [])
    runs_on = since_last_year(world(projects=(project(end="2020-01-01"),)), 2019)
    assert (ids(runs_on.ended), ids(runs_on.vanished)) == ([], ["sol"])
    paid_on = since_last_year(world(projects=(project(end="2020-01-01"),), payments=(paid("1", 2019),)), 2019)
    assert (ids(paid_on.ended), ids(paid_on.vanished)) == ([], [])


def test_what_ended_earlier_and_was_paid_last_year_has_ended():
    found = since_last_year(world(projects=(project(start="2016-01-01", end="2017-12-31"),)), 2019)
    assert (ids(found.ended), ids(found.vanished)) == (["sol"], [])


def test_new_and_ended_in_the_same_year_is_new():
    found = since_last_year(world(projects=(project(end="2018-06-30"),)), 2018)
    assert (ids(found.new), ids(found.ended)) == (["sol"], [])


def test_two_versions_over_all_years():
    before = world(
        projects=(project(), project("luna"), project("mars")),
        budgets=(krona("100000"), euro("500", project_id="luna"), krona("7", Scope.UNIT, unit="A")),
    )
    now = world(
        projects=(project(title="Solen"), project("luna"), project("jord")),
        budgets=(krona("120000"), krona("5500", project_id="luna"), krona("7", Scope.UNIT, unit="A")),
        payments=(paid("40000"), paid("500", 2019)),
    )
    found = difference(before, now)
    assert found.years is None
    assert (ids(found.new), ids(found.vanished), ids(found.ended)) == (["jord"], ["mars"], [])
    assert [(row.project_id, row.before, row.now) for row in found.renamed] == [("sol", "Sol", "Solen")]
    assert [(b.project.id, b.scope, b.currency, b.before, b.now) for b in found.budget_changed] == [
        ("sol", Scope.OWN, Currency.SEK, 100000, 120000),
        ("luna", Scope.OWN, Currency.SEK, None, 5500),
        ("luna", Scope.OWN, Currency.EUR, 500, None),
    ]
    assert (found.total.before, found.total.now) == (40000, 40500)
    assert in_words(found, SAY) == (
        "Spent in all years: SEK\N{NO-BREAK SPACE}40,500, before SEK\N{NO-BREAK SPACE}40,000.",
        "New: “Jord”.",
        "No longer in the register: “Mars”.",
        "Renamed: “Sol” is now “Solen”.",
        "“Solen”: the own share is SEK\N{NO-BREAK SPACE}120,000, before SEK\N{NO-BREAK SPACE}100,000.",
        "“Luna”: the own share is new, SEK\N{NO-BREAK SPACE}5,500.",
        "“Luna”: the own share, EUR\N{NO-BREAK SPACE}500, was removed.",
    )


def test_last_years_report_as_it_was_against_this_years():
    """The register of last year is another version: a renamed project and a changed budget are seen, and one that was
    taken out of the register has vanished."""
    before = world(projects=(project(), project("mars", end="2030-01-01")))
    now = world(projects=(project(title="Solen"),), budgets=(krona("90000"),), payments=(paid("1", 2019),))
    found = difference(before, now, 2019)
    assert [row.now for row in found.renamed] == ["Solen"]
    assert [row.now for row in found.budget_changed] == [90000]
    assert (ids(found.ended), ids(found.vanished)) == (["sol"], ["mars"])
    assert found.ended[0].title == "Solen"
    assert (found.total.before, found.total.now) == (40000, 1)


def test_in_words_between_years():
    texts = in_words(since_last_year(world(projects=(project(end="2020-01-01"),)), 2019), SAY)
    assert texts == (
        "Spent in all: SEK\N{NO-BREAK SPACE}0 in 2019, SEK\N{NO-BREAK SPACE}40,000 in 2018.",
        "Was in last year's report, has not ended and spent nothing: “Sol”.",
    )


def test_nothing_has_changed():
    same = difference(world(), replace(world()))
    assert same.nothing
    assert in_words(same, SAY) == ("Nothing has changed.",)
    assert not since_last_year(second_year(), 2019).nothing
