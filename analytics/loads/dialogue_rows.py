"""A dialogue as it is typed: one text a field, and how the fields become rows of the registers' kinds.

A field's name says where it belongs: `notes`; `a2.goal`, of the agreement with number 2; `a2.x1.text`, of its action 1.
What is new has a letter n before a token of its own instead of a number (`an8f3.goal`, `a2.xn1c0.text`), so that two
people's new ones are never taken for each other. What was taken away and is to come back has the id that it had in the
store for a token (`an3-12.goal`), and is saved under that. `a2.removed`: taken away.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from analytics.loads.as_saved import as_saved
from analytics.loads.register_rows import Row, as_text
from analytics.model.dialogue import Dialogues
from analytics.store.drafts import Typed

Texts = Mapping[str, str]
NOTHING: Texts = MappingProxyType({})
RoundKey = tuple[str, str, int]
"""A dialogue's school, framework and year."""

DIALOGUE = ("held", "participants", "notes")
AGREEMENT = ("criterion", "goal", "from_level", "to_level", "due", "status", "outcome", "followed_up")
ACTION = ("text", "role", "due", "activity", "status", "outcome")
REMOVED = "removed"
ROW_ID = "row_id"  # beside a row's columns: which of the store's rows it is, where that is known
COMING_BACK = re.compile(r"n(?P<id>\d+-\d+)$")  # at the end of a part's name; new ones have no hyphen in their tokens
ABOUT = ("criterion", "text", "event", "date", "activity_id")  # the columns that tell what a part is about


@dataclass(frozen=True, slots=True)
class FieldConflict:
    """A field that both changed: what stood there when I began, what stands there now, and mine. `vanished`: what it
    belongs to is there no more; `another`: it is, and is about something else than it was."""

    field: str
    before: str
    now: str
    mine: str
    vanished: bool = False
    another: bool = False


def texts_of(dialogues: Dialogues, about: RoundKey) -> dict[str, str]:
    """The dialogue as it is saved; no field where nothing is."""
    texts: dict[str, str] = {}

    def put(prefix: str, row: object, names: tuple[str, ...]) -> None:
        texts.update({prefix + name: as_text(getattr(row, name)) for name in names})

    for dialogue in _of(dialogues.dialogues, about):
        put("", dialogue, DIALOGUE)
    for agreement in _of(dialogues.agreements, about):
        put(f"a{agreement.number}.", agreement, AGREEMENT)
    for action in _of(dialogues.actions, about):
        put(f"a{action.agreement}.x{action.number}.", action, ACTION)
    return texts


def entries_in(texts: Texts) -> list[str]:
    """The names of a dialogue's agreements (or of the rows of another list), in order: `a1`, `a2`, `an8f3`."""
    return list(dict.fromkeys(name.split(".")[0] for name in texts if "." in name))


def actions_in(texts: Texts, agreement: str) -> list[str]:
    """The names of an agreement's actions, in order: `a1.x1`, `a1.xn1c0`."""
    own = [name for name in texts if name.startswith(f"{agreement}.x")]
    return list(dict.fromkeys(name.rsplit(".", 1)[0] for name in own))


def all_of(texts: Texts, part: str) -> str:
    """Everything that is saved of an agreement or an action as one text: what stood there, for one taken away."""
    own = {name: text for name, text in sorted(texts.items()) if name.startswith(f"{part}.")}
    hanging = _hanging(texts, own.get(f"{part}.project_id", "")) if part.startswith("projects.") else {}
    return json.dumps(own | hanging, ensure_ascii=False)


def _hanging(texts: Texts, project: str) -> dict[str, str]:
    """The fields of all rows that hang on a project."""
    parts = tuple(
        name.removesuffix("project_id")
        for name, text in texts.items()
        if text == project and name.endswith(".project_id") and not name.startswith("projects.")
    )
    return {name: text for name, text in sorted(texts.items()) if parts and name.startswith(parts)}


def overlaid(saved: Texts, typed: Mapping[str, Typed]) -> dict[str, str]:
    """The saved texts with the typed ones in their place, and without what was taken away (but for what is about
    something else since); what was typed in what others took away has no place."""
    taken = {name: field for name, field in typed.items() if name.endswith(f".{REMOVED}")}
    gone = [name.removesuffix(REMOVED) for name, field in taken.items() if identity(saved, name) == field.within]
    mine = {name: field.text for name, field in typed.items() if name not in taken and not _vanished(saved, name)}
    both = {**saved, **mine}
    return {name: text for name, text in both.items() if not any(name.startswith(part) for part in gone)}


def conflicts(now: Texts, typed: Mapping[str, Typed]) -> tuple[FieldConflict, ...]:
    """The fields that somebody else has changed since they were typed in, to something else than what was typed; and
    all that was typed in an agreement or action which they have taken away, or made to be about something else. `now`:
    the dialogue as it is saved."""
    found = []
    for field, mine in typed.items():
        vanished, takes_away = _vanished(now, field), field.endswith(f".{REMOVED}")
        if vanished and takes_away:
            continue  # both took it away
        another = not vanished and identity(now, field) != mine.within
        here = all_of(now, field.rpartition(".")[0]) if takes_away else now.get(field, "")
        same = here in (mine.before, mine.text, as_saved(field.rpartition(".")[2], mine.text))
        if vanished or another or not same:
            found.append(FieldConflict(field, mine.before, here, mine.text, vanished, another))
    return tuple(found)


def already_saved(saved: Texts, typed: Mapping[str, Typed]) -> tuple[str, ...]:
    """The fields of new agreements that are saved already, action for action: by whoever holds the same draft."""
    known = [_contents(saved, part) for part in entries_in(saved)]
    texts = {name: as_saved(name.rpartition(".")[2], field.text) for name, field in typed.items()}
    mine = {part: _contents(texts, part) for part in entries_in(texts) if is_new(part)}
    told = [
        part
        for part, own in mine.items()
        if "criterion" in own and any(all(there.get(name) == text for name, text in own.items()) for there in known)
    ]
    return tuple(name for name in typed if name.split(".")[0] in told)


def _contents(texts: Texts, part: str) -> dict[str, list[str]]:
    """What is written in a part, by column, whatever its actions are called."""
    found: dict[str, list[str]] = {}
    for name, text in texts.items():
        if name.startswith(f"{part}.") and text:
            found.setdefault("x." * (name.count(".") - 1) + name.rpartition(".")[2], []).append(text)
    return found


def _vanished(now: Texts, field: str) -> bool:
    """Whether the saved part that a field belongs to is there no more."""
    part = field.rpartition(".")[0]
    return bool(part) and not is_new(part) and not any(name.startswith(f"{part}.") for name in now)


def identity(texts: Texts, field: str) -> str:
    """What the parts that a field belongs to are about, by which they are told from others that get their numbers: an
    agreement's criterion, an action's text, a row of a list by what is its own. Empty for what belongs to no part, or
    to a new one."""
    part = field.rpartition(".")[0]
    if not part or is_new(part):
        return ""
    parts = [part.partition(".")[0], part] if "." in part else [part]
    own = [[texts[name] for column in ABOUT if (name := f"{part}.{column}") in texts] for part in parts]
    return json.dumps(own, ensure_ascii=False) if all(own) else ""


def is_new(part: str) -> bool:
    """Whether an agreement or action has never been saved, by its name."""
    return any(name[1:2] == "n" for name in part.split("."))


def coming_back(part: str) -> str:
    """The id in the store of a row that is to come back, by its part's name; empty for all others."""
    found = COMING_BACK.search(part)
    return found["id"] if found else ""


def identified(row: Row, part: str) -> dict[str, str]:
    """The row, with the id that it had in the store where it is one that comes back."""
    id_ = coming_back(part)
    return {**row, ROW_ID: id_} if id_ else {**row}


def rows_in(texts: Texts, about: RoundKey, saved: Texts = NOTHING) -> dict[str, list[Row]]:
    """The rows of each kind that the texts make; what is new gets the numbers that follow, also on those of what is
    `saved` and taken away now, so that nothing is taken for what it comes instead of."""
    school, framework, year = about[0], about[1], str(about[2])
    key = {"school": school, "framework": framework, "year": year}
    rows: dict[str, list[Row]] = {
        "dialogues": [key | {name: texts.get(name, "") for name in DIALOGUE}],
        "agreements": [],
        "actions": [],
    }
    for agreement, number in _numbered(entries_in(texts), "a", entries_in(saved)).items():
        own = {name: texts.get(f"{agreement}.{name}", "") for name in AGREEMENT}
        rows["agreements"].append(identified(key | {"number": number} | own, agreement))
        before = actions_in(saved, agreement)
        for action, place in _numbered(actions_in(texts, agreement), f"{agreement}.x", before).items():
            own = {name: texts.get(f"{action}.{name}", "") for name in ACTION}
            rows["actions"].append(identified(key | {"agreement": number, "number": place} | own, action))
    return rows


def _numbered(names: Iterable[str], prefix: str, before: Iterable[str]) -> dict[str, str]:
    """Each name -> its number; those without one come after the others, and after those that there were `before`."""
    said = {name: name.removeprefix(prefix) for name in names}
    taken = (*said.values(), *(name.removeprefix(prefix) for name in before))
    last = max((int(number) for number in taken if number.isdigit()), default=0)
    numbers = {name: int(number) for name, number in said.items() if number.isdigit()}
    for name in said:
        if name not in numbers:
            last += 1
            numbers[name] = last
    return {name: str(number) for name, number in numbers.items()}


def _of(rows: Iterable, about: RoundKey) -> list:
    return [row for row in rows if (row.school_id, row.framework, row.year) == about]
