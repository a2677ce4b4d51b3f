"""Several owners in one store: how files are divided, that each owner's part is as in a store of its own, and that
nothing is stored of anybody before all of it has been checked."""

from __future__ import annotations

import os
import shutil
from contextlib import nullcontext
from dataclasses import replace
from functools import partial
from pathlib import Path
from types import SimpleNamespace

import duckdb
import pytest

from analytics.intake import waiting
from analytics.intake.files import ReadingOptions
from analytics.loads import by_owner, look_back, owners
from analytics.loads.by_owner import OwnersLoad, load_divided
from analytics.loads.inspection import Against, inspect
from analytics.loads.load import LoadOutcome, LoadRefused, load
from analytics.loads.owners import adopt, make_owner
from analytics.model.errors import TurnLost
from analytics.store import reference
from analytics.store.homes import FolderHome
from analytics.store.owners import FILE, folder_of_owner, owners_of
from analytics.store.reading import SCHEMA, Store, View, open_answers
from analytics.store.reference import read_frameworks, read_schools, write_frameworks
from analytics.store.registers import read_registers
from analytics.store.versions import holds_a_store, read_current
from tests.intake.making import PROV, SAY, csv_bytes, rows
from tests.sampling import at_night

SCHOOLS = """
name | school_unit_code | pupils | huvudman
Centralskolan | 10000001 | 300 | Malmö stad
Alfaskolan | 10000002 | 200 | Malmö stad
Centralskolan | 20000001 | 250 | Lund
Betaskolan | 20000002 | 150 | Lund
"""
CODES = {"malmo-stad": ("10000001", "10000002"), "lund": ("20000001", "20000002")}
ANSWERS = "framework | year | school | respondent | criterion | level\n" + "\n".join(
    f"prov-2020 | {year} | {code} | p{n} | {criterion} | {1 + (n * 7 + int(code) + year) % 4}"
    for year in (2021, 2022)
    for code in ("20000001", "10000001", "10000002", "20000002")
    for n in range(24)
    for criterion in ("A1", "A2", "B1")
)
INVITED = "framework | year | school | invited\n" + "\n".join(
    f"prov-2020 | 2022 | {code} | 30" for theirs in CODES.values() for code in theirs
)
CERTIFIED = "school | event | date\n10000002 | certified | 2022-03-04\nBetaskolan | applied | 2022-05-06"
FRESH, AS_IS = Against(), ReadingOptions()
FIRST = {"prov": PROV, "schools": SCHOOLS, "answers": ANSWERS, "invited": INVITED, "certified": CERTIFIED}


@pytest.fixture(scope="module", autouse=True)
def all_tables_wait():
    """As large ones do: on disk, until they are asked for."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(waiting, "MANY", 1)
        yield


@pytest.fixture(scope="module")
def loaded_once(store_once_built, tmp_path_factory, all_tables_wait) -> Path:
    store = shutil.copytree(store_once_built, tmp_path_factory.mktemp("owners") / "store")
    put(store, FIRST)
    return store


@pytest.fixture
def nation(loaded_once, own_like) -> Path:
    return own_like(loaded_once)


@pytest.fixture
def empty_store(store_once_built, own_like) -> Path:
    return own_like(store_once_built)


def files(folder: Path, texts: dict[str, str]) -> list[Path]:
    folder.mkdir(exist_ok=True)
    found = []
    for name, text in texts.items():
        toml = "[[area]]" in text
        found.append(folder / f"{name}.{'toml' if toml else 'csv'}")
        found[-1].write_bytes(text.encode() if toml else csv_bytes(rows(text), ";"))
    return found


def put(store: Path, texts: dict[str, str], against=FRESH, reading=AS_IS, **how) -> list[OwnersLoad]:
    found = load_divided(store, files(store.parent / "files", texts), reading, SAY, against, loaded_by="test", **how)
    assert found is not None
    return found


def refused(store: Path, texts: dict[str, str], **how) -> list[tuple]:
    """(file, row, column, problem); and that nothing at all has changed of anybody's."""
    before = everything(store)
    with pytest.raises(LoadRefused) as error:
        put(store, texts, **how)
    assert everything(store) == before
    return [(Path(p.file).stem, p.row, p.column, p.problem) for p in error.value.problems]


def everything(store: Path) -> dict[str, tuple[int, int]]:
    """Every file of the store and of its owners' but those of locks: its size and when it was written."""
    paths = [path for path in store.rglob("*") if path.is_file() and not path.name.startswith(".")]
    return {str(path): (path.stat().st_size, path.stat().st_mtime_ns) for path in paths}


def figures(folder: Path) -> dict[str, list]:
    """All that a view and its answers hold, but for what tells of versions, their files and their time."""
    current, found = read_current(folder), {}
    view = Store(folder).current()
    for table in sorted(view.tables - {"version", "source_file", "register_change"}):
        told = view.rows(f"select * from (select columns(c -> c not like '%version' and c <> 'row_id') from {table})")
        found[table] = sorted(map(repr, told))
    with open_answers(folder / current.in_force.answers) as answers:
        for table in ("answer", "level_count", "participation"):
            found[f"answers: {table}"] = sorted(map(repr, answers.execute(f"select * from {table}").fetchall()))
    return found


def test_tables_that_wait_and_those_that_do_not_come_to_the_same(loaded_once, empty_store, monkeypatch):
    monkeypatch.setattr(waiting, "MANY", 1_000_000)
    put(empty_store, FIRST)
    for owner in CODES:
        assert figures(folder_of_owner(loaded_once, owner)) == figures(folder_of_owner(empty_store, owner))


def test_every_file_is_divided_by_the_owner_of_its_schools(nation):
    assert [(one.id, one.name) for one in owners_of(nation)] == [("lund", "Lund"), ("malmo-stad", "Malmö stad")]
    for owner, codes in CODES.items():
        folder = folder_of_owner(nation, owner)
        view = Store(folder).current()
        assert {school.school_unit_code for school in read_schools(view)} == set(codes)
        assert view.rows("select count(*) from certification") == [(1,)]
        with open_answers(folder / read_current(folder).in_force.answers) as answers:
            assert answers.execute("select count(*), count(distinct school_id) from answer").fetchall() == [(288, 2)]
            assert answers.execute("select count(*) from participation").fetchall() == [(2,)]
    assert not read_schools(Store(nation).current())
    assert "prov-2020" in {one.id for one in read_frameworks(Store(nation).current())}


@pytest.mark.parametrize("owner", CODES)
def test_an_owners_figures_are_those_of_a_store_of_its_own(nation, store_once_built, tmp_path, owner):
    alone = shutil.copytree(store_once_built, tmp_path / "alone")
    own = {name: _own(text, owner) for name, text in FIRST.items()}
    load(alone, files(tmp_path / "own", own), ReadingOptions(), SAY, loaded_by="test")
    ours = figures(folder_of_owner(nation, owner))
    theirs = figures(alone)
    assert ours.keys() == theirs.keys()
    assert {name for name in ours if ours[name] != theirs[name]} == set()


def _own(text: str, owner: str) -> str:
    """Of a file its headings, and the rows that are an owner's; a framework whole."""
    if "[[area]]" in text:
        return text
    words = (*CODES[owner], {"lund": "Betaskolan"}.get(owner, "10000002"))
    head, *lines = text.strip().splitlines()
    return "\n".join([head, *(line for line in lines if any(word in line for word in words))])


def test_what_is_published_is_of_those_alone_who_are_in_the_files(nation):
    before = everything(folder_of_owner(nation, "malmo-stad"))
    more = "framework | year | school | respondent | criterion | level\n" + "\n".join(
        f"prov-2020 | 2023 | 20000002 | p{n} | A1 | 3" for n in range(9)
    )
    assert [(one.owner.id, one.outcome.version) for one in put(nation, {"more": more})] == [("lund", 2)]
    assert everything(folder_of_owner(nation, "malmo-stad")) == before


def test_forms_and_tables_of_levels_are_divided_by_their_schools(nation):
    form = "Skola | A1 | A2 | B1\n" + "\n".join(
        f"{name} | {1 + n % 4} | 2 | 3" for n in range(8) for name in ("Alfaskolan", "Betaskolan (betaskolan)")
    )
    put(nation, {"form": form}, reading=ReadingOptions(framework="prov-2020", year=2023))
    for owner in CODES:
        rounds = (
            Store(folder_of_owner(nation, owner)).current().rows("select year, count(*) from school_round group by 1")
        )
        assert (2023, 1) in rounds
    counts = "school | Fråga | Påbörjad | Aktiverad | Trygg | Välutvecklad\n" + "\n".join(
        f"{name} | {title} | 1 | 2 | 8 | 4"
        for name in ("Alfaskolan", "Betaskolan")
        for title in ("Rektor följer upp", "Planen har mål")
    )
    put(nation, {"counts": counts}, reading=ReadingOptions(framework="prov-2020", year=2024))
    for owner in CODES:
        folder = folder_of_owner(nation, owner)
        with open_answers(folder / read_current(folder).in_force.answers) as answers:
            assert answers.execute("select sum(answers) from level_count").fetchall() == [(30,)]


def test_what_names_no_school_goes_to_every_owner(nation):
    activity = "activity_id | title | framework | area\nlas | Läslyftet | prov-2020 | ledning"
    found = put(nation, {"activities": activity})
    assert [one.owner.id for one in found] == ["lund", "malmo-stad"]
    for owner in CODES:
        assert Store(folder_of_owner(nation, owner)).current().rows("select title from activity") == [("Läslyftet",)]


def test_a_later_owner_begins_with_the_frameworks_that_all_have(nation):
    put(nation, {"new": "name | school_unit_code | owner\nGammaskolan | 30000001 | Friskolor AB"})
    view = Store(folder_of_owner(nation, "friskolor-ab")).current()
    assert "prov-2020" in {one.id for one in read_frameworks(view)}
    assert view.rows("select count(*) from budget_goal") == [(9,)]


@pytest.mark.parametrize(
    ("texts", "told"),
    [
        ({"new": "name | owner\nEn | Ystad\nTvå | "}, ("new", 2, "owner", "Who runs the school is missing.")),
        ({"new": "school_id | name\nen | En"}, ("new", None, "owner", "The file does not say who runs each school.")),
        (
            {"new": "name | school_unit_code | owner\nAlfa | 10000002 | Lund"},
            ("new", 1, "school_unit_code", "Two owners have the school."),
        ),
        (
            {"new": "name | school_unit_code | owner\nA | 90000001 | Lund\nA | 90000001 | Malmö stad"},
            ("new", 2, "school_unit_code", "Two owners have the school."),
        ),
        (
            {"new": "name | owner\nEn | Malmö-Stad"},
            ("new", 1, "owner", "Two owners would have one address: malmo-stad."),
        ),
        ({"new": "name | owner\nEn | ???"}, ("new", 1, "owner", "This is no name of an owner.")),
        (
            {"answers": ANSWERS.splitlines()[0] + "\nprov-2020 | 2023 | Okändskolan | p1 | A1 | 3"},
            ("answers", 1, "school", "No owner has such a school."),
        ),
        (
            {"answers": ANSWERS.splitlines()[0] + "\nprov-2020 | 2023 | Centralskolan | p1 | A1 | 3"},
            ("answers", 1, "school", "Several owners have a school that is called that."),
        ),
        (
            {"projects": "project_id | title | programme | start | end\nhav | Havet | E | 2022-01-01 | 2023-01-01"},
            ("projects", None, None, "Such a file is one owner's (projects)."),
        ),
        (
            {"answers": ANSWERS.splitlines()[0] + "\nprov-2020 | 2023 | Alfaskolan | p1 | A1 | 9"},
            ("answers", 1, "level", "The level is not on the scale."),
        ),
    ],
)  # fmt: skip
def test_what_cannot_be_divided_is_refused_with_its_row_and_nobody_gets_anything(nation, texts, told):
    # A part that is right goes along in each call: nobody gets that either.
    right = "framework | year | school | invited\nprov-2020 | 2023 | 20000001 | 40"
    assert told in refused(nation, texts | {"invited": right})


def test_the_same_files_once_more_are_refused_for_all(nation):
    assert {problem for *_, problem in refused(nation, {"invited": INVITED})} == {
        "prov-2020 2022 is already in the store for the school."
    }


def test_the_same_in_place_of_what_is_there_makes_no_versions(nation):
    before = {one.id: read_current(folder_of_owner(nation, one.id)) for one in owners_of(nation)}
    again = put(nation, {"invited": INVITED}, Against(replace=True))
    assert all(one.there_already for one in again) and len(again) == 2
    assert {one.id: read_current(folder_of_owner(nation, one.id)) for one in owners_of(nation)} == before


class Killed(BaseException):
    """As a signal would end it."""


def test_a_load_that_ends_between_two_owners_goes_on_with_the_same_files(empty_store):
    def dies(one: OwnersLoad) -> None:
        raise Killed(one.owner.id)

    with pytest.raises(Killed):
        put(empty_store, FIRST, on_owner=dies)
    there = [one.id for one in owners_of(empty_store) if holds_a_store(folder_of_owner(empty_store, one.id))]
    assert len(there) == 1
    first = everything(folder_of_owner(empty_store, there[0]))
    again = put(empty_store, FIRST)
    assert {one.owner.id: one.there_already for one in again} == {one: one in there for one in CODES}
    assert everything(folder_of_owner(empty_store, there[0])) == first
    assert all(holds_a_store(folder_of_owner(empty_store, owner)) for owner in CODES)


def test_a_turn_that_is_lost_between_two_owners_ends_the_load(store_once_built, tmp_path, monkeypatch):
    """On a lake the connection that keeps others out may end (tests/store/lake/test_owners.py): it is looked to before
    anybody gets anything, and before each owner."""
    done, store = [], shutil.copytree(store_once_built, tmp_path / "alone")

    def still_ours() -> None:
        done.append("still ours")
        if len(done) > 4:
            raise TurnLost("gone")

    monkeypatch.setattr(FolderHome, "turn_at_owners", lambda *_: nullcontext(still_ours))

    def stored(*_: object, name: str, **how: object) -> LoadOutcome:
        done.append(name)
        return LoadOutcome(1, (), ())

    for name in ("load", "load_one"):
        monkeypatch.setattr(by_owner, name, partial(stored, name=name))
    with pytest.raises(TurnLost):
        put(store, FIRST)
    assert done == ["still ours", "load", "still ours", "load_one", "still ours"]


@at_night  # by day the same by an error, above
def test_a_process_that_is_killed_between_two_owners_leaves_whole_stores(store_once_built, tmp_path):
    empty_store = shutil.copytree(store_once_built, tmp_path / "alone")
    paths = files(empty_store.parent / "files", FIRST)
    child = os.fork()
    if not child:
        load_divided(
            empty_store, paths, ReadingOptions(), SAY, Against(), loaded_by="test", on_owner=lambda _: os._exit(9)
        )
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9
    again = put(empty_store, FIRST)
    assert sorted(one.there_already for one in again) == [False, True]
    assert all(one.outcome.version == 1 for one in again)


def test_a_store_with_schools_of_its_own_takes_no_owners(empty_store):
    own = files(empty_store.parent / "own", {"own": "school_id | name\nalfa | Alfaskolan"})
    load(empty_store, own, ReadingOptions(), SAY, loaded_by="test")
    paths = files(empty_store.parent / "files", {"schools": SCHOOLS})
    assert load_divided(empty_store, paths, ReadingOptions(), SAY, Against(), loaded_by="test") is None
    with pytest.raises(LoadRefused) as error:
        load(empty_store, paths, ReadingOptions(), SAY, loaded_by="test")
    assert (3, "owner", "Lund") in [(p.row, p.column, p.value) for p in error.value.problems]
    with pytest.raises(LoadRefused):
        make_owner(empty_store, "Lund", SAY, made_by="test")
    assert not (empty_store / FILE).exists()


def test_a_file_of_one_owner_alone_is_loaded_as_ever(empty_store):
    text = "school_id | name | huvudman\nalfa | Alfaskolan | Malmö stad"
    paths = files(empty_store.parent / "files", {"schools": text})
    assert load_divided(empty_store, paths, ReadingOptions(), SAY, Against(), loaded_by="test") is None
    load(empty_store, paths, ReadingOptions(), SAY, loaded_by="test")
    assert [school.id for school in read_schools(Store(empty_store).current())] == ["alfa"]
    assert not (empty_store / FILE).exists()


def test_an_owners_own_store_takes_no_other_ones_schools(nation):
    text = "name | school_unit_code | owner\nEn | 90000001 | lund\nTvå | 90000002 | Malmö stad"
    with pytest.raises(LoadRefused) as error:
        load(
            folder_of_owner(nation, "lund"), files(nation.parent / "own", {"own": text}), ReadingOptions(), SAY,
            loaded_by="test",
        )  # fmt: skip
    assert [(p.row, p.value) for p in error.value.problems] == [(2, "Malmö stad")]


def test_the_whole_store_takes_no_schools_itself(nation):
    with pytest.raises(LoadRefused):
        load(nation, files(nation.parent / "own", {"own": "school_id | name\nen | En"}), ReadingOptions(), SAY,
             loaded_by="test")  # fmt: skip


def test_a_store_by_itself_is_taken_in_with_its_versions(nation, published_store):
    owner, current = adopt(nation, published_store, "Nya staden", SAY)
    assert owner in owners_of(nation)
    assert current == read_current(published_store) == read_current(folder_of_owner(nation, owner.id))
    assert figures(folder_of_owner(nation, owner.id)) == figures(published_store)
    with pytest.raises(LoadRefused):
        adopt(nation, published_store, "Lund", SAY)


def test_a_store_is_taken_in_where_it_was_ended_before_its_owner_was_named(nation, published_store, monkeypatch):
    def ends(*_: object) -> None:
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(owners, "add_owners", ends)
        with pytest.raises(Killed):
            adopt(nation, published_store, "Kils kommun", SAY)
    assert "kils-kommun" not in {one.id for one in owners_of(nation)}
    owner, current = adopt(nation, published_store, "Kils kommun", SAY)
    assert owner in owners_of(nation) and current == read_current(published_store)


def test_texts_are_looked_into_before_they_are_read_twice(empty_store, monkeypatch):
    monkeypatch.setattr(by_owner, "read_files", lambda *_: pytest.fail("read"))
    paths = files(empty_store.parent / "files", {"invited": INVITED, "prov": PROV})
    assert load_divided(empty_store, paths, ReadingOptions(), SAY, Against(), loaded_by="test") is None


MOVED = """
school_unit_code | name | huvudman | valid_from | valid_to
10000002 | Alfaskolan | Malmö stad | | 2022-12-31
10000002 | Alfaskolan | Lund | 2023-01-01 |
"""
REPLACE = Against(replace=True)


def answered(year: int, school: str = "10000002") -> str:
    rows = (f"prov-2020 | {year} | {school} | p{n} | A1 | 3" for n in range(9))
    return "framework | year | school | respondent | criterion | level\n" + "\n".join(rows)


def rounds(store: Path, owner: str) -> set[tuple[str, int]]:
    folder = folder_of_owner(store, owner)
    with open_answers(folder / read_current(folder).in_force.answers) as answers:
        return set(answers.execute("select distinct school_id, year from answer").fetchall())


def test_a_school_that_changes_owner_has_its_rounds_where_they_were_asked(nation):
    """And what is loaded afterwards goes to whose it was in the year of the round: no round is with two."""
    before = rounds(nation, "malmo-stad"), rounds(nation, "lund")
    said = {one.owner.id: one.moved for one in put(nation, {"moved": MOVED}, REPLACE)}
    assert said["malmo-stad"] == () and len(said["lund"]) == 1
    assert "Malmö stad" in said["lund"][0] and "2023-01-01" in said["lund"][0]
    assert (rounds(nation, "malmo-stad"), rounds(nation, "lund")) == before
    assert [one.moved for one in put(nation, {"moved": MOVED}, REPLACE)] == [(), ()]  # it is said once
    more = {"later": answered(2023), "earlier": answered(2020)}
    assert {one.owner.id for one in put(nation, more)} == {"malmo-stad", "lund"}
    assert rounds(nation, "malmo-stad") - before[0] == {("alfaskolan", 2020)}
    assert rounds(nation, "lund") - before[1] == {("alfaskolan", 2023)}


@pytest.mark.parametrize("of", ["file", "store", "days of both", "days turned", "with --owner"])
def test_a_school_of_two_owners_at_once_is_refused_with_what_to_do(nation, of):
    one, other = ("10000002 | Alfaskolan | Malmö stad | | ", "10000002 | Alfaskolan | Lund | 2023-01-01 | ")
    if of == "days of both":
        one += "2023-01-01"
    elif of == "days turned":
        one, other = one.replace("| | ", "| 2024-01-01 | "), "10000002 | Alfaskolan | Lund | | 2024-06-30"
    rows_ = [other] if of in ("store", "with --owner") else [one, other]
    text = "\n".join(["school_unit_code | name | huvudman | valid_from | valid_to", *rows_])
    if of == "with --owner":
        with pytest.raises(LoadRefused) as error:
            load(folder_of_owner(nation, "lund"), files(nation.parent / "f", {"own": text}), AS_IS, SAY, loaded_by="t")
        (problem,) = error.value.problems
        assert (problem.row, problem.column, problem.value) == (1, "school_unit_code", "10000002")
        assert "valid_to" in problem.hint and "Malmö stad" in problem.hint
    else:
        found = refused(nation, {"schools": text}, against=REPLACE)
        assert {(row, column) for _, row, column, _ in found} == {
            (n + 1, "school_unit_code") for n in range(len(rows_))
        }


def test_what_does_not_tell_whose_a_changed_school_was_is_refused(nation):
    """A round of the year in which it changed, and what has no year."""
    put(nation, {"moved": MOVED.replace("2022-12-31", "2023-06-30").replace("2023-01-01", "2023-07-01")}, REPLACE)
    assert [found[:3] for found in refused(nation, {"round": answered(2023)})] == [
        ("round", row, "school") for row in range(1, 10)
    ]
    event = "school | event | date\n10000002 | renewed | 2023-08-01"
    assert [found[:3] for found in refused(nation, {"event": event})] == [("event", 1, "school")]
    lund = folder_of_owner(nation, "lund")
    load(lund, files(nation.parent / "f", {"round": answered(2023), "event": event}), AS_IS, SAY, loaded_by="test")
    assert ("alfaskolan", 2023) in rounds(nation, "lund")


def test_a_school_comes_back(nation):
    put(nation, {"moved": MOVED}, REPLACE)
    back = MOVED.replace("| | 2022-12-31", "| 2024-01-01 |").replace("| 2023-01-01 |", "| 2023-01-01 | 2023-12-31")
    found = put(nation, {"moved": back, "then": answered(2023), "now": answered(2024)}, REPLACE)
    assert {one.owner.id: len(one.moved) for one in found} == {"malmo-stad": 1, "lund": 0}
    assert ("alfaskolan", 2024) in rounds(nation, "malmo-stad") and ("alfaskolan", 2023) in rounds(nation, "lund")


def test_a_school_that_comes_to_one_who_has_another_of_its_name_takes_nothing_of_that(nation):
    text = MOVED.replace("10000002", "10000001").replace("Alfaskolan", "Centralskolan")
    assert [found[:3] for found in refused(nation, {"schools": text}, against=REPLACE)] == [
        ("schools", 2, "school_unit_code")
    ]
    head, *lines = text.strip().splitlines()
    ids = [f"{id_} | {line}" for id_, line in zip(("centralskolan", "centralskolan-m"), lines, strict=True)]
    found = put(nation, {"schools": "\n".join([f"school_id | {head}", *ids])}, REPLACE)
    assert [len(one.moved) for one in found if one.owner.id == "lund"] == [1]
    of_lund = {one.id: one.school_unit_code for one in read_schools(Store(folder_of_owner(nation, "lund")).current())}
    assert of_lund["centralskolan"] == "20000001" and of_lund["centralskolan-m"] == "10000001"


def test_frameworks_that_are_the_same_are_read_once(nation, monkeypatch):
    views = [Store(folder_of_owner(nation, id_)).current() for id_ in CODES]
    each = [read_frameworks(view) for view in views]
    read: list[View] = []
    monkeypatch.setattr(reference, "read_frameworks", lambda view: read.append(view) or read_frameworks(view))
    assert reference.frameworks_of_all(views) == {one.id: one for found in each for one in found}
    assert read == views[:1] and each[0] == each[1]
    with duckdb.connect() as other:
        other.execute(SCHEMA)
        write_frameworks(other, [replace(one, issuer="another") for one in each[0]])
        told = SimpleNamespace(rows=lambda sql: other.execute(sql).fetchall())
        found = reference.frameworks_of_all([*views, told])
    assert len(read) == 3 and {one.issuer for one in found.values()} == {"another"}, "the last one's"


def later(*, but: int = 0, codes: tuple[str, ...] = CODES["lund"] + CODES["malmo-stad"]) -> str:
    """A round of 2023; of as many people in each school the answers are others."""
    return "framework | year | school | respondent | criterion | level\n" + "\n".join(
        f"prov-2020 | 2023 | {code} | p{n} | {criterion} | {1 + (n * 7 + int(code) + (n < but)) % 4}"
        for code in codes
        for n in range(24)
        for criterion in ("A1", "A2", "B1")
    )


@pytest.fixture
def looked(monkeypatch) -> list[str]:
    """The owners whose earlier versions are looked through for near copies, as often as they are."""
    found, look = list[str](), look_back.near_copies

    def noted(folder: Path, *rest):
        found.append(folder.name)
        return look(folder, *rest)

    monkeypatch.setattr(look_back, "near_copies", noted)
    return found


def test_each_owners_versions_are_looked_through_once(nation, looked):
    put(nation, {"later": later()})
    assert sorted(name for name in looked if name in CODES) == ["lund", "malmo-stad"]


def test_what_the_first_look_has_found_is_marked(nation, looked):
    """Which near copies there are is handed on to the load itself: versions that tell beside it can then be purged."""
    put(nation, {"later": later()})
    looked.clear()
    put(nation, {"later": later(but=2)}, Against(replace=True, i_know=True))
    assert sorted(looked) == ["lund", "malmo-stad"]
    for owner in CODES:
        view = Store(folder_of_owner(nation, owner)).current()
        marked = {(school, year) for school, year in view.rows("select school_id, year from near_copy")}
        assert len(marked) == 2 and {year for _, year in marked} == {2023}


def test_a_near_copy_that_comes_between_the_check_and_the_load_is_refused(nation, looked):
    """Somebody loads nearly the same with --owner, once all parts have been checked: that version was not there to be
    looked at."""
    between = files(nation.parent / "between", {"nearly": later(but=2, codes=CODES["malmo-stad"])})

    def loads_nearly_the_same(one: OwnersLoad) -> None:
        assert one.owner.id == "lund"
        load(folder_of_owner(nation, "malmo-stad"), between, AS_IS, SAY, loaded_by="somebody")

    before = read_current(folder_of_owner(nation, "malmo-stad")).number
    with pytest.raises(LoadRefused) as error:
        put(nation, {"later": later()}, Against(replace=True), on_owner=loads_nearly_the_same)
    assert len(error.value.problems) == 2 and all("one to four" in each.problem for each in error.value.problems)
    assert looked.count("lund") == 1 and looked.count("malmo-stad") == 3  # checked, loaded by somebody, and loaded
    assert read_current(folder_of_owner(nation, "malmo-stad")).number == before + 1


def test_another_part_is_looked_at_anew(nation, looked):
    """What is handed on is of the very rows that come: of others nothing has been found yet."""
    looks: look_back.LooksBack = {}
    folder = folder_of_owner(nation, "lund")
    view = Store(folder).current()
    for but, times in ((0, 1), (0, 1), (6, 2)):
        part = files(nation.parent / "part", {"later": later(but=but, codes=CODES["lund"])})
        inspect(folder, view, read_registers(view), part, AS_IS, SAY, looks=looks)
        assert len(looked) == len(looks) == times
