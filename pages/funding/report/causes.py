"""The remarks on a year's report by what causes them: each cause once, with the projects it concerns as links."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from analytics.funding.checks.report import Remark
from analytics.model.funding import Weight
from analytics.words.funding import REMARKS
from analytics.words.labels import WEIGHT
from analytics.words.language import N_
from pages.funding.ways import project_address, project_links
from pages.ui import html
from pages.ui.content import Ask

CAUSE = {  # kind of remark -> what it is about, of any number of projects
    "about_amount": N_("Amounts said to be about"),
    "budget_twice": N_("A budget told more than once, with different amounts"),
    "currencies_disagree": N_("SEK and EUR that disagree"),
    "currencies_without_rate": N_("SEK and EUR without an exchange rate"),
    "dates_wrong_way": N_("Invoices counted to a day before they can be"),
    "end_before_start": N_("An end before the start"),
    "euro_without_rate": N_("EUR without an exchange rate, in no sum"),
    "lead_against_role": N_("A lead partner that goes against the city's role"),
    "lead_in_text": N_("A lead partner told in words alone"),
    "lead_not_partner": N_("A lead partner that is not among the partners"),
    "narratives_missing": N_("Answers that are not written"),
    "no_goal": N_("No budget goal"),
    "no_own_budget": N_("No budget for the own share"),
    "no_partner": N_("No partner"),
    "no_payment": N_("No payment in the year"),
    "own_above_whole": N_("An own share above the whole budget"),
    "own_share_of_whole": N_("An own share that is a part of the whole"),
    "paid_above_budget": N_("More spent than the own share"),
    "partner_twice": N_("A partner told twice"),
    "partner_without_lead": N_("No lead partner told"),
    "payment_after_end": N_("A payment after the project's end"),
    "payment_before_start": N_("A payment before the project's start"),
    "payment_twice": N_("A payment told twice"),
    "rate_days": N_("Exchange rates of different days"),
    "rate_unexplained": N_("An exchange rate other than the day's"),
    "repaid_above_paid": N_("More corrected than spent"),
    "school_unknown": N_("A school that is not in the register"),
    "turn_of_year": N_("Invoices counted into another calendar year"),
    "turn_of_year_before": N_("Other years' payments, counted into this calendar year"),
    "two_rates": N_("Different exchange rates in the year's projects"),
    "unit_spelt_differently": N_("A unit spelt in different ways"),
    "unit_unknown": N_("A unit that names no known school"),
    "units_differ": N_("Units' shares that do not make the own share"),
}


def remarks_html(ask: Ask, remarks: Sequence[Remark], titles: dict[str, str]) -> Markup:
    """The remarks, the heaviest first. `titles`: project id -> title."""
    say = ask.say
    parts = [html.section_title(say.marked(REMARKS))]
    if not remarks:
        parts.append(html.element("p", say("Everything adds up.")))
    for weight in Weight:
        own = [remark for remark in remarks if remark.weight is weight]
        if own:
            heading = f"{say.marked(WEIGHT[weight])} ({len(own)})"
            causes = [_cause(ask, of, titles) for of in by_cause(own).values()]
            parts += [
                html.element("h3", heading, class_="kd-weight"),
                html.element("div", html.listed(causes), class_="kd-causes"),
            ]
    return html.element("section", *parts, class_="kd-remarks")


def by_cause(remarks: Sequence[Remark]) -> dict[str, list[Remark]]:
    """kind -> its remarks, both in the order of the remarks."""
    found: dict[str, list[Remark]] = {}
    for remark in remarks:
        found.setdefault(remark.kind, []).append(remark)
    return found


def _cause(ask: Ask, remarks: Sequence[Remark], titles: dict[str, str]) -> Markup:
    """The cause with what to check named, and in a fold what is said of each project and how to mend it. What cannot
    be right stands open."""
    say, first = ask.say, remarks[0]
    count = f" ({len(remarks)})" if len(remarks) > 1 else ""
    rows = html.listed(_row(ask, remark, titles) for remark in remarks)
    opened = first.weight is Weight.WRONG
    about = list(dict.fromkeys(remark.project_id for remark in remarks if remark.project_id))
    named = (
        html.element("div", project_links(titles, about, say), class_="kd-about")
        if about and first.weight is Weight.CHECK
        else ""
    )
    return html.unfolded(say.marked(CAUSE[first.kind]) + count, rows, opened=opened) + named


def _row(ask: Ask, remark: Remark, titles: dict[str, str]) -> Markup:
    """What is said, under the project that it is said of, and how to mend it."""
    link = []
    if remark.project_id:
        link = [html.link(titles[remark.project_id], project_address(remark.project_id, ask.say)), ": "]
    return html.joined([*link, html.lines([remark.text, html.element("span", remark.mend, class_="kd-note")])])
