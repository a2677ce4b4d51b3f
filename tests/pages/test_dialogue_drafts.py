"""What is typed in a dialogue, by one who saves in the middle of it and by two who hold the same draft."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.runtime.scriptrunner import RerunData, get_script_run_ctx

from analytics.loads.save_dialogue import save_dialogue
from analytics.store.drafts import Drafts, Typed
from analytics.store.reading import Store
from pages.talks.dialogue import saving as dialogue_saving
from pages.ui.saving import WHO
from tests.loads.test_save_dialogue import now

SCHOOL = ("alabasterskolan", "vebs-2022", 2024)
ABOUT = " ".join(("dialogue", *map(str, SCHOOL)))


@pytest.fixture
def store(few_copy: Path, at_store) -> Path:
    at_store(few_copy)
    return few_copy


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


def test_who_reloads_the_page_leaves_no_draft_behind(store, opened):
    """The run of the page that is left may still be drawn when the page is there again: it has typed nothing since."""
    left = opened()
    field(left, "notes").set_value("Annas ord").run()
    anna = opened(draft=left.query_params["draft"])
    left.run()
    (draft,) = Drafts(store).about(ABOUT)
    assert anna.query_params["draft"] in (draft.id, [draft.id])
    anna.button(key=f"save {ABOUT}").click().run()
    assert saved(store)["notes"] == "Annas ord" and Drafts(store).about(ABOUT) == ()


def test_who_looks_on_types_on_in_a_draft_of_their_own(store, opened):
    anna = opened()
    field(anna, "notes").set_value("Annas ord").run()
    bo = opened(draft=anna.query_params["draft"])
    anna.run()
    field(anna, "participants").set_value("Anna").run()
    field(bo, "participants").set_value("Bo").run()
    texts = [{name: typed.text for name, typed in draft.fields.items()} for draft in Drafts(store).about(ABOUT)]
    both = [{"notes": "Annas ord", "participants": who} for who in ("Anna", "Bo")]
    assert sorted(texts, key=str) == both
    anna.button(key=f"discard {ABOUT}").click().run()
    (of_bo,) = Drafts(store).about(ABOUT)
    assert of_bo.fields["participants"].text == "Bo" == field(bo, "participants").value


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


@pytest.fixture
def while_saving(monkeypatch):
    """Has something come from the browser between the version that is made and the end of the callback that made it."""
    happens = []

    def slowly(*asked, **how):
        outcome = save_dialogue(*asked, **how)
        if happens:
            happens.pop()(get_script_run_ctx().script_requests)
        return outcome

    monkeypatch.setattr(dialogue_saving, "save_dialogue", slowly)
    return happens


def test_who_goes_elsewhere_while_it_saves_has_saved_once(store, opened, while_saving):
    app = opened()
    field(app, "notes").set_value("En gång").run()
    while_saving.append(lambda requests: requests.request_stop())
    app.button(key=f"save {ABOUT}").click().run()
    assert saved(store)["notes"] == "En gång" and Drafts(store).about(ABOUT) == ()
    app.run()
    assert Drafts(store).about(ABOUT) == () and not any(button.key == f"save {ABOUT}" for button in app.button)


@pytest.mark.parametrize("what", ["the button again", "more text"])
def test_what_comes_while_it_saves_is_taken_as_it_is_meant(store, opened, while_saving, what):
    app = opened()
    field(app, "notes").set_value("Det första.").run()
    field(app, "notes").set_value("Det första. Mer." if what == "more text" else "Det första.")
    if what == "the button again":
        app.button(key=f"save {ABOUT}").click()
    later = RerunData(widget_states=app._tree.get_widget_states())
    field(app, "notes").set_value("Det första.")
    while_saving.append(lambda requests: requests.request_rerun(later))
    number = Store(store).current().number
    app.button(key=f"save {ABOUT}").click().run()
    assert not app.exception and not app.error and Store(store).current().number == number + 1
    assert saved(store)["notes"] == "Det första."
    left = {name: typed for draft in Drafts(store).about(ABOUT) for name, typed in draft.fields.items()}
    assert left == ({"notes": Typed("Det första.", "Det första. Mer.")} if what == "more text" else {})
    if left:
        app.run().button(key=f"save {ABOUT}").click().run()
        assert not app.warning and saved(store)["notes"] == "Det första. Mer." == field(app, "notes").value


def test_a_new_goal_that_both_hold_is_saved_once(store, opened):
    for name, text in (("criterion", "A1"), ("goal", "Vi planerar"), ("to_level", "3.5"), ("due", "2026-01-31")):
        Drafts(store).keep("d1", "", ABOUT, f"anq.{name}", Typed("", text))
    Drafts(store).keep("d1", "", ABOUT, "anq.status", Typed("", "agreed"))
    bo = opened(draft="d1")
    anna = opened(draft="d1")
    goals = len(goals_in(store))
    bo.button(key="dialogue_freeze").click().run()  # without a name nothing is saved, and nothing typed either
    assert len(Drafts(store).about(ABOUT)) == 1, "Anna has taken it up"
    for app in (anna, bo):
        if any(button.key == f"save {ABOUT}" for button in app.run().button):
            app.button(key=f"save {ABOUT}").click().run()
    assert len(goals_in(store)) == goals + 1 and Drafts(store).about(ABOUT) == ()


def goals_in(store: Path) -> list[str]:
    return [name for name in now(store, SCHOOL) if name.endswith(".criterion")]


def test_a_draft_on_a_criterion_that_is_asked_no_more_can_be_opened(store, opened):
    drafts = Drafts(store)
    for name, text in (("criterion", "Z9"), ("goal", "Mitt mål"), ("status", "agreed")):
        drafts.keep("d1", "", ABOUT, f"anq.{name}", Typed("", text))
    app = opened(draft="d1")
    assert field(app, "anq.goal").value == "Mitt mål" and any("Z9" in fold.label for fold in app.expander)


def test_a_draft_with_a_status_that_no_box_sends_can_be_opened_and_is_not_saved(store, opened):
    number = Store(store).current().number
    for name, text in (
        ("criterion", "A1"),
        ("goal", "Mitt mål"),
        ("due", "2026-01-31"),
        ("to_level", "3"),
        ("status", "nosuch"),
    ):
        Drafts(store).keep("d1", "", ABOUT, f"anq.{name}", Typed("", text))
    app = opened(draft="d1")
    assert field(app, "anq.goal").value == "Mitt mål" and any("nosuch" in fold.label for fold in app.expander)
    app.button(key=f"save {ABOUT}").click().run()
    assert not app.exception and Store(store).current().number == number and Drafts(store).about(ABOUT)
    assert any("Inget sparades" in error.value for error in app.error)


def notes(app) -> str:
    """What stands under the fields."""
    return " ".join(html.proto.body for html in app.get("html"))


def test_a_day_stands_as_it_was_typed_with_what_it_is_read_as_and_is_found_again_so(store, opened):
    app = opened()
    field(app, "held").set_value("3 feb 2025").run()
    assert field(app, "held").value == "3 feb 2025" and "läst som 3 februari 2025" in notes(app)
    again = opened(draft=app.query_params["draft"])
    assert field(again, "held").value == "3 feb 2025" and "läst som 3 februari 2025" in notes(again)
    field(again, "held").set_value("01/02/2025").run()
    assert "läst som" not in notes(again) and "kd-wrong" in notes(again)
    number = Store(store).current().number
    again.button(key=f"save {ABOUT}").click().run()
    assert Store(store).current().number == number and any("Inget sparades" in error.value for error in again.error)
    field(again, "held").set_value("3 feb 2025").run()
    again.button(key=f"save {ABOUT}").click().run()
    assert now(store, SCHOOL)["held"] == "2025-02-03" and Drafts(store).about(ABOUT) == ()
    assert field(again, "held").value == "3 feb 2025", "somebody may be typing on"
    assert field(opened(), "held").value == "2025-02-03"


def test_a_figure_is_typed_as_the_language_writes_it_and_typing_it_back_is_no_change(store, opened):
    for name, text in (("criterion", "A1"), ("goal", "Vi planerar"), ("to_level", "3,50"), ("due", "31 januari 2026")):
        Drafts(store).keep("d1", "", ABOUT, f"anq.{name}", Typed("", text))
    Drafts(store).keep("d1", "", ABOUT, "anq.status", Typed("", "agreed"))
    app = opened(draft="d1")
    assert field(app, "anq.to_level").value == "3,50" and "läst som 3,5" in notes(app)
    app.button(key=f"save {ABOUT}").click().run()
    assert not app.exception and Drafts(store).about(ABOUT) == ()
    (goal,) = [name.partition(".")[0] for name, text in now(store, SCHOOL).items() if text == "Vi planerar"]
    assert (now(store, SCHOOL)[f"{goal}.to_level"], now(store, SCHOOL)[f"{goal}.due"]) == ("3.5", "2026-01-31")
    app = opened()
    app.session_state[f"goal {ABOUT} {goal}"] = True
    app.run()
    assert field(app, f"{goal}.to_level").value == "3,5"
    field(app, f"{goal}.to_level").set_value("3,6").run()
    field(app, f"{goal}.to_level").set_value("3,5").run()
    assert Drafts(store).about(ABOUT) == ()
