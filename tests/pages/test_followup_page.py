"""Uppföljning: the answer in words, the figures against the store, rounds without dialogues or a next one."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from analytics.dialogue.followup import RoleTally, Tally
from analytics.dialogue.followup_report import YearReport
from analytics.model.provenance import Missing
from pages.talks.followup import page as followup
from pages.ui.content import Ask, Block, Content
from tests.charts.pictures import checked, texts
from tests.pages.reading import said

TODAY = "2025-03-01"


@pytest.fixture(scope="module")
def ask(asks) -> Ask:
    return asks["en"]


def page(ask: Ask, year: int = 2024, framework: str = "vebs-2022", today: str = TODAY) -> Content:
    return followup.compose(ask, framework, year, today)


def block(content: Content, key: str) -> Block:
    return next(block for block in content.blocks if block.key == key)


def rows(found: Block) -> list[dict]:
    headings = [column.heading for column in found.table.columns]
    return [dict(zip(headings, row, strict=True)) for row in found.table.rows]


def counted(ask: Ask, year: int) -> dict[str, int]:
    """Straight from the store: done, dropped, late on TODAY, all."""
    sql = (
        "select count(*) filter (status = 'done'), count(*) filter (status = 'dropped'),"
        " count(*) filter (status in ('agreed', 'under_way') and due < ?::date), count(*)"
        " from agreement where framework = 'vebs-2022' and year = ?"
    )
    return dict(zip(("done", "dropped", "late", "all"), ask.view.rows(sql, [TODAY, year])[0], strict=True))


def test_the_answer_says_how_many_talked_what_came_of_it_and_whether_it_helped(ask):
    count, content = counted(ask, 2024), page(ask)
    talked = ask.view.rows("select count(*) from dialogue where framework = 'vebs-2022' and year = 2024")[0][0]
    assert content.answer.startswith(f"{talked} of 74 schools have held a dialogue about the round of 2024.")
    assert (
        f"agreed on {count['all']} goals: {count['done']} are done, {count['late']} are late and"
        f" {count['dropped']} were given up." in content.answer
    )
    assert "it cannot be told whether the work made a difference" in content.answer
    assert content.notices == ("Goals are set in February and followed up in January 2025.",)
    assert len(content.figures) == 4


def test_bars_and_tables_hold_the_same_figures(ask):
    count, content = counted(ask, 2024), page(ask)
    areas = rows(block(content, "goals_by_area"))
    assert sum(row["Number"] for row in areas) == count["all"]
    for heading, state in (("Done", "done"), ("Late", "late"), ("Given up", "dropped")):
        assert sum(row[heading] for row in areas) == count[state]
    figure = checked(block(content, "goals_by_area").figure)
    assert [sum(trace["x"]) for trace in figure["data"]] == [count["done"], 0, count["late"], count["dropped"]]
    assert [list(trace["x"]) for trace in figure["data"]] == [
        [row[heading] for row in areas] for heading in ("Done", "Under way", "Late", "Given up")
    ]
    actions = ask.view.rows("select count(*) from agreed_action where framework = 'vebs-2022' and year = 2024")[0][0]
    assert sum(row["Number"] for row in rows(block(content, "actions_by_role"))) == actions
    assert len(rows(block(content, "late_goals"))) == count["late"]


def test_worked_on_criteria_stand_beside_the_others_and_the_expected_with_the_warning(ask):
    moved = block(page(ask), "worked_on")
    assert "regression to the mean" in moved.note and "no experiment" in moved.note
    figure = checked(moved.figure)
    whole = rows(moved)[0]
    dots, hollow = (trace for trace in figure["data"] if trace["mode"] == "markers")
    groups = ("Change of those worked on, levels", "Change of those not worked on, levels")
    assert list(dots["x"]) == [whole[group] for group in groups]
    assert list(hollow["x"]) == [whole["Expected of them"]]
    assert whole["Beyond the expected"] == pytest.approx(dots["x"][0] - hollow["x"][0])
    assert [text.split(":")[0] for text in texts(figure)] == [
        "Worked on",
        "Expected of them from where they started",
        "Not worked on",
    ]
    low, high = figure["layout"]["xaxis"]["range"]
    ends = [x for x in figure["data"][0]["x"] if x is not None]
    assert low <= min(0, *ends) and high >= max(0, *ends) and 0 in figure["layout"]["xaxis"]["tickvals"]


def test_activities_are_counted_from_the_actions(ask):
    leaning = dict(
        ask.view.rows(
            "select title, count(a.text) from activity v left join agreed_action a"
            " on a.activity = v.id and a.framework = 'vebs-2022' and a.year = 2024 group by title"
        )
    )
    found = rows(block(page(ask), "central_activities"))
    assert {row["Activity"]: row["Actions"] for row in found} == leaning


def test_the_latest_round_has_nothing_to_look_back_on_yet(ask):
    content = page(ask, 2025)
    assert "shows when the next round has been answered" in content.answer
    assert "worked_on" not in {block.key for block in content.blocks}
    assert len(content.figures) == 3
    assert page(ask, 2025, today="2026-02-01").figures[2].value != content.figures[2].value  # late only once it is due


def test_a_round_without_dialogues(ask):
    content = page(ask, 2019, "dsoe-2018")
    assert content.answer == (
        "0 of 74 schools have held a dialogue about the round of 2019. Nothing has been agreed about the round of 2019."
        " Goals are written down on the page Quality dialogue: choose a school and the round, and begin with the brief."
        " The follow-up then tells what comes of them."
    )
    assert content.blocks == () and content.figures == ()


def without(report: YearReport, goals_too: bool) -> YearReport:
    """The report with no action written down; with no goal either."""
    nothing, found = Tally(0, 0, 0, 0), report.found
    return replace(
        report,
        moved=None if goals_too else report.moved,
        found=replace(
            found,
            agreements=nothing if goals_too else found.agreements,
            agreeing_schools=0 if goals_too else found.agreeing_schools,
            late=() if goals_too else found.late,
            areas=tuple(replace(row, schools=0, agreements=nothing) if goals_too else row for row in found.areas),
            actions=nothing,
            roles=tuple(RoleTally(row.role, nothing, nothing) for row in found.roles),
            activities=tuple(replace(use, actions=0, schools=0) for use in found.activities),
        ),
    )


def test_goals_without_actions_have_no_picture_of_who_does_them(ask, monkeypatch):
    report = without(followup.report_of_year(ask, "vebs-2022", 2024, TODAY), goals_too=False)
    monkeypatch.setattr(followup, "report_of_year", lambda *_: report)
    content = page(ask)
    goals = counted(ask, 2024)["all"]
    assert f"No action is written down for any of the {goals} goals: who does what" in content.answer
    assert [block.key for block in content.blocks] == ["goals_by_area", "worked_on", "late_goals", "central_activities"]
    activities, uses = block(content, "central_activities"), report.found.activities
    assert activities.headline == f"The administration offers {len(uses)} activities that actions can lean on"
    assert activities.figure is None and len(rows(activities)) == len(uses)
    assert all(use.activity.title in activities.note for use in uses), "words in place of bars of nothing"
    assert "0 of 0" not in " ".join([content.answer, *(found.headline for found in content.blocks)])


def test_a_round_with_nothing_agreed_has_what_is_offered_and_no_empty_picture(ask, monkeypatch):
    report = without(followup.report_of_year(ask, "vebs-2022", 2024, TODAY), goals_too=True)
    monkeypatch.setattr(followup, "report_of_year", lambda *_: report)
    content = page(ask)
    assert "Nothing has been agreed about the round of 2024. Goals are written down on the page" in content.answer
    assert "No action" not in content.answer and content.figures == ()
    assert [(found.key, found.figure) for found in content.blocks] == [("central_activities", None)]


def test_areas_with_few_schools_say_so(ask, monkeypatch):
    from analytics.dialogue import goal_effect as worked_on

    monkeypatch.setattr(worked_on, "LEAST_SCHOOLS", 15)
    areas = rows(block(page(ask), "worked_on"))[1:]
    hidden = [row["Change of those worked on, levels"] is Missing.HIDDEN for row in areas]
    assert any(hidden) and not all(hidden)


def test_the_page_opens_on_the_latest_round_that_another_has_followed(open_demo):
    app = open_demo("uppfoljning", lang="en")
    assert not app.exception
    assert app.title[0].value == "What came of what was agreed?"
    assert app.session_state["choice_year"] == "2024"
    assert [button.proto.label for button in app.get("download_button")][-3:] == [
        "Download Word",
        "Download PDF",
        "Download JSON",
    ]


def test_the_year_in_the_address_decides(open_demo):
    app = open_demo("uppfoljning", year="2023", lang="en")
    assert not app.exception
    assert "about the round of 2023" in said(app)


def test_the_files_tell_what_the_page_tells(ask):
    told = json.loads(followup.file_of(ask, "vebs-2022", 2024, TODAY, ".json"))
    count = counted(ask, 2024)
    assert told["agreements"] == {k: count.get(k, 0) for k in ("done", "under_way", "late", "dropped")}
    assert followup.file_of(ask, "vebs-2022", 2024, TODAY, ".pdf").startswith(b"%PDF")
