"""What is typed and saved where people sign in: it belongs to who is signed in, and is saved under their name."""

from __future__ import annotations

import shutil
import time
from pathlib import Path

import pytest

from analytics.model.errors import NotAllowed
from analytics.model.people import Identity, ViewerRole
from analytics.store.audit import entries
from analytics.store.drafts import MOST, Drafts, Typed
from analytics.store.reading import Store, version_record
from analytics.store.roles import give_role, take_role
from pages.funding.editing.earlier_drafts import ABOUT as EARLIER
from pages.funding.editing.register import ABOUT
from pages.ui import access
from pages.ui.saving import WHO
from tests.pages.conftest import ISSUER
from tests.pages.test_drafts import SAVE, answer, own, typed

TEXT = "Skolorna vet var de står."


@pytest.fixture
def store(published_store: Path, tmp_path: Path, at_store) -> Path:
    """A store of its own, in which two people account for EU funds."""
    store = shutil.copytree(published_store, tmp_path / "published")
    for subject in ("anna", "bo"):
        give_role(store, Identity(ISSUER, subject), f"{subject.title()} Ek", ViewerRole.FUNDS, (), "test")
    at_store(store)
    return store


def opened(open_page, **query: str):
    return open_page("eu-rapport", year="2018", **query)


def told(app) -> str:
    return " ".join(html.body for html in app.get("html"))


def takes(app) -> list:
    return [button for button in app.button if (button.key or "").startswith("take ")]


def test_a_draft_is_its_owner_s_whoever_has_its_address(store, open_page, signs_in):
    signs_in("anna")
    draft = own(typed(opened(open_page), TEXT))
    assert draft and answer(opened(open_page, draft=draft)) == TEXT, "another session of hers goes on with it"
    signs_in("bo")
    theirs = opened(open_page, draft=draft)
    assert answer(theirs) != TEXT and TEXT not in told(theirs)
    assert "som inte är sparat" in told(theirs) and takes(theirs) == [], "that there is one, and no more"
    typed(theirs, "Något annat.")
    texts = {one.owner: [field.text for field in one.fields.values()] for one in Drafts(store).about(ABOUT)}
    assert texts == {f"{ISSUER} anna": [TEXT], f"{ISSUER} bo": ["Något annat."]}
    signs_in("anna")
    assert len(takes(opened(open_page))) == 1, "she may go on with hers from a new session"


def test_nor_is_one_of_an_earlier_edition_shown_to_anybody_else(store, open_page, signs_in):
    """Also one from before people signed in, which is nobody's."""
    for owner in ("", f"{ISSUER} anna"):
        Drafts(store, owner).keep(f"d{owner}", "s", EARLIER, "draft", Typed("", "{half a draft: Strandskolan"))
    for subject, shown in (("bo", 0), ("anna", 1)):
        signs_in(subject)
        app = open_page("eu-projekt")
        assert not app.exception and told(app).count("Strandskolan") == shown
        assert told(app).count("tidigare utgåva") == 2 - shown
        assert len([fold for fold in app.expander if "tidigare utgåva" in fold.label]) == shown
        assert len([button for button in app.button if (button.key or "").startswith("discard ")]) == shown


def test_it_is_saved_under_the_name_that_the_roles_have(store, open_page, signs_in):
    signs_in("anna")
    app = typed(opened(open_page), TEXT)
    assert WHO not in [field.key for field in app.text_input], "nobody is asked who they are"
    assert not app.button(key=SAVE).click().run().exception
    assert version_record(Store(store).current()).loaded_by == "Anna Ek"
    made = next(one for one in entries(store, 9) if one.did == "version_made")
    assert made.by == "Anna Ek" and TEXT not in str(made.with_)


def test_nothing_is_saved_by_who_lost_the_role_after_the_page_was_drawn(store, open_page, signs_in):
    signs_in("anna")
    app = typed(opened(open_page), TEXT)
    number = Store(store).current().number
    take_role(store, Identity(ISSUER, "anna"), None, "test")
    app.button(key=SAVE).click().run()
    assert Store(store).current().number == number
    assert [one.owner for one in Drafts(store).about(ABOUT)] == [f"{ISSUER} anna"], "what was typed is kept"
    give_role(store, Identity(ISSUER, "anna"), "Anna Ek", ViewerRole.FUNDS, (), "test")
    signs_in("anna", since=time.time() - 24 * 3600)
    app.button(key=SAVE).click().run() if any(b.key == SAVE for b in app.button) else app.run()
    assert Store(store).current().number == number, "nor by who signed in yesterday"


def test_an_ask_is_nobody_s_once_the_role_is_gone(store, signs_in):
    signs_in("anna")
    ask = access.ask("sv", "eu")
    assert ask.viewer.name == "Anna Ek"
    access.composed(lambda asked: "kept", ask)
    take_role(store, Identity(ISSUER, "anna"), None, "test")
    for question in (lambda: ask.viewer, lambda: access.composed(lambda asked: "kept", ask)):
        with pytest.raises(NotAllowed):
            question()
    for page in ("eu", "", "nosuchpage"):
        with pytest.raises(NotAllowed):
            access.ask("sv", page)


def test_an_ask_of_one_school_is_not_one_of_another(few_copy, at_store, signs_in):
    at_store(few_copy)
    who = Identity(ISSUER, "head")
    (first,), (second,) = Store(few_copy).current().rows("select id from school order by id limit 2")
    give_role(few_copy, who, "Head", ViewerRole.SCHOOL, (first,), "test")
    signs_in("head")
    ask = access.ask("sv", "skola")
    assert ask.viewer.schools == {first} and ask.view.rows("select id from school") == [(first,)]
    give_role(few_copy, who, "Head", ViewerRole.SCHOOL, (second,), "test")
    with pytest.raises(NotAllowed):
        ask.viewer  # noqa: B018


def test_nobody_leaves_more_drafts_than_so_many(tmp_path):
    anna, bo = Drafts(tmp_path, "anna"), Drafts(tmp_path, "bo")
    bo.keep("b", "s", "about", "notes", Typed("", "x"))
    for place in range(MOST + 5):
        anna.keep(f"a{place}", "s", "about", "notes", Typed("", "x"))
    kept = [draft.id for draft in anna.about("about") if draft.owner == "anna"]
    assert len(kept) == MOST and f"a{MOST + 4}" in kept and "a0" not in kept
    assert bo.read("b"), "nobody else's are let go"


def test_another_s_draft_is_neither_read_nor_written_nor_thrown_away(tmp_path):
    anna, bo = Drafts(tmp_path, "anna"), Drafts(tmp_path, "bo")
    anna.keep("a", "s", "about", "notes", Typed("", "x"))
    assert bo.read("a") is None and bo.take_up("a", "t") is None
    for harm in (
        lambda: bo.keep("a", "t", "about", "notes", Typed("", "y")),
        lambda: bo.forget("a"),
        lambda: bo.sign("a", "Bo"),
        lambda: bo.begin_anew("a", "notes", Typed("", "y")),
        lambda: bo.saved("a", {"notes": ("x", "x", "")}),
    ):
        with pytest.raises(NotAllowed):
            harm()
    assert anna.read("a").fields == {"notes": Typed("", "x")} and anna.read("a").who == ""
