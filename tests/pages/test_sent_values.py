"""Values that no widget of ours sends, over the websocket that browsers use: the page and the session go on."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from streamlit.proto.WidgetStates_pb2 import WidgetState

from analytics.model.people import ViewerRole
from analytics.store.roles import Roles
from pages.ui.door import DOOR, ROLES_PAGE
from pages.ui.sent_values import EVENTS
from pages.ui.ways import follow
from tests.pages.serving import Answer, Visitor, visiting
from tests.pages.signing import SignInServer, signing_in
from tests.sampling import sample

PAGES = ["", *sorted(set(DOOR) - {"start", ROLES_PAGE})]  # whoever asks for no sign-in has no page of roles
OF = {"skola": "school=kvartsskolan", "dialog": "school=kvartsskolan", "lara": "school=kvartsskolan"}
NAN, INFINITE, HUGE = float("nan"), float("inf"), 2**62
DEEP = "[" * 5000 + "]" * 5000

Sent = Callable[[WidgetState], object]
HOSTILE: dict[str, Sent] = {
    "no value": lambda state: None,
    "an empty text": lambda state: setattr(state, "string_value", ""),
    "a text that is no option": lambda state: setattr(state, "string_value", "nosuch"),
    "a text of control characters": lambda state: setattr(state, "string_value", "\0\x1b\u202e"),
    "a long text": lambda state: setattr(state, "string_value", "x" * 100_000),
    "a number": lambda state: setattr(state, "int_value", -1),
    "a huge number": lambda state: setattr(state, "int_value", HUGE),
    "not a number": lambda state: setattr(state, "double_value", NAN),
    "infinity": lambda state: setattr(state, "double_value", INFINITE),
    "yes": lambda state: setattr(state, "bool_value", True),
    "no": lambda state: setattr(state, "bool_value", False),
    "a click": lambda state: setattr(state, "trigger_value", True),
    "numbers": lambda state: state.int_array_value.data.extend([-1, 99_999, HUGE]),
    "numbers that are none": lambda state: state.double_array_value.data.extend([NAN, 1e308]),
    "texts": lambda state: state.string_array_value.data.extend(["nosuch", "", "x"]),
    "what is no JSON": lambda state: setattr(state, "json_value", "{not json"),
    "a list": lambda state: setattr(state, "json_value", "[1, 2, null]"),
    "an object of other kinds": lambda state: setattr(
        state, "json_value", '{"go": {"a": [1]}, "lost": 5, "ops": [{"book": []}, 3], "book": {}}'
    ),
    "an address that is none": lambda state: setattr(state, "json_value", '{"go": "http://[", "ops": {"x": NaN}}'),
    "a deep list": lambda state: setattr(state, "json_value", DEEP),
    "bytes": lambda state: setattr(state, "bytes_value", b"\xff\x00"),
    "a sent text": lambda state: setattr(state.string_trigger_value, "data", "x"),
    "a sent object": lambda state: setattr(state, "json_trigger_value", '{"value": [1]}'),
    "a table": lambda state: state.arrow_value.SetInParent(),
    "a file": lambda state: state.file_uploader_state_value.SetInParent(),
}


def widgets_of(answer: Answer) -> dict[str, str]:
    """id -> kind, of all that has a value: also folds, and buttons that fold something."""
    found = {}
    for one in (*answer.elements, *answer.blocks):
        kind = one.WhichOneof("type")
        if kind and (id_ := getattr(getattr(one, kind), "id", "")):
            found[id_] = kind
    return found


def few_of_each(widgets: dict[str, str]) -> dict[str, str]:
    """Of those whose keys differ in a number alone, as of a list's rows, three."""
    alike = Counter()
    few = {}
    for id_, kind in widgets.items():
        _, _, key = id_.removeprefix("$$ID-").partition("-")
        like = (kind, re.sub(r"\d+", "#", key)) if key not in ("", "None") else id_
        alike[like] += 1
        if alike[like] <= 3:
            few[id_] = kind
    return few


@pytest.fixture
def city(few_store: Path, tmp_path: Path) -> Iterator[SignInServer]:
    """A store of its own, as what is sent gives roles and takes them."""
    with signing_in(shutil.copytree(few_store, tmp_path / "store"), tmp_path) as server:
        yield server


def each_value(visitor: Visitor, page: str, whole: Callable[[Answer], object], unpressed: str = "-") -> None:
    """Each widget, also those behind folds, with each value (by day every so-manyeth pair): that run and the next draw
    the `whole` page. One session all through, as an attack on a session would be. `unpressed`: the end of the id of a
    button that is left alone."""

    def opened_with(states: list[WidgetState]) -> Answer:
        return visitor.open(page, OF.get(page, ""), states=states)

    opened = {}
    for _ in range(2):  # what a fold opens may hold another
        answer = opened_with([*opened.values()])
        folds = [id_ for id_, kind in widgets_of(answer).items() if kind in ("expandable", "popover")]
        opened = {id_: WidgetState(id=id_, bool_value=True) for id_ in folds}
    widgets = few_of_each({id_: kind for id_, kind in widgets_of(answer).items() if kind != "download_button"})
    assert widgets
    pairs = [(id_, kind, what) for id_, kind in widgets.items() for what in HOSTILE]
    step = max(len(pairs) // 8, 1) | 1  # odd: not the same value of each widget
    for id_, kind, what in sample(pairs, step):
        if id_.endswith(unpressed) and what == "a click":
            continue
        state = WidgetState(id=id_)
        HOSTILE[what](state)
        others = [one for one in opened.values() if one.id != id_]
        for states in ([*others, state], others, [*opened.values()]):
            answer = opened_with(states)
            assert answer.failures == [] and whole(answer), (kind, id_, what)


@pytest.mark.parametrize("page", sample(PAGES, 7))
def test_no_value_of_any_widget_costs_the_session_its_page(demo_server, page):
    """On a fifth of the pages by day."""
    with visiting(demo_server) as visitor:
        each_value(visitor, page, lambda answer: answer.drawn)


def test_nor_an_administrator_theirs(city):
    """Of the page of roles, with what has been done in a fold of it; nobody loses the role by which they are there."""
    who = city.gives("admin", ViewerRole.ADMIN)
    city.gives("stranger", ViewerRole.SCHOOL, "agatskolan")
    with city.visited_by(city.sign_in("admin")) as visitor:
        each_value(visitor, ROLES_PAGE, lambda answer: "kd-stacked" in answer.html, unpressed="-sign_out")
    assert any(row.role is ViewerRole.ADMIN for row in Roles(city.store).of(who))


def test_nor_does_a_widget_that_there_is_not(demo_server):
    with visiting(demo_server) as visitor:
        for id_ in ("", "nosuch", "lang", "$$ID-0-None", "$$ID-0-lang", f"{EVENTS}-0-None__events", "x" * 10_000):
            states = [WidgetState(id=id_, string_value="x"), WidgetState(id=id_, json_value="{")]
            assert visitor.open("oversikt", states=states).failures == []


def test_what_is_kept_is_the_default_and_the_next_value_counts(demo_server):
    with visiting(demo_server) as visitor:
        answer = visitor.open("start")
        (box,) = answer.of("selectbox")
        wrong = visitor.open("start", states=[WidgetState(id=box.id, int_value=3)])
        assert wrong.failures == [] and wrong.of("selectbox")[0].id == box.id
        told = visitor.open("start", states=[WidgetState(id=box.id, string_value="Kvartsskolan")])
        assert "Kvartsskolan" in told.html or "kvartsskolan" in (told.query or "")


@pytest.mark.parametrize(
    "address", [None, "", 3, [], {"a": 1}, b"x", "http://[", "javascript:alert(1)", "//evil.example"]
)
def test_what_is_no_address_of_ours_leads_nowhere(address):
    follow(address)
