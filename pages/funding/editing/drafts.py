"""What somebody has typed and not saved: kept through page changes, other people's saves and refusals."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from analytics.loads.register_rows import Row, answer_key, as_text, rows_of
from analytics.loads.save_funding import Changed, Edits
from analytics.model.funding import Funding, Question

Slot = tuple[str, str]
"""A part of the register and what it is about: a project's id, or '' for the projects themselves."""


def _token() -> str:
    return secrets.token_hex(4)


@dataclass
class Draft:
    """`seen` is the register as it was in version `base`, when typing began; `tables` has each changed table whole;
    `frozen` what each grid was given to start from. `turn` is in the names of grids and answers, and another one makes
    them start afresh. It is never one that was before: a server that has started again gets from the browser what
    stood in its fields, once more, and a grid's rows would be added twice.

    `id` is the draft's on disk and `kept` what was written there last, '' for nothing; `base_gone` tells that the
    version where typing began was not to be had when the draft was read again.
    """

    base: int
    seen: Funding
    tables: dict[Slot, list[Row]] = field(default_factory=dict)
    answers: dict[tuple[int, Question], str] = field(default_factory=dict)
    frozen: dict[Slot, list[Row]] = field(default_factory=dict)
    turn: str = field(default_factory=_token)
    id: str | None = None
    kept: str = ""
    base_gone: bool = False

    @property
    def empty(self) -> bool:
        return not self.tables and not self.answers

    def rows(self, slot: Slot) -> list[Row]:
        """The slot's rows as typed, else as they are in the register."""
        return self.tables.get(slot) or ([] if slot in self.tables else self.stored(slot))

    def stored(self, slot: Slot) -> list[Row]:
        return list(rows_of(self.seen, *slot))

    def keep(self, slot: Slot, rows: list[Row]) -> None:
        """Notes what a grid holds now; what is as in the register is no draft."""
        if rows == self.stored(slot):
            self.tables.pop(slot, None)
        else:
            self.tables[slot] = rows

    def edits(self) -> Edits:
        """What a save would change."""
        before = {row["project_id"]: row for row in self.stored(("projects", ""))}
        now = self.rows(("projects", ""))
        ids = {row["project_id"] for row in now}
        return Edits(
            projects=[row for row in now if before.get(row["project_id"]) != row],
            removed=frozenset(before) - ids,
            tables={slot: rows for slot, rows in self.tables.items() if slot[1] in ids},
            answers=dict(self.answers),
        )

    def merge(self, changes: Sequence[Changed], now: Funding, number: int) -> None:
        """Takes somebody else's changes into the draft: rows they added come in, rows they took away or changed go,
        and what was typed here stays."""
        taken_away = self.edits().removed
        for change in changes:
            if change.part == "narratives":
                self._join(change)
                continue
            if change.about in taken_away:
                self._bring_back(change.about)
            slot = ("projects", "") if change.part == "projects" else (change.part, change.about)
            if slot in self.tables:
                self.tables[slot] = merged(self.tables[slot], change)
        self.rebase(now, number)

    def _join(self, change: Changed) -> None:
        """Two texts that answer the same question: mine first, then theirs, for a person to make one of."""
        year, question = change.about.split(" ", 1)
        key, theirs = (int(year), Question(question)), "".join(row["text"] for row in change.now)
        if theirs and theirs not in self.answers[key]:
            self.answers[key] = f"{self.answers[key]}\n\n{theirs}".strip()

    def _bring_back(self, project_id: str) -> None:
        """A project that was taken away here and changed by somebody else is not taken away."""
        slot = ("projects", "")
        if slot in self.tables and project_id not in {row["project_id"] for row in self.tables[slot]}:
            self.tables[slot] += [row for row in self.stored(slot) if row["project_id"] == project_id]

    def follow(self, before: Sequence[Row], now: Sequence[Row]) -> None:
        """A new project whose id is changed before it was ever saved takes along what was typed under the first id."""
        ids = [{row["project_id"] for row in rows} for rows in (before, now, self.stored(("projects", "")))]
        gone, come = ids[0] - ids[1] - ids[2], ids[1] - ids[0]
        if len(gone) != 1 or len(come) != 1:
            return
        (old,), (new,) = gone, come
        for part, about in list(self.tables):
            if about == old:
                self.tables[part, new] = [{**row, "project_id": new} for row in self.tables.pop((part, old))]
                self.frozen.pop((part, old), None)

    def rebase(self, now: Funding, number: int) -> None:
        """Goes on from the register as it is now; what was typed stays. Projects that others have added come in."""
        slot = ("projects", "")
        if slot in self.tables:
            known = {row["project_id"] for row in (*self.tables[slot], *self.stored(slot))}
            self.tables[slot] += [row for row in rows_of(now, "projects") if row["project_id"] not in known]
        self.base, self.seen, self.turn = number, now, _token()
        self.frozen.clear()
        for each, rows in list(self.tables.items()):
            self.keep(each, rows)
        for (year, question), text in list(self.answers.items()):
            if text == "".join(row["text"] for row in rows_of(now, "narratives", answer_key(year, question))):
                del self.answers[year, question]


def merged(mine: Sequence[Row], change: Changed) -> list[Row]:
    """My rows with somebody else's change in them, cell by cell: where both changed the same cell, mine stands."""
    if change.part == "projects":
        ids = [row["project_id"] for row in mine]
        if change.about not in ids:
            return list(mine)  # taken away here
        at = ids.index(change.about)
        own = [row for row in mine if row["project_id"] == change.about]
        return [*mine[:at], *_three_way(change.before, own, change.now), *mine[at + len(own) :]]
    return _three_way(change.before, mine, change.now)


def _three_way(before: Sequence[Row], mine: Sequence[Row], theirs: Sequence[Row]) -> list[Row]:
    (own, own_new), (other, other_new) = _followed(before, mine), _followed(before, theirs)
    rows = []
    for at, row in enumerate(before):
        here, there = own.get(at), other.get(at)
        if here is not None and there is not None:
            rows.append({name: there[name] if here[name] == row[name] else here[name] for name in row})
        elif here is not None and here != row:
            rows.append(here)  # they took away what I have written in
    return [*rows, *own_new, *(row for row in other_new if row not in own_new)]


def _followed(before: Sequence[Row], after: Sequence[Row]) -> tuple[dict[int, Row], list[Row]]:
    """What became of each row, by its place, where it is still there; and the rows that are new."""
    kept, new = {}, []
    matcher = SequenceMatcher(a=[_key(row) for row in before], b=[_key(row) for row in after], autojunk=False)
    for _, low, high, first, last in matcher.get_opcodes():
        pairs = min(high - low, last - first)
        kept.update(zip(range(low, low + pairs), after[first : first + pairs], strict=True))
        new.extend(after[first + pairs : last])
    return kept, new


def applied(
    rows: Sequence[Row], deltas: dict, fixed: dict[str, str], locked: frozenset[str] = frozenset()
) -> list[Row]:
    """Rows with a grid's changes on them (Streamlit's edited, added and deleted rows), as texts. `fixed` columns are no
    part of the grid; `locked` ones cannot be changed in rows that were there."""
    gone = set(deltas.get("deleted_rows", ()))
    result = []
    for place, row in enumerate(rows):
        if place in gone:
            continue
        changes = deltas.get("edited_rows", {}).get(place, {})
        result.append({**row, **{name: as_text(v) for name, v in changes.items() if name not in locked}})
    names = tuple(rows[0]) if rows else ()
    for row in deltas.get("added_rows", ()):
        texts = {name: as_text(value) for name, value in row.items()}
        if any(texts.values()):
            result.append({**dict.fromkeys(names, ""), **fixed, **texts})
    return result


def _key(row: Row) -> tuple:
    return tuple(sorted(row.items()))
