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
from tests.pages.reading import said, title, unfolded, words_of

TODAY = "2025-03-01"


@pytest.fixture(scope="module")
def ask(asks) -> Ask:
    return asks["en"]


def page(ask: Ask, year: int = 2024, framework: str = "vebs-2022", today: str = TODAY) -> Content:
    return followup.compose(ask, framework, year, today)


def block(content: Content, key: str) -> Block:
    return next(block for block in (content.first, content.table, *content.blocks) if block and block.key == key)


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


def test_the_answer_says_what_was_agreed_what_came_of_it_and_whether_it_helped(ask):
    count, content = counted(ask, 2024), page(ask)
    about = "framework = 'vebs-2022' and year = 2024"
    ((agreed,),) = ask.view.rows(f"select count(distinct school_id) from agreement where {about}")
    assert content.answer == (
        f"{agreed} of 74 schools set {count['all']} goals after the 2024 round: {count['done']} done,"
        f" {count['late']} late. The criteria worked on show no clear rise beyond the expected."
    )
    talked = ask.view.rows(f"select count(*) from dialogue where {about}")[0][0]
    told = words_of(block(content, "reckoning"))
    assert f"{talked} of 74 schools have held a dialogue about the round of 2024." in told
    assert (
        f"agreed on {count['all']} goals: {count['done']} done, {count['late']} late and"
        f" {count['dropped']} given up." in told
    )
    assert "it cannot be determined whether the work made a difference" in told
    assert "Goals are set in February and followed up in January 2025." in told
    assert len(content.figures) == 4


def test_every_goal_is_a_row_that_leads_to_its_dialogue_and_its_criterion(ask):
    content, count = page(ask), counted(ask, 2024)
    drawn = str(content.table.drawing)
    assert len(rows(content.table)) == count["all"] == drawn.count("<tr data-kinds=")
    goals = ask.view.rows("select school_id, criterion from agreement where framework = 'vebs-2022' and year = 2024")
    for school, criterion in goals:
        assert f'href="dialog?framework=vebs-2022&amp;year=2024&amp;school={school}&amp;lang=en"' in drawn
        assert f'href="kriterier?framework=vebs-2022&amp;year=2024&amp;criterion={criterion}&amp;lang=en"' in drawn
    assert drawn.count('data-kinds="late"') == count["late"] and drawn.count('data-kinds="done"') == count["done"]
    states = [row["How it goes"] for row in rows(content.table)]
    assert states[: count["late"]] == ["Late"] * count["late"], "those that are late stand first"


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
    assert content.answer.endswith("Whether it helped shows when the next round has been answered.")
    assert "worked_on" not in {block.key for block in content.blocks}
    assert len(content.figures) == 3
    assert page(ask, 2025, today="2026-02-01").figures[2].value != content.figures[2].value  # late only once it is due


def test_a_round_without_dialogues(ask):
    content = page(ask, 2019, "dsoe-2018")
    assert content.answer == (
        "0 of 74 schools have held a dialogue about the round of 2019. Nothing has been agreed about the round of 2019."
    )
    ((begin,),) = [found.ways for found in content.beside]
    assert begin.address == "dialog?framework=dsoe-2018&year=2019&lang=en"
    assert [found.key for found in content.blocks] == ["reckoning"] and content.figures == ()


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
    (note,) = content.notices
    assert f"No action is written down for any of the {goals} goals: who does what" in note
    keys = ["worked_on", "late_goals", "central_activities", "reckoning"]
    assert [block.key for block in content.blocks] == keys
    activities, uses = block(content, "central_activities"), report.found.activities
    assert activities.headline == f"The administration offers {len(uses)} activities that actions can lean on"
    assert activities.figure is None and len(rows(activities)) == len(uses)
    assert all(use.activity.title in activities.note for use in uses), "words in place of bars of nothing"
    assert "0 of 0" not in " ".join([content.answer, *(found.headline for found in content.blocks)])


def test_a_round_with_nothing_agreed_has_what_is_offered_and_no_empty_picture(ask, monkeypatch):
    report = without(followup.report_of_year(ask, "vebs-2022", 2024, TODAY), goals_too=True)
    monkeypatch.setattr(followup, "report_of_year", lambda *_: report)
    content = page(ask)
    assert content.answer.endswith("Nothing has been agreed about the round of 2024.")
    assert content.notices == () and content.figures == () and content.first is None and content.table is None
    found = [(found.key, found.figure) for found in content.blocks]
    assert found == [("central_activities", None), ("reckoning", None)]


def test_areas_with_few_schools_say_so(ask, monkeypatch):
    from analytics.dialogue import goal_effect as worked_on

    monkeypatch.setattr(worked_on, "LEAST_SCHOOLS", 15)
    areas = rows(block(page(ask), "worked_on"))[1:]
    hidden = [row["Change of those worked on, levels"] is Missing.HIDDEN for row in areas]
    assert any(hidden) and not all(hidden)


def test_the_page_opens_on_the_latest_round_that_another_has_followed(open_demo):
    app = open_demo("uppfoljning", lang="en")
    assert not app.exception
    assert title(app) == "What came of what was agreed?"
    assert app.session_state["choice_year"] == "2024"
    assert [button.proto.label for button in unfolded(app).get("download_button")][-3:] == [
        "Download Word",
        "Download PDF",
        "Download JSON",
    ]


def test_the_year_in_the_address_decides(open_demo):
    app = open_demo("uppfoljning", year="2023", lang="en")
    assert not app.exception
    assert "goals after the 2023 round" in said(app)


def test_the_files_tell_what_the_page_tells(ask):
    told = json.loads(followup.file_of(ask, "vebs-2022", 2024, TODAY, ".json"))
    count = counted(ask, 2024)
    assert told["agreements"] == {k: count.get(k, 0) for k in ("done", "under_way", "late", "dropped")}
    assert followup.file_of(ask, "vebs-2022", 2024, TODAY, ".pdf").startswith(b"%PDF")
