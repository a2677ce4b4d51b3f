"""How Översikt's answer was reckoned, and how sure it is: what would weigh down the answer itself."""

from __future__ import annotations

from collections.abc import Sequence

from analytics.maturity.changes import CityChange
from analytics.maturity.rounds import Round
from analytics.model.frameworks import WHOLE
from analytics.model.present import present
from analytics.words.basis import basis_note
from analytics.words.changes import city_promise
from analytics.words.figures import interval
from analytics.words.language import Words
from pages.figures.overview.city_round import CityRound, city_round
from pages.shared.change_words import change_sentence
from pages.shared.parts import city_moved
from pages.shared.ready_words import schools_at_goal
from pages.ui import html
from pages.ui.content import Ask, Block


def reckoning(ask: Ask, framework_id: str, year: int, since: str) -> Block:
    """How sure the answer is, and what it was reckoned from: words alone."""
    city = city_round(ask, framework_id, year, since)
    return Block(
        key="reckoning",
        headline=ask.say("How sure is that?"),
        alt="",
        table=None,
        drawing=html.element("div", html.listed(reckoned(city, ask.say)), class_="kd-drawn"),
    )


def reckoned(city: CityRound, say: Words) -> Sequence[str]:
    this, whole = city.round, city.by_area.get(WHOLE)
    said = [f"{schools_at_goal(this.met, this.met + this.not_met, city.framework, say)}."]
    said[0] += " " + " ".join(how_sure(city, say))
    if whole and whole.mean is not None:
        mean = say.plural(
            "The city's mean is {mean}, the mean of {n} school; {interval}.",
            "The city's mean is {mean}, the mean of {n} schools; {interval}.",
            whole.schools,
            mean=say.number(whole.mean),
            interval=interval(whole.ci_low, whole.ci_high, say) or say("no interval"),
        )
        said.append(" ".join(filter(None, [mean, basis_note([whole.interval_basis], say)])))
    if city.whole_change:
        said.append(" ".join(filter(None, [moved_with_needed(city.whole_change, say), city_promise(say)])))
    titles = {area.id: area.title.in_(say.language) for area in city.framework.areas}
    moved = [f"{titles[area]}: {change_sentence(change, say)}." for area, change in city.area_changes.items()]
    said += [*moved, _more_responded(this, say)]
    return [text.strip() for text in said if text.strip()]


def moved_with_needed(change: CityChange, say: Words) -> str:
    """How the city's mean has moved, with what a clear change takes."""
    if change.needed is None:
        return city_moved(change, say)
    needed = say("A clear change takes at least {needed}.", needed=say.number(change.needed))
    return f"{city_moved(change, say)} {needed}"


def how_sure(city: CityRound, say: Words) -> list[str]:
    """How many of the schools at the goal are surely or probably there, and that their number moves by chance too."""
    this, sentences = city.round, []
    if this.met:
        sentences.append(
            say("For {n} of them it is sure or likely.", n=say.integer(this.sure))
            if this.sure
            else say("For none of them is it sure or likely.")
        )
    if city.last:
        sentences.append(say("The number of schools moves by chance too."))
    if this.cannot_tell:
        sentences.append(
            say.plural(
                "For {n} more school it cannot be determined: too much of it is hidden.",
                "For {n} more schools it cannot be determined: too much of them is hidden.",
                this.cannot_tell,
            )
        )
    return sentences


def _more_responded(this: Round, say: Words) -> str:
    """Those who responded where how many were invited is not told: nobody knows, or too few answered."""
    more = present(this.responded) - present(this.responded_of_invited) if this.invited else 0
    if more <= 0:
        return ""
    return say.plural(
        "{n} more responded at schools with under ten answers, or where nobody has counted the invited.",
        "{n} more responded at schools with under ten answers, or where nobody has counted the invited.",
        more,
    )
