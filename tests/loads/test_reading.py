"""What a cell is read as while it is edited: as a file's would be, and written so that it is read as the same again."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.intake.countries import _codes as country_codes
from analytics.intake.files import ReadingOptions
from analytics.intake.raw import cleaned
from analytics.intake.schools import SCHOOL_ID
from analytics.loads.load import LoadRefused, load
from analytics.loads.reading import ReadingContext, RowReading, readings
from analytics.loads.register_rows import texts_of_row
from analytics.loads.written import ValueWriter
from analytics.model.administrations import Administration
from analytics.model.dialogue import Dialogues
from analytics.model.funding import BudgetGoal, Currency, Funding, Project
from analytics.model.schools import School
from analytics.registers import types
from analytics.registers.field import Field, RowKind
from analytics.registers.funding import BUDGETS, FUNDING, PAYMENTS, PROJECTS
from analytics.registers.kinds import KIND
from analytics.store.reading import Store
from analytics.store.reference import read_schools
from analytics.store.registers import Registers, read_registers
from analytics.words.language import LANGUAGES, Words, words
from tests.sampling import examples, pairs

GOALS = (BudgetGoal(1, "En ung stad", "A young city"), BudgetGoal(12, "En stad för barn, och unga", "A city for all"))
SCHOOLS = (School("alfa", "Alfaskolan"), School("beta", "Betaskolan", "10000002"))
ADMINISTRATIONS = {"hav": "Havsförvaltningen"}
FUNDS = Funding(
    goals=GOALS,
    projects=(Project("hav", "Havet", "P", date(2018, 1, 1), date(2019, 1, 1)),),
    administrations=(Administration("hav", ADMINISTRATIONS["hav"]),),
)
NAMES = {school.id: school.name for school in SCHOOLS}
BESIDE = ReadingContext(FUNDS, Dialogues(), (), SCHOOLS, NAMES)
in_each_language = pytest.mark.parametrize("language", LANGUAGES)

GOOD = {
    BUDGETS: {"project_id": "hav", "scope": "own", "amount": "1", "currency": "EUR"},
    PAYMENTS: {
        "project_id": "hav",
        "report_year": "2018",
        "unit": "A",
        "amount_sek": "1",
        "currency": "EUR",
        "note": "därför",
    },
    PROJECTS: {"project_id": "hav", "title": "T", "programme": "P", "start": "1900-01-01", "end": "2200-12-31"},
}
"""Rows to which a word is put."""


def read(
    kind: RowKind, rows: Sequence[dict[str, str]], say: Words, beside: ReadingContext = BESIDE
) -> tuple[RowReading, ...]:
    (found,) = readings([(kind, rows)], beside, say)
    return found


def again(kind: RowKind, field: Field, value: object, say: Words) -> object:
    """A value written, and what that is read as in a row of the kind."""
    writer = ValueWriter(say, {goal.number: goal for goal in GOALS}, NAMES, ADMINISTRATIONS)
    text = writer.written(field.type, value)
    row = dict.fromkeys((column.name for column in kind.columns), "") | GOOD.get(kind, {}) | {field.name: text}
    if (kind, field.name) == (BUDGETS, "unit"):
        row["scope"] = "unit"  # alone has one
    (found,) = read(kind, [row], say)
    cell = found.cells[field.name]
    assert not cell.problem, (text, cell.problem)
    assert cell.written == text
    return cell.value


ORE = st.decimals(Decimal(0), Decimal(10**12) - Decimal("0.01"), places=2)
SHARES = st.lists(st.integers(1, 10_000), min_size=1, max_size=4)
LETTERS = st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cf", "Zl", "Zp", "Zs", "Cn", "Co"))
WORDS = st.lists(st.text(LETTERS, min_size=1, max_size=8), min_size=1, max_size=4)
TEXTS = WORDS.map(lambda found: cleaned(" ".join(found))).filter(bool)


def values(field: Field) -> st.SearchStrategy:
    """Whatever a field may hold."""
    match field.type:
        case types.Amount(negative=negative):
            return ORE | ORE.map(lambda amount: -amount or amount) if negative else ORE
        case types.Rate():
            return st.decimals(Decimal("0.000001"), Decimal("999.999999"), places=6)
        case types.Plan():
            return SHARES.map(_plan)
        case types.Days():
            return (
                st.lists(st.dates(date(1900, 1, 1), date(2200, 12, 31)), min_size=1, unique=True).map(sorted).map(tuple)
            )
        case types.Percent():
            return st.decimals(Decimal(0), Decimal(100), places=2)
        case types.Day():
            return st.dates(date(1900, 1, 1), date(2200, 12, 31))
        case types.Whole(least, most):
            return st.integers(least, most)
        case types.Choice(of):
            return st.sampled_from(list(of))
        case types.Choices(of):
            return st.lists(st.sampled_from(list(of)), min_size=1, unique=True).map(tuple)
        case types.Country():
            return st.sampled_from(sorted(country_codes()))
        case types.BudgetGoalReference():
            return st.sampled_from([goal.number for goal in GOALS])
        case types.SchoolReference():
            return st.sampled_from(sorted(NAMES))
        case types.Reference():
            return st.just("hav")
        case types.Identifier():
            return st.from_regex(SCHOOL_ID, fullmatch=True).map(cleaned)
    return TEXTS


def _plan(parts: list[int]) -> tuple[Decimal, ...]:
    """Shares of a hundredth of a per cent that add up to one."""
    shares = [Decimal(part * 10_000 // sum(parts)) / 10_000 for part in parts[1:]]
    return (Decimal(1) - sum(shares), *shares)


EVERY = [(kind, field) for kind in FUNDING for field in kind.columns]


@pytest.mark.long
@pytest.mark.parametrize(("kind", "field"), EVERY, ids=lambda one: one.name)
@settings(max_examples=examples(4))
@given(data=st.data())
def test_whatever_a_field_may_hold_is_written_so_that_it_is_read_as_the_same(kind, field, data):
    """In each language, whatever is drawn."""
    value = data.draw(values(field))
    for language in LANGUAGES:
        assert again(kind, field, value, words(language)) == value


@in_each_language
def test_every_country_and_every_word_of_a_vocabulary_is_read_again(language):
    for kind, field in EVERY:
        match field.type:
            case types.Country():
                whole = sorted(country_codes())
            case types.Choice(of):
                whole = list(of)
            case types.Choices(of):
                whole = [(member,) for member in of] + [tuple(of)]
            case _:
                continue
        for value in whole:
            assert again(kind, field, value, words(language)) == value


@pytest.mark.parametrize("currency", Currency)
def test_an_amount_is_written_with_every_ore_and_no_float(currency):
    field = BUDGETS.field("amount")
    for text in ("999999999999.99", "0.01", "1234567.10", "1000", "0"):
        value = Decimal(text).quantize(Decimal("0.01"))
        assert again(BUDGETS, field, value, words("sv")) == value
    assert ValueWriter(words("sv"), {}, {}).written(field.type, Decimal("1234.50")).replace(
        "\N{NO-BREAK SPACE}", " "
    ) == ("1 234,50")
    assert ValueWriter(words("en"), {}, {}).written(field.type, Decimal("1234.00")) == "1\N{NO-BREAK SPACE}234"


@pytest.fixture(scope="module", params=["demo", "published"])
def registers(request: pytest.FixtureRequest) -> tuple[Registers, ReadingContext]:
    """What the demo and Malmö's report of 2018 hold."""
    view = Store(request.getfixturevalue(f"{request.param}_store")).current()
    found, schools = read_registers(view), read_schools(view)
    count = [school.name for school in schools]
    names = {s.id: s.name if count.count(s.name) == 1 else f"{s.name} ({s.id})" for s in schools}
    return found, ReadingContext(found.funding, Dialogues(), (), schools, names)


@in_each_language
def test_every_cell_of_the_registers_is_read_and_written_and_read_as_it_is(registers, language):
    kept, beside = registers
    say, cells = words(language), 0
    for kind in FUNDING:
        rows = [one.row for one in kept.of(kind)]
        as_files = read(kind, [texts_of_row(kind, row) for row in rows], say, beside)
        shown = [{name: cell.written for name, cell in one.cells.items()} for one in as_files]
        as_shown = read(kind, shown, say, beside)
        for row, first, second in zip(rows, as_files, as_shown, strict=True):
            for field in kind.columns:
                held = getattr(row, field.attribute)
                one, two = first.cells[field.name], second.cells[field.name]
                assert (one.problem, two.problem) == ("", ""), (kind.name, field.name, one, two)
                stated = held if held not in (None, ()) or field.default in (None, ()) else field.default
                assert (one.value or stated) == (two.value or stated) == stated or field.instead
                assert one.written == two.written
                cells += 1
            assert first.sound and second.sound
    assert cells > 200


FORMS: dict[str, Sequence[tuple[RowKind, dict[str, str]]]] = {
    "payments": [
        (PAYMENTS, {"amount_sek": amount, "report_year": year, "paid_until": day, "note": note, "unit": unit})
        for amount, year, day, note, unit in (
            ("1 234,50", "2018", "", "", "Alfaskolan"),
            ("1234.5 kr", "2018.0", "3/1 2019", "", "A"),
            ("−65", "2019", "2019-01-03", "rättad", "A"),
            ("−65", "2019", "", "", "A"),
            ("12.345", "2019", "", "", "A"),
            ("12.345,67", "två", "01/02/2019", "", ""),
            ("12 EUR", "1990", "2019-02-30", "", "A"),
            ("", "", "", "", ""),
            ("12tkr", "20l8", "igår", "x", "A"),
            ("1e6", "2018", "", "", "A"),
            ("0", "2100", "i höstas", "", "B"),
        )
    ],
    "budgets": [
        (BUDGETS, {"scope": scope, "amount": amount, "currency": currency, "unit": unit, "certainty": certainty,
                   "rate": rate, "rate_date": "", "rate_basis": ""})
        for scope, amount, currency, unit, certainty, rate in (
            ("Hela", "1 000", "kr", "", "", ""),
            ("own", "1000 euro", "€", "", "ca", "10,35"),
            ("own", "1000", "", "", "", ""),
            ("own", "1000", "dollar", "", "", ""),
            ("unit", "1", "SEK", "", "", ""),
            ("whole", "−1", "SEK", "Skolan", "kanske", "10,35"),
            ("enhet", "1000 kr", "EUR", "Skolan", "exact", "tio"),
        )
    ],
    "projects": [
        (PROJECTS, {"project_id": id_, "title": title, "start": start, "end": end, "role": role, "plan": plan,
                    "lead_country": land, "budget_goal": goal, "sectors": sectors})
        for id_, title, start, end, role, plan, land, goal, sectors in (
            ("sol", "Solen", "2018-01-01", "2019-01-01", "Koordinator", "80/20", "Finland", "12", "public, ideell"),
            ("vind", "Vinden", "20180101", "1 jan 2017", "", "", "", "", ""),
            ("två ord", "", "2018", "", "chef", "80/30", "Finnland", "99", "rymden"),
            ("sol", "Solen igen", "2018-01-01", "2019-01-01", "", "", "EL", "En ung stad", ""),
        )
    ],
}  # fmt: skip


@pytest.fixture(scope="module")
def loaded(store_once_built: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, ReadingContext]:
    """A store with a project, two budget goals and two schools, and the same to read beside."""
    folder = tmp_path_factory.mktemp("known")
    store = shutil.copytree(store_once_built, folder / "store")
    files = {
        "goals.csv": "number,title_sv,title_en\n"
        + "".join(f'{goal.number},"{goal.title_sv}","{goal.title_en}"\n' for goal in GOALS),
        "schools.csv": "school_id,name,school_unit_code\nalfa,Alfaskolan,\nbeta,Betaskolan,10000002\n",
        "projects.csv": "project_id,title,programme,start,end\nhav,Havet,P,2018-01-01,2019-01-01\n",
    }
    for name, text in files.items():
        (folder / name).write_text(text, "utf-8")
    load(store, [folder / name for name in files], ReadingOptions(), words("en"), loaded_by="test", replace=True)
    view = Store(store).current()
    schools = read_schools(view)
    held = read_registers(view).funding
    return store, ReadingContext(held, Dialogues(), (), schools, {s.id: s.name for s in schools})


@pytest.fixture
def known(loaded: tuple[Path, ReadingContext], tmp_path: Path) -> tuple[Path, ReadingContext]:
    """The same in a store of its own."""
    store, beside = loaded
    return shutil.copytree(store, tmp_path / "store"), beside


@pytest.mark.parametrize(("name", "language"), pairs(list(FORMS), LANGUAGES))
def test_a_cell_is_read_as_a_file_s_and_refused_in_the_same_words(known, tmp_path, name, language):
    store, beside = known
    say, kind = words(language), KIND[name]
    columns = [column.name for column in kind.columns]
    rows = [dict.fromkeys(columns, "") | GOOD[kind] | said for _, said in FORMS[name]]
    with (tmp_path / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns)
        writer.writeheader()
        writer.writerows(rows)
    found = read(kind, rows, say, beside)
    with pytest.raises(LoadRefused) as refused:
        load(store, [tmp_path / f"{name}.csv"], ReadingOptions(), say, loaded_by="test", replace=True)
    first: dict[tuple, tuple[str, str]] = {}
    for problem in refused.value.problems:
        hint = problem.hint.replace(str(tmp_path / f"{name}.csv"), say.marked(kind.title))
        first.setdefault((problem.row, problem.column), (problem.problem, hint))
    cells = [(at, column, cell) for at, row in enumerate(found, 1) for column, cell in row.cells.items()]
    assert first and {(at, column): (c.problem, c.hint) for at, column, c in cells if c.problem} == first
    assert [row.sound for row in found] == [all(at != wrong for wrong, _ in first) for at in range(1, len(rows) + 1)]

    sound = [row for row, read_as in zip(rows, found, strict=True) if read_as.sound]
    with (tmp_path / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns)
        writer.writeheader()
        writer.writerows(sound)
    load(store, [tmp_path / f"{name}.csv"], ReadingOptions(), say, loaded_by="test", replace=True)
    loaded = [kept.row for kept in read_registers(Store(store).current()).of(kind)]
    assert sound and [one.row for one in found if one.sound] == loaded[-len(sound) :]
    for one in found:
        if one.sound:
            values_ = {field.attribute: one.cells[field.name].value for field in kind.columns}
            assert values_ == {name_: getattr(one.row, name_) for name_ in values_}
