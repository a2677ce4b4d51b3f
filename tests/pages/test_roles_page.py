"""The page of roles: what is done is done to whom is picked when the button is pressed."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from analytics.model.people import Did, Identity, ViewerRole
from analytics.store.audit import AuditEntry, note
from analytics.store.roles import Roles, give_role
from analytics.words.language import words
from pages.data.people.page import with_in_words
from tests.pages.conftest import ISSUER


@pytest.fixture
def app(few_copy: Path, at_store, signs_in, open_page):
    """The page as an administrator has it open, of a store in which two have the role of data, and two have asked."""
    at_store(few_copy)
    give_role(few_copy, Identity(ISSUER, "admin"), "Admin", ViewerRole.ADMIN, (), "test")
    for subject in ("aa", "bb"):
        give_role(few_copy, Identity(ISSUER, subject), subject.title(), ViewerRole.DATA, (), "test")
        note(few_copy, f"New-{subject}", Did.REFUSED, who=[ISSUER, f"new-{subject}"], page="eu", known=False)
    signs_in("admin")
    app = open_page("behorighet")
    app.session_state["give_role"] = True
    return app.run()


def roles(store: Path) -> set[tuple[str, str]]:
    return {(row.who.subject, row.role.value) for row in Roles(store).rows()}


def test_a_role_is_taken_from_whom_is_picked_last_though_the_page_is_not_drawn_since(app, few_copy):
    app.selectbox(key="role_to_take").select_index(1).run()
    assert app.selectbox(key="role_to_take").value.name == "Aa"
    app.selectbox(key="role_to_take").select_index(2)
    app.button(key="take_it").click().run()
    assert not app.exception and roles(few_copy) == {("admin", "admin"), ("aa", "data")}


def test_nor_is_one_given_to_somebody_else_than_is_picked(app, few_copy):
    other, before = (ISSUER, "new-aa"), roles(few_copy)
    app.selectbox(key="role_role").select_index(0).run()
    assert app.selectbox(key="role_who").value == (ISSUER, "new-bb"), "who asked last"
    app.selectbox(key="role_who").set_value(other)
    app.button(key="give_it").click().run()
    assert roles(few_copy) == before, "their name is not on the page yet"
    app.button(key="give_it").click().run()
    ((given, role),) = roles(few_copy) - before
    assert not app.exception and (given, role) == ("new-aa", "ledning")


def test_what_an_entry_is_about_is_told_in_words():
    about = {"whom": [ISSUER, "x"], "name": "Bo", "schools": ["alfa", "beta"], "page": "", "new": 1}
    entry = AuditEntry(1, datetime(2026, 1, 1, tzinfo=UTC), "Admin", Did.ROLE_GIVEN, about)
    assert with_in_words(entry, words("sv")) == "Namn: Bo, Skolor: alfa och beta, new: 1"
    assert with_in_words(entry, words("en")) == "Name: Bo, Schools: alfa and beta, new: 1"
