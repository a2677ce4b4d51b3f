"""The ways back: to a version as it was, or without one load. What each means is said before it is done."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import streamlit as st

from analytics.loads.withdrawing import CannotWithdraw, what_goes, withdraw
from analytics.model.errors import KvalitetError, StoreBroken, StoreBusy
from analytics.store.audit import acting_as
from analytics.store.rollback import choose
from analytics.store.versions import Published
from analytics.words.language import Words
from analytics.words.versions import STAYS, action_word
from pages.ui import access, html
from pages.ui.content import Ask
from pages.ui.labels import kept_open
from pages.ui.saves_under_way import saving
from pages.ui.saving import name_field, saver_name

OUTCOME = "history_outcome"  # in the session: what came of the last press
NAMED = 10  # versions, schools: of more the number is told


def take_outcome() -> str | None:
    """What came of the last press, told once."""
    return st.session_state.pop(OUTCOME, None)


def draw_ways_back(ask: Ask, number: int, versions: Sequence[Published]) -> None:
    say = ask.say
    if number != ask.view.number:
        fold = kept_open(say("Put version {n} in force", n=number), key="go_back")
        if fold.open:
            with fold:
                html.show(html.element("p", _what_going_means(ask, number, versions)))
                _press(ask, say("Put it in force"), "put_in_force", number, _put_in_force)
    fold = kept_open(say("Take back this load alone"), key="withdraw")
    if fold.open:
        with fold:
            _withdrawing(ask, number)


def _what_going_means(ask: Ask, number: int, versions: Sequence[Published]) -> str:
    """What is in force and will not be; nothing is lost by it."""
    say = ask.say
    later = [version.number for version in versions if number < version.number <= ask.view.number]
    if not later:
        return say("All pages then show version {n}. You can go back to version {now}.", n=number, now=ask.view.number)
    told = say.listing([_called(ask, one) for one in sorted(later)[:NAMED]])
    more = len(later) - NAMED
    if more > 0:
        told = say.plural("{listed} and {n} more", "{listed} and {n} more", more, listed=told)
    return say(
        "All pages then show version {n}, and not what came after: {later}. Nothing is thrown away: you can go forward"
        " again. What is saved from then on stands on version {n}.",
        n=number, later=told,
    )  # fmt: skip


def _called(ask: Ask, number: int) -> str:
    try:
        action = action_word(access.version_listed(ask, number).record.action, ask.say)
    except StoreBroken:
        action = ask.say("cannot be read")
    return f"{number} ({action})"


def _withdrawing(ask: Ask, number: int) -> None:
    say = ask.say
    try:
        planned = what_goes(Path(access.store_folder()), number)
    except CannotWithdraw as error:
        html.show(html.element("p", say.marked(STAYS[error.why])))
        return
    except StoreBroken:
        html.show(html.element("p", say("Its file is missing or damaged, so nobody knows what it brought.")))
        return
    names = ask.catalogue.school_names
    rounds = {*planned.rounds, *planned.counted}
    schools = sorted({names.get(school, school) for *_, school in rounds})
    listed = say.listing(schools[:NAMED])
    told = say.plural(
        "{n} school's round becomes as it was before this load, and what has come since stays: {schools}.",
        "{n} schools' rounds become as they were before this load, and what has come since stays: {schools}.",
        len(rounds),
        schools=listed if len(schools) <= NAMED else say("{schools} and others", schools=listed),
    )
    html.show(html.element("p", told))
    if planned.stay:
        stay = say.plural(
            "{n} round that it brought has been loaded anew or taken back since, and stays as it is.",
            "{n} rounds that it brought have been loaded anew or taken back since, and stay as they are.",
            len(planned.stay),
        )
        html.show(html.element("p", stay))
    _press(ask, say("Take the load back"), "take_load_back", number, _withdraw)


def _press(ask: Ask, label: str, key: str, number: int, do: Callable[[Ask, int], None]) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom", key=f"{key}_row"):
        name_field(ask.say)
        st.button(label, type="primary", key=key, on_click=do, args=(ask, number))


def _put_in_force(ask: Ask, number: int) -> None:
    def chosen(folder: Path, who: str) -> str:
        choose(folder, number, chosen_by=who)
        return ask.say("Version {n} is in force now.", n=number)

    done(ask, chosen)


def _withdraw(ask: Ask, number: int) -> None:
    def withdrawn(folder: Path, who: str) -> str:
        try:
            made, _ = withdraw(folder, number, withdrawn_by=who)
        except CannotWithdraw as error:
            return ask.say.marked(STAYS[error.why])
        return ask.say("The load is taken back, as version {n}.", n=made)

    done(ask, withdrawn)


def done(ask: Ask, do: Callable[[Path, str], str]) -> None:
    """Does it as whoever asks, if they still may, and keeps what is to be said of it. Runs before anything is drawn."""
    say: Words = ask.say
    viewer, who = ask.viewer, saver_name()  # raises NotAllowed for who may no longer be here
    if not who:
        st.session_state[OUTCOME] = say("Write your name first: it stands in the history of versions.")
        return
    try:
        with saving(), acting_as(viewer.who):
            st.session_state[OUTCOME] = do(Path(access.store_folder()), who)
    except StoreBusy:
        st.session_state[OUTCOME] = say("Somebody else is saving just now. Nothing was done; try again in a while.")
    except KeyError:
        st.session_state[OUTCOME] = say("That version is no longer there. Nothing was done.")
    except KvalitetError:
        st.session_state[OUTCOME] = say("Nothing was done: a file of the store is damaged, or cannot be written.")
