"""A writer on one machine of a lake is killed at moments of no choosing: nothing is lost, nothing half there, and the
next writer, on another machine, makes good what was left."""

from __future__ import annotations

import random
import time
from functools import partial
from pathlib import Path

import pytest

from analytics.loads.inspection import Against
from analytics.store import audit
from analytics.store.drafts import Drafts, Typed
from analytics.store.homes import home_of
from analytics.store.moving import move_all
from analytics.store.owners import folder_of_owner, owners_of, turn_at_owners
from analytics.store.reading import Store
from analytics.store.rollback import check_whole
from analytics.store.versions import Current, holds_a_store, read_current
from analytics.store.writing import locked
from tests.loads import funding_edits
from tests.loads.test_by_owner import put as owned
from tests.sampling import at_night
from tests.store.making import answers, put
from tests.store.others import begin_when_told, processes, started

KILLS = 25
SCHOOL_ROUNDS = "select school_id, n from cell order by school_id"
PROJECTS = "project_id,title,programme,start,end\np1,Ett projekt,Erasmus+,2022-09-01,2024-08-31\n"
TITLES = "select title from project order by title"


def load_more(store: Path) -> None:
    """Everybody of beta, and ten more each time."""
    put(store, answers=answers("beta", people=100 + 10 * len(read_current(store).published)), replace="yes")


def save_more(store: Path) -> None:
    began = funding_edits.texts(store)
    title = f"Title {len(read_current(store).published)}"
    funding_edits.save(store, funding_edits.typed(began, {f"{funding_edits.part(began, 'projects')}.title": title}))


def told(store: Path) -> tuple:
    view = Store(store).current()
    return view.rows(SCHOOL_ROUNDS), view.rows(TITLES)


@at_night
@pytest.mark.parametrize("do", [load_more, save_more], ids=["load", "save"])
def test_killed_at_any_moment(lake, filled, do):
    put(filled, projects=PROJECTS, answers=answers("beta"))
    Drafts(filled, "anna").keep("d1", "s1", "dialogue alfa", "goal", Typed("", "half a sentence"))
    two = lake.machine("two")
    takes, killed, done, moments = _seconds(filled, do), 0, 0, random.Random()
    while killed < KILLS:
        home_of(two).sync()
        before, stood, entries = told(two), read_current(two), audit.verify(two).entries
        writer, begin = _begun(filled, do)
        begin()
        time.sleep(moments.uniform(0, takes))
        writer.kill()
        writer.join()
        killed, done = killed + (writer.exitcode != 0), done + (writer.exitcode == 0)
        home_of(two).sync()
        after = read_current(two)
        _check_published(stood, after)
        assert after.number == stood.number or told(two) != before
        assert after.number != stood.number or (told(two) == before and writer.exitcode != 0)
        assert audit.verify(two).broken is None and audit.verify(two).entries >= entries
        if killed % 5 == 0:
            do(two)
            _check_whole(two)
            assert put(two, answers=answers("alfa", people=400 + 10 * killed), replace="yes").version
        with locked(filled):
            assert told(filled) == told(two)
    assert Drafts(two).about("dialogue alfa")[0].fields == {"goal": Typed("", "half a sentence")}
    _check_whole(lake.machine("three"))
    assert lake.views() == sorted(v.view for v in read_current(two).published)


def _check_published(before: Current, after: Current) -> None:
    """All that was there is there; at most one version more."""
    assert set(before.published) <= set(after.published)
    assert len(after.published) - len(before.published) == (after.number != before.number)


def _check_whole(store: Path) -> None:
    with locked(store):
        for version in read_current(store).published:
            check_whole(store, version)
            assert home_of(store).differing(version) == []


def _begun(store: Path, do):
    told_, began = processes.Event(), processes.Event()
    writer = started(begin_when_told, told_, began, store, do)

    def begin() -> None:
        told_.set()
        assert began.wait(60)

    return writer, begin


def _seconds(store: Path, do) -> float:
    """What it takes when nobody kills it."""
    writer, begin = _begun(store, do)
    begin()
    clock = time.perf_counter()
    writer.join(300)
    assert writer.exitcode == 0
    return time.perf_counter() - clock


SCHOOLS = """
name | school_unit_code | huvudman
Alfaskolan | 10000001 | Malmö stad
Betaskolan | 20000001 | Lund
"""


def load_owners(store: Path, year: int) -> None:
    """A round of both owners', the same files each time."""
    codes, people = ("10000001", "20000001"), range(20 + year % 100)
    rows_ = (f"vebs-2022 | {year} | {code} | p{n} | A1 | 3" for code in codes for n in people)
    head = "framework | year | school | respondent | criterion | level"
    owned(store, {"schools": SCHOOLS, "answers": "\n".join((head, *rows_))}, Against(replace=True))


def years(store: Path) -> dict[str, set[int]]:
    folders = {one.id: folder_of_owner(store, one.id) for one in owners_of(store)}
    asked = "select distinct year from school_round"
    return {
        id_: {year for (year,) in Store(folder).current().rows(asked)}
        for id_, folder in folders.items()
        if holds_a_store(folder)
    }


@at_night
def test_a_load_of_several_owners_is_killed_at_any_moment(lake, store_once_built):
    """Each owner has all of it or nothing, on every machine; the same files once more go on, from another machine."""
    one, moments, killed = lake.machine("one"), random.Random(), 0
    move_all(store_once_built, one)
    load_owners(one, 2022)
    two = lake.machine("two")
    clock = time.perf_counter()
    load_owners(two, 2023)
    takes = time.perf_counter() - clock
    for year in (2024, 2025):
        for _ in range(4):
            writer, begin = _begun(one, partial(load_owners, year=year))
            begin()
            time.sleep(moments.uniform(0, takes))
            writer.kill()
            writer.join()
            killed += writer.exitcode != 0
            with turn_at_owners(two):
                found = years(two)
            assert found.keys() == {"lund", "malmo-stad"}
            assert all(theirs - {year} == set(range(2022, year)) for theirs in found.values())
        load_owners(two, year)
        assert years(two) == {key: set(range(2022, year + 1)) for key in ("lund", "malmo-stad")}
        for owner in ("lund", "malmo-stad"):
            _check_whole(folder_of_owner(two, owner))
            named = sorted(version.view for version in read_current(folder_of_owner(two, owner)).published)
            assert lake.views(f"owners/{owner}/") == named
    assert killed
