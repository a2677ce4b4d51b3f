"""A grant by its own terms, counted by hand: eligible cost x the funder's part, at most what was granted."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from types import SimpleNamespace
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.funding.reckoning import FlatRate, GrantReckoning, Lacking, flat_rates, instalments, reckoned
from analytics.model.funding import CostKind, Funding, MoneyKind, Payment, Project
from analytics.words.language import words
from pages.funding.grant import grants_block, in_words
from pages.ui.content import Ask
from tests.funding.worlds import paid, project, world

D = Decimal
STAFF, OTHER, FLAT = CostKind.STAFF, CostKind.OTHER, CostKind.FLAT_RATE
COSTS = (
    paid("800000", cost_kind=STAFF),
    paid("100000.55", 2019, cost_kind=OTHER),
    paid("-0.55", 2019, cost_kind=OTHER),
)


def event(kind: str, amount: str) -> Payment:
    return paid(amount, kind=MoneyKind(kind))


def grant(*events: Payment, costs: tuple[Payment, ...] = COSTS, **terms: str | None) -> GrantReckoning:
    said = {name: None if value is None else D(value) for name, value in ({"cofinancing_rate": "53"} | terms).items()}
    return reckoned(*_of(costs + events, **said))


def _of(payments: tuple[Payment, ...], **terms: object) -> tuple[Funding, Project]:
    funded = project(programme="ESF+", **terms)
    return world(projects=(funded,), payments=payments), funded


def test_without_a_flat_rate_the_part_is_of_all_that_was_spent():
    one = grant(event("granted", "500000"), event("claimed", "300000"), event("received", "250000.10"))
    assert (one.direct_sek, one.eligible_sek) == (D("900000.00"), D("900000.00"))
    assert (one.part_sek, one.expected_sek, one.capped) == (D("477000.00"), D("477000.00"), False)
    assert (one.own_share_sek, one.left_to_claim_sek) == (D("423000.00"), D("177000.00"))
    assert one.not_received_sek == D("49999.90") and one.lacking == ()


@pytest.mark.parametrize(
    ("percent", "direct", "flat", "eligible", "part"),
    [
        ("15", "900000", "120000", "1020000", "540600"),  # of staff, for indirect costs
        ("40", "800000", "320000", "1120000", "593600"),  # of staff, for all the rest: other costs count no more
        ("7", "900000", "63000", "963000", "510390"),  # of direct costs
        ("25", "900000", "225000", "1125000", "596250"),
    ],
)
def test_each_flat_rate_is_counted_of_what_its_article_says(percent, direct, flat, eligible, part):
    one = grant(flat_rate=percent)
    assert (one.direct_sek, one.flat_sek) == (D(direct), D(flat))
    assert (one.eligible_sek, one.part_sek) == (D(eligible), D(part))


def test_what_was_granted_is_the_ceiling_with_what_it_was_changed_by():
    one = grant(event("granted", "400000"), event("amended", "-50000.50"))
    assert (one.expected_sek, one.capped, one.own_share_sek) == (D("349999.50"), True, D("550000.50"))


def test_a_booked_flat_rate_does_not_count_twice():
    booked = (*COSTS, paid("120000", cost_kind=FLAT))
    assert grant(costs=booked, flat_rate="15").eligible_sek == D("1020000.00")
    assert grant(costs=booked).eligible_sek == D("1020000.00"), "and counts as any cost where none is reckoned"


@pytest.mark.parametrize(
    ("costs", "terms", "lacking"),
    [
        ((), {}, {Lacking.SPENT}),
        (COSTS, {"cofinancing_rate": None}, {Lacking.FUNDERS_PART}),
        (COSTS, {"flat_rate": "33"}, {Lacking.FLAT_RATE}),
        ((*COSTS, paid("7")), {"flat_rate": "15"}, {Lacking.COST_KINDS}),
        ((*COSTS, paid("7")), {"flat_rate": "7"}, set()),
        ((*COSTS, paid("7")), {}, set()),
    ],
)
def test_what_is_lacking_is_said_and_nothing_is_made_up(costs, terms, lacking):
    one = grant(event("granted", "1"), event("claimed", "1"), costs=costs, **terms)
    assert set(one.lacking) == lacking
    for value in (one.part_sek, one.expected_sek, one.own_share_sek, one.left_to_claim_sek):
        assert (value is None) is bool(lacking)
    for language in ("sv", "en"):
        assert "{" not in in_words(one, words(language))


def test_half_an_ore_is_rounded_away_from_nought_once_a_product():
    one = grant(costs=(paid("0.10", cost_kind=STAFF),), flat_rate="15", cofinancing_rate="50")
    assert (one.flat_sek, one.eligible_sek, one.part_sek) == (D("0.02"), D("0.12"), D("0.06"))


@given(st.decimals("0.01", "9999999.99", places=2), st.lists(st.integers(1, 9999), min_size=1, max_size=6))
def test_the_instalments_make_the_grant_to_the_ore(amount, weights):
    shares = [D(weight * 10000 // sum(weights)) / 10000 for weight in weights]
    shares[-1] = 1 - sum(shares[:-1], D(0))
    found = instalments(project(plan=tuple(shares)), amount)
    assert len(found) == len(shares) and sum(part.amount_sek for part in found) == amount
    assert [part.on for part in found] == sorted(part.on for part in found) and found[0].on == date(2018, 1, 1)


def test_an_assumed_plan_makes_no_instalments():
    assert instalments(project(), D(1)) == instalments(project(plan=(D(1),)), None) == ()


def test_the_table_of_flat_rates_says_of_what_each_is():
    assert flat_rates()[D(15)] == FlatRate(D(15), True, False)
    assert flat_rates()[D(40)] == FlatRate(D(40), True, True)


def test_the_portfolio_has_only_projects_whose_terms_are_told():
    register, funded = _of((*COSTS, event("granted", "100")), cofinancing_rate=D(50))
    asked = cast(Ask, SimpleNamespace(say=words("en")))
    assert grants_block(asked, world(), world().projects) is None
    found = grants_block(asked, register, [funded])
    assert found is not None and found.headline == "SEK\N{NO-BREAK SPACE}100 is left to claim in 1 project"
