"""A question's values, written so that DuckDB need not look at Python's.

At the first value that DuckDB is handed from Python it imports pandas, to know its kinds of nothing: some 50 MB and a
third of a second in every server, for a library that no page uses. A text is written as its bytes in hexadecimals, so
nothing that anybody has typed stands in SQL as it was typed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any


def asked_with(sql: str, parameters: Sequence[Any] | Mapping[str, Any] = ()) -> str:
    """`sql` prepared and executed with the values of its `?`, in order, or of its `$name`s; raises TypeError for a
    value of a kind that no question takes."""
    if not parameters:
        return sql
    if isinstance(parameters, Mapping):
        values = [f"{name} := {literal(value)}" for name, value in parameters.items()]
    else:
        values = [literal(value) for value in parameters]
    return f"prepare asked as {sql}; execute asked({', '.join(values)})"


def literal(value: Any) -> str:
    """A value in SQL, of the type that DuckDB would take it for."""
    match value:
        case None:
            return "null"
        case bool():
            return str(value).lower()
        case str():
            return f"decode(from_hex('{value.encode().hex()}'))"
        case int() | Decimal():
            return str(value)
        case float():
            return f"'{value!r}'::double"
        case date():
            return f"'{value.isoformat()}'::{'timestamp' if hasattr(value, 'hour') else 'date'}"
        case list() | tuple() | set() | frozenset():
            return f"[{', '.join(map(literal, value))}]"
    raise TypeError(f"no value of a question: {value!r}")
