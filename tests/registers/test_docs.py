"""docs/files.md against the schema."""

from __future__ import annotations

import re

from analytics.registers.docs import FILES, written
from analytics.registers.kinds import REGISTERS


def test_the_documents_tables_are_as_the_schema_has_them():
    text = FILES.read_text("utf-8")
    assert written(text) == text, "run: make docs"
    assert all(f"\n| {kind.name} | " in text for kind in REGISTERS)


def test_a_table_that_has_fallen_behind_is_written_anew():
    text = FILES.read_text("utf-8")
    behind = re.sub(r"\| payments \|.*\n", "", text)
    assert behind != text and written(behind) == text
