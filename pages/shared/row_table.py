"""One table where there were four charts: a row a school or a criterion, sorted and sifted in the browser.

Sorting and sifting ask the server nothing (assets/drawn.js), and what is printed is all of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from pages.ui import html

FIRST, FEWER = 12, 8  # rows that are shown until all are asked for; of a table below something else (style.css)
WORTH_FOLDING = 3  # rows: fewer than these are not folded away


@dataclass(frozen=True, slots=True)
class RowColumn:
    """`kind`: "num" for figures, "pic" for small pictures, "say" for words. `over`: what stands over the cells, such as
    the ends of a scale; `short`: the heading where a row is a few lines on a phone, '' for none there; `sorted`: the
    way that the rows go by it from the beginning ("ascending", "descending"), '' where they do not."""

    heading: str
    kind: str
    over: Markup | None = None
    short: str = ""
    sorted: str = ""


@dataclass(frozen=True, slots=True)
class RowCell:
    """`order`: what it is sorted by, if not as it is written; '' for what has no figure, which comes last."""

    shown: str
    order: float | str | None = None


@dataclass(frozen=True, slots=True)
class TableRow:
    """`address`: where its name leads, '' for nowhere; `kinds`: of which chips it is; `chief`: one that the others are
    part of, which stays first; `chosen`: one that the page is about; `under`: words below the name; `criterion`: whose
    row it is, which an address that names it points out (assets/drawn.js)."""

    name: str
    address: str
    cells: tuple[RowCell, ...]
    kinds: tuple[str, ...] = ()
    chief: bool = False
    chosen: bool = False
    under: str = ""
    criterion: str = ""


@dataclass(frozen=True, slots=True)
class Chip:
    """A way to sift the rows: those of a kind, and how many they are; kind '': all of them."""

    kind: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class TableHeadings:
    """`caption`: what the table is, for who hears it; `name`: over the names; `more`: what asks for the rest of many
    rows, '' where all are shown at once; `first`: how many are shown until then (FIRST, FEWER); `rest`: what asks a
    phone for the columns that have a short heading there, '' where it shows them from the beginning."""

    caption: str
    name: str
    more: str = ""
    first: int = FIRST
    rest: str = ""


def row_table(
    heads: TableHeadings,
    columns: Sequence[RowColumn],
    rows: Sequence[TableRow],
    chips: Sequence[Chip] = (),
    pressed: str = "",
) -> Markup:
    """The chips, the table, and what asks for the rest of it; every heading sorts. `pressed`: the kind of the chip that
    is chosen from the beginning."""
    folded = bool(heads.more) and len(rows) >= heads.first + WORTH_FOLDING
    classes = ["kd-trends", *(["kd-folded", f"kd-first-{heads.first}"] if folded else ())]
    head = html.element("tr", _head(RowColumn(heads.name, "name")), *map(_head, columns))
    table = html.element(
        "table",
        html.element("caption", heads.caption, class_="kd-unseen"),
        html.element("thead", head),
        html.element("tbody", *(_row(row, columns, pressed) for row in rows)),
        class_=" ".join([*classes, "kd-brief"] if heads.rest else classes),
    )
    more = html.element("button", heads.more, type="button", class_="kd-more") if folded else ""
    offered = [chip for chip in chips if chip.count or not chip.kind]
    shown = (_chip(chip, pressed) for chip in offered)
    sift = html.element("div", *shown, class_="kd-chips", role="group") if len(offered) > 1 else ""
    rest = {"type": "button", "class_": "kd-chip kd-rest", "aria-pressed": "false"}
    return html.joined([sift, html.element("button", heads.rest, **rest) if heads.rest else "", table, more])


def _head(column: RowColumn) -> Markup:
    sort = html.element("button", column.heading, type="button", class_="kd-sort")
    told = {"aria-sort": column.sorted} if column.sorted else {}
    return html.element("th", sort, column.over or "", scope="col", class_=f"kd-{column.kind}", **told)


def _row(row: TableRow, columns: Sequence[RowColumn], pressed: str) -> Markup:
    name = html.link(row.name, row.address) if row.address else row.name
    under = [html.element("div", row.under, class_="kd-say")] if row.under else []
    cells = (_cell(cell, column) for cell, column in zip(row.cells, columns, strict=True))
    kind = "kd-chief" if row.chief else "kd-chosen" if row.chosen else ""
    told = {"class_": kind} if kind else {}
    if row.criterion:
        told["data-criterion"] = row.criterion
    if row.kinds:
        told["data-kinds"] = " ".join(row.kinds)
    if pressed and not row.chief and pressed not in row.kinds:
        told["hidden"] = ""
    return html.element("tr", html.element("th", name, *under, scope="row"), *cells, **told)


def _cell(cell: RowCell, column: RowColumn) -> Markup:
    told = {"class_": f"kd-{column.kind}"}
    if cell.order is not None:
        told["data-sort"] = cell.order if isinstance(cell.order, str) else f"{cell.order:.6g}"
    if column.short:
        told["data-heading"] = column.short
    return html.element("td", cell.shown, **told)


def _chip(chip: Chip, chosen: str) -> Markup:
    label = html.joined([chip.label, " ", html.element("b", str(chip.count))])
    pressed = "true" if chip.kind == chosen else "false"
    return html.element(
        "button", label, type="button", class_="kd-chip", **{"data-kind": chip.kind, "aria-pressed": pressed}
    )
