"""What a file's words stand for: schools by id, code, name or alias; frameworks, criteria, years, levels."""

from __future__ import annotations

import difflib
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from analytics.language import Words
from analytics.model import Framework, School


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why a word stands for nothing, and what to do."""

    problem: str
    hint: str


DONT_KNOW = frozenset(("", "vet ej", "vet inte", "don't know", "dont know", "dont_know", "vet_ej", "ej aktuellt"))
WHOLE_NUMBER = re.compile(r"[+-]?\d+(?:[.,]0+)?")


def folded(text: str) -> str:
    """A word without case or runs of spaces, as it is compared."""
    return " ".join(text.casefold().split())


class Register:
    """Frameworks and schools as they will be once the files at hand are in; each method explains one word."""

    def __init__(self, frameworks: Iterable[Framework], schools: Iterable[School], say: Words):
        self.frameworks = {framework.id: framework for framework in frameworks}
        self.schools = {school.id: school for school in schools}
        self._say = say
        self._by_word: dict[str, set[str]] = defaultdict(set)
        for school in self.schools.values():
            for word in (school.id, school.school_unit_code, school.name, *school.aliases):
                if word:
                    self._by_word[folded(word)].add(school.id)

    def school(self, word: str) -> str | Trouble:
        """The school's id. An exact id wins over a name or a code that reads the same."""
        say = self._say
        if word in self.schools:
            return word
        found = self._by_word.get(folded(word), set())
        if len(found) == 1:
            return next(iter(found))
        if not word:
            return Trouble(say("The school is missing."), say("Give its id, its school unit code or its name."))
        if found:
            listed = ", ".join(sorted(found))
            return Trouble(say("Several schools are called that."), say("Give the school's id: {ids}.", ids=listed))
        if not self._by_word:
            return Trouble(say("The school is not known: no schools are loaded."), say("Load a file of schools first."))
        near = difflib.get_close_matches(folded(word), list(self._by_word), n=1, cutoff=0)
        school = self.schools[min(self._by_word[near[0]])]
        nearest = school.name if school.name == school.id else f"{school.name} ({school.id})"
        return Trouble(say("The school is not known."), say("The nearest is {school}.", school=nearest))

    def framework(self, word: str) -> str | Trouble:
        say = self._say
        if word in self.frameworks:
            return word
        if folded(word) in self.frameworks:
            return folded(word)
        known = say("Known frameworks: {ids}.", ids=", ".join(sorted(self.frameworks)) or "-")
        return Trouble(say("The framework is not known.") if word else say("The framework is missing."), known)

    def year(self, framework_id: str, word: str) -> int | Trouble:
        say, framework = self._say, self.frameworks[framework_id]
        year = whole_number(word)
        if year is None or not 1900 <= year <= 2200:
            return Trouble(
                say("This is no year."), say("Write it with four digits, such as {year}.", year=framework.valid_from)
            )
        if not framework.covers(year):
            known = {"framework": framework_id, "start": framework.valid_from, "end": framework.valid_to}
            hint = (
                say("{framework} is valid {start}–{end}.", **known)
                if framework.valid_to
                else say("{framework} is valid from {start} on.", **known)
            )
            return Trouble(say("The year is outside the framework's valid years."), hint)
        return year

    def criterion(self, framework_id: str, word: str) -> str | Trouble:
        """The criterion's id, from its id or its title in either language."""
        say, found = self._say, self.criterion_words(framework_id).get(folded(word))
        if found:
            return found
        ids = [criterion.id for criterion in self.frameworks[framework_id].criteria]
        if not word:
            return Trouble(
                say("The criterion is missing."),
                say("Criteria of {framework}: {ids}.", framework=framework_id, ids=", ".join(ids)),
            )
        return Trouble(
            say("The criterion is not known in {framework}.", framework=framework_id),
            say("Its criteria are: {ids}.", ids=", ".join(ids)),
        )

    def criterion_words(self, framework_id: str) -> dict[str, str]:
        """Every folded word that names a criterion -> its id."""
        words = {}
        for criterion in self.frameworks[framework_id].criteria:
            for title in (criterion.title.sv, criterion.title.en):
                words[folded(title)] = criterion.id
                for joint in (" ", ". ", ": ", " - ", " – ", ") "):
                    words[folded(f"{criterion.id}{joint}{title}")] = criterion.id
        for criterion in self.frameworks[framework_id].criteria:
            words[folded(criterion.id)] = criterion.id
        return words

    def level(self, framework_id: str, word: str) -> int | Trouble | None:
        """The level, or None for don't know, from cells like `3`, `3 - Trygg`, `Trygg`, `vet ej` or an empty one."""
        say, framework = self._say, self.frameworks[framework_id]
        text = folded(word)
        if text in DONT_KNOW:
            return None
        level = whole_number(text)
        if level is None:
            for number, *names in zip(framework.levels, framework.labels_sv, framework.labels_en, strict=True):
                for name in map(folded, names):
                    if re.fullmatch(rf"(?:{number}\s*[-–—.:)]?\s*)?{re.escape(name)}", text):
                        level = number
        if level is None or level not in framework.levels:
            listed = ", ".join(
                f"{n} ({name})" for n, name in zip(framework.levels, framework.labels(say.language), strict=True)
            )
            return Trouble(
                say("The level is not on the scale."),
                say("The levels are {levels}; leave the cell empty or write “vet ej” for don't know.", levels=listed),
            )
        return level


def whole_number(word: str) -> int | None:
    """A whole number as people and spreadsheets write it ('3', '3.0', '3,0'), or None."""
    text = word.replace("\N{NO-BREAK SPACE}", "").replace(" ", "")
    if not WHOLE_NUMBER.fullmatch(text) or len(text) > 18:
        return None
    return int(re.split(r"[.,]", text)[0])
