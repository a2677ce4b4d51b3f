"""The words that a column of a register takes, in English and Swedish, and what a cell may be besides."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

from analytics.intake.amounts import day
from analytics.intake.register import Trouble, folded
from analytics.model.dialogue import Event, Mark, Progress, Responsible
from analytics.model.funding import Certainty, Currency, Direction, Question, Role, Scope, Sector
from analytics.words.language import Words

Word = TypeVar("Word", bound=StrEnum)

SWEDISH: dict[type[StrEnum], Mapping[str, StrEnum]] = {
    Role: {
        "ägare": Role.OWNER,
        "projektägare": Role.OWNER,
        "koordinator": Role.COORDINATOR,
        "samordnare": Role.COORDINATOR,
    },
    Scope: {
        "hela": Scope.WHOLE,
        "hel": Scope.WHOLE,
        "totalt": Scope.WHOLE,
        "egen": Scope.OWN,
        "egen del": Scope.OWN,
        "enhet": Scope.UNIT,
    },
    Certainty: {"exakt": Certainty.EXACT, "omkring": Certainty.ABOUT, "cirka": Certainty.ABOUT, "ca": Certainty.ABOUT},
    Sector: {
        "offentlig": Sector.PUBLIC,
        "privat": Sector.PRIVATE,
        "universitet": Sector.UNIVERSITY,
        "universitet/forskning": Sector.UNIVERSITY,
        "ideell": Sector.NONPROFIT,
        "ideell sektor": Sector.NONPROFIT,
    },
    Direction: {
        "utresande": Direction.OUTGOING,
        "ut": Direction.OUTGOING,
        "utgående": Direction.OUTGOING,
        "inkommande": Direction.INCOMING,
        "inresande": Direction.INCOMING,
        "in": Direction.INCOMING,
    },
    Question: {
        "prioriteringar": Question.PRIORITIES,
        "personella resurser": Question.STAFFING,
        "kompetensutveckling": Question.COMPETENCE,
        "resultat": Question.RESULTS,
        "måluppfyllelse": Question.GOAL_ATTAINMENT,
        "spridning": Question.DISSEMINATION,
    },
    Currency: {"kr": Currency.SEK, "€": Currency.EUR, "euro": Currency.EUR},
    Event: {
        "ansökt": Event.APPLIED,
        "har ansökt": Event.APPLIED,
        "pågår": Event.IN_PROCESS,
        "i process": Event.IN_PROCESS,
        "under certifiering": Event.IN_PROCESS,
        "certifierad": Event.CERTIFIED,
        "förnyad": Event.RENEWED,
        "avslag": Event.DECLINED,
    },
    Responsible: {
        "personal": Responsible.STAFF,
        "undervisande personal": Responsible.TEACHING_STAFF,
        "chef": Responsible.MANAGER,
        "rektor": Responsible.PRINCIPAL,
        "förvaltningscentralt": Responsible.CENTRAL,
    },
    Progress: {
        "avtalat": Progress.AGREED,
        "överenskommet": Progress.AGREED,
        "pågår": Progress.UNDER_WAY,
        "klart": Progress.DONE,
        "klar": Progress.DONE,
        "struket": Progress.DROPPED,
        "avbrutet": Progress.DROPPED,
    },
    Mark: {
        "skoletikett": Mark.SCHOOL_LABEL,
        "etwinning-skola": Mark.SCHOOL_LABEL,
        "nationell kvalitetsutmärkelse": Mark.NATIONAL_QUALITY_LABEL,
        "etwinnings nationella kvalitetsutmärkelse": Mark.NATIONAL_QUALITY_LABEL,
        "europeisk kvalitetsutmärkelse": Mark.EUROPEAN_QUALITY_LABEL,
        "etwinnings europeiska kvalitetsutmärkelse": Mark.EUROPEAN_QUALITY_LABEL,
        "pris": Mark.PRIZE,
        "etwinning-pris": Mark.PRIZE,
        "certifikat": Mark.CERTIFICATE,
        "etwinning-certifikat": Mark.CERTIFICATE,
    },
}


def one_of(kind: type[Word], word: str, say: Words) -> Word | Trouble | None:
    """One of the words that a column takes, in English (`in process` as well as `in_process`) or Swedish."""
    text = folded(word)
    if not text:
        return None
    swedish = SWEDISH.get(kind, {})
    if text in swedish:
        return swedish[text]
    for value in kind:
        if value.value.casefold() == re.sub(r"[ -]", "_", text):
            return value
    listed = ", ".join(value.value for value in kind)
    return Trouble(say("The word is none of those that the column takes."), say("It takes {words}.", words=listed))


def several_of(kind: type[Word], word: str, say: Words) -> tuple[Word, ...] | Trouble:
    """Several of the words that a column takes, with | between them."""
    found = [one_of(kind, part.strip(), say) for part in word.split("|") if part.strip()]
    return next((part for part in found if isinstance(part, Trouble)), tuple(found))


class Cells:
    """What a cell of a register may hold; each method makes what explains its words."""

    def __init__(self, say: Words):
        self.say = say
        self._empty = say("The cell is empty.")

    def text(self, word: str) -> str | None:
        return word or None

    def day(self, word: str) -> date | Trouble | None:
        return day(word, self.say)

    def stated(self, column: str) -> Callable[[str], str | Trouble]:
        """A text that must be there."""
        missing = Trouble(self._empty, self.say("{column} must be stated.", column=column))
        return lambda word: word or missing

    def stated_day(self, word: str) -> date | Trouble:
        missing = Trouble(self.say("The day is missing."), self.say("Write it like 2018-09-01."))
        return self.day(word) or missing

    def past_day(self, word: str) -> date | Trouble:
        """A day that has come."""
        found = self.stated_day(word)
        if isinstance(found, Trouble) or found <= date.today():
            return found
        return Trouble(self.say("The day is in the future."), self.say("Check the year, the month and the day."))

    def word(self, kind: type[Word], default: Word | None = None) -> Callable[[str], Any]:
        return lambda word: one_of(kind, word, self.say) or default

    def stated_word(self, kind: type[Word]) -> Callable[[str], Any]:
        values = ", ".join(value.value for value in kind)
        missing = Trouble(self._empty, self.say("It takes {words}.", words=values))
        return lambda word: one_of(kind, word, self.say) or missing
