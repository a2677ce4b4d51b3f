"""The history on the page of the dialogue and in the lists beside it, and what taking back puts in the draft."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from analytics.loads.list_rows import activities_of, events_of
from analytics.loads.save import save as save_what
from analytics.loads.save_dialogue import dialogue_of
from analytics.model.schools import Viewer
from analytics.store.drafts import Drafts
from analytics.store.registers import read_registers
from pages.ui import access
from pages.ui.row_history import AROUND, CUT, apart
from tests.drafting import store_in, typed
from tests.loads.test_taking_back_dialogue import ALL, GOAL, SAY

ROUND = ("alabasterskolan", "vebs-2022", 2024)
ABOUT = " ".join(("dialogue", *map(str, ROUND)))


@pytest.fixture
def store(few_copy: Path, at_store) -> Path:
    at_store(few_copy)
    return few_copy


def save(store: Path, what, texts: dict[str, str], by: str) -> None:
    began = what.texts(read_registers(store_in(store).current()))
    save_what(store, ALL, what, typed(texts, began), SAY, saved_by=by)


@pytest.fixture(scope="module")
def saved_thrice(few_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three saves in the dialogue of a round; for reading alone."""
    store = shutil.copytree(few_store, tmp_path_factory.mktemp("saved") / "store")
    save(store, dialogue_of(ROUND), {**GOAL, "notes": "Som det stod"}, "Alm")
    save(store, dialogue_of(ROUND), {"notes": "Som det blev", "a1.due": "2026-02-01", "a1.x2.status": "done"}, "Berg")
    save(store, dialogue_of(ROUND), {"a1.to_level": "3.75"}, "Cedergren")
    return store


@pytest.fixture
def saved(saved_thrice: Path, tmp_path: Path, at_store) -> Path:
    store = shutil.copytree(saved_thrice, tmp_path / "saved")
    at_store(store)
    return store


@pytest.fixture
def opened(open_page):
    def at(lang: str = "sv", fold: str = f"history {ABOUT}") -> AppTest:
        school, framework, year = ROUND
        app = open_page("dialog", school=school, framework=framework, year=str(year), lang=lang)
        assert not app.exception
        return unfold(app, fold)

    return at


def unfold(app: AppTest, key: str) -> AppTest:
    app.session_state[key] = True
    app.run()
    assert not app.exception
    return app


def lines(app: AppTest) -> list[str]:
    """The entries, as people read them."""
    said = (str(getattr(one.proto, "body", "")).replace("<br>", " | ") for one in app.get("html"))
    told = (re.sub(r"<[^>]+>", "", one) for one in said)
    return [line for line in told if re.search(r" kl\. \d\d:\d\d \(dataversion \d+\)$", line)]


def done(line: str) -> str:
    return line.split(" | ")[0]


def who(line: str) -> str:
    return line.split(" | ")[1].split(",")[0]


def back(app: AppTest, said: str) -> AppTest:
    """Takes back the one entry that says this."""
    (place,) = [n for n, line in enumerate(lines(app)) if said in line]
    buttons = [button for button in app.button if button.key and button.key.startswith("back ")]
    buttons[place].click().run()
    assert not app.exception
    return app


def draft(store: Path, about: str = ABOUT) -> dict[str, str]:
    found = Drafts(store).about(about)
    return {name: one.text for name, one in found[0].fields.items()} if found else {}


def test_the_latest_change_comes_first_in_the_words_of_the_page(saved, opened):
    told = lines(opened())
    assert [(who(line), done(line)) for line in told[:4]] == [
        ("Cedergren", "Mål 1: Till från 3,5 till 3,75"),
        ("Berg", "Mål 1 · Åtgärd 2: Hur det går från Pågår till Klart"),
        ("Berg", "Mål 1: Senast från 31 januari 2026 till 1 februari 2026"),
        ("Berg", "Anteckningar från ”Som det stod” till ”Som det blev”"),
    ]
    assert len(told) == 8 and {who(line) for line in told[4:]} == {"Alm"}
    assert done(told[4]) == "Mål 1 · Åtgärd 2 (Time in the schedule): lades till"


def test_a_change_is_taken_back_into_the_draft_and_saved_by_whoever_saves(saved, opened):
    app = back(opened(), "Anteckningar från ”Som det stod” till")
    assert draft(saved) == {"notes": "Som det stod"}
    assert any("Spara för att det ska gälla" in info.value for info in app.info)
    assert [a.value for a in app.text_area if a.key.startswith(f"typed {ABOUT} notes ")] == ["Som det stod"]
    assert dialogue_of(ROUND).texts(read_registers(store_in(saved).current()))["notes"] == "Som det blev"
    app.text_input(key="saver_name").set_value("Dahl").run()
    app.button(key=f"save {ABOUT}").click().run()
    assert not app.exception and draft(saved) == {}
    texts = dialogue_of(ROUND).texts(read_registers(store_in(saved).current()))
    assert (texts["notes"], texts["a1.due"], texts["a1.to_level"]) == ("Som det stod", "2026-02-01", "3.75")
    assert who(lines(app)[0]) == "Dahl"


def test_what_has_been_changed_since_is_told_and_left(saved, opened):
    save(saved, dialogue_of(ROUND), {"notes": "Ännu senare"}, "Dahl")
    app = back(opened(), "till ”Som det blev”")
    assert draft(saved) == {}
    assert any("är nu Ännu senare" in info.value for info in app.info)


def test_another_schools_or_rounds_history_is_not_told(saved, opened, monkeypatch):
    save(saved, dialogue_of(("kvartsskolan", *ROUND[1:])), {"notes": "Kvartsskolans ord"}, "Eriksson")
    save(saved, dialogue_of((*ROUND[:2], 2025)), {"notes": "Ett annat års ord"}, "Falk")
    app = opened()
    assert len(lines(app)) == 8 and "Eriksson" not in str(lines(app))
    monkeypatch.setattr(access, "viewer", lambda: Viewer("kvarts", frozenset({"kvartsskolan"})))
    app.run()
    assert not lines(app) and "Som det blev" not in "".join(str(one.proto) for one in app.get("html"))


def test_a_school_without_a_dialogue_has_nothing_to_take_back(store, opened):
    app = opened()
    assert not lines(app) and not [b for b in app.button if b.key and b.key.startswith("back ")]


def test_an_events_note_is_taken_back_in_the_list(store, open_page):
    what, school = events_of("hermodsdalsskolan"), "hermodsdalsskolan"
    part = next(iter(what.texts(read_registers(store_in(store).current())))).partition(".")[0]
    save(store, what, {f"{part}.note": "Tre år"}, "Alm")
    save(store, what, {"en1.event": "renewed", "en1.date": "2025-06-03"}, "Berg")
    app = open_page("certifiering")
    app.session_state["events_fold"] = True
    app.run()
    app.selectbox(key="events_school").set_value(school).run()
    app = unfold(app, f"history certification {school}")
    added, noted, *_ = lines(app)
    assert (who(added), done(added)) == ("Berg", "Förnyad 2025-06-03: lades till")
    assert who(noted) == "Alm" and done(noted).endswith(" till ”Tre år”")
    back(app, "till ”Tre år”")
    assert list(draft(store, f"certification {school}")) == [f"{part}.note"]


def test_an_activity_that_was_taken_away_is_taken_back_in_the_list(store, open_page):
    what = activities_of("vebs-2022")
    began = what.texts(read_registers(store_in(store).current()))
    part = next(iter(began)).partition(".")[0]
    save(store, what, {f"{part}.contact": "Enheten"}, "Alm")
    app = unfold(open_page("uppfoljning", framework="vebs-2022"), "activities_fold")
    app = unfold(app, "history activities vebs-2022")
    assert began[f"{part}.title"] in lines(app)[0] and "till ”Enheten”" in lines(app)[0]
    back(app, "till ”Enheten”")
    assert draft(store, "activities vebs-2022") == {f"{part}.contact": began[f"{part}.contact"]}


def test_long_texts_are_told_by_where_they_differ():
    same, other = "Lika. " * 50, "Olika! " * 200
    assert apart("kort", "annat") == ("kort", "annat")
    before, after = apart(f"{same}ett{same}", f"{same}två{same}")
    assert "ett" in before and "två" in after and len(before) < 2 * AROUND + 10
    assert before.startswith("… ") and before.endswith(" …")
    assert (before, after) == (
        "… Lika. Lika. Lika. Lika. Lika. Lika. ettLika. Lika. Lika. Lika. Lika. Lika. …",
        "… Lika. Lika. Lika. Lika. Lika. Lika. tvåLika. Lika. Lika. Lika. Lika. Lika. …",
    )
    assert apart("x" * 200 + "1", "x" * 200 + "2") == ("… " + "x" * AROUND + "1", "… " + "x" * AROUND + "2")
    assert apart(same, same + "Nytt.")[1].endswith("Nytt.")
    assert len(apart("", other)[1]) <= CUT + 2 and apart("", other)[0] == ""
