"""Two pages for test_grid: a grid, and one without. What is typed lies in a file as soon as it is known, as a draft
does, and amounts are read by a toy. In the address: `slow`, the seconds that a run takes; `rows`, for a table as large
as they get; `counted`, for a heading that changes with the rows."""

import json
import os
import time
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from pathlib import Path

import streamlit as st

from analytics.words.language import words
from pages.ui.grid.grid import GridCell, GridColumn, GridRow, grid, take_in_all
from pages.ui.grid.operations import CellTyped, RowAdded, RowRemoved, RowRestored

STORE = Path(os.environ["KVALITET_STORE"])
DRAFT, SAVED, DONE = STORE / "draft.json", STORE / "saved.json", STORE / "operations.txt"
COUNTRIES = ("Finland", "Frankrike", "Italien")
COLUMNS = [
    GridColumn("id", "Id", help="Sätts när projektet läggs till."),
    GridColumn("title", "Titel"),
    GridColumn("country", "Land", suggestions=COUNTRIES),
    GridColumn("amount", "Belopp", numeric=True, required=True),
    GridColumn("note", "Anteckning", long=True),
]
TITLES = ("Utbyte i Lyon", "Programmering för alla", "Språk i vardagen", "Skolgårdens träd")
say = words(st.query_params.get("lang", "sv"))
many = int(st.query_params.get("rows", 0))
if many:
    COLUMNS[4:4] = [GridColumn(f"more{n}", f"Kolumn {n}", numeric=n % 2 == 0) for n in range(8)]
NAMES = [column.name for column in COLUMNS]


def beginning() -> dict:
    rows = {
        f"p{n}": dict.fromkeys(NAMES, "")
        | {"id": f"p{n}", "title": title, "country": "Finland", "amount": f"{n}000,50"}
        for n, title in enumerate(TITLES * (many // len(TITLES) or 1), 1)
    }
    return {"rows": rows, "removed": []}


def kept() -> dict:
    return json.loads(DRAFT.read_text("utf-8")) if DRAFT.exists() else beginning()


def write(file: Path, draft: dict) -> None:
    """Whole or not at all: a test reads it at any time."""
    file.with_suffix(".new").write_text(json.dumps(draft), "utf-8")
    file.with_suffix(".new").replace(file)


def done(operations) -> None:
    draft = kept()
    for operation in operations:
        match operation:
            case CellTyped(row, name, text):
                draft["rows"][row][name] = text
            case RowAdded(row, texts):
                draft["rows"][row] = dict.fromkeys(NAMES, "") | dict(texts)
            case RowRemoved(row):
                draft["removed"].append(row)
            case RowRestored(row):
                draft["removed"].remove(row)
    write(DRAFT, draft)
    with DONE.open("a", encoding="utf-8") as file:
        file.writelines(f"{operation}\n" for operation in operations)


def save() -> None:
    take_in_all()
    write(SAVED, kept())


def read(name: str, text: str) -> GridCell:
    if name != "amount" or not text:
        return GridCell(text)
    try:
        amount = Decimal(text.replace("\N{NO-BREAK SPACE}", "").replace(" ", "").replace(",", "."))
    except InvalidOperation:
        return GridCell(text, problem="Det är inget belopp.", hint="Skriv som 71 947,75.")
    return GridCell(text, read=say.number(amount))


def payments() -> None:
    time.sleep(float(st.query_params.get("slow", 0)))
    draft, first = kept(), beginning()["rows"]
    rows = [
        GridRow(
            id_,
            {name: read(name, text) for name, text in texts.items()},
            number,
            new=id_ not in first,
            removed=id_ in draft["removed"],
            changed=frozenset(name for name in NAMES if texts[name] != first.get(id_, {}).get(name, "")),
            fixed=frozenset({"id"}) if id_ in first else frozenset(),
        )
        for number, (id_, texts) in enumerate(draft["rows"].items(), 1)
    ]
    columns = list(COLUMNS)
    if "counted" in st.query_params:
        columns[0] = replace(columns[0], help=f"{len(rows)} rader")
    wrong = [row.number for row in rows if row.cells["amount"].problem]
    if wrong:  # and the grid is further down on the page than it was
        st.warning(f"Rader med fel: {wrong}")
    st.html("<h1>Utbetalningar</h1>")
    grid(say, "payments", "Utbetalningar", columns, rows, done)
    st.button("Spara", on_click=save)


def elsewhere() -> None:
    st.html("<h1>Annat</h1>")


st.set_page_config(layout="wide")
pages = [st.Page(payments, title="Betalningar", default=True), st.Page(elsewhere, title="Annat", url_path="annat")]
st.navigation(pages, position="top").run()
