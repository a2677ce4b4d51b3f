"""Who is let in where, by the function that decides; and what is made of what a provider or a browser sends."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import partial
from itertools import product

import pytest

import app as product_app
from analytics.model.errors import NotAllowed, StoreBroken
from analytics.model.people import Audience, Did, Identity, Openness, OtherSchools, RoleRow, RoundRelease, ViewerRole
from analytics.model.schools import Viewer
from analytics.store.audit import entries, note
from analytics.words.language import words
from pages.data import OF_PEOPLE
from pages.ui import access, recalling, signed_in
from pages.ui.coming_back import OURS
from pages.ui.door import DOOR, HOME, home, may_release, opens, viewer_on
from pages.ui.guarded import ShownTo
from pages.ui.recalling import Recalled
from pages.ui.refusals import Refusals
from pages.ui.signed_in import Left, NotSignedIn, SignedInTooLongAgo, of_claims, still
from pages.ui.titles import titles

MANAGEMENT, SCHOOL, FUNDS, DATA, ADMIN = ViewerRole
PAGES = {"start", *OF_PEOPLE, *(path for pages in product_app.MENU.values() for path in pages)}
AS_IT_WAS = Openness()  # every round released to all, and schools told nothing of each other
ANNA = Identity("https://issuer", "anna")

OPENED = {
    MANAGEMENT: PAGES - {"behorighet", "importera", "historik"},
    SCHOOL: {"skola", "dialog", "ramverk", "metod", "tillganglighet"},
    FUNDS: {"eu", "eu-rapport", "eu-projekt", "avstamning", "metod", "tillganglighet"},
    DATA: {
        "oversikt",
        "skolor",
        "skola",
        "kriterier",
        "stod",
        "importera",
        "ramverk",
        "historik",
        "oppna-data",
        "metod",
        "tillganglighet",
    },
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
        assert not opens(page, [row(role, *schools)], AS_IT_WAS)
        with pytest.raises(NotAllowed):
            viewer_on(page, [row(role, *schools)], AS_IT_WAS, [])
        return
    assert opens(page, [row(role, *schools)], AS_IT_WAS)
    viewer = viewer_on(page, [row(role, *schools)], AS_IT_WAS, [])
    assert viewer.schools == (frozenset({"a", "b"}) if role is SCHOOL else None)


@pytest.mark.parametrize("page", ["", "nosuchpage", "Skola", "skola/", "../skola", "start "])
def test_what_is_not_in_the_table_nobody_opens(page):
    with pytest.raises(NotAllowed):
        viewer_on(page, [row(role) for role in ViewerRole], AS_IT_WAS, [])


@pytest.mark.parametrize("page", sorted(PAGES))
def test_who_has_no_role_opens_nothing(page):
    with pytest.raises(NotAllowed):
        viewer_on(page, [], AS_IT_WAS, [])


def test_a_school_that_has_none_sees_none():
    viewer = viewer_on("skola", [row(SCHOOL)], AS_IT_WAS, [])
    assert viewer.schools == frozenset() and not viewer.may_see_city and not viewer.may_see("a")


@pytest.mark.parametrize("page", sorted(PAGES))
def test_a_role_of_some_administrations_opens_the_same_pages_and_sees_their_part_alone(page):
    limited = replace(row(FUNDS), administrations=("a", "b"))
    nobody_s = replace(row(FUNDS), administrations=())
    if page not in OPENED[FUNDS]:
        assert not opens(page, [limited], AS_IT_WAS)
        return
    assert viewer_on(page, [limited], AS_IT_WAS, []).administrations == {"a", "b"}
    assert viewer_on(page, [nobody_s], AS_IT_WAS, []).administrations == frozenset()
    for whole in (row(FUNDS), row(MANAGEMENT)):
        if page in OPENED[whole.role]:
            assert viewer_on(page, [limited, whole], AS_IT_WAS, []).administrations is None
    for role in set(ViewerRole) - {FUNDS}:  # of another role nothing is limited by it
        if page in OPENED[role]:
            assert viewer_on(page, [row(role, "x")], AS_IT_WAS, []).administrations is None
    assert viewer_on(page, [limited, row(SCHOOL, "x")], AS_IT_WAS, []).administrations == {"a", "b"}, "nor widened"


def test_several_roles_open_what_each_of_them_does():
    both = [row(SCHOOL, "a"), row(FUNDS)]
    assert viewer_on("skola", both, AS_IT_WAS, []).schools == {"a"}, (
        "the EU's role gives no more of a page that it does not open"
    )
    assert viewer_on("eu", both, AS_IT_WAS, []).schools is None
    assert viewer_on("skola", [*both, row(MANAGEMENT)], AS_IT_WAS, []).schools is None


ROUNDS = [("vebs-2022", 2023), ("vebs-2022", 2024), ("vebs-2022", 2025)]
IN_STEPS = Openness(
    Audience.MANAGEMENT,
    rounds=(
        RoundRelease("vebs-2022", 2023, Audience.ALL, datetime.now(UTC), "test"),
        RoundRelease("vebs-2022", 2024, Audience.PRINCIPALS, datetime.now(UTC), "test"),
    ),
)
"""And nothing is said of 2025."""
HELD_BACK = {
    MANAGEMENT: set(),
    DATA: set(),
    SCHOOL: {("vebs-2022", 2025)},
    FUNDS: {("vebs-2022", 2024), ("vebs-2022", 2025)},
    ADMIN: {("vebs-2022", 2024), ("vebs-2022", 2025)},
}


@pytest.mark.parametrize(("page", "role"), [(page, role) for role in ViewerRole for page in sorted(OPENED[role])])
def test_a_round_is_seen_by_those_it_is_released_to_on_every_page(page, role):
    viewer = viewer_on(page, [row(role, *(["a"] if role is SCHOOL else []))], IN_STEPS, ROUNDS)
    assert viewer.held == HELD_BACK[role]
    assert viewer_on(page, [row(role)], AS_IT_WAS, ROUNDS).held == set()


def test_a_role_lends_another_neither_its_rounds_nor_its_schools():
    both = [row(SCHOOL, "a"), row(FUNDS)]
    on_all = viewer_on("metod", both, IN_STEPS, ROUNDS)
    assert (on_all.schools, on_all.held) == (None, HELD_BACK[FUNDS])
    on_own = viewer_on("skola", both, IN_STEPS, ROUNDS)
    assert (on_own.schools, on_own.held) == ({"a"}, HELD_BACK[SCHOOL])
    assert viewer_on("skola", [*both, row(DATA)], IN_STEPS, ROUNDS).held == set()


def test_management_alone_releases():
    assert [role for role in ViewerRole if may_release([row(role)])] == [MANAGEMENT]
    assert may_release([row(SCHOOL, "a"), row(MANAGEMENT)]) and not may_release([])


TOLD = {
    OtherSchools.NOTHING: {},
    OtherSchools.DOTS: {"skola": OtherSchools.DOTS},
    OtherSchools.NAMES: dict.fromkeys(("oversikt", "skolor", "skola", "kriterier"), OtherSchools.NAMES),
}


@pytest.mark.parametrize(("page", "told"), list(product(sorted(PAGES), OtherSchools)))
def test_what_a_school_is_told_of_others_opens_the_pages_of_figures_and_no_other(page, told):
    openness, rows = Openness(other_schools=told), [row(SCHOOL, "a")]
    if page not in OPENED[SCHOOL] | TOLD[told].keys():
        assert not opens(page, rows, openness)
        with pytest.raises(NotAllowed):
            viewer_on(page, rows, openness, [])
        return
    viewer = viewer_on(page, rows, openness, [])
    assert opens(page, rows, openness)
    assert (viewer.schools, viewer.others) == ({"a"}, TOLD[told].get(page, OtherSchools.NOTHING))
    assert viewer.may_see("a") and not viewer.may_see("b")
    assert viewer.may_see_figures("b") is (page in TOLD[OtherSchools.NAMES] and told is OtherSchools.NAMES)


@pytest.mark.parametrize(("role", "told"), list(product((MANAGEMENT, FUNDS, DATA, ADMIN), OtherSchools)))
def test_what_schools_are_told_opens_nothing_to_anybody_else(role, told):
    openness = Openness(other_schools=told)
    assert {page for page in PAGES if opens(page, [row(role)], openness)} == OPENED[role]


def test_who_has_no_school_is_told_of_none():
    viewer = viewer_on("skolor", [row(SCHOOL)], Openness(other_schools=OtherSchools.NAMES), [])
    assert not viewer.sees_schools and not viewer.may_see_figures("a") and not viewer.may_see_city


VIEWERS = [
    Viewer("a", None),
    Viewer("a", None, held=frozenset({ROUNDS[2]})),
    Viewer("a", frozenset("a")),
    Viewer("a", frozenset("ab")),
    Viewer("a", frozenset("a"), OtherSchools.DOTS),
    Viewer("a", frozenset("a"), OtherSchools.NAMES),
    Viewer("a", frozenset("a"), held=frozenset({ROUNDS[2]})),
    Viewer("a", frozenset("a"), held=frozenset(ROUNDS)),
    Viewer("a", frozenset("b")),
    Viewer("a"),
    Viewer("a", None, administrations=frozenset({"x"})),
    Viewer("a", None, administrations=frozenset({"x", "y"})),
    Viewer("a", None, administrations=frozenset()),
]


def test_who_sees_something_else_shares_no_answer():
    assert len({viewer.scope for viewer in VIEWERS}) == len(VIEWERS)
    assert [v for v in VIEWERS if v.sees_all] == VIEWERS[:1]


def test_whose_answers_one_may_go_on_with():
    everybody, later, one, two, dots, names, early, earliest, other, nobody, part, parts, none = VIEWERS
    assert parts.covers(part) and part.covers(none) and not part.covers(parts) and not part.covers(later)
    assert all(everybody.covers(viewer) for viewer in VIEWERS) and all(v.covers(v) for v in VIEWERS)
    assert not any(viewer.covers(everybody) for viewer in VIEWERS[1:])
    assert two.covers(one) and two.covers(other) and not one.covers(two) and not one.covers(other)
    assert names.covers(dots) and dots.covers(one) and not dots.covers(names) and not one.covers(dots)
    assert one.covers(early) and early.covers(earliest) and not early.covers(one) and not later.covers(one)
    assert one.covers(nobody) and not nobody.covers(one)


def test_everybody_begins_on_a_page_of_theirs():
    for role in ViewerRole:
        assert opens(home([row(role)]) or "", [row(role)], AS_IT_WAS)
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
    for never in (now + 3600, now + 10**9, float("inf"), float("nan")):
        with pytest.raises(SignedInTooLongAgo):
            still(of_claims({**CLAIMS, "iat": never}))
    still(of_claims({**CLAIMS, "iat": now + 60}))
    for wrong in ("", "many", "-3", "0", "inf", "nan", "1e300"):
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


def test_who_has_signed_out_has_done_so_when_the_server_is_started_anew_too(tmp_path, at_store, monkeypatch):
    at_store(tmp_path)
    today = CLAIMS | {"iat": time.time() - 60}
    person, bo = of_claims(today), of_claims(today | {"sub": "bo"})
    monkeypatch.setattr(signed_in, "LEFT", Left())
    access.leave(person)
    access.leave(person)
    assert [one.did for one in entries(tmp_path, 9)] == ["signed_out"]
    monkeypatch.setattr(signed_in, "LEFT", Left())  # as it begins
    still(person)
    Recalled().look(tmp_path)
    with pytest.raises(SignedInTooLongAgo):
        still(person)
    still(bo)
    note(tmp_path, "x", Did.SIGNED_OUT, who=[1, 2], since="never")
    Recalled().look(tmp_path)


def test_who_has_signed_out_in_one_process_is_out_in_the_others_at_the_next_click(tmp_path, at_store, monkeypatch):
    """Each has the audit file alone in common with the others, and reads what has been added to it."""
    at_store(tmp_path)
    anna, bo = (of_claims(CLAIMS | {"iat": time.time() - 60, "sub": sub}) for sub in ("anna", "bo"))
    here = Recalled()
    monkeypatch.setattr(access, "RECALLED", here)
    monkeypatch.setattr(signed_in, "LEFT", Left())
    access.still(anna)
    note(tmp_path, "x", Did.VERSION_MADE, version=1)
    access.still(anna)

    def elsewhere(person):
        note(tmp_path, "y", Did.SIGNED_OUT, who=[person.who.issuer, person.who.subject], since=person.since)

    elsewhere(anna)
    with pytest.raises(SignedInTooLongAgo):
        access.still(anna)
    access.still(bo)
    with (tmp_path / "audit.jsonl").open("ab") as file:  # somebody is writing
        file.write(b'{"n": 3, "at"')
    access.still(bo)
    elsewhere(bo)
    with pytest.raises(SignedInTooLongAgo):
        access.still(bo)
    again = replace(anna, since=time.time())
    access.still(again)
    (tmp_path / "audit.jsonl").unlink()  # a store that was put back
    elsewhere(again)
    with pytest.raises(SignedInTooLongAgo):
        access.still(again)


def test_who_is_refused_is_written_down_once_a_day_however_often_they_try(tmp_path, at_store, monkeypatch):
    """By any number of sessions at once, and on both sides of a start."""
    at_store(tmp_path)
    refusals, bo = Refusals(), of_claims(CLAIMS | {"sub": "bo"})
    monkeypatch.setattr(recalling, "REFUSALS", refusals)

    def refuse(page: str, known: bool = False, day: date | None = None) -> None:
        write_down = partial(access.note, bo, Did.REFUSED, page=page, known=known)
        refusals.note(day or datetime.now(UTC).date(), (bo.who, page, known), write_down)

    with ThreadPoolExecutor(8) as sessions:
        list(sessions.map(refuse, ["oversikt", "stod"] * 20))
    refuse("oversikt", known=True)  # they had a role meanwhile
    assert sorted(one.with_["page"] for one in entries(tmp_path, 99)) == ["oversikt", "oversikt", "stod"]

    refusals.__init__()  # as it begins
    Recalled().look(tmp_path)
    refuse("stod")
    assert len(entries(tmp_path, 99)) == 3
    refuse("stod", day=date(2100, 1, 1))
    assert len(entries(tmp_path, 99)) == 4

    (tmp_path / "audit.jsonl").rename(tmp_path / "aside")
    (tmp_path / "audit.jsonl").mkdir()
    with pytest.raises(StoreBroken):
        refuse("skolor")
    (tmp_path / "audit.jsonl").rmdir()
    (tmp_path / "aside").rename(tmp_path / "audit.jsonl")
    refuse("skolor")  # what could not be written down is at the next time
    assert len(entries(tmp_path, 99)) == 5


def test_no_name_of_a_school_opens_what_another_scope_has_kept():
    """The scope is a part of the key that composed pages are kept by."""
    scopes = [None, {"*"}, {"a|b"}, {"a", "b"}, {"a, b"}, {"a', 'b"}, set()]
    assert len({Viewer("x", None if of is None else frozenset(of)).scope for of in scopes}) == len(scopes)


def test_what_somebody_was_shown_is_theirs_until_much_else_was():
    shown, bo = ShownTo(most=3), Identity("https://issuer", "bo")
    shown.note(ANNA, "a")
    assert shown.was(ANNA, "a") and not shown.was(bo, "a") and not shown.was(ANNA, "b")
    for what in "bcd":
        shown.note(ANNA, what)
    assert not shown.was(ANNA, "a") and shown.was(ANNA, "d")
