"""The pages of EU funding where something was repaid: sums are net; no sentence, share or bar says what cannot be."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

import plotly.graph_objects as go
import pytest

from analytics.funding.report import report
from analytics.model.funding import Funding, Payment
from analytics.model.provenance import Missing
from pages.funding.portfolio.page import pictures
from pages.funding.report.sentences import key_figures, paid
from pages.ui.content import Content
from tests.pages.funding_worlds import register
from tests.pages.test_portfolio import blocks_of

KR = "\N{NO-BREAK SPACE}"
NONSENSE = re.compile(  # a sum below 0 that was paid to somebody, a share below 0, something paid to nobody, holes
    r"\b0 pro(?:jects?|jekt)\b|\N{MINUS SIGN}[\d\s,]+(?:kr )?(?:was|were|ut|av|of|more|mer|less)\b"
    r"|(?:most|mest)\b.*\N{MINUS SIGN}|\N{MINUS SIGN}\d+.?%|[{}]|\bNone\b|  ",
    re.IGNORECASE,
)


def back(project_id: str, year: int, unit: str, amount: str) -> Payment:
    return Payment(project_id, year, unit, Decimal(amount), note="Återbetalt")


def with_more(*payments: Payment, without: bool = False) -> Funding:
    held = register()
    return replace(held, payments=payments if without else (*held.payments, *payments))


SOME = with_more(back("lasa", 2024, "Syd", "-20000.25"), back("jobb", 2025, "Arbetsmarknad", "-50000.00"))
LESS_THAN_NOTHING = with_more(back("jobb", 2024, "Arbetsmarknad", "-60000.00"), back("koda", 2025, "Nord", "-45000.50"))
ALONE = with_more(back("lasa", 2024, "Syd", "-100.00"), back("koda", 2025, "Nord", "-0.50"), without=True)
EVEN = with_more(Payment("lasa", 2024, "Syd", Decimal("100.00")), back("lasa", 2024, "Syd", "-100.00"), without=True)
WORLDS = {"some": SOME, "less_than_nothing": LESS_THAN_NOTHING, "alone": ALONE, "even": EVEN}
CHOICES = [(None, None, None), (2024, None, None), (2025, None, None), (None, "ESF+", None), (None, None, "Nord")]


def texts_of(content: Content) -> list[str]:
    texts = [content.answer, *content.notices]
    texts += [block.headline for block in blocks_of(content) if block.key != "payments"]  # which has the net sum
    texts += [block.note for block in blocks_of(content) if block.note]
    return texts + [text for figure in content.figures[1:] for text in (figure.value, figure.note)]


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("choices", CHOICES, ids=str)
@pytest.mark.parametrize("name", WORLDS)
def test_every_sum_is_net_and_no_sentence_is_nonsense(asks, name, choices, language):
    content = pictures(asks[language], WORLDS[name], *choices)
    tables = {block.key: block.table.rows for block in blocks_of(content)}
    if "payments" in tables:
        whole = sum(row[5] for row in tables["payments"])
        for key in ("paid_per_unit", "paid_per_programme", "paid_per_goal"):
            assert sum(row[1] for row in tables[key]) == whole, key
            shares = [row[2] for row in tables[key]]
            below = any(row[1] < 0 for row in tables[key])
            assert all((share is Missing.NOT_APPLICABLE) if below else 0 <= share <= 1 for share in shares)
    assert [text for text in texts_of(content) if NONSENSE.search(text)] == []


@pytest.mark.parametrize("name", WORLDS)
def test_every_bar_and_its_amount_stands_within_the_picture(asks, name):
    for choices in CHOICES:
        for block in blocks_of(pictures(asks["sv"], WORLDS[name], *choices)):
            if block.figure is None:
                continue
            figure = go.Figure(block.figure.to_dict())
            if block.key in ("paid_per_year", "paid_per_unit", "paid_per_programme", "paid_per_goal"):
                low, high = figure.layout.xaxis.range
                ends = [0, *figure.data[0].x]
                assert low <= min(ends) and max(ends) < high, block.key
                written = [note for note in figure.layout.annotations if "kr" in note.text]
                assert len(written) == len(figure.data[0].x)
                assert all(0 <= note.x < high for note in written)
            if block.key == "spent_of_budget":
                low, high = figure.layout.xaxis.range
                assert low <= min(figure.data[0].x) and max(figure.data[0].x) <= high
            if block.key == "timeline":
                assert min(figure.data[-1].x, default=0) >= 0


def test_the_answer_tells_what_was_repaid(asks):
    def answer(held: Funding, *choices) -> str:
        return pictures(asks["en"], held, *choices).answer

    assert answer(SOME, None, None, None) == (
        f"2023–2025: SEK{KR}445,001 was spent in 3 projects. SEK{KR}70,000 was repaid or corrected: "
        f"SEK{KR}375,000 on balance."
    )
    assert answer(SOME, 2025, "ESF+", None) == f"2025: nothing was spent, and SEK{KR}50,000 was repaid or corrected."
    assert answer(EVEN, 2024, None, None) == (
        f"2024: SEK{KR}100 was spent in 1 project. SEK{KR}100 was repaid or corrected: SEK{KR}0 on balance."
    )
    nothing = with_more(Payment("lasa", 2024, "Syd", Decimal("0.00")), without=True)
    assert answer(nothing, 2024, None, None) == "2024: nothing was spent."


def test_who_got_the_most_is_no_share_of_a_net_sum(asks):
    headlines = {block.key: block.headline for block in blocks_of(pictures(asks["en"], SOME, 2025, None, None))}
    assert headlines["paid_per_unit"] == f"Nord spent the most: SEK{KR}40,000"
    assert headlines["paid_per_programme"] == f"Erasmus+ spent the most: SEK{KR}40,000"
    assert headlines["paid_per_goal"].startswith("The most was spent under budget goal 3")
    less = f"SEK{KR}295,000 less than in 2024"
    assert headlines["paid_per_year"] == f"In 2025 SEK{KR}10,000 more was repaid or corrected than was spent, {less}"
    alone = {block.key: block.headline for block in blocks_of(pictures(asks["sv"], ALONE, None, None, None))}
    keys = ("paid_per_unit", "paid_per_programme", "paid_per_goal")
    assert {alone[key] for key in keys} == {"Netto upparbetades inget"}
    assert alone["paid_per_year"] == f"2025 återbetalades eller rättades 1{KR}kr mer än som upparbetades"


def test_a_project_that_repaid_more_than_it_was_paid_says_so(asks):
    blocks = {block.key: block for block in blocks_of(pictures(asks["en"], LESS_THAN_NOTHING, None, None, None))}
    assert "more corrected than spent" in blocks["timeline"].alt
    assert "more corrected than spent" in blocks["spent_of_budget"].alt
    assert "expected_paid" not in blocks, "nobody tells what came in"


def test_the_report_page_says_what_was_repaid_and_never_paid_to_0_projects(asks):
    ask = asks["en"]
    assert paid(ask, report(SOME, 2024, ask.say)) == (
        f"In 2024, SEK{KR}305,001 was spent in 2 projects and SEK{KR}20,000 repaid or corrected: "
        f"SEK{KR}285,000 on balance."
    )
    assert (
        paid(ask, report(ALONE, 2024, ask.say)) == f"In 2024 nothing was spent, and SEK{KR}100 was repaid or corrected."
    )
    assert paid(ask, report(ALONE, 2023, ask.say)) == "In 2023 nothing was spent."
    assert key_figures(ask, report(SOME, 2025, ask.say))[0].note == "to 1 unit"
