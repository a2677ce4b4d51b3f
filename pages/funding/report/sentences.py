"""Årsredovisning in words: the answer and the key figures."""

from __future__ import annotations

from analytics.funding.report import Report
from analytics.model.funding import ReportQuestion, Weight
from pages.funding.amounts import kr
from pages.ui.content import Ask, KeyFigure


def answer(ask: Ask, found: Report) -> str:
    """What was paid, and whether it adds up."""
    say = ask.say
    wrong = sum(remark.weight is Weight.WRONG for remark in found.open_remarks)
    check = sum(remark.weight is Weight.CHECK for remark in found.open_remarks)
    cannot = say.plural("{n} thing cannot be right", "{n} things cannot be right", wrong)
    if wrong and check:
        more = say.plural("{n} should be checked", "{n} should be checked", check)
        adds_up = say("{cannot}, and {more}.", cannot=cannot, more=more)
    elif wrong:
        adds_up = f"{cannot}."
    elif check:
        adds_up = say.plural("{n} thing should be checked.", "{n} things should be checked.", check)
    elif found.acknowledged_remarks:
        adds_up = say("What was remarked on is acknowledged.")
    else:
        adds_up = say("Everything adds up.")
    return " ".join(filter(None, [paid(ask, found), not_eu(ask, found), adds_up]))


def not_eu(ask: Ask, found: Report) -> str:
    """How much of it is not the Union's money; empty where all of it is."""
    if not found.not_eu:
        return ""
    programmes = ask.say.listing(row.programme for row in found.not_eu)
    amount = kr(found.total_sek - found.eu_sek, ask.say)
    return ask.say("{amount} of it is not EU money: {programmes}.", amount=amount, programmes=programmes)


def paid(ask: Ask, found: Report) -> str:
    """What was paid to how many projects, and what was repaid, in a sentence."""
    say, values = ask.say, {"year": found.year}
    projects = sum(sheet.was_paid for sheet in found.sheets)
    amount, back = kr(found.total_sek + found.repaid_sek, say), kr(found.repaid_sek, say)
    if not projects:
        if found.repaid_sek:
            return say("In {year} nothing was spent, and {back} was repaid or corrected.", back=back, **values)
        return say("In {year} nothing was spent.", **values)
    if not found.repaid_sek:
        return say.plural(
            "In {year}, {amount} was spent (invoices paid) in {n} project.",
            "In {year}, {amount} was spent (invoices paid) in {n} projects.",
            projects,
            amount=amount,
            **values,
        )
    net = kr(found.total_sek, say)
    return say.plural(
        "In {year}, {amount} was spent in {n} project and {back} repaid or corrected: {net} on balance.",
        "In {year}, {amount} was spent in {n} projects and {back} repaid or corrected: {net} on balance.",
        projects,
        amount=amount,
        back=back,
        net=net,
        **values,
    )


def key_figures(ask: Ask, found: Report) -> tuple[KeyFigure, ...]:
    """Money, projects, what is to be looked at, what is written."""
    say = ask.say
    paid_to = {payment.unit for payment in found.payments if payment.amount_sek > 0}
    units = say.plural("to {n} unit", "to {n} units", len(paid_to))
    programmes = say.listing(row.programme for row in found.by_programme)
    written = len(found.answered)
    check = sum(remark.weight is not Weight.KNOW for remark in found.open_remarks)
    return (
        KeyFigure(say("Spent in the year"), kr(found.total_sek, say), units),
        KeyFigure(say("Projects in the report"), say.integer(len(found.sheets)), programmes),
        KeyFigure(say("To correct or check"), say.integer(check), _of_remarks(ask, found)),
        KeyFigure(say("Answers written"), say("{part} of {whole}", part=written, whole=len(ReportQuestion)), ""),
    )


def _of_remarks(ask: Ask, found: Report) -> str:
    """How many remarks there are, and how many of them somebody has acknowledged."""
    done = len(found.acknowledged_remarks)
    if not done:
        return ask.say("of {n} remarks", n=len(found.remarks))
    return ask.say("of {n} remarks, {done} acknowledged", n=len(found.remarks), done=done)
