"""The frame around every page: the version in force, the language, and what to say where there is no store."""

from __future__ import annotations

import logging
from collections.abc import Callable
from secrets import token_hex

import streamlit as st

from analytics.model.errors import KvalitetError, NotAllowed, StoreMissing, StoreNewer, StoreOld, StoreUnreachable
from analytics.store.owners import NOBODY
from analytics.words.language import Words, words
from pages.ui import access, controls, html, notices, whose
from pages.ui.content import Ask
from pages.ui.controls import NotThere
from pages.ui.entrance import draw_refusal, who_box
from pages.ui.head import draw_title
from pages.ui.moments import HERE
from pages.ui.not_there import draw_not_there
from pages.ui.owner_choice import draw_choice, must_be_chosen
from pages.ui.replayed import replayed
from pages.ui.saves_under_way import wait_for_save
from pages.ui.titles import address, titles
from pages.ui.turn import TURN

PAGE_WIDTH = 1080  # pixels: a line of text and a dot on its row are still one glance; a phone is narrower anyway


def page(
    path: str,
    render: Callable[[Ask], None],
    title: Callable[[Words], str],
    *,
    of_answers: bool = True,
    without_store: Callable[[Words], None] | None = None,
) -> Callable[[], None]:
    """The callable that st.Page runs: the page, or its `title` and the reason why there is none: nobody is let in whom
    the door does not know on this `path`. A page `of_answers` has nothing to show before there are any; one that is
    drawn `without_store` has something to offer where there is none."""

    def run() -> None:
        language = st.session_state["lang"]
        say = words(language)
        wait_for_save()
        with TURN, st.container(horizontal_alignment="center"), st.container(width=PAGE_WIDTH, key="page"):
            whole(say, language)

    def whole(say: Words, language: str) -> None:
        try:
            if must_be_chosen(path):
                draw_choice(path, say)
                _footer(None, say)
                who_box(say)
                return
            ask = access.ask(language, path)
        except NotAllowed as refused:
            draw_title(title(say), say)
            draw_refusal(refused, path, say)
            _footer(None, say)
            who_box(say)
            return
        except KvalitetError as error:
            draw_title(title(say), say)
            if without_store and isinstance(error, StoreMissing):
                without_store(say)
            else:
                _no_store(error, say)
            return
        if error := access.failing():
            _goes_on(error, ask)
        try:
            if of_answers and not ask.catalogue.rounds:
                draw_title(title(say), say)
                hint = say("Upload a file of answers on the page Load data, in the menu Data.")
                notices.empty_state(say, say("There are no answers in the store yet."), hint)
                _way_in(say)
            else:
                render(ask)
        except NotThere as missing:
            draw_not_there(ask, missing)
        except NotAllowed:
            notices.empty_state(say, say("You may not see this school."), say("Choose another school."))
        except KvalitetError as error:
            _no_store(error, say)
        replayed(("foot", ask.key), None, lambda: _footer(ask, say))
        who_box(say)

    run.__name__ = render.__module__.split(".")[-2]  # the page's package
    return run


def _no_store(error: KvalitetError, say: Words) -> None:
    """Why there is nothing to read, and what to do."""
    notices.empty_state(say, *_wrong_with_the_store(error, say))
    if isinstance(error, StoreMissing):
        _way_in(say)


def _way_in(say: Words) -> None:
    """To the page where files are left, for whoever may be there."""
    if "importera" in access.opened_pages():
        html.show(html.element("p", html.link(titles(say)["importera"], address("importera", say))))


def _goes_on(error: KvalitetError, ask: Ask) -> None:
    """Above a page of the last version that could be read: that it is, why, and what to do."""
    say, made = ask.say, access.made_at(ask, ask.view.number).astimezone(HERE)
    text = say("What you see is version {n}, of {day}. Nothing can be saved now.", n=ask.view.number, day=say.day(made))
    st.warning(f"**{text}** {' '.join(_wrong_with_the_store(error, say))}", icon=":material/warning:")


def _wrong_with_the_store(error: KvalitetError, say: Words) -> tuple[str, str]:
    """What is wrong, and what to do."""
    match error:
        case StoreMissing():
            return say("There is no data here yet."), say("Begin on the page Load data.")
        case StoreOld():
            text = say("The store was published by an earlier edition of the program.")
            return text, say("Tell the person who runs it to run kvalitet republish; nothing is lost.")
        case StoreNewer():
            text = say("The store was published by a later edition of the program.")
            return text, say("Tell the person who runs it to start that edition.")
    hint = say("Tell the person who runs it: the command kvalitet versions says what is wrong and what helps.")
    return say("The store cannot be read."), hint


def failed(error: Exception) -> bool:
    """What a reader sees of a fault of ours; the log has the rest, by the same number. True: Streamlit shows nothing of
    its own. It is no fault where somebody clicks on what they may no longer do."""
    say = words(st.session_state.get("lang", ""))
    if isinstance(error, NotAllowed):
        st.info(say("You may no longer do this here. Nothing was changed; what you typed is kept. Reload the page."))
        return True
    if isinstance(error, StoreUnreachable):
        logging.getLogger("kvalitetsdialog").error("the lake cannot be reached", exc_info=error)
        text = say("What machines share of the store cannot be reached, or is not as it should be.")
        hint = say("Nothing is lost. Reload the page in a while.")
        st.error(f"**{text}** {hint}")
        return True
    number = token_hex(4)
    logging.getLogger("kvalitetsdialog").error("a page failed, number %s", number, exc_info=error)
    wrong = say("Something went wrong.")
    hint = say("Reload the page; if it happens again, tell the person who runs it the number {number}.", number=number)
    st.error(f"**{wrong}** {hint}")
    return True


def _footer(ask: Ask | None, say: Words) -> None:
    """Which data these are, for whom the pages are made, the other language."""
    other = "en" if say.language == "sv" else "sv"
    if of := whose.owner():
        another = html.link(say("another owner"), address("start", say, owner=NOBODY))
        said = [say("Owner: {owner}", owner=of.name), " (", another, ") · "]
    else:
        said = []
    accessible = html.link(titles(say)["tillganglighet"], address("tillganglighet", say))
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center", key="foot"):
        html.show(
            html.note(*said, *([say("Version {n} of the data.", n=ask.view.number), " · "] if ask else []), accessible)
        )
        st.button(
            "In English" if other == "en" else "På svenska",
            type="tertiary",
            key="other_language",
            on_click=controls.speak,
            args=(other,),
        )
