"""Which rows of the ledger and which money of the register are the same: by voucher and project code first, then by
what is left of either. What could be several is told as that, and never guessed.

    1. voucher and project code. Within one, equal amounts first; then what is left of it in a year together, as a
       voucher may be split over units and goals here and over accounts there.
    2. voucher and amount, near in time: booked on another project.
    3. project code and amount, on the same day or near it, where either side has no voucher; then where both have one,
       and the vouchers differ.

Each row and each event is in one item, so that the items' sums are those of both sides.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from decimal import Decimal

from analytics.funding.ledger.booked import BookedEvent, code_key, same_time
from analytics.funding.ledger.items import LedgerItem
from analytics.model.ledger import LedgerCase, LedgerDifference, LedgerRow

Rows = Sequence[LedgerRow]
Events = Sequence[BookedEvent]
May = Callable[[LedgerRow, BookedEvent], bool]


def ledger_items(rows: Rows, events: Events) -> tuple[LedgerItem, ...]:
    """Every row and every event, each in one item."""
    left = _Left(rows, events)
    for group in left.by(lambda one: (code_key(one.ledger_code), code_key(one.voucher))):
        left.take(_of_voucher(*group))
    for group in left.by(lambda one: (code_key(one.voucher), one.amount)):
        left.take(_alone(*group, same_time))
    for may in (_same_day, _near):
        for group in left.by(lambda one: (code_key(one.ledger_code), one.amount)):
            left.take(_alone(*group, may, tell=may is _near))
    for group in left.by(lambda one: (code_key(one.ledger_code), one.amount)):
        left.take(_alone(*group, same_time, surely=True))
    return (*left.items, *_rest(left))


class _Left:
    """What is in no item yet, by place, and the items so far."""

    def __init__(self, rows: Rows, events: Events):
        self.rows, self.events = {row.row: row for row in rows}, {event.id: event for event in events}
        self.items: list[LedgerItem] = []

    def by(
        self, key: Callable[[LedgerRow | BookedEvent], tuple[Hashable, ...]]
    ) -> Iterator[tuple[list[LedgerRow], list[BookedEvent]]]:
        """The rows and events that have the same key and nothing empty in it, where there are both."""
        groups: dict[tuple, tuple[list[LedgerRow], list[BookedEvent]]] = defaultdict(lambda: ([], []))
        for place, side in enumerate((self.rows, self.events)):
            for one in side.values():
                found = key(one)
                if "" not in found:
                    groups[found][place].append(one)  # ty: ignore[invalid-argument-type]
        yield from ((rows, events) for rows, events in groups.values() if rows and events)

    def take(self, items: Iterable[LedgerItem]) -> None:
        for item in items:
            self.items.append(item)
            for row in item.rows:
                del self.rows[row.row]
            for event in item.events:
                del self.events[event.id]


def _of_voucher(rows: Rows, events: Events) -> Iterator[LedgerItem]:
    """Of one voucher and project code: equal amounts, the nearest in time first; of what is left, what stands twice,
    and what the two sides have of a year, as a whole."""
    left_rows, left_events, taken = list(rows), list(events), []
    for may in (_on_the_day, same_time, lambda row, event: True):
        for event in list(left_events):
            row = next((row for row in left_rows if row.amount == event.amount and may(row, event)), None)
            if row is not None:
                left_rows.remove(row)
                left_events.remove(event)
                taken.append(item := _pair([row], [event]))
                yield item
    twins = {one.twin_key: one for item in taken for side in (item.rows, item.events) for one in side}
    for row in [row for row in left_rows if row.twin_key in twins]:
        left_rows.remove(row)
        yield LedgerItem(LedgerCase.TWICE_THERE, (row,), like=twins[row.twin_key])
    for event in [event for event in left_events if event.twin_key in twins]:
        left_events.remove(event)
        yield LedgerItem(LedgerCase.TWICE_HERE, (), (event,), like=twins[event.twin_key])
    for year in sorted({row.day.year for row in left_rows}):
        there = [row for row in left_rows if row.day.year == year]
        here = [event for event in left_events if (event.day.year if event.day else event.payment.report_year) == year]
        if here:
            yield _pair(there, here)


def _alone(rows: Rows, events: Events, may: May, *, tell: bool = False, surely: bool = False) -> Iterator[LedgerItem]:
    """Rows and events that may be each other's: pairs where there is one of each, or as many that nobody could tell
    apart. `tell`: what could be several is told as that. `surely`: one of each alone, as their vouchers differ."""
    for some, others in _together(rows, events, may):
        alike = len({row.twin_key for row in some}) == 1 or len({event.twin_key for event in others}) == 1
        if len(some) == len(others) == 1 or (len(some) == len(others) and alike and not surely):
            yield from (_pair([row], [event]) for row, event in zip(some, others, strict=True))
        elif tell:
            yield from _several(some, others)


def _several(rows: Rows, events: Events) -> Iterator[LedgerItem]:
    """As many as there are of both where all on each side are the same; else what cannot be told."""
    if len({row.twin_key for row in rows}) > 1 or len({event.twin_key for event in events}) > 1:
        yield LedgerItem(LedgerCase.AMBIGUOUS, tuple(rows), tuple(events))
        return
    yield from (_pair([row], [event]) for row, event in zip(rows, events, strict=False))


def _together(rows: Rows, events: Events, may: May) -> Iterator[tuple[list[LedgerRow], list[BookedEvent]]]:
    """Rows and events that hang together by `may`, in groups of which no two do."""
    rows, events = list(rows), list(events)
    while rows and events:
        some, others, grown = [rows.pop(0)], [], True
        while grown:
            near = [event for event in events if any(may(row, event) for row in some)]
            others += near
            events = [event for event in events if event not in near]
            reached = [row for row in rows if any(may(row, event) for event in near)]
            some += reached
            rows = [row for row in rows if row not in reached]
            grown = bool(reached)
        if others:
            yield some, others


def _rest(left: _Left) -> Iterator[LedgerItem]:
    """What has nothing on the other side: a second time what has, or missing there."""
    paired = [item for item in left.items if item.rows and item.events]
    rows = {row.twin_key: row for item in paired for row in item.rows}
    events = {event.twin_key: event for item in paired for event in item.events}
    for row in left.rows.values():
        like = rows.get(row.twin_key)
        yield LedgerItem(LedgerCase.TWICE_THERE if like else LedgerCase.MISSING_HERE, (row,), like=like)
    for event in left.events.values():
        like = events.get(event.twin_key)
        yield LedgerItem(LedgerCase.TWICE_HERE if like else LedgerCase.MISSING_THERE, (), (event,), like=like)


def _pair(rows: Rows, events: Events) -> LedgerItem:
    """The same money on both sides, with what differs."""
    differs = tuple(_differences(rows, events))
    return LedgerItem(LedgerCase.DIFFERS if differs else LedgerCase.MATCHED, tuple(rows), tuple(events), differs)


def _differences(rows: Rows, events: Events) -> Iterator[LedgerDifference]:
    there, here = (sum((one.amount for one in side), Decimal(0)) for side in (rows, events))
    if there != here:
        yield LedgerDifference.SIGN if there == -here else LedgerDifference.AMOUNT
    if not all(same_time(row, event) for row in rows for event in events):
        yield LedgerDifference.DAY
    if _apart({row.ledger_code for row in rows}, {event.ledger_code for event in events}):
        yield LedgerDifference.PROJECT
    if _apart({row.voucher for row in rows}, {event.voucher for event in events}):
        yield LedgerDifference.VOUCHER


def _apart(there: set[str], here: set[str]) -> bool:
    """Whether both sides say something, and not the same."""
    some, others = ({code_key(word) for word in side} - {""} for side in (there, here))
    return bool(some and others) and some != others


def _on_the_day(row: LedgerRow, event: BookedEvent) -> bool:
    return row.day == (event.booked or event.day)


def _same_day(row: LedgerRow, event: BookedEvent) -> bool:
    return _on_the_day(row, event) and not (row.voucher and event.voucher)


def _near(row: LedgerRow, event: BookedEvent) -> bool:
    return same_time(row, event) and not (row.voucher and event.voucher)
