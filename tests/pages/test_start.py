"""The start page: doors, the round in force, and news by the same figures as the pages that they lead to."""

from __future__ import annotations

import pytest

from analytics.funding.register import funding
from analytics.funding.report import report
from analytics.model.funding import Weight
from analytics.store.reading import version_record
from pages.figures.overview import page as overview
from pages.start import page as start
from pages.start.news import news
from pages.talks.followup import page as followup
from pages.ui.moments import HERE
from tests.pages.reading import said, unmarked

TODAY = "2026-03-01"


def test_the_start_has_a_search_four_doors_and_the_round_in_force(open_demo, asks):
    app = open_demo("")
    text = said(app)
    (latest,) = {html.value for html in app.html if "kd-doors" in html.value}
    assert latest.count("<li>") >= 4 and all(f'href="{path}?lang=sv"' in latest for path in ("oversikt", "skola", "eu"))
    made = version_record(asks["sv"].view).created_at.astimezone(HERE)
    assert f"Omgång 2025 · 74 skolor · inläst {made.day} " in text
    assert len(text.split()) < 350


@pytest.mark.parametrize("language", ["sv", "en"])
def test_news_say_what_the_pages_that_they_lead_to_say(asks, language):
    ask = asks[language]
    lines = [unmarked(str(line)) for line in news(ask, TODAY)]
    latest = ask.catalogue.rounds[-1]
    answer = overview.compose(ask, latest.framework, latest.year).answer
    assert " ".join(lines[0].split()).replace(" ,", ",").replace(" .", ".").rstrip(".") in answer
    late = next(line for line in lines if "2024" in line and ("försenade" in line or "late" in line))
    figure = followup.compose(ask, latest.framework, 2024, TODAY).figures[2]
    assert figure.value in late.split()


def test_faults_in_the_report_stand_as_sentences_with_ways_to_their_projects(asks):
    ask = asks["sv"]
    drawn = str(start.compose(ask, TODAY, ""))
    wrong = [r for r in report(funding(ask.view, ask.viewer), 2025, ask.say).remarks if r.weight is Weight.WRONG]
    assert len(wrong) == 2 and "eu-rapport?year=2025" in drawn
    for remark in wrong:
        assert remark.text in drawn and f"eu-projekt?project={remark.project_id}" in drawn


def test_without_answers_there_are_two_doors_and_no_round(at_store, open_page, empty_store):
    at_store(empty_store)
    text = said(open_page(""))
    assert "Omgång" not in text and "Ledning" not in text and "Nytt sedan sist" not in text
