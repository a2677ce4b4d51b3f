"""What a server of pages holds in memory: not what only publishing needs."""

from __future__ import annotations

import subprocess
import sys
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from analytics.store.literals import asked_with, literal
from analytics.store.reading import Store
from tests.pages.serving import ROOT, start_server, visiting

LOOK = """
import sys
import app
from analytics.maturity import examples
examples.goal_examples()
print(*({"scipy.optimize", "scipy.stats", "statsmodels"} & set(sys.modules)))
"""


def test_the_pages_do_without_what_publishing_reckons_with():
    done = subprocess.run([sys.executable, "-c", LOOK], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""


@pytest.mark.skipif(not Path("/proc/self/maps").exists(), reason="nothing tells what a process has read in")
def test_a_server_of_figures_reads_in_no_pandas(few_store: Path):
    server, process = start_server(few_store)
    try:
        with visiting(server) as visitor:
            for page in ("", "oversikt", "skolor", "skola", "kriterier", "dialog", "eu", "eu-rapport", "metod"):
                assert not visitor.open(page).failures, page
        assert "pandas" not in Path(f"/proc/{process.pid}/maps").read_text()
    finally:
        process.kill()
        process.wait()


NASTY = ["'", "'); drop table version; --", "\\", "\0x", "å\u2028\U0001f600", "", "?", "$1", "%s"]


@pytest.mark.parametrize("value", [*NASTY, None, True, 0, -7, 1.5, float("inf"), NASTY, [1, 2], (), date(2025, 1, 31)])
def test_a_value_is_asked_with_as_it_is(few_store: Path, value: object):
    view = Store(few_store).current()
    found = view.rows("select $value", {"value": value})[0][0]
    assert found == (list(value) if isinstance(value, tuple) else value)
    assert type(found) is type(list(value) if isinstance(value, tuple) else value)


def test_amounts_and_moments_keep_what_they_are(few_store: Path):
    asked = [Decimal("580111.05"), datetime(2025, 1, 31, 8, 30, 1)]
    assert Store(few_store).current().rows("select ?, ?", asked) == [tuple(asked)]


def test_what_is_no_value_is_refused():
    with pytest.raises(TypeError):
        literal(object())
    assert asked_with("select 1") == "select 1"
