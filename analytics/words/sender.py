"""What the parts of a report's head are called."""

from __future__ import annotations

from analytics.words.language import N_

HEAD = {  # name in Dispatch.told -> what it is called
    "city": N_("City"),
    "committee": N_("Committee"),
    "administration": N_("Administration"),
    "number": N_("Registry number"),
    "day": N_("Date"),
    "decision": N_("Decision"),
    "contact": N_("Contact"),
}
