"""The guide shows pictures that there are, of pages that there are, and its words are the pages' own."""

from __future__ import annotations

import re

from analytics.words.language import words
from pages.ui.titles import titles
from tests.browser.guide import GUIDE, STEPS

TEXT = (GUIDE / "README.md").read_text("utf-8")


def test_every_picture_is_shown_once_and_was_taken():
    shown = re.findall(r"!\[[^]]+\]\(([a-z-]+)\.png\)", TEXT)
    assert sorted(shown) == sorted(step.name for step in STEPS)
    assert {path.stem for path in GUIDE.glob("*.png")} == set(shown)


def test_it_is_about_pages_by_the_names_that_they_have():
    named = titles(words("sv"))
    assert {step.path or "start" for step in STEPS} <= set(named)
    for path in ("oversikt", "skolor", "stod", "eu-rapport", "eu-projekt"):
        assert f"**{named[path]}**" in TEXT
