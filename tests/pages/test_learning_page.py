"""Lär av varandra: the criterion most in the way, who stands higher and shares, what they did, and whom to help."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from analytics.dialogue.learning import AgreedWork, lesson
from analytics.maturity.readiness import in_the_way
from analytics.maturity.schools import school_cells
from analytics.maturity.similar import similar_schools
from analytics.model.dialogue import Action, Agreement, Progress, Responsible
from pages.talks.learning import page as learning
from pages.talks.learning.lists import SchoolLesson, done_of, lessons_html
from pages.ui.content import Ask, Block, Content
from tests.pages.reading import chosen, said, words_of

ROUND = ("vebs-2022", 2025)


@pytest.fixture(scope="module")
def ask(asks) -> Ask:
    return asks["en"]


def page(ask: Ask, school: str, criterion: str = "C5") -> Content:
    return learning.compose(ask, *ROUND, school, criterion)


def block(found: Content, key: str) -> Block:
    return next(block for block in found.blocks if block.key == key)


def reckoned(found: Content) -> str:
    """What the fold says of the answer; empty where there is none."""
    return " ".join(words_of(block) for block in found.blocks if block.key == "reckoning")


def keys(found: Content) -> list[str]:
    return [block.key for block in found.blocks]


def test_it_opens_on_the_criterion_most_in_the_schools_way(open_demo, ask):
    app = open_demo("lara", school="basaltskolan", lang="en")
    (way, *_) = in_the_way(school_cells(ask.view, ask.viewer, "basaltskolan", *ROUND))
    assert not app.exception and chosen(app)["criterion"] == way.criterion
    assert "are clearly higher than Basaltskolan on" in said(app)


def test_a_choice_in_the_address_holds(open_demo):
    app = open_demo("lara", school="hematitskolan", criterion="A1", year="2024", lang="en")
    assert not app.exception and chosen(app)["criterion"] == "A1" and chosen(app)["year"] == "2024"


def test_the_schools_like_it_come_before_those_of_another_kind(ask):
    found = page(ask, "basaltskolan")
    kinds = [row[1] for row in found.table.table.rows]
    assert kinds == sorted(kinds) and set(kinds) == {"like it", "of another kind"}
    labels = [a["text"] for a in block(found, "learn_from").figure.to_dict()["layout"]["annotations"]]
    assert labels[0].startswith("Basaltskolan") and labels.index("<b>Schools like it</b>") == 1
    assert any("; certified" in label for label in labels)


@pytest.mark.parametrize(("known", "text"), [(True, "of the same stage first"), (False, "all that are of the")])
def test_it_says_what_like_it_means(ask, monkeypatch, known, text):
    def found(schools, *asked):
        return similar_schools(
            [s if known else replace(s, pupils=None, staff=None, context=()) for s in schools], *asked
        )

    monkeypatch.setattr("analytics.dialogue.learning.similar_schools", found)
    found = page(ask, "basaltskolan")
    assert f"Like it: {text}" in block(found, "learn_from").note
    assert not any("most similar" in block.note for block in found.blocks)


def test_where_nobody_stands_higher_it_says_so(ask):
    found = page(ask, "kvartsskolan")
    assert found.answer.startswith("No school that reaches the goal and shares is clearly higher than Kvartsskolan")
    assert "help" in keys(found), "it may help others all the same"
    assert found.table is None and not {"did", "learn_from"} & {*keys(found)}


def test_nobody_is_named_who_does_not_reach_the_goal_and_the_answer_counts_them(ask):
    """Of the demo's schools that share and stand clearly higher on A2 than Basaltskolan, one has 2.90."""
    found, goal = page(ask, "basaltskolan", "A2"), ask.catalogue.framework(ROUND[0]).goal
    assert goal.statistic == "mean" and goal.level == 3
    rows = [row for block in found.blocks if block.key == "learn_from" for row in block.table.rows]
    assert rows and all(row[2] >= 3 for row in rows)
    below = lesson(ask.view, ask.viewer, ask.catalogue.schools, *ROUND, "basaltskolan", "A2").below
    assert below > 1
    expected = f"{below} more are clearly higher but do not reach the goal themselves, and are not named."
    assert expected in reckoned(found)
    drawn = words_of(block(found, "did")) + words_of(found.table)
    assert "2.90" not in drawn and "Lyrasolskolan" not in drawn


def test_a_hidden_school_is_held_against_nobody(ask):
    found = page(ask, "selenitskolan")
    assert "it is hidden, or was not asked" in found.answer
    assert keys(found) == [] and found.figures == () and found.notices == ()


def test_a_school_that_neither_shares_nor_is_certified_is_not_asked_to_help(ask):
    found = page(ask, "basaltskolan")
    assert "Basaltskolan is not certified and has not said that it shares" in reckoned(found)
    assert "help" not in keys(found)


def test_one_that_is_below_the_goal_itself_is_not_asked_to_help(ask):
    lowest = min(
        (school for school in ask.catalogue.schools if school.shares_practice),
        key=lambda school: min(
            (
                cell.mean or 4
                for cell in school_cells(ask.view, ask.viewer, school.id, *ROUND)
                if cell.criterion == "C5"
            ),
            default=4,
        ),
    )
    note = f"{lowest.name} is itself below the goal here, so no school is named for it to help."
    assert note in reckoned(page(ask, lowest.id))


def test_one_that_could_help_but_has_nobody_below_it_is_told_so(ask):
    notes = [
        (school.name, reckoned(page(ask, school.id, criterion)))
        for criterion in ("A1", "A3", "D4")
        for school in ask.catalogue.schools
        if school.shares_practice and school.id in learning.schools_in_round(ask, *ROUND)
    ]
    expected = "No school like {} is clearly lower here, so there is nobody for it to help."
    assert any(expected.format(name) in note for name, note in notes)
    assert any(expected.format(name) not in note for name, note in notes)


AGREED = Agreement("x", "vebs-2022", 2024, 1, "C5", 3.0, None, 2.4, "Visit <each> other.", Progress.DONE, "Half came.")
DID = (
    Action("x", "vebs-2022", 2024, 1, 1, "Two visits.", Responsible.PRINCIPAL, None, None, Progress.DONE, "Good."),
    Action("x", "vebs-2022", 2024, 1, 2, "A day together", Responsible.CENTRAL, None, None, Progress.DROPPED),
)


def test_what_a_school_did_is_told_with_role_status_and_outcome(ask):
    framework = ask.catalogue.framework("vebs-2022")
    (done,) = done_of(framework, [AgreedWork(AGREED, DID)], ask.say)
    assert done.agreed == "2024: Visit <each> other (from 2.40 to 3.00; done). Outcome: Half came."
    assert done.actions == (
        "Two visits (Principal; done). Outcome: Good.",
        "A day together (Central administration; given up).",
    )
    (bare,) = done_of(framework, [AgreedWork(replace(AGREED, goal=None, from_level=None, outcome=None), ())], ask.say)
    assert bare.agreed == "2024: goal (to 3.00; done)."
    html = lessons_html([SchoolLesson("X", "skola?school=x", "0.5 higher", (done,))])
    assert "Visit &lt;each&gt; other" in html and html.count("<li>") == 3


def test_the_demo_has_schools_that_wrote_down_what_they_did(ask):
    """Some school somewhere can read what another did."""
    drawn = [
        str(each.drawing)
        for school_id in sorted(learning.schools_in_round(ask, *ROUND))
        for each in page(ask, school_id, learning.most_in_the_way(ask, *ROUND, school_id)).blocks
        if each.key == "did"
    ]
    assert any(re.search(r"<li>[^<]+<ul><li>", each) for each in drawn), "with its actions"


def test_every_school_to_ask_is_a_link_with_the_choices(ask):
    found = page(ask, "basaltskolan")
    ids = {school.name: school.id for school in ask.catalogue.schools}
    for name in (row[0] for row in found.table.table.rows):
        there = f'href="skola?framework=vebs-2022&amp;year=2025&amp;school={ids[name]}&amp;lang=en"'
        assert there in str(found.table.drawing)
