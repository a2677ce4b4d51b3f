"""Parts of a report in a store: handed in, approved, sent back, changed afterwards; what may not be done; old files."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from analytics.funding.register import funding
from analytics.intake.parsed import ParsedRow
from analytics.loads.funding import ClearedFunding
from analytics.loads.load import LoadRefused
from analytics.loads.own_files import own_rows
from analytics.loads.part_states import PartState, part_states
from analytics.loads.part_steps import check_parts
from analytics.loads.part_words import changed_in_words, who_has_handed_in
from analytics.model.administrations import MAY_BECOME, Administration, PartStatus, ReportPart
from analytics.model.funding import Funding, Narrative, ReportQuestion
from analytics.words.language import words
from tests.drafting import store_in
from tests.funding.worlds import project
from tests.loads.funding_edits import ALL, held, new, part, save, texts, typed
from tests.store.making import kvalitet, put

SAY = words("en")
CITY = "administration_id,name\ngrund,Grundskoleförvaltningen\ngata,Gatukontoret\n"
PROJECTS = (
    "project_id,title,programme,start,end,administration\n"
    "hav,Havet,Erasmus+,2018-09-01,2020-08-31,grund\n"
    "land,Landet,Erasmus+,2018-09-01,2020-08-31,Gatukontoret\n"
)
PAYMENTS = "project_id,report_year,unit,amount_sek\nhav,2018,Kontoret,1000.50\nland,2018,Kontoret,2000\n"
ANSWERS = "year,question,text,administration\n2018,results,Bra.,grund\n"
PARTS = "year,administration,deadline\n2018,grund,2019-02-15\n2018,gata,2019-02-15\n"
COMMON = "year,question,text\n2018,results,Gemensamt.\n"


@pytest.fixture(scope="module")
def in_parts(store_once_built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    store = shutil.copytree(store_once_built, tmp_path_factory.mktemp("parts") / "store")
    put(store, administrations=CITY, projects=PROJECTS, payments=PAYMENTS, narratives=ANSWERS, report_parts=PARTS)
    return store


@pytest.fixture
def store(in_parts: Path, tmp_path: Path) -> Path:
    """A store with two administrations, each test's own: in whatever order they run, and in whichever process."""
    return shutil.copytree(in_parts, tmp_path / "store")


def states(store: Path) -> dict[str, PartState]:
    view = store_in(store).current()
    return {one.administration.id: one for one in part_states(view, ALL, funding(view, ALL), 2018)}


def change(store: Path, by: str = "Anna Ek", **fields: str) -> int | None:
    """Types in rows: `project__title` of the schools' own project, `part__status` of their part."""
    began = texts(store)
    rows = {
        "project": part(began, "projects", project_id="hav"),
        "payment": part(began, "payments", project_id="hav", report_year="2018"),
        "other": part(began, "payments", project_id="land"),
        "part": part(began, "report_parts", administration="grund"),
    }
    named = {f"{rows[name]}.{column}": text for key, text in fields.items() for name, column in [key.split("__")]}
    return save(store, typed(began, named), by=by).version


def test_a_part_is_handed_in_approved_and_told_as_changed_afterwards(store, capsys):
    before = states(store)
    assert {id_: one.status.value for id_, one in before.items()} == {"grund": "draft", "gata": "not_begun"}
    assert who_has_handed_in(tuple(before.values()), SAY).startswith("0 of 2 administrations have handed in. Missing:")

    version = change(store, by="Bo Bok", part__status="handed_in")
    found = states(store)["grund"]
    assert found.status is PartStatus.HANDED_IN and found.handed_in and not found.changed
    assert (found.handed_in.version, found.handed_in.who) == (version, "Bo Bok")
    assert who_has_handed_in(tuple(states(store).values()), SAY) == (
        "1 of 2 administrations has handed in; Gatukontoret is missing, last day 15 February 2019."
    )

    change(store, other__amount_sek="2500", project__title="Annat")
    assert states(store)["grund"].changed == ("hav",), "another's project is no matter of this part"
    later = new("payments", "t1", project_id="hav", report_year="2019", unit="Kontoret", amount_sek="7")
    save(
        store, {**later, **typed(texts(store), {f"{part(texts(store), 'projects', project_id='hav')}.title": "Havet"})}
    )
    assert states(store)["grund"].changed == (), "changed back, and what is a later year's"

    change(store, by="Stadskontoret", part__status="approved", payment__amount_sek="1100")
    save(store, typed(texts(store), {"answer 2018 results grund": "Mycket bra."}))
    found = states(store)["grund"]
    assert found.approved and found.approved.who == "Stadskontoret" and found.handed_in.version == version
    assert changed_in_words(found, {"hav": "Havet"}, SAY) == (
        f"Changed since version {version} was handed in: Havet and results."
    )
    capsys.readouterr()
    assert kvalitet("parts", "--store", store, "--year", "2018", "--json") == 0
    told = json.loads(capsys.readouterr().out)["parts"]
    assert [(one["administration"], one["status"], one["amount_sek"]) for one in told] == [
        ("grund", "approved", 1100), ("gata", "not_begun", 2500),
    ]  # fmt: skip
    assert told[0]["handed_in"]["by"] == "Bo Bok" and set(told[0]["changed_since"]) == {"hav", "results"}

    change(store, part__status="draft", part__note="Svar 4 saknas.", project__administration="gata")
    found = states(store)["grund"]
    assert (found.status, found.note, found.handed_in, found.projects) == (PartStatus.DRAFT, "Svar 4 saknas.", None, 0)
    version = change(store, part__status="handed_in")
    assert states(store)["grund"].handed_in.version == version, "the latest time"


def test_a_step_that_may_not_be_taken_saves_nothing(store):
    change(store, part__status="handed_in")
    began = texts(store)
    with pytest.raises(LoadRefused) as refused:
        change(store, part__status="draft")
    assert [one.column for one in refused.value.problems] == ["note"] and texts(store) == began


def test_cooperations_are_edited_and_an_id_may_have_points(store):
    field = f"answer 2018 {ReportQuestion.RESULTS.value} a%2Eb%252E"
    added = {
        **new("cooperations", "t1", year="2018", cooperation="Vänort", form="Nätverk"),
        **new("administrations", "t2", administration_id="a.b%2E", name="Med punkt"),
    }
    save(store, {**added, **typed(texts(store), {field: "Punkt."})})
    (one,) = held(store).funding.cooperations
    assert (one.name, one.form.value) == ("Vänort", "network")
    assert texts(store)[field] == "Punkt."
    assert [n.administration for n in held(store).funding.narratives if n.text == "Punkt."] == ["a.b%2E"]


def test_what_is_exported_loads_again_as_it_is(store):
    change(store, part__status="handed_in", part__note="Klart.")
    before, view = held(store).funding, store_in(store).current()
    told = {kind: own_rows(view, kind, SAY).csv().decode() for kind in ("administrations", "report_parts")}
    put(store, replace="yes", **told)
    after = held(store).funding
    assert (after.administrations, after.report_parts) == (before.administrations, before.report_parts)


def test_answers_of_files_without_administrations_stand_beside_the_others(store):
    put(store, narratives=COMMON)
    put(store, narratives=COMMON.replace("Gemensamt", "Nytt"), replace="yes")
    told = {n.administration: n.text for n in held(store).funding.narratives if n.question is ReportQuestion.RESULTS}
    assert told[None] == "Nytt." and told["grund"] == "Bra."
    with pytest.raises(LoadRefused) as refused:
        put(store, narratives=ANSWERS.replace("grund", "grundd"), replace="yes")
    assert refused.value.problems[0].problem == "The administration is not known."


SCHOOLS, STREETS = Administration("grund", "Grundskoleförvaltningen"), Administration("gata", "Gatukontoret")


def problems(known: Funding, *told: object, cleared: ClearedFunding | None = None) -> list[str]:
    rows = [ParsedRow(row, "parts", n) for n, row in enumerate(told, 1)]
    return [problem.problem for problem in check_parts(rows, known, cleared or ClearedFunding(), SAY)]


@pytest.mark.parametrize("before", PartStatus, ids=lambda status: status.value)
@pytest.mark.parametrize("after", PartStatus, ids=lambda status: status.value)
def test_a_status_goes_only_where_it_may(before, after):
    known = Funding(administrations=(SCHOOLS,), report_parts=(ReportPart(2018, "grund", status=before),))
    found = problems(known, ReportPart(2018, "grund", status=after, note="Svar 4."))
    assert bool(found) is (after is not before and after not in MAY_BECOME[before])
    assert not problems(Funding(administrations=(SCHOOLS,)), ReportPart(2018, "grund", status=after)), "loaded anew"


def test_what_is_sent_back_says_why():
    known = Funding(report_parts=(ReportPart(2018, "grund", status=PartStatus.APPROVED),))
    assert problems(known, ReportPart(2018, "grund", status=PartStatus.DRAFT)) == [
        "The part is sent back without a word of why."
    ]


def test_no_part_that_is_in_goes_nor_an_administration_that_something_is_of():
    handed_in = ReportPart(2018, "grund", status=PartStatus.HANDED_IN)
    known = Funding(
        administrations=(SCHOOLS, STREETS),
        projects=(project(administration="gata"),),
        report_parts=(handed_in, ReportPart(2018, "gata")),
    )
    parts_gone = ClearedFunding({ReportPart: frozenset({""})})
    assert problems(known, ReportPart(2018, "gata"), cleared=parts_gone) == [
        "A part that has been handed in cannot be removed, nor become another's."
    ]
    assert problems(known, handed_in, cleared=parts_gone) == []
    gone = ClearedFunding({Administration: frozenset({""}), ReportPart: frozenset({""})})
    text = "Gatukontoret has projects, answers or parts of reports, and cannot be removed."
    assert problems(known, SCHOOLS, handed_in, cleared=gone) == [text]
    moved = replace(known.projects[0], administration="grund")
    assert problems(known, SCHOOLS, handed_in, moved, cleared=gone) == []
    assert problems(
        known, SCHOOLS, handed_in, moved, Narrative(2018, "results", "", administration="gata"), cleared=gone
    )
