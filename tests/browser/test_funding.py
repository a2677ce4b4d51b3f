"""Staff at work on the register: a cell changed, two who save the same, a text that is kept, also when the server is
killed, the report's files."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from analytics.model.funding import ReportQuestion
from analytics.registers.funding import PROJECTS
from analytics.store.drafts import Drafts
from analytics.store.funding import read_funding
from analytics.store.reading import Store, version_history
from analytics.store.rollback import roll_back
from analytics.store.versions import read_current
from analytics.store.writing import locked
from pages.funding.editing.register import ABOUT
from tests.browser.conftest import NewPage, Open
from tests.browser.looking import DESK, PHONE, Tab, until
from tests.browser.register_grid import PROJECT, RegisterGrid, save
from tests.browser.test_look import SIZES, sideways
from tests.pages.serving import UNWARMED, Server, serving, start_server
from tests.sampling import at_night


@pytest.fixture(scope="module")
def here(published_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, Path]]:
    """A server of these tests' own and its store, as they write; without answers, so that it has nothing else to do."""
    store = shutil.copytree(published_store, tmp_path_factory.mktemp("funding") / "store")
    with serving(store, UNWARMED) as server:
        yield server, store


@pytest.fixture
def store(here: tuple[Server, Path]) -> Iterator[Path]:
    """The store as it was built: what a test saves is not in force for the next one, nor is what it drafts there."""
    _, store = here
    yield store
    with locked(store):
        roll_back(store, 1)
    for draft in Drafts(store).about(ABOUT):
        Drafts(store).forget(draft.id)


@pytest.fixture
def open_here(new_page: NewPage, here: tuple[Server, Path], store: Path) -> Open:
    def opened(path: str, size: dict = DESK, **query: str) -> Tab:
        return Tab(new_page(size), here[0]).go(path, **query)

    return opened


def unfold(tab: Tab, key: str) -> None:
    """Opens what is folded on the page."""
    tab.page.locator(f".st-key-{key} summary").click()
    tab.settled()


def saved_as(tab: Tab, store: Path) -> int:
    """The version that the page says that it has saved, which is the one in force."""
    expect(tab.page.locator(".stAlert").last).to_contain_text("Sparat som version")
    number = read_current(store).number
    expect(tab.page.locator(".stAlert").last).to_contain_text(f"Sparat som version {number}.")
    return number


def payments(store: Path) -> list[tuple]:
    register = read_funding(Store(store).current())
    return [(p.report_year, p.unit, p.amount_sek, p.note) for p in register.payments if p.project_id == PROJECT]


def kept(store: Path) -> list[str]:
    """The texts of the only draft on disk."""
    (draft,) = Drafts(store).about(ABOUT) or (None,)
    return [typed.text for typed in draft.fields.values()] if draft else []


def killed_and_started(store: Path, server: Server, process: subprocess.Popen) -> tuple[Server, subprocess.Popen]:
    """The server killed, and another in its place."""
    process.kill()
    process.wait()
    return start_server(store, server.port, UNWARMED)


@at_night
def test_two_who_change_different_cells_of_a_row_both_save(open_here, store):
    (before,) = payments(store)
    anna, bo = (open_here("eu-projekt", project=PROJECT) for _ in range(2))
    RegisterGrid(anna).write(1, "amount_sek", "66000,50")
    RegisterGrid(bo).write(1, "note", "stämd av")
    versions = []
    for tab, who in ((anna, "Anna Ek"), (bo, "Bo Alm")):
        RegisterGrid(tab).settled()
        save(tab, who)
        versions.append(saved_as(tab, store))
    assert versions[1] == versions[0] + 1
    assert payments(store) == [(*before[:2], Decimal("66000.50"), "stämd av")], "Anna's amount and Bo's note"
    assert [(record.loaded_by, record.action) for record in version_history(store)[-2:]] == [
        ("Anna Ek", "edit"),
        ("Bo Alm", "edit"),
    ]


@at_night
def test_who_presses_something_else_while_it_is_saved_sees_that_it_is_saved(open_here, store):
    tab = open_here("eu-projekt", project=PROJECT)
    table = RegisterGrid(tab)
    table.write(1, "note", "stämd av")
    table.settled()
    name = tab.page.get_by_label("Ditt namn")
    with tab.run_within(2000):  # in which the button is drawn anew
        name.fill("Anna Ek")
        name.press("Enter")
    tab.page.get_by_role("button", name="Spara", exact=True).click()
    tab.page.get_by_text("Historik: Belopp och händelser").click()  # a run of its own, while the first one saves
    saved_as(tab, store)
    tab.page.get_by_text("Anteckning från – till stämd av").wait_for()
    expect(tab.page.get_by_text("Inte sparat än")).to_have_count(0)


@at_night
def test_two_who_change_the_same_cell_are_both_shown_both_and_nothing_is_lost(open_here, store):
    (before,) = payments(store)
    anna, bo = (open_here("eu-projekt", project=PROJECT) for _ in range(2))
    for tab, amount in ((anna, "66000,50"), (bo, "70000")):
        RegisterGrid(tab).write(1, "amount_sek", amount)
        RegisterGrid(tab).settled()
    save(anna, "Anna Ek")
    first = saved_as(anna, store)
    save(bo, "Bo Alm")
    expect(bo.page.locator(".stAlert").last).to_contain_text("Anna Ek har ändrat samma sak")
    bo.page.get_by_text("66\N{NO-BREAK SPACE}000,50").first.wait_for()
    bo.shoot("eu-projekt-conflict")
    assert payments(store) == [(*before[:2], Decimal("66000.50"), before[3])], "the second has written nothing over"
    bo.page.get_by_role("button", name="Behåll mitt").click()
    bo.settled()
    save(bo, "Bo Alm")
    assert saved_as(bo, store) == first + 1
    assert payments(store) == [(*before[:2], Decimal(70000), before[3])]


@at_night
def test_a_draft_outlives_a_visit_to_another_page_and_a_refusal(open_here, store):
    before = payments(store)
    tab = open_here("eu-projekt", project=PROJECT)
    table = RegisterGrid(tab)
    table.write(1, "amount_sek", "")
    table.settled()
    save(tab, "Anna Ek")
    expect(tab.page.locator(".stAlert").last).to_contain_text("Inget sparades")
    expect(tab.page.locator("table.kd-table").first).to_contain_text("Beloppet saknas.")
    assert payments(store) == before
    tab.visit("Årsredovisning")
    tab.visit("Projekt")
    expect(table.cell(1, "amount_sek")).to_have_value("")
    tab.page.get_by_text("Ditt utkast finns kvar").last.wait_for()
    tab.page.get_by_role("button", name="Släng utkastet").click()
    expect(table.cell(1, "amount_sek")).not_to_have_value("")
    expect(tab.page.get_by_text("Ditt utkast finns kvar")).to_have_count(0)


CUT = """table => [...table.querySelectorAll("td")].filter(cell => cell.offsetParent && cell.textContent)
    .filter(cell => cell.getBoundingClientRect().right > innerWidth || cell.scrollWidth > cell.clientWidth + 1)
    .map(cell => cell.textContent)"""


def test_what_is_refused_and_what_the_sums_become_can_be_read_on_a_phone(open_here):
    tab = open_here("eu-projekt", PHONE, project=PROJECT)
    table, projects = RegisterGrid(tab), RegisterGrid(tab, PROJECTS)
    table.write(1, "amount_sek", "1234567,50")
    projects.write(1, "start", "2019-13-45")
    projects.settled()
    save(tab, "Anna Ek")
    refused, sums = tab.page.locator("table.kd-table").first, tab.page.locator("table.kd-table").last
    expect(refused).to_contain_text("2019-13-45")
    expect(sums).to_contain_text("1\N{NO-BREAK SPACE}748\N{NO-BREAK SPACE}813,50")
    assert refused.evaluate(CUT) == sums.evaluate(CUT) == []
    assert sideways(tab) == []
    wrong = projects.row(1).locator("xpath=following-sibling::tr[1]//p[@data-column='start']")
    assert wrong.bounding_box()["width"] > 200, "and not in a column of a word's width"
    expect(tab.page.get_by_text("Enter går nedåt")).to_have_count(1)
    tab.shoot("eu-projekt-refused-phone")


def test_a_phone_shows_the_first_columns_until_all_are_asked_for_or_one_is_wrong(open_here):
    tab = open_here("eu-projekt", PHONE, project=PROJECT)
    table = RegisterGrid(tab)
    everything = table.region.locator("xpath=..").get_by_role("button", name="Alla 17 kolumner")
    seen, far = table.cell(1, "note"), table.cell(1, "kind")
    assert seen.is_visible() and not far.is_visible()
    everything.click()
    assert far.is_visible() and everything.get_attribute("aria-pressed") == "true"
    everything.click()
    assert not far.is_visible()
    table.paste(1, "note", "stämd av\tingen sådan")
    table.settled()
    far.wait_for()
    assert far.get_attribute("aria-invalid") == "true"
    tab.at(DESK)
    assert far.is_visible() and not everything.is_visible()


@at_night
def test_the_history_of_a_row_calls_it_what_it_was_called_and_says_what_its_buttons_do(open_here, store):
    tab = open_here("eu-projekt", project=PROJECT)
    table = RegisterGrid(tab)
    version = 0
    for text in ("Skogsskolan", "Strandskolan"):
        table.write(1, "unit", text)
        table.settled()
        save(tab, "Anna Ek")
        until(tab.page, lambda before=version: read_current(store).number > max(before, 1))
        version = saved_as(tab, store)
    tab.page.get_by_text("Historik: Belopp och händelser").click()
    lines = tab.page.locator(".st-key-history-payments-code-4-all .kd-note")
    expect(lines).to_have_count(3)
    told = [line.split("\n")[0] for line in lines.all_inner_texts()]
    amount = "65\N{NO-BREAK SPACE}865"
    first = "Grundskoleförvaltningen, Klagshamnskolan"
    assert told == [
        f"2018, Skogsskolan, {amount}: Enhet från Skogsskolan till Strandskolan",
        f"2018, {first}, {amount}: Enhet från {first} till Skogsskolan",
        f"2018, {first}, {amount}: raden lades till",
    ]
    assert re.fullmatch(
        rf"Anna Ek, \d+ \w+ \d{{4}} kl\. \d\d:\d\d \(dataversion {version}\)", lines.first.inner_text().split("\n")[1]
    )
    tab.page.get_by_role("button", name="Ta bort raden", exact=True).click()
    tab.settled()
    expect(table.cell(1, "unit")).not_to_be_editable()
    expect(tab.page.get_by_role("button", name="Ta bort raden", exact=True)).to_have_count(0)
    assert [row[1] for row in payments(store)] == ["Strandskolan"], "nothing is saved until somebody saves"


def test_an_answer_is_written_and_stands_in_the_report_and_its_pdf(open_here, store):
    tab = open_here("eu-rapport", year="2018")
    unfold(tab, "report_answers")
    text = "Skolorna vet nu var de står, och det syns i planerna."
    box = tab.page.get_by_label("Uppnådda resultat")
    box.fill(text)
    box.press("Control+Enter")
    tab.page.get_by_role("button", name="Spara", exact=True).wait_for()
    tab.settled()
    save(tab, "Anna Ek")
    saved_as(tab, store)
    unfold(tab, "report_paper")
    expect(tab.page.locator("article.kd-paper")).to_contain_text(text)
    pages = PdfReader(io.BytesIO(tab.download("Ladda ner PDF"))).pages
    assert text in " ".join(" ".join(page.extract_text().split()) for page in pages)


@at_night
def test_a_server_killed_between_typing_and_saving_loses_nothing(new_page, published_store, tmp_path):
    """A changed cell, and an answer in the middle of a word; a new row on top of them after the reload."""
    store = shutil.copytree(published_store, tmp_path / "store")
    (before,) = payments(store)
    added, answer = "Ny enhet", "Skolorna vet nu var de stå"
    page = new_page()
    server, process = start_server(store, script=UNWARMED)
    try:
        tab = Tab(page, server).go("eu-rapport", year="2018")
        unfold(tab, "report_answers")
        box = page.get_by_label("Uppnådda resultat")
        box.click()
        box.press("Control+A")
        box.press_sequentially(answer, delay=5)  # and nobody leaves the field
        until(page, lambda: answer in kept(store))
        tab.settled()
        tab.visit("Projekt").pick("Projekt", "Code 4 All")
        table = RegisterGrid(tab)
        table.write(1, "amount_sek", "66000,50")
        until(page, lambda: "66000,50" in kept(store))

        server, process = killed_and_started(store, server, process)
        page.reload()
        tab.settled()
        tab.visit("Årsredovisning")  # which opens on 2018, the latest year that was paid in
        expect(box).to_have_value(answer)
        tab.visit("Projekt")
        expect(table.cell(1, "amount_sek")).to_have_value("66000,50")
        table.paste_rows([("2019", added, "1234")])
        table.settled()
        until(page, lambda: added in kept(store))
        save(tab, "Anna Ek")
        assert saved_as(tab, store) == 2
        assert Drafts(store).about(ABOUT) == () and "draft" not in tab.address
    finally:
        process.kill()
        process.wait()
    assert payments(store) == [(*before[:2], Decimal("66000.50"), before[3]), (2019, added, Decimal(1234), None)]
    answers = {(row.year, row.question): row.text for row in read_funding(Store(store).current()).narratives}
    assert answers[2018, ReportQuestion.RESULTS] == answer


@at_night
def test_a_cell_is_written_in_peace_after_a_visit_to_the_answers(open_here, store):
    """What commits an answer at a pause in the typing does not close a cell that somebody stops to think in."""
    tab = open_here("eu-rapport", year="2018").visit("Projekt").pick("Projekt", "Code 4 All")
    note = RegisterGrid(tab).cell(1, "note")
    note.click()
    tab.page.keyboard.type("stämd ")
    tab.page.wait_for_timeout(1500)
    tab.page.keyboard.type("av")
    tab.page.keyboard.press("Tab")
    until(tab.page, lambda: "stämd av" in kept(store))


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("eu", "580\N{NO-BREAK SPACE}111"),
        ("eu-rapport", "580\N{NO-BREAK SPACE}111"),
        ("eu-projekt", "179\N{NO-BREAK SPACE}906"),
    ],
    ids=["eu", "eu-rapport", "eu-projekt"],
)
def test_a_page_fits_and_says_what_it_holds(open_tab, elsewhere, path, told):
    tab = open_tab(path, year="2018", project="dsoe")
    for name, size in SIZES.items():
        tab.at(size).shoot(f"{path}-{name}")
        assert sideways(tab) == [] and elsewhere == [], name
        assert told in tab.answer, name
