"""What the columns of the dialogue's kinds hold: each field of a row, its column, and what its words stand for."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

from analytics.intake.columns import Check
from analytics.intake.nearest import nearest
from analytics.intake.numbers import BLANK, whole_number
from analytics.intake.register import bare
from analytics.intake.schools import SCHOOL_ID
from analytics.intake.trouble import Trouble
from analytics.intake.vocabulary import Cells
from analytics.model.dialogue import Activity, Agreement, Dialogues, Event, Mark, Progress, Responsible
from analytics.model.frameworks import Framework
from analytics.words.language import Words

LISTED = 10  # known activities in a hint
LAST_NUMBER = 999
DECIMAL = re.compile(rf"(?P<number>[0-9]{{1,3}}(?:[.,][0-9]+)?){BLANK}*(?P<percent>%?)")

Reads = dict[str, tuple[str, Callable[..., Any]]]
"""Each field of a kind's row -> the column it stands in and what its words stand for."""


class Known:
    """The activities and agreements there will be: the store's, and those of the rows told so far in this call. Where
    the call tells a round's agreements, it tells all of them. Of the kinds in `unsure` some rows could not be read."""

    def __init__(self, known: Dialogues, rows: Iterable[Any], unsure: Iterable[str] = ()):
        self.unsure = frozenset(unsure)
        rows = list(rows)
        activities = (*known.activities, *(row for row in rows if isinstance(row, Activity)))
        self.activities = {activity.id: activity.title for activity in activities}
        told = [row for row in rows if isinstance(row, Agreement)]
        rounds = {(a.school_id, a.framework, a.year) for a in told}
        kept = (a for a in known.agreements if (a.school_id, a.framework, a.year) not in rounds)
        self.agreements = {(a.school_id, a.framework, a.year, a.number) for a in (*kept, *told)}


def explanations(check: Check, known: Known) -> Reads:
    """The fields that a row's own words explain."""
    say, cells = check.say, Cells(check.say)
    school = ("school", check.register.school)
    framework = ("framework", check.register.framework)
    came = ("date", cells.past_day)
    status = ("status", cells.word(Progress, Progress.AGREED))
    match check.kind.name:
        case "activities":
            return {
                "id": ("activity_id", lambda word: _id(word, say)),
                "title": ("title", cells.stated),
                "framework": framework,
                "description": ("description", cells.text),
                "start": ("start", cells.day),
                "end": ("end", cells.day),
                "contact": ("contact", cells.text),
            }
        case "dialogues":
            return {
                "school_id": school,
                "framework": framework,
                "held": ("held", cells.day),
                "participants": ("participants", cells.text),
                "notes": ("notes", cells.text),
            }
        case "agreements":
            return {
                "school_id": school,
                "framework": framework,
                "number": ("number", lambda word: _number(word, say)),
                "due": ("due", cells.stated_day),
                "goal": ("goal", cells.text),
                "status": status,
                "outcome": ("outcome", cells.text),
                "followed_up": ("followed_up", cells.day),
            }
        case "actions":
            return {
                "school_id": school,
                "framework": framework,
                "agreement": ("agreement", lambda word: _number(word, say)),
                "number": ("number", lambda word: _number(word, say)),
                "text": ("text", cells.stated),
                "role": ("role", cells.stated_word(Responsible)),
                "due": ("due", cells.day),
                "activity": ("activity", lambda word: _activity(word, known, say)),
                "status": status,
                "outcome": ("outcome", cells.text),
            }
        case "certifications":
            event = ("event", cells.stated_word(Event))
            return {"school_id": school, "event": event, "day": came, "note": ("note", cells.text)}
        case "findings":
            return {"school_id": school, "framework": framework, "day": came, "note": ("note", cells.text)}
    return {
        "school_id": school,
        "label": ("label", cells.stated_word(Mark)),
        "day": came,
        "until": ("until", cells.day),
        "note": ("note", cells.text),
    }


def explanations_within(check: Check) -> Reads:
    """The fields whose words the row's framework explains."""
    register = check.register
    year, criterion = ("year", register.year), ("criterion", register.criterion)

    def goal(stated: bool) -> Callable[[str, str], float | Trouble | None]:
        return lambda id_, word: goal_figure(register.frameworks[id_], word, check.say, stated=stated)

    match check.kind.name:
        case "activities":
            return {"area": ("area", lambda id_, word: area(register.frameworks[id_], word, check.say))}
        case "dialogues" | "actions":
            return {"year": year}
        case "agreements":
            levels: Reads = {"to_level": ("to_level", goal(True)), "from_level": ("from_level", goal(False))}
            return {"year": year, "criterion": criterion, **levels}
        case "findings":
            return {"criterion": criterion, "level": ("level", lambda id_, word: _level(check, id_, word))}
    return {}


def goal_figure(framework: Framework, word: str, say: Words, *, stated: bool) -> float | Trouble | None:
    """A school's figure on a criterion, in the unit of the framework's goal: a level, or a share as 0.5 or 50 %."""
    if not word:
        missing = Trouble(say("The cell is empty."), say("Write the figure that is to be reached."))
        return missing if stated else None
    said = DECIMAL.fullmatch(word.strip())
    number = float(said["number"].replace(",", ".")) if said else None
    if framework.goal.statistic == "share":
        share = number / 100 if number is not None and said["percent"] else number
        if share is None or not 0 <= share <= 1:
            return Trouble(say("This is no share."), say("Write it like 0.5 or 50 %."))
        return share
    low, high = framework.scale_min, framework.scale_max
    if number is None or said["percent"] or not low <= number <= high:
        hint = say("Write a number from {low} to {high}, with decimals if need be.", low=low, high=high)
        return Trouble(say("The level is not on the scale."), hint)
    return number


def area(framework: Framework, word: str, say: Words) -> str | Trouble:
    """The area's id, from its id or its title in either language."""
    for found in framework.areas:
        if word == found.id:
            return found.id
    for found in framework.areas:
        if bare(word) and bare(word) in {bare(name) for name in (found.id, found.title.sv, found.title.en)}:
            return found.id
    ids = ", ".join(found.id for found in framework.areas)
    problem = say("The area is not known in {framework}.", framework=framework.id)
    return Trouble(problem if word else say("The area is missing."), say("Its areas are: {ids}.", ids=ids))


def _level(check: Check, framework_id: str, word: str) -> int | Trouble:
    """The level that was found; nobody who certifies answers don't know."""
    level = check.register.level(framework_id, word)
    if level is None:
        missing = check.say("The level is missing.")
        return Trouble(missing, check.say("Leave the row out where no level was found."))
    return level


def _id(word: str, say: Words) -> str | Trouble:
    if SCHOOL_ID.fullmatch(word):
        return word
    problem = say("The activity id has spaces or separators in it.") if word else say("The activity id is missing.")
    return Trouble(problem, say("Use letters, digits and hyphens, and the same id every year."))


def _number(word: str, say: Words) -> int | Trouble:
    number = whole_number(word)
    if number is None or not 1 <= number <= LAST_NUMBER:
        return Trouble(say("This is no number of an agreement or action."), say("Write 1, 2, 3 and so on."))
    return number


def _activity(word: str, known: Known, say: Words) -> str | Trouble | None:
    if not word or word in known.activities or "activities" in known.unsure:
        return word or None
    problem = say("The activity is not known.")
    if not known.activities:
        return Trouble(problem, say("Load a file of activities first, or leave the cell empty."))
    near = nearest(word, [*known.activities, *known.activities.values()])
    if not near:
        listed = ", ".join(sorted(known.activities)[:LISTED])
        return Trouble(problem, say("Known activities are, among others: {ids}.", ids=listed))
    id_ = next(i for i, title in known.activities.items() if near in (i, title))
    return Trouble(problem, say("The nearest is {activity}.", activity=id_))
