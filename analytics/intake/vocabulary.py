"""The words that a column of a register takes: codes, the pages' words in both languages, and other usual ones."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from enum import StrEnum
from functools import cache
from typing import Any, TypeVar

from analytics.intake.word_problem import WordProblem
from analytics.model.dialogue import Event, Mark, Progress
from analytics.model.funding import (
    Certainty,
    CostKind,
    Currency,
    Direction,
    MoneyKind,
    MoneySource,
    Phase,
    RateBasis,
    ReportQuestion,
    Role,
    Scope,
    Sector,
)
from analytics.words.labels import label_of
from analytics.words.language import LANGUAGES, Words, words

Word = TypeVar("Word", bound=StrEnum)

ALSO: dict[type[StrEnum], Mapping[str, Any]] = {  # beside the codes and the labels
    Role: {"ägare": Role.OWNER, "samordnare": Role.COORDINATOR, "samarbetspartner": Role.PARTNER},
    Scope: {
        "hela": Scope.WHOLE,
        "hel": Scope.WHOLE,
        "hela budgeten": Scope.WHOLE,
        "totalt": Scope.WHOLE,
        "egen": Scope.OWN,
        "egen del": Scope.OWN,
        "den egna delen": Scope.OWN,
        "own share": Scope.OWN,
        "enhet": Scope.UNIT,
    },
    Certainty: {"cirka": Certainty.ABOUT, "ca": Certainty.ABOUT, "c:a": Certainty.ABOUT, "ungefär": Certainty.ABOUT},
    MoneyKind: {
        "beviljad": MoneyKind.GRANTED,
        "beslut": MoneyKind.GRANTED,
        "ändrad": MoneyKind.AMENDED,
        "ändring": MoneyKind.AMENDED,
        "ansökt": MoneyKind.CLAIMED,
        "rekvirerat": MoneyKind.CLAIMED,
        "rekvirerad": MoneyKind.CLAIMED,
        "upparbetad": MoneyKind.SPENT,
        "ansökan om utbetalning": MoneyKind.CLAIMED,
        "godkänd": MoneyKind.CERTIFIED,
        "godkänt": MoneyKind.CERTIFIED,
        "approved": MoneyKind.CERTIFIED,
        "inbetald": MoneyKind.RECEIVED,
        "inbetalt": MoneyKind.RECEIVED,
        "inbetalning": MoneyKind.RECEIVED,
        "kostnad": MoneyKind.SPENT,
        "betalda fakturor": MoneyKind.SPENT,
        "återbetald": MoneyKind.REPAID,
        "återbetalning": MoneyKind.REPAID,
    },
    MoneySource: {"ja": MoneySource.EU, "yes": MoneySource.EU, "nej": MoneySource.OTHER, "no": MoneySource.OTHER},
    Phase: {"sökt": Phase.APPLIED, "ansökt": Phase.APPLIED, "pågående": Phase.RUNNING, "avslutad": Phase.CLOSED},
    CostKind: {
        "personalkostnad": CostKind.STAFF,
        "lön": CostKind.STAFF,
        "styckkostnad": CostKind.UNIT_COST,
        "schablonkostnad": CostKind.FLAT_RATE,
        "resa": CostKind.TRAVEL,
        "övrigt": CostKind.OTHER,
        "other": CostKind.OTHER,
    },
    RateBasis: {
        "ecb day": RateBasis.ECB,
        "ecb:s dagskurs": RateBasis.ECB,
        "infor euro": RateBasis.INFOREURO,
        "avtalet": RateBasis.AGREEMENT,
        "avtal": RateBasis.AGREEMENT,
        "banken": RateBasis.BANK,
    },
    Sector: {
        "university": Sector.UNIVERSITY,
        "universitet": Sector.UNIVERSITY,
        "forskning": Sector.UNIVERSITY,
        "research": Sector.UNIVERSITY,
        "ideell": Sector.NONPROFIT,
        "non profit": Sector.NONPROFIT,
    },
    Direction: {
        "utresande": Direction.OUTGOING,
        "ut": Direction.OUTGOING,
        "utgående": Direction.OUTGOING,
        "inkommande": Direction.INCOMING,
        "inresande": Direction.INCOMING,
        "in": Direction.INCOMING,
    },
    ReportQuestion: {
        "prioriteringar": ReportQuestion.PRIORITIES,
        "personella resurser": ReportQuestion.STAFFING,
        "kompetensutveckling": ReportQuestion.COMPETENCE,
        "competence development": ReportQuestion.COMPETENCE,
        "resultat": ReportQuestion.RESULTS,
        "måluppfyllelse": ReportQuestion.GOAL_ATTAINMENT,
        "spridning": ReportQuestion.DISSEMINATION,
    },
    Currency: {"kr": Currency.SEK, "kronor": Currency.SEK, "€": Currency.EUR, "euro": Currency.EUR},
    Event: {
        "ansökt": Event.APPLIED,
        "pågår": Event.IN_PROCESS,
        "under certifiering": Event.IN_PROCESS,
    },
    Progress: {
        "avtalat": Progress.AGREED,
        "klar": Progress.DONE,
        "struket": Progress.DROPPED,
    },
    Mark: {
        "skoletikett": Mark.SCHOOL_LABEL,
        "nationell kvalitetsutmärkelse": Mark.NATIONAL_QUALITY_LABEL,
        "europeisk kvalitetsutmärkelse": Mark.EUROPEAN_QUALITY_LABEL,
        "pris": Mark.PRIZE,
        "certifikat": Mark.CERTIFICATE,
    },
}


def plain(word: str) -> str:
    """A word as it is compared: without case, runs of blanks or marks at its end; `in_process` is `in process`, and
    `universitet / forskning` is `universitet/forskning`."""
    text = " ".join(re.split(r"[\s_\-\N{NON-BREAKING HYPHEN}\N{EN DASH}]+", word.casefold()))
    text = re.sub(r" ?/ ?", "/", text.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'"))
    return text.strip(" .,;:")


def one_of(kind: type[Word], word: str, say: Words) -> Word | WordProblem | None:
    """The member of a vocabulary that a word stands for: its code, what it is called in either language, or a usual
    other word. What could stand for two is not guessed."""
    if not word.strip():
        return None
    found = meanings(kind).get(plain(word), ())
    if len(found) == 1:
        return found[0]
    if found:
        return WordProblem(say("The word can stand for several things."), must_be(found, say))
    return WordProblem(say("The word is none of those that the column takes."), must_be(kind, say))


def several_of(kind: type[Word], word: str, say: Words) -> tuple[Word, ...] | WordProblem:
    """Several members of a vocabulary, with | between them, or commas or semicolons."""
    found: dict[Word, None] = {}
    for part in re.split(r"[|,;]", word):
        member = one_of(kind, part, say)
        if isinstance(member, WordProblem):
            return member
        if member is not None:
            found[member] = None
    return tuple(found)


def must_be(members: Iterable[StrEnum], say: Words) -> str:
    """What to write instead, as the pages call it."""
    return say("Write {words}.", words=say.either(label_of(member, say) for member in members))


@cache
def meanings(kind: type[Word]) -> dict[str, tuple[Word, ...]]:
    """Every word that a vocabulary takes, as it is compared -> the members that it may stand for."""
    found: dict[str, dict[Word, None]] = defaultdict(dict)
    for member in kind:
        for word in (member.value, *(label_of(member, words(language)) for language in LANGUAGES)):
            found[plain(word)][member] = None
    for word, member in ALSO.get(kind, {}).items():
        found[plain(word)][member] = None
    return {word: tuple(members) for word, members in found.items()}
