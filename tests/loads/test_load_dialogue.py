"""Loads of the dialogue's registers: what is there is refused or replaced, what goes first, and the figures stay."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from analytics.intake.files import ReadingOptions
from analytics.loads.dialogue import ClearedDialogues
from analytics.loads.load import LoadOutcome, LoadRefused, check, load
from analytics.model.dialogue import Activity, Certification, Dialogues, Event, Progress
from analytics.model.provenance import Provenance
from analytics.store.dialogue import read_dialogues
from analytics.store.reading import Store, open_answers, standing_on
from analytics.store.registers import Registers
from analytics.store.versions import read_current
from tests.drafting import store_in
from tests.intake.making import PROV, SAY, csv_bytes, rows
from tests.sampling import sample
from tests.store.making import sources, tree

SCHOOLS = "school_id | name\nalfa | Alfaskolan\nbeta | Betaskolan"
DIALOGUES = """
school | framework | year | held       | notes
alfa   | prov-2020 | 2021 | 2021-02-10 | Första
alfa   | prov-2020 | 2022 |            |
beta   | prov-2020 | 2022 | 2022-02-11 |
"""
AGREEMENTS = """
school | framework | year | number | criterion | to_level | due
alfa   | prov-2020 | 2021 | 1      | A1        | 3        | 2022-01-31
alfa   | prov-2020 | 2022 | 1      | A1        | 3        | 2023-01-31
alfa   | prov-2020 | 2022 | 2      | A2        | 3        | 2023-01-31
beta   | prov-2020 | 2022 | 1      | A1        | 3        | 2023-01-31
"""
ACTIONS = """
school | framework | year | agreement | number | text   | role    | activity
alfa   | prov-2020 | 2021 | 1         | 1      | Läsa   | staff   |
alfa   | prov-2020 | 2022 | 1         | 1      | Skriva | staff   | lasning
alfa   | prov-2020 | 2022 | 2         | 1      | Räkna  | manager |
beta   | prov-2020 | 2022 | 1         | 1      | Rita   | central | matte
"""
ACTIVITIES = """
activity_id | title     | framework | area
lasning     | Läslyftet | prov-2020 | ledning
matte       | Mattelyft | prov-2020 | ledning
"""
CERTIFICATIONS = """
school | event     | date       | note
alfa   | applied   | 2022-01-10 |
alfa   | certified | 2022-06-03 | Goto 10
beta   | applied   | 2023-01-10 |
"""
FINDINGS = """
school | framework | criterion | date       | level
alfa   | prov-2020 | A1        | 2022-05-02 | 3
alfa   | prov-2020 | A2        | 2022-05-02 | 2
alfa   | prov-2020 | A1        | 2023-05-02 | 4
beta   | prov-2020 | A1        | 2022-05-02 | 2
"""
LABELS = "school | label | date\nalfa | school_label | 2021-03-01\nbeta | prize | 2022-10-01"
FIRST = {
    "activities": ACTIVITIES, "dialogues": DIALOGUES, "agreements": AGREEMENTS, "actions": ACTIONS,
    "certifications": CERTIFICATIONS, "findings": FINDINGS, "labels": LABELS,
}  # fmt: skip
ROUND = ("alfa", "prov-2020", 2022)


def files(store: Path, texts: dict[str, str]) -> list[Path]:
    paths = [store.parent / f"{name}.csv" for name in texts]
    for path, text in zip(paths, texts.values(), strict=True):
        path.write_bytes(csv_bytes(rows(text), ";"))
    return paths


def put(store: Path, texts: dict[str, str], replace: bool = True, **how) -> LoadOutcome:
    provenance = how.pop("provenance", Provenance.IMPORTED)
    return load(
        store, files(store, texts), ReadingOptions(provenance=provenance), SAY, loaded_by="t", replace=replace, **how
    )


def held(store: Path) -> Dialogues:
    return read_dialogues(store_in(store).current())


@pytest.fixture(scope="module")
def first_load(store_once_built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    store = shutil.copytree(store_once_built, tmp_path_factory.mktemp("dialogue") / "store")
    toml = store.parent / "prov.toml"
    toml.write_text(PROV, "utf-8")
    answers = "framework | year | school | respondent | criterion | level\n"
    answers += "\n".join(f"prov-2020 | 2022 | alfa | p{i} | A1 | {i % 4 + 1}" for i in range(8))
    load(
        store, [toml, *files(store, {"schools": SCHOOLS, "answers": answers})], ReadingOptions(), SAY, loaded_by="test"
    )
    put(store, FIRST, replace=False, provenance=Provenance.SYNTHETIC)
    return store


@pytest.fixture
def store(first_load: Path, tmp_path: Path) -> Path:
    """A store of its own that holds FIRST, synthetic."""
    return shutil.copytree(first_load, tmp_path / "store")


def test_all_of_it_comes_back_as_it_was_told(store):
    now = held(store)
    counts = {name: len(getattr(now, name)) for name in Dialogues.__slots__}
    assert counts == {name: len(rows(text)) - 1 for name, text in FIRST.items()}
    assert now.certifications[1] == Certification(
        "alfa", Event.CERTIFIED, date(2022, 6, 3), "Goto 10", provenance=Provenance.SYNTHETIC
    )
    assert [(a.school_id, a.agreement, a.text, a.activity) for a in now.actions[1:3]] == [
        ("alfa", 1, "Skriva", "lasning"),
        ("alfa", 2, "Räkna", None),
    ]


def test_what_is_there_already_is_refused_once_for_each_thing(store):
    before = tree(store)
    with pytest.raises(LoadRefused) as refused:
        put(store, FIRST, replace=False)
    assert tree(store) == before
    told = [(Path(p.file).stem, p.row, p.column, p.value) for p in refused.value.problems]
    assert told == [
        ("activities", 1, "activity_id", "lasning"),
        ("activities", 2, "activity_id", "matte"),
        ("dialogues", 1, "school", "alfa, prov-2020, 2021"),
        ("dialogues", 2, "school", "alfa, prov-2020, 2022"),
        ("dialogues", 3, "school", "beta, prov-2020, 2022"),
        ("agreements", 1, "school", "alfa, prov-2020, 2021"),
        ("agreements", 2, "school", "alfa, prov-2020, 2022"),
        ("agreements", 4, "school", "beta, prov-2020, 2022"),
        ("actions", 1, "agreement", "alfa, prov-2020, 2021, 1"),
        ("actions", 2, "agreement", "alfa, prov-2020, 2022, 1"),
        ("actions", 3, "agreement", "alfa, prov-2020, 2022, 2"),
        ("actions", 4, "agreement", "beta, prov-2020, 2022, 1"),
        ("certifications", 1, "school", "alfa"),
        ("certifications", 3, "school", "beta"),
        ("findings", 1, "school", "alfa, 2022-05-02"),
        ("findings", 3, "school", "alfa, 2023-05-02"),
        ("findings", 4, "school", "beta, 2022-05-02"),
        ("labels", 1, "school", "alfa"),
        ("labels", 2, "school", "beta"),
    ]
    hint = "Add --add to add what is not there, or --replace to replace it."
    assert {p.hint for p in refused.value.problems} == {hint}
    assert check(store, files(store, FIRST), ReadingOptions(), SAY).ok, "a check minds nothing that is there"


def test_what_is_new_needs_no_leave(store):
    new = {
        "dialogues": "school | framework | year | held\nbeta | prov-2020 | 2023 | 2023-02-10",
        "agreements": AGREEMENTS.splitlines()[1] + "\nbeta | prov-2020 | 2023 | 1 | A2 | 3 | 2024-01-31",
        "findings": "school | framework | criterion | date | level\nbeta | prov-2020 | A1 | 2023-05-02 | 3",
    }
    assert put(store, new, replace=False).version == 4
    assert (len(held(store).dialogues), len(held(store).agreements), len(held(store).findings)) == (4, 5, 5)


def others(now: Dialogues, name: str, mine) -> list:
    return [row for row in getattr(now, name) if not mine(row)]


REPLACED = [
    ("dialogues", "school | framework | year | held\nalfa | prov-2020 | 2022 | 2022-02-02",
     lambda row: (row.school_id, row.year) == ("alfa", 2022), 1),
    ("agreements", "school | framework | year | number | criterion | to_level | due\n"
     "alfa | prov-2020 | 2022 | 2 | A2 | 4 | 2023-01-31",
     lambda row: (row.school_id, row.year) == ("alfa", 2022), 1),
    ("actions", "school | framework | year | agreement | number | text | role\n"
     "alfa | prov-2020 | 2022 | 1 | 2 | Tala | chef\nalfa | prov-2020 | 2022 | 1 | 3 | Lyssna | chef",
     lambda row: (row.school_id, row.year, row.agreement) == ("alfa", 2022, 1), 2),
    ("activities", "activity_id | title | framework | area\nlasning | Läs | prov-2020 | undervisning",
     lambda row: row.id == "lasning", 1),
    ("certifications", "school | event | date\nalfa | declined | 2022-01-12",
     lambda row: row.school_id == "alfa", 1),
    ("findings", "school | framework | criterion | date | level\nalfa | prov-2020 | B1 | 2022-05-02 | 1",
     lambda row: (row.school_id, row.day.year) == ("alfa", 2022), 1),
    ("labels", "school | label | date\nalfa | certifikat | 2023-03-01", lambda row: row.school_id == "alfa", 1),
]  # fmt: skip


@pytest.mark.parametrize(("name", "text", "mine", "after"), sample(REPLACED, 2))
def test_a_file_replaces_what_it_is_about_and_leaves_the_rest(store, name, text, mine, after):
    before = held(store)
    put(store, {name: text})
    now = held(store)
    assert others(now, name, mine) == others(before, name, mine) != []
    new = [row for row in getattr(now, name) if mine(row)]
    assert len(new) == after and not set(new) & set(getattr(before, name))
    for other in set(Dialogues.__slots__) - {name, "actions", "agreements"}:
        assert getattr(now, other) == getattr(before, other)


def test_an_agreement_that_goes_takes_its_actions_with_it(store):
    put(store, {"agreements": AGREEMENTS.splitlines()[1] + "\nalfa | prov-2020 | 2022 | 2 | A2 | 4 | 2023-01-31"})
    assert [(a.school_id, a.year, a.agreement) for a in held(store).actions] == [
        ("alfa", 2021, 1),
        ("alfa", 2022, 2),
        ("beta", 2022, 1),
    ]


def test_a_round_that_is_cleared_and_told_anew(store):
    new = {
        "agreements": AGREEMENTS.splitlines()[1] + "\nalfa | prov-2020 | 2022 | 3 | B1 | 4 | 2023-01-31",
        "actions": ACTIONS.splitlines()[1] + "\nalfa | prov-2020 | 2022 | 3 | 1 | Måla | staff |",
    }
    put(store, new, cleared_dialogues=ClearedDialogues(rounds=frozenset([ROUND])))
    now = held(store)
    assert [(a.school_id, a.year, a.number) for a in now.agreements] == [
        ("alfa", 2021, 1),
        ("beta", 2022, 1),
        ("alfa", 2022, 3),
    ]
    assert [a.text for a in now.actions] == ["Läsa", "Rita", "Måla"]


def test_everything_that_may_be_cleared(store):
    before = held(store)
    gone = ClearedDialogues(
        rounds=frozenset([("beta", "prov-2020", 2022)]),
        actions=frozenset([(*ROUND, 1)]),
        activities=frozenset(["matte", "lasning"]),
        certifications=frozenset(["alfa"]),
        labels=frozenset(["beta"]),
    )
    assert put(store, {}, cleared_dialogues=gone).ok
    now = held(store)
    assert now.activities == () and {a.activity for a in now.actions} == {None}
    assert [(a.school_id, a.year, a.number) for a in now.agreements] == [
        ("alfa", 2021, 1),
        ("alfa", 2022, 1),
        ("alfa", 2022, 2),
    ]
    assert [a.text for a in now.actions] == ["Läsa", "Räkna"]
    assert ({c.school_id for c in now.certifications}, {x.school_id for x in now.labels}) == ({"beta"}, {"alfa"})
    assert (now.dialogues, now.findings) == (before.dialogues, before.findings)


def test_an_action_may_not_lean_on_an_agreement_that_is_cleared(store):
    actions = ACTIONS.splitlines()[1] + "\nalfa | prov-2020 | 2022 | 1 | 1 | Måla | staff |"
    with pytest.raises(LoadRefused) as refused:
        put(store, {"actions": actions}, cleared_dialogues=ClearedDialogues(rounds=frozenset([ROUND])))
    assert [(p.row, p.column) for p in refused.value.problems] == [(1, "agreement")]
    assert len(held(store).actions) == 4


def provenances(store: Path, name: str) -> dict:
    return {tuple(getattr(row, f) for f in ("school_id", "year")): row.provenance for row in getattr(held(store), name)}


def test_what_was_invented_is_never_called_real_again(store):
    put(store, {"dialogues": "school | framework | year | held\nalfa | prov-2020 | 2022 | 2022-02-02"})
    assert provenances(store, "dialogues") == {
        ("alfa", 2021): Provenance.SYNTHETIC,
        ("alfa", 2022): Provenance.MIXED,
        ("beta", 2022): Provenance.SYNTHETIC,
    }
    put(store, {"agreements": "\n".join(AGREEMENTS.splitlines()[1:3])})
    assert provenances(store, "agreements")["alfa", 2021] is Provenance.SYNTHETIC, "told again just as it was"
    assert provenances(store, "agreements")["beta", 2022] is Provenance.SYNTHETIC
    new = AGREEMENTS.splitlines()[1] + "\nbeta | prov-2020 | 2022 | 9 | A1 | 3 | 2023-01-31"
    put(store, {"agreements": new})
    assert provenances(store, "agreements")["beta", 2022] is Provenance.IMPORTED, "another agreement altogether"


def test_real_actions_in_an_invented_agreement_make_it_mixed(store):
    put(store, {"actions": ACTIONS.splitlines()[1] + "\nbeta | prov-2020 | 2022 | 1 | 1 | Rita | central |"})
    assert provenances(store, "agreements")["beta", 2022] is Provenance.MIXED
    assert provenances(store, "agreements")["alfa", 2021] is Provenance.SYNTHETIC
    put(store, {}, cleared_dialogues=ClearedDialogues(actions=frozenset([("alfa", "prov-2020", 2021, 1)])))
    assert provenances(store, "agreements")["alfa", 2021] is Provenance.MIXED


def test_a_published_stage_is_published_still_when_the_school_s_next_is_added(store):
    put(store, {"certifications": CERTIFICATIONS}, provenance=Provenance.PUBLISHED)
    was = {c.event: c.provenance for c in held(store).certifications if c.school_id == "alfa"}
    assert set(was.values()) == {Provenance.SYNTHETIC}, "told again just as they were"
    put(store, {"certifications": "school | event | date\nalfa | declined | 2021-01-10"})
    put(store, {"certifications": CERTIFICATIONS}, provenance=Provenance.PUBLISHED)
    alfa = "\n".join(CERTIFICATIONS.splitlines()[1:4]).replace("Goto 10", "På Goto 10")
    put(store, {"certifications": alfa + "\nalfa | renewed | 2025-06-03 |"})
    now = {c.event: c.provenance for c in held(store).certifications if c.school_id == "alfa"}
    assert now == {
        Event.APPLIED: Provenance.PUBLISHED,
        Event.CERTIFIED: Provenance.IMPORTED,  # another note
        Event.RENEWED: Provenance.IMPORTED,
    }


CELLS = "select * from cell order by all"


def figures_of(store: Path) -> tuple[int, int]:
    """The version in force, and the one whose figures it has."""
    view = Store(store).current()
    return view.number, standing_on(view)[0]


def all_answers(store: Path) -> list[tuple]:
    with open_answers(store / read_current(store).in_force.answers) as stored:
        return stored.execute("from answer order by all").fetchall()


def test_figures_and_answers_stay(store):
    """The file that the labels come in is noted beside the answers, so these are copied."""
    answers, cells = all_answers(store), Store(store).current().rows(CELLS)
    assert cells and figures_of(store) == (3, 2), "the load of answers, before that of the dialogues"
    put(store, {"labels": "school | label | date\nalfa | certifikat | 2023-03-01"})
    assert figures_of(store) == (4, 2)
    assert all_answers(store) == answers and sources(store)[-1][0].kind == "labels"
    assert Store(store).current().rows(CELLS) == cells


def test_dialogues_together_with_schools_are_published_anew(store):
    gamma = "school | label | date\ngamma | pris | 2022-10-01"
    put(store, {"schools": "school_id | name\ngamma | Gammaskolan", "labels": gamma})
    assert figures_of(store) == (4, 4)
    assert held(store).labels[-1].school_id == "gamma"


def test_a_load_that_is_stopped_by_what_somebody_else_has_saved(store):
    seen = []

    def unless(view: object, registers: Registers) -> None:
        seen.append((registers.funding, registers.dialogues))
        raise InterruptedError

    before = tree(store)
    with pytest.raises(InterruptedError):
        put(store, {"labels": LABELS}, unless=unless)
    ((funding, dialogues),) = seen
    assert dialogues == held(store) and funding.projects == ()
    assert tree(store) == before


def test_loads_of_other_things_leave_the_dialogues(store):
    before = held(store)
    put(store, {"schools": "school_id | name\nalfa | Nya Alfaskolan"})
    assert held(store) == before


@pytest.mark.parametrize(
    ("there", "instead", "problem"),
    [
        ('id = "A2"', 'id = "A9"', ("criterion", "A2")),
        ('id = "ledning"', 'id = "styrning"', ("area", "ledning")),
        ("valid_from = 2020", "valid_from = 2022", ("year", "2021")),
        ("level = 3", 'level = 3\nstatistic = "share"\nshare = 0.5', ("to_level", "3")),
    ],
)
def test_a_framework_replaced_under_dialogues_that_do_not_fit(store, there, instead, problem):
    toml, before = store.parent / "prov.toml", tree(store)
    toml.write_text(PROV.replace(there, instead), "utf-8")
    with pytest.raises(LoadRefused) as refused:
        load(store, [toml], ReadingOptions(), SAY, loaded_by="test", replace=True)
    assert [(p.row, p.column, p.value) for p in refused.value.problems] == [(None, *problem)]
    assert [(p.column, p.value) for p in check(store, [toml], ReadingOptions(), SAY).problems] == [problem]
    assert tree(store) == before


def test_a_framework_replaced_together_with_the_dialogues_that_stand_on_it(store):
    toml = store.parent / "prov.toml"
    toml.write_text(PROV.replace('id = "A2"', 'id = "A9"'), "utf-8")
    anew = {name: FIRST[name].replace("| A2 ", "| A9 ") for name in ("agreements", "findings")}
    load(store, [toml, *files(store, anew)], ReadingOptions(), SAY, loaded_by="test", replace=True)
    assert {a.criterion for a in held(store).agreements} == {f.criterion for f in held(store).findings} == {"A1", "A9"}


def test_states_are_kept(store):
    status = AGREEMENTS.splitlines()[1] + " | status\nbeta | prov-2020 | 2022 | 1 | A1 | 3 | 2023-01-31 | struket"
    put(store, {"agreements": status})
    assert [a.status for a in held(store).agreements if a.school_id == "beta"] == [Progress.DROPPED]
    put(store, {"activities": "activity_id | title | framework | area\nny | Ny | prov-2020 | ledning"}, replace=False)
    assert held(store).activities[-1] == Activity("ny", "Ny", "prov-2020", "ledning")
