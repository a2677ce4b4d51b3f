"""The promise: 412,500 answers in under ten seconds on two cores, checks and published figures included."""

import pytest

from tests.bench.load_bench import measure

ATTEMPTS = 3  # the machine may be busy with something else for a while; the bound stays


@pytest.mark.alone
def test_a_city_s_answers_load_in_under_ten_seconds(tmp_path):
    for attempt in range(ATTEMPTS):
        (folder := tmp_path / str(attempt)).mkdir()
        figures = measure(folder)
        print(figures)
        assert figures["answers"] == 412_500
        if figures["load_s"] < 10:
            return
    raise AssertionError(f"{figures['load_s']} s")
