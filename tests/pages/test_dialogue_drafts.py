"""What is typed in a dialogue, by one who saves in the middle of it and by two who hold the same draft."""

from __future__ import annotations

from pathlib import Path

import pytest

from analytics.store.drafts import Drafts, Typed
from analytics.store.reading import Store
from pages.ui.saving import WHO
from tests.test_saving_dialogue import now

SCHOOL = ("alabasterskolan", "vebs-2022", 2024)
ABOUT = " ".join(("dialogue", *map(str, SCHOOL)))


@pytest.fixture
def store(demo_copy: Path, at_store) -> Path:
    at_store(demo_copy)
    return demo_copy


@pytest.fixture
def opened(store, open_page):
    def at(**query: str):
        school, framework, year = SCHOOL
        app = open_page("dialog", school=school, framework=framework, year=str(year), **query)
        assert not app.exception
        app.text_input(key=WHO).set_value(query.pop("who", "Anna Ek"))
        return app

    return at


def field(app, name: str):
    (found,) = [
        widget
        for widget in (*app.text_area, *app.text_input)
        if widget.key and widget.key.startswith(f"typed {ABOUT} {name} ")
    ]
    return found


def saved(store: Path) -> dict[str, str]:
    texts = now(store, SCHOOL)
    return {name: texts.get(name, "") for name in ("notes", "participants")}


def test_what_is_typed_as_the_button_is_pressed_is_saved_too(store, opened):
    app = opened()
    field(app, "notes").set_value("Det första.").run()
    field(app, "notes").set_value("Det första. Och det sista.")
    field(app, "participants").set_value("Rektor")
    app.button(key=f"save {ABOUT}").click().run()
    assert not app.exception
    assert saved(store) == {"notes": "Det första. Och det sista.", "participants": "Rektor"}
    assert Drafts(store).about(ABOUT) == () and "draft" not in app.query_params
    assert field(app, "notes").value == "Det första. Och det sista."


def test_what_is_typed_as_the_brief_is_frozen_is_in_it(store, opened):
    app = opened()
    field(app, "notes").set_value("Det första.").run()
    field(app, "notes").set_value("Det första. Och det sista.")
    app.button(key="dialogue_freeze").click().run()
    assert not app.exception and saved(store)["notes"] == "Det första. Och det sista."
    assert Drafts(store).about(ABOUT) == ()


def test_two_who_hold_the_same_draft_each_save_their_own(store, opened):
    anna = opened()
    field(anna, "notes").set_value("Annas ord").run()
    bo = opened(draft=anna.query_params["draft"])
    assert field(bo, "notes").value == "Annas ord"
    field(bo, "notes").set_value("Bos ord i stället").run()
    field(bo, "participants").set_value("Bo").run()
    assert field(anna, "notes").value == "Annas ord"
    anna.button(key=f"save {ABOUT}").click().run()
    assert not anna.exception and saved(store) == {"notes": "Annas ord", "participants": ""}
    (left,) = Drafts(store).about(ABOUT)
    assert {name: typed.text for name, typed in left.fields.items()} == {
        "notes": "Bos ord i stället",
        "participants": "Bo",
    }
    number = Store(store).current().number
    bo.button(key=f"save {ABOUT}").click().run()
    assert any("Någon annan har ändrat samma sak" in warning.value for warning in bo.warning)
    assert Store(store).current().number == number and Drafts(store).about(ABOUT)[0].fields == left.fields


def test_what_another_threw_away_is_still_ones_own(store, opened):
    anna = opened()
    field(anna, "notes").set_value("Annas ord").run()
    bo = opened(draft=anna.query_params["draft"])
    bo.button(key=f"discard {ABOUT}").click().run()
    assert Drafts(store).about(ABOUT) == ()
    anna.run()
    (left,) = Drafts(store).about(ABOUT)
    assert left.fields["notes"].text == "Annas ord" == field(anna, "notes").value
    assert anna.query_params["draft"] in (left.id, [left.id])


def test_they_emptied_it_and_mine_can_be_kept(store, opened):
    first = opened()
    field(first, "notes").set_value("Gammalt").run()
    first.button(key=f"save {ABOUT}").click().run()
    anna, bo = opened(), opened()
    field(anna, "notes").set_value("Gammalt, och mer").run()
    field(bo, "notes").set_value("").run()
    bo.button(key=f"save {ABOUT}").click().run()
    assert saved(store)["notes"] == ""
    anna.button(key=f"save {ABOUT}").click().run()
    anna.button(key="mine notes").click().run()
    anna.button(key=f"save {ABOUT}").click().run()
    assert not anna.exception and saved(store)["notes"] == "Gammalt, och mer"


def test_a_draft_on_a_criterion_that_is_asked_no_more_can_be_opened(store, opened):
    drafts = Drafts(store)
    for name, text in (("criterion", "Z9"), ("goal", "Mitt mål"), ("status", "agreed")):
        drafts.keep("d1", "", ABOUT, f"anq.{name}", Typed("", text))
    app = opened(draft="d1")
    assert field(app, "anq.goal").value == "Mitt mål" and any("Z9" in fold.label for fold in app.expander)
