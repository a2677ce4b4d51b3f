"""Our own pages' answers, key figures, pictures and tables as plain JSON: what the Dash app beside ours shows."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pages.figures.overview import page as overview
from pages.figures.school import page as school
from pages.shared.parts import LAST
from pages.ui import access
from pages.ui.content import Content
from pages.ui.controls import school_names


def write(store: Path, to: Path) -> None:
    """path -> option -> what the page shows then: each school, and the city in each year of the latest framework."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KVALITET_STORE", str(store))
        ask = access.ask("sv")
        latest, names = ask.catalogue.rounds[-1], school_names(ask.catalogue)
        made = [visit for visit in school.visits(ask) if visit[0] is school.compose]
        schools = {names[visit[4]]: visit[0](*visit[1:]) for visit in made}
        years = ask.catalogue.years(latest.framework)
        city = {str(year): overview.compose(ask.of_figures, latest.framework, year, LAST) for year in reversed(years)}
    pages = {"skola": schools, "oversikt": city}
    told = {path: {option: shown(page, ask.say) for option, page in found.items()} for path, found in pages.items()}
    to.write_text(json.dumps(told, ensure_ascii=False), "utf-8")


def shown(page: Content, say) -> dict:
    table = (page.table or page.first).table
    return {
        "answer": page.answer,
        "figures": [(figure.label, figure.value, figure.note) for figure in page.figures],
        "picture": json.loads(page.first.figure.to_json()),
        "table": [[column.heading for column in table.columns], *table.written(say)],
    }
