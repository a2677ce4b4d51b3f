"""Remarks that somebody has acknowledged: until their facts change, whatever else does."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from analytics.funding.checks.remark import Remark
from analytics.funding.checks.report import report_remarks
from analytics.funding.report import report
from analytics.model.funding import Certainty, Funding, Weight
from analytics.model.remarks import Acknowledgement, RemarkKind
from analytics.words.language import words
from tests.funding.test_remarks import REMARKS
from tests.funding.worlds import euro, krona, paid, project, world

EN, SV = words("en"), words("sv")
ABOVE = world(payments=(paid("120000"),))


def acknowledged(remark: Remark, reason: str = "Avtalet höjdes.", year: int = 2018, day: int = 1) -> Acknowledgement:
    on = date(2019, 1, day)
    return Acknowledgement(year, remark.kind, reason, remark.fingerprint, "Anna", on, remark.project_id)


def the(funding: Funding, kind: RemarkKind, year: int = 2018) -> Remark:
    return next(remark for remark in report_remarks(funding, year, EN) if remark.kind is kind)


@pytest.mark.parametrize("broken", [broken for _, _, broken, _ in REMARKS], ids=lambda broken: "")
def test_every_remark_can_be_acknowledged_and_is_in_either_language(broken):
    made = report_remarks(broken, 2018, EN)
    after = replace(broken, acknowledgements=tuple(acknowledged(one) for one in made))
    found = report(after, 2018, SV)
    assert made and len(found.remarks) == len(made)
    assert not found.open_remarks and found.acknowledged_remarks == found.remarks


def test_it_comes_back_when_its_facts_change_and_says_who_acknowledged_the_earlier_ones():
    said = acknowledged(the(ABOVE, RemarkKind.PAID_ABOVE_BUDGET))
    same = replace(ABOVE, acknowledgements=(said,))
    assert the(same, RemarkKind.PAID_ABOVE_BUDGET).acknowledged == said
    other = replace(same, payments=(paid("120000.01"),))
    found = the(other, RemarkKind.PAID_ABOVE_BUDGET)
    assert (found.acknowledged, found.earlier) == (None, said)
    back = replace(other, payments=(paid("120000.00"),))
    assert the(back, RemarkKind.PAID_ABOVE_BUDGET).acknowledged == said


def test_what_is_no_fact_of_it_does_not_bring_it_back():
    said = acknowledged(the(ABOVE, RemarkKind.PAID_ABOVE_BUDGET))
    renamed = replace(ABOVE, projects=(project(title="Annat namn", note="Nytt"),), acknowledgements=(said,))
    assert the(renamed, RemarkKind.PAID_ABOVE_BUDGET).acknowledged == said
    split = replace(ABOVE, payments=(paid("70000"), paid("50000.0")), acknowledgements=(said,))
    assert the(split, RemarkKind.PAID_ABOVE_BUDGET).acknowledged == said


def test_a_heavier_weight_brings_it_back():
    about = world(budgets=(krona("120000", certainty=Certainty.ABOUT), euro("10000", rate="10.3")))
    remark = the(about, RemarkKind.CURRENCIES_DISAGREE)
    exact = world(budgets=(krona("120000"), euro("10000", rate="10.3")), acknowledgements=(acknowledged(remark),))
    assert the(exact, RemarkKind.CURRENCIES_DISAGREE).weight is Weight.WRONG
    assert the(exact, RemarkKind.CURRENCIES_DISAGREE).acknowledged is None


def test_it_holds_in_the_next_years_report_where_the_facts_are_the_same():
    lone = world(partners=())
    said = acknowledged(the(lone, RemarkKind.NO_PARTNER))
    later = replace(lone, acknowledgements=(said,))
    assert the(later, RemarkKind.NO_PARTNER, 2019).acknowledged == said
    year_bound = replace(world(), acknowledgements=(acknowledged(the(world(payments=()), RemarkKind.NO_PAYMENT)),))
    found = the(year_bound, RemarkKind.NO_PAYMENT, 2019)
    assert found.acknowledged is None and found.earlier is not None


def test_an_acknowledgement_is_of_its_own_project_and_remark_alone():
    both = world(projects=(project(), project("luna")), partners=())
    of_sol, of_luna = (r for r in report_remarks(both, 2018, EN) if r.kind is RemarkKind.NO_PARTNER)
    found = report_remarks(replace(both, acknowledgements=(acknowledged(of_sol),)), 2018, EN)
    by_project = {r.project_id: r for r in found if r.kind is RemarkKind.NO_PARTNER}
    assert by_project["sol"].acknowledged and not by_project["luna"].acknowledged
    assert by_project["luna"].earlier is None and of_luna.facts == of_sol.facts


def test_an_earlier_one_of_a_remark_that_still_stands_is_not_told_of_another():
    twice = world(payments=(paid("1"), paid("1"), paid("2"), paid("2")))
    one, other = (r for r in report_remarks(twice, 2018, EN) if r.kind is RemarkKind.PAYMENT_TWICE)
    found = report_remarks(replace(twice, acknowledgements=(acknowledged(one),)), 2018, EN)
    still = next(r for r in found if r.fingerprint == other.fingerprint and r.kind is RemarkKind.PAYMENT_TWICE)
    assert still.acknowledged is None and still.earlier is None


def test_the_latest_of_several_earlier_ones_is_told():
    made = the(ABOVE, RemarkKind.PAID_ABOVE_BUDGET)
    older = replace(acknowledged(made, day=5), facts="a" * 16)
    newer = replace(acknowledged(made, "Ändrat igen.", day=9), facts="b" * 16)
    found = the(replace(ABOVE, acknowledgements=(newer, older)), RemarkKind.PAID_ABOVE_BUDGET)
    assert found.earlier == newer
    assert found.facts == (Decimal(120000), Decimal(100000))
