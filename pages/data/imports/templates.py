"""Workbooks to fill in, with the city's own schools, criteria and words in drop-down lists: they load as they are."""

from __future__ import annotations

from datetime import date

import streamlit as st

from analytics.intake.kinds import FORM, PARTICIPATION
from analytics.loads.own_files import TEMPLATES, template
from analytics.model.frameworks import Framework
from analytics.words.plain import plain_name
from pages.data.imports.files import kind_name
from pages.ui import html
from pages.ui.content import Ask
from pages.ui.files import KINDS
from pages.ui.guarded import download
from pages.ui.labels import kept_open
from pages.ui.options import pick

OF_A_FRAMEWORK = (FORM.name, PARTICIPATION.name)
NOT_WITHOUT_SCHOOLS = (PARTICIPATION.name,)  # a row a school: of none there is nothing to fill in


def draw_templates(ask: Ask) -> None:
    """Folded: whoever has a file needs none."""
    say, catalogue = ask.say, ask.catalogue
    fold = kept_open(say("Templates to fill in"), key="templates", type="compact")
    if not fold.open:
        return
    with fold:
        html.show(html.note(say("With your own schools and criteria to choose among. Filled in, they are left here.")))
        lacking = (*(OF_A_FRAMEWORK if not catalogue.frameworks else ()),)
        lacking += NOT_WITHOUT_SCHOOLS if not catalogue.schools else ()
        kinds = [kind for kind in TEMPLATES if kind not in lacking]
        left, middle, right = st.columns([2, 2, 1])
        with left:
            kind = pick(say("What it is to hold"), kinds, lambda one: kind_name(one, say), key="template_kind")
        framework, year = None, None
        if kind in OF_A_FRAMEWORK:
            newest = sorted(catalogue.frameworks, key=lambda one: (one.valid_from, one.id), reverse=True)
            with middle:
                framework = pick(
                    say("Framework"),
                    newest,
                    lambda one: one.title.in_(say.language),
                    more=lambda one: one.id,
                    key="template_framework",
                )
        if kind == PARTICIPATION.name and framework:
            years = _years(framework)
            with right:
                now = date.today().year
                index = years.index(now) if now in years else 0
                year = pick(
                    say("Year"),
                    years,
                    say.of_rounds(framework).round,
                    key=f"template_year {framework.id}",
                    index=index,
                )
        _file(ask, kind, framework, year)


def _years(framework: Framework) -> list[int]:
    last = framework.valid_to or max(date.today().year + 1, framework.valid_from)
    return list(range(last, framework.valid_from - 1, -1))


def _file(ask: Ask, kind: str, framework: Framework | None, year: int | None) -> None:
    say, name = ask.say, kind_name(kind, ask.say)

    def made() -> bytes:
        title = framework.title.in_(say.language) if framework else ""
        told = {
            say("Kind"): name,
            say("Framework"): title,
            say("Year"): str(year or ""),
            say("Version"): str(ask.view.number),
        }
        about = {word: text for word, text in told.items() if text}
        return template(ask.view, kind, framework, year, say).xlsx(about, say)

    stem = "-".join(filter(None, (plain_name(name), framework.id if framework else "", str(year or ""))))
    label, key = say("Download {format}", format="Excel"), f"template_{stem}"
    download(ask, label, made, stem, ".xlsx", KINDS[".xlsx"][1], key=key, version=ask.view.number)
