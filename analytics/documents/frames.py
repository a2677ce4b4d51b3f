"""An answer as a DataFrame, for whoever scripts the package. The product itself counts in SQL and NumPy."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields, is_dataclass
from enum import Enum
from typing import TYPE_CHECKING, Any, cast

import pyarrow as pa

if TYPE_CHECKING:
    import pandas


def to_pandas(answer: pa.Table | Iterable[Any]) -> pandas.DataFrame:
    """A row a row of the table, or a row a dataclass with a column a field.

    Amounts stay Decimal and days dates, in columns of objects; members of enums are their words; what is missing is NA.
    Raises TypeError for rows that are no dataclasses, or of several kinds: those are several answers.
    """
    import pandas  # half a second, which only those pay who ask for a frame

    if isinstance(answer, pa.Table):
        return cast(pa.Table, answer).to_pandas()
    rows = list(answer)
    kinds = {type(row) for row in rows}
    if len(kinds) > 1 or not all(is_dataclass(kind) for kind in kinds):
        raise TypeError("the rows of one answer are dataclasses of one kind")
    names = [field.name for kind in kinds for field in fields(kind)]
    cells = {name: [_plain(getattr(row, name)) for row in rows] for name in names}
    return pandas.DataFrame(cells, columns=names)


def _plain(value: Any) -> Any:
    return value.value if isinstance(value, Enum) else value
