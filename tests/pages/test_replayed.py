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
        self.boxes: dict[str, tuple[str, list[str]]] = {}  # key -> id and options, likewise
        self.query = ""  # of the address, as the last run left it

    def run(
        self,
        path: str,
        query: str = "",
        opened: Mapping[str, bool] | None = None,
        chosen: Mapping[str, str] | None = None,
    ) -> list[tuple[tuple, bytes]]:
        """The run's elements as sent: where each stands, and what it is. Ids are the same in every session."""
        self.query = query
        asked = BackMsg()
        asked.rerun_script.page_name, asked.rerun_script.query_string = path, query
        for key, open_ in (opened or {}).items():
            asked.rerun_script.widget_states.widgets.add(id=self.folds[key], bool_value=open_)
        for key, option in (chosen or {}).items():
            asked.rerun_script.widget_states.widgets.add(id=self.boxes[key][0], string_value=option)
        self.stream.send(asked.SerializeToString())
        drawn = []
        while True:
            message = ForwardMsg.FromString(self.stream.recv(timeout=PATIENCE))
            if message.HasField("page_info_changed"):
                self.query = message.page_info_changed.query_string
            if message.HasField("delta"):
                block = message.delta.add_block
                for id_ in (block.expandable.id, block.popover.id):
                    self.folds[_key(id_)] = id_
                if message.delta.new_element.HasField("selectbox"):
                    box = message.delta.new_element.selectbox
                    self.boxes[_key(box.id)] = (box.id, list(box.options))
                assert not message.delta.new_element.HasField("exception"), message
                drawn.append((tuple(message.metadata.delta_path), message.delta.SerializeToString(deterministic=True)))
            if message.HasField("script_finished"):
                return drawn


def _key(id_: str) -> str:
    """By which the page knows the widget."""
    return id_.partition("-")[2].partition("-")[2]


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


def test_choices_that_somebody_has_unfolded_are_sent_again_as_they_stand(demo_server):
    """To whom they stand so: with another choice in them, or folded, they are others."""
    unfolded = {"opened_subject": True, "opened_applies": True}
    school, area = "school=agatskolan", "school=agatskolan&area=infrastruktur"
    with session(demo_server) as one, session(demo_server) as other:
        one.run("skola", school), other.run("skola", school)
        drawn = [one.run("skola", asked, unfolded) for asked in (school, area, "school=zefyrskolan")]
        again = [other.run("skola", asked, unfolded) for asked in (school, area, "school=zefyrskolan", school)]
        assert again == [*drawn, drawn[0]]
        assert len({str(elements) for elements in drawn}) == 3
        closed = other.run("skola", school, {"opened_subject": False, "opened_applies": False})
        half = other.run("skola", school, {"opened_subject": True, "opened_applies": False})
        assert len(closed) < len(half) < len(drawn[0])
        assert one.run("skola", school, unfolded) == drawn[0]


@pytest.mark.parametrize(
    ("fold", "box", "name"), [("opened_subject", "choice_school", "school"), ("opened_applies", "choice_area", "area")]
)
def test_an_unfolded_choice_that_is_sent_again_is_one_to_choose_from_and_stays_so(demo_server, fold, box, name):
    unfolded, school = {fold: True}, "school=agatskolan"
    with session(demo_server) as one, session(demo_server) as other:
        one.run("skola", school), other.run("skola", school)
        first = one.run("skola", school, unfolded)
        assert other.run("skola", school, unfolded) == first
        assert other.boxes == one.boxes
        now, another = other.boxes[box][1][:2] if name == "area" else ("Agatskolan", "Zefyrskolan")
        chosen, fold_id = other.run("skola", school, unfolded, {box: another}), one.folds[fold]
        assert chosen != first and f"{name}=" in other.query and other.folds[fold] == fold_id
        assert len(chosen) == len(first) and other.run("skola", other.query, unfolded, {box: now}) == first


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
