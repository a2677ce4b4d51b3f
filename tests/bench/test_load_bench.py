"""The promises: 412,500 answers in under ten seconds of a processor, checks and published figures included; what comes
before publishing of a million in three times what DuckDB's bare read of the file takes of it."""

import pytest

from tests.bench.load_bench import MOST, before_publishing, measure
from tests.sampling import at_night

ATTEMPTS = 3  # the machine may be busy with something else for a while; the bound stays


def test_a_city_s_answers_load_in_under_ten_seconds(tmp_path):
    figures = measure(tmp_path)
    assert figures["answers"] == 412_500
    assert figures["load_cpu_s"] < 10, figures


def test_what_comes_before_publishing_is_measured_beside_the_bare_read(tmp_path):
    found = before_publishing(tmp_path, times=1, schools=2, staff=5)
    assert found.answers == 1000
    assert 0 < found.until_s < found.without_s
    assert found.bare_read_s > 0


@at_night
@pytest.mark.alone
def test_a_million_answers_are_checked_and_stored_in_three_times_the_bare_read(tmp_path):
    for attempt in range(ATTEMPTS):
        (folder := tmp_path / str(attempt)).mkdir()
        found = before_publishing(folder, times=3)
        print(found, found.ratio)
        if found.ratio < MOST:
            return
    raise AssertionError(f"{found.ratio} times")
