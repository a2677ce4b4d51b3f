"""What a load of several owners takes of memory goes by its largest file and owner, and not by all that there is."""

import sys

import pytest

from analytics.intake import waiting
from tests.bench.nation import Nation
from tests.bench.owners import taken_by, write_files
from tests.sampling import at_night

SCHOOLS, OWNERS, STAFF, CRITERIA = 400, 20, 28, 50
A_ROW = 25  # bytes: the largest owner's rows, of twenty; all of them in memory took 66


@at_night
@pytest.mark.skipif(sys.platform != "linux", reason="asks Linux what a process holds")
def test_three_times_the_files_take_hardly_more_memory(tmp_path):
    few, many = (Nation(SCHOOLS, years, CRITERIA, STAFF) for years in (4, 12))
    assert SCHOOLS * STAFF * CRITERIA > waiting.MANY
    framework, schools, *answers = write_files(many, OWNERS, tmp_path, largest=SCHOOLS // OWNERS)
    taken_by(tmp_path / "store", "build", "--empty")
    takes = []
    for nation in (few, many):
        taken = taken_by(tmp_path / "store", "check", framework, schools, *answers[: nation.years])
        takes.append(2**20 * (taken.anonymous_mb + taken.mapped_mb))
    assert takes[1] - takes[0] < A_ROW * (many.answers - few.answers)
