"""What a grid says by itself: data to the browser, where {braces} are filled in."""

from __future__ import annotations

from collections.abc import Mapping

from analytics.words.language import NP_, Words


def said_in(
    say: Words, most_characters: int, most_rows: int, *, keys: bool = True
) -> Mapping[str, str | tuple[str, str]]:
    """A grid's words in one language; a pair is of one and of many. `keys`: with what the keys do."""
    row, n = "{row}", "{n}"  # filled in by the browser
    return {
        "row": say("Row"),
        "cell": say("{column}, row {row}", column="{column}", row=row),
        "actions": say("Remove or undo"),
        "all_columns": say("All {n} columns", n=n),
        "add": say("Add a row"),
        "remove": say("Remove"),
        "remove_row": say("Remove row {row}", row=row),
        "undo": say("Undo"),
        "undo_row": say("Undo: row {row} comes back", row=row),
        "removed": say("removed"),
        "new": say("new row"),
        "changed": say("changed"),
        "required": say("required"),
        "read_as": say("read as {value}", value="{value}"),
        "row_removed": say("Row {row} is removed when you save.", row=row),
        "row_restored": say("Row {row} is back.", row=row),
        "row_added": say("A new row has been added."),
        "full": say("A table holds at most {most} rows; load a file instead.", most=say.integer(most_rows)),
        "row_closed": say("Row {row} is removed. Undo that to write in it.", row=row),
        "cell_closed": say("This cell cannot be changed."),
        "too_long": say(
            "At most {most} characters; this text has {n} and is not kept.", most=say.integer(most_characters), n=n
        ),
        "refused": say("This was not taken in: {texts}", texts="{texts}"),
        "pasted": say("Pasted: {cells} in {rows}.", cells="{cells}", rows="{rows}"),
        "cells": say.forms(NP_("{n} cell", "{n} cells")),
        "rows": say.forms(NP_("{n} row", "{n} rows")),
        "pasted_added": say("Rows that are new: {n}.", n=n),
        "undo_paste": say("Undo the pasting"),
        "paste_undone": say("The pasting is undone."),
        "too_wide": say("There are not columns enough to the right. Left out: {texts}", texts="{texts}"),
        "left_removed": say("Rows that are removed take nothing in. Left out: {texts}", texts="{texts}"),
        "left_fixed": say("Some cells cannot be changed. Left out: {texts}", texts="{texts}"),
        "left_long": say("Texts of more than {most} characters are left out.", most=say.integer(most_characters)),
        "left_full": say("A table holds at most {most} rows. Rows left out: {n}.", most=say.integer(most_rows), n=n),
        "and_more": say("and {n} more", n=n),
        "keys": keys_help(say) if keys else "",
    }


def keys_help(say: Words) -> str:
    return say(
        "A click selects a cell: what you type or paste replaces what stands there. Double-click or F2 to change in "
        "the text. Enter goes down, Shift+Enter up, Tab to the right. Esc takes back what you have typed in the cell. "
        "Alt+Enter makes a new line in long texts. Cells can be pasted from Excel. A corner marks what is not saved."
    )
