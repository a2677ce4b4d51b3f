"""Saving what was typed in the funding register: its tables and the answers of its reports."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from analytics.intake.readers import TextTable
from analytics.loads.dialogue_rows import Texts
from analytics.loads.funding import ClearedFunding
from analytics.loads.funding_texts import (
    PROJECT,
    STANDING,
    EditedRegister,
    EditedRow,
    changed_tables,
    edited,
    texts_of,
)
from analytics.loads.new_rows import saved_under_their_tokens, typed_in_saved
from analytics.loads.register_rows import Row
from analytics.loads.save import SaveUnit, Writing
from analytics.loads.sheets import sheet_of
from analytics.registers.administrations import ADMINISTRATIONS
from analytics.registers.field import RowKind
from analytics.registers.funding import NARRATIVES, PROJECTS
from analytics.store.drafts import Typed
from analytics.words.language import Words


def funding_writing(now: Texts, typed: Mapping[str, Typed], say: Words) -> Writing:
    """The rows of projects that are new or other than before, each changed table of a project whole, and the answers
    that were written; projects and answers taken away go first, and so does what a changed table had."""
    before, after = edited(now, {}), edited(now, typed)
    changed = list(changed_tables(before, after))
    was = {row.texts[PROJECT] for row in before.of(PROJECTS)}
    rows = {
        kind.row: frozenset(project for other, project in changed if other is kind) for kind in {k for k, _ in changed}
    }
    emptied = (key for key, text in before.answers.items() if text and not after.answers[key].strip())
    return Writing(
        [sheet for sheet in _sheets(before, after, changed, say) if len(sheet.rows)],
        ClearedFunding(
            rows, after.projects_gone & was, frozenset((year, question.value, of) for year, question, of in emptied)
        ),
    )


FUNDING_REGISTER = SaveUnit(None, texts_of, funding_writing, saved_under_their_tokens, typed_in_saved, in_parts=True)


def _sheets(
    before: EditedRegister, after: EditedRegister, changed: Sequence[tuple[RowKind, str]], say: Words
) -> Iterator[TextTable]:
    stood = {row.part: row.texts for row in before.of(PROJECTS)}
    numbers, there = _numbers(after.of(PROJECTS)), after.there(PROJECTS)
    if (ADMINISTRATIONS, "") in changed:  # what the others refer to comes first
        yield _standing(ADMINISTRATIONS, after, say)
    # With every other row that has the id: two of them are refused, and none is written over.
    told = {row.texts[PROJECT].strip() for row in there if row.texts != stood.get(row.part)}
    yield _sheet(
        say.marked(PROJECTS.title),
        PROJECTS,
        [row for row in there if row.texts[PROJECT].strip() in told],
        numbers,
    )
    titles = {row.texts[PROJECT]: row.texts["title"].strip() for row in after.of(PROJECTS)}
    for kind, project in changed:
        if kind in STANDING:
            if kind is not ADMINISTRATIONS:
                yield _standing(kind, after, say)
            continue
        name = f"{say.marked(kind.title)} – {titles.get(project) or project}"
        yield _sheet(name, kind, after.there(kind, project), _numbers(after.of(kind, project)))
    yield _answers(before, after, say)


def _numbers(shown: Sequence[EditedRow]) -> dict[str, int]:
    """The number by which people know a row: its place among those that are shown, taken away or not."""
    return {row.part: number for number, row in enumerate(shown, 1)}


def _sheet(name: str, kind: RowKind, rows: Sequence[EditedRow], numbers: Mapping[str, int]) -> TextTable:
    columns = [column.name for column in kind.columns]
    texts = [row.texts for row in rows]
    return sheet_of(name, columns, texts, [row.id for row in rows], [numbers[row.part] for row in rows])


def _standing(kind: RowKind, after: EditedRegister, say: Words) -> TextTable:
    return _sheet(say.marked(kind.title), kind, after.there(kind), _numbers(after.of(kind)))


def _answers(before: EditedRegister, after: EditedRegister, say: Words) -> TextTable:
    rows: list[Row] = [
        {"year": str(key[0]), "question": key[1].value, "text": text, "administration": key[2]}
        for key, text in after.answers.items()
        if text.strip() and text != before.answers.get(key)
    ]
    return sheet_of(say.marked(NARRATIVES.title), [column.name for column in NARRATIVES.columns], rows)
