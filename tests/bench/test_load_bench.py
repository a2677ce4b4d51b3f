"""The promise: 412,500 answers in under ten seconds on two cores, checks and published figures included."""

import pytest

from tests.bench.load_bench import measure


@pytest.mark.alone
def test_a_city_s_answers_load_in_under_ten_seconds(tmp_path):
    figures = measure(tmp_path)
    print(figures)
    assert figures["answers"] == 412_500
    assert figures["load_s"] < 10
