"""Schools whose briefs are hard to set: 26 criteria below the goal, long texts, odd scales and goals."""

from __future__ import annotations

from pathlib import Path

from analytics.model.frameworks import Goal
from analytics.store.reading import View
from tests.dialogue.telling import tell
from tests.maturity.worlds import Counts, People, SchoolRound, World, framework_of, publish

AREAS = {f"area{n}": tuple(f"{letter}{i}" for i in range(1, 4)) for n, letter in enumerate("ABCDEFGH")}
AREAS["area7"] = (*AREAS["area7"], "H4", "H5")  # 26 criteria in eight areas
MANY = framework_of("many", AREAS)
FEW_LEVELS = framework_of("share", {"all": ("X1", "X2")}, scale=(0, 1), goal=Goal(1, "share", 0.6))
MEDIAN = framework_of("median", {f"m{n}": (f"Y{n}",) for n in range(14)}, scale=(1, 6), goal=Goal(4, "median"))
LONG = "Arbetslagen har besökt varandras lektioner varannan vecka och antecknat vad som fungerade och inte. " * 20
WIDE = "VARNING FÖR MYCKET VERSALER WWW MMM @@@ " * 40
UNBROKEN = "https://example.org/" + "a" * 900


def hard_view(folder: Path) -> View:
    """School "low" is below the goal on all 26 criteria; "much" has eight agreements of long texts; every odd framework
    has a round in 2022."""
    world = World((MANY, FEW_LEVELS, MEDIAN), ("low", "much", *(f"o{n}" for n in range(5))))
    for framework in world.frameworks:
        size = len(framework.levels)
        for year in (2021, 2022):
            for n, school in enumerate(world.schools):
                round_ = SchoolRound(framework.id, year, school)
                for place, criterion in enumerate(framework.criteria):
                    if school == "low":
                        levels = [12, 6, *[0] * (size - 2)]
                    else:
                        levels = [3 + (n * place + year) % 9 for _ in range(size)]
                        levels[-1] += 3 * (place % 4) * (year - 2020)
                    world.counts.append(Counts(round_, criterion.id, tuple(levels), place % 7))
                world.people[round_] = People(90, 40)
    publish(world, folder)
    agreements, actions = [], []
    for year in (2021, 2022):
        for n, criterion in enumerate(MANY.criteria[:8], 1):
            text = (LONG, WIDE, UNBROKEN)[n % 3]
            told = ("under_way", text) if year == 2021 else ("agreed", "")
            agreements.append(("much", "many", year, n, criterion.id, "", 4, f"{year}-12-01", text, *told))
            actions += [
                ("much", "many", year, n, i, text, "principal", f"{year}-11-01", "course", *told) for i in range(1, 7)
            ]
    return tell(
        folder / "store",
        folder,
        activities=[("course", LONG[:190], "many", "area0")],
        dialogues=[("much", "many", 2021, "2021-02-01", LONG[:900], ""),
                   ("much", "many", 2022, "2022-02-01", LONG[:900], f"{LONG}\n\n{WIDE}\n{UNBROKEN}"),
                   ("o1", "many", 2022, "2022-02-01", "A, B", "\n".join(f"Line {n}" for n in range(80)))],
        agreements=agreements,
        actions=actions,
        certifications=[("much", "certified", "2021-05-01", LONG[:900], "many")],
        labels=[("much", kind, "2021-01-01", "") for kind in ("school_label", "prize", "certificate")],
        projects=[(f"p{n}", f"{n} {LONG[:180]}", "Erasmus+", "2021-01-01", "2023-01-01") for n in range(9)],
        participants=[(f"p{n}", "much") for n in range(9)],
    )  # fmt: skip
