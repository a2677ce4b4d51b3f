"""What is told before a save is what the save does: which rows become other than they are, and each year's sum."""

from __future__ import annotations

import shutil
from collections import defaultdict
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analytics.loads.funding_texts import EditedRow, edited, texts_of
from analytics.loads.preview import YearSum, changed_rows, year_sums
from analytics.loads.reading import ReadingContext, readings
from analytics.model.dialogue import Dialogues
from analytics.model.funding import Payment
from analytics.registers.funding import PAYMENTS, PROJECTS
from analytics.store.drafts import Typed
from analytics.store.registers import Registers
from tests.loads.funding_edits import SAY, held, new, part, removed, save, texts, typed
from tests.sampling import examples


def told(registers: Registers, fields: Mapping[str, Typed]) -> tuple[YearSum, ...]:
    """The years' sums as a page has them told."""
    now = edited(texts_of(registers), fields)
    changed = changed_rows(edited(texts_of(registers), {}), now)
    rows = [change.after for change in changed if change.kind is PAYMENTS and change.after]
    sheets = [(PROJECTS, [row.texts for row in now.there(PROJECTS)]), (PAYMENTS, [row.texts for row in rows])]
    _, found = readings(sheets, ReadingContext(registers.funding, Dialogues(), (), (), {}), SAY)
    read = {row.part: one for row, one in zip(rows, found, strict=True)}

    def payment(row: EditedRow) -> Payment | None:
        return read[row.part].row if read[row.part].sound else None

    return year_sums(registers, changed, payment)


def sums(registers: Registers) -> dict[int, Decimal]:
    found: dict[int, Decimal] = defaultdict(Decimal)
    for kept in registers.of(PAYMENTS):
        found[kept.row.report_year] += kept.row.amount_sek
    return found


AMOUNTS = st.sampled_from(["1 234,50", "0,01", "99999.99", "−12,34", "7 kr", "180 000"])
YEARS = st.sampled_from(["2017", "2018", "2019"])
CHANGES = st.fixed_dictionaries({}, optional={"amount_sek": AMOUNTS, "report_year": YEARS}) | st.just("away")
ADDED = st.lists(st.tuples(st.sampled_from(["dsoe", "mobilitet-ict"]), YEARS, AMOUNTS), max_size=3)


@settings(max_examples=examples(4, at_night=12), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data(), added=ADDED, goes=st.booleans())
def test_the_years_sums_that_are_told_are_those_that_the_save_makes(
    published_store, tmp_path_factory, data, added, goes
):
    store = shutil.copytree(published_store, tmp_path_factory.mktemp("sums") / "store")
    before, began = held(store), texts(store)
    fields: dict[str, Typed] = {}
    for kept in before.of(PAYMENTS):
        drawn, row = data.draw(CHANGES), f"payments.r{kept.id}"
        said = {f"{row}.{name}": text for name, text in drawn.items()} if drawn != "away" else {}
        fields |= removed(began, row) if drawn == "away" else typed(began, said | {f"{row}.note": "rättad"})
    for n, (project, year, amount) in enumerate(added):
        said = {"project_id": project, "report_year": year, "unit": "Skolan", "amount_sek": amount, "note": "rättad"}
        fields |= new("payments", f"0123abc{n}", **said)
    if goes:
        fields |= removed(began, part(began, "projects", project_id="dsoe"))
    found = {one.year: (one.was, one.becomes) for one in told(before, fields)}
    save(store, fields)
    was, becomes = sums(before), sums(held(store))
    assert found == {
        year: (was[year], becomes[year]) for year in {*was, *becomes} if was[year] != becomes[year]
    }  # fmt: skip


@pytest.fixture(scope="module")
def published(published_store: Path) -> tuple[Registers, dict[str, str], str, Decimal]:
    """Malmö's register of 2018, a payment in it, and what was paid that year."""
    registers = held(published_store)
    began = texts_of(registers)
    return registers, began, part(began, "payments", project_id="dsoe", report_year="2018"), sums(registers)[2018]


def test_a_sum_that_hangs_on_what_cannot_be_read_is_not_told(published):
    registers, began, row, paid = published
    assert told(registers, typed(began, {f"{row}.amount_sek": "12.345"})) == (YearSum(2018, paid, None),)
    moved = typed(began, {f"{row}.amount_sek": "många", f"{row}.report_year": "2019"})
    assert told(registers, moved) == (YearSum(2018, paid, None), YearSum(2019, Decimal(), None)), "neither year"
    begun = {"project_id": "dsoe", "report_year": "2019", "unit": "A"}
    assert told(registers, new("payments", "0123abcd", **begun)) == (YearSum(2019, Decimal(), None),)
    unnoted = typed(began, {f"{row}.amount_sek": "-1"})
    assert told(registers, unnoted) == (YearSum(2018, paid, None),), "a save would refuse it"


def test_what_moves_no_money_has_no_sums(published):
    registers, began, row, _ = published
    title = f"{part(began, 'projects', project_id='dsoe')}.title"
    assert told(registers, typed(began, {f"{row}.note": "stämd av", title: "DSOE"})) == ()
    assert told(registers, {}) == ()


def test_every_row_that_becomes_other_than_it_is_is_told_with_its_fields(published):
    _, began, row, _ = published
    gone = part(began, "projects", project_id="mobilitet-ict")
    more = new("payments", "0123abcd", project_id="dsoe", report_year="2019", unit="A", amount_sek="1")
    fields = typed(began, {f"{row}.note": "stämd av"}) | removed(began, gone) | more
    found = changed_rows(edited(began, {}), edited(began, fields))
    told_ = {(one.before or one.after).part: one for one in found}
    hanging = {name.rpartition(".")[0] for name, text in began.items() if text == "mobilitet-ict"}
    assert told_.keys() == {row, "payments.rn0123abcd", *hanging} and gone in hanging
    assert told_[row].fields == ("note",) and told_[row].before and told_[row].after
    assert told_["payments.rn0123abcd"].before is None
    assert all(told_[name].after is None for name in hanging)
