"""What is taken over from the version before is what would be made anew, to the last bit, whatever was done."""

from __future__ import annotations

import csv
import shutil
from dataclasses import replace
from itertools import product
from pathlib import Path
from random import Random

import duckdb
import numpy as np
import pytest

from analytics.intake.files import ReadingOptions
from analytics.loads.disposal_rules import outright
from analytics.loads.disposing import dispose
from analytics.loads.load import load
from analytics.loads.recounting import differing_figures, republish
from analytics.loads.withdrawing import CannotWithdraw, withdraw
from analytics.maturity.methods.prediction import Drift, SchoolEstimate
from analytics.maturity.publish import kept as keeping
from analytics.maturity.publish.forecast import ForecastDraw
from analytics.maturity.publish.kept import KeptFigures, digest_of
from analytics.model.errors import KvalitetError
from analytics.model.frameworks import Area, Change
from analytics.model.people import Audience
from analytics.store.new_files import keep
from analytics.store.openness import release_new_rounds
from analytics.store.reading import View
from analytics.store.rollback import choose
from analytics.store.versions import read_current
from analytics.words.language import words
from tests.maturity.random_worlds import FORMER, LATTER, random_history
from tests.maturity.worlds import Counts, SchoolRound, World, framework_toml, publish
from tests.sampling import NIGHTLY, at_night, sample

SEEDS = range(60) if NIGHTLY else (1,)
STEPS = 12 if NIGHTLY else 2
ROUNDS = [(FORMER if year < 2022 else LATTER, year) for year in range(2019, 2026)]
LIES = {
    "of each row something else": """
        update worked_out set digest = case rowid % 6 when 0 then (select max(digest) from worked_out) else digest end,
            figures = case rowid % 6 when 1 then (select min(figures) from worked_out) when 2 then figures || 'x'::blob
                when 3 then ''::blob else figures end,
            proof = if(rowid % 6 = 4, ''::blob, proof)""",
    "nothing": "delete from worked_out",
    "no table": "drop table worked_out",
    "of another program": "create or replace table worked_out (digest varchar)",
}


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Six schools over three years of one framework and three of the next."""
    folder = tmp_path_factory.mktemp("city")
    publish(random_history(0), folder)
    return folder / "store"


@pytest.fixture
def store(city: Path, tmp_path: Path) -> Path:
    return shutil.copytree(city, tmp_path / "store")


def put(store: Path, path: Path, hide_below: int | None = None) -> None:
    say, how = words("en"), ReadingOptions()
    load(store, [path], how, say, loaded_by="test", replace=True, i_know=True, hide_below=hide_below)


def table(path: Path, rows: list[tuple]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    return path


def round_of_answers(folder: Path, random: Random, *, mended: bool = False) -> Path:
    """A school's round; `mended`: as one that came before, but for a single answer."""
    said = Random("the same") if mended else random
    (framework, year), school = (ROUNDS[5], "s1") if mended else (random.choice(ROUNDS), f"s{random.randrange(7)}")
    people = said.choice((3, 7, 15, 24, 36))
    rows: list[tuple] = [("framework", "year", "school", "respondent", "criterion", "level")]
    for criterion in framework.criteria[: said.choice((1, 4, 4))]:
        for person in range(people):
            rows.append((framework.id, year, school, f"p{person}", criterion.id, said.randint(2, 4)))
    if mended:
        rows[-1] = (*rows[-1][:-1], random.randint(1, 4))
    return table(folder / "answers.csv", rows)


def round_of_counts(folder: Path, random: Random) -> Path:
    (framework, year), school = random.choice(ROUNDS), f"s{random.randrange(7)}"
    heads = ("framework", "year", "school", "criterion", *(f"level_{level}" for level in framework.levels), "dont_know")
    people, rows = random.choice((4, 12, 30)), []
    for criterion in framework.criteria:
        levels = [random.choice(framework.levels) for _ in range(people)]
        rows.append((framework.id, year, school, criterion.id, *map(levels.count, framework.levels), 1))
    return table(folder / "counts.csv", [heads, *rows])


def invited(folder: Path, random: Random) -> Path:
    rows = [(f.id, year, f"s{random.randrange(6)}", random.randint(30, 90)) for f, year in ROUNDS[:5]]
    return table(folder / "people.csv", [("framework", "year", "school", "invited"), *rows])


def register(folder: Path, random: Random) -> Path:
    """One school more, and one that became part of another: nothing is compared over that."""
    merged, last = random.randrange(1, 6), f"{random.randrange(2020, 2024)}-06-30"
    rows = [("s6", "School s6", "", ""), (f"s{merged}", f"School s{merged}", last, "s0")]
    return table(folder / "schools.csv", [("school_id", "name", "valid_to", "merged_into"), *rows])


def crosswalk(folder: Path, random: Random) -> Path:
    """The latter framework with other words for what its criteria were before."""

    def other(area: Area) -> Area:
        changes = [replace(c, change=random.choice(list(Change))) if c.previous else c for c in area.criteria]
        return replace(area, criteria=tuple(changes))

    path = folder / "latter.toml"
    path.write_text(framework_toml(replace(LATTER, areas=tuple(map(other, LATTER.areas)))), "utf-8")
    return path


FILES = {
    "answers": round_of_answers,
    "counts": round_of_counts,
    "invited": invited,
    "register": register,
    "crosswalk": crosswalk,
}
OTHERS = "answers", "mend", "mend", "limit", "back", "taken back", "gallra", "steps", "anew"


def step(store: Path, random: Random, folder: Path) -> str:
    """Does something to the store, as anybody may; what."""
    what = random.choice([*FILES, *FILES, *OTHERS])
    if what in FILES:
        put(store, FILES[what](folder, random))
    elif what == "mend":
        put(store, round_of_answers(folder, random, mended=True))
    elif what == "limit":
        put(store, round_of_answers(folder, random), hide_below=random.choice((5, 8, 12)))
    elif what == "back":
        choose(store, random.choice([v.number for v in read_current(store).published]), chosen_by="test")
    elif what == "taken back":
        withdraw(store, read_current(store).number, withdrawn_by="test")
    elif what == "gallra":
        framework, year = random.choice(ROUNDS[:3])
        dispose(store, outright((framework.id, year), None, random.random() < 0.5, "a reason"), "test")
    elif what == "steps":
        release_new_rounds(store, random.choice((Audience.ALL, Audience.MANAGEMENT)), [], "test")
    else:
        republish(store, loaded_by="test")
    return what


@pytest.mark.parametrize("seed", SEEDS)
def test_published_in_steps_is_published_whole(store, tmp_path, seed):
    random, done = Random(f"steps {seed}"), []
    for _ in range(STEPS):
        try:
            done.append(step(store, random, tmp_path))
        except (KvalitetError, CannotWithdraw) as refused:  # a disposed round is loaded no more, and the like
            done.append(f"refused: {refused}")
        assert differing_figures(store, by_any=True) == (), done
    assert sum(not what.startswith("refused") for what in done) > STEPS / 3, done


def kept_of(store: Path) -> dict[bytes, bytes]:
    """What the version in force keeps: digest -> figures."""
    with duckdb.connect(str(store / read_current(store).in_force.answers), read_only=True) as answers:
        return dict(answers.execute("select digest, figures from worked_out").fetchall())


def test_one_school_s_round_leaves_what_is_made_of_others_as_it_was(store, tmp_path):
    """Six schools x six rounds: of each a share and what following said; of five rounds the chances, of the former
    framework the trends."""
    before = kept_of(store)
    put(store, round_of_answers(tmp_path, Random(1), mended=True))
    after = kept_of(store)
    assert len(after) > 100 and len(before.keys() & after.keys()) > 0.7 * len(after)
    assert all(before[digest] == after[digest] for digest in before.keys() & after.keys())


@at_night
def test_another_program_takes_nothing_over(store, tmp_path, monkeypatch):
    before = kept_of(store)
    monkeypatch.setattr(keeping, "_program", lambda: b"another")
    put(store, round_of_answers(tmp_path, Random(1), mended=True))
    assert not before.keys() & kept_of(store).keys()


@pytest.mark.parametrize("lie", sample(list(LIES), 2))
def test_what_is_kept_and_lies_is_made_anew(store, tmp_path, lie):
    with duckdb.connect(str(store / read_current(store).in_force.answers)) as answers:
        answers.execute(LIES[lie])
    put(store, round_of_answers(tmp_path, Random(1), mended=True))
    assert differing_figures(store) == ()
    assert len(kept_of(store)) > 100


@pytest.mark.parametrize("lie", list(LIES)[1:])
def test_of_what_is_not_there_nothing_is_known(store, lie):
    """By day instead of publishing with each."""
    answers = store / read_current(store).in_force.answers

    def kept() -> KeptFigures:
        with duckdb.connect() as connection:
            connection.execute(f"attach '{answers}' as answers (read_only)")
            return KeptFigures.in_answers(connection, "answers")

    digests = kept_of(store)
    assert kept().is_of_this_program and any(map(kept().known, digests))
    with duckdb.connect(str(answers)) as connection:
        connection.execute(LIES[lie])
    assert not kept().is_of_this_program and not any(map(kept().known, digests))


@at_night
def test_a_lie_that_is_believed_would_be_seen(store, tmp_path):
    """So that the tests above can fail: whoever has the answers can have what is kept of them say anything."""
    wrong = KeptFigures()
    with duckdb.connect(str(store / read_current(store).in_force.answers)) as answers:
        for digest, figures in answers.execute("select digest, figures from worked_out").fetchall():
            arrays = keeping._unpacked(figures)
            if arrays and all(each.dtype.kind == "f" for each in arrays):
                wrong.keep(digest, tuple(each * 0.99 for each in arrays))
        keep(answers, wrong.rows())
    put(store, round_of_answers(tmp_path, Random(1), mended=True))
    assert {"cell", "area_cell", "school_round"} <= set(differing_figures(store))


def test_figures_that_are_not_the_answers_are_told(store, monkeypatch):
    """Of this program's; another's may be others."""
    with duckdb.connect(str(store / read_current(store).in_force.view)) as view:
        view.execute("update cell set pulled_mean = -0.0 where pulled_mean = (select min(pulled_mean) from cell)")
    assert differing_figures(store) == ("cell",)
    monkeypatch.setattr(keeping, "_program", lambda: b"another")
    assert differing_figures(store) == ()


def test_only_what_goes_by_its_inputs_alone_is_kept():
    kept, hidden = KeptFigures(), 3

    def goes_by_more(given: np.ndarray) -> tuple[np.ndarray]:
        return (given * hidden,)

    with pytest.raises(TypeError):
        kept.of(goes_by_more, np.ones(2))
    for unknown in ({1, 2}, {"a": 1}, np.array(["text"], dtype=object), LATTER):
        with pytest.raises(TypeError):
            digest_of(unknown)


def test_inputs_that_are_not_the_same_have_other_digests():
    one, two = np.arange(4.0), np.arange(4)
    each = [
        (), (None,), (0,), (0.0,), (-0.0,), (False,), ("0",), (b"0",), ((0,),), ((0,), ()), ((), (0,)), ("a", "b"),
        ("ab",), (one,), (two,), (one.reshape(2, 2),), (one[:2], one[2:]), (one.astype(np.float32),),
        (np.array([0.0, -0.0]),), (np.array([0.0, 0.0]),), (np.array([np.nan, 0.0]),),
    ]  # fmt: skip
    assert len({digest_of(*inputs) for inputs in each}) == len(each)
    assert digest_of(one[::2]) == digest_of(one[::2].copy())


def test_what_is_assumed_tells_two_forecasts_apart():
    """Of schools that all stand alike they are made of the same else: each is kept for itself."""
    stands = SchoolEstimate(np.array([3.0, 3.2]), np.array([3.1, 3.1]), 0.0, np.zeros(2))
    drifts, kept = Drift(np.array([0.1]), 0.0, 0.0, 0.1), KeptFigures()
    for assumed in (None, 0.2):
        draw = ForecastDraw(FORMER, 2020, 2021, drifts, {"s0": stands, "s1": stands}, assumed)
        assert not draw.is_known({"s0": b"0", "s1": b"1"}, kept)
        draw.row(None, kept)
        rows = kept.rows().to_pylist()
        kept = KeptFigures({row["digest"]: (row["figures"], row["proof"]) for row in rows})
        assert draw.is_known({"s0": b"0", "s1": b"1"}, kept)


@at_night
def test_forecasts_of_schools_that_do_not_differ_are_each_kept(tmp_path):
    """Where it is assumed how people's answers go together each round is foretold twice, by the most of it and by the
    least; of schools that all stand alike both are made of the same but for that."""
    alike = World((FORMER,), ("s0", "s1"))
    for year, school, criterion in product((2019, 2020, 2021), alike.schools, FORMER.criteria):
        alike.counts.append(Counts(SchoolRound(FORMER.id, year, school), criterion.id, (2, 4, year - 1999, 10)))
    store = publish(alike, tmp_path).path.parent
    (told,) = View(store / "view-1.duckdb", 1).rows("select basis, low < high from forecast where year = 2021")
    assert told == ("assumed", True)
    rows = [("framework", "year", "school", "invited"), (FORMER.id, 2019, "s0", 90)]
    put(store, table(tmp_path / "people.csv", rows))
    assert differing_figures(store) == ()
