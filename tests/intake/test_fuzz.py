"""Whatever is wrong with a file of whatever kind and format, it ends in a table or in refusals, and nothing is half."""

from __future__ import annotations

import os
import time

import pytest

from analytics.intake.files import ReadingOptions, take_in
from tests.intake.fuzz import Fuzz, counted_readers
from tests.intake.fuzzed_files import ENDING, FORM_EXPORTS, FORMS, FRAMEWORKS, draw, seeds, whole
from tests.intake.making import SAY, save
from tests.sampling import NIGHTLY, sample

FILES = int(os.environ.get("FUZZED", "100000")) if NIGHTLY else 100


@pytest.fixture(scope="module")
def fuzz(tmp_path_factory: pytest.TempPathFactory) -> Fuzz:
    return Fuzz(tmp_path_factory.mktemp("fuzz"))


@pytest.mark.costly
@pytest.mark.long
def test_each_ends_in_a_table_or_in_refusals(fuzz):
    """By day the same ones; at night a hundred thousand that nobody has tried yet, by the night's name."""
    seed = os.urandom(8).hex() if NIGHTLY else "steady"
    with counted_readers(fuzz.outcome):
        for number in range(FILES):
            fuzz.read(seed, number)
    outcome = fuzz.outcome
    assert not outcome.wrong, (seed, outcome.wrong)
    assert outcome.read > FILES / 30 and outcome.refused > FILES / 3 and outcome.checked
    assert outcome.by_form.keys() == FORMS.keys()
    assert outcome.readers < FILES / 10, "a reader that dies of every file is one that is started for every file"


@pytest.mark.costly
@pytest.mark.parametrize("form", sample([form for form in FORMS if form != "toml"], 3))
def test_what_they_are_made_of_is_read(fuzz, tmp_path, form):
    """Else nothing that is wrong in them would be met."""
    frameworks, schools, funding, dialogues = fuzz.known
    for kind, table in seeds().items():
        path = save(tmp_path / f"{kind}.{ENDING.get(form, form)}", whole(form, table))
        reading = ReadingOptions(framework="vebs-2022", year=2025) if kind in FORM_EXPORTS else ReadingOptions()
        intake = take_in([path], frameworks, schools, reading, SAY, lambda: None, funding, dialogues)
        assert not intake.problems and intake.reports[0].rows, (kind, intake.problems[:1])


def test_each_is_drawn_again_by_its_number():
    kinds = seeds()
    once = [draw("a", n, kinds) for n in range(30)]
    time.sleep(2.1)  # archives tell times to two seconds
    assert once == [draw("a", n, kinds) for n in range(30)]
    assert len({draw("a", n, kinds).data for n in range(30)}) == 30 and FRAMEWORKS
