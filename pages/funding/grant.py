"""What a project's grant comes to by its own terms, in words and with the arithmetic written out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from analytics.funding.reckoning import GrantReckoning, Lacking, reckoned
from analytics.funding.sums import granted
from analytics.model.funding import Funding, MoneyKind, Project
from analytics.model.present import present
from analytics.model.provenance import Missing
from analytics.words.language import N_, Words
from pages.funding.amounts import exact_kr, kr_column
from pages.ui import html
from pages.ui.content import Ask, Block, Table, TableColumn, text_column
from pages.ui.downloads import table_html

LACKING = {
    Lacking.SPENT: N_("nothing is said to be spent"),
    Lacking.FUNDERS_PART: N_("the funder's part of the costs is not stated"),
    Lacking.COST_KINDS: N_("the kind of cost is not stated of all that was spent, and the flat rate is of staff costs"),
    Lacking.FLAT_RATE: N_("it is not known of which costs that flat rate is (data/reference/flat_rates.csv)"),
}


@dataclass(frozen=True, slots=True)
class ReckoningLine:
    """A line of the arithmetic: what it is, how it comes about, in SEK (None: it cannot be told)."""

    what: str
    how: str
    amount_sek: Decimal | None


def has_terms(funding: Funding, project: Project) -> bool:
    """Whether the register says anything of a project's terms, so that there is something to reckon with."""
    own = [payment for payment in funding.payments if payment.project_id == project.id]
    claimed = any(payment.kind is MoneyKind.CLAIMED for payment in own)
    planned = bool(project.plan) and granted(own) is not None
    return bool(project.cofinancing_rate or project.flat_rate or project.own_cofinancing or claimed or planned)


def in_words(one: GrantReckoning, say: Words) -> str:
    """What the funder is to pay, the own share, what is left to claim; or what is lacking to tell."""
    if one.expected_sek is None:
        return say("What the grant comes to cannot be calculated: {lacking}.", lacking=lacking_in_words(one, say))
    values = {
        "eligible": exact_kr(present(one.eligible_sek), say),
        "expected": exact_kr(one.expected_sek, say),
        "own": exact_kr(present(one.own_share_sek), say),
    }
    if one.capped:
        text = say(
            "Of the eligible cost, {eligible}, the funder is to pay all that was granted, {expected}; the own share is"
            " {own}.",
            **values,
        )
    else:
        text = say(
            "Of the eligible cost, {eligible}, the funder is to pay {expected} by the project's terms; the own share is"
            " {own}.",
            **values,
        )
    return f"{text} {left_in_words(one, say)}"


def left_in_words(one: GrantReckoning, say: Words) -> str:
    """What is left to claim, and what is on its way; empty where it cannot be told."""
    if one.expected_sek is None:
        return ""
    return " ".join(filter(None, [_left(one, say), _under_way(one, say)]))


def _left(one: GrantReckoning, say: Words) -> str:
    left = present(one.left_to_claim_sek)
    if left < 0:
        return say("{amount} more is claimed than that.", amount=exact_kr(-left, say))
    if not left:
        return say("All of it is claimed.")
    return say("{amount} is left to claim.", amount=exact_kr(left, say))


def _under_way(one: GrantReckoning, say: Words) -> str:
    away = one.not_received_sek
    if away is None or not away:
        return ""
    if away < 0:
        return say("{amount} more has come in than is claimed.", amount=exact_kr(-away, say))
    return say("{amount} is claimed and has not come in.", amount=exact_kr(away, say))


def lacking_in_words(one: GrantReckoning, say: Words) -> str:
    """What the register must say first."""
    texts = [say.marked(LACKING[lacking]) for lacking in one.lacking]
    if one.unsorted_sek:
        texts.append(say("without a kind of cost: {amount}", amount=exact_kr(one.unsorted_sek, say)))
    return "; ".join(texts)


def grant_block(ask: Ask, register: Funding, project: Project) -> Block:
    """One project's grant, step by step."""
    say, one = ask.say, reckoned(register, project)
    lines = list(_lines(one, say))
    columns: tuple[TableColumn[ReckoningLine], ...] = (
        text_column(say("What"), lambda line: line.what),
        text_column(say("How it is calculated"), lambda line: line.how),
        kr_column(
            "SEK", lambda line: Missing.NOT_COLLECTED if line.amount_sek is None else line.amount_sek, lines, say
        ),
    )
    table = Table.of(columns, lines)
    return Block(
        key="grant_terms",
        title=say("Grant, own share and what is left to claim"),
        headline=in_words(one, say),
        alt="",
        table=table,
        drawing=html.element("div", table_html(table, say, stacked=True), class_="kd-drawn"),
        note=say("All that is known about the project, whatever the year. Each product is rounded to two decimals."),
    )


def _lines(one: GrantReckoning, say: Words) -> Iterator[ReckoningLine]:
    project = one.project
    if one.flat and one.flat.rest:
        yield ReckoningLine(say("Staff costs spent"), say("other costs are covered by the flat rate"), one.direct_sek)
    else:
        yield ReckoningLine(say("Spent"), say("invoices paid, less corrections"), one.direct_sek)
    if project.flat_rate:
        how = lacking_in_words(one, say)
        if one.flat_of_sek is not None:
            how = _product(project.flat_rate, one.flat_of_sek, say)
            if present(one.flat).of_staff:
                how = say("{product} (staff costs)", product=how)
        yield ReckoningLine(say("Flat rate"), how, one.flat_sek)
    yield ReckoningLine(
        say("Eligible cost"),
        say("the sum of these") if project.flat_rate else say("no flat rate is stated"),
        one.eligible_sek,
    )
    if one.eligible_sek is not None and project.cofinancing_rate is not None:
        how = _product(project.cofinancing_rate, one.eligible_sek, say)
    else:
        how = say("eligible cost × the funder's part")
    yield ReckoningLine(say("The funder's part"), how, one.part_sek)
    stated = say("as the register has it")
    told = stated if one.granted_sek is not None else say("not in the register: there is no ceiling")
    yield ReckoningLine(say("Granted, with changes"), told, one.granted_sek)
    yield ReckoningLine(say("Expected grant"), say("the smaller of the two"), one.expected_sek)
    yield ReckoningLine(say("Own share"), say("eligible cost less expected grant"), one.own_share_sek)
    if project.own_cofinancing is not None:
        yield ReckoningLine(say("Own co-financing by the plan"), stated, project.own_cofinancing)
    no_claim = stated if one.claimed_sek is not None else say("no claim is in the register")
    yield ReckoningLine(say("Claimed"), no_claim, one.claimed_sek)
    yield ReckoningLine(say("Left to claim"), say("expected grant less claimed"), one.left_to_claim_sek)
    nothing = stated if one.received_sek is not None else say("nothing of it is in the register")
    yield ReckoningLine(say("Received, less repaid"), nothing, one.received_sek)
    yield ReckoningLine(say("Claimed and not received"), say("claimed less received"), one.not_received_sek)
    for number, part in enumerate(one.instalments, 1):
        share = say.percent(project.plan[number - 1])
        yield ReckoningLine(
            say("Instalment {number} by the plan, {day}", number=number, day=part.on.isoformat()),
            say("{share} of what was granted", share=share),
            part.amount_sek,
        )


def _product(percent: Decimal, amount: Decimal, say: Words) -> str:
    """15 % x 800 000,00."""
    digits = 0 if percent == percent.to_integral_value() else 2
    return say("{percent} × {amount}", percent=say.percent(percent / 100, digits), amount=exact_kr(amount, say))


def grants_block(ask: Ask, register: Funding, projects: Iterable[Project]) -> Block | None:
    """The grants of the projects whose terms the register tells; None where there is none."""
    say = ask.say
    rows = [reckoned(register, project) for project in projects if has_terms(register, project)]
    if not rows:
        return None
    known = [one for one in rows if one.expected_sek is not None]
    left = sum((one.left_to_claim_sek or Decimal(0) for one in known), Decimal(0))
    amount = exact_kr(left, say)
    if known:
        headline = say.plural(
            "{amount} is left to claim in {n} project",
            "{amount} is left to claim in {n} projects",
            len(known),
            amount=amount,
        )
    else:
        headline = say("What is left to claim cannot be calculated of any project")
    table = Table.of(_columns(rows, say), rows)
    note = say(
        "Whole projects, whatever year and unit are chosen: eligible cost × the funder's part, at most what was"
        " granted. Each project's page shows the arithmetic."
    )
    return Block(
        key="grants",
        title=say("What is left to claim?"),
        headline=headline,
        alt="",
        table=table,
        drawing=html.element("div", table_html(table, say, stacked=True), class_="kd-drawn"),
        note=note,
    )


def _columns(rows: Sequence[GrantReckoning], say: Words) -> tuple[TableColumn[GrantReckoning], ...]:
    def amount(heading: str, value: Callable[[GrantReckoning], Decimal | None]) -> TableColumn[GrantReckoning]:
        return kr_column(
            heading, lambda one: Missing.NOT_COLLECTED if (told := value(one)) is None else told, rows, say
        )

    return (
        text_column(say("Project"), lambda one: one.project.title),
        amount(say("Eligible cost, SEK"), lambda one: one.eligible_sek),
        amount(say("Granted, SEK"), lambda one: one.granted_sek),
        amount(say("Expected grant, SEK"), lambda one: one.expected_sek),
        amount(say("Own share, SEK"), lambda one: one.own_share_sek),
        amount(say("Left to claim, SEK"), lambda one: one.left_to_claim_sek),
        amount(say("Claimed and not received, SEK"), lambda one: one.not_received_sek),
        text_column(say("What is lacking"), lambda one: lacking_in_words(one, say) or Missing.NOT_APPLICABLE),
    )
