"""Imported figures beside synthetic ones: a page says so wherever a synthetic figure shows."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import duckdb
import pytest

from pages.figures.criteria import page as criteria
from pages.figures.overview import page as overview
from pages.figures.school import page as school
from pages.figures.schools import page as schools
from pages.ui.content import Ask
from tests.pages.conftest import ask_of
from tests.pages.serving import kvalitet

REAL = "kvartsskolan"


@pytest.fixture(scope="module")
def mixed(demo_store: Path, tmp_path_factory) -> Ask:
    """The demo store, as if one school had loaded its own answers of the latest round."""
    return with_imported(demo_store, tmp_path_factory.mktemp("mixed"), "school_id = ? and year = ?", [REAL, 2025])


@pytest.fixture(scope="module")
def imported_round(demo_store: Path, tmp_path_factory) -> Ask:
    """The demo store, as if every school had loaded its own answers of the latest round."""
    return with_imported(demo_store, tmp_path_factory.mktemp("round"), "year = ?", [2025])


@pytest.fixture(scope="module")
def own(empty_store: Path, tmp_path_factory) -> Ask:
    """A store with imported schools and answers alone: two schools, one round each, not the same year."""
    folder = tmp_path_factory.mktemp("own")
    shutil.copytree(empty_store, folder / "store")
    ask = ask_of(folder / "store")["sv"]
    (folder / "schools.csv").write_text("school_id,name\nalfa,Alfaskolan\nbeta,Betaskolan\n", "utf-8")
    write_answers(folder / "one.csv", "alfa", 2024, ask)
    write_answers(folder / "other.csv", "beta", 2025, ask)
    kvalitet(folder / "store", "load", *(str(folder / name) for name in ("schools.csv", "one.csv", "other.csv")))
    return ask_of(folder / "store")["sv"]


def with_imported(store: Path, folder: Path, where: str, values: list) -> Ask:
    shutil.copytree(store, folder / "store")
    with duckdb.connect(str(next((folder / "store").glob("view-*.duckdb")))) as connection:
        changed = connection.execute(f"update school_round set provenance = 'imported' where {where}", values)
        assert changed.fetchone()[0] > 0
    return ask_of(folder / "store")["sv"]


def write_answers(path: Path, school_id: str, year: int, ask: Ask) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        out = csv.writer(file)
        out.writerow(["framework", "year", "school", "respondent", "criterion", "level"])
        for person in range(12):
            for criterion in ask.catalogue.framework("vebs-2022").criteria:
                out.writerow(["vebs-2022", year, school_id, f"p{person}", criterion.id, 2 + person % 3])


def test_a_schools_own_figures_beside_a_synthetic_city(mixed):
    page = school.compose(mixed, "vebs-2022", 2025, REAL)
    assert page.provenance == "mixed", "the school is real, the city it is compared with is not"


def test_a_synthetic_school_beside_a_city_with_a_real_one_in_it(mixed):
    assert school.compose(mixed, "vebs-2022", 2025, "agatskolan").provenance == "mixed"
    assert school.compose(mixed, "vebs-2022", 2024, REAL).provenance == "synthetic"


def test_the_citys_pages_say_that_a_part_is_synthetic(mixed):
    assert overview.compose(mixed, "vebs-2022", 2025).provenance == "mixed"
    assert criteria.compose(mixed, "vebs-2022", 2025, "A1").provenance == "mixed"
    every = schools.compose(mixed, "vebs-2022", 2025, None, None, "alla", "namn", 1)
    assert every.provenance == "mixed"


def test_an_imported_round_is_drawn_after_synthetic_ones_and_says_so(imported_round):
    """The trends reach back to rounds that are synthetic."""
    assert overview.compose(imported_round, "vebs-2022", 2025).provenance == "mixed"
    assert criteria.compose(imported_round, "vebs-2022", 2025, "A1").provenance == "mixed"
    assert school.compose(imported_round, "vebs-2022", 2025, REAL).provenance == "mixed"


def test_a_synthetic_round_before_an_imported_one_is_all_synthetic(imported_round):
    assert overview.compose(imported_round, "vebs-2022", 2024).provenance == "synthetic"
    assert criteria.compose(imported_round, "vebs-2022", 2024, "A1").provenance == "synthetic"


def test_imported_figures_alone_bear_no_badge(own):
    assert overview.compose(own, "vebs-2022", 2025).provenance == "imported"
    assert school.compose(own, "vebs-2022", 2025, "beta").provenance == "imported"
    assert criteria.compose(own, "vebs-2022", 2025, "A1").provenance == "imported"
    assert schools.compose(own, "vebs-2022", 2025, None, None, "alla", "namn", 1).provenance == "imported"


def test_a_city_of_one_school_and_a_register_without_districts_compose(own):
    for year, school_id in ((2024, "alfa"), (2025, "beta")):
        page = school.compose(own, "vebs-2022", year, school_id)
        assert len(page.blocks) == 6 and page.figures and page.answer
    for show in ("alla", "kriterier", "kultur"):
        for sort in ("namn", "varde", "omrade"):
            assert schools.compose(own, "vebs-2022", 2025, None, None, show, sort, 1).blocks
