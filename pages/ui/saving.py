"""The box that saves a form: a draft becomes a version, or is refused with what to mend; where two changed the same,
both are shown, and each field has a way out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st

from analytics.loads.dialogue_rows import FieldConflict, Texts
from analytics.loads.save import BothChanged, LoadOutcome
from analytics.model.errors import KvalitetError, NotAllowed, Problem, Refused, StoreBusy
from analytics.model.present import present
from analytics.store.drafts import Typed
from analytics.store.history import Entry
from analytics.words.language import Words
from pages.ui import access, html, kept_drafts
from pages.ui.content import Ask, Table, TableColumn
from pages.ui.downloads import table_html
from pages.ui.forms import Form, as_it_is_now
from pages.ui.grid.grid import take_in_all
from pages.ui.kept_drafts import leave_saved
from pages.ui.moments import moment
from pages.ui.saves_under_way import saving

LastSaved = Callable[[str], Entry | None]
"""A field -> what was last saved in it, by whom and when; None where that is not known."""

WHO = "saver_name"
LAST = "last_save"  # in the session: what follows, of the last try
OUTCOME = "outcome"  # what it was about, and what it came to
SAVED = "just_saved"


@dataclass(frozen=True)
class Saver:
    """How a form is saved and its fields are called.

    `save(typed, who)` makes a version or raises; `name(field)` is where a field stands, `written(field, text)`
    its text as people read it; `column(name)` is what a column of a refused row is called, and `place(problem)` where
    the row stands on the page; `lacking(texts)` the fields that must be filled in first, each with what to do. `long`:
    the last parts of the names of fields that two people's texts can stand in after one another. `last_saved`: who
    was first where two have changed the same.
    """

    save: Callable[[Mapping[str, Typed], str], LoadOutcome]
    name: Callable[[str], str]
    written: Callable[[str, str], str]
    column: Callable[[str], str]
    place: Callable[[Problem], str]
    lacking: Callable[[Texts], Sequence[tuple[str, str]]]
    long: frozenset[str] = frozenset()
    last_saved: LastSaved = lambda field: None


@dataclass(frozen=True)
class JustSaved:
    """It is all in this version."""

    version: int


@dataclass(frozen=True)
class MissingFields:
    """What must be filled in before anything is saved: (field, what to do)."""

    fields: tuple[tuple[str, str], ...]


def saved_meanwhile() -> bool:
    """Whether a version was just made, so that the whole page is to be drawn from it."""
    return _last().pop(SAVED, False)


def refused_of(form: Form) -> Sequence[Problem]:
    """What the last try to save this was refused for, to be told where it stands too."""
    about, outcome = _last().get(OUTCOME) or ("", None)
    return outcome.problems if about == form.about and isinstance(outcome, Refused) else ()


def others_box(ask: Ask, form: Form) -> None:
    """What others, or an earlier session, have typed about this and not saved."""
    kept_drafts.others_box(ask.say, form.about, free=not form.typed)


def saving_box(
    ask: Ask,
    form: Form,
    saver: Saver,
    more: Callable[[], None] = lambda: None,
    before: Callable[[], None] = lambda: None,
) -> None:
    """What the last try came to, then the name and the buttons, which stay in sight while anything is unsaved.

    `more` draws further buttons beside them, `before` what is to be read before anything is saved."""
    say = ask.say
    about, outcome = _last().get(OUTCOME) or ("", None)
    outcome = outcome if about == form.about else None
    if outcome is not None and not (form.typed and isinstance(outcome, JustSaved)):
        _tell(ask, form, saver, outcome)
    if form.typed:
        before()
    with st.container(gap="xxsmall", key=f"{'unsaved' if form.typed else 'saved'} {form.about}"):
        with st.container(horizontal=True, vertical_alignment="bottom", key=f"saving {form.about}"):
            name_field(say)
            if form.typed:
                save, throw_away = say("Save"), say("Discard the draft")
                st.button(save, type="primary", on_click=_save, args=(ask, form, saver), key=f"save {form.about}")
                st.button(throw_away, on_click=_throw_away, args=(form,), key=f"discard {form.about}")
            more()
        if form.typed:
            html.show(html.note(_unsaved(say, outcome)))


def _unsaved(say: Words, outcome: object) -> str:
    """Beside the buttons, what has become of what is typed, in a line."""
    match outcome:
        case JustSaved(version):  # typed since, or while it was being saved: it is in no version
            return say("Version {version} is saved, but not what you have changed since.", version=version)
        case Refused():
            return say("Nothing was saved: correct this first. Your draft is kept.")
        case BothChanged():
            return say("Nothing was saved: somebody else has changed the same. Your draft is kept.")
        case MissingFields():
            return say("Some things are not filled in yet. Nothing was saved; your draft is kept.")
    if kept_drafts.drafts().failing:
        return say("Not saved yet. Save before you close the page: drafts cannot be kept just now.")
    return say("Not saved yet; what you type is kept as a draft, also if you close the page.")


def name_field(say: Words) -> None:
    """Who saves: who is signed in; where nobody signs in it is asked, once, whatever is saved."""
    if access.saver() is None:
        st.text_input(say("Your name"), key=WHO, max_chars=80, width=240, persist_state="session")


def saver_name() -> str:
    """Who saves; empty where nobody has said. Raises NotAllowed."""
    signed = access.saver()
    return (st.session_state.get(WHO) or "").strip() if signed is None else signed


def save_now(ask: Ask, form: Form, saver: Saver) -> bool:
    """Runs before anything is drawn, so that nobody waits for it but the one who saves. Whether it was saved."""
    take_in_all()
    say, who = ask.say, saver_name()
    ask.viewer  # noqa: B018 - raises NotAllowed for who may no longer be here
    if not who:
        return end(form, say("Write your name first: it stands in the history of versions."))
    form.sign(who)
    form = as_it_is_now(form)  # more may have been typed since the button was drawn
    if not form.typed:
        return True  # saved already: the button was pressed twice
    lacking = saver.lacking(form.texts)
    if lacking:
        return end(form, MissingFields(tuple(lacking)))
    with saving():
        return _saved(form, saver, who)


def _saved(form: Form, saver: Saver, who: str) -> bool:
    """Saves what is typed. Once that is begun the session is asked for nothing, as the run may be stopped there."""
    say, last, done = form.say, _last(), form.when_saved()
    try:
        outcome = saver.save(form.typed, who)
    except (BothChanged, Refused) as refused:
        return _noted(last, form, refused)
    except StoreBusy:
        return _noted(last, form, say("Somebody else is saving just now. Try again; your draft is kept."))
    except NotAllowed:
        raise
    except KvalitetError:
        return _noted(last, form, say("The store cannot be written to. Your draft is kept."))
    done()
    _noted(last, form, JustSaved(present(outcome.version)), saved=True)
    leave_saved(form.about)
    return True


def _last() -> dict[str, Any]:
    """What the last try came to, and whether the page is to be drawn anew."""
    return st.session_state.setdefault(LAST, {})


def end(form: Form, outcome: object, *, saved: bool = False) -> bool:
    """Notes what a try came to; hands `saved` back."""
    return _noted(_last(), form, outcome, saved=saved)


def _noted(last: dict[str, Any], form: Form, outcome: object, *, saved: bool = False) -> bool:
    last[OUTCOME] = (form.about, outcome)
    last[SAVED] = last.get(SAVED, False) or saved
    return saved


def _save(ask: Ask, form: Form, saver: Saver) -> None:
    save_now(ask, form, saver)


def _throw_away(form: Form) -> None:
    take_in_all()
    _last().pop(OUTCOME, None)
    form.forget()


def _tell(ask: Ask, form: Form, saver: Saver, outcome: object) -> None:
    if isinstance(outcome, BothChanged):
        _both_changed(ask, form, saver, outcome.changes)
    elif isinstance(outcome, Refused):
        _problems(ask, saver, outcome.problems)
    elif isinstance(outcome, MissingFields):
        _lacking(ask, saver, outcome)
    elif isinstance(outcome, JustSaved):
        st.success(ask.say("Saved as version {version}.", version=outcome.version))
    else:
        st.info(str(outcome))


def _both_changed(ask: Ask, form: Form, saver: Saver, changes: Sequence[FieldConflict]) -> None:
    say = ask.say
    left = [change for change in changes if _unsettled(change, form)]
    if not left:
        st.info(say("That was all: save once more."))
        return
    last = {change.field: saver.last_saved(change.field) for change in left}
    names = say.listing(dict.fromkeys(entry.who for entry in last.values() if entry)) or say("Somebody else")
    st.warning(
        say("{who} has changed the same. Nothing of yours is saved yet, and nothing is lost.", who=html.unmarked(names))
    )
    for change in left:
        html.show(html.element("h3", saver.name(change.field)))
        html.show(table_html(_texts(change, saver, last[change.field], say), say, stacked=True))
        if change.another:
            other = say("What this belongs to has been changed since you began; look it through before you keep yours.")
            html.show(html.note(other))
        if change.vanished:
            gone = say("This has been removed, and what you wrote has no place any more. Copy it if you need it.")
            html.show(html.note(gone))
        with st.container(horizontal=True):
            for key, label, text in _ways_out(change, saver, ask):
                st.button(label, key=f"{key} {change.field}", on_click=_settle, args=(form, change, text))


def _texts(change: FieldConflict, saver: Saver, last: Entry | None, say: Words) -> Table:
    """What stood in the field, and what both have written."""
    theirs = say("{who} wrote, {moment}", who=last.who, moment=moment(say, last.at)) if last else say("They wrote")
    texts = {say("When you began"): change.before, theirs: change.now, say("You wrote"): change.mine}
    columns: tuple[TableColumn[str], ...] = (
        TableColumn("", str),
        TableColumn(say("Text"), lambda who: saver.written(change.field, texts[who])),
    )
    return Table.of(columns, texts)


def _unsettled(change: FieldConflict, form: Form) -> bool:
    """Whether the draft still stands on something else than what the others wrote."""
    return change.field in form.typed and form.typed[change.field].before == change.before


def _ways_out(change: FieldConflict, saver: Saver, ask: Ask) -> list[tuple[str, str, str | None]]:
    """(key, what the button says, what then stands in the field; None: theirs)."""
    say, name = ask.say, change.field.rpartition(".")[2]
    ways: list[tuple[str, str, str | None]] = [("theirs", say("Take theirs"), None)]
    if not change.vanished:
        ways.append(("mine", say("Keep mine"), change.mine))
    if name in saver.long and change.now and change.mine:
        ways.append(("both", say("Keep both"), f"{change.now}\n{change.mine}"))
    return ways


def _settle(form: Form, change: FieldConflict, text: str | None) -> None:
    if text is None:
        form.forget((change.field,))
    else:
        form.begin_anew(change.field, change.now, text)


def _lacking(ask: Ask, saver: Saver, outcome: MissingFields) -> None:
    st.warning(ask.say("Some things are not filled in yet. Nothing was saved; your draft is kept."))
    html.show(html.listed(f"{saver.name(field)}: {what}" for field, what in outcome.fields))


def _problems(ask: Ask, saver: Saver, problems: Sequence[Problem]) -> None:
    """Everything that was refused, with where it stands."""
    say = ask.say
    st.error(say("Nothing was saved: correct this first. Your draft is kept."))
    columns: tuple[TableColumn[Problem], ...] = (
        TableColumn(say("Where"), saver.place),
        TableColumn(say("Field"), lambda problem: saver.column(problem.column or "")),
        TableColumn(say("Value"), lambda problem: problem.value or ""),
        TableColumn(say("What is wrong"), lambda problem: problem.problem),
        TableColumn(say("What to do"), lambda problem: problem.hint),
    )
    html.show(table_html(Table.of(columns, problems), say, stacked=True))
