"""What taking a load back takes with it, said by `kvalitet withdraw`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from analytics.cli.output import announce, on_one_line
from analytics.loads.withdrawing import Withdrawal
from analytics.words.language import Words

NAMED = 8  # schools that are told by name


def tell_withdrawn(gone: Withdrawal, names: Mapping[str, str], say: Words, *, dry_run: bool) -> None:
    """Prints how much goes and whose it is. `names` of schools by id."""
    schools = sorted({names.get(school, school) for *_, school in (*gone.rounds, *gone.counted)})
    called = say.listing([on_one_line(school) for school in schools[:NAMED]])
    told = {
        "answers": say.plural("{n} answer", "{n} answers", gone.answers),
        "rounds": say.plural("{n} round", "{n} rounds", len({*gone.rounds, *gone.counted})),
        "schools": say.plural("{n} school", "{n} schools", len(schools)),
        "called": called if len(schools) <= NAMED else say("{schools} and others", schools=called),
    }
    if dry_run:
        announce(say("Would be taken back: {answers}, {rounds}, {schools}: {called}.", **told))
    else:
        announce(say("Taken back: {answers}, {rounds}, {schools}: {called}.", **told))
    if gone.counted:
        invited = say.plural(
            "With them the number of invited of {n} round.",
            "With them the number of invited of {n} rounds.",
            len(gone.counted),
        )
        announce(invited)
    if gone.stay:
        stay = say.plural(
            "{n} round that it brought has been loaded anew or taken back since, and stays as it is.",
            "{n} rounds that it brought have been loaded anew or taken back since, and stay as they are.",
            len(gone.stay),
        )
        announce(stay)


def withdrawn_as_json(gone: Withdrawal) -> dict[str, Any]:
    """The same for scripts: numbers, and the rounds by their keys."""
    return {
        "answers": gone.answers,
        "schools": len({school for *_, school in (*gone.rounds, *gone.counted)}),
        "rounds": [_round(key) for key in gone.rounds],
        "invited": [_round(key) for key in gone.counted],
        "stay": [_round(key) for key in gone.stay],
    }


def _round(key: tuple[str, int, str]) -> dict[str, Any]:
    framework, year, school = key
    return {"framework": framework, "year": year, "school": school}
