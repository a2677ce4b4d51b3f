"""Lists of EU projects as others publish them: the Erasmus+ project results (with days, or without as they are today),
and the Swedish managing authorities' project bank.

Here, in the process that reads files, a list is cut down to what is read of it: leaders' names, addresses, telephone
numbers and summaries do not leave that process.
"""

from __future__ import annotations

import re

from analytics.intake.headings import normalised
from analytics.intake.raw import RawTable, text_column
from analytics.words.language import Words

GRANT = "eu_grant_award_in_euros"
GRANT_IN_FULL = normalised(
    "EU Grant award in euros (This amount represents the grant awarded after the selection stage and is indicative."
    " Please note that any changes made during or after the project's lifetime will not be reflected here.)"
)
OF_ERASMUS = {
    *("programme", "action_type", "action", "project_identifier", "project_number", "project_title"),
    *("start_date", "end_date", "coordinating_organisation_name", "coordinator_s_name", "coordinator_s_country"),
}
OF_PROJECT_BANK = {
    *("ärende_id", "projektnamn", "stödmottagare", "projekt_starttid", "projekt_sluttid", "insatsområde"),
    *("beviljat_belopp_sek", "beviljat_belopp_euro", "beviljat_belopp_eur"),
}
PARTNERS = "Partners"
PARTNER = re.compile(r"partner_([0-9]{1,3})_(name|country)")
BETWEEN, AFTER_COUNTRY = " | ", ": "
THOUSANDS = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?")  # 1,234.50, as the results write it


def projects_of_table(table: RawTable, say: Words) -> RawTable | None:
    """What is read of a list of projects; None where the table is something else."""
    headings = [normalised(heading) for heading in table.headings]
    there = set(headings)
    if "project_title" in there and any(heading.startswith(GRANT) for heading in headings):
        return _erasmus(table, headings, say)
    if {"ärende_id", "projektnamn", "stödmottagare"} <= there:
        return _kept(table, [at for at, heading in enumerate(headings) if heading in OF_PROJECT_BANK], say)
    return None


def _erasmus(table: RawTable, headings: list[str], say: Words) -> RawTable:
    keep = [at for at, heading in enumerate(headings) if heading in OF_ERASMUS or heading.startswith(GRANT)]
    kept = _kept(table, keep, say)
    columns = list(kept.columns)
    for place, at in enumerate(keep):
        if headings[at].startswith(GRANT):
            cells = columns[place].to_pylist()
            columns[place] = text_column([c.replace(",", "") if THOUSANDS.fullmatch(c) else c for c in cells])
    partners = _partners(table, headings)
    return RawTable([*kept.headings, PARTNERS], (*columns, text_column(partners)), kept.rows, kept.notes)


def _partners(table: RawTable, headings: list[str]) -> list[str]:
    """Each project's partners as `COUNTRY: name | COUNTRY: name`."""
    places: dict[int, dict[str, int]] = {}
    for at, heading in enumerate(headings):
        if found := PARTNER.fullmatch(heading):
            places.setdefault(int(found[1]), {})[found[2]] = at
    said: list[list[str]] = [[] for _ in table.rows]
    for _, place in sorted(places.items()):
        if "name" not in place or "country" not in place:
            continue
        names, countries = (table.columns[place[what]].to_pylist() for what in ("name", "country"))
        for partners, name, country in zip(said, names, countries, strict=True):
            if name:
                partners.append(f"{country}{AFTER_COUNTRY}{name.replace('|', '/')}")
    return [BETWEEN.join(partners) for partners in said]


def _kept(table: RawTable, keep: list[int], say: Words) -> RawTable:
    note = say("Of the list of projects nothing else is read: no names of persons, no addresses or summaries.")
    headings = [table.headings[at] for at in keep]
    return RawTable(headings, tuple(table.columns[at] for at in keep), table.rows, (*table.notes, note))
