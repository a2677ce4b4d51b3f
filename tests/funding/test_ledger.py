"""The register held against the city's ledger: what is planted is found, nothing is invented, and nothing is lost."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.funding.ledger.booked import booked_events, code_key, mark_of
from analytics.funding.ledger.comparison import main_year, reconciliation
from analytics.funding.ledger.items import LedgerDays
from analytics.funding.ledger.matching import ledger_items
from analytics.model.funding import MoneyKind, Payment
from analytics.model.ledger import LedgerCase, LedgerDifference, LedgerRow
from tests.funding.worlds import paid

CODES = {"sol": "4711", "vind": "4712", "regn": "4713"}
FIRST = date(2025, 1, 2)


def booked(number: int, **more) -> Payment:
    """Spent by a voucher of its own, on a day of its own; no two amounts are alike."""
    project = list(CODES)[number % 3]
    said = {"kind": MoneyKind.SPENT, "voucher": f"A{1000 + number}", "ledger_code": CODES[project]} | more
    day = FIRST + timedelta(days=number * 7 % 360)
    return paid(f"{1000 + number * 13}.{number % 100:02}", 2025, project_id=project, day=day, **said)


def row_of(payment: Payment, number: int, **more) -> LedgerRow:
    amount = -payment.amount_sek if payment.kind is MoneyKind.RECEIVED else payment.amount_sek
    said = (payment.day, amount, payment.ledger_code or "", payment.voucher or "", "7410")
    return replace(LedgerRow(number, *said), **more)


def register(*payments: Payment) -> dict[str, Payment]:
    return {f"3-{n}": payment for n, payment in enumerate(payments, 1)}


def found(rows, payments, **asked):
    told = reconciliation(rows, payments, **asked)
    return told, Counter(item.case for item in told.items)


def test_of_five_hundred_rows_seven_planted_differences_are_found_and_none_is_invented():
    payments = [booked(n) for n in range(500)]
    rows = [row_of(payment, n) for n, payment in enumerate(payments, 1)]
    there = {n: payments[n - 1] for n in (60, 120, 180, 240, 300, 360, 420)}
    del payments[59]  # 1: the register lacks it
    rows = [row for row in rows if row.row != 120]  # 2: the ledger lacks it
    as_booked = {
        180: {"amount": there[180].amount_sek + Decimal("0.50")},  # 3: öre
        240: {"amount": Decimal("4170.39"), "voucher": "A1239"},  # 4: transposed: 4107.39
        300: {"ledger_code": "9999"},  # 5: on a project that nobody has
        360: {"day": there[360].day.replace(year=2024)},  # 6: another year
    }
    assert there[240].amount_sek == Decimal("4107.39") and there[240].voucher == "A1239"
    rows = [replace(row, **as_booked.get(row.row, {})) for row in rows]
    rows.append(replace(next(row for row in rows if row.row == 420), row=501))  # 7: doubled
    told, cases = found(rows, register(*payments), days=LedgerDays.of_year(2025))
    assert cases == {
        LedgerCase.MATCHED: 494,
        LedgerCase.DIFFERS: 4,
        LedgerCase.MISSING_HERE: 1,
        LedgerCase.MISSING_THERE: 1,
        LedgerCase.TWICE_THERE: 1,
    }
    assert {item.rows[0].row: item.differs for item in told.of(LedgerCase.DIFFERS)} == {
        180: (LedgerDifference.AMOUNT,),
        240: (LedgerDifference.AMOUNT,),
        300: (LedgerDifference.PROJECT,),
        360: (LedgerDifference.DAY,),
    }
    assert [item.rows[0].row for item in told.of(LedgerCase.MISSING_HERE)] == [60]
    assert [item.events[0].payment for item in told.of(LedgerCase.MISSING_THERE)] == [there[120]]
    (twice,) = told.of(LedgerCase.TWICE_THERE)
    assert (twice.rows[0].row, twice.like.row) == (501, 420) and len(told.to_do) == 7
    assert told.there - told.here == sum(row.amount for row in rows) - sum(p.amount_sek for p in payments)


def test_a_voucher_is_one_however_it_is_written_and_two_are_two():
    assert code_key("A-1042") == code_key("a 1042") == code_key("A01042")
    assert code_key("1-23") != code_key("12-3") and code_key("0") == "0"


def test_without_vouchers_project_code_amount_and_near_day_tell():
    payments = register(*(booked(n, voucher=None) for n in range(3)))
    rows = [
        row_of(one, n, voucher=f"B{n}", day=one.day + timedelta(days=4)) for n, one in enumerate(payments.values(), 1)
    ]
    assert found(rows, payments)[1] == {LedgerCase.MATCHED: 3}
    late = [replace(row, day=row.day + timedelta(days=2)) for row in rows]
    assert found(late, payments)[1] == {LedgerCase.MISSING_HERE: 3, LedgerCase.MISSING_THERE: 3}


def test_what_could_be_two_rows_is_told_and_not_guessed():
    one = booked(5, voucher=None)
    rows = [row_of(one, n, voucher=f"B{n}", day=one.day + timedelta(days=n)) for n in (1, 2)]
    told, cases = found(rows, register(one))
    assert cases == {LedgerCase.AMBIGUOUS: 1} and len(told.items[0].rows) == 2
    on_the_day = [replace(rows[0], day=one.day), rows[1]]
    assert found(on_the_day, register(one))[1] == {LedgerCase.MATCHED: 1, LedgerCase.MISSING_HERE: 1}


def test_as_many_that_nobody_can_tell_apart_are_no_riddle():
    one = booked(5, voucher=None)
    rows = [row_of(one, n, voucher=f"B{n}") for n in (1, 2)]
    assert found(rows, register(one, one))[1] == {LedgerCase.MATCHED: 2}
    same = [replace(rows[0], row=n) for n in (1, 2, 3)]
    assert found(same, register(one, one))[1] == {LedgerCase.MATCHED: 2, LedgerCase.TWICE_THERE: 1}


def test_a_voucher_that_is_split_here_and_whole_there_is_one_voucher():
    whole = booked(7)
    parts = [replace(whole, amount_sek=whole.amount_sek - 300, budget_goal=3), replace(whole, amount_sek=Decimal(300))]
    told, cases = found([row_of(whole, 1)], register(*parts))
    assert cases == {LedgerCase.MATCHED: 1} and len(told.items[0].events) == 2
    less = replace(parts[1], amount_sek=Decimal(290))
    told, cases = found([row_of(whole, 1)], register(parts[0], less))
    assert cases == {LedgerCase.DIFFERS: 1} and told.items[0].there - told.items[0].here == 10


def test_income_is_below_zero_and_a_sign_the_other_way_is_named():
    got = booked(8, kind=MoneyKind.RECEIVED)
    back = booked(9, kind=MoneyKind.REPAID)
    granted = booked(10, kind=MoneyKind.GRANTED)
    rows = [row_of(got, 1), row_of(back, 2)]
    assert rows[0].amount < 0 < rows[1].amount
    told, cases = found(rows, register(got, back, granted))
    assert cases == {LedgerCase.MATCHED: 2}, "what is granted is in no ledger"
    turned = [replace(row, amount=-row.amount) for row in rows]
    told, _ = found(turned, register(got, back))
    assert {item.differs for item in told.items} == {(LedgerDifference.SIGN,)}


def test_another_voucher_on_the_same_amount_and_day_is_a_difference():
    one = booked(11)
    told, cases = found([row_of(one, 1, voucher="A1101")], register(one))
    assert cases == {LedgerCase.DIFFERS: 1} and told.items[0].differs == (LedgerDifference.VOUCHER,)


def test_the_register_twice_is_told_as_that():
    one = booked(12)
    assert found([row_of(one, 1)], register(one, replace(one, note="Igen")))[1] == {
        LedgerCase.MATCHED: 1,
        LedgerCase.TWICE_HERE: 1,
    }


def test_what_is_marked_stays_matched_whatever_else_comes():
    one = booked(13, voucher=None)
    row = row_of(one, 1, voucher="B77", day=one.day + timedelta(days=3))
    marked = replace(one, reconciled=mark_of([row]))
    assert marked.reconciled == f"B77 {row.day}"
    nearer = replace(row, row=2, voucher="B78", day=one.day)
    told, cases = found([row, nearer], register(marked))
    assert cases == {LedgerCase.MATCHED: 1, LedgerCase.MISSING_HERE: 1}
    assert told.of(LedgerCase.MATCHED)[0].rows == (row,)
    corrected = replace(marked, amount_sek=marked.amount_sek + 1)
    assert found([row], register(corrected))[1] == {LedgerCase.DIFFERS: 1}


def test_a_payment_without_a_day_is_its_report_year_s_up_to_the_day_that_invoices_are_counted_to():
    one = replace(booked(14), day=None, paid_until=date(2026, 1, 5))
    for day, case in ((date(2025, 6, 1), LedgerCase.MATCHED), (date(2026, 1, 5), LedgerCase.MATCHED),
                      (date(2026, 1, 6), LedgerCase.DIFFERS), (date(2024, 12, 30), LedgerCase.DIFFERS)):  # fmt: skip
        row = replace(row_of(booked(14), 1), day=day)
        assert found([row], register(one))[1] == {case: 1}, day


def test_a_year_a_project_and_accounts_narrow_both_sides():
    payments = register(*(booked(n) for n in range(6)), replace(booked(7), day=date(2024, 5, 6), report_year=2024))
    rows = [row_of(one, n, account="7410" if n % 2 else "2440") for n, one in enumerate(payments.values(), 1)]
    assert main_year(rows) == 2025
    told, cases = found(rows, payments, days=LedgerDays.of_year(2025), project="sol")
    assert cases == {LedgerCase.MATCHED: 2} and len(told.aside) == 5
    told, cases = found(rows, payments, days=LedgerDays.of_year(2025), accounts=("7",))
    assert cases == {LedgerCase.MATCHED: 3, LedgerCase.MISSING_THERE: 3} and len(told.aside) == 4


def test_any_days_narrow_both_sides_and_what_has_no_day_is_told_with_its_whole_year():
    march, april = (replace(booked(n), day=date(2025, month, 31 if month == 3 else 1)) for n, month in ((1, 3), (2, 4)))
    undated = replace(booked(3), day=None, voucher=None)
    payments, rows = register(march, april, undated), [row_of(march, 1), row_of(april, 2)]
    for first, last, cases in (
        (date(2025, 3, 1), date(2025, 3, 31), {LedgerCase.MATCHED: 1}),
        (date(2025, 4, 1), date(2025, 4, 1), {LedgerCase.MATCHED: 1}),
        (date(2025, 4, 2), date(2025, 12, 31), {}),
        (date(2025, 1, 1), date(2025, 12, 31), {LedgerCase.MATCHED: 2, LedgerCase.MISSING_THERE: 1}),
        (date(2024, 7, 1), date(2026, 6, 30), {LedgerCase.MATCHED: 2, LedgerCase.MISSING_THERE: 1}),
    ):
        assert found(rows, payments, days=LedgerDays(first, last))[1] == cases, first


DAYS = st.dates(date(2025, 1, 1), date(2025, 1, 20))
AMOUNTS = st.sampled_from([Decimal(one) for one in ("100", "100.5", "-40", "7.07")])
ROWS = st.tuples(DAYS, AMOUNTS, st.sampled_from(["4711", "4712", ""]), st.sampled_from(["A1", "A2", ""]))
PAYMENTS = st.builds(
    Payment, st.sampled_from(["sol", "vind"]), st.just(2025), st.just("Kontoret"), AMOUNTS,
    kind=st.sampled_from(MoneyKind), day=st.none() | DAYS, voucher=st.sampled_from(["A1", "A2", None]),
    ledger_code=st.sampled_from(["4711", "4712", None]), reconciled=st.sampled_from(["A2 2025-01-03", None]),
)  # fmt: skip


@settings(max_examples=40)
@given(st.lists(ROWS, max_size=25), st.lists(PAYMENTS, max_size=25))
def test_every_row_and_event_is_in_one_item_and_the_sums_are_those_of_both_sides(drawn, payments):
    rows = [LedgerRow(n, *one) for n, one in enumerate(drawn, 1)]
    events = booked_events(register(*payments))
    items = ledger_items(rows, events)
    assert sorted(row.row for item in items for row in item.rows) == [row.row for row in rows]
    assert sorted(event.id for item in items for event in item.events) == sorted(event.id for event in events)
    assert sum(item.there for item in items) == sum(row.amount for row in rows)
    assert sum(item.here for item in items) == sum(event.amount for event in events)
    for item in items:
        both = item.case in (LedgerCase.MATCHED, LedgerCase.DIFFERS, LedgerCase.AMBIGUOUS)
        assert bool(item.rows and item.events) is both and bool(item.differs) is (item.case is LedgerCase.DIFFERS)
        assert item.case is not LedgerCase.MATCHED or item.there == item.here
