"""How far a staff agree, in words."""

from __future__ import annotations

from analytics.model.figures import Accord
from analytics.words.language import N_, Words

ACCORD = {
    Accord.AGREED: N_("agreed"),
    Accord.DIVIDED: N_("in two camps"),
    Accord.SPREAD: N_("spread answers"),
}


def agreed_on(agreed: int, criteria: int, say: Words) -> str:
    """On how many of the criteria that can be told a staff without two camps agree; without a full stop."""
    if agreed == criteria:
        return say.plural(
            "The staff agree on the one criterion whose answers can be shown",
            "The staff agree on all {n} criteria",
            agreed,
        )
    return say(
        "The staff agree on {part} of {whole} criteria; on the others answers are spread, but nowhere divided "
        "into two camps",
        part=agreed,
        whole=criteria,
    )
