"""What countries are called."""

from __future__ import annotations

from functools import cache

import pycountry

from analytics.words.language import Words


@cache
def countries(say: Words) -> dict[str, str]:
    """Every country's code and name, by name; Kosovo takes part in the programmes and has no ISO code of its own."""
    names = {code: say.country(code) for code in (*(c.alpha_2 for c in pycountry.countries), "XK")}
    return dict(sorted(names.items(), key=lambda pair: pair[1]))
