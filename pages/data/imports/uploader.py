"""The place where the files to load are left: as many and as large as one import may have."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import streamlit as st

from analytics.intake.raw import LeftFile
from pages.data.imports import steps
from pages.data.imports.held import HELD, IMPORT, MOST_BYTES, MOST_FILES, Import
from pages.ui.content import Ask
from pages.ui.left_files import place_for_files

ENDINGS = ("xlsx", "xlsm", "xls", "xlsb", "ods", "csv", "txt", "tsv", "json", "parquet", "toml")


def draw_uploader(ask: Ask, one: Import) -> None:
    say = ask.say
    label = say("Files from a forms tool or a spreadsheet") if not one.files else say("More files")
    place_for_files(ask, label, ENDINGS, partial(_take, ask, one))


def _take(ask: Ask, one: Import, sent: Sequence[tuple[str, bytes]]) -> None:
    left: list[LeftFile] = []
    room = MOST_BYTES - sum(len(held.left.data) for held in one.files)
    one.trouble = ""
    for name, data in sent:
        if len(one.files) + len(left) >= MOST_FILES or len(data) > room:
            one.trouble = "too_much"
            break
        room -= len(data)
        left.append(LeftFile(name, data))
    trouble = one.trouble
    if left:
        HELD.keep(one)
        st.query_params[IMPORT] = one.token
        steps.leave(ask, one, left)
    one.trouble = one.trouble or trouble
