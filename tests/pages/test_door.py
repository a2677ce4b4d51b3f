"""Who is let in where, by the function that decides; and what is made of what a provider or a browser sends."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from itertools import product

import pytest

import app as product_app
from analytics.model.errors import NotAllowed
from analytics.model.people import Identity, RoleRow, ViewerRole
from analytics.words.language import words
from pages.data import OF_PEOPLE
from pages.ui import signed_in
from pages.ui.coming_back import OURS
from pages.ui.door import DOOR, HOME, home, opens, viewer_on
from pages.ui.guarded import ShownTo
from pages.ui.signed_in import Left, NotSignedIn, SignedInTooLongAgo, of_claims, still
from pages.ui.titles import titles

MANAGEMENT, SCHOOL, FUNDS, DATA, ADMIN = ViewerRole
PAGES = {"start", *OF_PEOPLE, *(path for pages in product_app.MENU.values() for path in pages)}
ANNA = Identity("https://issuer", "anna")

OPENED = {
    MANAGEMENT: PAGES - {"behorighet", "importera"},
    SCHOOL: {"skola", "dialog", "metod", "tillganglighet"},
    FUNDS: {"eu", "eu-rapport", "eu-projekt", "metod", "tillganglighet"},
    DATA: {"oversikt", "skolor", "skola", "kriterier", "stod", "importera", "metod", "tillganglighet"},
    ADMIN: {"behorighet", "metod", "tillganglighet"},
}
"""Written once more, by role: a page that is let slip in the door's table is seen here."""


def row(role, *schools):
    return RoleRow(ANNA, "Anna", role, schools, datetime.now(UTC), "test")


def test_every_page_has_its_place_in_the_table():
    assert set(DOOR) == PAGES == set(titles(words("sv")))


@pytest.mark.parametrize(("page", "role"), list(product(sorted(PAGES), ViewerRole)))
def test_each_role_opens_its_pages_and_no_other(page, role):
    schools = ("a", "b") if role is SCHOOL else ()
    if page not in OPENED[role]:
        assert not opens(page, [row(role, *schools)])
        with pytest.raises(NotAllowed):
            viewer_on(page, [row(role, *schools)])
        return
    assert opens(page, [row(role, *schools)])
    viewer = viewer_on(page, [row(role, *schools)])
    assert viewer.schools == (frozenset({"a", "b"}) if role is SCHOOL else None)


@pytest.mark.parametrize("page", ["", "nosuchpage", "Skola", "skola/", "../skola", "start "])
def test_what_is_not_in_the_table_nobody_opens(page):
    with pytest.raises(NotAllowed):
        viewer_on(page, [row(role) for role in ViewerRole])


@pytest.mark.parametrize("page", sorted(PAGES))
def test_who_has_no_role_opens_nothing(page):
    with pytest.raises(NotAllowed):
        viewer_on(page, [])


def test_a_school_that_has_none_sees_none():
    viewer = viewer_on("skola", [row(SCHOOL)])
    assert viewer.schools == frozenset() and not viewer.may_see_city and not viewer.may_see("a")


def test_several_roles_open_what_each_of_them_does():
    both = [row(SCHOOL, "a"), row(FUNDS)]
    assert viewer_on("skola", both).schools == {"a"}, "the EU's role gives no more of a page that it does not open"
    assert viewer_on("eu", both).schools is None
    assert viewer_on("skola", [*both, row(MANAGEMENT)]).schools is None


def test_everybody_begins_on_a_page_of_theirs():
    for role in ViewerRole:
        assert opens(home([row(role)]) or "", [row(role)])
    assert home([]) is None and {role for _, role in HOME} == set(ViewerRole)


HOSTILE = {
    "is_logged_in": (False, None),
    "iss": ("", None),
    "sub": (7, "", []),
    "iat": (None, "1000", True),
}
CLAIMS = {"is_logged_in": True, "iss": "https://issuer", "sub": "anna", "iat": 1000, "name": "Anna"}


def test_who_the_claims_are_about():
    person = of_claims(CLAIMS)
    assert (person.who, person.name, person.since) == (ANNA, "Anna", 1000)
    assert of_claims({**CLAIMS, "name": None, "email": "a@b.se"}).name == "a@b.se"
    assert of_claims({name: CLAIMS[name] for name in ("is_logged_in", "iss", "sub", "iat")}).name == "anna"


@pytest.mark.parametrize(
    "wrong",
    [{name: value} for name, values in HOSTILE.items() for value in values],
)
def test_claims_that_say_too_little_are_about_nobody(wrong):
    with pytest.raises(NotSignedIn):
        of_claims({**CLAIMS, **wrong})


def test_a_sign_in_is_good_for_a_working_day(monkeypatch):
    now = time.time()
    still(of_claims({**CLAIMS, "iat": now - 9 * 3600}))
    with pytest.raises(SignedInTooLongAgo):
        still(of_claims({**CLAIMS, "iat": now - 11 * 3600}))
    monkeypatch.setenv(signed_in.HOURS, "0.5")
    with pytest.raises(SignedInTooLongAgo):
        still(of_claims({**CLAIMS, "iat": now - 1900}))
    for wrong in ("", "many", "-3", "0"):
        monkeypatch.setenv(signed_in.HOURS, wrong)
        assert signed_in.hours() == signed_in.A_WORKING_DAY


def test_who_has_signed_out_has_done_so_everywhere_until_they_sign_in_again():
    left, person = Left(), of_claims(CLAIMS)
    assert not left.has(person)
    left.note(person)
    assert left.has(person) and left.has(of_claims({**CLAIMS, "iat": 900}))
    assert not left.has(of_claims({**CLAIMS, "iat": 1001})) and not left.has(of_claims({**CLAIMS, "sub": "bo"}))


@pytest.mark.parametrize("then", ["/", "/skola", "/skola?school=agatskolan&lang=sv", "/eu-rapport?year=2025"])
def test_an_address_of_ours_is_come_back_to(then):
    assert OURS.fullmatch(then)


@pytest.mark.parametrize(
    "then",
    [
        "//evil.example",
        "///evil.example",
        "https://evil.example/",
        "/\\evil.example",
        "/a\r\nSet-Cookie: x=1",
        "skola",
        "",
        "/a#b",
        "/å",
        "/a b",
        "/skola?x=<script>",
        "javascript:alert(1)",
    ],
)
def test_no_other_address_is_come_back_to(then):
    assert not OURS.fullmatch(then)


def test_what_somebody_was_shown_is_theirs_until_much_else_was():
    shown, bo = ShownTo(most=3), Identity("https://issuer", "bo")
    shown.note(ANNA, "a")
    assert shown.was(ANNA, "a") and not shown.was(bo, "a") and not shown.was(ANNA, "b")
    for what in "bcd":
        shown.note(ANNA, what)
    assert not shown.was(ANNA, "a") and shown.was(ANNA, "d")
