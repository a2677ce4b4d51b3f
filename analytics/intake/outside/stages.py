"""A school unit's types and grades as a school's stage: F-6, 7-9, or what the school type is called."""

from __future__ import annotations

NAMES = {  # as the register calls them, in the order in which they are said
    "SAM": "Sameskola",
    "SP": "Specialskola",
    "GRAN": "Anpassad grundskola",
    "GY": "Gymnasieskola",
    "GYAN": "Anpassad gymnasieskola",
    "VUX": "Kommunal vuxenutbildning",
    "FKLASS": "Förskoleklass",
    "FTH": "Fritidshem",
    "OPPFTH": "Öppen fritidsverksamhet",
}
BESIDE = ("FKLASS", "FTH", "OPPFTH")  # said of a unit that is nothing else


def stage_of(types: str, grades: str) -> str | None:
    """`types` and `grades` as the register has them, with commas between; grade 0 is the pre-school class, which a
    school that begins with grade 1 has before it. None where nothing is said."""
    said = {word.strip().upper() for word in types.split(",") if word.strip()}
    years = sorted({int(word) for word in grades.split(",") if word.strip().isdigit()})
    pre = "FKLASS" in said or 0 in years
    years = [year for year in years if year]
    parts = []
    if years and not said & {"SAM", "SP"} and ("GR" in said or "GRAN" not in said):
        first = "F" if pre and years[0] == 1 else str(years[0])
        parts.append(f"{first}-{years[-1]}" if first != str(years[-1]) else first)
    elif "GR" in said:
        parts.append("Grundskola")
    parts += [name for type_, name in NAMES.items() if type_ in said - set(BESIDE) and not (type_ == "GRAN" and parts)]
    parts = parts or [name for type_, name in NAMES.items() if type_ in said]
    return ", ".join(parts) or None
