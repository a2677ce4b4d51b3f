"""What a file's words stand for: schools by id, code, name or alias; frameworks, criteria, years, levels."""

from __future__ import annotations

import re
from bisect import bisect
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from analytics.intake.headings import bare, inner_parts
from analytics.intake.level_words import (
    ANSWER_CODE,
    is_dont_know,
    is_dont_know_and_a_level,
    is_numbered_dont_know,
    level_in,
)
from analytics.intake.nearest import nearest
from analytics.intake.numbers import whole_number
from analytics.intake.word_problem import WordProblem
from analytics.model.frameworks import Framework
from analytics.model.schools import School
from analytics.words.language import Words

NUMBERED_NAME = re.compile(r"([0-9]{1,9})(?:\s*[-–—.:)=])?\s*(\S.*)")
NAME_AND_ID = re.compile(r"(?P<name>.+\S)\s*\((?P<id>[^()]+)\)", re.DOTALL)
SPACED_CODE = re.compile(r"[0-9\s-]{9,}")
COMPARED = (
    2_000  # unknown schools that are compared with every known one; the rest with their neighbours in the alphabet
)

KEPT = 32  # frameworks whose words are kept from one file to the next: to work them out takes longer than a small file


def folded(text: str) -> str:
    """A word without case or runs of spaces, as it is compared."""
    return " ".join(text.casefold().split())


def unspaced_code(word: str) -> str:
    """A school unit code without the spaces and hyphens that people write in it; any other word as it is."""
    return re.sub(r"[\s-]", "", word) if SPACED_CODE.fullmatch(word) else word


class CityVocabulary:
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
        self._alphabet = sorted(self._by_word)
        self._compared = 0
        self._criteria: dict[str, Mapping[str, set[str]]] = {}
        self._levels: dict[str, dict[str, int]] = {}
        self._off_scale: dict[str, WordProblem] = {}  # said once, however many words are off
        self._no_criterion: dict[str, WordProblem] = {}

    def school(self, word: str) -> str | WordProblem:
        """The school's id. An exact id wins over a name or a code that reads the same."""
        say = self._say
        if word in self.schools:
            return word
        if word.endswith(";"):  # a question in which several could be chosen
            word = word.rstrip("; ")
        found = self._by_word.get(folded(word)) or self._by_word.get(unspaced_code(word)) or self._told_apart(word)
        if len(found) == 1:
            return next(iter(found))
        if not word:
            return WordProblem(say("The school is missing."), say("Give its id, its school unit code or its name."))
        if found:
            listed = ", ".join(sorted(found))
            return WordProblem(say("Several schools are called that."), say("Give the school's id: {ids}.", ids=listed))
        if not self._by_word:
            return WordProblem(
                say("The school is not known: no schools are loaded."), say("Load a file of schools first.")
            )
        school = self.schools[min(self._by_word[self._nearest(folded(word))])]
        nearest = school.name if school.name == school.id else f"{school.name} ({school.id})"
        return WordProblem(say("The school is not known."), say("The nearest is {school}.", school=nearest))

    def knows_school(self, word: str) -> bool:
        """Whether the word is one school's, and not merely like one's."""
        word = word.rstrip("; ") if word.endswith(";") else word
        known = self._by_word.get(folded(word)) or self._by_word.get(unspaced_code(word)) or self._told_apart(word)
        return word in self.schools or len(known) == 1

    def _told_apart(self, word: str) -> set[str]:
        """The school whose name and id these are, as pages and messages write one whose name others bear."""
        said = NAME_AND_ID.fullmatch(word)
        school = self.schools.get(said["id"]) if said else None
        return {school.id} if school and said and folded(school.name) == folded(said["name"]) else set()

    def _nearest(self, word: str) -> str:
        """The known word that is most like this one."""
        if self._compared >= COMPARED or len(word) > 200:
            place = bisect(self._alphabet, word)
            return max(self._alphabet[max(place - 1, 0) : place + 1], key=lambda known: _same_start(known, word))
        self._compared += 1
        return nearest(word, self._alphabet, least=0) or self._alphabet[0]

    def framework(self, word: str) -> str | WordProblem:
        say = self._say
        if word in self.frameworks:
            return word
        if folded(word) in self.frameworks:
            return folded(word)
        known = say("Known frameworks: {ids}.", ids=", ".join(sorted(self.frameworks)) or "-")
        return WordProblem(say("The framework is not known.") if word else say("The framework is missing."), known)

    def year(self, framework_id: str, word: str) -> int | WordProblem:
        say, framework = self._say, self.frameworks[framework_id]
        year = whole_number(word)
        if year is None or not 1900 <= year <= 2200:
            return WordProblem(
                say("This is not a year."), say("Write it with four digits, such as {year}.", year=framework.valid_from)
            )
        if not framework.covers(year):
            known = {"framework": framework_id, "start": framework.valid_from, "end": framework.valid_to}
            hint = (
                say("{framework} is valid {start}–{end}.", **known)
                if framework.valid_to
                else say("{framework} is valid from {start} on.", **known)
            )
            return WordProblem(say("The year is outside the framework's valid years."), hint)
        return year

    def criterion(self, framework_id: str, word: str) -> str | WordProblem:
        """The criterion's id, from its id or its title in either language."""
        say, found = self._say, self.criteria_named(framework_id, word)
        if len(found) == 1:
            return found[0]
        if found:
            listed = ", ".join(found)
            return WordProblem(
                say("Several criteria are called that."), say("Give the criterion's id: {ids}.", ids=listed)
            )
        if word and framework_id in self._no_criterion:
            return self._no_criterion[framework_id]
        ids = ", ".join(criterion.id for criterion in self.frameworks[framework_id].criteria)
        if not word:
            return WordProblem(
                say("The criterion is missing."),
                say("Criteria of {framework}: {ids}.", framework=framework_id, ids=ids),
            )
        self._no_criterion[framework_id] = WordProblem(
            say("The criterion is not known in {framework}.", framework=framework_id),
            say("Its criteria are: {ids}.", ids=ids),
        )
        return self._no_criterion[framework_id]

    def criteria_named(self, framework_id: str, word: str) -> list[str]:
        """The criteria that a word may stand for: an id, else a title in either language, or both ('A1. Title')."""
        words = self._criterion_words(framework_id)
        return sorted(words.get(folded(word)) or words.get(bare(word), ())) if word else []

    def _criterion_words(self, framework_id: str) -> Mapping[str, set[str]]:
        if framework_id not in self._criteria:
            self._criteria[framework_id] = _criterion_words(self.frameworks[framework_id])
        return self._criteria[framework_id]

    def criterion_headings(self, headings: Sequence[str], framework_id: str | None) -> list[str]:
        """The headings that are criteria of this framework; with None, of any."""
        where = [framework_id] if framework_id in self.frameworks else list(self.frameworks)
        found = {heading for id_ in where for heading in self.criteria_in(id_, headings)}
        return [heading for heading in headings if heading in found]

    def criteria_in(self, framework_id: str, headings: Sequence[str]) -> dict[str, list[str]]:
        """The headings that are criteria -> those that each may stand for. `Question [title]`, `1. title`, `Q1[A1]` and
        the like are, where no other heading is the criterion's id or title by itself."""
        named = {heading: self.criteria_named(framework_id, heading) for heading in headings}
        plain = {id_ for ids in named.values() for id_ in ids}
        for heading in headings:
            for part in inner_parts(heading) if not named[heading] else ():
                if ids := self.criteria_named(framework_id, part):
                    named[heading] = [] if plain & set(ids) else ids
                    break
        return {heading: ids for heading, ids in named.items() if ids}

    def heading_words(self) -> set[str]:
        """Every criterion's id and titles as headings are compared."""
        return {word for framework in self.frameworks.values() for word in _heading_words(framework)}

    def level(self, framework_id: str, word: str) -> int | WordProblem | None:
        """The level, or None for don't know, from cells like `3`, `3 - Trygg`, `3 (Trygg)`, `Nivå 3`, `Trygg: ...`,
        `3 – we always do`, `vet ej` or an empty one."""
        say, framework = self._say, self.frameworks[framework_id]
        text = folded(word.rstrip("; ")) if word.endswith(";") else folded(word)
        if framework_id not in self._levels:
            self._levels[framework_id] = _level_words(framework)
        names = self._levels[framework_id]
        named = bool(text) and text in names  # what the framework calls a level is one, whatever it means elsewhere
        both = not named and is_dont_know_and_a_level(text, framework.levels)
        if not named and not both and (is_dont_know(text) or is_numbered_dont_know(text, framework.levels)):
            return None
        level = None if both else whole_number(text)
        if level is None and not both:
            level = level_in(text, names)
        if level is None and ANSWER_CODE.fullmatch(text):
            return WordProblem(
                say("This is a forms tool's code for an answer, and does not tell which level it is."),
                say("Export the answers with their full texts, or say where files are loaded what each means."),
            )
        if level is None or level not in framework.levels:
            if framework_id not in self._off_scale:
                self._off_scale[framework_id] = self._off(framework)
            return self._off_scale[framework_id]
        return level

    def _off(self, framework: Framework) -> WordProblem:
        say = self._say
        names = zip(framework.levels, framework.labels(say.language), strict=True)
        listed = ", ".join(f"{level} ({name})" for level, name in names)
        return WordProblem(
            say("The level is not on the scale."),
            say("The levels are {levels}; leave the cell empty or write “vet ej” for don't know.", levels=listed),
        )


def _same_start(one: str, other: str) -> int:
    """How many characters two words have in common before they part."""
    return next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


@lru_cache(maxsize=KEPT)
def _heading_words(framework: Framework) -> frozenset[str]:
    return frozenset(bare(word) for word in _criterion_words(framework) if len(word) > 1)


@lru_cache(maxsize=KEPT)
def _criterion_words(framework: Framework) -> Mapping[str, set[str]]:
    """Every way to write a criterion's id or title -> the ids it may stand for. An id stands for itself alone."""
    words: dict[str, set[str]] = defaultdict(set)
    for criterion in framework.criteria:
        for title in (criterion.title.sv, criterion.title.en):
            for name in (folded(title), bare(title), bare(f"{criterion.id} {title}"), bare(criterion.id)):
                words[name].add(criterion.id)
    for criterion in framework.criteria:
        words[folded(criterion.id)] = {criterion.id}
    return dict(words)


def _level_words(framework: Framework) -> dict[str, int]:
    return {
        folded(name): level
        for labels in (framework.labels_sv, framework.labels_en)
        for level, name in zip(framework.levels, labels, strict=True)
    }
