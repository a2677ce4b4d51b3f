"""What a task takes of whoever does it: clicks, fields that are filled in, pages that are gone to."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from playwright.sync_api import Locator, expect

from tests.browser.looking import Tab
from tests.browser.register_grid import SWEDISH, RegisterGrid

PATIENT = 3000
"""Milliseconds in which what is done has the page drawn anew, on a busy machine too: the next field may be another's
until it is."""
COUNTED = ("clicks", "fields", "pages")


@dataclass
class Steps:
    """A hand in a tab, and by task what it has done. To choose in a list is two clicks; to step into a field is part of
    filling it in; a block that is pasted is one field."""

    tab: Tab
    by_task: dict[str, Counter[str]] = field(default_factory=dict)
    task: str = ""

    @contextmanager
    def on(self, task: str) -> Iterator[None]:
        self.task = task
        self.by_task.setdefault(task, Counter())
        yield

    def count(self, what: str, n: int = 1) -> None:
        self.by_task[self.task][what] += n

    def go(self, path: str, **query: str) -> None:
        """Another page, by the bar or a link."""
        self.tab.go(path, **query)
        self.count("pages")

    def click(self, place: Locator) -> None:
        with self.tab.run_within(PATIENT):
            place.click()
        self.count("clicks")

    def press(self, name: str) -> None:
        self.click(self.tab.page.get_by_role("button", name=name, exact=True))

    def unfold(self, key: str) -> None:
        self.click(self.tab.page.locator(f".st-key-{key} summary").first)

    def fill(self, label: str, text: str, leave: str = "Tab") -> None:
        box = self.tab.page.get_by_label(label, exact=True).locator("visible=true").last
        with self.tab.run_within(PATIENT):
            box.fill(text)
            box.press(leave)
        self.count("fields")

    def choose(self, label: str | re.Pattern[str], option: str) -> None:
        """In a select box of a form: a few letters are written, and the option pressed."""
        box = self.tab.page.get_by_role("combobox", name=label, exact=isinstance(label, str))
        box.click()
        with self.tab.run_within(PATIENT):
            box.press_sequentially(option)
            box.press("Enter")  # the first that begins so, or what is new where the box takes that
        self.count("clicks", 2)

    def rows(self, grid: RegisterGrid, rows: Sequence[dict[str, str]]) -> None:
        """New rows of a table, typed cell by cell."""
        for row in rows:
            grid.add()
            self.count("clicks")
            last = grid.region.locator("tbody tr[data-row]").count()
            for column, text in row.items():
                grid.write(last, column, text, leave="Tab")
                self.count("fields")
        grid.settled()

    def choose_file(self, button: str, name: str, data: bytes, media: str = "text/csv") -> None:
        with self.tab.page.expect_file_chooser() as chooser:
            self.tab.page.get_by_role("button", name=button).first.click()
        self.count("clicks", 2)
        chooser.value.set_files({"name": name, "mimeType": media, "buffer": data})

    def save(self, who: str) -> None:
        """Name and button; the name is asked for once."""
        name = self.tab.page.get_by_label(SWEDISH("Your name"))
        if name.input_value() != who:
            self.fill(SWEDISH("Your name"), who, "Enter")
        self.press("Spara")
        told = self.tab.page.locator(".stAlert").last
        expect(told).to_contain_text("Sparat som version")

    def told(self) -> str:
        """A line a task."""
        lines = [f"{'':44}" + "".join(f"{what:>8}" for what in COUNTED)]
        lines += [f"{task:44}" + "".join(f"{done[what]:8}" for what in COUNTED) for task, done in self.by_task.items()]
        return "\n".join(lines)
