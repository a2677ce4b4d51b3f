"""What a page is made of, as plain values: composed once per version and choice, then only drawn."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Generic, TypeVar

import plotly.graph_objects as go
from markupsafe import Markup

from analytics.maturity.rounds import Round
from analytics.model.errors import NotAllowed
from analytics.model.frameworks import Framework
from analytics.model.provenance import Missing, Provenance
from analytics.model.schools import School, Viewer
from analytics.store.reading import View
from analytics.words.figures import MISSING
from analytics.words.language import Words
from pages.ui.own_chart import OwnChart

Item = TypeVar("Item")


@dataclass(frozen=True)
class Catalogue:
    """What there is to choose among in a version."""

    frameworks: tuple[Framework, ...]
    schools: tuple[School, ...]
    rounds: tuple[Round, ...]
    hide_below: int
    school_names: dict[str, str] = field(init=False, compare=False, repr=False)  # see controls.school_names
    _by_id: dict[str, School] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "school_names", _school_names(self.schools))
        object.__setattr__(self, "_by_id", {school.id: school for school in self.schools})

    def framework(self, framework_id: str) -> Framework:
        return next(framework for framework in self.frameworks if framework.id == framework_id)

    def school(self, school_id: str) -> School:
        return self._by_id[school_id]

    def round(self, framework_id: str, year: int) -> Round:
        return next(found for found in self.rounds if (found.framework, found.year) == (framework_id, year))

    def years(self, framework_id: str) -> tuple[int, ...]:
        return tuple(found.year for found in self.rounds if found.framework == framework_id)


def _school_names(schools: Sequence[School]) -> dict[str, str]:
    meant: dict[str, set[str]] = {}
    for school in schools:
        for word in (school.id, school.school_unit_code, school.name, *school.aliases):
            meant.setdefault(_folded(word or ""), set()).add(school.id)
    return {
        school.id: school.name if len(meant[_folded(school.name)]) == 1 else f"{school.name} ({school.id})"
        for school in schools
    }


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


@dataclass(frozen=True)
class Ask:
    """One page run's view of the store: a pinned version, who asks, in which language.

    Two of them are equal where they must get the same answers: same store and version, same scope, same language.
    """

    key: tuple[str, int, str, str]  # store folder, version, the viewer's scope, how things are said
    view: View = field(compare=False)
    asking: Viewer = field(compare=False)  # who asked when this was made, whose the view is
    admit: Callable[[], Viewer] = field(compare=False)  # who asks, as of now; raises NotAllowed
    say: Words = field(compare=False)
    catalogue: Catalogue = field(compare=False)
    stands_on: tuple[int, int] = field(compare=False)  # the versions of the figures, and of them and the funding

    @property
    def viewer(self) -> Viewer:
        """Who asks. Whatever is asked or saved by them is so as of now: what runs on a click before the page is drawn,
        a part of the page that runs alone and a file that is made when it is fetched hold what they were drawn with.
        Raises NotAllowed where they may no longer be here, or see less than then."""
        viewer = self.admit()
        if not viewer.covers(self.asking):
            raise NotAllowed(viewer.scope)
        return replace(self.asking, name=viewer.name)  # what they may see besides is not in this view

    @property
    def of_figures(self) -> Ask:
        """For what is made of schools, frameworks and published figures alone: it stays as it is through every version
        that leaves those as they are, so that a saved agreement makes no page of figures anew."""
        return self._as_of(self.stands_on[0])

    @property
    def of_funding(self) -> Ask:
        """For what is made of those and the funding register."""
        return self._as_of(self.stands_on[1])

    def of_rounds(self, framework_id: str) -> Ask:
        """For what is told of a framework's rounds: their years are called what they are there."""
        say = self.say.of_rounds(self.catalogue.framework(framework_id))
        return replace(self, key=(*self.key[:3], say.key), say=say)

    def _as_of(self, version: int) -> Ask:
        folder, _, scope, language = self.key
        return replace(self, key=(folder, version, scope, language))


@dataclass(frozen=True)
class TableHead:
    """What stands over a column; `write` is how its values are written on the screen (downloads keep the value)."""

    heading: str
    write: Callable[[Any], str] = str
    numeric: bool = False


@dataclass(frozen=True)
class TableColumn(Generic[Item]):
    """A column as it is declared: its heading, what it takes of an item (a row is one), and how that is written."""

    heading: str
    value: Callable[[Item], object]
    write: Callable[[Any], str] = str
    numeric: bool = False


@dataclass(frozen=True)
class Table:
    """The figures of a picture as rows; a Missing value says why there is none."""

    columns: tuple[TableHead, ...]
    rows: Sequence[tuple]

    @classmethod
    def of(cls, columns: Sequence[TableColumn[Item]], items: Iterable[Item]) -> Table:
        """A row an item. Values are taken here and the getters let go: a page is kept, what it was made of is not."""
        heads = tuple(TableHead(column.heading, column.write, column.numeric) for column in columns)
        return cls(heads, tuple(tuple(column.value(item) for column in columns) for item in items))

    def written(self, say: Words) -> list[list[str]]:
        return [
            [
                say.marked(MISSING[v]) if isinstance(v, Missing) else c.write(v)
                for c, v in zip(self.columns, row, strict=True)
            ]
            for row in self.rows
        ]

    def plain(self) -> list[list]:
        """For downloads: numbers as numbers, a missing one as an empty cell."""
        return [[None if isinstance(value, Missing) else value for value in row] for row in self.rows]


@dataclass(frozen=True)
class Block:
    """A picture with its answer as the headline, its text alternative, and the same figures as a table to download.

    It is a Plotly `figure`, or a `drawing`: rows with small pictures in them, which are read and walked through as
    what they are and so need no other text. Words alone have no `table`.
    """

    key: str
    headline: str
    alt: str
    table: Table | None
    figure: go.Figure | None = None
    note: str = ""
    reading: str = ""  # how to read it, folded
    wide: bool = False  # too many columns for a phone, which gets the table instead
    drawing: Markup | None = None
    title: str = ""  # what it is called where it is folded: a few words, a question; else its headline
    short: str = ""  # its answer in a few words, in the label while it is folded
    rest: Markup | None = None  # by name, what is too little to be drawn
    own_chart: OwnChart | None = None  # the table as PowerPoint draws it; None: the picture has no like there


@dataclass(frozen=True)
class Fold:
    """A block made when somebody opens it: `compose`, asked with `parameters` (pages/ui/access.py); `short` as its."""

    key: str
    title: str
    compose: Callable[..., Block]
    parameters: tuple[str | int | None, ...] = ()
    short: str = ""


@dataclass(frozen=True)
class KeyFigure:
    """A figure with what it is and what it is compared with; `course`: a small picture of its years, if it has one."""

    label: str
    value: str
    note: str
    course: Markup | None = None


@dataclass(frozen=True)
class Way:
    """A way on to what a list names: `note` says in a few words why."""

    text: str
    address: str
    note: str = ""


@dataclass(frozen=True)
class Ways:
    """A short list of where to go next; `more`: where all are; `above`: that way stands above the page's picture, where
    nobody misses it; `folded`: behind its heading until opened."""

    heading: str
    ways: tuple[Way, ...]
    more: Way | None = None
    folded: bool = False
    above: bool = False


@dataclass(frozen=True)
class Subject:
    """What a page's files are about: a school or a criterion, or nothing but the page; the year; the framework's id;
    in `more`, by the key of a block, what was chosen that this block shows, as an area: two choices make two files."""

    name: str = ""
    year: int | None = None
    framework: str = ""
    school: str = ""  # its name, where the page is about one
    more: tuple[tuple[str, str], ...] = ()

    def also(self, key: str) -> str:
        """What else the block is of; empty where all is as the page has it by itself."""
        return ", ".join(words for about, words in self.more if about == key and words)


@dataclass(frozen=True)
class Content:
    """A page below its head: the answer, at most four key figures, the picture with where to go next beside it, one
    table, and what is folded until somebody asks. `first`: the picture; `beside`: short lists; `table`: the rows that
    the page is of; `blocks`: what is folded, made or to be made; `notices`: what must be said of the data, below."""

    answer: str
    provenance: str
    first: Block | None = None
    figures: tuple[KeyFigure, ...] = ()
    beside: tuple[Ways, ...] = ()
    table: Block | None = None
    blocks: tuple[Block | Fold, ...] = ()
    notices: tuple[str, ...] = ()
    about: Subject = Subject()

    def all_blocks(self, ask: Ask) -> tuple[Block, ...]:
        """With what is made on opening."""
        return tuple(made_of(ask, block) for block in (self.first, self.table, *self.blocks) if block)


def made_of(ask: Ask, block: Block | Fold) -> Block:
    """The block, made now where it is made on opening."""
    return block.compose(ask, *block.parameters) if isinstance(block, Fold) else block


def text_column(heading: str, value: Callable[[Item], object]) -> TableColumn[Item]:
    return TableColumn(heading, value)


def year_column(value: Callable[[Item], object], say: Words, heading: str = "") -> TableColumn[Item]:
    """A round's year: on the screen as the framework calls it, in files the number that stands for it, as a number or
    in letters. What is told in words stands as it is."""

    def write(year: Any) -> str:
        return say.round(int(year)) if str(year).isdigit() else _written(year, str)

    return TableColumn(heading or say("Year"), value, write)


def level_column(heading: str, value: Callable[[Item], object], say: Words) -> TableColumn[Item]:
    """A mean on the scale, two decimals. What is told in words stands as it is, here and in the columns below."""
    return TableColumn(heading, value, lambda level: _written(level, say.number), numeric=True)


def count_column(heading: str, value: Callable[[Item], object], say: Words) -> TableColumn[Item]:
    return TableColumn(heading, value, lambda count: _written(count, say.integer), numeric=True)


def share_column(heading: str, value: Callable[[Item], object], say: Words) -> TableColumn[Item]:
    return TableColumn(heading, value, lambda share: _written(share, say.percent), numeric=True)


def _written(value: Any, number: Callable[[Any], str]) -> str:
    return "" if value is None else value if isinstance(value, str) else number(value)


def provenance_of(values: Iterable[str]) -> str:
    """The provenance of figures that stand on all of these."""
    return Provenance.of_all(map(Provenance, values)).value
