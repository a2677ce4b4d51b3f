"""A part of a page that was drawn before is sent again: the same messages, and never where something in it is open."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from pages.ui import replayed
from tests.browser.places import PLACES
from tests.pages.serving import PATIENCE, Server, visiting
from tests.sampling import sample

OWN = {
    "avstamning",
    "dialog",
    "eu-projekt",
    "eu-rapport",
    "importera",
    "oppna-data",
    "ramverk",
}  # fields that are typed in and files that are offered are a session's own
READ = [path for path in PLACES if path not in OWN]


class Session:
    """What a browser is sent, element by element, and what it says is open."""

    def __init__(self, stream):
        self.stream = stream
        self.folds: dict[str, str] = {}  # key -> id, of all that was offered

    def run(self, path: str, query: str = "", opened: Mapping[str, bool] | None = None) -> list[tuple[tuple, bytes]]:
        """The run's elements as sent: where each stands, and what it is. Ids are the same in every session."""
        asked = BackMsg()
        asked.rerun_script.page_name, asked.rerun_script.query_string = path, query
        for key, open_ in (opened or {}).items():
            asked.rerun_script.widget_states.widgets.add(id=self.folds[key], bool_value=open_)
        self.stream.send(asked.SerializeToString())
        drawn = []
        while True:
            message = ForwardMsg.FromString(self.stream.recv(timeout=PATIENCE))
            if message.HasField("delta"):
                block = message.delta.add_block
                for id_ in (block.expandable.id, block.popover.id):
                    self.folds[id_.partition("-")[2].partition("-")[2]] = id_
                assert not message.delta.new_element.HasField("exception"), message
                drawn.append((tuple(message.metadata.delta_path), message.delta.SerializeToString(deterministic=True)))
            if message.HasField("script_finished"):
                return drawn


@contextmanager
def session(server: Server) -> Iterator[Session]:
    with visiting(server) as visitor:
        yield Session(visitor.stream)


def asked(path: str) -> str:
    return "&".join(f"{name}={value}" for name, value in PLACES[path].items())


@pytest.mark.parametrize("path", sample(READ, 3))
def test_who_comes_later_is_sent_the_same_page_to_the_byte(demo_server, path):
    with session(demo_server) as first, session(demo_server) as later:
        drawn = first.run(path, asked(path))
        assert len(drawn) > 5 and later.run(path, asked(path)) == drawn == first.run(path, asked(path))


def test_what_somebody_opens_is_drawn_for_them_alone(demo_server):
    with session(demo_server) as one, session(demo_server) as other:
        closed = one.run("skola", asked("skola"))
        assert other.run("skola", asked("skola")) == closed
        folds = [key for key in one.folds if key.startswith(("more_", "fold_", "opened_"))]
        assert len(folds) > 8
        for key in folds:
            opened = one.run("skola", asked("skola"), {key: True})
            assert len(opened) > len(closed), key
            assert other.run("skola", asked("skola")) == closed
            assert len(one.run("skola", asked("skola"), {key: True})) == len(opened)
            assert one.run("skola", asked("skola"), {key: False}) == closed


def test_what_was_opened_stays_so_from_school_to_school(demo_server):
    """A fold that is drawn and one that is sent again are the same fold to the session."""
    with session(demo_server) as one:
        one.run("skola", "school=zefyrskolan")
        one.run("skola", "school=agatskolan")
        key = next(key for key in one.folds if key.startswith("more_"))
        one.run("skola", "school=agatskolan", {key: True})
        there = one.run("skola", "school=zefyrskolan", {key: True})
        assert len(there) > len(one.run("skola", "school=zefyrskolan", {key: False}))
    with session(demo_server) as other:
        other.run("skola", "school=zefyrskolan")
        assert len(other.run("skola", "school=zefyrskolan", {key: True})) == len(there)


def test_pages_are_sent_again_and_drawn_where_streamlit_has_changed(open_demo, monkeypatch):
    """Where `POSSIBLE` does not hold, pages are drawn all the same, more slowly."""
    assert replayed.POSSIBLE
    sent = []
    send = replayed._send
    monkeypatch.setattr(
        replayed, "_send", lambda context, cursor, drawn: (sent.append(drawn), send(context, cursor, drawn))
    )
    first = open_demo("oversikt")
    begun = len(sent)
    again = open_demo("oversikt")
    assert len(sent) >= begun + 3, "its head, what is below it, its foot"
    monkeypatch.setattr(replayed, "POSSIBLE", False)
    plain = open_demo("oversikt")
    assert [type(e) for e in first.main] == [type(e) for e in again.main] == [type(e) for e in plain.main]
