"""The grid in a browser: what is typed and pasted stands as it is and reaches the server once, whatever happens."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.browser.conftest import NewPage
from tests.browser.looking import PHONE, keep_shot, until
from tests.pages.serving import Server, serving, start_server
from tests.sampling import NIGHTLY, at_night

APP, PAGES = "tests/browser/pages_app.py", "tests/browser/grid_page.py"
LAPTOP = {"width": 1366, "height": 768}
NARROW = {"width": 320, "height": 640}
HARD, MINUS = "\N{NO-BREAK SPACE}", "\N{MINUS SIGN}"
EXCEL = '<html xmlns:x="urn:schemas-microsoft-com:office:excel"><table><tr><td>…</td></tr></table></html>'
COLUMNS = {"id": "Id", "title": "Titel", "country": "Land", "amount": "Belopp", "note": "Anteckning"}

# A paste as a browser makes it, with the kinds of text that a spreadsheet or a letter puts beside the plain one.
PASTE = """(field, [text, html]) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", text);
    if (html) clipboardData.setData("text/html", html);
    const event = new ClipboardEvent("paste", {clipboardData, bubbles: true, cancelable: true, composed: true});
    return field.dispatchEvent(event);
}"""


@dataclass(frozen=True)
class Grid:
    page: Page
    store: Path

    def cell(self, name: str, row: int) -> Locator:
        return self.page.get_by_label(f"{COLUMNS[name]}, rad {row}", exact=True)

    def note(self, name: str, row: int) -> Locator:
        """What stands under a cell."""
        return self.cell(name, row).locator("xpath=../div")

    def wrong(self, name: str, row: int) -> Locator:
        """What is wrong with a cell, below its row."""
        return self.cell(name, row).locator(f"xpath=ancestor::tr/following-sibling::tr[1]//p[@data-column='{name}']")

    def told(self) -> Locator:
        return self.page.locator(".told")

    def button(self, name: str) -> Locator:
        return self.page.get_by_role("button", name=name, exact=True)

    def paste(self, name: str, row: int, text: str) -> None:
        """Pastes into a cell with the keys, from the clipboard."""
        self.page.evaluate("text => navigator.clipboard.writeText(text)", text)
        self.cell(name, row).click()
        self.page.keyboard.press("Control+V")

    def paste_event(self, name: str, row: int, text: str, html: str) -> bool:
        """Whether the browser itself is to paste."""
        field = self.cell(name, row)
        field.click()
        return field.evaluate(PASTE, [text, html])

    @property
    def draft(self) -> dict[str, dict[str, str]]:
        """Row -> field -> text, as the server holds them."""
        file = self.store / "draft.json"
        return json.loads(file.read_text("utf-8"))["rows"] if file.exists() else {}

    @property
    def saved(self) -> dict[str, dict[str, str]]:
        file = self.store / "saved.json"
        return json.loads(file.read_text("utf-8"))["rows"] if file.exists() else {}

    @property
    def done(self) -> list[str]:
        """Every operation that the server has done, in order."""
        file = self.store / "operations.txt"
        return file.read_text("utf-8").splitlines() if file.exists() else []

    def text(self, row: str, name: str) -> str | None:
        return self.draft.get(row, {}).get(name)

    def until_kept(self, row: str, name: str, text: str) -> None:
        try:
            until(self.page, lambda: self.text(row, name) == text)
        except TimeoutError as error:
            held = f"not {text!r} but {self.text(row, name)!r}; the browser holds {self.unsent()}"
            raise AssertionError(f"{held}; the server has done {self.done}") from error

    def unsent(self) -> list:
        """What the browser holds that the server has not said that it has."""
        return json.loads(self.page.evaluate("sessionStorage.getItem('kvalitetsdialog grid payments')") or "[]")

    def settled(self) -> None:
        until(self.page, lambda: self.unsent() == [])


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("grid")


@pytest.fixture(scope="module")
def grid_server(folder: Path) -> Iterator[Server]:
    with serving(folder, APP, PAGES=PAGES) as running:
        yield running


@pytest.fixture
def page(context: BrowserContext, new_page: NewPage, folder: Path) -> Iterator[Page]:
    for file in folder.iterdir():
        file.unlink()
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = new_page()
    faults = []
    page.on("pageerror", lambda fault: faults.append(str(fault)))
    page.on("console", lambda said: faults.append(said.text) if "BidiComponent" in said.text else None)
    yield page
    context.clear_permissions()
    assert faults == []


def opened(page: Page, server: Server, folder: Path, query: str = "", size: dict = LAPTOP) -> Grid:
    page.set_viewport_size(size)
    page.goto(f"{server.url}/?{query}")
    found = Grid(page, folder)
    found.cell("title", 1).wait_for()
    return found


@pytest.fixture
def grid(page: Page, grid_server: Server, folder: Path) -> Grid:
    return opened(page, grid_server, folder)


@pytest.fixture
def slow_grid(page: Page, grid_server: Server, folder: Path) -> Grid:
    """A server that takes its time for each run."""
    return opened(page, grid_server, folder, "slow=0.6")


def test_what_is_typed_stands_and_what_it_is_read_as_stands_under_it(grid):
    cell, note = grid.cell("amount", 2), grid.note("amount", 2)
    expect(note).to_have_text(f"läst som 2{HARD}000,50")
    cell.click()
    grid.page.keyboard.type("71947,7 cr", delay=10)
    expect(note).to_be_hidden()  # it was said of another text
    grid.until_kept("p2", "amount", "71947,7 cr")  # at the pause: nobody has left the cell
    wrong = grid.wrong("amount", 2)
    expect(wrong).to_have_text("Belopp: Det är inget belopp. Skriv som 71 947,75.")
    expect(cell).to_have_attribute("aria-invalid", "true")
    assert wrong.get_attribute("id") in cell.get_attribute("aria-describedby")
    grid.page.get_by_text("Rader med fel: [2]").wait_for()  # the grid has moved, and is the same
    expect(cell).to_be_focused()
    for _ in range(3):
        grid.page.keyboard.press("Backspace")
    grid.page.keyboard.type("5")
    expect(note).to_contain_text(f"läst som 71{HARD}947,75")
    expect(cell).to_have_value("71947,75")
    expect(cell).not_to_have_attribute("aria-invalid", "true")
    expect(wrong).to_be_hidden()
    expect(cell).to_be_focused()
    assert cell.evaluate("field => field.selectionStart") == len("71947,75")
    grid.settled()


def test_keys_go_about_and_escape_takes_back(grid):
    page = grid.page
    grid.cell("title", 2).click()
    page.keyboard.type("Nytt namn")
    page.keyboard.press("Enter")
    expect(grid.cell("title", 3)).to_be_focused()
    grid.until_kept("p2", "title", "Nytt namn")
    page.keyboard.press("Shift+Enter")
    expect(grid.cell("title", 2)).to_be_focused()
    page.keyboard.type("Ett annat namn")
    grid.until_kept("p2", "title", "Ett annat namn")
    page.keyboard.press("Escape")
    expect(grid.cell("title", 2)).to_have_value("Nytt namn")
    grid.until_kept("p2", "title", "Nytt namn")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    expect(grid.cell("country", 3)).to_be_focused()
    page.keyboard.press("Alt+ArrowUp")
    expect(grid.cell("country", 2)).to_be_focused()
    page.keyboard.press("Shift+Tab")
    expect(grid.cell("title", 2)).to_be_focused()
    page.keyboard.type("ab")
    page.keyboard.press("Control+Z")
    expect(grid.cell("title", 2)).not_to_have_value("ab")
    grid.cell("note", 4).click()
    page.keyboard.type("En rad")
    page.keyboard.press("Alt+Enter")
    page.keyboard.type("och en till")
    page.keyboard.press("Enter")
    expect(grid.button("Lägg till rad")).to_be_focused()
    grid.until_kept("p4", "note", "En rad\noch en till")


FORMS = [
    "179906,50",
    "71947,75",
    "1,5",
    "6.068,50",
    "-12500",
    f"{MINUS}12{HARD}500",
    "123 456,78",
    f"123{HARD}456,78",
    "12345 kr",
    "20180925",
    "31.12.2019",
    "1 000 000",
    '"så kallad"',
    '5" rör',
    " med blanksteg ",
    "=1+1",
    "<b onclick=alert(1)>fet</b>",
]


@at_night
def test_a_cell_that_is_selected_is_replaced_however_often_it_was_clicked(grid):
    """As in a spreadsheet: what is pasted or typed takes the place of the text, until somebody goes into that."""
    page, title = grid.page, grid.cell("title", 1)
    for name, text in (("title", "Ett"), ("title", "Två"), ("note", "En lång text"), ("note", "En annan")):
        for _ in range(3):
            grid.cell(name, 1).click()
            page.wait_for_timeout(600)  # longer than between the presses of a double click
        grid.paste(name, 1, text)
        expect(grid.cell(name, 1)).to_have_value(text)
        page.keyboard.press("Control+V")
        expect(grid.cell(name, 1)).to_have_value(text)  # it is selected still
    title.click()
    title.click()
    page.keyboard.type("Tre")
    expect(title).to_have_value("Tre")
    title.click()  # in a text that is being written, a press puts the caret
    page.keyboard.press("End")
    page.keyboard.type(" och")
    expect(title).to_have_value("Tre och")
    page.keyboard.press("Escape")
    expect(title).to_have_value("Två")


def test_two_presses_and_keys_go_into_the_text(grid):
    page, title = grid.page, grid.cell("title", 1)
    page.evaluate("navigator.clipboard.writeText('!')")
    title.click()
    page.keyboard.press("F2")
    page.keyboard.press("Control+V")
    expect(title).to_have_value("Utbyte i Lyon!")
    page.keyboard.press("Enter")
    page.keyboard.press("Shift+Enter")
    page.keyboard.press("Home")
    page.keyboard.press("Control+V")
    expect(title).to_have_value("!Utbyte i Lyon!")
    page.keyboard.press("Escape")
    expect(title).to_have_value("Utbyte i Lyon!")
    title.dblclick(position={"x": 14, "y": 15})
    page.keyboard.press("End")
    page.keyboard.press("Control+V")
    expect(title).to_have_value("Utbyte i Lyon!!")
    note = grid.cell("note", 2)
    grid.paste("note", 2, "En rad\noch en till")
    page.keyboard.press("Alt+Enter")
    page.keyboard.type("och en")
    expect(note).to_have_value("En rad\noch en till\noch en")
    page.keyboard.press("Shift+Enter")
    expect(grid.cell("note", 1)).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(note).to_be_focused()
    grid.until_kept("p2", "note", "En rad\noch en till\noch en")
    grid.until_kept("p1", "title", "Utbyte i Lyon!!")


def test_one_cell_or_row_that_is_pasted_is_told_of_in_the_singular(grid):
    grid.paste("title", 4, "Ett namn\r\n\r\n")
    expect(grid.told()).to_have_text("Klistrade in: 1 cell på 1 rad.")
    grid.paste("title", 4, "Ett namn\tItalien")
    expect(grid.told()).to_have_text("Klistrade in: 2 celler på 1 rad.")


@at_night
def test_a_text_is_pasted_as_it_is(grid):
    for text in FORMS:
        grid.paste("title", 2, text)
        expect(grid.cell("title", 2)).to_have_value(text)
        grid.paste("amount", 2, f"{text}\r\n")  # a single cell from Excel
        expect(grid.cell("amount", 2)).to_have_value(text)
        grid.page.keyboard.press("Tab")
        grid.until_kept("p2", "title", text)
        grid.until_kept("p2", "amount", text)


def test_a_spreadsheets_cells_are_spread_and_what_does_not_fit_is_told(grid):
    grid.button("Ta bort rad 3: p3").click()
    grid.button("Ångra: rad 3: p3 kommer tillbaka").wait_for()
    cells = [
        ["Ett", "Italien", f"179{HARD}906,50", 'Rad 1\nRad "2"', "utanför"],
        ["Två", "x", "y", "z"],
        ["Tre", "", f"{MINUS}5", "tabb\thär"],
        ["Fyra", "Frankrike", "7", "=SUM(A1)"],
    ]
    written = "".join("\t".join(quoted(text) for text in row) + "\r\n" for row in cells)
    grid.paste("title", 2, written)
    expect(grid.told()).to_contain_text("Klistrade in: 12 celler på 3 rader.")
    expect(grid.told()).to_contain_text("Det finns inte kolumner nog åt höger. Kom inte med: utanför")
    expect(grid.told()).to_contain_text("Borttagna rader tar inte emot något. Kom inte med: Två; x; y; z")
    until(grid.page, lambda: len(grid.draft) == 5)
    new = next(id_ for id_ in grid.draft if id_.startswith("n"))
    expected = {"p2": cells[0][:4], "p3": ["Språk i vardagen", "Finland", "3000,50", ""], "p4": cells[2], new: cells[3]}
    assert {id_: [row[n] for n in list(COLUMNS)[1:]] for id_, row in grid.draft.items() if id_ in expected} == expected
    expect(grid.cell("note", 2)).to_have_value(cells[0][3])
    expect(grid.cell("title", 5)).to_have_value("Fyra")
    grid.cell("title", 4).fill("Skrivet efteråt")
    grid.button("Ångra inklistringen").click()
    expect(grid.cell("note", 2)).to_have_value("")
    expect(grid.cell("title", 4)).to_have_value("Skrivet efteråt")
    until(grid.page, lambda: grid.text("p4", "amount") == "4000,50" and f"RowRemoved(row='{new}')" in grid.done)
    assert grid.text("p2", "title") == "Programmering för alla"

    grid.paste("id", 1, "a\tEtt nytt namn\r\n")
    expect(grid.told()).to_contain_text("Somliga celler får inte ändras. Kom inte med: a")
    grid.until_kept("p1", "title", "Ett nytt namn")
    grid.paste("id", 1, "b")
    expect(grid.told()).to_have_text("Den här cellen får inte ändras.")
    grid.paste("title", 3, "b")
    expect(grid.told()).to_have_text("Rad 3 är borttagen. Ångra det för att skriva i den.")
    assert (grid.text("p1", "id"), grid.text("p3", "title")) == ("p1", "Språk i vardagen")


def quoted(text: str) -> str:
    """A cell as Excel puts it in the clipboard."""
    return '"' + text.replace('"', '""') + '"' if "\t" in text or "\n" in text else text


def test_a_letter_is_one_text_and_a_column_of_notes_is_several(grid):
    letter = "Hej!\r\n\r\nVi ses\tpå torsdag.\r\n"
    assert grid.paste_event("note", 1, letter, "<p>Hej!</p><p>Vi ses på torsdag.</p>") is False
    expect(grid.cell("note", 1)).to_have_value("Hej!\n\nVi ses\tpå torsdag.")
    assert grid.paste_event("note", 2, 'Ett\r\n"Två\nrader"\r\n', EXCEL) is False
    grid.until_kept("p2", "note", "Ett")
    grid.until_kept("p3", "note", "Två\nrader")
    grid.paste_event("title", 4, '"Två\nrader"\r\n', EXCEL)  # in a cell of one line
    expect(grid.cell("title", 4)).to_have_value("Två\nrader")
    grid.until_kept("p4", "title", "Två\nrader")
    grid.until_kept("p1", "note", "Hej!\n\nVi ses\tpå torsdag.")
    # A long note makes no row tall, but for whoever is in it.
    note, height = grid.cell("note", 1), "at => at.getBoundingClientRect().height"
    grid.cell("title", 3).click()
    short = note.evaluate(height)
    note.click()
    assert note.evaluate(height) > short + 10
    assert short <= 2 * 1.4 * 14 + 10


@pytest.mark.parametrize("query", ["", "counted=1"], ids=["in place", "under other headings"])
def test_rows_are_removed_brought_back_and_added(page, grid_server, folder, query):
    grid = opened(page, grid_server, folder, query)
    grid.button("Ta bort rad 2: p2").click()
    expect(grid.told()).to_have_text("Rad 2 tas bort när du sparar.")
    until(grid.page, lambda: grid.done == ["RowRemoved(row='p2')"])
    expect(grid.cell("title", 2)).not_to_be_editable()
    grid.button("Ångra: rad 2: p2 kommer tillbaka").click()
    until(grid.page, lambda: grid.done[1:] == ["RowRestored(row='p2')"])
    expect(grid.cell("title", 2)).to_be_editable()
    grid.button("Lägg till rad").click()
    expect(grid.page.locator("tbody tr[data-row]").last.locator("input").first).to_be_focused()
    grid.page.keyboard.type("ny1")
    grid.page.keyboard.press("Tab")
    grid.page.keyboard.type("En ny titel")
    expect(grid.cell("title", 5)).to_have_value("En ny titel")
    expect(grid.cell("title", 5)).to_be_focused()
    new = grid.page.locator("tbody tr[data-row]").last.get_attribute("data-row")
    grid.until_kept(new, "title", "En ny titel")
    assert grid.text(new, "id") == "ny1"
    assert len([line for line in grid.done if line.startswith("RowAdded")]) == 1


@at_night
def test_a_slow_server_loses_and_doubles_nothing(slow_grid):
    """Four cells and a new row while one answer is waited for, two pastes in a row, and no letter is taken back."""
    grid, keyboard = slow_grid, slow_grid.page.keyboard
    grid.cell("title", 1).click()
    for text in ("Första", "Andra", "Tredje", "Fjärde"):
        keyboard.type(text, delay=15)
        keyboard.press("Enter")
    keyboard.press("Enter")
    keyboard.type("ny1", delay=15)
    grid.paste("country", 1, "Italien\t1\r\nItalien\t2\r\n")
    grid.paste("country", 3, "Frankrike\t3\r\nFrankrike\t4\r\n")
    grid.cell("note", 1).click()
    for letter in "den som skriver medan servern svarar förlorar inget":
        keyboard.type(letter)
        grid.page.wait_for_timeout(45)
    expect(grid.cell("note", 1)).to_have_value("den som skriver medan servern svarar förlorar inget")
    keyboard.press("Tab")
    grid.settled()
    shown = [[row[name] for name in ("title", "country", "amount")] for row in grid.draft.values()]
    assert shown == [
        ["Första", "Italien", "1"],
        ["Andra", "Italien", "2"],
        ["Tredje", "Frankrike", "3"],
        ["Fjärde", "Frankrike", "4"],
        ["", "", ""],
    ]
    assert list(grid.draft.values())[4]["id"] == "ny1"
    assert grid.text("p1", "note") == "den som skriver medan servern svarar förlorar inget"
    assert len(grid.done) == len(set(grid.done)), "each operation once"
    expect(grid.cell("title", 4)).to_have_value("Fjärde")


@pytest.mark.parametrize(
    ("slow", "pressing"), [(0, 0), (0, 60), (0.6, 0)], ids=["at once", "as people press", "at once, to a slow server"]
)
def test_save_has_what_was_typed_as_it_was_pressed(page, grid_server, folder, slow, pressing):
    """At once: the browser sends the text and the press in one message, and Streamlit runs the button's callback first.
    As people press: the answer comes between press and release, and must not move the button away."""
    grid = opened(page, grid_server, folder, f"slow={slow}")
    for text in ("inget belopp", "71947,75"):
        grid.cell("amount", 3).click()
        page.keyboard.press("Control+A")
        page.keyboard.type(text)
        save = grid.button("Spara").bounding_box()
        page.mouse.move(save["x"] + 10, save["y"] + 3)
        page.mouse.down()
        page.wait_for_timeout(pressing)
        page.mouse.up()
        until(page, lambda text=text: grid.saved.get("p3", {}).get("amount") == text)
        grid.settled()
        expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")


# A component that is not Streamlit's, so that it can be made anew whenever a test wants it.
TRIAL = """(places) => {
    const host = document.createElement('div'), root = host.attachShadow({mode: 'open'});
    for (const place of places) {
        const button = root.appendChild(document.createElement('button'));
        button.textContent = place;
        button.onclick = () => { window.kdPressed = [...window.kdPressed ?? [], place]; };
    }
    const around = document.querySelector('.st-key-trial') ?? document.body.appendChild(document.createElement('div'));
    around.className = 'st-key-trial';
    around.style.cssText = 'position: fixed; left: 0; bottom: 0';
    around.replaceChildren(host);
}"""


def test_a_press_counts_though_the_page_moves_the_button_from_under_the_pointer(grid):
    """As a page does that has just come: what is drawn above moves what is below. Moving away takes a press back."""
    button, mouse = grid.button("Lägg till rad"), grid.page.mouse
    rows = grid.page.locator("tr[data-row]")
    expect(rows).to_have_count(4)
    box = button.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    mouse.move(x, y)
    mouse.down()
    mouse.move(x, y - 200)
    mouse.up()
    mouse.move(x, y)
    mouse.down()
    button.evaluate("button => { button.getRootNode().host.style.transform = 'translateY(200px)'; }")
    mouse.up()
    expect(rows).to_have_count(5)
    expect(rows.last.locator("input").first).to_be_focused()
    grid.page.wait_for_timeout(100)
    expect(rows).to_have_count(5)


def test_two_presses_while_much_is_waiting_are_two(page, grid):
    """The first one's time is over when the second is still held: neither is taken for the other."""
    page.evaluate(TRIAL, ["Ett"])
    box = grid.button("Ett").bounding_box()
    page.mouse.move(box["x"] + 5, box["y"] + 5)
    page.mouse.down()
    page.mouse.up()
    page.mouse.down()
    page.wait_for_timeout(120)
    assert page.evaluate("window.kdPressed") == ["Ett"]
    page.mouse.up()
    page.wait_for_timeout(120)
    assert page.evaluate("window.kdPressed") == ["Ett", "Ett"]


@pytest.mark.parametrize(
    ("anew", "pressed"),
    [(["Ett", "Två"], ["Ett"]), (["Två"], None), (["Ett", "Ett"], None)],
    ids=["the same", "another", "two"],
)
def test_a_press_counts_on_what_is_made_anew_under_it_where_that_is_one(page, grid, anew, pressed):
    page.evaluate(TRIAL, ["Ett", "Två"])
    box = grid.button("Ett").bounding_box()
    page.mouse.move(box["x"] + 5, box["y"] + 5)
    page.mouse.down()
    page.evaluate(TRIAL, anew)
    page.mouse.up()
    page.wait_for_timeout(100)
    assert page.evaluate("window.kdPressed") == pressed


def test_a_reload_in_the_middle_of_it_all_loses_nothing(slow_grid):
    grid = slow_grid
    grid.cell("title", 1).click()
    grid.page.keyboard.type("Skrivet")
    grid.page.keyboard.press("Enter")
    grid.page.keyboard.type("Halvt skriv")  # and nobody leaves the cell, nor waits for the pause
    grid.page.reload()
    expect(grid.cell("title", 2)).to_have_value("Halvt skriv")
    expect(grid.cell("title", 1)).to_have_value("Skrivet")
    grid.until_kept("p2", "title", "Halvt skriv")
    grid.settled()
    assert grid.text("p1", "title") == "Skrivet"


def test_leaving_for_another_page_in_the_middle_of_a_word_loses_nothing(slow_grid):
    grid = slow_grid
    grid.page.get_by_role("link", name="Annat").click()
    grid.page.locator("h1", has_text="Annat").wait_for()
    grid.page.get_by_role("link", name="Betalningar").click()
    grid.cell("title", 1).click()
    grid.page.keyboard.type("Halvt skriv")
    grid.page.go_back()  # no field is left, as a press would do
    grid.page.locator("h1", has_text="Annat").wait_for()
    grid.until_kept("p1", "title", "Halvt skriv")
    grid.page.go_forward()
    expect(grid.cell("title", 1)).to_have_value("Halvt skriv")
    grid.settled()


@pytest.mark.parametrize("pressed", (0, 300))
def test_a_link_that_is_pressed_in_the_middle_of_a_word_leads_there_and_nothing_is_lost(slow_grid, pressed):
    page = slow_grid.page
    slow_grid.cell("title", 1).click()
    page.keyboard.type("Halvt skriv")
    page.get_by_role("link", name="Annat").click(delay=pressed)
    page.locator("h1", has_text="Annat").wait_for()
    assert slow_grid.text("p1", "title") == "Halvt skriv"
    page.get_by_role("link", name="Betalningar").click()
    expect(slow_grid.cell("title", 1)).to_have_value("Halvt skriv")
    slow_grid.settled()


def test_what_is_lost_on_the_way_as_the_page_is_left_is_said_once_more(page, grid_server, folder):
    """Seven seconds: longer than the page waits to be left, and than the grid that is gone waits before it speaks."""
    lost = []

    def between(browser):
        server = browser.connect_to_server()

        def pass_on(message):
            if b"Halvt skriv" in message and (not lost or time.monotonic() < lost[0] + 7):
                lost.append(time.monotonic())
            else:
                server.send(message)

        browser.on_message(pass_on)

    page.route_web_socket("**/_stcore/stream", between)
    grid = opened(page, grid_server, folder)
    grid.page.get_by_role("link", name="Annat").click()
    grid.page.locator("h1", has_text="Annat").wait_for()
    grid.page.get_by_role("link", name="Betalningar").click()
    grid.cell("title", 1).click()
    grid.page.keyboard.type("Halvt skriv")
    grid.page.go_back()
    grid.page.locator("h1", has_text="Annat").wait_for()
    assert grid.text("p1", "title") is None
    grid.until_kept("p1", "title", "Halvt skriv")
    assert lost


@at_night
def test_what_is_typed_while_the_server_is_gone_comes_when_it_is_back(page, folder):
    server, process = start_server(folder, script=APP, PAGES=PAGES)
    try:
        grid = opened(page, server, folder)
        grid.cell("title", 1).fill("Före")
        grid.cell("title", 1).press("Enter")
        grid.until_kept("p1", "title", "Före")
        grid.settled()
        process.kill()
        process.wait()
        grid.cell("title", 2).fill("Medan")
        grid.cell("title", 2).press("Enter")
        assert len(grid.unsent()) == 1
        lines = len(grid.done)
        server, process = start_server(folder, server.port, APP, PAGES=PAGES)
        until(page, lambda: grid.text("p2", "title") == "Medan")
        grid.settled()
        assert len(grid.done) == lines + 1, "what was seen before is not done again"
    finally:
        process.kill()
        process.wait()


def test_a_text_that_is_too_long_is_told_and_neither_cut_nor_kept(grid):
    long = "å" * 20_001
    grid.paste("note", 1, long)
    grid.page.keyboard.press("Tab")
    expect(grid.told()).to_contain_text(f"Högst 20{HARD}000 tecken; den här texten har 20001")
    expect(grid.cell("note", 1)).to_have_value(long)
    expect(grid.cell("note", 1)).to_have_attribute("aria-invalid", "true")
    grid.cell("note", 1).press("End")
    grid.page.keyboard.press("Control+End")
    grid.page.keyboard.press("Backspace")
    grid.until_kept("p1", "note", long[:-1])


@at_night
def test_a_large_table_is_changed_in_place(page, grid_server, folder):
    grid = opened(page, grid_server, folder, "rows=60")
    fields = page.locator("td input, td textarea")
    assert fields.count() == 60 * 13
    fields.evaluate_all("fields => fields.forEach(field => { field.same = true; })")
    page.locator(".region").evaluate("region => { region.scrollTop = 900; }")
    grid.cell("amount", 30).fill("inget")
    expect(grid.wrong("amount", 30)).to_contain_text("Det är inget belopp.")
    grid.cell("amount", 31).press("Enter")
    grid.settled()
    assert fields.evaluate_all("fields => fields.every(field => field.same)")
    head, region = page.locator("thead th").nth(2).bounding_box(), page.locator(".region").bounding_box()
    assert abs(head["y"] - region["y"]) < 3, "the headings stay in sight"
    keep_shot(page, "grid-large")


SMALL = """grid => [...grid.querySelectorAll("button, input, textarea, th, td, p, .note span")]
    .filter(element => element.offsetParent && !element.closest(".unseen") && element.className !== "changed")
    .map(element => [element.tagName, parseFloat(getComputedStyle(element).fontSize),
        element.matches("button, input, textarea") ? element.getBoundingClientRect().height : 24, element.textContent])
    .filter(([, letters, height]) => letters < 13 || height < 24)"""


SIZES = {"laptop": LAPTOP, "phone": PHONE, "narrow": NARROW}


@pytest.mark.parametrize("names", [[name] for name in SIZES] if NIGHTLY else [list(SIZES)], ids="-".join)
def test_it_fits_and_can_be_read_and_pressed(page, grid_server, folder, names):
    """By day in one window that becomes narrower; at night opened in each."""
    grid = opened(page, grid_server, folder, size=SIZES[names[0]])
    grid.cell("amount", 2).fill("inget belopp")
    grid.cell("note", 3).fill("Stämd av med ekonomi den 3 mars; återstår två fakturor för resan till Lyon.")
    grid.button("Ta bort rad 4: p4").click()
    grid.button("Lägg till rad").click()
    grid.settled()
    expect(grid.wrong("amount", 2)).to_contain_text("Det är inget belopp.")
    wide = "main => main.scrollWidth - main.clientWidth"
    for name in names:
        page.set_viewport_size(SIZES[name])
        wrong = grid.wrong("amount", 2).bounding_box()
        assert wrong and wrong["height"] < 40, "two lines at most, in the narrowest window"
        keep_shot(page, f"grid-{SIZES[name]['width']}")
        assert page.locator(".grid").evaluate(SMALL) == []
        assert page.get_by_test_id("stMain").evaluate(wide) <= 0, "the page goes sideways"
        region = page.get_by_role("region", name="Utbetalningar")
        assert region.evaluate(wide) > 0 or name == "laptop"
    region.focus()
    expect(region).to_be_focused()
    table = page.get_by_role("table", name="Utbetalningar")
    table.get_by_role("columnheader", name="Belopp obligatoriskt").wait_for()
    expect(grid.cell("country", 1)).to_have_role("combobox")
