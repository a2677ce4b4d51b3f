"""Every picture's colours, each declared once: on white, and on the dark theme's ground.

Pictures are made in the colours for white. In the dark theme the browser draws the other ones in their stead
(pages/ui/dark.py), so that a picture is composed, kept and sent once, and prints and is saved on white.
Contrast on the two grounds in brackets: at least 4.5 for what is written, 3 for a mark that tells something. What is
paler never tells anything alone: it has an edge, or a text in it.
"""

from __future__ import annotations

IN_THE_DARK: dict[str, str] = {}
"""A colour on white -> the same in the dark theme."""

MOST_LEVELS = 11
_TURNED = 0.0525  # (luminance + 0.05) of a colour times that of the turned one: black's times white's


def _both(light: str, dark: str) -> str:
    """The colour on white, once it is known what it is in the dark. Raises ValueError where it is declared twice."""
    if light in IN_THE_DARK:
        raise ValueError(f"{light} is declared twice")
    IN_THE_DARK[light] = dark
    return light


def luminance(colour: str) -> float:
    """WCAG's relative luminance, 0..1."""
    red, green, blue = _linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """WCAG's contrast ratio, 1..21."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def turned(colour: str) -> str:
    """The colour with its luminance turned about, in its own hue: two that are turned keep their contrast, and what is
    read on it in black is read in white."""
    linear, wanted = _linear(colour), _TURNED / (luminance(colour) + 0.05) - 0.05
    stretch = min(wanted / luminance(colour), 1 / max(linear)) if max(linear) else 0.0
    linear = [part * stretch for part in linear]
    reached = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    white = max(wanted - reached, 0) / (1 - reached) if reached < 1 else 0.0
    return "#" + "".join(f"{_byte(part + (1 - part) * white):02X}" for part in linear)


def shades(ends: tuple[str, str], steps: int) -> list[str]:
    """From one colour to the other; a single one is the first."""
    shares = [step / (steps - 1) for step in range(steps)] if steps > 1 else [0.0] * steps
    return [
        "#"
        + "".join(
            f"{round(int(ends[0][i : i + 2], 16) * (1 - share) + int(ends[1][i : i + 2], 16) * share):02X}"
            for i in (1, 3, 5)
        )
        for share in shares
    ]


def _linear(colour: str) -> list[float]:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    return [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]


def _byte(part: float) -> int:
    part = min(part, 1.0)
    return round(255 * (12.92 * part if part <= 0.0031308 else 1.055 * part ** (1 / 2.4) - 0.055))


GROUND = _both("#FFFFFF", "#14181D")

# What is written, and the lines and dots that tell whose they are.
INK = GOAL = _both("#1B1F24", "#EDEFF2")  # 16.6, 15.5
SCHOOL = _both("#0B4F8A", "#7DB8EC")  # 8.4, 8.4
CITY = _both("#5F6773", "#A9B1BC")  # 5.7, 8.2
LOW = _both("#9A3F0A", "#F0A06A")  # 6.8, 8.4
BROWN_EDGE = _both("#7A5A30", "#C79A66")  # 6.3, 7.0: around what is pale and below the goal
LIGHT_ON_FILL = _both("#FEFEFE", "#000000")  # written on a strong colour
DARK_ON_FILL = _both("#000000", "#FFFFFF")  # and on a pale one

# Marks that stand back, or are there to compare with.
OTHER = _both("#8A94A0", "#707B88")  # 3.1, 4.1
PALE = _both("#608AB3", "#4F7AA2")  # 3.6, 3.9

# Grounds, bands and gridlines.
SPREAD = _both("#DFE3E8", "#2E353E")
BAND = _both("#EEF1F4", "#20262D")
GRID = _both("#E6E9ED", "#333B45")
TICKS = _both("#444444", "#A6A6A6")  # Plotly's own, along an axis

# The pages' own, beside these (pages/ui/dark.py).
RAISED = _both("#F3F5F7", "#20262D")
FRAME = _both("#D5DAE0", "#465160")
WARNED, WARNING = _both("#7A4B00", "#FFD58A"), _both("#FFF3D6", "#3D2F10")  # 6.7, 9.4: on each other

# The ramp of levels turns at the goal. In the dark the strongest is the brightest.
BELOW = (LOW, "#F0BC85")  # 6.8, 1.7 (edged)
FROM_GOAL = ("#4587BB", _both("#123F6D", "#A3CBF3"))  # at the goal and above: 3.9, 10.7
MEANS = ("#FBEBD8", "#B9D3E9")  # the palest on either side of the goal, for means with their figure written on them

# How likely something is, from the lowest zone; how many projects a country has: from so many, this colour.
ZONES = (BAND, SPREAD, _both("#C3D6E8", "#33485C"), _both("#94B8DA", "#3F6182"))
COUNTRIES = tuple(_both(shade, turned(shade)) for shade in ("#A3C8E8", "#62A0D4", "#2A74B4", "#0A3F70"))

MEANS_BELOW = (*shades(BELOW, 5), *shades((BELOW[1], MEANS[0]), 5)[1:])
MEANS_FROM_GOAL = (*shades((MEANS[1], FROM_GOAL[0]), 5), *shades(FROM_GOAL, 5)[1:])

_LEVELS = (shades(ends, steps) for ends in (BELOW, FROM_GOAL) for steps in range(1, MOST_LEVELS + 1))
for _shade in (*(shade for level in _LEVELS for shade in level), *MEANS_BELOW, *MEANS_FROM_GOAL):
    IN_THE_DARK.setdefault(_shade, turned(_shade))


def edge_of(fill: str) -> str:
    """What goes around a filled mark: its own edge where it is too pale to be seen by itself, else a gap."""
    if min(contrast(fill, GROUND), contrast(IN_THE_DARK[fill], IN_THE_DARK[GROUND])) >= 3:
        return GROUND
    red, _, blue = _linear(fill)
    return BROWN_EDGE if red > blue else OTHER


def faint(colour: str, share: float) -> str:
    """So much of the colour that what lies behind it is seen."""
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return f"rgba({red}, {green}, {blue}, {share})"
