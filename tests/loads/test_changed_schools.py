"""A list of schools that comes back mended says which schools it would change, before anything is stored."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from analytics.intake.files import ReadingOptions
from analytics.loads.load import check, load
from analytics.loads.trial import try_out
from analytics.words.language import words
from tests.store.making import put

SAY = words("sv")
HERE = "skola,elever,område,alias\nAlmskolan,100,Norr,Almen\nEkskolan,200,Syd,\n"


@pytest.fixture(scope="module")
def city_once(store_once_built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    store = shutil.copytree(store_once_built, tmp_path_factory.mktemp("city") / "store")
    put(store, schools=HERE)
    return store


@pytest.fixture
def city(city_once: Path, tmp_path: Path) -> Path:
    return shutil.copytree(city_once, tmp_path / "store")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (HERE, "Alla skolor i filen finns här precis som de står i den."),
        (HERE.replace("100", "110"), "Om de som finns här ersätts ändras 1 av 2: Almskolan (elever 100 → 110)."),
        (
            "skola,område,alias,kontext: andel\nAlmskolan,,Almen|Gamla,0.5\nEkskolan,Syd,,\n",
            "Om de som finns här ersätts ändras 1 av 2: "
            "Almskolan (område Norr → –, alias Almen → Almen|Gamla, andel – → 0.5).",
        ),
        ("skola,elever\nNyskolan,5\n", None),
    ],
)
def test_what_a_list_of_schools_would_change_is_told_before_it_counts(city, tmp_path, text, told):
    file = tmp_path / "mended.csv"
    file.write_text(text, "utf-8")
    for found in (
        check(city, [file], ReadingOptions(), SAY).reports,
        try_out(city, [file], ReadingOptions(), SAY).reports,
    ):
        assert found[0].notes == (() if told is None else (told,))


def test_many_are_named_in_part(city, tmp_path):
    rows = [f"Skola {n},{{}}" for n in range(12)]
    put(city, more="\n".join(["skola,elever", *rows]).format(*range(12)))
    file = tmp_path / "mended.csv"
    file.write_text("\n".join(["skola,elever", *rows]).format(*range(1, 13)), "utf-8")
    (note,) = load(city, [file], ReadingOptions(), SAY, loaded_by="A", replace=True).reports[0].notes
    assert note.startswith("Om de som finns här ersätts ändras 12 av 12: Skola 0 (elever 0 → 1);")
    assert note.endswith("; 2 till.")
