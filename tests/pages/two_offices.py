"""A city with two administrations, one person in each and one who sees all; the words by which each part is known."""

from __future__ import annotations

import shutil
from pathlib import Path

from analytics.model.people import Identity, ViewerRole
from analytics.store.roles import give_role
from tests.store.making import put

PEOPLE = {"gun": "grund", "nils": "gata"}
"""Who works for which; "boss" sees all."""
WORDS = {"gun": ("havet", "hamnen", "fiskarna"), "nils": ("landet", "torget", "asfalten")}
"""What stands in the part of each and of no other: titles, a cooperation, an answer."""
AMOUNTS = {"gun": "131415926", "nils": "272829303"}
"""So long that no token on a page has them by chance, as one had four digits."""
YEAR = 2018

REGISTER = {
    "administrations": "administration_id,name\ngrund,Grundskoleförvaltningen\ngata,Gatukontoret\n",
    "projects": "project_id,title,programme,start,end,administration\n"
    "hav,Havet,Erasmus+,2018-09-01,2020-08-31,grund\nland,Landet,Erasmus+,2018-09-01,2020-08-31,gata\n",
    "payments": f"project_id,report_year,unit,amount_sek\nhav,2018,Enheten,{AMOUNTS['gun']}\n"
    f"land,2018,Enheten,{AMOUNTS['nils']}\n",
    "narratives": "year,question,text,administration\n2018,results,Fiskarna.,grund\n2018,results,Asfalten.,gata\n",
    "report_parts": "year,administration,deadline\n2018,grund,2019-02-15\n2018,gata,2019-02-15\n",
    "cooperations": "year,cooperation,form,administration\n2018,Hamnen,network,grund\n2018,Torget,network,gata\n",
}


def two_offices(built: Path, folder: Path, issuer: str) -> Path:
    """A store of its own with the register and the roles."""
    store = shutil.copytree(built, folder / "store")
    put(store, **REGISTER)
    give_role(store, Identity(issuer, "boss"), "Boss", ViewerRole.MANAGEMENT, (), "test")
    for who, whose in PEOPLE.items():
        give_role(store, Identity(issuer, who), who.title(), ViewerRole.FUNDS, (), "test", (whose,))
    return store


def words_of_others(text: str, who: str) -> set[str]:
    """What is told there of the part that is not theirs."""
    (other,) = PEOPLE.keys() - {who}
    parted = (f"{int(AMOUNTS[other]):,}".replace(",", sign) for sign in ("", ",", " ", "\N{NO-BREAK SPACE}"))
    written = (*WORDS[other], *parted)
    return {word for word in written if word in text.casefold()}
