"""What was simulated keeps the promises, and is what the code gives: neither written by hand nor out of date."""

from __future__ import annotations

import numpy as np
import orjson
import pytest

from tests.maturity.twin import on_the_scale
from tests.maturity.worlds import Answer, SchoolRound, World, framework_of, publish
from tests.sampling import sample
from tests.simulation.changes import OVER_A_LIMIT
from tests.simulation.comparison import FEW
from tests.simulation.coverage import OWN, area_figures
from tests.simulation.promises import BROKEN, promised
from tests.simulation.suite import FILE, pieces, rows_of
from tests.simulation.world import FROM_FIVE, LEVELS, SIZES, chances, unrounded

AGAIN = {  # small pieces, a question each or more: what, case, size
    ("intervals", "demo", 30),
    ("staff", "50% answer", 30),
    ("area", "demo", 8),
    ("few cells", "few camps", 6),
    ("city", "demo", "mixed"),
    ("change_school", "demo", 8),
    ("change_some", "demo", 8),
    ("change_claims", "check", 8),
    ("change_city", "check", 8),
    ("side", "check", 8),
    ("divided", "one", 10),
    ("comparison", "check", "mixed"),
    ("few", "check", 8),
    ("places", "check", 8),
    ("readiness", "check", 8),
    ("raw_rule", "true 3.2 everywhere", 30),
    ("forecast", "check", "small"),
    ("trend", "check", 8),
}
ROWS = orjson.loads(FILE.read_bytes())


def name(row: dict) -> tuple:
    return row["question"], row["case"], row["size"]


def test_promises_are_kept_except_where_it_is_said():
    for row in ROWS:
        if (promise := promised(row)) is None:
            assert "kept" not in row
        else:
            low, high = promise
            assert (row["low"], row["high"]) == promise
            within = low - 2 * row["error"] <= row["figure"] <= high + 2 * row["error"]
            assert row["kept"] == within, row
    assert {name(row) for row in ROWS if row.get("kept") is False} == set(BROKEN)


@pytest.mark.parametrize("question", ["interval_mean", "interval_share", "interval_area", "change_school_false"])
def test_every_size_is_promised(question):
    # Of fewer than twenty answers the spread is the city's: few.py has the intervals.
    changes = [*FROM_FIVE, *OVER_A_LIMIT]
    sizes = {"interval_mean": [*OWN], "interval_share": [*OWN], "change_school_false": changes}.get(question, [*SIZES])
    assert [row["size"] for row in ROWS if row["question"] == question and row["case"] == "demo"] == sizes
    assert all("kept" in row for row in ROWS if row["question"] == question and row["case"] == "demo")


def test_pulled_means_lie_nearer_the_truth_at_every_size():
    shrunken = [row for row in ROWS if row["question"] == "pulled" and row["case"] != "check"]
    assert {row["size"] for row in shrunken} == set(SIZES)
    clearly = [row for row in shrunken if (row["case"], row["size"]) != ("3 schools", 120)]  # hardly pulled at all
    assert all(row["pulled"] < row["raw"] and row["figure"] + 2 * row["error"] < 1 for row in clearly)
    assert {row["case"] for row in clearly} == {"demo", "hardly differ", *FEW}


@pytest.mark.long
@pytest.mark.parametrize(
    "piece", sample([p for p in pieces() if (p.about, p.case, p.size) in AGAIN], 3), ids=lambda p: p.about
)
def test_drawn_again_it_is_the_same(piece):
    again = orjson.loads(orjson.dumps(rows_of(piece)))
    assert again
    for row in again:
        assert row in ROWS, row


def test_the_file_has_what_all_pieces_give():
    """No piece is left out, no row comes from a piece that is no more, and none is there twice."""
    assert {(p.about, p.case, p.size) for p in pieces()} >= AGAIN
    cases = {(p.case, p.draws) for p in pieces() if p.about not in ("readiness",)}
    others = [row for row in ROWS if not row["question"].startswith(("readiness", "there"))]
    assert {(row["case"], row["draws"]) for row in others} == cases
    lines = [orjson.dumps(row) for row in ROWS]
    assert len(set(lines)) == len(lines)
    assert FILE.read_bytes() == b"[\n" + b",\n".join(lines) + b"\n]\n"


def test_answers_have_the_mean_that_is_called_true():
    true = np.array([1.05, 1.7, 2.5, 3.2, 3.95])
    assert chances(unrounded(true)) @ LEVELS == pytest.approx(true, abs=1e-5)
    assert chances(unrounded(true)).sum(axis=1) == pytest.approx(1)


def test_areas_are_simulated_as_they_are_published(tmp_path):
    """The error of an area is SQL in the product and numpy here: the same answers give the same figures."""
    levels = np.random.default_rng(1).integers(1, 5, (1, 24, 4)).astype(float)
    levels[0, [0, 3, 7], [1, 1, 2]] = np.nan
    framework = framework_of("f", {"a": ("A1", "A2", "A3", "A4")})
    round_ = SchoolRound("f", 2020, "s")
    answers = [
        Answer(round_, f"p{person}", criterion.id, None if np.isnan(level) else int(level))
        for person, given in enumerate(levels[0])
        for criterion, level in zip(framework.criteria, given, strict=True)
    ]
    view = publish(World((framework,), ("s",), answers), tmp_path)
    [row] = view.rows("select mean, ci_low, ci_high, respondents from area_cell where area = 'a'")
    mean, error, people, _ = area_figures(levels)
    assert (row[0], row[3]) == (pytest.approx(mean[0]), people[0])
    low, high = on_the_scale(mean[0], error[0] ** 2 * people[0] * (people[0] - 1), people[0], (1, 2, 3, 4))
    assert row[1:3] == pytest.approx((low, high))
