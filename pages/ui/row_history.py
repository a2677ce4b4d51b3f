"""What was done to rows that are edited on a page: who, when, from what, to what; and taking one of it back."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

import streamlit as st
from markupsafe import Markup

from analytics.loads.taking_back import NotTakenBack, TakeBackObstacle, TakenBack
from analytics.registers.kinds import KIND
from analytics.registers.types import Text
from analytics.store.history import Entry
from analytics.words.language import N_
from pages.ui import html
from pages.ui.content import Ask
from pages.ui.grid.grid import take_in_all
from pages.ui.labels import kept_open
from pages.ui.moments import moment

MOST = 30  # entries that are shown; the older ones lie in the versions
TOLD = "taken_back"  # in the session: (about, what the last try came to)
LONG = 160  # characters; of longer texts what is the same in both is left out
AROUND = 40  # but for so many on either side
CUT = 300  # and so much is shown of what differs
NOT_TAKEN_BACK = {
    TakeBackObstacle.ROW_GONE: N_("It has been removed since. Nothing was done."),
    TakeBackObstacle.WHOLE_GONE: N_("What it belongs to has been removed since; take that back first."),
    TakeBackObstacle.CHANGED_SINCE: N_("It has been changed since, and is now {text}. Nothing was done."),
    TakeBackObstacle.THERE_ALREADY: N_("It already exists. Nothing was done."),
}


class Shown(NamedTuple):
    """An entry with what its row was called when it was made, and whether that row is there, with what is typed."""

    entry: Entry
    row: str
    there: bool


@dataclass(frozen=True)
class RowWords:
    """What is said of a row that came or went, and what the buttons are called by which it goes again or comes back."""

    added: str
    taken_away: str
    take_away: str
    bring_back: str


@dataclass(frozen=True)
class History:
    """How the history of some rows is told and taken back.

    `about` names them, `entries()` is what was done to them, the oldest first, and `shown(entries)` the same the latest
    first; `words` are what is said of a whole row, `column(entry)` what the changed field is called and
    `written(entry, text)` its text as people read it; `taken_back(entry)` is what is to be put for an entry to be taken
    back, and `put(fields)` puts it in the draft. `quoted`: words of one's own stand in quotation marks, as whole
    sentences of a dialogue must among the page's.
    """

    about: str
    title: str
    entries: Callable[[], Sequence[Entry]]
    shown: Callable[[Sequence[Entry]], Iterator[Shown]]
    words: RowWords
    column: Callable[[Entry], str]
    written: Callable[[Entry, str], str]
    taken_back: Callable[[Entry], TakenBack]
    put: Callable[[Mapping[str, str]], None]
    quoted: bool = False


def history_fold(ask: Ask, of: History) -> None:
    """The history in a fold, the latest first, each with a way back."""
    say = ask.say
    with kept_open(of.title, key=f"history {of.about}") as fold:
        if not fold.open:
            return
        entries = of.entries()
        if not entries:
            st.caption(say("Nothing has been changed since the register was loaded."))
        about, told = st.session_state.get(TOLD, ("", ""))
        if about == of.about:
            st.info(told)
            del st.session_state[TOLD]
        places: dict[int, int] = {}
        with st.container(gap="xxsmall"):
            for shown in islice(of.shown(entries), MOST):
                entry = shown.entry
                place = places[entry.version] = places.get(entry.version, -1) + 1
                with st.container(horizontal=True, vertical_alignment="center", gap="xxsmall"):
                    html.show(_line(ask, of, entry, shown.row))
                    way_back = _way_back(ask, of, shown)
                    if way_back:
                        st.button(
                            way_back, key=f"back {of.about} {entry.version} {place}", type="tertiary",
                            on_click=_take_back, args=(ask, of, entry),
                        )  # fmt: skip


def _way_back(ask: Ask, of: History, shown: Shown) -> str:
    """What the button is called that takes it back; nothing where that is done already."""
    change, words = shown.entry.change, of.words
    if change.field:
        return ask.say("Take it back")
    if change.added != shown.there:
        return ""
    return words.take_away if shown.there else words.bring_back


def _line(ask: Ask, of: History, entry: Entry, row: str) -> Markup:
    """What was done to which row, and by whom."""
    say, change, words = ask.say, entry.change, of.words
    if change.field:
        before, after = apart(of.written(entry, change.before or ""), of.written(entry, change.after or ""))
        if of.quoted and isinstance(KIND[change.kind].field(change.field).type, Text):
            before, after = (say.quoted(text) if text else "" for text in (before, after))
        what = say("{field} from {before} to {after}", field=of.column(entry), before=before or "–", after=after or "–")
    else:
        what = words.added if change.added else words.taken_away
    by = say(
        "{who}, {moment} (data version {version})", who=entry.who, moment=moment(say, entry.at), version=entry.version
    )
    return html.note(html.element("strong", f"{row}: " if row else ""), what, html.BREAK, by)


def apart(before: str, after: str) -> tuple[str, str]:
    """Two texts to be told beside each other: of long ones the part in which they differ."""
    if max(len(before), len(after)) <= LONG:
        return before, after
    shorter = min(len(before), len(after))
    start = next((n for n in range(shorter) if before[n] != after[n]), shorter)
    end = next((n for n in range(shorter - start) if before[-1 - n] != after[-1 - n]), shorter - start)
    return _part(before, start, end), _part(after, start, end)


def _part(text: str, start: int, end: int) -> str:
    """What differs, with some whole words of what is the same on either side."""
    begins, ends = max(start - AROUND, 0), min(len(text) - end + AROUND, len(text))
    if begins:
        begins = max(text.find(" ", begins, start), begins)
    if ends < len(text):
        ends = max(text.rfind(" ", len(text) - end, ends), len(text) - end)
    cut = min(ends, begins + CUT)
    return ("… " if begins else "") + text[begins:cut].strip() + (" …" if cut < len(text) else "")


def _take_back(ask: Ask, of: History, entry: Entry) -> None:
    """Puts what stood before into the draft; what was done since in other fields stays."""
    take_in_all()  # more may have been typed since the button was drawn
    found = of.taken_back(entry)
    if isinstance(found, NotTakenBack):
        told = _why(ask, of, entry, found)
    else:
        of.put(found)
        told = ask.say("What stood before is in the draft now. Save, and it holds.")
    st.session_state[TOLD] = (of.about, told)


def _why(ask: Ask, of: History, entry: Entry, found: NotTakenBack) -> str:
    say = ask.say
    if found.why is TakeBackObstacle.ROW_GONE and entry.change.field:
        return say("It has been removed since; take that back first.")
    now = of.written(entry, found.now) if found.now else "–"
    return say.marked(NOT_TAKEN_BACK[found.why], text=now)
