"""The history of a form's rows, and taking one of its changes back into the form's draft."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from analytics.loads.dialogue_rows import REMOVED, Texts
from analytics.loads.taking_back import TakenBack, taken_back
from analytics.loads.taking_back_dialogue import EditedDialogueRows
from analytics.store.history import Entry
from pages.ui.content import Ask
from pages.ui.forms import Form, as_it_is_now
from pages.ui.row_history import History, RowWords, Shown, history_fold


def form_history(
    ask: Ask,
    current: Form,
    *,
    title: str,
    entries: Callable[[], Sequence[Entry]],
    row: Callable[[EditedDialogueRows, Entry], str],
    column: Callable[[Entry], str],
    written: Callable[[Entry, str], str],
    standing: Callable[[Texts], EditedDialogueRows],
) -> None:
    """In a fold; see History. `standing`: the rows, given what the form's fields hold; `row(now, entry)`: what the
    entry's row is called on the page."""
    say = ask.say
    words = RowWords(say("was added"), say("was removed"), say("Remove"), say("Bring back"))

    def shown(found: Sequence[Entry]) -> Iterator[Shown]:
        now = standing(current.texts)
        for entry in reversed(found):
            yield Shown(entry, row(now, entry), now.part(entry.change.kind, entry.change.row) is not None)

    def back(entry: Entry) -> TakenBack:
        return taken_back(entry, standing(as_it_is_now(current).texts))

    def put(fields: Mapping[str, str]) -> None:
        now = as_it_is_now(current)
        now.put_all({name: text for name, text in fields.items() if not _takes_away(name)})
        for name in filter(_takes_away, fields):
            now.take_away(name.rpartition(".")[0])

    about = current.about
    history_fold(ask, History(about, title, entries, shown, words, column, written, back, put, quoted=True))


def _takes_away(name: str) -> bool:
    return name.endswith(f".{REMOVED}")
