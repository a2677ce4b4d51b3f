"""What a browser has done in a grid: read from whatever it sent, each operation once, and never believed unseen.

A browser keeps a numbered list of what it has done, and sends all of it that it has not been told is seen: a message
that comes twice, late or together with a later one changes nothing. The numbers are good in one `book`, which is a
session's: in a new session (a reload, a server that has started again) the browser numbers afresh what nobody has seen.
What was seen in the old session and not told of is then done once more, in the same order, which leads to the same.
"""

from __future__ import annotations

import logging
import re
import secrets
import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

MOST_CHARACTERS = 20_000  # in a cell
MOST_ROWS = 1_000  # in a grid; what is larger comes in a file
MOST_SENT = 2_000  # operations in a message; a browser with more sends the rest when these are seen
MOST_REFUSED = 50  # that are told of; one that sends more is no browser of ours
NEW_ROW = re.compile(r"n[0-9a-f]{16}")  # as the browser makes it (editing.js)

log = logging.getLogger("kvalitetsdialog.grid")


@dataclass(frozen=True, slots=True)
class CellTyped:
    """A cell's text is now this one, as it was typed or pasted."""

    row: str
    field: str
    text: str


@dataclass(frozen=True, slots=True)
class RowRemoved:
    row: str


@dataclass(frozen=True, slots=True)
class RowRestored:
    """A removed row is back, as it was."""

    row: str


@dataclass(frozen=True, slots=True)
class RowAdded:
    """A new row, last in the grid; its id is the browser's own. `texts`: field -> text, of the cells that hold one."""

    row: str
    texts: Mapping[str, str]


Operation = CellTyped | RowRemoved | RowRestored | RowAdded
OnOperations = Callable[[tuple[Operation, ...]], None]


class InvalidOperation(Exception):
    """What was sent is no operation on this grid; the message says why, without what was typed."""


@dataclass
class OperationLog:
    """What one session knows of one grid's browser: the number up to which all is `seen`, and what may be done: in
    which `fields`, in which rows, and which fields of each `are_fixed`. `refused`: the numbers of what was not done."""

    book: str = field(default_factory=lambda: secrets.token_hex(6))
    seen: int = 0
    refused: list[int] = field(default_factory=list)
    fields: frozenset[str] = frozenset()
    are_fixed: dict[str, frozenset[str]] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock, repr=False, compare=False)

    def drawn(self, fields: Iterable[str], are_fixed: Mapping[str, frozenset[str]]) -> None:
        """Notes what the grid is being drawn with."""
        self.fields, self.are_fixed = frozenset(fields), dict(are_fixed)

    def take_in(self, sent: object, on_operations: OnOperations) -> bool:
        """Has done, in their order, what was sent and is not yet seen; whether there was any. What is no operation on
        this grid is ignored, with a line in the log."""
        with self.lock:
            return self._take_in(sent, on_operations)

    def _take_in(self, sent: object, on_operations: OnOperations) -> bool:
        unseen = [one for one in self._listed(sent) if one[0] > self.seen]
        if not unseen:
            return False
        operations, refused, known = [], [], dict(self.are_fixed)
        for number, *said in unseen:
            try:
                operation = self._read(said)
            except InvalidOperation as wrong:
                log.warning("ignored operation %d of a grid: %s", number, wrong)
                refused.append(number)
                continue
            if operation is not None:
                operations.append(operation)
        try:
            if operations:
                on_operations(tuple(operations))
        except BaseException:
            self.are_fixed = known  # nothing of it is seen, and no row is there yet
            raise
        self.seen = unseen[-1][0]
        self.refused = [*self.refused, *refused][-MOST_REFUSED:]
        return True

    def _listed(self, sent: object) -> list[list]:
        """The list that was sent, each with its number; nothing where it is of another book, or no list."""
        if not isinstance(sent, Mapping) or sent.get("book") != self.book:
            return []
        listed = sent.get("ops")
        if not isinstance(listed, list) or len(listed) > MOST_SENT or not _numbered(listed):
            log.warning("ignored what a grid's browser sent: no numbered list of at most %d", MOST_SENT)
            return []
        return listed

    def _read(self, said: list) -> Operation | None:
        """The operation; None for a row that was added before. Raises Wrong."""
        match said:
            case ["typed", str(row), str(name), text]:
                self._known(row)
                if name not in self.fields:
                    raise InvalidOperation("no such field")
                if name in self.are_fixed[row]:
                    raise InvalidOperation("the field is fixed")
                return CellTyped(row, name, _text(text))
            case ["removed", str(row)]:
                self._known(row)
                return RowRemoved(row)
            case ["restored", str(row)]:
                self._known(row)
                return RowRestored(row)
            case ["added", str(row), dict(texts)]:
                return self._added(row, texts)
        raise InvalidOperation("not of the shape of one")

    def _known(self, row: str) -> None:
        if row not in self.are_fixed:
            raise InvalidOperation("no such row")

    def _added(self, row: str, texts: Mapping) -> RowAdded | None:
        if row in self.are_fixed:
            return None
        if not NEW_ROW.fullmatch(row):
            raise InvalidOperation("not a new row's id")
        if len(self.are_fixed) >= MOST_ROWS:
            raise InvalidOperation("too many rows")
        if not texts.keys() <= self.fields:
            raise InvalidOperation("no such field")
        read = {name: _text(text) for name, text in texts.items()}
        self.are_fixed[row] = frozenset()  # what is typed in it may come before it is drawn
        return RowAdded(row, read)


def _numbered(listed: list) -> bool:
    """Whether each begins with a number, and each number is higher than the one before."""
    return all(isinstance(one, list) and one and type(one[0]) is int for one in listed) and all(
        one[0] < next_[0] for one, next_ in pairwise(listed)
    )


def _text(text: object) -> str:
    if not isinstance(text, str):
        raise InvalidOperation("no text")
    if len(text) > MOST_CHARACTERS:
        raise InvalidOperation(f"a text of {len(text)} characters")
    if any("\ud800" <= letter <= "\udfff" for letter in text):
        raise InvalidOperation("half a letter, which no file can hold")
    return text
