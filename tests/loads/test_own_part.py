"""Who works for one of two administrations: sees its part of the register and nothing of the other's, and changes that
alone; without such a limit nothing is other than before."""

from __future__ import annotations

import re
import shutil
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from analytics.funding.register import funding, history
from analytics.loads.dialogue_rows import REMOVED
from analytics.loads.load import LoadRefused
from analytics.loads.own_part import not_theirs
from analytics.loads.save import BothChanged
from analytics.loads.save import save as save_what
from analytics.loads.save_framework import changed_framework
from analytics.model.administrations import Administration, PartStatus, ReportPart
from analytics.model.errors import NotAllowed
from analytics.model.funding import BudgetGoal, Narrative, ReportQuestion
from analytics.model.people import Identity, ViewerRole
from analytics.model.schools import Viewer
from analytics.registers.funding import FUNDING
from analytics.registers.kinds import KIND_OF, REGISTERS
from analytics.store.drafts import Typed
from analytics.store.registers import Registers
from analytics.store.roles import Roles, give_role
from analytics.store.rows import KeptRow
from analytics.store.scoped import OF_ADMINISTRATIONS, seen_by
from tests.drafting import store_in
from tests.funding.worlds import paid, project
from tests.loads.funding_edits import ALL, SAY, new, part, removed, save, texts, typed
from tests.loads.test_report_parts import ANSWERS, CITY, PARTS, PAYMENTS, PROJECTS
from tests.store.making import kvalitet, put

OWN = Viewer("Gun", None, administrations=frozenset({"grund"}))
ELSEWHERE = Viewer("Nils", None, administrations=frozenset({"nowhere"}))
BUDGETS = "project_id,scope,amount,currency\nhav,own,100,SEK\nland,own,200,SEK\n"
TWO = ANSWERS + "2018,goal_attainment,Asfalt.,gata\n"
VISITS = "project_id,year,direction\nhav,2018,outgoing\nland,2018,outgoing\n"
PARTNERS = "project_id,country\nhav,Italien\nland,Polen\n"
COOPERATIONS = (
    "year,cooperation,form,administration\n2018,Hamn,network,grund\n2018,Torg,network,gata\n2018,Stad,network,\n"
)


@pytest.fixture(scope="module")
def whole(store_once_built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    store = shutil.copytree(store_once_built, tmp_path_factory.mktemp("own") / "store")
    put(
        store, administrations=CITY, projects=PROJECTS, payments=PAYMENTS, narratives=TWO,
        report_parts=PARTS, budgets=BUDGETS, visits=VISITS, partners=PARTNERS, cooperations=COOPERATIONS,
    )  # fmt: skip
    return store


def test_every_kind_of_the_funding_register_is_limited_but_what_the_goals_and_the_administrations_are_called():
    assert {kind.table for kind in FUNDING} - OF_ADMINISTRATIONS.keys() == {"budget_goal", "administration"}


def test_nothing_of_another_s_is_seen_and_all_of_one_s_own_is(whole):
    view = store_in(whole).current()
    seen, all_of_it = seen_by(view, OWN), funding(view, ALL)
    mine = funding(seen, OWN)
    assert [project.id for project in mine.projects] == ["hav"]
    for name in ("budgets", "payments", "partners", "visits"):
        assert getattr(mine, name) == tuple(row for row in getattr(all_of_it, name) if row.project_id == "hav"), name
    for name in ("narratives", "cooperations", "report_parts"):
        assert getattr(mine, name) == tuple(row for row in getattr(all_of_it, name) if row.administration == "grund")
        assert getattr(mine, name), name
    told = repr([view.rows(f"select * from {table}") for table in OF_ADMINISTRATIONS])
    assert "Landet" in told and "Torg" in told and "Asfalt" in told, "the test sees what it looks for"
    told = repr([seen.rows(f"select * from {table}") for table in OF_ADMINISTRATIONS])
    assert "Havet" in told and not any(word in told for word in ("land", "Landet", "Torg", "Asfalt", "gata", "Stad"))
    assert history(seen, OWN, "payments") and all(
        entry.change.project_id == "hav" for entry in history(seen, OWN, "payments")
    )


def test_of_an_administration_that_there_is_not_nothing_is_seen(whole):
    seen = funding(seen_by(store_in(whole).current(), ELSEWHERE), ELSEWHERE)
    assert not (seen.projects or seen.payments or seen.narratives or seen.cooperations or seen.report_parts)


def test_one_s_own_part_is_changed_and_handed_in_and_nothing_else(whole):
    began = texts(whole)
    own, other = (part(began, "payments", project_id=project) for project in ("hav", "land"))
    mine = typed(began, {f"{own}.amount_sek": "7", "answer 2018 results grund": "Bättre.",
                         f"{part(began, 'report_parts', administration='grund')}.status": "handed_in"})  # fmt: skip
    added = new("projects", "t1", project_id="grund-sjo", title="Sjön", programme="Erasmus+", start="2018-01-01",
                end="2019-01-01", administration="Grundskoleförvaltningen")  # fmt: skip
    paid = new("payments", "t2", project_id="grund-sjo", report_year="2018", unit="K", amount_sek="1")
    with pytest.raises(BothChanged) as refused:
        save(whole, {**mine, **typed(began, {f"{other}.note": "Min"})}, viewer=OWN)
    assert [(one.now, one.vanished) for one in refused.value.changes] == [("", True)], "as one that there is not"
    given_away = typed(began, {f"{part(began, 'projects', project_id='hav')}.administration": "gata"})
    with pytest.raises(LoadRefused) as refused:
        save(whole, {**mine, **given_away}, viewer=OWN)
    assert refused.value.problems[0].value == "hav" and texts(whole) == began, "all of it or nothing"
    for viewer, row in ((OWN, own), (ALL, other)):
        with pytest.raises(BothChanged):
            save(whole, typed({f"{row}.amount_sek": "guess"}, {f"{row}.amount_sek": "1"}), viewer=viewer)
    with pytest.raises(NotAllowed):
        save_what(whole, OWN, changed_framework("vebs-2022"), {}, SAY, saved_by="Gun")
    save(whole, {**mine, **added, **paid}, viewer=OWN)
    known = funding(store_in(whole).current(), ALL)
    assert {one.project_id: one.amount_sek for one in known.payments} == {"hav": 7, "land": 2000, "grund-sjo": 1}
    assert {one.administration: one.status for one in known.report_parts} == {
        "grund": PartStatus.HANDED_IN, "gata": PartStatus.NOT_BEGUN,
    }  # fmt: skip


def came_of(store: Path, fields: Mapping[str, Typed]) -> str:
    """All that a save by who works for one administration tells them, but for what they have typed themselves."""
    try:
        told = repr(save(store, fields, viewer=OWN))
    except BothChanged as refused:
        told = repr(refused.changes)
    except LoadRefused as refused:
        told = repr(refused.problems)
    except NotAllowed:
        told = "not allowed"
    own = {text for typed in fields.values() for text in (typed.before, typed.text) if len(text) > 1}
    return re.sub("|".join(map(re.escape, sorted(own, key=len, reverse=True))), "…", told)


def test_no_guess_at_another_s_rows_is_answered_otherwise_when_it_is_right(whole):
    """Requests that no page of theirs makes: what is typed says what they think stands in a row that they do not see,
    takes it away, names its project, its id or its title."""
    began = texts(whole)
    payment, project = (part(began, kind, project_id="land") for kind in ("payments", "projects"))
    of_its_name = payment.replace("payments.r", "payments.rn")
    status, answer = f"{part(began, 'report_parts', administration='gata')}.status", "answer 2018 goal_attainment gata"

    def guessed(field: str, *words: tuple[str, str]) -> list[dict[str, Typed]]:
        return [{field: Typed(before, text)} for before, text in words]

    def called(project: str) -> dict[str, Typed]:
        return new("projects", "t8", project_id=project, title="Nytt", programme="Erasmus+", start="2018-01-01",
                   end="2019-01-01", administration="grund")  # fmt: skip

    def budget_of(project: str) -> dict[str, Typed]:
        return new("budgets", "t9", project_id=project, scope="own", amount="11", currency="SEK")

    for alike in (
        guessed(f"{payment}.amount_sek", ("guess", "2000"), ("guess", "2000,00"), ("guess", "2001"), ("2000", "77")),
        guessed(f"{of_its_name}.amount_sek", ("", "2000"), ("", "2001")),
        guessed(f"{project}.title", ("guess", "Landet"), ("guess", "Lan"), ("Landet", "Mitt")),
        guessed(status, ("guess", "not_begun"), ("guess", "draft"), ("not_begun", "handed_in")),
        guessed(answer, ("guess", "Asfalt."), ("guess", "Grus."), ("Asfalt.", "Grus.")),
        [removed(began, payment), {f"{payment}.{REMOVED}": Typed("guess", "yes")}],
        [removed(began, project), {f"{project}.{REMOVED}": Typed("guess", "yes")}],
        *([budget_of(project)] for project in ("land", "lane", "Landet", "Lundet")),
        [called(project) for project in ("land", "lane", "Land", "gata-1")],
    ):
        told = [came_of(whole, fields) for fields in alike]
        assert len(set(told)) == 1 and "version=" not in told[0], told
        assert not any(word in told[0] for word in ("land", "Landet", "2000", "Asfalt", "Kontoret")), told
    assert texts(whole) == began


HAV, LAND = project("hav", administration="grund"), project("land", administration="gata")
PAID, PAID_THERE = paid("1", project_id="hav"), paid("2", project_id="land")
PART, PART_THERE = ReportPart(2018, "grund"), ReportPart(2018, "gata")
HANDED_IN, APPROVED = (replace(PART, status=status) for status in (PartStatus.HANDED_IN, PartStatus.APPROVED))
ANSWER = Narrative(2018, ReportQuestion.RESULTS, "Bra.", administration="grund")
CITY_ROW = Administration("gata", "Gatukontoret")


def registers(*rows: Any) -> Registers:
    """Each row's id is its place among the rows."""
    kept = {kind.name: [] for kind in REGISTERS}
    for n, row in enumerate(rows):
        if row is not None:
            kept[KIND_OF[type(row)].name].append(KeptRow(f"1-{n}", row))
    return Registers({name: tuple(own) for name, own in kept.items()})


@pytest.mark.parametrize(
    ("before", "after", "theirs"),
    [
        (PAID, replace(PAID, note="Min"), True),
        (PAID, None, True),
        (None, PAID, True),
        (ANSWER, replace(ANSWER, text="Bättre."), True),
        (PART, HANDED_IN, True),
        (None, HANDED_IN, True),
        (PAID_THERE, replace(PAID_THERE, note="Min"), False),
        (PAID_THERE, None, False),
        (PAID, replace(PAID, project_id="land"), False),
        (PAID_THERE, replace(PAID_THERE, project_id="hav"), False),
        (None, project("sjo"), False),
        (None, project("gata-sjo", administration="gata"), False),
        (ANSWER, replace(ANSWER, administration="gata"), False),
        (replace(ANSWER, administration=None), ANSWER, False),
        (PART_THERE, replace(PART_THERE, status=PartStatus.HANDED_IN), False),
        (PART, replace(PART, deadline=date(2029, 1, 1)), False),
        (HANDED_IN, APPROVED, False),
        (HANDED_IN, PART, False),
        (APPROVED, None, False),
        (CITY_ROW, replace(CITY_ROW, title="Gatan"), False),
        (None, BudgetGoal(77, "Mål", "Goal"), False),
    ],
    ids=str,
)
def test_what_may_become_of_a_row(before, after, theirs):
    was, now = (registers(HAV, LAND, row) for row in (before, after))
    assert bool(not_theirs(OWN, was, now, SAY)) is not theirs
    assert not not_theirs(ALL, was, now, SAY)


@pytest.mark.parametrize("whose", ["gata", None])
def test_a_project_is_neither_taken_over_nor_given_away(whose):
    other = replace(HAV, administration=whose)
    for one, two in ((HAV, other), (other, HAV), (other, None)):
        assert not_theirs(OWN, registers(one, PAID), registers(two, PAID if two else None), SAY)


def test_roles_tell_to_what_they_are_limited_and_others_are_written_as_before(whole, capsys):
    def add(*more: str) -> int:
        return kvalitet("roles", "add", "--store", whole, "--issuer", "i", "--subject", "s", "--name", "Gun", *more)

    give_role(whole, Identity("i", "b"), "Bo", ViewerRole.FUNDS, (), "root")
    assert "administrations" not in (whole / "roles.json").read_text("utf-8")
    assert add("--role", "eu", "--administration", "grund", "--administration", "gata") == 0
    (row,) = Roles(whole).of(Identity("i", "s"))
    assert row.administrations == ("gata", "grund") and "gata, grund" in capsys.readouterr().out
    assert add("--role", "eu", "--administration", "nowhere") != 0 and add(
        "--role", "data", "--administration", "grund"
    )
    assert Roles(whole).of(Identity("i", "s")) == (row,)
    assert add("--role", "eu") == 0 and Roles(whole).of(Identity("i", "s"))[0].administrations is None
