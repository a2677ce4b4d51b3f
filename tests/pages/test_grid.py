"""What the server makes of what a grid's browser sends: each operation once, in order, and nothing that is none."""

from __future__ import annotations

import json
import logging
import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.words.language import words
from pages.ui.grid import operations
from pages.ui.grid.grid import GridCell, GridColumn, GridRow, as_data
from pages.ui.grid.operations import CellTyped, OperationLog, RowAdded, RowRemoved, RowRestored

NEW = "n0123456789abcdef"


@pytest.fixture
def ledger() -> OperationLog:
    return drawn()


def drawn() -> OperationLog:
    """A grid of two rows, in one of which a field is fixed."""
    ledger = OperationLog()
    ledger.drawn(["title", "amount"], {"p1": frozenset({"title"}), "p2": frozenset()})
    return ledger


class Done(list):
    """What a page was given, one operation after the other."""

    def __call__(self, operations: tuple) -> None:
        assert operations
        self.extend(operations)


def sent(ledger: OperationLog, *said: list, book: str | None = None) -> dict:
    return {"book": book or ledger.book, "ops": list(said)}


def test_operations_are_read_in_their_order(ledger):
    done = Done()
    message = sent(
        ledger,
        [1, "typed", "p1", "amount", f"71{chr(160)}947,75 "],
        [2, "removed", "p2"],
        [3, "restored", "p2"],
        [4, "added", NEW, {"title": "Ny"}],
        [5, "typed", NEW, "amount", ""],
    )
    assert ledger.take_in(message, done)
    assert done == [
        CellTyped("p1", "amount", "71\N{NO-BREAK SPACE}947,75 "),
        RowRemoved("p2"),
        RowRestored("p2"),
        RowAdded(NEW, {"title": "Ny"}),
        CellTyped(NEW, "amount", ""),
    ]
    assert (ledger.seen, ledger.refused) == (5, [])


def test_what_is_seen_is_not_done_again(ledger):
    done = Done()
    first, second = [1, "typed", "p2", "title", "a"], [2, "typed", "p2", "title", "ab"]
    ledger.take_in(sent(ledger, first), done)
    assert not ledger.take_in(sent(ledger, first), done)
    assert ledger.take_in(sent(ledger, first, second), done)
    assert [operation.text for operation in done] == ["a", "ab"]


def test_numbers_of_another_session_are_nothing_to_this_one(ledger):
    done = Done()
    assert not ledger.take_in(sent(ledger, [1, "removed", "p1"], book="another"), done)
    assert (done, ledger.seen) == ([], 0)


def test_a_page_that_fails_has_seen_nothing(ledger):
    def failing(_):
        raise OSError

    message = sent(ledger, [1, "added", NEW, {}], [2, "typed", NEW, "title", "a"])
    with pytest.raises(OSError):
        ledger.take_in(message, failing)
    done = Done()
    ledger.take_in(message, done)
    assert done == [RowAdded(NEW, {}), CellTyped(NEW, "title", "a")]


def test_a_row_is_added_once_and_written_in_before_it_is_drawn(ledger):
    """A second run may begin before the first has drawn; and a row is added once more after a reload."""
    done = Done()
    ledger.take_in(sent(ledger, [1, "added", NEW, {}]), done)
    ledger.take_in(sent(ledger, [2, "added", NEW, {}], [3, "typed", NEW, "title", "a"]), done)
    assert done == [RowAdded(NEW, {}), CellTyped(NEW, "title", "a")]
    assert ledger.refused == []


WRONG = {
    "a row that is not there": ["typed", "p3", "title", "a"],
    "a field that is not there": ["typed", "p2", "sum", "a"],
    "a field that is fixed": ["typed", "p1", "title", "a"],
    "a number for a text": ["typed", "p2", "title", 5],
    "no text": ["typed", "p2", "title", None],
    "a list for a row": ["typed", ["p2"], "title", "a"],
    "a list for a field": ["typed", "p2", ["title"], "a"],
    "too long": ["typed", "p2", "title", "a" * 20_001],
    "half a letter": ["typed", "p2", "title", json.loads('"\\ud83d"')],
    "too little": ["typed", "p2"],
    "too much": ["removed", "p2", "title"],
    "removed and not there": ["removed", "p3"],
    "restored and not there": ["restored", "p3"],
    "added under a name of its own choice": ["added", "p3", {}],
    "added under a name that leads elsewhere": ["added", "n../../x", {}],
    "added under a name that is no number": ["added", "n0123456789abcdeg", {}],
    "added under too long a name": ["added", f"{NEW}0", {}],
    "added under too short a name": ["added", NEW[:-1], {}],
    "added with a field that is not there": ["added", NEW, {"sum": "1"}],
    "added with a number": ["added", NEW, {"title": 1}],
    "added with no texts": ["added", NEW, None],
    "nothing": [],
    "something else": ["drop", "p2"],
}


@pytest.mark.parametrize("said", WRONG.values(), ids=WRONG)
def test_what_is_no_operation_is_ignored_and_told_of(ledger, caplog, monkeypatch, said):
    monkeypatch.setattr(operations.log, "disabled", False)  # import-linter's own logging turns all others off
    done = Done()
    with caplog.at_level(logging.WARNING):
        assert ledger.take_in(sent(ledger, [1, *said], [2, "removed", "p2"]), done)
    assert done == [RowRemoved("p2")]
    assert (ledger.seen, ledger.refused) == (2, [1])
    assert caplog.messages[0].startswith("ignored operation 1 of a grid: ")
    assert "aaa" not in caplog.text, "what people type is not for the log"


def test_a_text_as_long_as_may_be_is_taken_whole(ledger):
    done = Done()
    ledger.take_in(sent(ledger, [1, "typed", "p2", "title", "å" * 20_000]), done)
    assert len(done[0].text) == 20_000


def test_there_is_an_end_to_rows_and_to_what_is_sent_at_once(ledger, monkeypatch):
    monkeypatch.setattr(operations, "MOST_ROWS", 3)
    done = Done()
    ledger.take_in(sent(ledger, [1, "added", NEW, {}], [2, "added", "n" + 16 * "f", {}]), done)
    assert (done, ledger.refused) == ([RowAdded(NEW, {})], [2])
    monkeypatch.setattr(operations, "MOST_SENT", 2)
    assert not ledger.take_in(sent(ledger, *([n, "removed", "p1"] for n in (3, 4, 5))), done)
    assert ledger.seen == 2, "nothing of it is seen: a browser sends no more than it may"


@pytest.mark.parametrize(
    "ops",
    [None, "x", {}, [[]], [None], [["1", "removed", "p1"]], [[True, "removed", "p1"]], [[2, "removed", "p1"]] * 2],
)
def test_what_is_no_numbered_list_is_ignored(ledger, ops):
    done = Done()
    assert not ledger.take_in({"book": ledger.book, "ops": ops}, done)
    assert (done, ledger.seen) == ([], 0)


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.text(max_size=8)
    | st.sampled_from(["typed", "added", "p1", "title", NEW]),
    lambda inner: st.lists(inner, max_size=6) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=12,
)


@given(JSON, st.lists(JSON, max_size=4))
def test_nothing_that_is_sent_raises(anything, ops):
    ledger = drawn()
    ledger.take_in(anything, Done())
    ledger.take_in({"book": ledger.book, "ops": anything}, Done())
    ledger.take_in(sent(ledger, *([n, *one] if isinstance(one, list) else one for n, one in enumerate(ops, 1))), Done())


@given(st.data())
def test_a_bad_line_loses_and_doubles_nothing(data):
    """The browser sends all that it has not heard is seen; messages and answers are lost, late and doubled at will."""
    ledger, done = drawn(), Done()
    texts = [str(n) for n in range(data.draw(st.integers(1, 12)))]
    unseen, arrived, answers, number = [], [], [], 0
    for text in [*texts, *([None] * 3)]:
        if text is not None:
            number += 1
            unseen.append([number, "typed", "p2", "title", text])
        arrived.append(list(unseen))
        for message in data.draw(st.lists(st.sampled_from(arrived), max_size=3)) + ([unseen] if text is None else []):
            ledger.take_in(sent(ledger, *message), done)
            answers.append(ledger.seen)
        seen = data.draw(st.sampled_from([0, *answers]))
        unseen = [one for one in unseen if one[0] > seen]
    assert [operation.text for operation in done] == texts


def test_the_browser_is_told_what_there_is_to_tell():
    columns = [GridColumn("title", "Titel"), GridColumn("amount", "Belopp", numeric=True, suggestions=("1", "2"))]
    cells = {"title": GridCell("Utbyte"), "amount": GridCell("1,5", read="1,50")}
    rows = [GridRow("p1", cells, 1, fixed=frozenset({"title"})), GridRow(NEW, {}, 2, new=True, removed=True)]
    told = json.loads(json.dumps(as_data(words("sv"), "Utbetalningar", columns, rows)))
    assert told["columns"] == [
        {"name": "title", "label": "Titel"},
        {"name": "amount", "label": "Belopp", "numeric": True, "suggestions": ["1", "2"]},
    ]
    assert told["rows"] == [
        {"id": "p1", "number": 1, "cells": ["Utbyte", ["1,5", "1,50", "", ""]], "fixed": ["title"]},
        {"id": NEW, "number": 2, "cells": ["", ""], "new": True, "removed": True},
    ]
    assert told["words"]["remove_row"] == "Ta bort rad {row}"
    assert "{most}" not in json.dumps(told["words"])


def test_a_run_that_is_stopped_half_way_leaves_it_whole_to_the_next():
    """Streamlit starts the next run while the one before still takes in: rows are neither lost nor done half."""
    ledger, kept, begun, go = OperationLog(), [], threading.Event(), threading.Event()
    ledger.drawn(["unit"], {})
    sent = {
        "book": ledger.book,
        "ops": [[1, "added", "n000000000000000a", {"unit": "A"}], [2, "added", "n000000000000000b", {"unit": "B"}]],
    }

    def stopped(operations):
        kept.append(operations[0].row)
        begun.set()
        go.wait(5)
        raise KeyboardInterrupt

    def first():
        with pytest.raises(KeyboardInterrupt):
            ledger.take_in(sent, stopped)

    def second():
        ledger.take_in(sent, lambda operations: kept.extend(operation.row for operation in operations))

    runs = [threading.Thread(target=run) for run in (first, second)]
    runs[0].start()
    assert begun.wait(5)
    runs[1].start()
    go.set()
    for run in runs:
        run.join(10)
    assert kept == ["n000000000000000a", "n000000000000000a", "n000000000000000b"] and ledger.seen == 2
