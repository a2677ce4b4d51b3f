"""The register's tables on /eu-projekt as people meet them: what stands there, and hands that type and paste."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from playwright.sync_api import Locator, expect

from analytics.registers.administrations import ADMINISTRATIONS, REPORT_PARTS
from analytics.registers.field import Field, RowKind
from analytics.registers.funding import PAYMENTS, PROJECTS
from analytics.registers.of_the_year import COOPERATIONS
from analytics.words.language import Words, words
from tests.browser.looking import Tab, until

PROJECT, TITLE = "code-4-all", "Code 4 All"
SWEDISH = words("sv")
ROW = "tbody tr[data-row]"

ROWS = """region => [...region.querySelectorAll("tbody tr[data-row]")].map(row => ({
    number: row.querySelector("th").textContent,
    removed: row.classList.contains("removed"),
    cells: [...row.querySelectorAll("td:not(.actions)")].map(cell => {
        const field = cell.querySelector("input, textarea");
        const line = row.nextElementSibling.querySelector(`[data-column="${field.cell.column.name}"]`);
        return {
            text: field.value,
            marked: field.getAttribute("aria-invalid") === "true",
            said: cell.classList.contains("stale") ? ["not yet", "", ""] : [
                cell.querySelector(".note .read").textContent,
                ...["problem", "hint"].map(name => line?.querySelector(`.${name}`).textContent ?? ""),
            ],
        };
    }),
}))"""


WAITS = """region => [...region.querySelectorAll("input, textarea")].some(field =>
    field.value !== field.cell.shown && !field.cell.own)"""


@dataclass(frozen=True, slots=True)
class Shown:
    """A cell: its text, whether it is marked, what stands under it, and what is wrong with it, under its row."""

    text: str
    marked: bool
    read: str
    problem: str
    hint: str


@dataclass(frozen=True, slots=True)
class ShownRow:
    number: str
    removed: bool
    cells: dict[str, Shown]


OF_NO_PROJECT = (PROJECTS, COOPERATIONS, ADMINISTRATIONS, REPORT_PARTS)


@dataclass(frozen=True)
class RegisterGrid:
    """The table of a kind's rows: all projects, or what hangs on one of them, by default Code 4 All. `left_out`: the
    columns that it lacks."""

    tab: Tab
    kind: RowKind = PAYMENTS
    say: Words = SWEDISH
    project: str = PROJECT
    title: str = TITLE
    left_out: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        """Opens the fold that the table lies in, where it is closed."""
        fold = self.tab.page.locator(f".st-key-grid_{self.kind.name}")
        if fold.count() and not self.region.count():
            self.tab.settled()  # a press while something is drawn anew can be lost
            fold.locator("summary").first.click()
            self.region.wait_for()

    @property
    def caption(self) -> str:
        if self.kind is PROJECTS:
            return self.say("All projects")
        if self.kind in OF_NO_PROJECT:
            return self.say.marked(self.kind.title)
        return f"{self.say.marked(self.kind.title)} – {self.title}"

    @property
    def where(self) -> str:
        """What the table is called where something in it is refused."""
        return self.say.marked(PROJECTS.title) if self.kind is PROJECTS else self.caption

    @property
    def columns(self) -> list[Field]:
        left_out = self.left_out if self.kind in OF_NO_PROJECT else {"project_id", *self.left_out}
        return [field for field in self.kind.columns if field.name not in left_out]

    def label(self, column: str) -> str:
        return self.say.marked(self.kind.field(column).label)

    @property
    def region(self) -> Locator:
        """By its attributes: to work out what everything on the page is called takes most of the time."""
        return self.tab.page.locator(f"[role=region][aria-label={json.dumps(self.caption, ensure_ascii=False)}]")

    def cell(self, row: int, column: str) -> Locator:
        place = [field.name for field in self.columns].index(column)
        return self.row(row).locator("td").nth(place).locator("input, textarea")

    def note(self, row: int, column: str) -> Locator:
        """What stands under a cell."""
        return self.cell(row, column).locator("xpath=../div")

    def row(self, row: int) -> Locator:
        return self.region.locator(ROW).nth(row - 1)

    def rows(self) -> list[ShownRow]:
        return [self._shown(row) for row in self.region.evaluate(ROWS)]

    def _shown(self, row: dict) -> ShownRow:
        cells = zip(self.columns, row["cells"], strict=True)
        shown = {field.name: Shown(cell["text"], cell["marked"], *cell["said"]) for field, cell in cells}
        return ShownRow(row["number"], row["removed"], shown)

    def write(self, row: int, column: str, text: str, leave: str = "Enter") -> None:
        """Types in a cell in place of what stands there; an empty text empties it."""
        self.tab.page.bring_to_front()
        cell = self.cell(row, column)
        cell.click()
        self.tab.page.keyboard.press("Control+A")
        if text:
            self.tab.page.keyboard.type(text)
        else:
            self.tab.page.keyboard.press("Delete")
        self.tab.page.keyboard.press(leave)

    def paste(self, row: int, column: str, text: str) -> None:
        """Pastes with the keys, from the clipboard."""
        self.tab.page.bring_to_front()
        self.tab.page.evaluate("text => navigator.clipboard.writeText(text)", text)
        self.cell(row, column).click()
        self.tab.page.keyboard.press("Control+V")

    def paste_rows(self, rows: Sequence[Sequence[str]]) -> None:
        """New rows at the end, as a spreadsheet's cells."""
        self.add()
        last = self.region.locator(ROW).count()
        text = "".join("\t".join(map(as_excel, row)) + "\r\n" for row in rows)
        self.paste(last, self.columns[0].name, text)
        expect(self.region.locator(ROW)).to_have_count(last + len(rows) - 1)

    def add(self) -> None:
        """The button for a new row; the first cell of that has the focus then."""
        grid = self.region.locator("xpath=..")
        grid.get_by_role("button", name=self.say("Add a row"), exact=True).click()
        expect(self.region.locator(ROW).last.locator("input, textarea").first).to_be_focused()

    def remove(self, row: int) -> None:
        self._press(row, "Remove")

    def remove_at_once(self, rows: Sequence[int]) -> None:
        """As `remove`, but each press by the page itself and none waited for: a round trip each adds nothing."""
        buttons = self.region.locator(f"{ROW} button")
        told = buttons.evaluate_all("(all, rows) => rows.map(n => (all[n - 1].click(), all[n - 1].textContent))", rows)
        assert set(told) <= {self.say("Undo")}

    def bring_back(self, row: int) -> None:
        self._press(row, "Undo")

    def _press(self, row: int, name: str) -> None:
        button = self.row(row).locator("button")
        expect(button).to_have_text(self.say(name))
        button.click()

    def settled(self) -> None:
        """Waits until the server has said that it has what was done, and has drawn what it reads. A text lies in its
        field alone until the pause in the typing where the key that leaves it has closed a list of suggestions."""
        kept = f"kvalitetsdialog grid register {self.kind.name} {'' if self.kind in OF_NO_PROJECT else self.project}"
        page = self.tab.page

        def heard() -> bool:
            waits = self.region.evaluate(WAITS)
            return not (waits or json.loads(page.evaluate("key => sessionStorage.getItem(key)", kept) or "[]"))

        until(page, heard)
        self.tab.settled()


def as_excel(text: str) -> str:
    """A cell as Excel puts it in the clipboard."""
    return '"' + text.replace('"', '""') + '"' if "\t" in text or "\n" in text else text


def save(tab: Tab, who: str, say: Words = SWEDISH) -> None:
    """Writes the name and presses the button."""
    name = tab.page.get_by_label(say("Your name"))
    if name.input_value() != who:
        name.fill(who)
        name.press("Enter")
        tab.settled()
    tab.page.get_by_role("button", name=say("Save"), exact=True).click()
    tab.page.locator(".stAlert").last.wait_for()
    tab.settled()


def tables(tab: Tab) -> Iterator[list[tuple[str, ...]]]:
    """The rows of each table of ours on the page."""
    for table in tab.page.locator("table.kd-table").all():
        rows = table.locator("tbody tr").evaluate_all(
            "rows => rows.map(row => [...row.cells].map(cell => cell.innerText.trim()))"
        )
        yield [tuple(row) for row in rows]
