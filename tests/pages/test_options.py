"""Options that are written the same: who picks one gets that one."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

from pages.ui.options import told_apart


def two_of_one_name() -> None:
    import streamlit as st

    from pages.ui.options import pick, pick_several

    names = {"p1": "Hållbar hälsa", "p2": "Hållbar hälsa", "p3": "Annat"}
    one = pick("one", names, names.__getitem__, index=None, key="one")
    several = pick_several("several", list(names), names.__getitem__, key="several")
    st.text(f"{one} {several}")


def test_each_of_two_that_are_called_the_same_can_be_picked():
    app = AppTest.from_function(two_of_one_name).run()
    for place, id_ in enumerate(("p1", "p2", "p3")):
        app.selectbox[0].select_index(place).run()
        assert app.text[0].value == f"{id_} []"
    app.multiselect[0].select("p1").run()
    assert app.text[0].value == "p3 ['p1']"


def test_only_what_reads_the_same_says_more():
    names = {"p1": "A", "p2": "A", "p3": "B"}
    assert told_apart(names, names.__getitem__) == {"p1": "A (p1)", "p2": "A (p2)", "p3": "B"}
    people = [("Anna", "x", "one"), ("Anna", "x", "other")]
    told = told_apart(people, lambda one: one[0], lambda one: one[1])
    assert len(set(told.values())) == 2 and all("x" in text for text in told.values())
