"""A framework made of another: the one that follows on it, or one like it."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from dataclasses import replace

from analytics.model.frameworks import Bilingual, Change, Criterion, Framework
from analytics.words.language import words

YEAR = r"(?<!\d){year}(?!\d)"


def successor_of(framework: Framework, taken: Collection[str]) -> Framework:
    """What follows on one that has a last year: for as many years, with its criteria in the same words. `taken`: the
    ids that there are. Raises ValueError for one without a last year: nobody knows when the next begins."""
    if framework.valid_to is None:
        raise ValueError(f"{framework.id} has no last year")
    first, last = framework.valid_to + 1, 2 * framework.valid_to + 1 - framework.valid_from
    years = ((framework.valid_from, first), (framework.valid_to, last))
    title = Bilingual(_later(framework.title.sv, years), _later(framework.title.en, years))
    return replace(
        _with_criteria(framework, _kept),
        id=free_id(_moved(framework.id, years) or f"{framework.id}-{first}", taken),
        title=title,
        valid_from=first,
        valid_to=last,
        previous=framework.id,
    )


def copy_of(framework: Framework, taken: Collection[str]) -> Framework:
    """One like it, with an id of its own."""
    title = Bilingual(_copied(framework.title.sv, "sv"), _copied(framework.title.en, "en"))
    return replace(framework, id=free_id(f"{framework.id}-kopia", taken), title=title)


def followers(framework_id: str, frameworks: Collection[Framework]) -> tuple[Framework, ...]:
    """Those that follow on a framework."""
    return tuple(framework for framework in frameworks if framework.previous == framework_id)


def free_id(base: str, taken: Collection[str]) -> str:
    """The id, or one like it that nothing else has."""
    id_, n = base, 1
    while id_ in taken:
        n += 1
        id_ = f"{base}-{n}"
    return id_


def _copied(title: str, language: str) -> str:
    say = words(language)
    return say("Copy of {title}", title=title)


def _kept(criterion: Criterion) -> Criterion:
    """The note tells how it was reworded then, which is no news of the next one."""
    return replace(criterion, previous=criterion.id, change=Change.IDENTICAL, note=None)


def _with_criteria(framework: Framework, made: Callable[[Criterion], Criterion]) -> Framework:
    """How things stood when the one before was written is no news of the next one."""
    areas = (replace(area, criteria=tuple(map(made, area.criteria)), state=None) for area in framework.areas)
    return replace(framework, areas=tuple(areas))


Years = tuple[tuple[int, int], tuple[int, int]]
"""(first year, the next one's), (last year, the next one's)."""


def _later(title: str, years: Years) -> str:
    """The title with its years moved on; with years where it has none, as two of one name cannot be told apart."""
    return _moved(title, years) or f"{title} {years[0][1]}–{years[1][1]}"


def _moved(text: str, years: Years) -> str:
    """'' where none of the years stands there. At one stroke: a year that has been moved is not moved again."""
    later = {str(before): str(after) for before, after in reversed(years)}
    found = re.compile("|".join(YEAR.format(year=year) for year in later))
    return found.sub(lambda year: later[year[0]], text) if found.search(text) else ""
