"""What a browser sends as a widget's value, looked at before a page sees it: of another kind, it is taken for none.

A browser of ours sends what the widget holds. Anybody else can send a list for a text, or what no page can read;
Streamlit keeps such a value and fails on it in every run that follows, so that the session is lost. Here the widget has
its default instead, as one that nobody has touched, and the page goes on.
"""

from __future__ import annotations

import logging

from streamlit.runtime.state.common import GENERATED_ELEMENT_ID_PREFIX, is_element_id
from streamlit.runtime.state.session_state import STREAMLIT_INTERNAL_KEY_PREFIX, Serialized, Value, WStates

EVENTS = f"{STREAMLIT_INTERNAL_KEY_PREFIX}_{GENERATED_ELEMENT_ID_PREFIX}"
"""How the id begins under which what happens in a component of ours is sent: a link that is clicked, a row that is
pasted. No other key of Streamlit's own is a widget's."""


def look_at_what_is_sent() -> None:
    """From now on, in this process."""
    if getattr(WStates.__getitem__, "looks", False):
        return
    read, taken = WStates.__getitem__, WStates.set_widget_from_proto

    def value(self, k: str):
        sent, metadata = self.states.get(k), self.widget_metadata.get(k)
        if not isinstance(sent, Serialized) or metadata is None:
            return read(self, k)
        kind = sent.value.WhichOneof("value")  # none is what a cleared box sends
        if kind in (None, metadata.value_type):
            try:
                return read(self, k)
            except Exception as error:  # whatever it is made of
                logging.getLogger("kvalitetsdialog").info("a value of %s could not be read: %r", metadata.id, error)
        default = metadata.deserializer(None)
        self.states[k] = Value(default)
        return default

    def take(self, widget_state):
        # A value of no widget would be taken for something of ours that is kept by that name, and looked for in vain.
        if is_element_id(widget_state.id) or widget_state.id.startswith(EVENTS):
            taken(self, widget_state)

    value.looks = True  # ty: ignore[missing-attribute]
    WStates.__getitem__, WStates.set_widget_from_proto = value, take
