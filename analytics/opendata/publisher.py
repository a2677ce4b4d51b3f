"""Who publishes the open data, where, and on what terms: settings of the city's, told by KVALITET_OPEN_...

Without them the data can be written all the same, with an address that leads nowhere; they are served to the world only
where all of them are set, and the city has said so.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from analytics.model.errors import KvalitetError
from analytics.words.language import N_, Marked

OPEN = "KVALITET_OPEN_DATA"  # "on": the world may fetch them
ADDRESS = "KVALITET_OPEN_ADDRESS"  # where the app is reached
NAME = "KVALITET_OPEN_PUBLISHER"
NUMBER = "KVALITET_OPEN_ORGANISATION"  # ten digits
LICENCE = "KVALITET_OPEN_LICENCE"
CONTACT = "KVALITET_OPEN_CONTACT"  # an address of mail
SETTINGS = (ADDRESS, NAME, NUMBER, LICENCE, CONTACT)

YES, NO = frozenset({"on", "1", "yes", "ja", "true"}), frozenset({"", "off", "0", "no", "nej", "false"})
NOWHERE = "https://kvalitetsdialog.example"  # a name that nobody can have (RFC 2606)
CC = "http://creativecommons.org/"
LICENCES = {
    "CC0 1.0": f"{CC}publicdomain/zero/1.0/",
    "CC BY 4.0": f"{CC}licenses/by/4.0/",
    "CC BY-SA 4.0": f"{CC}licenses/by-sa/4.0/",
}
"""The open ones of those that DCAT-AP-SE names, by the addresses that it wants to the letter."""

IS_ADDRESS = re.compile(r"https?://[A-Za-z0-9.\-]+(:\d+)?(/[\w\-.~/]*)?", re.ASCII)
IS_MAIL = re.compile(r"[\w.+\-]+@[\w\-]+(\.[\w\-]+)+", re.ASCII)


class SettingRefused(KvalitetError):
    """A setting that cannot be what it says: its name, its value, and what it should be."""

    def __init__(self, setting: str, value: str, hint: Marked):
        super().__init__(setting, value, hint)
        self.setting, self.value, self.hint = setting, value, hint


@dataclass(frozen=True, slots=True)
class Publisher:
    """Who publishes. `missing`: the settings that are not set, in whose stead something harmless stands."""

    address: str
    name: str
    number: str
    licence: str
    contact: str
    missing: tuple[str, ...]
    is_open: bool

    @property
    def root(self) -> str:
        """Where the open data are, without a slash at the end."""
        return f"{self.address}/oppna-data"

    def at(self, path: str) -> str:
        return f"{self.root}/{path}"

    def iri(self, name: str) -> str:
        """What something is called in the catalogue; the address leads to it."""
        return self.at(f"id/{name}")

    @property
    def agent(self) -> str:
        """The publisher's own, by the number in the form that the national portal knows."""
        return f"http://dataportal.se/organisation/SE{self.number}" if self.number else self.iri("publisher")

    @property
    def licence_name(self) -> str:
        return next((name for name, address in LICENCES.items() if address == self.licence), self.licence)


def publisher(environment: Mapping[str, str]) -> Publisher:
    """As the settings say; raises SettingRefused for one that cannot be."""
    said = {name: environment.get(name, "").strip() for name in (OPEN, *SETTINGS)}
    missing = tuple(name for name in SETTINGS if not said[name])
    address = _checked(said, ADDRESS, IS_ADDRESS, N_("An address such as https://kvalitet.example.se."))
    number = said[NUMBER].replace("-", "").replace(" ", "")
    if number and not _is_organisation(number):
        raise SettingRefused(NUMBER, said[NUMBER], N_("An organisation number, ten digits such as 212000-1124."))
    contact = _checked(said, CONTACT, IS_MAIL, N_("An address of mail that is nobody's own."))
    switch = said[OPEN].casefold()
    if switch not in YES | NO:
        raise SettingRefused(OPEN, said[OPEN], N_("on or off."))
    return Publisher(
        address=(address or NOWHERE).rstrip("/"),
        name=said[NAME] or "Kvalitetsdialog",
        number=number,
        licence=_licence(said[LICENCE]),
        contact=contact,
        missing=missing,
        is_open=switch in YES and not missing,
    )


def _checked(said: Mapping[str, str], setting: str, form: re.Pattern, hint: Marked) -> str:
    if said[setting] and not form.fullmatch(said[setting]):
        raise SettingRefused(setting, said[setting], hint)
    return said[setting]


def _licence(said: str) -> str:
    """The licence's exact address; its name will do. CC0, which DIGG recommends, stands where none is set."""
    if not said:
        return LICENCES["CC0 1.0"]
    named = {name.casefold(): address for name, address in LICENCES.items()} | {"cc0": LICENCES["CC0 1.0"]}
    if said.casefold() in named:
        return named[said.casefold()]
    if said in LICENCES.values() or (IS_ADDRESS.fullmatch(said) and "creativecommons.org" not in said):
        return said
    hint = N_("CC0 1.0, CC BY 4.0 or CC BY-SA 4.0, or the exact address of another open licence.")
    raise SettingRefused(LICENCE, said, hint)


def _is_organisation(number: str) -> bool:
    """Ten digits with their check digit; the third tells an organisation from a person."""
    if not re.fullmatch(r"\d{10}", number, re.ASCII) or number[2] < "2":
        return False
    doubled = [int(digit) * (2 - place % 2) for place, digit in enumerate(number)]
    return sum(value // 10 + value % 10 for value in doubled) % 10 == 0
