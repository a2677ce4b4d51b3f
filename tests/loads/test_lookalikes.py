"""A load whose answers, beside what any version holds, would tell a few people's: criterion by criterion, under another
key, or cut at another level."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import numpy as np
import pytest

from analytics.loads.changed_people import people_changed
from analytics.loads.load import LoadRefused
from analytics.store.reading import Store
from analytics.store.rollback import roll_back
from analytics.store.versions import read_current
from analytics.store.writing import locked
from tests.loads.test_near_copies import put
from tests.sampling import pairs, sample

IDS = [f"A{n}" for n in range(1, 11)]
SCHOOLS = "school_id | name\nalfa | Alfaskolan\nbeta | Betaskolan\nzeta | Zetaskolan"
LATE = (1, 4, 2, 1, 4, 3, 2, 1, 4, 1)


def framework(id_: str = "f", goal: int = 3, highest: int = 4) -> str:
    title = 'title = { sv = "Prov", en = "Trial" }\n'
    criteria = "".join(f'[[area.criterion]]\nid = "{c}"\n{title}' for c in IDS)
    labels = ", ".join(f'"steg {level}"' for level in range(1, highest + 1))
    return (
        f'id = "{id_}"\n{title}issuer = "prov"\nvalid_from = 2018\n[scale]\nmin = 1\nmax = {highest}\n'
        f"labels = {{ sv = [{labels}], en = [{labels}] }}\n"
        f'[goal]\nlevel = {goal}\n[[area]]\nid = "a"\n{title}{criteria}'
    )


def people(n: int, seed: int = 1, levels: tuple[int, ...] = (1, 2, 3, 4)) -> list[tuple]:
    draw = random.Random(seed)
    return [tuple(draw.choice(levels) for _ in IDS) for _ in range(n)]


def answers(sheets: list[tuple], school: str = "alfa", year: int = 2021, of: str = "f") -> str:
    lines = ["framework | year | school | respondent | criterion | level"]
    for n, sheet in enumerate(sheets):
        lines += [f"{of} | {year} | {school} | p{n} | {c} | {x or ''}" for c, x in zip(IDS, sheet, strict=True)]
    return "\n".join(lines)


def counts(sheets: list[tuple], school: str = "alfa", year: int = 2021, of: str = "f") -> str:
    lines = ["framework | year | school | criterion | level_1 | level_2 | level_3 | level_4 | dont_know"]
    for i, c in enumerate(IDS):
        given = [sheet[i] for sheet in sheets]
        lines.append(f"{of} | {year} | {school} | {c} | " + " | ".join(str(given.count(x)) for x in (1, 2, 3, 4, None)))
    return "\n".join(lines)


def corrected(sheets: list[tuple], people: int, criteria: int = 1) -> list[tuple]:
    """The first people's answers on the first criteria, moved by a level."""
    moved = [(*(x % 4 + 1 for x in sheet[:criteria]), *sheet[criteria:]) for sheet in sheets[:people]]
    return moved + sheets[people:]


@pytest.fixture(scope="module")
def loaded(store_once_built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    store = shutil.copytree(store_once_built, tmp_path_factory.mktemp("alike") / "store")
    put(store, framework(), SCHOOLS, answers(people(30)))
    return store


@pytest.fixture
def store(loaded: Path, tmp_path: Path) -> Path:
    """Of its own, for what is not refused. Version 2 has thirty people of alfa."""
    return shutil.copytree(loaded, tmp_path / "store")


def refusal(store: Path, *texts: str, **how) -> str:
    before = read_current(store)
    with pytest.raises(LoadRefused) as error:
        put(store, *texts, **how)
    assert read_current(store) == before
    (problem,) = error.value.problems
    return problem.problem


# On any criterion ----------------------------------------------------------------------------------------------------

TOLD = {
    "one late beside five corrected on a criterion": lambda held: [*corrected(held, 5), LATE],
    "one late beside all corrected on three criteria": lambda held: [*corrected(held, 30, 3), LATE],
    "four corrected on one, five on another": lambda held: [
        (*s[:1], s[1] % 4 + 1, *s[2:]) if n < 4 else s for n, s in enumerate(corrected(held, 5))
    ],
    "one late beside four who answered next to nothing": lambda held: [*held, LATE, *[(1, *[None] * 9)] * 4],
}
ORDINARY = {
    "five corrected on a criterion": lambda held: corrected(held, 5),
    "all corrected on three criteria": lambda held: corrected(held, 30, 3),
    "five late, one unsure on something": lambda held: [*held, *[(None, *s[1:]) for s in people(1, 5)], *people(4, 6)],
    "five others": lambda held: [*held[5:], *people(5, 9)],
    "all others": lambda held: people(28, 9),
}


@pytest.mark.parametrize("way", sample(list(TOLD), 2, 1))
def test_one_to_four_people_on_any_criterion_are_refused(loaded, way):
    assert "on some criterion" in refusal(loaded, answers(TOLD[way](people(30))))


@pytest.mark.parametrize("way", sample(list(TOLD), 2))
def test_and_so_they_are_as_counts(loaded, way):
    assert "on some criterion" in refusal(loaded, counts(TOLD[way](people(30))))


@pytest.mark.parametrize("way", sample(list(ORDINARY), 4))
def test_five_people_on_each_criterion_that_changes_are_let_through(store, way):
    assert put(store, answers(ORDINARY[way](people(30)))) == 3


def test_five_people_are_let_through_as_counts(store):
    put(store, counts(people(30)))
    sheets = [(s[0] % 4 + 1, *s[1:]) if n < 12 else s for n, s in enumerate(sorted(people(30)))]
    assert put(store, counts(sheets)) == 4


def test_people_are_laid_beside_those_most_like_them():
    held, late = np.array(people(5)), np.array([LATE])
    moved = np.array(corrected(people(5), 5))
    assert people_changed(held, moved).tolist() == [5, *[0] * 9]
    assert people_changed(held, np.vstack([late, moved[::-1]])).tolist() == [6, *[1] * 9]
    assert people_changed(np.zeros((0, 10), dtype=int), late).tolist() == [1] * 10


# Under another key ---------------------------------------------------------------------------------------------------

KEYS = {"school": ("zeta", 2021, "f"), "year": ("alfa", 2022, "f"), "framework": ("alfa", 2021, "g")}


@pytest.fixture(scope="module")
def two_loaded(loaded: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """With a second framework, which is as the first, as version 3."""
    store = shutil.copytree(loaded, tmp_path_factory.mktemp("two") / "store")
    put(store, framework("g"))
    return store


@pytest.fixture
def two_frameworks(two_loaded: Path, tmp_path: Path) -> Path:
    return shutil.copytree(two_loaded, tmp_path / "two")


@pytest.mark.parametrize(("key", "way"), pairs(list(KEYS), [answers, counts]))
def test_the_same_answers_and_one_more_under_another_key_are_refused(two_loaded, key, way):
    assert "holds the answers of alfa" in refusal(two_loaded, way([*people(30), LATE], *KEYS[key]))
    assert "holds the answers of alfa" in refusal(two_loaded, way(people(30)[1:], *KEYS[key]))


@pytest.mark.parametrize(("key", "way"), sample(pairs(list(KEYS), [answers, counts]), 3))
def test_said_outright_they_are_let_through_and_mark_nothing(two_frameworks, key, way):
    store = two_frameworks
    number = put(store, way([*people(30), LATE], *KEYS[key]), i_know=True)
    assert Store(store).current().rows("select * from near_copy") == [] and number == 4


def test_a_version_that_was_gone_back_from_is_looked_at_under_other_keys_too(store):
    with locked(store):
        roll_back(store, 1)
    put(store, framework(), SCHOOLS)
    assert "holds the answers of alfa" in refusal(store, answers([*people(30), LATE], "zeta"))


def test_other_schools_are_no_copies(store):
    """Not even where nearly all answer the highest level."""
    happy = (3, 4, 4, 4, 4)
    put(store, answers(people(30, 2), "beta"), answers(people(12, 3, happy), "alfa", 2022))
    assert put(store, answers(people(13, 4, happy), "beta", 2022)) == 4


@pytest.mark.parametrize(("key", "way"), pairs(list(KEYS), [answers, counts]))
def test_rounds_that_are_alike_in_counts_alone_are_other_people_s(two_frameworks, key, way):
    """Each criterion has the answers of the first round but one's, given by others: on ten criteria of a scale of which
    two levels are used it happens by chance, in some pairs of a million. Of counts nobody can tell."""
    few = people(30, 5, (3, 4))
    put(two_frameworks, answers(few, year=2023))
    draw = random.Random(6)
    others = list(zip(*(draw.sample(given, len(given)) for given in zip(*few, strict=True)), strict=True))
    school, year, of = KEYS[key] if key != "year" else ("alfa", 2024, "f")
    arriving = way([(7 - others[0][0], *others[0][1:]), *others[1:]], school, 2023 if key != "year" else year, of)
    if way is counts:
        assert "holds the answers of alfa" in refusal(two_frameworks, arriving)
    else:
        assert put(two_frameworks, arriving) == 5


# At another level ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("goal", [2, 4])
def test_what_is_told_is_cut_at_one_level(loaded, goal):
    assert "another goal level or scale" in refusal(loaded, framework(goal=goal))
    assert "another goal level or scale" in refusal(loaded, framework(goal=goal), answers(people(30)))
    assert "another goal level or scale" in refusal(loaded, framework(goal=goal), i_know=True)


def test_the_ends_of_the_scale_stay_too(loaded):
    assert "another goal level or scale" in refusal(loaded, framework(highest=5))


def test_going_back_makes_no_other_cut(store):
    with locked(store):
        roll_back(store, 1)
    assert "another goal level or scale" in refusal(store, framework(goal=2))


def test_before_a_round_is_told_the_goal_may_move(two_frameworks):
    assert put(two_frameworks, framework("g", goal=2)) == 4
    assert read_current(two_frameworks).number == 4


def test_another_id_makes_no_other_cut_of_the_same_answers(store):
    put(store, framework("g", goal=2), framework("h"))
    assert "holds the answers of alfa" in refusal(store, answers(people(30), of="g"))
    assert put(store, answers(people(30), of="h")) == 4, "cut alike they tell nothing more"
