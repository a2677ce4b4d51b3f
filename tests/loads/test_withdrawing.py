"""Taking back one load: its rounds are as they were before it, and what came after stays."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from analytics.intake.files import ReadingOptions
from analytics.loads.load import load
from analytics.loads.withdrawing import CannotWithdraw, what_goes, withdraw
from analytics.model.versions import WithdrawObstacle
from analytics.store.reading import Store
from analytics.store.rollback import choose
from analytics.store.versions import read_current
from tests.intake.making import PROV, SAY
from tests.loads.test_load import SCHOOLS, files, held, put


def people(school: str, year: int, levels: str, criterion: str = "A1") -> str:
    return "\n".join(
        f"prov-2020 | {year} | {school} | p{n} | {criterion} | {level}" for n, level in enumerate(levels, start=1)
    )


def answers(*parts: str) -> str:
    return "\n".join(["framework | year | school | respondent | criterion | level", *parts])


@pytest.fixture(scope="module")
def loaded_once(store_once_built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    store = shutil.copytree(store_once_built, tmp_path_factory.mktemp("withdrawing") / "store")
    put(store, prov=PROV, schools=SCHOOLS)
    put(store, first=answers(people("alfa", 2021, "3344332"), people("beta", 2021, "2222211")))
    return store


@pytest.fixture
def store(loaded_once: Path, tmp_path: Path) -> Path:
    return shutil.copytree(loaded_once, tmp_path / "store")


def test_a_load_is_taken_back_and_what_came_after_stays(store: Path):
    before = held(store)
    number = put(store, replace=True, wrong=answers(people("alfa", 2021, "1111111111111"))).version
    put(store, later=answers(people("beta", 2022, "33333444")))
    assert number is not None
    planned = what_goes(store, number)
    assert planned.rounds == (("prov-2020", 2021, "alfa"),) and not planned.stay and not planned.counted
    new, _ = withdraw(store, number, withdrawn_by="Anna")
    after = held(store)
    assert read_current(store).number == new
    assert [row for row in after["answers"] if row[0] == 2021] == before["answers"]
    assert len([row for row in after["answers"] if row[0] == 2022]) == 8
    view = Store(store).current()
    assert view.rows("select n, mean from cell where school_id = 'alfa' and year = 2021 and criterion = 'A1'") != []
    assert view.rows("select loaded_by, action from version") == [("Anna", "withdraw")]


def test_a_round_that_was_new_goes(store: Path):
    before = held(store)
    number = put(store, new=answers(people("beta", 2022, "33333444")), invited="""
framework | year | school | invited
prov-2020 | 2022 | beta | 12
prov-2020 | 2021 | alfa | 20
""").version  # fmt: skip
    assert number is not None
    assert what_goes(store, number).counted == (("prov-2020", 2021, "alfa"), ("prov-2020", 2022, "beta"))
    withdraw(store, number, withdrawn_by="Anna")
    assert held(store) == before
    assert not Store(store).current().rows("select * from school_round where year = 2022")


def test_what_a_later_load_has_replaced_stays_as_it_is(store: Path):
    number = put(store, both=answers(people("alfa", 2022, "111111"), people("beta", 2022, "111111"))).version
    put(store, replace=True, mended=answers(people("alfa", 2022, "333333333333")))
    assert number is not None
    assert what_goes(store, number).stay == (("prov-2020", 2022, "alfa"),)
    withdraw(store, number, withdrawn_by="Anna")
    assert {row[1] for row in held(store)["answers"] if row[0] == 2022} == {"alfa"}
    with pytest.raises(CannotWithdraw) as refused:
        withdraw(store, number, withdrawn_by="Anna")
    assert refused.value.why is WithdrawObstacle.TAKEN_BACK


def test_a_load_without_rounds_is_not_taken_back(store: Path):
    number = put(store, schools="school_id | name\ngamma | Gammaskolan").version
    assert number is not None
    for known in (1, number):  # the frameworks, and the schools
        with pytest.raises(CannotWithdraw) as refused:
            what_goes(store, known)
        assert refused.value.why is WithdrawObstacle.NOTHING_OF_ROUNDS
    with pytest.raises(KeyError):
        what_goes(store, 99)


def test_a_load_that_changed_few_peoples_answers_is_not_taken_back(store: Path):
    later = files(store, {"later": answers(people("alfa", 2021, "33443321"))})
    number = load(store, later, ReadingOptions(), SAY, loaded_by="test", replace=True, i_know=True).version
    before = read_current(store)
    assert number is not None
    with pytest.raises(CannotWithdraw) as refused:
        withdraw(store, number, withdrawn_by="Anna")
    assert refused.value.why is WithdrawObstacle.TELLS
    assert read_current(store) == before


def test_why_nothing_of_a_load_is_left(store: Path):
    """Taken back, replaced, and never in what is in force are three reasons; also for the invited alone."""
    invited = "framework | year | school | invited\nprov-2020 | 2021 | alfa | 20"
    first = put(store, replace=True, one=answers(people("alfa", 2021, "1111111111111"))).version
    counted = put(store, invited=invited).version
    later = put(store, replace=True, two=answers(people("alfa", 2021, "2222222222222"))).version
    assert first and counted and later

    def why(number: int) -> WithdrawObstacle:
        with pytest.raises(CannotWithdraw) as refused:
            what_goes(store, number)
        return refused.value.why

    assert why(first) is WithdrawObstacle.ALL_REPLACED
    for number in (counted, later, first):
        withdraw(store, number, withdrawn_by="Anna")
        assert why(number) is WithdrawObstacle.TAKEN_BACK
    choose(store, 2, chosen_by="Anna")
    assert {why(number) for number in (first, counted, later)} == {WithdrawObstacle.NOT_IN_FORCE}
