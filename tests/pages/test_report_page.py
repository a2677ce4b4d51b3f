"""Årsredovisning: the report of a year, what does not add up in it, and what is typed."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from html import unescape

from streamlit.testing.v1 import AppTest

from analytics.loads.funding_texts import answer_field
from analytics.model.funding import ReportQuestion, Weight
from analytics.model.sender import Filing, Sender
from pages.funding.editing.register import ABOUT
from pages.funding.report import page as report
from pages.funding.report import sender
from pages.funding.report.acknowledging import FOLD, WHICH, WHY
from pages.funding.report.answers import ANSWERS
from pages.ui.content import Ask
from tests.pages.reading import said


def test_the_page_of_2018_says_what_was_paid_and_what_to_mend(open_demo):
    app = open_demo("eu-rapport", year="2018")
    text = said(app)
    assert "2018 upparbetades 580\N{NO-BREAK SPACE}111\N{NO-BREAK SPACE}kr (betalda fakturor) i 5 projekt." in text
    paper = opened(app, "report_paper")
    for amount in ("179 906", "310 447", "6 068", "65 865", "17 825"):
        assert amount.replace(" ", "\N{NO-BREAK SPACE}") in paper
    assert "9,842794" in paper and "10,35203" in paper, "both rates behind the two EUR budgets"
    assert "Syntetiska" not in text and "syntetiska data" not in text


def test_the_page_says_what_the_head_lacks_and_takes_it_in(open_demo, monkeypatch):
    """The file is put aside: the store of the tests is everybody's."""
    told = {}
    monkeypatch.setattr(sender, "tell_sender", lambda folder, what, by: told.update(sender=what))
    monkeypatch.setattr(sender, "file_report", lambda folder, year, what, by: told.update({year: what}))
    app = open_demo("eu-rapport", year="2018")
    assert "Redovisningen anger inte kommun, nämnd, förvaltning, diarienummer, datum, beslut och kontakt" in said(app)
    opened(app, sender.FOLD)
    lines = {line.label: line for line in app.text_input}
    lines["Kommun"].set_value(" Malmö stad ")
    lines["Datum (2026-01-31)"].set_value("20 februari")
    save = next(button for button in app.button if button.label == "Spara avsändaren")
    save.click().run()
    assert not told and "Inget sparades: skriv datumet som" in app.info[0].value
    assert lines["Kommun"].value == " Malmö stad ", "what was typed stays"
    next(line for line in app.text_input if line.label.startswith("Datum")).set_value("2019-02-20")
    next(button for button in app.button if button.label == "Spara avsändaren").click().run()
    assert told == {"sender": Sender("Malmö stad"), 2018: Filing(day=date(2019, 2, 20))}


def test_last_year_s_answer_is_copied_shown_as_it_prints_and_laid_beside(open_demo):
    app = open_demo("eu-rapport", year="2024")
    assert "Svaret för 2018" in opened(app, ANSWERS), "the latest year before that has one"
    field = answer_field(2024, ReportQuestion.STAFFING)
    assert all(button.label != "Kopiera och ändra" for button in app.button), "what is written is not written over"
    area = next(area for area in app.text_area if field in area.key)
    area.set_value("").run()
    next(button for button in app.button if button.key == f"copy_{field}").click().run()
    copied = next(area for area in app.text_area if field in area.key).value
    assert copied.startswith("Ingen är anställd enbart för EU") and "Samma text som för 2018." in said(app)
    next(area for area in app.text_area if field in area.key).set_value(f"**Nytt:** {copied}").run()
    parts = "".join(part.value for part in app.html)
    assert "<strong>Nytt:</strong>" in parts and "<ins>**Nytt:** </ins>" in parts
    app.button(key=f"discard {ABOUT}").click().run()


def test_years_of_the_invented_projects_say_so(open_demo):
    assert "Syntetiska data" in said(open_demo("eu-rapport", year="2024"))


def test_every_remark_that_has_a_project_leads_to_it(asks):
    page = report.compose(asks["sv"], 2024)
    with_project = [remark for remark in page.report.remarks if remark.project_id]
    assert {remark.weight for remark in with_project} >= {Weight.CHECK, Weight.KNOW}
    for remark in with_project:
        assert f'href="eu-projekt?project={remark.project_id}&amp;lang=sv"' in page.remarks
        below = remark.acknowledged.reason if remark.acknowledged else remark.mend
        assert remark.text in unescape(page.remarks) and below in unescape(page.remarks)


def test_a_cause_is_told_once_whatever_it_concerns(asks):
    """Two projects without a payment in the year stand under one heading; what cannot be right stands open."""
    page = report.compose(asks["sv"], 2025)
    drawn = str(page.remarks)
    assert drawn.count("Ingen utbetalning under året (2)") == 1
    wrong = sum(remark.weight is Weight.WRONG for remark in page.report.remarks)
    still, done = drawn.split("1 kvitterad anmärkning")
    assert still.count('<details class="kd-fold" open="">') == wrong == 2
    assert "En part som anges två gånger" not in still and "Skolan deltar med två avdelningar" in done


def test_the_page_opens_on_the_latest_year_that_something_was_paid_in(open_demo):
    app = open_demo("eu-rapport")
    assert app.session_state["choice_year"] == "2025"
    assert "2025 upparbetades" in said(app) and "kan inte stämma, och" in said(app)


def test_neither_the_paper_nor_the_answers_are_sent_before_they_are_opened(open_demo):
    app = open_demo("eu-rapport")
    assert not app.text_area and "kd-paper" not in "".join(part.value for part in app.html)
    opened(app, ANSWERS)
    assert len(app.text_area) == 6


def opened(app: AppTest, fold: str) -> str:
    """What the page says with the fold open."""
    app.session_state[fold] = True
    return said(app.run())


def test_the_schools_figures_feed_the_question_of_goal_attainment(asks):
    assert report.compose(asks["sv"], 2018).material == "", "one round tells of no change"
    material = report.compose(asks["sv"], 2025).material
    assert "2022" in material and "2025" in material and "bevis" in material.lower()


def test_files_hold_the_page_s_sum(asks: dict[str, Ask]):
    page = report.compose(asks["sv"], 2023)
    data = report.report_bytes(page.report, ".json", {"Version": "1"}, asks["sv"].say)
    paid = json.loads(data, parse_float=Decimal, parse_int=Decimal)
    assert paid["total_sek"] == page.report.total_sek == sum(row["amount_sek"] for row in paid["by_unit"])


def test_a_text_that_is_typed_is_kept_as_a_draft_until_a_name_is_given(open_demo):
    app = open_demo("eu-rapport", year="2018")
    opened(app, ANSWERS)
    app.text_area[0].set_value("Vi prioriterar läsning.").run()
    assert "Inte sparat än" in said(app)
    app.button(key=f"save {ABOUT}").click().run()
    assert any("Skriv ditt namn först" in told.value for told in app.info)
    assert app.text_area[0].value == "Vi prioriterar läsning."
    app.button(key=f"discard {ABOUT}").click().run()
    assert "Inte sparat än" not in said(app) and app.text_area[0].value != "Vi prioriterar läsning."


def test_remarks_are_acknowledged_together_for_one_reason_and_stand_in_the_draft(open_demo):
    app = open_demo("eu-rapport", year="2025")
    opened(app, FOLD)
    app.button(key=f"{FOLD}_button").click().run()
    assert "Välj minst en anmärkning" in " ".join(told.value for told in app.info)
    box = app.multiselect(key=WHICH)
    unpaid = [text for text in box.options if text.startswith("Ingen utbetalning under året")]
    assert len(unpaid) == 2
    box.select(unpaid[0]).select(unpaid[1]).run()
    app.text_area(key=WHY).set_value("Pengarna kommer efter slutrapporten.").run()
    app.button(key=f"{FOLD}_button").click().run()
    assert said(app).count("Pengarna kommer efter slutrapporten.") >= 2 and "Inte sparat än" in said(app)
    assert not [text for text in app.multiselect(key=WHICH).options if text in unpaid]
    app.button(key=f"discard {ABOUT}").click().run()
