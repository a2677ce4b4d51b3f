"""EU-medel's picture of what has come in against what the plan of each grant leads one to expect: of the projects of
which somebody tells what came in. What was spent says nothing of instalments (spent.py)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from analytics.funding.plan import ProjectStatus, in_words
from analytics.model.present import present
from pages.funding.amounts import kr_column
from pages.funding.portfolio.choice import Portfolio
from pages.funding.portfolio.projects import begun_before, courses_of
from pages.funding.portfolio.share_bars import share_block
from pages.ui.content import Ask, Block, Table, TableColumn, share_column, text_column

MARGIN = Decimal("0.05")  # received shares this much below what was expected are said to be behind


def expected(ask: Ask, chosen: Portfolio) -> Block | None:
    """What has come in of each grant beside what the plan leads one to expect; None where nobody tells what came in."""
    say = ask.say
    end = chosen.looked_at
    known, shown = _known(chosen), comparable(chosen)
    if not shown:
        return None
    behind = sum(is_behind(chosen, one) for one in shown)
    if behind:
        headline = say.plural(
            "{behind} of {n} project has received clearly less than could be expected",
            "{behind} of {n} projects have received clearly less than could be expected",
            len(shown),
            behind=say.integer(behind),
        )
    else:
        headline = say("No project has received clearly less than could be expected")
    note = say(
        "Bar: the share of the grant that has come in by the end of {year}. The upright line: what could be expected"
        " by then. Clearly less: more than 5 percentage points.",
        year=end.year,
    )
    assumed = any(one.assumed for one in shown)
    without_plan = sum(one.expected_share is None for one in courses_of(chosen) if _is_known(chosen, one))
    left_out = len(known) - len(shown)
    return share_block(
        ask,
        "expected_paid",
        shown,
        title=say("Have the instalments come as expected?"),
        headline=headline,
        alt=lambda points: say(
            "Bar chart: the share of each grant that has come in, with a mark where it was expected to be. {points}.",
            points=points,
        ),
        share=_received,
        mark=_expected,
        told=lambda one: against(ask, one),
        hover=lambda one: _explained(ask, chosen, one),
        table=_table(ask, shown),
        notes=(
            note,
            say(
                "Where the register states no plan, the one that the programme's grants are usually paid by is assumed."
            )
            if assumed
            else "",
            say.plural(
                "{n} project is left out: it states no plan, and none is usual for its programme.",
                "{n} projects are left out: they state no plan, and none is usual for their programmes.",
                without_plan,
            )
            if without_plan
            else "",
            begun_before(ask, chosen, shown),
            say.plural(
                "{n} project is left out: the register does not know what came in in later years.",
                "{n} projects are left out: the register does not know what came in in later years.",
                left_out,
            )
            if left_out
            else "",
        ),
        drawn=say("The picture shows those furthest behind; the table has them all."),
    )


def _known(chosen: Portfolio) -> list[ProjectStatus]:
    """Projects that have begun, of whose grant it is known what share has come in, and how it is usually paid."""
    return [one for one in courses_of(chosen) if _is_known(chosen, one) and one.expected_share is not None]


def _is_known(chosen: Portfolio, one: ProjectStatus) -> bool:
    return one.received_share is not None and one.project.start <= chosen.looked_at


def comparable(chosen: Portfolio) -> list[ProjectStatus]:
    """Those of which all that came in by the day looked at is known, the one furthest behind first."""
    told = [one for one in _known(chosen) if one.year == chosen.looked_at.year]
    return sorted(told, key=lambda one: _received(one) - _expected(one))


def is_behind(chosen: Portfolio, one: ProjectStatus) -> bool:
    """Whether clearly less has come in than its plan leads one to expect, as far as the register knows."""
    return _expected(one) - _received(one) > MARGIN and chosen.told_from_the_start(one.project)


def _explained(ask: Ask, chosen: Portfolio, one: ProjectStatus) -> str:
    """Why what has come in need not follow the time, and what is not known of it."""
    say = ask.say
    texts = [in_words(replace(one, assumed=False), say)]
    if one.assumed:
        texts.append(say("The plan is assumed."))
    if not chosen.told_from_the_start(one.project):
        texts.append(say("Earlier years are not in the register."))
    return " ".join(texts)


def _received(one: ProjectStatus) -> Decimal:
    """The share of the grant that has come in; it is known of every project that is shown here."""
    return present(one.received_share)


def _expected(one: ProjectStatus) -> Decimal:
    """What could be expected of one that is shown here."""
    return present(one.expected_share)


def against(ask: Ask, one: ProjectStatus) -> str:
    say = ask.say
    if present(one.received_sek) < 0:
        return say("more repaid than received, {expected} expected", expected=say.percent(_expected(one)))
    return say(
        "{received} received, {expected} expected",
        received=say.percent(_received(one)),
        expected=say.percent(_expected(one)),
    )


def _table(ask: Ask, courses: Sequence[ProjectStatus]) -> Table:
    say = ask.say
    columns: tuple[TableColumn[ProjectStatus], ...] = (
        text_column(say("Project"), lambda one: one.project.title),
        share_column(say("Time gone"), lambda one: float(one.time_gone), say),
        kr_column(say("Grant, SEK"), lambda one: one.grant_sek, courses, say),
        kr_column(say("Received, less repaid, SEK"), lambda one: one.received_sek, courses, say),
        share_column(say("Received of the grant"), lambda one: float(_received(one)), say),
        share_column(say("Expected"), lambda one: float(_expected(one)), say),
        text_column(say("How the grant is paid"), lambda one: _plan(ask, one.plan, one.assumed)),
    )
    return Table.of(columns, courses)


def _plan(ask: Ask, plan: Sequence[Decimal], assumed: bool) -> str:
    say = ask.say
    parts = " + ".join(say.percent(share) for share in plan)
    return say("{plan} (assumed)", plan=parts) if assumed else parts
