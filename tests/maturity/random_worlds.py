"""Cities that are drawn at random, to be published and held against the twin and against each other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from random import Random

from analytics.model.frameworks import Change, Framework, Goal
from tests.maturity.worlds import Answer, Counts, People, SchoolRound, World, framework_of
from tests.sampling import NIGHTLY

FOUR = framework_of("four", {"lead": ("A1", "A2", "A3"), "teach": ("B1", "B2")})
FIVE = framework_of("five", {"one": ("C1",), "two": ("D1", "D2")}, scale=(1, 5), goal=Goal(4, "median"))
ZERO = framework_of("zero", {"all": ("E1", "E2", "E3")}, scale=(0, 3), goal=Goal(2, "share", 0.6))
TWO = framework_of("two", {"x": ("F1",), "y": ("G1", "G2")}, scale=(2, 6), goal=Goal(5, "share", 0.5))

FOLLOWED = range(8, 10)  # cities where it is told how a person's answers go together
SEEDS = range(FOLLOWED.stop) if NIGHTLY else (2, 3, *FOLLOWED)
"""By day so few as hold all that has to be tried, which test_against_twin.py tells, of every framework."""

SIZES = (1, 2, 4, 5, 6, 8, 9, 10, 12, 19, 20, 21, 24, 30, 36)


def random_world(seed: int) -> World:
    """Two frameworks, two years, up to seven schools: some hidden, some in part, one round with a school alone."""
    if seed in FOLLOWED:
        return _followed_world(seed)
    random = Random(seed)
    frameworks = (FOUR, FIVE) if seed % 2 else (ZERO, TWO)
    world = World(frameworks, tuple(f"s{n}" for n in range(7)), hide_below=random.choice((5, 5, 7, 12)))
    for framework in frameworks:
        for year in (2021, 2022):
            schools = world.schools[:1] if (framework, year) == (frameworks[1], 2022) else world.schools
            for school in schools:
                if len(schools) == 1 or random.random() < 0.9:
                    _random_round(world, random, framework, SchoolRound(framework.id, year, school))
    return world


def _followed_world(seed: int) -> World:
    """Eight schools. In a framework's first year six of them, of 20-36 people, answer on everything, which tells how a
    person's answers go together: in its second year, of which there are mostly counts, and in another framework, where
    it is told by too few."""
    random = Random(seed)
    first, other = (FOUR, FIVE) if seed % 2 else (ZERO, TWO)
    world = World((first, other), tuple(f"s{n}" for n in range(8)))
    for school in world.schools[:6]:
        for person in range(random.randrange(20, 37)):
            own = random.uniform(first.scale_min, first.scale_max)
            for criterion in first.criteria:
                level = min(first.scale_max, max(first.scale_min, round(random.gauss(own, 1))))
                world.answers.append(Answer(SchoolRound(first.id, 2021, school), f"p{person}", criterion.id, level))
    for framework, counted in ((first, 0.6), (other, 0.9)):
        for school in world.schools:
            _random_round(world, random, framework, SchoolRound(framework.id, 2022, school), counted)
    return world


def _random_round(
    world: World, random: Random, framework: Framework, round_: SchoolRound, counted: float = 0.35
) -> None:
    """`counted`: how likely it comes as counts."""
    people = random.choice(SIZES)
    leaning = random.choice((-2, -1, 0, 1, 3))
    asked = [c.id for c in framework.criteria if random.random() < 0.95] or [framework.criteria[0].id]
    unsure = {c: random.choice((0, 0, 0.05, 0.5, 0.9, 1)) for c in asked}
    as_counts = random.random() < counted
    skips = random.choice((0, 0, 0.3))  # people without a row on a criterion
    levels = defaultdict(list)
    for person in range(people):
        for at, criterion in enumerate(asked):
            if random.random() < skips and not (person == 0 and at == 0):
                continue
            weights = [1.0 + max(0, leaning * place) + max(0, -leaning * (len(framework.levels) - place))
                       for place in range(len(framework.levels))]  # fmt: skip
            level = None if random.random() < unsure[criterion] else random.choices(framework.levels, weights)[0]
            levels[criterion].append(level)
            if not as_counts:
                world.answers.append(Answer(round_, f"p{person}", criterion, level))
    if as_counts:
        for criterion in asked:
            given = levels[criterion]
            per_level = tuple(given.count(level) for level in framework.levels)
            world.counts.append(Counts(round_, criterion, per_level, given.count(None)))
    match random.choice(("nothing", "invited", "both", "low", "none invited")):
        case "invited":
            world.people[round_] = People(people + random.randrange(people + 3))
        case "both":
            world.people[round_] = People(people + 4, max(0, people - random.randrange(3)))
        case "low":
            world.people[round_] = People(2 * people + random.choice((0, 1)), people)
        case "none invited":
            world.people[round_] = People(0)


# Random histories ---------------------------------------------------------------------------------------------------

FORMER = framework_of("former", {"lead": ("A1", "A2"), "teach": ("B1", "B2")}, years=(2018, 2021))
LATTER = framework_of(
    "latter",
    {"lead": ("A1", "A9"), "teach": ("B1", "B2")},
    years=(2022, None),
    previous="former",
    changes={"A1": ("A1", Change.IDENTICAL), "B1": ("B2", Change.IDENTICAL), "B2": ("B1", Change.REWORDED)},
)
HISTORIES = range(2 if NIGHTLY else 1)


def random_history(seed: int) -> World:
    """Six schools over three years of one framework and three of the next: long enough for forecasts. Now and then a
    school skips a year, is hidden, or is hidden on a criterion."""
    random = Random(f"history {seed}")
    world = World((FORMER, LATTER), tuple(f"s{n}" for n in range(6)))
    for year in range(2019, 2025):
        framework = FORMER if year < 2022 else LATTER
        for number, school in enumerate(world.schools):
            round_, luck = SchoolRound(framework.id, year, school), random.random()
            if luck < 0.08 and number > 1:
                continue
            people = 3 if luck < 0.16 and number > 1 else random.randrange(8, 40)
            level, as_counts = random.choice((2.4, 3.0, 3.4)) + 0.1 * (year - 2019), number == 5
            for criterion in framework.criteria:
                many = 4 if random.random() < 0.08 and number > 1 else people
                levels = [min(4, max(1, round(random.gauss(level, 0.8)))) for _ in range(many)]
                if as_counts:
                    per_level = tuple(levels.count(x) for x in framework.levels)
                    world.counts.append(Counts(round_, criterion.id, per_level, 1))
                else:
                    world.answers += [Answer(round_, f"p{n}", criterion.id, x) for n, x in enumerate(levels)]
    return world


# A city of many sizes -----------------------------------------------------------------------------------------------


def sizes_world(years: Iterable[int]) -> World:
    """Twenty-two schools in some years, so many of each size that the city's spread is its own, and that some of those
    with 10-19 answers are added up and others not."""
    random = Random("sizes")
    world = World((FOUR,), tuple(f"s{n:02}" for n in range(22)))
    for year in years:
        for number, school in enumerate(world.schools):
            round_ = SchoolRound("four", year, school)
            people = (6, 7, 9, 12, 13, 14, 15, 17, 18, 19)[number] if number < 10 else 20 + number
            centre = 4.7 if number in (1, 4, 9) else random.choice((2.3, 2.8, 3.2))
            for criterion in FOUR.criteria:
                levels = [min(4, max(1, round(random.gauss(centre, 0.9)))) for _ in range(people)]
                if number % 4 == 3:
                    per_level = tuple(map(levels.count, FOUR.levels))
                    world.counts.append(Counts(round_, criterion.id, per_level, number % 3))
                else:
                    world.answers += [Answer(round_, f"p{n}", criterion.id, x) for n, x in enumerate(levels)]
    return world
