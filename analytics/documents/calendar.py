"""What is due as a calendar file (.ics, RFC 5545), which any calendar can read or subscribe to."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from analytics.funding.due import Due, DueDay
from analytics.words.language import N_, Words

WHAT = {
    Due.REPORT: N_("Report due: {project}"),
    Due.END: N_("Project ends: {project}"),
    Due.FINAL_INSTALMENT: N_("Final instalment expected: {project}"),
    Due.KEPT_UNTIL: N_("Vouchers kept until today: {project}"),
    Due.PART: N_("Part of the EU report due: {project}"),
}
REMINDED = {Due.REPORT: timedelta(days=30), Due.PART: timedelta(days=14)}
"""How long before the day a calendar is asked to remind of it."""


def calendar_bytes(due: Sequence[DueDay], version: int, made: datetime, say: Words) -> bytes:
    """A day an entry. An entry keeps its UID as long as what is due on it: read again it changes and is not doubled.
    `version`: of which the days are, and `made` when it was, in UTC; the same version makes the same file."""
    from icalendar import Alarm, Calendar, Event

    calendar = Calendar()
    calendar.add("prodid", "-//Kvalitetsdialog//EU//SV")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", say("EU projects: what is due"))
    calendar.add("x-wr-caldesc", f"Kvalitetsdialog, version {version}")
    for one in due:
        event = Event()
        event.add("uid", f"{one.of.id}-{one.what.value}-{one.on:%Y%m%d}@kvalitetsdialog")
        event.add("dtstamp", made)
        event.add("dtstart", one.on)
        event.add("dtend", one.on + timedelta(days=1))
        summary = say.marked(WHAT[one.what], project=one.of.title)
        event.add("summary", summary)
        event.add("transp", "TRANSPARENT")
        if about := _about(one):
            event.add("description", about)
        if before := REMINDED.get(one.what):
            alarm = Alarm()
            alarm.add("action", "DISPLAY")
            alarm.add("trigger", -before)
            alarm.add("description", summary)
            event.add_component(alarm)
        calendar.add_component(event)
    return calendar.to_ical()


def _about(one: DueDay) -> str:
    """The project's programme, funder and number; whom to ask about a part."""
    if one.project is None:
        return one.administration.contact or "" if one.administration else ""
    return ", ".join(filter(None, [one.project.programme, one.project.funder, one.project.registry_number]))
