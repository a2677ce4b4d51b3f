"""The registers' part of docs/files.md: `python -m analytics.registers.docs` writes it anew from the schema."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

from analytics.model.installed import PACKAGES
from analytics.registers.field import FileColumn, RowKind
from analytics.registers.kinds import REGISTERS
from analytics.registers.types import Choice, Choices
from analytics.words.labels import label_of
from analytics.words.language import words

FILES = PACKAGES / "docs" / "files.md"  # in a clone: nobody writes an installed one's
BEGIN, END = "<!-- {part}: written by `make docs` from analytics/registers -->", "<!-- end of {part} -->"


def kinds_table() -> Iterator[str]:
    """A row a kind: its columns, their usual Swedish headings, and what its rows take the place of."""
    replaces = "`--replace` replaces all rows with the same"
    yield f"| kind | columns (optional ones in brackets) | Swedish headings | {replaces} |"
    yield "|---|---|---|---|"
    for kind in REGISTERS:
        swedish = ", ".join(column.also[0] if column.also else column.name for column in kind.columns)
        same = ", ".join(_replaced(kind)) or "kind: the file is all of it"
        yield f"| {kind.name} | {_columns(kind)} | {swedish} | {same} |"


def words_table() -> Iterator[str]:
    """A row a vocabulary: the columns that take its words, and the words with what they are called in Swedish."""
    yield "| column | words, and what the pages call them in Swedish |"
    yield "|---|---|"
    columns: dict[type[StrEnum], list[str]] = {}
    for kind in REGISTERS:
        for field in kind.columns:
            if isinstance(field.type, Choice | Choices):
                columns.setdefault(field.type.of, []).append(f"`{field.name}` of {kind.name}")
    for of, named in columns.items():
        yield f"| {', '.join(named)} | {', '.join(map(_word, of))} |"


def written(text: str) -> str:
    """The document with its tables as the schema has them."""
    for part, lines in (("kinds", kinds_table()), ("words", words_table())):
        begin, end = BEGIN.format(part=part), END.format(part=part)
        before, _, rest = text.partition(begin)
        _, _, after = rest.partition(end)
        text = "\n".join([before + begin, "", *lines, "", end + after])
    return text


def _columns(kind: RowKind) -> str:
    required = [column.name for column in kind.columns if column.required]
    optional = [column.name for column in kind.columns if not column.required]
    return ", ".join(required) + (f", [{', '.join(optional)}]" if optional else "")


def _word(member: StrEnum) -> str:
    label = label_of(member, words("sv"))
    return member.value if label == member.value else f"{member.value} ({label})"


def _replaced(kind: RowKind) -> Iterator[str]:
    """The columns by which rows are replaced, as files call them."""
    called: dict[str, FileColumn] = {field.attribute: field for field in kind.fields}
    return (called[attribute].name for attribute in kind.replaces)


if __name__ == "__main__":
    FILES.write_text(written(FILES.read_text("utf-8")), "utf-8", newline="\n")
