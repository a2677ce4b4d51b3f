"""A sample of all pages there are, composed without a browser: every framework, round, school, criterion and view."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from pages.figures.criteria import page as criteria
from pages.figures.overview import page as overview
from pages.figures.school import page as school
from pages.figures.schools import page as schools
from pages.figures.support import page as support
from pages.shared.marks import as_of
from pages.shared.parts import FIRST
from pages.shared.rounds import schools_in_round
from pages.talks.certification import page as certification
from pages.talks.followup import page as followup
from pages.talks.learning import page as learning
from pages.ui.content import Ask, Block, Content

NOTABLE = ("apatitskolan", "isroseskolan", "kalcedonskolan", "nymaneskolan", "selenitskolan", "stratusskolan")
"""Demo schools with few answers, many don't-knows, a staff split in two, a skipped year."""


@dataclass(frozen=True)
class Composed:
    """A page as it was composed, and its name for messages."""

    name: str
    ask: Ask
    content: Content

    @cached_property
    def blocks(self) -> tuple[tuple[str, Block], ...]:
        """With what is made on opening, which is most of a page and made once for all that is tried on it."""
        return tuple((f"{self.name}/{block.key}", block) for block in self.content.all_blocks(self.ask))


def compose_pages(asks: dict[str, Ask], most: bool = True) -> list[Composed]:
    """Without `most`, of one school in nine and of the notable ones, these in every other round; and each page in one
    language, in turn."""
    made = []
    ask = asks["sv"]
    for page, compose, parameters, languages in [
        *city_pages(ask, most),
        *school_pages(ask, most),
        *learning_pages(ask, most),
    ]:
        for language in languages:
            name = "/".join([page, *map(str, parameters), language])
            made.append(Composed(name, asks[language], compose(asks[language], *parameters)))
    return made


BOTH = ("sv", "en")


def one(turn: int) -> tuple[str, ...]:
    """Languages in turn."""
    return (BOTH[turn % 2],)


def city_pages(ask: Ask, most: bool) -> Iterator[tuple]:
    """Every round of the overview, every criterion (its rounds in turn), every view of the schools page."""

    def each(turn: int) -> tuple[str, ...]:
        return BOTH if most else one(turn)

    for i, found in enumerate(ask.catalogue.rounds):
        yield "oversikt", overview.compose, (found.framework, found.year), each(i)
        show = ("alla", "kriterier")[i % 2]
        yield "skolor", schools.compose, (found.framework, found.year, None, None, show, "namn", 1), one(i // 2)
        sort = ("namn", "omrade", "sakrast")[i % 3]
        yield "certifiering", certification.compose, (found.framework, found.year, None, None, sort, 1), each(i // 2)
        yield "stod", support.compose, (found.framework, found.year, None, None), one(i)
        yield "uppfoljning", followup.compose, (found.framework, found.year, "2025-03-01"), each(i + 1)
        yield "kriterier", criteria.compose_all, (found.framework, found.year), one(i)
    for framework in ask.catalogue.frameworks:
        years = ask.catalogue.years(framework.id)
        for i, criterion in enumerate(framework.criteria if years else ()):
            yield "kriterier", criteria.compose, (framework.id, years[i % len(years)], criterion.id), one(i)
    last = ask.catalogue.rounds[-1]
    areas = [(None, None, area.id) for area in ask.catalogue.framework(last.framework).areas]
    told = [school for school in ask.catalogue.schools if school.district and school.stage]
    districts = [(district, None, "alla") for district in sorted({school.district for school in told})]
    stages = [(None, stage, "alla") for stage in sorted({school.stage for school in told})]
    for i, (district, stage, show) in enumerate([*areas, *districts, *stages]):
        sort = ("varde", "omrade", "namn")[i % 3]
        yield "skolor", schools.compose, (last.framework, last.year, district, stage, show, sort, 1), one(i)
        yield "stod", support.compose, (last.framework, last.year, district, stage), one(i + 1)


def picked(place: int, school_id: str, most: bool) -> bool:
    """One of every nine, so that what goes by twos and threes takes turns in them too."""
    return most or place % 9 == 0 or school_id in NOTABLE


def school_pages(ask: Ask, most: bool) -> Iterator[tuple]:
    """Every school in one round or another, languages, areas and what it is put beside in turn; the notable ones in
    every round, or every other."""
    there = {
        (found.framework, found.year): schools_in_round(ask, found.framework, found.year)
        for found in ask.catalogue.rounds
    }
    answered = {school_id for ids in there.values() for school_id in ids}
    for i, school_id in enumerate(found.id for found in ask.catalogue.schools if found.id in answered):
        if not picked(i, school_id, most):
            continue
        rounds = [found for found, ids in there.items() if school_id in ids]
        of_notable = rounds if most else rounds[i % 2 :: 2]
        for framework, year in of_notable if school_id in NOTABLE else [rounds[i % len(rounds)]]:
            areas = [None, *(area.id for area in ask.catalogue.framework(framework).areas)]
            since = (None, FIRST)[i % 2]
            others = sorted(there[framework, year] - {school_id})[i % 7 : i % 7 + 3]
            own_set = ",".join(others) if i % 3 == 0 else None
            parameters = (framework, year, school_id, areas[(i + year) % len(areas)], since, own_set)
            yield "skola", school.compose, parameters, one(i // 2 + year)


def learning_pages(ask: Ask, most: bool) -> Iterator[tuple]:
    """Every school in the latest round on the criterion that most stands in its way, and the notable ones in every
    round, or every other; those that lie highest have somebody to help."""
    last = ask.catalogue.rounds[-1]
    for turn, found in enumerate(ask.catalogue.rounds):
        notable = NOTABLE if most or turn % 2 == 0 else ()
        for i, school_id in enumerate(sorted(schools_in_round(ask, found.framework, found.year))):
            if picked(i, school_id, most) and (found == last or school_id in notable):
                criterion = learning.most_in_the_way(ask, found.framework, found.year, school_id)
                parameters = (
                    found.framework,
                    found.year,
                    school_id,
                    criterion,
                    as_of(ask, found.framework, found.year).isoformat(),
                )
                yield "lara", learned, parameters, one(i)


def learned(ask: Ask, *parameters) -> Content:
    return learning.compose(ask, *parameters)
