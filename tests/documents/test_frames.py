"""An answer as a DataFrame says what the answer says, in the same types."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pyarrow as pa
import pytest

from analytics.documents.frames import to_pandas
from analytics.funding.register import funding
from analytics.maturity.results import city_table, results_table
from analytics.maturity.rounds import school_rounds
from analytics.model.funding import Payment
from analytics.model.schools import Viewer
from analytics.store.reading import Store

EVERYTHING = Viewer("script", schools=None)


def test_payments_keep_their_amounts_to_the_ore():
    rows = (
        Payment("p", 2018, "Skola A", Decimal("179906.50"), paid_until=date(2018, 12, 31)),
        Payment("p", 2018, "Skola B", Decimal("-0.01"), note="rättelse"),
    )
    frame = to_pandas(rows)
    assert list(frame["amount_sek"]) == [Decimal("179906.50"), Decimal("-0.01")]
    assert frame["amount_sek"].sum() == Decimal("179906.49")
    assert frame["paid_until"][0] == date(2018, 12, 31) and frame["paid_until"].isna()[1]


def test_every_answer_of_the_demo_store_becomes_a_frame(demo_store):
    view = Store(demo_store).current()
    rounds = school_rounds(view, EVERYTHING, "vebs-2022", 2025)
    frame = to_pandas(rounds)
    assert len(frame) == len(rounds) and list(frame["school_id"]) == [row.school_id for row in rounds]
    for table in (results_table(view, EVERYTHING, "vebs-2022"), city_table(view, "vebs-2022")):
        assert to_pandas(table).to_dict("list").keys() == set(table.column_names)
        assert len(to_pandas(table)) == table.num_rows
    register = funding(view, EVERYTHING)
    paid = to_pandas(register.payments)
    assert paid.loc[paid["report_year"] == 2018, "amount_sek"].sum() == Decimal("580111.00")


def test_no_rows_are_an_empty_frame_and_rows_of_several_kinds_are_refused():
    assert to_pandas(()).empty and to_pandas(pa.table({"a": []})).empty

    @dataclass
    class Other:
        a: int

    with pytest.raises(TypeError, match="one kind"):
        to_pandas([Other(1), Payment("p", 2018, "u", Decimal(1))])
    with pytest.raises(TypeError, match="dataclasses"):
        to_pandas([(1, 2)])
