"""Every field of the registers, as intake reads it: by its type, in whatever kind it stands."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from analytics.intake.fields import FieldReader
from analytics.intake.known_rows import KnownRows
from analytics.intake.references import NAMING
from analytics.intake.register import CityVocabulary
from analytics.intake.word_problem import WordProblem
from analytics.model.administrations import Administration
from analytics.model.dialogue import Activity, Dialogues
from analytics.model.funding import BudgetGoal, Currency, Funding, Project
from analytics.registers import types
from analytics.registers.field import Field, RowKind
from analytics.registers.kinds import REGISTERS
from tests.intake.making import SAY, SCHOOLS, framework, take

EVERY = [(kind, field) for kind in REGISTERS for field in kind.columns]
each_field = pytest.mark.parametrize(("kind", "field"), EVERY, ids=lambda one: one.name)

# A word that each type takes, and what it stands for; what it is read in the light of.
GOOD = {
    types.Text: ("Ord", "Ord"),
    types.Identifier: ("hav-1", "hav-1"),
    types.SchoolReference: ("Alfaskolan", "alfa"),
    types.FrameworkReference: ("prov-2020", "prov-2020"),
    types.BudgetGoalReference: ("Skola", 3),
    types.Country: ("Finland", "FI"),
    types.Day: ("2021-02-03", date(2021, 2, 3)),
    types.Days: ("2021-02-03; 2022-02-03", (date(2021, 2, 3), date(2022, 2, 3))),
    types.Percent: ("12,5 %", Decimal("12.5")),
    types.Year: ("2021", 2021),
    types.Count: ("12", 12),
    types.Whole: ("2", 2),
    types.Amount: ("1 000,50", Decimal("1000.50")),
    types.Rate: ("10,35", Decimal("10.35")),
    types.Plan: ("80/20", (Decimal("0.8"), Decimal("0.2"))),
    types.RoundYear: ("2022", 2022),
    types.CriterionReference: ("A1", "A1"),
    types.AreaReference: ("Ledning", "ledning"),
    types.Level: ("3", 3),
    types.GoalFigure: ("2,5", 2.5),
}


@pytest.fixture
def fields(tmp_path) -> FieldReader:
    funding = Funding(
        goals=(BudgetGoal(3, "Skola", "School"),),
        projects=(Project("hav", "Havet", "Erasmus+", date(2020, 1, 1), date(2021, 1, 1)),),
        administrations=(Administration("hav", "Havsförvaltningen"),),
    )
    dialogues = Dialogues(activities=(Activity("hav", "Läslyftet", "prov-2020", "ledning"),))
    return FieldReader(CityVocabulary([framework(tmp_path)], SCHOOLS, SAY), KnownRows(funding, dialogues), SAY)


def parent(field: Field) -> object:
    return {"framework": "prov-2020", "currency": Currency.EUR}.get(field.within)


@each_field
def test_a_good_word_is_read(fields, kind: RowKind, field: Field):
    match field.type:
        case types.Choice(of):
            word, value = next((member.value, member) for member in of)
        case types.Choices(of):
            word, value = "|".join(member.value for member in of), tuple(of)
        case types.Reference():
            word, value = "hav", "hav"
        case _:
            word, value = GOOD[type(field.type)]
    assert fields.explaining(kind, field)(parent(field), word) == value


@each_field
def test_nothing_is_refused_where_something_must_be_and_the_default_elsewhere(fields, kind: RowKind, field: Field):
    found = fields.explaining(kind, field)(parent(field), "")
    if field.required:
        assert isinstance(found, WordProblem) and found.problem and found.hint
    else:
        assert found == field.default


@pytest.mark.parametrize(
    ("kind", "field"), [one for one in EVERY if not isinstance(one[1].type, types.Text)], ids=lambda one: one.name
)
def test_what_is_no_such_thing_is_refused(fields, kind: RowKind, field: Field):
    assert isinstance(fields.explaining(kind, field)(parent(field), "något annat, helt"), WordProblem)


def test_every_kind_with_ids_has_words_for_them():
    named = {kind.name for kind, field in EVERY if isinstance(field.type, types.Identifier)}
    referred = {field.type.kind for _, field in EVERY if isinstance(field.type, types.Reference)}
    assert named == referred == NAMING.keys()


def test_rows_of_a_project_that_is_refused_are_not_refused_with_it(tmp_path):
    """What is wrong is said once, where it is; an id that no row has is told at once all the same."""
    (tmp_path / "projects.csv").write_text(
        "project_id,title,programme,start,end\nhav,Havet,Erasmus+,2020-01-01,snart\n", "utf-8"
    )
    (tmp_path / "partners.csv").write_text("project_id,country\nhav,FI\nsjö,FI\n", "utf-8")
    intake = take(tmp_path, tmp_path / "projects.csv", tmp_path / "partners.csv")
    assert [(p.row, p.column, p.value) for p in intake.problems] == [(1, "end", "snart"), (2, "project_id", "sjö")]


def test_nothing_is_said_of_what_refers_to_a_row_whose_id_cannot_be_read(tmp_path):
    (tmp_path / "projects.csv").write_text(
        "project_id,title,programme,start,end\nha v,Havet,Erasmus+,2020-01-01,2021-01-01\n", "utf-8"
    )
    (tmp_path / "partners.csv").write_text("project_id,country\nhav,FI\n", "utf-8")
    intake = take(tmp_path, tmp_path / "projects.csv", tmp_path / "partners.csv")
    assert [(p.row, p.column, p.value) for p in intake.problems] == [(1, "project_id", "ha v")]
