"""The accessibility statement: what it says of where to report what shuts one out."""

from __future__ import annotations

import pytest

from pages.data.accessible.page import CONTACT, compose
from tests.pages.reading import markup


def test_without_a_contact_the_statement_says_so_and_where_it_is_set(asks):
    assert f"The city has not said where to report it. Whoever runs the program sets the address in {CONTACT}" in str(
        compose(asks["en"], "")
    )


@pytest.mark.parametrize(
    ("contact", "drawn"),
    [
        ("tillganglig@staden.example", 'href="mailto:tillganglig@staden.example"'),
        ("https://staden.example/rapportera", 'href="https://staden.example/rapportera"'),
        ("040-34 10 00", "<span>040-34 10 00</span>"),
        ("<b>växeln</b>", "<span>&lt;b&gt;växeln&lt;/b&gt;</span>"),
        ("javascript:alert(1)@x", "<span>javascript:alert(1)@x</span>"),
    ],
)
def test_the_citys_contact_is_told_and_is_a_link_where_it_can_be_one(asks, contact, drawn):
    said = str(compose(asks["en"], contact))
    assert drawn in said and "has not said" not in said


def test_a_contact_that_is_set_stands_on_the_page(open_demo, monkeypatch):
    monkeypatch.setenv(CONTACT, "tillganglig@staden.example")
    assert "mailto:tillganglig@staden.example" in " ".join(markup(open_demo("tillganglighet")))
    monkeypatch.delenv(CONTACT)
    assert "Staden har inte angett" in " ".join(markup(open_demo("tillganglighet")))
