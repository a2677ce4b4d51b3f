"""What is compared with what between rounds, and with which test: small worlds against scipy."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pytest
from scipy.stats import t as student
from scipy.stats import ttest_ind, ttest_ind_from_stats, ttest_rel

from analytics.model.frameworks import Change, Framework, Goal
from tests.maturity.worlds import Answer, Counts, SchoolRound, World, figures, framework_of, publish

OLD = framework_of("old", {"a": ("A1", "A2"), "b": ("B1",)}, years=(2015, 2020))
CHANGES = {"K1": ("A1", Change.IDENTICAL), "K2": ("A2", Change.REWORDED), "K3": ("B1", Change.IDENTICAL)}
NEW = framework_of("new", {"k": ("K1", "K2"), "l": ("K3", "K4")}, years=(2021, None), previous="old", changes=CHANGES)

#        answers on 1-4      n  mean
LOW = (6, 10, 4, 0)  # 20  1.9
RAISED = (4, 9, 7, 4)  # 24  2.458
MIDDLE = (2, 8, 12, 2)  # 24  2.583
HIGH = (0, 2, 8, 14)  # 24  3.5
HIDDEN = (0, 2, 1, 1)

Given = Mapping[
    tuple[str, int, str], tuple[tuple[int, ...] | None, ...]
]  # framework, year, school -> a row a criterion


def world(given: Given, frameworks: tuple[Framework, ...] = (OLD, NEW)) -> World:
    by_id = {framework.id: framework for framework in frameworks}
    counts = [
        Counts(SchoolRound(*key), criterion.id, levels)
        for key, rows in given.items()
        for criterion, levels in zip(by_id[key[0]].criteria, rows, strict=True)
        if levels is not None
    ]
    return World(frameworks, tuple(sorted({key[2] for key in given})), counts=counts)


def changes(folder, given: Given, table: str = "school_change", frameworks=(OLD, NEW)) -> list[dict]:
    return list(figures(publish(world(given, frameworks), folder))[table].values())


def compared(rows: list[dict]) -> set[tuple]:
    names = ("framework", "year", "before_framework", "before_year")
    return {(row.get("school_id"), *(row[name] for name in names)) for row in rows}


def summary(levels: tuple[int, ...]) -> tuple[float, float, int]:
    answers = np.repeat([1, 2, 3, 4], levels)
    return answers.mean(), answers.std(ddof=1), len(answers)


OLD_LOW, OLD_HIGH, NEW_HIGH = (LOW, LOW, MIDDLE), (HIGH, MIDDLE, MIDDLE), (HIGH, HIGH, HIGH, HIGH)


def test_a_round_is_held_against_the_one_before_and_the_first(tmp_path):
    given = {("old", year, "s"): OLD_LOW for year in (2016, 2017, 2019, 2020)}
    found = compared(changes(tmp_path, given))
    assert found == {
        ("s", "old", 2017, "old", 2016),
        ("s", "old", 2019, "old", 2017),
        ("s", "old", 2019, "old", 2016),
        ("s", "old", 2020, "old", 2019),
        ("s", "old", 2020, "old", 2016),
    }


def test_a_new_framework_is_held_against_the_last_round_of_the_one_before_and_only_once(tmp_path):
    given = {("old", 2019, "s"): OLD_LOW, ("old", 2020, "s"): OLD_LOW}
    given |= {("new", year, "s"): NEW_HIGH for year in (2021, 2022, 2023)}
    rows = changes(tmp_path, given)
    assert {key[1:] for key in compared(rows) if key[1] == "new"} == {
        ("new", 2021, "old", 2020),
        ("new", 2022, "new", 2021),
        ("new", 2023, "new", 2022),
        ("new", 2023, "new", 2021),
    }
    across = {(row["area"], row["criterion"], row["before_criterion"]) for row in rows if row["year"] == 2021}
    assert across == {("k", "K1", "A1"), ("l", "K3", "B1")}  # no reworded, no new, no area


def test_a_framework_that_replaces_none_is_held_against_none(tmp_path):
    alone = framework_of("alone", {"a": ("A1",)}, years=(2015, None))
    given = {("old", 2019, "s"): OLD_LOW, ("alone", 2020, "s"): (HIGH,)}
    assert changes(tmp_path, given, frameworks=(OLD, alone)) == []


def test_on_another_scale_the_same_words_are_not_the_same(tmp_path):
    other = framework_of("new", {"k": ("K1",)}, scale=(0, 3), years=(2021, None), previous="old",
                         changes={"K1": ("A1", Change.IDENTICAL)}, goal=Goal(2))  # fmt: skip
    given = {("old", 2020, "s"): OLD_LOW, ("new", 2021, "s"): (HIGH,)}
    assert changes(tmp_path, given, frameworks=(OLD, other)) == []


def test_a_school_that_skipped_a_year_is_held_against_its_own_last_round(tmp_path):
    given = {("old", year, "r"): OLD_LOW for year in (2017, 2018, 2019)}
    given |= {("old", year, "s"): OLD_LOW for year in (2017, 2019)}
    given |= {("old", 2018, "late"): OLD_LOW, ("new", 2021, "late"): NEW_HIGH}
    published = figures(publish(world(given), tmp_path))
    found = compared(list(published["school_change"].values()))
    assert {key for key in found if key[0] == "s"} == {("s", "old", 2019, "old", 2017)}
    assert {key for key in found if key[0] == "late"} == {("late", "new", 2021, "old", 2018)}
    # The city's round before is the city's: `s` is not in it, and `late` has nothing in 2019.
    schools = {(row["year"], row["before_year"]): row["schools"] for row in published["city_change"].values()}
    assert schools == {(2018, 2017): 1, (2019, 2018): 1, (2019, 2017): 2}


def test_hidden_in_between(tmp_path):
    """No row says anything of the hidden round; the one after it is still held against the first."""
    given = {("old", 2017, "s"): OLD_LOW, ("old", 2018, "s"): (HIDDEN,) * 3, ("old", 2019, "s"): OLD_HIGH}
    rows = changes(tmp_path, given)
    assert compared(rows) == {("s", "old", 2019, "old", 2017)}
    assert {row["criterion"] for row in rows} == {"A1", "A2", "B1", ""}


def rows_of(published: dict, school: str) -> dict[tuple[str, str], dict]:
    return {(r["area"], r["criterion"]): r for r in published["school_change"].values() if r["school_id"] == school}


def test_an_area_is_compared_on_the_criteria_that_are_shown_both_times(tmp_path):
    """A2, the low one, is hidden the second time: what is left of the area has not moved, and nor has the school."""
    given = {("old", 2019, "s"): (HIGH, LOW, MIDDLE), ("old", 2020, "s"): (HIGH, HIDDEN, MIDDLE)}
    given |= {("old", year, "r"): OLD_LOW for year in (2019, 2020)}
    published = figures(publish(world(given), tmp_path))
    found = rows_of(published, "s")
    assert found.keys() == {("a", "A1"), ("b", "B1"), ("a", ""), ("b", ""), ("", "")}
    on = {key: (row["compared"], row["left_out"], row["difference"]) for key, row in found.items() if not key[1]}
    assert on == {("a", ""): (1, 1, 0), ("b", ""): (1, 0, 0), ("", ""): (2, 1, 0)}
    assert found["", ""]["before_mean"] == pytest.approx((summary(HIGH)[0] + summary(MIDDLE)[0]) / 2)
    # One criterion is left of the area: what it takes is what the criterion's own noise asks for, at the areas' part.
    (_, sd, n), freedom = summary(HIGH), 2 * (24 - 1)
    assert found["a", ""]["needed"] == pytest.approx(student.ppf(1 - 0.01 / 4, freedom) * (2 * sd**2 / n) ** 0.5)
    city = {(r["area"], r["criterion"]): r["schools"] for r in published["city_change"].values()}
    assert city == {("a", "A1"): 2, ("a", "A2"): 1, ("b", "B1"): 2, ("a", ""): 2, ("b", ""): 2, ("", ""): 2}


def test_criteria_that_were_added_or_dropped_leave_the_comparison(tmp_path):
    """A1 and B1 are asked both years, A2 in the first alone, C1 (an area of its own) in the second."""
    framework = framework_of("f", {"a": ("A1", "A2"), "b": ("B1",), "c": ("C1",)})
    given = {("f", 2019, s): (LOW, HIGH, MIDDLE, None) for s in "rs"}
    given |= {("f", 2020, s): (MIDDLE, None, HIGH, LOW) for s in "rs"}
    published = figures(publish(world(given, (framework,)), tmp_path))
    whole = rows_of(published, "s")["", ""]
    then, now = ((summary(x)[0] + summary(y)[0]) / 2 for x, y in ((LOW, MIDDLE), (MIDDLE, HIGH)))
    assert (whole["before_mean"], whole["mean"]) == (pytest.approx(then), pytest.approx(now))
    assert (whole["compared"], whole["left_out"]) == (2, 2)
    assert ("c", "") not in rows_of(published, "s")
    city = published["city_change"]["f", 2020, "", "", "f", 2019]
    assert (city["schools"], city["compared"], city["left_out"]) == (2, 2, 2)


def test_on_some_of_its_criteria_an_areas_noise_goes_together_as_on_all(tmp_path):
    """The same people on four criteria that go together as everybody's do; the fourth is new. What the three take is
    within a tenth of what Welch's test on each person's mean over the three would ask for; far less were they followed
    by nobody."""
    rng, framework = np.random.default_rng(3), framework_of("f", {"a": ("A1", "A2", "A3", "A4")})
    rounds, answers = {}, []
    for year, criteria in ((2019, 3), (2020, 4)):
        levels = np.clip(np.rint(2.5 + 0.5 * rng.standard_normal((60, 1)) + 0.7 * rng.standard_normal((60, 4))), 1, 4)
        rounds[year] = levels[:, :3].mean(axis=1)
        answers += [
            Answer(SchoolRound("f", year, "s"), f"p{person}", f"A{1 + place}", int(row[place]))
            for person, row in enumerate(levels)
            for place in range(criteria)
        ]
    row = figures(publish(World((framework,), ("s",), answers), tmp_path))["school_change"][
        "f", 2020, "s", "", "", "f", 2019
    ]
    found = ttest_ind(rounds[2020], rounds[2019], equal_var=False)
    assert row["difference"] == pytest.approx(rounds[2020].mean() - rounds[2019].mean())
    error = row["difference"] / found.statistic
    assert row["needed"] == pytest.approx(student.ppf(1 - 0.03 / 2, found.df) * error, rel=0.1)
    assert (row["n"], row["before_n"]) == (None, 60)  # of the four, nobody counts how many answered the three


def test_a_schools_change_is_welchs_test_from_the_whole_down(tmp_path):
    """Three criteria: +1.6, +0.56 and 0. The whole has moved clearly at its three parts in a hundred, area a at the
    four that it then has; so the criteria have all five, and the r-th smallest p may be r/3 of that."""
    before, after = (LOW, LOW, MIDDLE), (HIGH, RAISED, MIDDLE)
    given = {("old", 2019, "s"): before, ("old", 2020, "s"): after}
    found = rows_of(figures(publish(world(given), tmp_path)), "s")
    assert {key: row["clear"] for key, row in found.items() if not key[1]} == {
        ("", ""): True, ("a", ""): True, ("b", ""): False
    }  # fmt: skip
    rows = {key[1]: row for key, row in found.items() if key[1]}
    p = {
        c: ttest_ind_from_stats(*summary(now), *summary(then), equal_var=False).pvalue
        for c, now, then in zip(("A1", "A2", "B1"), after, before, strict=True)
    }
    assert p["A1"] < 0.05 / 3 and 0.05 * 2 / 3 < p["A2"] < 0.05 and p["B1"] == 1
    assert {c: row["clear"] for c, row in rows.items()} == {"A1": True, "A2": False, "B1": False}
    # A1 alone at a third of the level; A2, with A1 at hand, at two thirds; B1, with both within 5 %, at all of it.
    for (criterion, row), level in zip(rows.items(), (0.05 / 3, 0.05 * 2 / 3, 0.05), strict=True):
        place = ("A1", "A2", "B1").index(criterion)
        (_, sd, n), (_, before_sd, before_n) = summary(after[place]), summary(before[place])
        parts = sd**2 / n, before_sd**2 / before_n
        freedom = sum(parts) ** 2 / (parts[0] ** 2 / (n - 1) + parts[1] ** 2 / (before_n - 1))
        assert row["needed"] == pytest.approx(student.ppf(1 - level / 2, freedom) * sum(parts) ** 0.5)
        assert row["difference"] == pytest.approx(row["mean"] - row["before_mean"])
        assert (row["n"], row["before_n"]) == (n, before_n)


def test_a_list_of_schools_is_controlled_over_the_schools(tmp_path):
    """One school has risen so that its whole is clear at its own 3 % but not at a twentieth of 5 %: told of itself, and
    not in a list with nineteen that stand still; where the others have leapt it is in the list."""
    framework = framework_of("f", {"a": ("A1",)})
    names = [f"s{n:02}" for n in range(20)]
    given = {("f", 2019, s): (MIDDLE,) for s in names} | {("f", 2020, s): (MIDDLE,) for s in names}
    given["f", 2020, "s00"] = ((0, 7, 13, 4),)
    leaps = {key: (HIGH,) if key[1] == 2020 and key[2] != "s00" else rows for key, rows in given.items()}
    given["f", 2019, "s00"] = leaps["f", 2019, "s00"] = ((2, 11, 10, 1),)
    for name, world_, listed in (("still", given, False), ("leap", leaps, True)):
        row = rows_of(figures(publish(world(world_, (framework,)), tmp_path / name)), "s00")["", ""]
        p = ttest_ind_from_stats(*summary((0, 7, 13, 4)), *summary((2, 11, 10, 1)), equal_var=False).pvalue
        assert 0.05 / 20 < p < 0.03
        assert (row["clear"], row["clear_in_city"]) == (True, listed)


def test_areas_follow_people_and_have_what_the_whole_leaves_them(tmp_path):
    """Each person's own mean over area a, twice: Welch's test on those; the whole, which is clear, at three parts in a
    hundred, the areas at those and one more."""
    rng, rounds, answers = np.random.default_rng(1), {}, []
    for year, level, people in ((2019, 2, 24), (2020, 3, 28)):
        rounds[year] = np.clip(level + rng.integers(-1, 2, (people, 3)), 1, 4)
        for person, row in enumerate(rounds[year]):
            for criterion, given in zip(("A1", "A2", "B1"), row, strict=True):
                answers.append(Answer(SchoolRound("old", year, "s"), f"p{person}", criterion, int(given)))
    published = figures(publish(World((OLD,), ("s",), answers), tmp_path))["school_change"]
    rows = {row["area"]: row for row in published.values() if not row["criterion"]}
    for area, columns, level in (("a", slice(0, 2), 0.04), ("", slice(0, 3), 0.03)):
        now, then = (rounds[year][:, columns].mean(axis=1) for year in (2020, 2019))
        found = ttest_ind(now, then, equal_var=False)
        row = rows[area]
        assert row["difference"] == pytest.approx(now.mean() - then.mean())
        assert (row["n"], row["before_n"]) == (28, 24)
        assert row["clear"] and found.pvalue < level
        error = row["difference"] / found.statistic
        assert row["needed"] == pytest.approx(
            student.ppf(1 - level / 2, found.df) * error
        )  # b is clear too: all of 4 %
    assert rows["b"]["clear"]


def test_the_city_pairs_its_schools(tmp_path):
    """Four schools both times, one each time alone: the paired test on the four."""
    before = {"p": LOW, "q": MIDDLE, "r": MIDDLE, "s": HIGH, "then": HIGH}
    after = {"p": (4, 8, 8, 2), "q": (0, 6, 12, 6), "r": HIGH, "s": (0, 0, 8, 16), "now": LOW}
    framework = framework_of("f", {"a": ("A1",)})
    given = {("f", 2019, s): (levels,) for s, levels in before.items()}
    given |= {("f", 2020, s): (levels,) for s, levels in after.items()}
    rows = changes(tmp_path, given, "city_change", (framework,))
    both = [(summary(after[s])[0], summary(before[s])[0]) for s in "pqrs"]
    found = ttest_rel(*zip(*both, strict=True))
    assert {(row["area"], row["criterion"]) for row in rows} == {("a", "A1"), ("a", ""), ("", "")}
    for row in rows:
        moved = float(np.mean([now - then for now, then in both]))
        assert (row["schools"], row["difference"]) == (4, pytest.approx(moved))
        level = 0.01 if row["area"] else 0.03  # the whole, which has all that can be said, has spent its part in vain
        assert row["needed"] == pytest.approx(student.ppf(1 - level / 2, 3) * moved / found.statistic)
        assert not row["clear"] and found.pvalue > 0.03


@pytest.mark.parametrize("schools", [("s",), ("r", "s"), ("p", "q", "r", "s")])
def test_schools_that_all_move_alike_leave_nothing_to_judge_by(tmp_path, schools):
    """From 2.6 to 2.8, or from 2.8 to 3: a fifth either way, but for the last digit."""
    framework = framework_of("f", {"a": ("A1",)})
    given = {("f", 2019, s): ((0, 2, 3, 0) if i % 2 else (0, 1, 4, 0),) for i, s in enumerate(schools)}
    given |= {("f", 2020, s): ((0, 1, 4, 0) if i % 2 else (0, 0, 5, 0),) for i, s in enumerate(schools)}
    assert 2.8 - 2.6 != 3 - 2.8
    for row in changes(tmp_path, given, "city_change", (framework,)):
        assert (row["clear"], row["needed"]) == (False, None)
        assert row["difference"] == pytest.approx(0.2)


def test_where_all_answer_alike_both_times_noise_is_the_citys(tmp_path):
    """Twenty of 2, then twenty of 3: by its own answers without any noise; sigma of the two other schools counts."""
    framework = framework_of("f", {"a": ("A1",)})
    given = {("f", 2019, "s"): ((0, 20, 0, 0),), ("f", 2020, "s"): ((0, 0, 20, 0),)}
    alone = changes(tmp_path / "alone", given, frameworks=(framework,))
    assert {(row["clear"], row["needed"]) for row in alone} == {(False, None)}
    for year in (2019, 2020):
        given |= {("f", year, "r"): (MIDDLE,), ("f", year, "q"): (LOW,)}
    published = figures(publish(world(given, (framework,)), tmp_path / "city"))
    row = published["school_change"]["f", 2020, "s", "a", "A1", "f", 2019]
    variance = sum(published["city_cell"]["f", y, "a", "A1"]["within_school_sd"] ** 2 / 20 for y in (2019, 2020))
    sigmas = [published["city_cell"]["f", y, "a", "A1"]["within_school_sd"] for y in (2019, 2020)]
    freedom = 19 * sum(s**2 for s in sigmas) ** 2 / sum(s**4 for s in sigmas)
    assert row["needed"] == pytest.approx(student.ppf(1 - 0.05 / 2, freedom) * variance**0.5)
    assert published["school_change"]["f", 2020, "s", "", "", "f", 2019]["clear"]
