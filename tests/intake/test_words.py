"""What single words stand for: schools, levels, criteria, numbers."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.intake.apart import combined, repeated
from analytics.intake.numbers import whole_number
from analytics.intake.raw import cleaned
from analytics.intake.register import COMPARED, CityVocabulary
from analytics.intake.rows import school_in
from analytics.intake.word_problem import WordProblem
from analytics.model.frameworks import Bilingual
from analytics.model.schools import School
from tests.intake.making import SAY, SCHOOLS, framework


@pytest.fixture
def register(tmp_path) -> CityVocabulary:
    return CityVocabulary([framework(tmp_path)], SCHOOLS, SAY)


@pytest.mark.parametrize(
    ("word", "school"),
    [
        ("alfa", "alfa"),
        ("ALFA", "alfa"),
        ("10000001", "alfa"),
        ("1000 0001", "alfa"),
        ("1000\N{NO-BREAK SPACE}0001", "alfa"),
        ("Alfaskolan", "alfa"),
        ("alfaskolan", "alfa"),
        ("Ängsstrandskolan", "strand"),
        ("ängsstrandskolan", "strand"),
        ("Strandens  skola", "strand"),
        (cleaned("A\N{COMBINING DIAERESIS}ngsstrandskolan\N{ZERO WIDTH SPACE}"), "strand"),
    ],
)
def test_a_school_by_id_code_name_or_alias(register, word, school):
    assert register.school(word) == school


@pytest.mark.parametrize(
    ("word", "nearest"),
    [
        ("Alfskolan", "Alfaskolan (alfa)"),
        ("Angsstrandskolan", "Ängsstrandskolan (strand)"),
        ("Strandskola", "Ängsstrandskolan (strand)"),
        ("20000002", "Betaskolan (beta)"),
        ("qqqq", None),
    ],
)
def test_an_unknown_school_names_the_nearest(register, word, nearest):
    trouble = register.school(word)
    assert trouble.problem == "The school is not known."
    assert trouble.hint.startswith("The nearest is ")
    assert nearest is None or trouble.hint == f"The nearest is {nearest}."


def test_the_nearest_is_named_however_many_are_unknown(register):
    for i in range(COMPARED):
        register.school(f"unknown {i}")
    assert register.school("Alfaskolen").hint == "The nearest is Alfaskolan (alfa)."


def test_a_name_that_two_schools_have_is_not_guessed():
    schools = (School("norra", "Norra skolan"), School("nya", "Nya skolan", aliases=("Norra skolan",)))
    trouble = CityVocabulary((), schools, SAY).school("norra skolan")
    assert (trouble.problem, trouble.hint) == ("Several schools are called that.", "Give the school's id: norra, nya.")


@pytest.mark.parametrize("word", ["Norra skolan (nya)", "norra  SKOLAN (nya)", "Norra skolan(nya)"])
def test_a_name_that_two_schools_have_is_told_apart_by_the_id_after_it(word):
    schools = (School("norra", "Norra skolan"), School("nya", "Norra skolan"), School("b", "Skolan (norra)"))
    register = CityVocabulary((), schools, SAY)
    assert register.school(word) == "nya"
    assert register.school("Skolan (norra)") == "b", "a name that merely ends so"
    assert register.school("Södra skolan (nya)").problem == "The school is not known."
    assert school_in(f"Förvaltningen, {word}", register) == school_in(word, register) == "nya"
    assert school_in("Förvaltningen, Norra skolan", register) is None


def test_an_id_wins_over_another_schools_name():
    schools = (School("norra", "Södra"), School("x", "norra"))
    assert CityVocabulary((), schools, SAY).school("norra") == "norra"


def test_without_schools_the_message_says_so():
    assert "no schools are loaded" in CityVocabulary((), (), SAY).school("alfa").problem


@pytest.mark.parametrize(
    "word", ["3", "3 - Trygg", "3 – Trygg", "3. Trygg", "3: safe", "3 Trygg", "trygg", "SAFE", "3,0"]
)
def test_ways_to_write_a_level(register, word):
    assert register.level("prov-2020", word) == 3


@pytest.mark.parametrize("word", ["", "vet ej", "Vet ej", "VET INTE", "don't know", "don’t know"])
def test_ways_to_say_dont_know(register, word):
    assert register.level("prov-2020", word) is None


@pytest.mark.parametrize("name", ["Osäker", "Ej relevant", "Avstår", "Not sure"])
def test_what_a_framework_calls_a_level_is_one_though_it_may_mean_dont_know_elsewhere(tmp_path, name):
    plain = framework(tmp_path)
    named = replace(plain, labels_sv=(name, *plain.labels_sv[1:]))
    assert CityVocabulary((named,), SCHOOLS, SAY).level(named.id, name.upper()) == named.levels[0]


@pytest.mark.parametrize("name", ["Osäker", "Not sure", "Unsure"])
def test_a_word_that_many_scales_have_as_their_lowest_is_no_dont_know(register, name):
    assert isinstance(register.level("prov-2020", name), WordProblem)


@pytest.mark.parametrize(
    "word", ["0", "5", "-1", "2,5", "3.7", "4 - Trygg", "Tryggt", "x", "1 2", "3/4", "#N/A", "nan"]
)
def test_a_level_off_the_scale(register, word):
    trouble = register.level("prov-2020", word)
    assert trouble.problem == "The level is not on the scale."
    assert "1 (Started), 2 (Active), 3 (Safe), 4 (Developed)" in trouble.hint


@pytest.mark.parametrize(
    "word",
    [
        *("B1", "b1", "Eleverna läser, skriver och räknar", "B1. Eleverna läser, skriver och räknar"),
        *(
            "B1 Pupils read, write and count",
            "b1: eleverna läser skriver och räknar *",
            "B1) Pupils read; write and count",
        ),
    ],
)
def test_ways_to_name_a_criterion(register, word):
    assert register.criterion("prov-2020", word) == "B1"


def test_a_title_that_two_criteria_share_is_not_guessed(tmp_path):
    prov = framework(tmp_path)
    same = Bilingual("Samma", "The same")
    area = replace(prov.areas[0], criteria=tuple(replace(c, title=same) for c in prov.areas[0].criteria))
    register = CityVocabulary([replace(prov, areas=(area,))], (), SAY)
    assert register.criterion("prov-2020", "A2. The same") == "A2"
    trouble = register.criterion("prov-2020", "The same")
    assert (trouble.problem, trouble.hint) == ("Several criteria are called that.", "Give the criterion's id: A1, A2.")


@pytest.mark.parametrize("word", ["", "2021.5", "21", "tjugo", "202l", "12021"])
def test_no_year(register, word):
    assert register.year("prov-2020", word).problem == "This is not a year."


@pytest.mark.parametrize("word", ["2019", "2025"])
def test_a_year_outside_the_frameworks(register, word):
    trouble = register.year("prov-2020", word)
    assert trouble.problem == "The year is outside the framework's valid years."
    assert trouble.hint == "prov-2020 is valid 2020–2024."


@given(st.integers(-(10**16), 10**16), st.sampled_from(["", ".0", ",0", ".00", ",000"]), st.sampled_from(["", " "]))
def test_every_whole_number_is_read_as_itself(number, decimals, space):
    assert whole_number(f"{space}{number}{decimals}{space}") == number


@given(st.integers(1000, 10**12), st.sampled_from([" ", "\N{NO-BREAK SPACE}", "\N{NARROW NO-BREAK SPACE}"]))
def test_thousands_apart_are_one_number(number, space):
    assert whole_number(f"{number:,}".replace(",", space)) == number


@given(st.text(st.sampled_from("0123456789.,- +e"), max_size=8))
def test_what_is_read_as_a_number_is_written_as_one(word):
    """Nothing is read out of '1 2', '3.7', '1e3' or '--1'; what is read is what the digits before the decimals say."""
    number = whole_number(word)
    digits = word.strip().replace(" ", "").replace(",", ".")
    if number is not None:
        assert float(digits) == number
    elif re.fullmatch(r"[+-]?[0-9]+", digits):
        groups = word.strip().lstrip("+-").split(" ")
        assert len(groups) > 1 and (len(groups[0]) > 3 or any(len(group) != 3 for group in groups[1:]))


@given(st.lists(st.integers(0, 5), max_size=30))
def test_repeated_is_what_has_come_before(keys):
    seen: dict[int, int] = {}
    again = [(place, seen[key]) for place, key in enumerate(keys) if seen.setdefault(key, place) != place]
    assert repeated(np.array(keys, dtype=np.int64)) == again


@given(st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 3), st.sampled_from("xy")), min_size=1, max_size=30))
def test_combined_tells_combinations_apart(rows):
    keys = combined(*(pa.array(column) for column in zip(*rows, strict=True)))
    assert all((keys[i] == keys[j]) == (rows[i] == rows[j]) for i in range(len(rows)) for j in range(i))


def test_trouble_is_no_value(register):
    assert isinstance(register.framework("nope"), WordProblem)
    assert register.framework("nope").hint == "Known frameworks: prov-2020."
