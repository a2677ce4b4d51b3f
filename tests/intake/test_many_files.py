"""Very many files, good and broken: a good one gives the answers of its plain twin, a broken one is refused whole, with
the row and column of what is wrong. By day some hundreds of each; at night a hundred thousand."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from analytics.intake.files import Intake
from analytics.intake.framework_toml import parsed_framework
from analytics.model.errors import Problem
from analytics.model.frameworks import Framework
from tests.intake.dressed_files import FORMATS, Dressed, dressed
from tests.intake.making import PROV, SAY, take_bytes
from tests.sampling import examples

BY_NIGHT = 40_000
TOLD = (HealthCheck.too_slow, HealthCheck.data_too_large)


@cache
def prov() -> Framework:
    return parsed_framework(PROV.encode(), SAY)[0]


def take_dressed(name: str, data: bytes) -> Intake:
    return take_bytes(name, data, [prov()], framework="prov-2020", year=2023)


def told(form: Dressed) -> list[tuple]:
    """The answers of the plain twin: row, school, criterion, level."""
    return sorted(
        (
            (row, school, criterion, level)
            for row, (school, levels) in enumerate(form.answers, 1)
            for criterion, level in levels.items()
        ),
        key=str,
    )


def read(intake: Intake) -> list[tuple]:
    names = ("row", "school_id", "criterion", "level")
    return sorted(zip(*(intake.answers[name].to_pylist() for name in names), strict=True), key=str)


TWO_DELIMITERS = Dressed(  # found by the long run: commas in the title and in the level, on every line
    (("alfa", {"B1": 1}),), [["Eleverna läser, skriver och räknar", "Skola"], ["1,0", "alfa"]], 0, 1, {"B1": 0}
)


@given(dressed(), st.sampled_from(sorted(FORMATS)))
@example(TWO_DELIMITERS, "bom.csv")
@settings(deadline=None, max_examples=examples(60, BY_NIGHT), suppress_health_check=TOLD)
def test_a_good_file_gives_the_answers_of_its_plain_twin(form, name):
    intake = take_dressed(name, FORMATS[name](form.table))
    assert intake.problems == []
    assert read(intake) == told(form)
    assert len(set(intake.answers["respondent"].to_pylist())) == len(form.answers)


LEVEL_PROBLEMS = {"The level is not on the scale.", "The cell holds an error of the spreadsheet's."}
BAD_LEVELS = ("5", "0", "7 - Trygg", "3 (Aktiverad)", "2-3", "kanske", "#N/A", "#SAKNAS!", "3;4;", "1,5", "2023-01-15")
BAD_SCHOOLS = ("Omegaskolan", "99999999", "", "#REF!")
broken_cells = st.one_of(
    st.tuples(st.just("level"), st.sampled_from(BAD_LEVELS)), st.tuples(st.just("school"), st.sampled_from(BAD_SCHOOLS))
)


@given(dressed(below=False), st.sampled_from(sorted(FORMATS)), broken_cells, st.data())
@settings(deadline=None, max_examples=examples(60, BY_NIGHT), suppress_health_check=TOLD)
def test_a_broken_file_is_refused_whole_with_the_row_and_column(form, name, broken, data):
    what, text = broken
    row = data.draw(st.integers(1, len(form.answers)))
    if what == "level":
        column = form.criteria[data.draw(st.sampled_from(sorted(form.criteria)))]
        # The school must be there, for the row to be one.
    else:
        column = form.school
        if not any(level is not None for level in form.answers[row - 1][1].values()):
            text = text or "Omegaskolan"
    wrong = form.with_cell(row, column, text)
    intake = take_dressed(name, FORMATS[name](wrong.table))
    assert intake.problems, "nothing is said of it"
    assert intake.answers is None, "half of it is taken in"
    assert (row, _heading(wrong, column)) in {(p.row, p.column) for p in intake.problems} or _whole_column(
        intake.problems, what, wrong
    )


def _heading(form: Dressed, column: int) -> str:
    return " ".join(form.table[form.headings_at][column].split())


def _whole_column(problems: list[Problem], what: str, form: Dressed) -> bool:
    """Where no cell of the only row is a known school, no column is one: that is told of the column."""
    return what == "school" and len(form.answers) < 3 and any(p.column == "school" for p in problems)


@given(dressed(), st.sampled_from([n for n in sorted(FORMATS) if n.endswith((".csv", ".txt"))]), st.data())
@settings(deadline=None, max_examples=examples(50, BY_NIGHT // 2), suppress_health_check=TOLD)
def test_a_damaged_file_is_read_whole_or_refused(form, name, data):
    """Bytes that are lost, doubled or others: every answer that is read is a level of the scale in a known school, and
    what is refused is refused in words."""
    bytes_ = bytearray(FORMATS[name](form.table))
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, max(0, len(bytes_) - 1)))
        match data.draw(st.sampled_from(("cut", "lose", "other", "double"))):
            case "cut":
                del bytes_[at:]
            case "lose":
                del bytes_[at : at + data.draw(st.integers(1, 20))]
            case "other":
                bytes_[at : at + 1] = data.draw(st.binary(min_size=1, max_size=3))
            case "double":
                bytes_[at:at] = bytes_[at : at + 30]
    intake = take_dressed(name, bytes(bytes_))
    assert (intake.answers is None) == bool(intake.problems)
    for problem in intake.problems:
        assert problem.problem and problem.hint
    if intake.answers is not None:
        assert set(intake.answers["level"].to_pylist()) <= {None, 1, 2, 3, 4}
        assert set(intake.answers["school_id"].to_pylist()) <= {"alfa", "beta", "strand"}


pytestmark = pytest.mark.long
