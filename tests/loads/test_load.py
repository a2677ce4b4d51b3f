"""Loads: all files or none, what is there refused or replaced, frameworks under answers."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from threading import Thread

import duckdb
import pytest

from analytics.intake.files import ReadingOptions, take_in
from analytics.loads.load import LoadOutcome, LoadRefused, check, load
from analytics.maturity.publish import version
from analytics.model.errors import StoreBroken
from analytics.model.provenance import Provenance
from analytics.store.new_files import PUBLISHED
from analytics.store.reading import Store, open_answers, version_history
from analytics.store.reference import read_frameworks, read_schools
from analytics.store.versions import read_current
from tests.intake.making import PROV, SAY, csv_bytes, rows
from tests.sampling import sample
from tests.store.making import tree

SCHOOLS = "school_id | name\nalfa | Alfaskolan\nbeta | Betaskolan"
ANSWERS = """
framework | year | school | respondent | criterion | level
prov-2020 | 2021 | alfa   | p1         | A1        | 3
prov-2020 | 2021 | beta   | p1         | A1        | 2
prov-2020 | 2022 | alfa   | p1         | A2        | 4
"""
COUNTS = """
framework | year | school | criterion | level_1 | level_2 | level_3 | level_4
prov-2020 | 2023 | alfa   | A1        | 0       | 1       | 8       | 2
"""
INVITED = "framework | year | school | invited\nprov-2020 | 2021 | alfa | 40\nprov-2020 | 2021 | beta | 12"
FIRST = {"prov": PROV, "schools": SCHOOLS, "answers": ANSWERS, "counts": COUNTS, "invited": INVITED}


def files(store: Path, texts: dict[str, str]) -> list[Path]:
    paths = []
    for name, text in texts.items():
        toml = "[[area]]" in text
        path = store.parent / f"{name}.{'toml' if toml else 'csv'}"
        path.write_bytes(text.encode() if toml else csv_bytes(rows(text), ";"))
        paths.append(path)
    return paths


def put(store: Path, replace: bool = False, **texts: str) -> LoadOutcome:
    return load(store, files(store, texts), ReadingOptions(), SAY, loaded_by="test", replace=replace)


def refused(store: Path, replace: bool = False, **texts: str) -> list[tuple]:
    """(file, row, column, problem); and that nothing at all has changed."""
    before = tree(store)
    with pytest.raises(LoadRefused) as error:
        put(store, replace, **texts)
    assert tree(store) == before
    assert error.value.outcome.version == read_current(store).number
    return [(Path(p.file).stem, p.row, p.column, p.problem) for p in error.value.problems]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes with a name are there on POSIX alone")
def test_who_waits_for_a_pipe_keeps_nobody_from_the_store(empty_store, tmp_path):
    pipe = tmp_path / "pipe.csv"
    os.mkfifo(pipe)
    waiting = Thread(target=load, args=(empty_store, [pipe], ReadingOptions(), SAY), kwargs={"loaded_by": "slow"})
    waiting.start()
    with pipe.open("wb") as writer:  # opens when the load does
        writer.write(csv_bytes(rows("school_id | name\ngamma | Gammaskolan"), ";"))
        writer.flush()
        put(empty_store, schools=SCHOOLS)
        assert waiting.is_alive()
    waiting.join(30)
    assert {school.id for school in read_schools(Store(empty_store).current())} == {"alfa", "beta", "gamma"}


def held(store: Path) -> dict[str, list[tuple]]:
    """What the store's individual answers are, without the respondents' numbers."""
    questions = {
        "answers": "select year, school_id, criterion, level from answer order by all",
        "counts": "select year, school_id, criterion, level, answers from level_count where answers > 0 order by all",
        "invited": "select year, school_id, invited, responded from participation order by all",
        "rounds": "select year, school_id, version from round_source order by all",
    }
    with open_answers(store / read_current(store).in_force.answers) as stored:
        return {name: stored.execute(sql).fetchall() for name, sql in questions.items()}


@pytest.fixture(scope="module")
def first_load(store_once_built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    store = shutil.copytree(store_once_built, tmp_path_factory.mktemp("first") / "store")
    put(store, **FIRST)
    return store


@pytest.fixture
def store(first_load: Path, tmp_path: Path) -> Path:
    """A store of its own that holds FIRST."""
    return shutil.copytree(first_load, tmp_path / "store")


ORDERS = {"forwards": list(FIRST), "backwards": list(reversed(FIRST))}


@pytest.mark.parametrize("order", sample(list(ORDERS), 2, 1))
def test_everything_in_one_call_in_any_order(empty_store, order):
    outcome = put(empty_store, **{name: FIRST[name] for name in ORDERS[order]})
    assert (outcome.ok, outcome.version) == (True, 2)
    assert [Path(report.file).stem for report in outcome.reports] == ORDERS[order]
    assert held(empty_store) == {
        "answers": [(2021, "alfa", "A1", 3), (2021, "beta", "A1", 2), (2022, "alfa", "A2", 4)],
        "counts": [(2023, "alfa", "A1", 2, 1), (2023, "alfa", "A1", 3, 8), (2023, "alfa", "A1", 4, 2)],
        "invited": [(2021, "alfa", 40, None), (2021, "beta", 12, None)],
        "rounds": [(2021, "alfa", 2), (2021, "beta", 2), (2022, "alfa", 2), (2023, "alfa", 2)],
    }
    view = Store(empty_store).current()
    assert {school.id for school in read_schools(view)} == {"alfa", "beta"}
    assert view.rows("select school_id, status, n from cell where year = 2023") == [("alfa", "uncertain", 11)]


def test_one_bad_file_and_none_is_loaded(empty_store):
    put(empty_store, prov=PROV)
    assert refused(empty_store, schools=SCHOOLS, answers=ANSWERS.replace("| 4\n", "| 5\n")) == [
        ("answers", 3, "level", "The level is not on the scale.")
    ]


def test_what_is_there_already_is_refused_file_by_file(store):
    there = "prov-2020 {} is already in the store for the school."
    assert refused(store, **FIRST) == [
        ("prov", None, "id", "The framework is already in the store."),
        ("schools", 1, "school_id", "The school is already in the store."),
        ("schools", 2, "school_id", "The school is already in the store."),
        ("answers", 1, "school", there.format(2021)),
        ("answers", 2, "school", there.format(2021)),
        ("answers", 3, "school", there.format(2022)),
        ("counts", 1, "school", there.format(2023)),
        ("invited", 1, "school", there.format(2021)),
        ("invited", 2, "school", there.format(2021)),
    ]


def test_replacing_takes_the_files_school_rounds_and_no_others(store):
    before = held(store)
    new = "framework | year | school | respondent | criterion | level\nprov-2020 | 2021 | alfa | x | B1 | 1"
    assert put(store, replace=True, answers=new).version == 3
    after = held(store)
    assert after["answers"] == [(2021, "alfa", "B1", 1), (2021, "beta", "A1", 2), (2022, "alfa", "A2", 4)]
    assert after["rounds"] == [(2021, "alfa", 3), (2021, "beta", 2), (2022, "alfa", 2), (2023, "alfa", 2)]
    assert (after["counts"], after["invited"]) == (before["counts"], before["invited"])


def test_replacing_participation_leaves_the_answers(store):
    before = held(store)
    new = "framework | year | school | invited | responded\nprov-2020 | 2021 | beta | 14 | 9"
    put(store, replace=True, invited=new)
    assert held(store) == before | {"invited": [(2021, "alfa", 40, None), (2021, "beta", 14, 9)]}


def test_counts_in_place_of_answers(store):
    put(store, replace=True, counts=COUNTS.replace("2023", "2022"))
    after = held(store)
    assert after["answers"] == [(2021, "alfa", "A1", 3), (2021, "beta", "A1", 2)]
    assert sorted({(year, school) for year, school, *_ in after["counts"]}) == [(2022, "alfa"), (2023, "alfa")]


def test_one_round_as_answers_and_as_counts(empty_store):
    put(empty_store, prov=PROV, schools=SCHOOLS)
    both = {"answers": ANSWERS, "counts": COUNTS.replace("2023", "2022")}
    problem = ("counts", 1, "school", "The files hold the round both as answers and as counts.")
    assert refused(empty_store, **both) == [problem]
    outcome = check(empty_store, files(empty_store, both), ReadingOptions(), SAY)
    assert [(Path(p.file).stem, p.row, p.column, p.problem) for p in outcome.problems] == [problem]


def test_a_school_renamed_is_found_by_both_names(store):
    put(store, replace=True, schools="school_id | name\nalfa | Nya Alfaskolan")
    new = """
    framework | year | school         | respondent | criterion | level
    prov-2020 | 2024 | Alfaskolan     | p1         | A1        | 3
    prov-2020 | 2024 | Nya Alfaskolan | p2         | A1        | 4
    """
    put(store, answers=new)
    assert [row for row in held(store)["answers"] if row[0] == 2024] == [
        (2024, "alfa", "A1", 3),
        (2024, "alfa", "A1", 4),
    ]
    names = {school.id: (school.name, school.aliases) for school in read_schools(Store(store).current())}
    assert names == {"alfa": ("Nya Alfaskolan", ("Alfaskolan",)), "beta": ("Betaskolan", ())}


def test_a_code_that_a_school_in_the_store_has(empty_store):
    put(empty_store, schools="school_id | name | school_unit_code\nalfa | Alfaskolan | 10000001")
    new = "school_id | name | school_unit_code\nbeta | Betaskolan | 10000001"
    assert refused(empty_store, schools=new) == [("schools", 1, "school_unit_code", "Two schools have the code.")]


WIDER = PROV.replace("valid_to = 2024\n", "").replace('sv = "Rektor följer upp"', 'sv = "Rektorn följer upp"')


def test_a_framework_replaced_under_answers_that_fit(store):
    before = held(store)
    put(store, replace=True, prov=WIDER)
    (prov,) = [f for f in read_frameworks(Store(store).current()) if f.id == "prov-2020"]
    assert (prov.valid_to, prov.criteria[0].title.sv) == (None, "Rektorn följer upp")
    assert held(store) == before


@pytest.mark.parametrize(
    ("there", "instead", "column", "values"),
    [
        ('id = "A2"', 'id = "A9"', "criterion", ["A2"]),
        ("valid_from = 2020", "valid_from = 2022", "valid_from", ["2022"]),
        ("valid_to = 2024", "valid_to = 2022", "valid_to", ["2022"]),
        ("min = 1\nmax = 4", "min = 3\nmax = 6", "criterion", ["A1"]),
    ],
)
def test_a_framework_replaced_under_answers_that_do_not_fit(store, there, instead, column, values):
    """Levels 2 to 4 are held of A1, level 4 of A2; the years 2021 to 2023. A scale that moves is refused besides."""
    new = PROV.replace(there, instead)
    assert new != PROV
    found = refused(store, replace=True, prov=new)
    outcome = check(store, files(store, {"prov": new}), ReadingOptions(), SAY)
    assert [p.value for p in outcome.problems] == values
    moved = {("prov", "goal")} if "max" in there else set()
    assert {(name, where) for name, _, where, _ in found} == {("prov", column)} | moved


def test_a_scale_that_moves_is_refused_though_the_answers_fit(store):
    """Of few answers bounds at its ends are told."""
    ((_, _, column, _),) = refused(store, replace=True, prov=PROV.replace("min = 1\nmax = 4", "min = 2\nmax = 5"))
    assert column == "goal"


def test_a_framework_replaced_together_with_what_stands_under_it(store):
    put(store, replace=True, prov=PROV.replace('"A2"', '"A9"'), answers=ANSWERS.replace("A2", "A9"))
    assert (2022, "alfa", "A9", 4) in held(store)["answers"]


LATER = PROV.replace("prov-2020", "prov-2025").replace("2020\nvalid_to = 2024", '2025\nprevious = "prov-2020"')


def linked(criterion: str) -> str:
    return LATER.replace('id = "A1"', f'id = "A1"\nprevious = {{ criterion = "{criterion}", change = "identical" }}')


def test_links_to_the_framework_before(empty_store):
    unknown = ("later", None, "previous", "The previous framework is not known.")
    assert refused(empty_store, later=linked("A1")) == [unknown]
    lost = ("later", None, "A1.previous", "The previous framework has no such criterion.")
    assert refused(empty_store, later=linked("Z9"), prov=PROV) == [lost]
    put(empty_store, later=linked("A1"), prov=PROV)
    gone = PROV.replace('id = "A1"', 'id = "A7"')
    assert refused(empty_store, replace=True, prov=gone) == [
        ("prov", None, "prov-2025.A1.previous", "The previous framework has no such criterion.")
    ]
    circle = PROV.replace("valid_to = 2024", 'valid_to = 2024\nprevious = "prov-2025"')
    assert refused(empty_store, replace=True, prov=circle)[0] == (
        *("prov", None, "previous"),
        "The frameworks replace each other in a circle.",
    )


def test_check_changes_nothing_and_minds_nothing_that_is_there(store):
    before = tree(store)
    outcome = check(store, files(store, FIRST), ReadingOptions(), SAY)
    assert (outcome.ok, outcome.version, len(outcome.reports)) == (True, 2, 5)
    assert tree(store) == before


def test_a_load_says_where_its_data_comes_from(empty_store):
    texts = files(empty_store, FIRST)
    load(empty_store, texts, ReadingOptions(provenance=Provenance.SYNTHETIC), SAY, loaded_by="Eva", action="load")
    view = Store(empty_store).current()
    assert view.rows("select distinct provenance from school_round") == [("synthetic",)]
    assert (version_history(empty_store)[-1].loaded_by, version_history(empty_store)[-1].hide_below) == ("Eva", 5)


PERSONAL = """
Starttid            ; E-post               ; Namn   ; Personnummer  ; Skola ; A1 ; A2 ; Ditt arbetslag ; Övrigt
2023-01-16 08:01:12 ; eva.ek@skola.example ; Eva Ek ; 19800101-1234 ; alfa  ; 3  ; 4  ; Blå            ; Ring Bo Alm
2023-01-16 08:04:59 ; bo.alm@skola.example ; Bo Alm ; 790202-4321   ; alfa  ; 2  ;    ; Röd            ; 070-1234567
""".replace(" ; ", ";").strip()
SECRETS = ("eva.ek", "Eva Ek", "19800101", "bo.alm", "Bo Alm", "790202", "4321", "08:01:12", "070-1234567", "Ring Bo")


def test_nothing_of_a_person_reaches_the_files(empty_store, tmp_path):
    """Searched for in every byte, and, since DuckDB packs its texts, in every column of texts."""
    put(empty_store, prov=PROV, schools=SCHOOLS)
    form = tmp_path / "form.csv"
    form.write_text(PERSONAL)
    load(empty_store, [form], ReadingOptions(framework="prov-2020", year=2023), SAY, loaded_by="test")
    for name, data in tree(empty_store).items():
        assert [secret for secret in SECRETS if secret.encode() in data] == [], name
        if not name.endswith(".duckdb"):
            continue
        with duckdb.connect(str(empty_store / name), read_only=True) as connection:
            columns = connection.execute(
                "select table_name, column_name from information_schema.columns where data_type like 'VARCHAR%'"
            ).fetchall()
            assert columns
            for table, column in columns:
                texts = str(connection.execute(f'select distinct "{column}" from "{table}"').fetchall())
                assert [secret for secret in SECRETS if secret in texts] == [], (name, table, column)
    with open_answers(empty_store / read_current(empty_store).in_force.answers) as stored:
        assert stored.execute("select count(*) from answer where year = 2023").fetchall() == [(4,)]


def test_where_nobody_has_answered_publishing_ends_at_once_with_what_the_whole_way_gives(empty_store, monkeypatch):
    """Invited without answers, frameworks and schools: every table of figures is as empty."""
    other = shutil.copytree(empty_store, empty_store.parent / "other")
    told = {"prov": PROV, "schools": SCHOOLS, "invited": INVITED}
    put(empty_store, **told)
    went = []
    rated = version._rated

    def all_of(connection, frameworks, with_answers):
        assert rated(connection, frameworks, with_answers) == []
        went.append(True)
        return [framework for framework in frameworks if framework.id == "prov-2020"]

    monkeypatch.setattr(version, "_rated", all_of)
    put(other, **told)
    assert went
    quick, whole = (Store(folder).current() for folder in (empty_store, other))
    tables = sorted(quick.tables - {"version"})
    assert {name: quick.rows(f"from {name} order by all") for name in tables} == {
        name: whole.rows(f"from {name} order by all") for name in tables
    }
    assert not any(quick.rows(f"from {name} limit 1") for name in PUBLISHED)


def test_a_school_round_s_first_row_is_told_for_each_table_and_file(empty_store):
    """The same round in two files, spelled in two ways, has one first row, and one code."""
    put(empty_store, prov=PROV, schools=SCHOOLS)
    again = ANSWERS.replace("alfa ", "Alfa ").replace("ALFA ", "Alfa ").replace("p1", "p2")
    named = files(empty_store, {"one": ANSWERS, "two": again, "counts": COUNTS})
    intake = take_in(named, *known(empty_store), ReadingOptions(), SAY)
    assert intake.problems == []
    found = intake.first_rows(intake.answers)
    assert [(key, Path(file).stem, row) for key, file, row in found] == [
        (("prov-2020", 2021, "alfa"), "one", 1),
        (("prov-2020", 2021, "beta"), "one", 2),
        (("prov-2020", 2022, "alfa"), "one", 3),
    ]
    assert intake.first_rows(intake.answers) is found
    assert [key for key, _, _ in intake.first_rows(intake.counts)] == [("prov-2020", 2023, "alfa")]
    twice = files(empty_store, {"one": ANSWERS, "two": again.replace("p2", "p1")})
    told = take_in(twice, *known(empty_store), ReadingOptions(), SAY).problems
    assert [(Path(one.file).stem, one.row, one.problem) for one in told] == [
        ("two", row, f"The respondent has answered {criterion} already.")
        for row, criterion in ((1, "A1"), (2, "A1"), (3, "A2"))
    ]


def known(store: Path):
    view = Store(store).current()
    return read_frameworks(view), read_schools(view)


PROJECT = "project_id | title | programme | start      | end\nlank       | Länk  | Erasmus+  | 2020-01-01 | 2022-12-31"


def test_a_register_s_row_asks_nothing_of_the_answers_and_is_loaded_beside_none_that_are_damaged(
    empty_store, monkeypatch
):
    put(empty_store, prov=PROV, schools=SCHOOLS)
    monkeypatch.setattr("analytics.loads.inspection.check_against_the_store", _asks_for_none)
    before = read_current(empty_store)
    file = empty_store / before.in_force.answers
    data = file.read_bytes()
    (table,) = files(empty_store, {"projects": PROJECT})
    for typed in (False, True):
        for damaged in (None, b"no database" * 1000, data[: len(data) // 3], _another(empty_store.parent / "another")):
            file.unlink()
            if damaged:
                file.write_bytes(damaged)
            with pytest.raises(StoreBroken):
                load(empty_store, [table], ReadingOptions(), SAY, loaded_by="test", typed=typed)
            assert read_current(empty_store).number == before.number
            file.write_bytes(data)
    load(empty_store, [table], ReadingOptions(), SAY, loaded_by="test", typed=True)
    assert read_current(empty_store).number == before.number + 1


def _asks_for_none(intake, frameworks, stored, say) -> None:
    assert stored is None


def _another(path: Path) -> bytes:
    """A database that is no file of answers."""
    path.unlink(missing_ok=True)
    with duckdb.connect(str(path)) as connection:
        connection.execute("create table answer (level integer)")
    return path.read_bytes()
