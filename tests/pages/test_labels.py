"""A fold that is open stays open, whatever its label comes to say."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.runtime.scriptrunner_utils.script_run_context import ScriptRunContext
from streamlit.testing.v1 import AppTest

from pages.ui import labels
from tests.pages.serving import ROOT

BESIDE = {"pages/ui/labels.py", "pages/funding/editing/earlier_drafts.py"}  # the latter is open in the browser alone


def test_what_labels_are_sent_with_is_there():
    assert hasattr(ScriptRunContext, labels.SEND)


def test_every_fold_is_kept_open():
    makers = {str(path.relative_to(ROOT)) for path in (ROOT / "pages").rglob("*.py") if "st.expander(" in _text(path)}
    assert makers == BESIDE


def test_a_fold_stays_open_when_its_label_tells_another_year_and_another_language(at_store, demo_store, open_page):
    at_store(demo_store)
    app = open_page("oversikt", framework="vebs-2022", year="2025")
    key = "more_city_change"
    app.session_state[key] = True
    first = _told(app.run(), key)
    box = next(box for box in app.selectbox if box.key == "choice_year")
    other = _told(box.select("2024").run(), key)
    english = _told(app.button(key="other_language").click().run(), key)
    assert len({first, other, english}) == 3
    assert "2024" in first and "2023" in other and "2023" in english


@pytest.mark.parametrize("label", ["Utveckling 2024", "Utveckling 2025", "**Development** :gray[5 up]"])
def test_the_label_is_what_is_sent(label):
    app = AppTest.from_string(
        f"from pages.ui.labels import kept_open\nkept_open({label!r}, key='more_x')", default_timeout=60
    )
    (fold,) = app.run().expander
    assert fold.label == label
    assert fold.proto.id.endswith("more_x")


def _text(path: Path) -> str:
    return path.read_text("utf-8")


def _key(fold) -> str:
    return fold.proto.id.rpartition("-")[2]


def _told(app: AppTest, key: str) -> str:
    """The fold's label; it must be open, and what is in it be there."""
    (fold,) = [fold for fold in app.expander if _key(fold) == key]
    assert fold.proto.expanded and fold.children
    return fold.label
