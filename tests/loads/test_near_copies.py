"""A round that is loaded again but for a few people is refused, or marked and what tells beside it taken away."""

from __future__ import annotations

import json
import random
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from analytics.cli import cli
from analytics.intake.files import ReadingOptions
from analytics.loads import held_rounds, near_copies
from analytics.loads.freezing import freeze
from analytics.loads.load import LoadRefused, load
from analytics.loads.purging import InForceTells, purge, telling
from analytics.model.errors import StoreBroken
from analytics.model.schools import Viewer
from analytics.store.dialogue import frozen_brief
from analytics.store.reading import Store, version_history
from analytics.store.rollback import check_whole, roll_back
from analytics.store.versions import CURRENT, numbers_taken, read_current, write_current
from analytics.store.writing import locked
from tests.intake.making import PROV, SAY, csv_bytes, rows
from tests.sampling import sample
from tests.store.making import tree

ALL = Viewer("everybody", schools=None)
SCHOOLS = "school_id | name\nalfa | Alfaskolan\nbeta | Betaskolan"
CRITERIA = ("A1", "A2", "B1")
ROUND = ("prov-2020", 2021, "alfa")


def people(n: int, seed: int = 1) -> list[tuple]:
    """Sheets of answers, one a person; None is don't know."""
    draw = random.Random(seed)
    return [
        tuple(draw.choice([1, 2, 3, 4, 4, None]) if i else draw.choice([1, 2, 3, 4]) for i in range(3))
        for _ in range(n)
    ]


def answers(sheets: list[tuple], school: str = "alfa", criteria=CRITERIA) -> str:
    lines = ["framework | year | school | respondent | criterion | level"]
    for n, sheet in enumerate(sheets):
        lines += [
            f"prov-2020 | 2021 | {school} | {school}{n}x | {name} | {level or ''}"
            for name, level in zip(criteria, sheet, strict=True)
        ]
    return "\n".join(lines)


def counts(sheets: list[tuple]) -> str:
    lines = ["framework | year | school | criterion | level_1 | level_2 | level_3 | level_4 | dont_know"]
    for i, name in enumerate(CRITERIA):
        given = [sheet[i] for sheet in sheets]
        told = " | ".join(str(given.count(level)) for level in (1, 2, 3, 4, None))
        lines.append(f"prov-2020 | 2021 | alfa | {name} | {told}")
    return "\n".join(lines)


def put(store: Path, *texts: str, **how) -> int:
    paths = []
    for n, text in enumerate(texts):
        paths.append(store.parent / (f"{n}.toml" if "[[area]]" in text else f"{n}.csv"))
        paths[-1].write_bytes(text.encode() if "[[area]]" in text else csv_bytes(rows(text), ";"))
    how = {"loaded_by": "test", "replace": True} | how
    return load(store, paths, ReadingOptions(), SAY, **how).version


def refused(store: Path, text: str) -> None:
    before = tree(store)
    with pytest.raises(LoadRefused) as error:
        put(store, text)
    (problem,) = error.value.problems
    assert "one to four people" in problem.problem and "--i-know" in problem.hint and problem.value == "alfa"
    assert tree(store) == before


@pytest.fixture(scope="module")
def loaded(store_once_built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    store = shutil.copytree(store_once_built, tmp_path_factory.mktemp("near") / "store")
    put(store, PROV, SCHOOLS, answers(people(14)), answers(people(9, 7), "beta"))
    return store


@pytest.fixture
def store(loaded: Path, tmp_path: Path) -> Path:
    """Of its own, for what is not refused. Version 2 has fourteen people of alfa and nine of beta."""
    return shutil.copytree(loaded, tmp_path / "store")


FEW = {
    "one late": lambda held: [*held, (1, 2, 3)],
    "four late": lambda held: [*held, *people(4, 5)],
    "one late who knows nothing": lambda held: [*held, (None, None, None)],
    "four levels, and more who know nothing": lambda held: [*held, *people(4, 5), *[(None, None, None)] * 3],
    "one gone": lambda held: held[1:],
    "one changed": lambda held: [(4, 1, 1) if held[0] != (4, 1, 1) else (1, 1, 1), *held[1:]],
    "one late in another order": lambda held: [(1, 2, 3), *reversed(held)],
}


@pytest.mark.parametrize("way", FEW)
def test_a_few_people_are_refused(loaded, way):
    refused(loaded, answers(FEW[way](people(14))))


@pytest.mark.parametrize("way", sample(["one late", "one gone"], 2))
def test_a_few_people_are_refused_as_counts_too(store, way):
    refused(store, counts(FEW[way](people(14))))
    put(store, counts(people(14)))
    refused(store, counts(FEW[way](people(14))))
    refused(store, answers(FEW[way](people(14))))


def test_a_dont_know_that_is_left_out_is_somebodys_too(loaded):
    text = answers(people(14))
    gone = next(line for line in text.splitlines() if line.endswith("| "))
    refused(loaded, text.replace(f"{gone}\n", ""))


def test_a_criterion_that_is_added_or_left_out_hides_no_late_answer(loaded):
    late = [*people(14), (1, 2, 3)]
    refused(loaded, answers([sheet[:2] for sheet in late], criteria=CRITERIA[:2]))


def test_nobody_or_five_or_all_are_let_through(store):
    put(store, answers(list(reversed(people(14)))))
    put(store, answers([*people(14), *((1, 1, level) for level in (1, 2, 3, 4, 1))]))
    put(store, answers([*people(14), *((1, 1, level) for level in (1, 2, 3, 4, 1)), *[(None, None, None)] * 5]))
    put(store, answers(people(9, 11)))
    assert telling(store) == []


def test_what_was_never_published_cannot_be_told_from(store):
    put(store, answers(people(4)), i_know=True)
    put(store, answers(people(7)))
    assert read_current(store).number == 4


def test_a_version_that_was_gone_back_from_is_looked_at_too(store):
    with locked(store):
        roll_back(store, 1)
    put(store, PROV, SCHOOLS, answers(people(14)))
    with locked(store):
        roll_back(store, 1)
    put(store, PROV, SCHOOLS)
    refused(store, answers([*people(14), (1, 2, 3)]))


@pytest.mark.parametrize("at_once", sample((near_copies.AT_ONCE, 1), 2))
def test_what_several_versions_brought_is_looked_at_each_alone(store, monkeypatch, at_once):
    """Put aside together, or one by one: the version that it is a copy of, whichever it is, and no sum of them."""
    monkeypatch.setattr(near_copies, "AT_ONCE", at_once)
    for more in (30, 50):
        put(store, answers(people(more, more)))
    for version, sheets in ((2, people(14)), (3, people(30, 30))):
        with pytest.raises(LoadRefused) as error:
            put(store, answers([*sheets, (1, 2, 3)]))
        (problem,) = error.value.problems
        assert problem.value == "alfa" and f"came with version {version}:" in problem.problem


def test_a_file_that_breaks_off_leaves_nothing_of_itself(store, monkeypatch):
    """What it had given by then would count twice with what the next file has of the same."""
    put(store, SCHOOLS)
    whole, files = near_copies.hold, []

    def breaks_off(stored, rounds, first):
        files.append(rounds)
        if len(files) > 1:
            return whole(stored, rounds, first)
        with monkeypatch.context() as patch:
            patch.setattr(held_rounds, "HOLD", held_rounds.HOLD[:2])
            whole(stored, rounds, first)
        raise StoreBroken("half of it")

    monkeypatch.setattr(near_copies, "hold", breaks_off)
    refused(store, answers([*people(14), (1, 2, 3)]))
    assert len(files) == 2


def test_said_outright_it_is_marked_and_can_be_purged(store, capsys):
    key = ("alfa", "prov-2020", 2021)
    freeze(store, ALL, key, frozen_by="Den som fryste", today=datetime.now(UTC).date())
    assert b"Den som fryste" in (store / "view-3.duckdb").read_bytes()
    number = put(store, answers([*people(14), (1, 2, 3)]), i_know=True)
    assert Store(store).current().rows("select * from near_copy") == [(*ROUND, number)]
    assert [(one.version.number, one.rounds, one.briefs) for one in telling(store)] == [
        (2, (ROUND,), ()),
        (3, (ROUND,), (key,)),
        (4, (), (key,)),
    ]
    cli.main(["versions", "--json", "--store", str(store)], standalone_mode=False)
    told = {one["version"]: one["tells_beside_later"] for one in json.loads(capsys.readouterr().out)["versions"]}
    round_ = {"framework": "prov-2020", "year": 2021, "school_id": "alfa"}
    assert told == {1: [], 2: [round_], 3: [round_], 4: [round_]}

    purged = purge(store, purged_by="test")
    assert (purged.version, purged.versions, purged.briefs) == (5, (2, 3, 4), (key,))
    assert [record.number for record in version_history(store)] == [1, 5]
    assert {path.name for path in store.glob("*.duckdb")} == {
        "view-1.duckdb", "answers-1.duckdb", "view-5.duckdb", "answers-4.duckdb",
    }, "the answers of the last load are what the version in force stands on"  # fmt: skip
    assert b"Den som fryste" not in (store / "view-5.duckdb").read_bytes(), "nor in what is left over of the file"
    view = Store(store).current()
    assert frozen_brief(view, *key) is None and view.rows("select max(n) from cell where school_id = 'alfa'")[0][0] > 10
    check_whole(store, read_current(store).in_force)
    again = purge(store, purged_by="test")
    assert (again.version, again.versions) == (5, ())


def test_one_that_was_killed_on_the_way_is_carried_on(store):
    held = {path.name: path.read_bytes() for path in store.glob("*-2.duckdb")}
    number = put(store, answers([*people(14), (1, 2, 3)]), i_know=True)
    current = read_current(store)
    write_current(store, type(current)(number, tuple(v for v in current.published if v.number != 2)))
    assert all((store / name).exists() for name in held), "the pointer has let them go, their files are there"
    assert purge(store, purged_by="test").versions == (2,)
    assert not any((store / name).exists() for name in held)


def test_what_is_in_force_is_not_taken_away(store):
    put(store, answers([*people(14), (1, 2, 3)]), i_know=True)
    with locked(store):
        roll_back(store, 2)
    before = (store / CURRENT).read_bytes()
    with pytest.raises(InForceTells):
        purge(store, purged_by="test")
    assert (store / CURRENT).read_bytes() == before and numbers_taken(store) == {1, 2, 3}
