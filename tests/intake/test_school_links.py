"""Which school became part of which, as a file of schools says it."""

from __future__ import annotations

from datetime import date

import pytest

from analytics.model.schools import School, SchoolLink, school_links
from tests.intake.making import SCHOOLS, refusals, take_table


def test_another_school_is_named_as_people_name_it(tmp_path):
    intake = take_table(
        tmp_path,
        """
        namn | skolenhetskod | giltig_till | gått_upp_i | giltig_från | utbruten_ur
        Alfaskolan | 10000001 | 2023-06-30 | Betaskolan | |
        Nyskolan | | | | 2024 | Strandens skola
        """,
    )
    assert refusals(intake) == []
    alfa, new = (row.school for row in intake.schools)
    assert (alfa.merged_into, new.split_from) == ("beta", "strand")
    assert school_links((alfa, new)) == (
        SchoolLink("alfa", "beta", date(2023, 7, 1), merged=True),
        SchoolLink("nyskolan", "strand", date(2024, 1, 1), merged=False),
    )


def test_a_round_of_the_year_in_which_it_happens_is_of_before():
    days = {date(2023, 7, 1): 2024, date(2024, 1, 1): 2024, date(2023, 12, 31): 2024, date(2023, 1, 2): 2024}
    assert {day: SchoolLink("a", "b", day, merged=True).first_year for day in days} == days


@pytest.mark.parametrize(
    ("cells", "problem"),
    [
        ("2023 | Okänd skola | ", ("merged_into", "The school is not known.")),
        ("2023 | alfa | ", ("merged_into", "This is the school itself.")),
        (" | beta | ", ("valid_to", "It is not said when the school became part of the other.")),
        (" | | beta", ("valid_from", "It is not said when the school was made out of the other.")),
        ("2023 | gamma | ", ("merged_into", "The other school had closed by then.")),
    ],
)
def test_what_cannot_be_is_refused(tmp_path, cells, problem):
    text = f"school_id | name | valid_to | merged_into | split_from\nalfa | Alfaskolan | {cells}"
    closed = School("gamma", "Gammaskolan", valid_to=date(2022, 6, 30))
    intake = take_table(tmp_path, text, schools=(*SCHOOLS, closed))
    assert [(column, text) for _, column, _, text in refusals(intake)] == [problem]


def test_what_a_file_does_not_speak_of_stays_and_an_empty_cell_empties(tmp_path):
    known = (School("alfa", "Alfaskolan", valid_to=date(2023, 6, 30), merged_into="beta"), *SCHOOLS[1:])
    (kept,) = take_table(tmp_path, "school_id | name\nalfa | Alfaskolan", schools=known).schools
    assert kept.school.merged_into == "beta"
    (emptied,) = take_table(tmp_path, "school_id | name | merged_into\nalfa | Alfaskolan |", schools=known).schools
    assert emptied.school.merged_into is None
