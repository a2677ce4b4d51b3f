"""What the labels of Min skola's folds tell."""

from __future__ import annotations

from analytics.model.figures import Accord
from analytics.model.frameworks import WHOLE
from analytics.words.language import Words
from pages.figures.school.comparison import SchoolComparison
from pages.shared.in_short import beside_the_city


def agreed(comparison: SchoolComparison, say: Words) -> str:
    """On how many criteria the staff agree; empty where there are too few answers to say."""
    found = comparison.accords.values()
    if not found:
        return ""
    return say("{part} of {whole} agreed", part=sum(each.kind is Accord.AGREED for each in found), whole=len(found))


def areas_beside(comparison: SchoolComparison, say: Words) -> str:
    areas = [comparison.areas[area.id] for area in comparison.framework.areas if area.id in comparison.areas]
    return beside_the_city((area.city_side for area in areas if area.mean is not None), say)


def criteria_beside(comparison: SchoolComparison, say: Words) -> str:
    return beside_the_city((cell.city_side for cell in comparison.cells.values() if cell.mean is not None), say)


def of_the_similar(comparison: SchoolComparison, say: Words) -> str:
    """Their mean over all areas; where none is told, how many they are."""
    group = comparison.group
    figure, schools = group.areas.get(WHOLE), say.plural("{n} school", "{n} schools", len(group.schools))
    if not group.schools or figure is None or figure.mean is None:
        return schools if group.schools else ""
    return say("mean {mean}", mean=say.number(figure.mean))
