"""The method page: every rule, with the settings in force, examples that are counted, and the simulations' figures."""

from __future__ import annotations

import re

import pytest
from markupsafe import escape
from scipy.stats import beta

from analytics.maturity import examples as worked
from analytics.maturity.simulations import simulations
from analytics.words.goals import goal_rule
from pages.data.method import page as method
from pages.data.method.proof import proof
from pages.data.method.rules import rules
from pages.data.method.tried import READINESS_CASES
from tests.pages.reading import said, unmarked


def text_of(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub("<[^>]+>", " ", html))


@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_section_is_there_and_can_be_linked_to(asks, language):
    """On the page of its kind, behind its title; where it leads to from elsewhere is inside, which opens it."""
    ask = asks[language]
    told = {"rules": rules(ask, ""), "trials": proof(simulations(), ask.say)}
    pages = {"rules": method.compose(ask, "vebs-2022").html, "trials": method.compose_trials(ask, "vebs-2022").html}
    keys = [section.key for sections in told.values() for section in sections]
    assert len(keys) == len(set(keys)) > 15
    for part, sections in told.items():
        other = pages["trials" if part == "rules" else "rules"]
        for section in sections:
            assert f'id="{section.key}"' in pages[part] and f'id="{section.key}"' not in other
            assert f"{escape(section.title)}</summary>" in pages[part]
        assert not re.search(r"\{\w+\}|\bNone\b|\bnan\b", text_of(pages[part]))


def test_the_rules_lead_to_the_trials_and_back(open_demo):
    assert "metod?del=prov" in "".join(part.value for part in open_demo("metod").html)
    tried = open_demo("metod", **{"del": "prov"})
    assert "Så har reglerna prövats" in said(tried) and "provade-intervall" in "".join(
        part.value for part in tried.html
    )


def test_before_anything_is_opened_the_page_is_its_titles(open_demo):
    html = "".join(part.value for part in open_demo("metod").html)
    shown = re.sub(r"</summary>.*?</details>", "</summary></details>", html, flags=re.DOTALL)
    assert " open" not in html and len(unmarked(shown).split()) < 350


def test_the_settings_in_force_are_told(asks):
    ask = asks["en"]
    text = text_of(method.compose(ask, "vebs-2022").html)
    assert f"fewer than {ask.catalogue.hide_below} answers" in text
    assert goal_rule(ask.catalogue.framework("vebs-2022"), ask.say) in text


def test_without_frameworks_the_rules_stand_all_the_same(asks):
    assert "Mean, share and their intervals" in method.compose(asks["en"], None).html


def test_examples_by_hand():
    """1 x 1, 10 x 2, 15 x 3, 5 x 4: 31 answers, 86 in sum; the year before 2, 11, 12, 3: 28 answers, 72 in sum."""
    found, moved = worked.mean_example(), worked.change_example()
    assert (found.n, found.mean, found.share) == (31, pytest.approx(86 / 31), pytest.approx(20 / 31))
    # A quarter of an answer more on each level: 32, 88.5 in sum and 263.5 in squares; mean 2.765625, variance 0.0177483
    at, tells = 1.765625 / 3, 1.765625 * 1.234375 / 0.0177483 - 1
    assert (found.low, found.high) == pytest.approx(1 + 3 * beta.ppf([0.025, 0.975], at * tells, (1 - at) * tells))
    assert found.staff_high - found.staff_low == pytest.approx((found.high - found.low) * (9 / 39) ** 0.5, rel=5e-3)
    assert moved.difference == pytest.approx(86 / 31 - 72 / 28) and not moved.clear
    assert moved.needed == pytest.approx(0.4058, abs=5e-5)


def test_a_small_school_is_pulled_further_and_meets_the_goal_by_chance_less_often():
    small, large = worked.shrinkage_examples()
    assert worked.CITY < small.shrunken < large.shrunken < small.mean == large.mean
    few, many = worked.goal_examples()
    assert few.n < many.n and 0.2 < few.share < 0.35 and 0.7 < many.share < 0.9


def test_the_simulations_stand_there_as_they_came_out(asks):
    ask = asks["en"]
    tables = {section.key: section.table for section in proof(simulations(), ask.say)}
    trial = next(t for t in simulations() if (t.question, t.case, t.size) == ("interval_mean", "demo", 30))
    rows = {row[0]: row for row in tables["provade-intervall"].rows}
    assert trial.figure in rows["A criterion's mean"]
    shown = [t for t in simulations() if t.case in READINESS_CASES and t.question.startswith(("there", "readiness"))]
    assert {t.case for t in shown} == set(READINESS_CASES) and {t.size for t in shown} >= {5, 8, 15, 30, 60, 120}
    assert len(tables["provad-sakerhet"].rows) == len({(t.question, t.verdict, t.case) for t in shown}) > 12
    broken = [t for t in simulations() if t.kept is False]
    html = text_of(method.compose_trials(ask, "vebs-2022").html)
    assert all(ask.say.number(t.figure, 3) in html for t in broken) and ("Outside what is promised" in html) == bool(
        broken
    )


def test_how_far_the_figures_are_left_to_chance_is_told_above_them(asks):
    said = proof(simulations(), asks["en"].say)[0].paragraphs[0]
    promised = [t for t in simulations() if t.high is not None]
    assert f"at most {asks['en'].say.number(max(t.error for t in promised))} where something is promised" in said
    figure, limit, error = map(float, re.search(r"So ([\d.]+) against ([\d.]+) .* is ([\d.]+)\.$", said).groups())
    assert 0 < abs(figure - limit) < 2 * error + 0.0015  # each of the three is rounded to a thousandth


def test_without_simulations_nothing_is_claimed(asks):
    assert proof((), asks["en"].say) == []
