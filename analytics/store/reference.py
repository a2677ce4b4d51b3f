"""Reference data in a view: frameworks and the school register, read and written as the model's own objects."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields

import duckdb
import pyarrow as pa
from pydantic import TypeAdapter

from analytics.model.frameworks import (
    Aim,
    Area,
    Bilingual,
    Calendar,
    CertificationRoutine,
    Change,
    Criterion,
    Framework,
    Goal,
    SuggestedAction,
)
from analytics.model.provenance import Provenance
from analytics.model.schools import School
from analytics.store.reading import Queryable, View

LINKS = ("merged_into", "split_from")

TEXT = pa.string()
AREA = {"framework": TEXT, "id": TEXT, "position": pa.int32(), "title_sv": TEXT, "title_en": TEXT}
CRITERION = {
    "framework": TEXT, "id": TEXT, "area": TEXT, "position": pa.int32(), "title_sv": TEXT, "title_en": TEXT,
    "previous": TEXT, "change": TEXT, "note_sv": TEXT, "note_en": TEXT, "asked": pa.list_(TEXT),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class FrameworkPlan:
    """What a framework says of the way to the goal: by area's id its aims, suggestions and state; by criterion's what
    it serves."""

    aims: dict[str, tuple[Aim, ...]] = field(default_factory=dict)
    suggestions: dict[str, tuple[SuggestedAction, ...]] = field(default_factory=dict)
    states: dict[str, Bilingual] = field(default_factory=dict)
    serves: dict[str, tuple[str, ...]] = field(default_factory=dict)
    certification: CertificationRoutine | None = None


NO_PLAN = FrameworkPlan()
PLAN = TypeAdapter(FrameworkPlan)


def _plan_text(framework: Framework) -> str | None:
    plan = FrameworkPlan(
        aims={area.id: area.aims for area in framework.areas if area.aims},
        suggestions={area.id: area.suggestions for area in framework.areas if area.suggestions},
        states={area.id: area.state for area in framework.areas if area.state},
        serves={one.id: one.serves for one in framework.criteria if one.serves},
        certification=framework.certification,
    )
    return None if plan == NO_PLAN else PLAN.dump_json(plan).decode()


def read_frameworks(view: Queryable) -> tuple[Framework, ...]:
    """Every framework, ordered by its first year and id."""
    plans = dict(view.rows("select id, plan from framework where plan is not null"))
    plan_of = {id_: PLAN.validate_json(text) for id_, text in plans.items()}
    criteria = defaultdict(list)
    for framework, id_, area, title_sv, title_en, previous, change, note_sv, note_en, asked in view.rows(
        "select framework, id, area, title_sv, title_en, previous, change, note_sv, note_en, asked"
        " from criterion order by framework, position"
    ):
        criteria[framework, area].append(
            Criterion(
                id_,
                area,
                Bilingual(title_sv, title_en),
                previous,
                Change(change),
                _text(note_sv, note_en),
                tuple(asked),
                plan_of.get(framework, NO_PLAN).serves.get(id_, ()),
            )
        )
    areas = defaultdict(list)
    for framework, id_, title_sv, title_en in view.rows(
        "select framework, id, title_sv, title_en from area order by framework, position"
    ):
        plan = plan_of.get(framework, NO_PLAN)
        beside = (plan.aims.get(id_, ()), plan.suggestions.get(id_, ()), plan.states.get(id_))
        areas[framework].append(Area(id_, Bilingual(title_sv, title_en), tuple(criteria[framework, id_]), *beside))
    return tuple(
        Framework(
            id=row[0],
            title=Bilingual(row[1], row[2]),
            issuer=row[3],
            valid_from=row[4],
            valid_to=row[5],
            previous=row[6],
            scale_min=row[7],
            scale_max=row[8],
            labels_sv=tuple(row[9]),
            labels_en=tuple(row[10]),
            goal=Goal(row[11], row[12], row[13]),
            areas=tuple(areas[row[0]]),
            source=_text(row[14], row[15]),
            note=_text(row[16], row[17]),
            calendar=Calendar(*row[18:22]),
            certification=plan_of.get(row[0], NO_PLAN).certification,
        )
        for row in view.rows(
            "select id, title_sv, title_en, issuer, valid_from, valid_to, previous, scale_min, scale_max, labels_sv,"
            " labels_en, goal_level, goal_statistic, goal_share, source_sv, source_en, note_sv, note_en,"
            " goals_month, follow_up_month, rating_month, school_year from framework order by valid_from, id"
        )
    )


SAME_FRAMEWORKS = "select " + ", ".join(
    f"(select bit_xor(hash(each)) from {table} each)" for table in ("framework", "area", "criterion")
)
"""What versions with the same frameworks answer alike."""


def frameworks_of_all(views: Iterable[Queryable]) -> dict[str, Framework]:
    """By id, of the last of these versions that has one of it. Most owners of a store have the same, which are read
    once."""
    read: dict[tuple, tuple[Framework, ...]] = {}
    known: dict[str, Framework] = {}
    for view in views:
        (digest,) = view.rows(SAME_FRAMEWORKS)
        if digest not in read:
            read[digest] = read_frameworks(view)
        known |= {one.id: one for one in read[digest]}
    return known


def write_frameworks(connection: duckdb.DuckDBPyConnection, frameworks: Iterable[Framework]) -> None:
    """Puts frameworks in, each in place of the one with its id."""
    for framework in frameworks:
        connection.execute("delete from framework where id = ?", [framework.id])
        connection.execute("delete from area where framework = ?", [framework.id])
        connection.execute("delete from criterion where framework = ?", [framework.id])
        connection.execute(
            f"insert into framework values ({', '.join('?' * 23)})",
            [
                framework.id,
                framework.title.sv,
                framework.title.en,
                framework.issuer,
                framework.valid_from,
                framework.valid_to,
                framework.previous,
                framework.scale_min,
                framework.scale_max,
                list(framework.labels_sv),
                list(framework.labels_en),
                framework.goal.level,
                framework.goal.statistic,
                framework.goal.share,
                *_pair(framework.source),
                *_pair(framework.note),
                framework.calendar.goals,
                framework.calendar.follow_up,
                framework.calendar.rating,
                framework.calendar.school_year,
                _plan_text(framework),
            ],
        )
        areas = [
            (framework.id, area.id, position, area.title.sv, area.title.en)
            for position, area in enumerate(framework.areas)
        ]
        _insert(connection, "area", AREA, areas)
        criteria = [
            (
                framework.id,
                criterion.id,
                criterion.area,
                position,
                criterion.title.sv,
                criterion.title.en,
                criterion.previous,
                criterion.change.value,
                *_pair(criterion.note),
                list(criterion.asked),
            )
            for position, criterion in enumerate(framework.criteria)
        ]
        _insert(connection, "criterion", CRITERION, criteria)


def _insert(
    connection: duckdb.DuckDBPyConnection, table: str, columns: Mapping[str, pa.DataType], rows: Sequence[tuple]
) -> None:
    """Adds rows at one stroke: one by one each takes DuckDB half a millisecond."""
    values = zip(*rows, strict=True) if rows else [()] * len(columns)
    arrays = [pa.array(column, type_) for column, type_ in zip(values, columns.values(), strict=True)]
    connection.register("rows", pa.table(dict(zip(columns, arrays, strict=True))))
    connection.execute(f"insert into {table} by name select * from rows")
    connection.unregister("rows")


def read_schools(view: View) -> tuple[School, ...]:
    """The school register, by name."""
    aliases = defaultdict(list)
    for school_id, alias in view.rows("select school_id, alias from school_alias order by alias"):
        aliases[school_id].append(alias)
    context = defaultdict(list)
    for school_id, name, value in view.rows("select school_id, name, value from school_context order by name"):
        context[school_id].append((name, value))
    links: dict[str, dict[str, str]] = defaultdict(dict)
    for school_id, link, other in view.rows("select school_id, link, other from school_link"):
        links[school_id][link] = other
    return tuple(
        School(
            *row[:-1],
            provenance=Provenance(row[-1]),
            aliases=tuple(aliases[row[0]]),
            context=tuple(context[row[0]]),
            **links.get(row[0], {}),
        )
        for row in view.rows(
            "select id, name, school_unit_code, district, stage, pupils, staff, valid_from, valid_to, shares_practice,"
            " provenance from school order by name collate sv, id"
        )
    )


def write_schools(connection: duckdb.DuckDBPyConnection, schools: Iterable[School]) -> None:
    """Puts schools in, each in place of the one with its id."""
    schools = list(schools)
    if not schools:
        return
    kinds = {"pupils": pa.int32(), "staff": pa.int32(), "valid_from": pa.date32(), "valid_to": pa.date32()}
    kinds |= {"shares_practice": pa.bool_()}
    names = [one.name for one in fields(School) if one.name not in (*LINKS, "aliases", "context")]
    rows = {name: pa.array([getattr(s, name) for s in schools], kinds.get(name, pa.string())) for name in names}
    aliases = [(school.id, alias) for school in schools for alias in school.aliases]
    context = [(school.id, name, value) for school in schools for name, value in school.context]
    links = [(s.id, link, other) for s in schools for link in LINKS if (other := getattr(s, link))]
    connection.register("schools", pa.table(rows))
    connection.register(
        "aliases", pa.table({n: pa.array([a[i] for a in aliases], pa.string()) for i, n in enumerate(("id", "alias"))})
    )
    context_types = {"school_id": pa.string(), "name": pa.string(), "value": pa.float64()}
    connection.register(
        "context", pa.table({n: pa.array([c[i] for c in context], t) for i, (n, t) in enumerate(context_types.items())})
    )
    connection.execute("delete from school_link where school_id in (select id from schools)")
    if links:
        connection.executemany("insert into school_link values (?, ?, ?)", links)
    connection.execute("delete from school where id in (select id from schools)")
    connection.execute("delete from school_alias where school_id in (select id from schools)")
    connection.execute("delete from school_context where school_id in (select id from schools)")
    connection.execute("insert into school by name select * from schools")
    connection.execute("insert into school_alias select id, alias from aliases")
    connection.execute("insert into school_context by name select * from context")
    for name in ("schools", "aliases", "context"):
        connection.unregister(name)


def _text(sv: str | None, en: str | None) -> Bilingual | None:
    return None if sv is None else Bilingual(sv, en or sv)


def _pair(text: Bilingual | None) -> tuple[str | None, str | None]:
    return (None, None) if text is None else (text.sv, text.en)
