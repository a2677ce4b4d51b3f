"""The brief of a dialogue: drawn as it prints, its files, and all schools' briefs as one archive."""

from __future__ import annotations

from datetime import date

import streamlit as st

from analytics.dialogue.brief.facts import brief
from analytics.dialogue.register import frozen as frozen_of
from analytics.documents.brief import FORMATS, brief_bytes, brief_document, frozen_bytes, frozen_document
from analytics.documents.paper.archive import archive
from analytics.loads.dialogue_rows import RoundKey
from analytics.model.errors import NotAllowed
from analytics.model.present import present
from analytics.words.plain import plain_name
from pages.shared.briefs import shared
from pages.shared.rounds import schools_in_round
from pages.ui import access, controls, html
from pages.ui.content import Ask
from pages.ui.files import file_buttons
from pages.ui.guarded import download
from pages.ui.labels import kept_open
from pages.ui.paper import DrawnPaper, draw_paper, paper_sheet

ARCHIVE = "briefs_archive"


def draw_brief(ask: Ask, about: RoundKey, then: bool, today: str) -> None:
    """The brief on the screen: as it was on the day of the dialogue, or as it is."""
    sheet = access.composed(frozen_sheet, ask, *about) if then else access.composed(brief_sheet, ask, *about, today)
    draw_paper(sheet, "brief")


def brief_sheet(ask: Ask, school: str, framework: str, year: int, today: str) -> DrawnPaper:
    found = brief(ask.view, ask.viewer, school, framework, year, date.fromisoformat(today), of=shared(ask))
    return paper_sheet(brief_document(found, ask.say))


def frozen_sheet(ask: Ask, school: str, framework: str, year: int) -> DrawnPaper:
    found = present(frozen_of(ask.view, ask.viewer, school, framework, year))
    return paper_sheet(frozen_document(found.contents, ask.say.language))


def brief_box(ask: Ask, about: RoundKey, then: bool, today: str) -> None:
    """The files of the brief that is shown, each made when somebody asks for it."""
    school, framework, year = about
    stem = f"kvalitetsdialog-{school}-{plain_name(ask.say.round(year))}-{framework}"
    version = present(frozen_of(ask.view, ask.viewer, *about)).made_from if then else ask.view.number
    file_buttons(ask, "brief", FORMATS, stem, version, lambda suffix: file_of(ask, about, then, today, suffix))


def file_of(ask: Ask, about: RoundKey, then: bool, today: str, suffix: str) -> bytes:
    """The brief as a file; raises NotAllowed."""
    if not ask.viewer.may_see(about[0]):
        raise NotAllowed(about[0])
    if then:
        return frozen_bytes(present(frozen_of(ask.view, ask.viewer, *about)).contents, suffix, ask.say)
    found = brief(ask.view, ask.viewer, *about, date.fromisoformat(today), of=shared(ask))
    return brief_bytes(found, suffix, ask.say)


@st.fragment
def archive_box(ask: Ask, framework: str, year: int) -> None:
    """All schools' briefs of the round as one archive, made while the reader looks on: in a fragment's own run, which
    no other visitor waits for."""
    say = ask.say
    with kept_open(say("All schools' briefs as one archive"), key="briefs_fold") as fold:
        if not fold.open:
            return
        note = say("One PDF per school; those that are frozen as they were on the day.")
        html.show(html.note(note))
        made = st.session_state.get(ARCHIVE)
        if st.button(say("Make the archive"), key="briefs_make"):
            made = st.session_state[ARCHIVE] = ((framework, year, ask.key), _archive(ask, framework, year))
        if made and made[0] == (framework, year, ask.key):
            stem, zipped = f"kvalitetsdialoger-{plain_name(say.round(year))}-{framework}", made[1]
            label, now = say("Download the archive"), ask.view.number
            download(ask, label, lambda: zipped, stem, ".zip", "application/zip", key="briefs_zip", version=now,
                     quiet=False)  # fmt: skip


def _archive(ask: Ask, framework: str, year: int) -> bytes:
    say, today = ask.say, date.today()
    there = access.composed(schools_in_round, ask.of_figures, framework, year)
    schools = [school for school in ask.catalogue.schools if school.id in there]
    of, names, called = shared(ask), controls.school_names(ask.catalogue), plain_name(say.round(year))
    kept = {s.id: frozen_of(ask.view, ask.viewer, s.id, framework, year) for s in schools}
    bar = st.progress(0.0, say("{part} of {whole}", part=0, whole=len(schools)))

    def made(school: str) -> bytes:
        if frozen := kept[school]:
            return frozen_bytes(frozen.contents, ".pdf", say)
        return brief_bytes(brief(ask.view, ask.viewer, school, framework, year, today, of=of), ".pdf", say)

    def one_more(done: int) -> None:
        bar.progress(done / len(schools), say("{part} of {whole}", part=done, whole=len(schools)))

    def name(school: str) -> str:
        frozen = kept[school]
        version = frozen.made_from if frozen else ask.view.number
        return f"{names[school]} {called} {framework} v{version}.pdf"

    return archive([(name(s.id), lambda id_=s.id: made(id_)) for s in schools], one_more)
