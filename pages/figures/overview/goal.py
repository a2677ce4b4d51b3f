"""How many schools reach the goal, round by round, and what each framework's goal is."""

from __future__ import annotations

from analytics.charts.strip import CountBar, counts
from analytics.documents.own_chart import Kind
from analytics.maturity.rounds import Round, lineage
from analytics.model.frameworks import Framework
from analytics.words.goals import goal_rule
from pages.shared.parts import goal_rules, or_unknown
from pages.ui.content import Ask, Block, Table, TableColumn, count_column, text_column, year_column
from pages.ui.own_chart import NUMBERS, OwnChart
from pages.ui.phrases import eras_of


def goal_fold(ask: Ask, framework_id: str, year: int) -> Block:
    return goal_by_round(ask, lineage(ask.catalogue.frameworks, framework_id), year)


def goal_by_round(ask: Ask, chain: tuple[Framework, ...], year: int) -> Block:
    say, ids = ask.say, {framework.id: framework for framework in chain}
    rounds = [found for found in ask.catalogue.rounds if found.framework in ids and found.year <= year]
    bars = [
        CountBar(
            name=say.round(found.year),
            count=found.met,
            of=found.met + found.not_met,
            text=say("{part} of {whole}", part=say.integer(found.met), whole=say.integer(found.met + found.not_met)),
            hover=say(
                "{year}, {framework}",
                year=say.round(found.year),
                framework=ids[found.framework].title.in_(say.language),
            ),
        )
        for found in rounds
    ]
    last = rounds[-1]
    headline = say.plural(
        "In {year}, {n} school met the goal on every criterion",
        "In {year}, {n} schools met the goal on every criterion",
        last.met,
        year=say.round(last.year),
    )
    columns: tuple[TableColumn[Round], ...] = (
        year_column(lambda found: found.year, say),
        text_column(say("Framework"), lambda found: ids[found.framework].title.in_(say.language)),
        text_column(say("Goal"), lambda found: goal_rule(ids[found.framework], say)),
        count_column(say("Met the goal"), lambda found: found.met, say),
        count_column(say("Did not meet the goal"), lambda found: found.not_met, say),
        count_column(say("Cannot be determined"), lambda found: found.cannot_tell, say),
        count_column(say("Hidden"), lambda found: found.hidden_schools, say),
        count_column(say("Invited"), lambda found: or_unknown(found.invited), say),
        count_column(
            say("Responded"),
            lambda found: or_unknown(None if found.invited is None else found.responded_of_invited),
            say,
        ),
    )
    return Block(
        key="goal_by_round",
        headline=headline,
        alt=say(
            "Bar chart: schools that met the goal on every criterion, per round. {points}.",
            points="; ".join(f"{b.name}: {b.text}" for b in bars),
        ),
        table=Table.of(columns, rounds),
        own_chart=OwnChart(
            Kind.STACKED, say("Year"), (say("Met the goal"), say("Did not meet the goal")), number_format=NUMBERS
        ),
        figure=counts(bars, say.language, eras=eras_of(chain, [found.year for found in rounds], say)),
        note=goal_rules([framework for framework in chain if framework.id in {r.framework for r in rounds}], say)
        + " "
        + say(
            "The goal is decided on the schools' own figures. Where a criterion is hidden it cannot be determined, "
            "unless another criterion already misses the goal."
        ),
    )
