"""Whether a load would leave the store as it is: nothing is in the files, or all that is in them is there just so."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb

from analytics.intake.files import Intake
from analytics.loads.checks import rounds_of
from analytics.loads.placing import of_files
from analytics.model.provenance import Provenance
from analytics.registers.field import RowKind
from analytics.registers.kinds import REGISTERS
from analytics.store.reading import View, open_answers
from analytics.store.reference import read_frameworks, read_schools
from analytics.store.registers import Registers
from analytics.store.versions import read_current

# Rows of the one that are not the other's, as often as they stand there. People are told by all that each has answered:
# the number that each is given is of no load but its own.
SHEETS = """
    select framework, year, school_id, list((criterion, level, team::varchar, role::varchar) order by criterion)
    from {table} semi join rounds using (framework, year, school_id) group by framework, year, school_id, respondent
"""
COUNTS = """
    select framework, year, school_id, criterion, level, answers
    from {table} semi join rounds using (framework, year, school_id)
"""
INVITED = """
    select framework, year, school_id, invited, responded
    from {table} semi join counted using (framework, year, school_id)
"""
OTHERS = "select count(*) from ((({one}) except all ({other})) union all (({other}) except all ({one})))"
COME_ELSE = (
    "select count(*) from rounds anti join (from round_source where provenance = ?) using (framework, year, school_id)"
)


def holds_anything(intake: Intake) -> bool:
    """Whether the files have anything to load."""
    rounds = (intake.answers, intake.counts, intake.participation)
    return any((intake.frameworks, intake.schools, intake.funding, intake.dialogues, *(r is not None for r in rounds)))


def is_there_already(folder: Path, view: View, registers: Registers, intake: Intake, origin: Provenance) -> bool:
    """Whether all that the files hold, put in place of what there is of it, would leave it as it is."""
    known = {framework.id: framework for framework in read_frameworks(view)}
    schools = {school.id: school for school in read_schools(view)}
    if any(known.get(framework.id) != framework for _, framework in intake.frameworks):
        return False
    if any(schools.get(row.school.id) != row.school for row in intake.schools):
        return False
    told = (*intake.funding, *intake.dialogues)
    after = of_files(registers, told, lambda row: False, origin, 0)
    if any(_by_id(registers, kind) != _by_id(after, kind) for kind in REGISTERS):
        return False
    with open_answers(folder / read_current(folder).version(view.number).answers) as stored:
        return _rounds_are_there(stored, intake, origin)


def _by_id(registers: Registers, kind: RowKind) -> dict[str, Any]:
    return {kept.id: kept.row for kept in registers.of(kind)}


def _rounds_are_there(stored: duckdb.DuckDBPyConnection, intake: Intake, origin: Provenance) -> bool:
    stored.register("rounds", rounds_of(intake, intake.answers, intake.counts))
    stored.register("counted", rounds_of(intake, intake.participation))
    if stored.execute(COME_ELSE, [origin.value]).fetchall() != [(0,)]:
        return False
    for part, table, question in (
        (intake.answers, "answer", SHEETS),
        (intake.counts, "level_count", COUNTS),
        (intake.participation, "participation", INVITED),
    ):
        if part is None:
            continue
        stored.register("come", part)
        if stored.execute(
            OTHERS.format(one=question.format(table=table), other=question.format(table="come"))
        ).fetchall() != [(0,)]:
            return False
    return True
