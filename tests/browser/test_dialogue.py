"""A school's year in a browser: the brief, a goal with two actions, the follow-up, the next year's brief; and a server
that is killed between typing and saving."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from playwright.sync_api import Page, expect

from analytics.model.dialogue import Agreement, Dialogue, Dialogues, Progress, Responsible
from analytics.store.dialogue import frozen_brief, read_dialogues
from analytics.store.drafts import Drafts
from analytics.store.reading import Store
from tests.browser.looking import PHONE, Tab, until
from tests.browser.test_look import sideways
from tests.few_schools import WITHOUT_DIALOGUE
from tests.pages.serving import UNWARMED, Server, serving, start_server
from tests.sampling import NIGHTLY, at_night

FRAMEWORK, YEAR = "vebs-2022", 2024
OUTCOME = "Alla arbetslag planerar numera tillsammans"


@pytest.fixture(scope="module")
def store(few_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of these tests' own, as they write: each about another school."""
    return shutil.copytree(few_store, tmp_path_factory.mktemp("dialogue") / "store")


@pytest.fixture(scope="module")
def here(store: Path) -> Iterator[Server]:
    with serving(store, UNWARMED) as server:
        yield server


@pytest.fixture
def school(store: Path) -> str:
    """A school with both rounds shown, and no dialogue about either so far."""
    view = Store(store).current()
    taken = {row.school_id for row in read_dialogues(view).dialogues if row.year >= YEAR}
    shown = view.rows(
        "select school_id from school_round where framework = ? and year in (?, ?) and shown = asked"
        " group by school_id having count(*) = 2 order by school_id",
        [FRAMEWORK, YEAR, YEAR + 1],
    )
    return next(id_ for (id_,) in shown if id_ not in taken)


def dialogue(page: Page, server: Server, school: str, year: int = YEAR) -> Tab:
    return Tab(page, server).go("dialog", framework=FRAMEWORK, year=str(year), school=school)


def write(tab: Tab, label: str, text: str, number: int = 0) -> None:
    """Types in a field as people do; a text is waited for until the page has taken it in, a line is taken in when it is
    left."""
    field = tab.page.get_by_label(label, exact=True).nth(number)
    field.click()
    field.press("Control+A")
    field.press_sequentially(text, delay=5)
    expect(field).to_have_value(text)
    if field.evaluate("field => field.tagName") == "TEXTAREA":
        with tab.run_within(1200):  # at most: the pause that commits it
            pass


def pick(tab: Tab, label: str, option: str, number: int = 0) -> None:
    box = tab.page.get_by_role("combobox", name=label, exact=True).nth(number)
    box.click()
    tab.page.keyboard.type(option)  # while its options are open, the page's other boxes cannot be counted
    with tab.run_within(500):
        tab.page.get_by_role("option").filter(has_text=option).first.click()


def press(tab: Tab, name: str) -> None:
    with tab.run_within(500):
        tab.page.get_by_role("button", name=name, exact=True).first.click()


def unfold_brief(tab: Tab) -> None:
    tab.page.get_by_text("Läs underlaget", exact=True).click()
    tab.page.wait_for_timeout(500)
    tab.settled()


def save(tab: Tab, who: str = "Rektor Alm") -> None:
    with tab.run_within(500):  # leaving the field before is a run, in which the name is written anew
        tab.page.get_by_label("Ditt namn", exact=True).click()
    write(tab, "Ditt namn", who)
    tab.page.get_by_role("button", name="Spara", exact=True).click()
    tab.page.get_by_text("Sparat som version").wait_for()
    tab.settled()


def told(found: Dialogues, school: str) -> list[Dialogue]:
    return [row for row in found.dialogues if (row.school_id, row.year) == (school, YEAR)]


def goals(found: Dialogues, school: str) -> list[Agreement]:
    return [row for row in found.agreements if (row.school_id, row.year) == (school, YEAR)]


def text_of(tab: Tab) -> str:
    return " ".join(tab.text().split())


@at_night
def test_a_schools_year_is_played_through(store, here, school, new_page):
    tab = dialogue(new_page(), here, school)
    assert "är inte påbörjad" in tab.answer and "Tre frågor" not in text_of(tab)
    unfold_brief(tab)
    assert "Tre frågor" in text_of(tab)
    press(tab, "Lägg till ett mål")
    pick(tab, "Kriterium", "C5")
    assert tab.page.get_by_label("Från", exact=True).input_value()  # where the school stands
    write(tab, "Till", "3,2")
    write(tab, "Målet i ord", "Vi besöker varandras lektioner")
    for place, (action, role) in enumerate([("Schemalägg besök", "Rektor"), ("Studiecirkel", "Personal")]):
        press(tab, "Lägg till en åtgärd")
        write(tab, "Åtgärd", action, place)
        pick(tab, "Ansvarig", role, place)
    write(tab, "Anteckningar", "Ett gott samtal om delakultur")
    save(tab)
    press(tab, "Frys underlaget som det är i dag")
    tab.page.get_by_text("Underlaget är fryst i version").wait_for()
    tab.shoot("dialog-desk-frozen")

    found = read_dialogues(Store(store).current())
    (goal,) = goals(found, school)
    assert (goal.criterion, goal.to_level, goal.status) == ("C5", 3.2, Progress.AGREED)
    actions = [row for row in found.actions if (row.school_id, row.year) == (school, YEAR)]
    assert [(row.text, row.role) for row in actions] == [
        ("Schemalägg besök", Responsible.PRINCIPAL),
        ("Studiecirkel", Responsible.STAFF),
    ]
    frozen = frozen_brief(Store(store).current(), school, FRAMEWORK, YEAR)

    # the follow-up in spring
    tab = dialogue(new_page(), here, school)
    assert "hölls den" in tab.answer
    tab.page.get_by_text("Mål 1 · C5").click()  # folded until somebody follows it up
    tab.page.get_by_label("Vad det blev av målet", exact=True).wait_for()
    pick(tab, "Hur det går", "Klart", 0)
    pick(tab, "Hur det går med målet", "Klart")
    write(tab, "Vad det blev av målet", OUTCOME)
    save(tab)
    (goal,) = goals(read_dialogues(Store(store).current()), school)
    assert (goal.status, goal.outcome) == (Progress.DONE, OUTCOME) and goal.followed_up

    # next year's brief tells what came of it; this year's is as it was
    tab = dialogue(new_page(), here, school, YEAR + 1)
    unfold_brief(tab)
    assert OUTCOME in text_of(tab) and "C5" in text_of(tab)
    tab.shoot("dialog-desk-next-year")
    tab = dialogue(new_page(PHONE), here, school)
    unfold_brief(tab)
    assert OUTCOME not in text_of(tab).split("Vad vi kommer överens om")[0]
    assert frozen_brief(Store(store).current(), school, FRAMEWORK, YEAR) == frozen
    assert not sideways(tab)
    tab.shoot("dialog-phone-frozen")


@at_night
def test_a_server_killed_between_typing_and_saving_loses_nothing(store, school, new_page):
    server, process = start_server(store, script=UNWARMED)
    try:
        tab = dialogue(new_page(), server, school)
        press(tab, "Lägg till ett mål")
        pick(tab, "Kriterium", "C5")
        write(tab, "Målet i ord", "Det som skrevs före avbrottet")
        field = tab.page.get_by_label("Anteckningar", exact=True)
        field.click()
        field.press_sequentially("Mitt i en menin", delay=5)  # and nobody leaves the field
        about = f"dialogue {school} {FRAMEWORK} {YEAR}"
        until(tab.page, lambda: any("notes" in draft.fields for draft in Drafts(store).about(about)))
        process.kill()
        process.wait()
        server, process = start_server(store, server.port, UNWARMED)
        tab.page.reload()
        tab.settled()
        assert tab.page.get_by_label("Anteckningar", exact=True).input_value() == "Mitt i en menin"
        assert tab.page.get_by_label("Målet i ord", exact=True).input_value() == "Det som skrevs före avbrottet"
        write(tab, "Anteckningar", "Mitt i en mening, och till slut")
        save(tab)
    finally:
        _end(process)
    found = read_dialogues(Store(store).current())
    assert [row.goal for row in goals(found, school)] == ["Det som skrevs före avbrottet"]
    assert [row.notes for row in told(found, school)] == ["Mitt i en mening, och till slut"]
    assert Drafts(store).about(about) == ()


@at_night
def test_two_at_once_are_told_and_nobodys_text_is_lost(store, here, school, new_page):
    one, other = (dialogue(new_page(), here, school) for _ in range(2))
    write(one, "Anteckningar", "Skrivet av Alm")
    write(other, "Anteckningar", "Skrivet av Berg")
    write(other, "Vilka som deltog", "Alm, Berg")
    save(one, "Alm")
    write(other, "Ditt namn", "Berg")
    other.page.get_by_role("button", name="Spara", exact=True).click()
    other.page.get_by_test_id("stAlertContentWarning").get_by_text("Någon annan har ändrat samma sak").wait_for()
    assert [row.notes for row in told(read_dialogues(Store(store).current()), school)] == ["Skrivet av Alm"]
    press(other, "Behåll båda")
    save(other, "Berg")
    (row,) = told(read_dialogues(Store(store).current()), school)
    assert row.notes.split("\n") == ["Skrivet av Alm", "Skrivet av Berg"] and row.participants == "Alm, Berg"


@at_night  # by day that of a picture's button, which is the same rule
def test_a_press_that_the_page_moves_from_under_the_pointer_saves_and_one_taken_back_does_not(here, new_page):
    """As a run does that ends between the press and the release: what it draws under a field moves what is below."""
    tab = dialogue(new_page(), here, WITHOUT_DIALOGUE[0], YEAR - 1)
    write(tab, "Anteckningar", "Ett samtal till")
    write(tab, "Ditt namn", "Rektor Alm")
    button, mouse = tab.page.get_by_role("button", name="Spara", exact=True), tab.page.mouse
    box = button.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    mouse.move(x, y)
    mouse.down()
    mouse.move(x, y - 200)
    mouse.up()
    tab.page.wait_for_timeout(500)
    tab.settled()
    button.wait_for()
    assert not tab.page.get_by_text("Sparat som version").count()
    mouse.move(x, y)
    mouse.down()
    button.evaluate("button => { button.style.transform = 'translateX(400px)'; }")
    mouse.up()
    tab.page.get_by_text("Sparat som version").wait_for()


@at_night
def test_an_earlier_change_is_taken_back_and_a_later_one_stays(store, here, school, new_page):
    tab = dialogue(new_page(), here, school)
    write(tab, "Anteckningar", "Som det stod")
    save(tab, "Alm")
    write(tab, "Anteckningar", "Som det blev")
    save(tab, "Berg")
    write(tab, "Vilka som deltog", "Alm, Berg")
    save(tab, "Cedergren")
    tab.page.get_by_text("Historik", exact=True).click()
    history = tab.page.locator("[class*='st-key-history-dialogue']")
    lines = history.locator(".kd-note")
    expect(lines).to_have_count(3)
    for line, said in zip(
        lines.all(),
        (
            r"^Vilka som deltog från – till ”Alm, Berg”\s*Cedergren, ",
            r"^Anteckningar från ”Som det stod” till ”Som det blev”\s*Berg, ",
            r"^Anteckningar från – till ”Som det stod”\s*Alm, ",
        ),
        strict=True,
    ):
        expect(line).to_have_text(re.compile(said))
    tab.shoot("dialog-desk-history")
    with tab.run_within(500):
        history.get_by_role("button", name="Ta tillbaka").nth(1).click()
    expect(tab.page.get_by_label("Anteckningar", exact=True)).to_have_value("Som det stod")
    assert [row.notes for row in told(read_dialogues(Store(store).current()), school)] == ["Som det blev"]
    save(tab, "Dahl")
    (row,) = told(read_dialogues(Store(store).current()), school)
    assert (row.notes, row.participants) == ("Som det stod", "Alm, Berg")
    expect(lines.first).to_have_text(re.compile(r"^Anteckningar från ”Som det blev” till ”Som det stod”\s*Dahl, "))
    tab.page.set_viewport_size(PHONE)
    assert not sideways(tab)
    tab.shoot("dialog-phone-history")


@at_night
def test_all_schools_briefs_are_made_while_one_looks_on(request, new_page):
    """Of the few schools by day, at night of all in the demo."""
    server = request.getfixturevalue("server" if NIGHTLY else "here")
    schools = 74 if NIGHTLY else 7  # that answered in the round
    tab = Tab(new_page(), server).go("dialog", framework=FRAMEWORK, year="2025")
    tab.page.get_by_text("Alla skolors underlag i ett arkiv").click()
    tab.page.get_by_role("button", name="Gör arkivet").click()
    tab.page.get_by_text(re.compile(rf"^[1-9]\d* av {schools}$")).wait_for()
    tab.page.get_by_role("button", name="Ladda ner arkivet").wait_for(timeout=120_000)
    with ZipFile(BytesIO(tab.download("Ladda ner arkivet"))) as archive:
        assert len(archive.namelist()) >= schools
        assert archive.read("Kvartsskolan 2025.pdf").startswith(b"%PDF")


def _end(process: subprocess.Popen) -> None:
    process.kill()
    process.wait()
