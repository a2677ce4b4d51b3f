"""The promise: 412,500 answers in under ten seconds of a processor, checks and published figures included."""

from tests.bench.load_bench import measure


def test_a_city_s_answers_load_in_under_ten_seconds(tmp_path):
    figures = measure(tmp_path)
    assert figures["answers"] == 412_500
    assert figures["load_cpu_s"] < 10, figures
