"""Staff at work on the register: a cell changed, two who save the same, a text that is kept, also when the server is
killed, the report's files."""

from __future__ import annotations

import io
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Locator, expect
from pypdf import PdfReader

from analytics.model.funding import Question
from analytics.store.drafts import Drafts
from analytics.store.funding import read_funding
from analytics.store.reading import Store, version_history
from pages.funding.editing.keeping import ABOUT
from tests.browser.looking import DESK, PHONE, Tab, until
from tests.browser.test_look import sideways
from tests.pages.serving import Server, serving, start_server

PROJECT = "code-4-all"
ROW = 35  # pixels: the height of a grid's rows and of its headings


@pytest.fixture
def store(published_store: Path, tmp_path: Path) -> Path:
    """A store of its own, as these tests write; without answers, so that its servers have nothing else to do."""
    return shutil.copytree(published_store, tmp_path / "store")


@pytest.fixture
def open_here(context: BrowserContext, store: Path) -> Iterator:
    pages = []
    with serving(store) as server:

        def opened(path: str, size: dict = DESK, **query: str) -> Tab:
            pages.append(context.new_page())
            pages[-1].set_viewport_size(size)
            return Tab(pages[-1], server).go(path, **query)

        yield opened
        for page in pages:
            page.close()


def grid(tab: Tab, number: int) -> Locator:
    """The tables of a project's page from the top: 0 all projects, 1 budgets, 2 payments, ..."""
    found = tab.page.locator("[data-testid=stDataFrame]").nth(number)
    found.scroll_into_view_if_needed()
    return found


def cell(tab: Tab, number: int, row: int, column: int) -> None:
    """Goes to a cell as people do: a click on its row's first one, and the arrow keys."""
    tab.page.bring_to_front()  # a grid draws only what somebody looks at
    box = grid(tab, number).bounding_box()
    tab.page.mouse.click(box["x"] + 60, box["y"] + ROW * (row + 1.5))
    tab.page.wait_for_timeout(400)  # the grid takes the focus once it has drawn the click
    for _ in range(column):
        tab.page.keyboard.press("ArrowRight")


def begin(tab: Tab) -> None:
    """Opens the cell that is gone to."""
    tab.page.keyboard.press("Enter")
    expect(tab.page.locator(".gdg-input").first).to_be_focused()


def finish(tab: Tab, text: str) -> None:
    """Types and closes the cell, no faster than people do: one closed 10 ms after its last letter, while the browser is
    busy, is given up by the grid itself (4 times of 15; at this pace never)."""
    tab.page.keyboard.type(text, delay=40)
    tab.page.wait_for_timeout(200)
    tab.page.keyboard.press("Enter")


def write(tab: Tab, number: int, row: int, column: int, text: str) -> None:
    """Types in a cell in place of what stands there; an empty text empties it."""
    cell(tab, number, row, column)
    if text:
        begin(tab)
        tab.page.keyboard.press("Control+A")
        finish(tab, text)
    else:
        tab.page.keyboard.press("Delete")
    expect(tab.page.get_by_role("button", name="Spara", exact=True)).to_be_visible()
    tab.settled()


def save(tab: Tab, who: str) -> None:
    name = tab.page.get_by_label("Ditt namn")
    name.fill(who)
    name.press("Enter")
    tab.settled()
    tab.page.get_by_role("button", name="Spara", exact=True).click()
    expect(tab.page.locator(".stAlert").last).to_be_visible()
    tab.settled()


def payments(store: Path) -> list[tuple]:
    register = read_funding(Store(store).current())
    return [(p.report_year, p.unit, p.amount_sek, p.note) for p in register.payments if p.project_id == PROJECT]


def kept(store: Path) -> str:
    """The only draft on disk, as it lies there."""
    (draft,) = Drafts(store).about(ABOUT) or (None,)
    return draft.fields["draft"].text if draft else ""


def killed_and_started(store: Path, server: Server, process: subprocess.Popen) -> tuple[Server, subprocess.Popen]:
    """The server killed, and another in its place."""
    process.kill()
    process.wait()
    return start_server(store, server.port)


def test_two_save_the_same_table_and_nothing_typed_is_lost(open_here, store):
    (before,) = payments(store)
    anna, bo = (open_here("eu-projekt", project=PROJECT) for _ in range(2))
    write(anna, 2, 0, 2, "66000,50")
    write(bo, 2, 0, 4, "stämd av")
    save(anna, "Anna Ek")
    expect(anna.page.locator(".stAlert")).to_contain_text("Sparat som version 2")
    save(bo, "Bo Alm")
    expect(bo.page.locator(".stAlert").last).to_contain_text("Anna Ek har ändrat samma sak")
    bo.shoot("eu-projekt-conflict")
    assert payments(store) == [(*before[:2], 66000.5, None)], "the second has written nothing over"
    bo.page.get_by_role("button", name="Ta in deras ändringar i mitt utkast").click()
    expect(bo.page.get_by_text("har ändrat samma sak")).to_have_count(0)
    bo.settled()
    save(bo, "Bo Alm")
    expect(bo.page.locator(".stAlert").last).to_contain_text("Sparat som version 3")
    assert payments(store) == [(*before[:2], 66000.5, "stämd av")], "Anna's amount and Bo's note"
    assert [(record.loaded_by, record.action) for record in version_history(store)[1:]] == [
        ("Anna Ek", "edit"),
        ("Bo Alm", "edit"),
    ]


def test_a_draft_outlives_a_visit_to_another_page_and_a_refusal(open_here, store):
    before = payments(store)
    tab = open_here("eu-projekt", project=PROJECT)
    write(tab, 2, 0, 2, "")
    save(tab, "Anna Ek")
    expect(tab.page.locator(".stAlert").last).to_contain_text("Inget sparades")
    expect(tab.page.locator("table.kd-table")).to_contain_text("Beloppet saknas.")
    assert payments(store) == before
    tab.visit("Årsredovisning")
    tab.visit("Projekt")
    expect(tab.page.get_by_text("Inte sparat än:")).to_be_visible()
    tab.page.get_by_role("button", name="Släng utkastet").click()
    expect(tab.page.get_by_text("Inget är skrivet som inte är sparat.")).to_be_visible()


def test_an_answer_is_written_and_stands_in_the_report_and_its_pdf(open_here, store):
    tab = open_here("eu-rapport", year="2018")
    text = "Skolorna vet nu var de står, och det syns i planerna."
    box = tab.page.get_by_label("Uppnådda resultat")
    box.fill(text)
    box.press("Control+Enter")
    expect(tab.page.get_by_role("button", name="Spara", exact=True)).to_be_visible()
    tab.settled()
    save(tab, "Anna Ek")
    expect(tab.page.locator(".stAlert").last).to_contain_text("Sparat som version 2")
    expect(tab.page.locator(".kd-paper")).to_contain_text(text)
    pages = PdfReader(io.BytesIO(tab.download("Ladda ner PDF"))).pages
    assert text in " ".join(" ".join(page.extract_text().split()) for page in pages)


def test_a_server_killed_between_typing_and_saving_loses_nothing(context, store):
    """A changed cell, and an answer in the middle of a word; a new row on top of them after the reload."""
    (before,) = payments(store)
    added, answer = "Ny enhet", "Skolorna vet nu var de stå"
    page = context.new_page()
    page.set_viewport_size(DESK)
    server, process = start_server(store)
    try:
        tab = Tab(page, server).go("eu-rapport", year="2018")
        box = page.get_by_label("Uppnådda resultat")
        box.click()
        box.press("Control+A")
        box.press_sequentially(answer, delay=5)  # and nobody leaves the field
        until(page, lambda: answer in kept(store))
        tab.settled()
        tab.visit("Projekt").pick("Projekt", "Code 4 All")
        write(tab, 2, 0, 2, "66000,50")
        until(page, lambda: "66000.5" in kept(store))

        server, process = killed_and_started(store, server, process)
        page.reload()
        tab.settled()
        tab.visit("Årsredovisning").pick("Redovisningsår", "2018")
        expect(box).to_have_value(answer)
        tab.visit("Projekt")
        grid(tab, 2).hover()
        page.get_by_role("button", name="Add row: Utbetalningar").press("Enter")  # it lies under what scrolls, at times
        tab.settled()
        write(tab, 2, 1, 1, added)
        until(page, lambda: added in kept(store))
        for column, text in ((0, "2019"), (2, "1234")):
            write(tab, 2, 1, column, text)
            until(page, lambda text=text: f'"{text}"' in kept(store))  # else the grid is drawn anew under the next
        save(tab, "Anna Ek")
        expect(page.locator(".stAlert").last).to_contain_text("Sparat som version 2")
        assert Drafts(store).about(ABOUT) == () and "draft" not in tab.address
    finally:
        page.close()
        process.kill()
        process.wait()
    assert payments(store) == [(*before[:2], 66000.5, before[3]), (2019, added, 1234, None)]
    answers = {(row.year, row.question): row.text for row in read_funding(Store(store).current()).narratives}
    assert answers[2018, Question.RESULTS] == answer


def test_a_cell_is_written_in_peace_after_a_visit_to_the_answers(open_here, store):
    """What commits an answer at a pause in the typing does not close a cell that somebody stops to think in."""
    tab = open_here("eu-rapport", year="2018").visit("Projekt").pick("Projekt", "Code 4 All")
    cell(tab, 2, 0, 4)
    begin(tab)
    tab.page.keyboard.type("stämd ")
    tab.page.wait_for_timeout(1500)
    finish(tab, "av")
    until(tab.page, lambda: "stämd av" in kept(store))


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("path", ["eu", "eu-rapport", "eu-projekt"])
def test_a_page_fits_and_says_what_it_holds(open_tab, elsewhere, path, size):
    tab = open_tab(path, size, year="2018", project="dsoe")
    tab.shoot(f"{path}-{'phone' if size is PHONE else 'desk'}")
    assert sideways(tab) == [] and elsewhere == []
    assert {"eu": "580\N{NO-BREAK SPACE}111", "eu-rapport": "580\N{NO-BREAK SPACE}111", "eu-projekt": "30 projekt"}[
        path
    ] in tab.answer.replace("Registret har ", "")
