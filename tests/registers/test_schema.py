"""The schema against itself, and against the dataclasses that it names."""

from __future__ import annotations

from dataclasses import MISSING, fields
from typing import get_type_hints

import pytest

from analytics.model.dialogue import Dialogues
from analytics.model.funding import Funding
from analytics.registers.field import Field, RowKind, field_label, help_of
from analytics.registers.kinds import KIND, REGISTERS
from analytics.registers.types import Amount, Choice, Reference, value_of
from analytics.words.labels import LABELS
from analytics.words.language import words

each_kind = pytest.mark.parametrize("kind", REGISTERS, ids=lambda kind: kind.name)

# What people's files rely on: columns that a file must have, and others. More optional ones may come.
CONTRACT = {
    "budget_goals": ("number title_sv", "title_en city valid_from valid_to"),
    "administrations": ("administration_id name", "contact valid_from valid_to"),
    "projects": (
        "project_id title programme start end",
        "action role lead_country budget_goal networks sectors plan note administration",
    ),
    "budgets": ("project_id scope amount currency", "unit certainty rate rate_date rate_basis"),
    "payments": ("project_id report_year unit", "amount_sek paid_until note"),
    "partners": ("project_id country", "place organisation sector"),
    "participants": ("project_id school", ""),
    "visits": ("project_id year direction", "place persons"),
    "narratives": ("year question text", "administration"),
    "cooperations": ("year cooperation form", "partners funder text administration"),
    "acknowledgements": ("year remark reason facts acknowledged_by acknowledged_on", "project_id"),
    "report_parts": ("year administration", "deadline status note registry_number"),
    "activities": ("activity_id title framework area", "description start end contact"),
    "dialogues": ("school framework year", "held participants notes"),
    "agreements": (
        "school framework year number criterion to_level due",
        "from_level goal status outcome followed_up",
    ),
    "actions": ("school framework year agreement number text role", "due activity status outcome"),
    "certifications": ("school event date", "note framework"),
    "findings": ("school framework criterion date level", "note"),
    "labels": ("school label date", "until note"),
}


@each_kind
def test_the_fields_are_those_of_the_dataclass(kind: RowKind):
    """In its order, of its types, empty where it may be and with its defaults."""
    hints = get_type_hints(kind.row)
    defaults = {one.name: None if one.default is MISSING else one.default for one in fields(kind.row)}
    declared = {
        field.attribute: (value_of(field.type) | None if field.optional else value_of(field.type), field.default)
        for field in kind.fields
    }
    assert list(declared.items()) == [(name, (hints[name], defaults[name])) for name in defaults]


def test_every_part_of_the_registers_is_a_kind():
    """But for the names of schools, which are no rows."""
    parts = {name: hint for whole in (Funding, Dialogues) for name, hint in get_type_hints(whole).items()}
    del parts["school_names"]
    assert {kind.part: tuple[kind.row, ...] for kind in REGISTERS} == parts
    assert len(REGISTERS) == len(KIND) == len({kind.table for kind in REGISTERS})


@each_kind
def test_files_keep_the_columns_that_people_have_in_theirs(kind: RowKind):
    required, optional = (set(names.split()) for names in CONTRACT[kind.name])
    assert set(kind.required) == required
    assert {column.name for column in kind.columns} >= required | optional


@each_kind
def test_no_heading_stands_for_two_columns(kind: RowKind):
    headings = [heading for column in kind.columns for heading in (column.name, *column.also)]
    assert len(headings) == len(set(headings))
    assert all(heading == heading.casefold() and " " not in heading for heading in headings)


@each_kind
def test_what_a_kind_says_of_its_fields_is_there(kind: RowKind):
    columns = {column.name for column in kind.columns}
    attributes = {field.attribute for field in kind.fields}
    assert kind.recognised_by and {*kind.recognised_by, kind.problem_column} <= columns
    assert {*kind.replaces, *kind.key} <= attributes
    assert kind.replaces or kind.name == "budget_goals", "of which a file is the whole list"
    for field in kind.fields:
        assert {field.within, field.instead} - {""} <= attributes
        assert field.required or field.in_files or field.optional


def test_no_two_kinds_are_told_by_the_same_columns():
    assert len({kind.recognised_by for kind in REGISTERS}) == len(REGISTERS)


def test_what_rows_refer_to_is_read_before_them():
    places = {kind.name: place for place, kind in enumerate(REGISTERS)}
    referred = [
        (places[field.type.kind], places[kind.name])
        for kind in REGISTERS
        for field in kind.fields
        if isinstance(field.type, Reference)
    ]
    assert len(referred) >= 6 and all(to < of for to, of in referred)


@each_kind
def test_what_a_row_hangs_on_is_named_by_its_key(kind: RowKind):
    named = {field.type.kind for field in kind.fields if field.required and isinstance(field.type, Reference)}
    assert named <= {kind.hangs_on}
    if kind.hangs_on:
        types = [
            [value_of(next(field for field in one.fields if field.attribute == name).type) for name in names]
            for one, names in ((kind, kind.hangs_by), (KIND[kind.hangs_on], KIND[kind.hangs_on].key))
        ]
        assert types[0] == types[1] and not KIND[kind.hangs_on].hangs_on


@each_kind
def test_amounts_have_a_currency_and_choices_their_words(kind: RowKind):
    for field in kind.fields:
        if isinstance(field.type, Amount):
            assert (field.type.currency is None) == bool(field.type.stated)
        if isinstance(field.type, Choice):
            assert field.type.of in LABELS


@each_kind
@pytest.mark.parametrize("language", ["sv", "en"])
def test_no_two_fields_of_a_kind_are_called_the_same(kind: RowKind, language: str):
    say = words(language)
    labels = [field_label(field, say) for field in kind.fields]
    assert len(labels) == len(set(labels)) and all(labels)


def test_a_field_is_asked_by_what_files_call_it():
    plan: Field = KIND["projects"].field("plan")
    assert help_of(plan, words("sv")) and help_of(KIND["projects"].field("note"), words("sv")) is None
    assert KIND["participants"].field("school").attribute == "school_id"
    with pytest.raises(KeyError):
        KIND["projects"].field("amount")
