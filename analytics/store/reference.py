"""Reference data in a view: frameworks and the school register, read and written as the model's own objects."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import fields

import duckdb
import pyarrow as pa

from analytics.model.frameworks import Area, Bilingual, Calendar, Change, Criterion, Framework, Goal
from analytics.model.provenance import Provenance
from analytics.model.schools import School
from analytics.store.reading import Queryable, View


def read_frameworks(view: Queryable) -> tuple[Framework, ...]:
    """Every framework, ordered by its first year and id."""
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
            )
        )
    areas = defaultdict(list)
    for framework, id_, title_sv, title_en in view.rows(
        "select framework, id, title_sv, title_en from area order by framework, position"
    ):
        areas[framework].append(Area(id_, Bilingual(title_sv, title_en), tuple(criteria[framework, id_])))
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
            calendar=Calendar(row[18], row[19]),
        )
        for row in view.rows(
            "select id, title_sv, title_en, issuer, valid_from, valid_to, previous, scale_min, scale_max, labels_sv,"
            " labels_en, goal_level, goal_statistic, goal_share, source_sv, source_en, note_sv, note_en,"
            " goals_month, follow_up_month from framework order by valid_from, id"
        )
    )


def write_frameworks(connection: duckdb.DuckDBPyConnection, frameworks: Iterable[Framework]) -> None:
    """Puts frameworks in, each in place of the one with its id."""
    for framework in frameworks:
        connection.execute("delete from framework where id = ?", [framework.id])
        connection.execute("delete from area where framework = ?", [framework.id])
        connection.execute("delete from criterion where framework = ?", [framework.id])
        connection.execute(
            f"insert into framework values ({', '.join('?' * 20)})",
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
            ],
        )
        for position, area in enumerate(framework.areas):
            connection.execute(
                "insert into area values (?, ?, ?, ?, ?)",
                [framework.id, area.id, position, area.title.sv, area.title.en],
            )
        for position, criterion in enumerate(framework.criteria):
            connection.execute(
                "insert into criterion values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                [
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
                ],
            )


def read_schools(view: View) -> tuple[School, ...]:
    """The school register, by name."""
    aliases = defaultdict(list)
    for school_id, alias in view.rows("select school_id, alias from school_alias order by alias"):
        aliases[school_id].append(alias)
    context = defaultdict(list)
    for school_id, name, value in view.rows("select school_id, name, value from school_context order by name"):
        context[school_id].append((name, value))
    return tuple(
        School(
            *row[:-1], provenance=Provenance(row[-1]), aliases=tuple(aliases[row[0]]), context=tuple(context[row[0]])
        )
        for row in view.rows(
            "select id, name, school_unit_code, district, stage, pupils, staff, valid_from, valid_to, shares_practice,"
            " provenance from school order by name collate sv, id"
        )
    )


def write_schools(connection: duckdb.DuckDBPyConnection, schools: Iterable[School]) -> None:
    """Puts schools in, each in place of the one with its id."""
    schools = list(schools)
    kinds = {"pupils": pa.int32(), "staff": pa.int32(), "valid_from": pa.date32(), "valid_to": pa.date32()}
    kinds |= {"shares_practice": pa.bool_()}
    names = [field.name for field in fields(School) if field.name not in ("aliases", "context")]
    rows = {name: pa.array([getattr(s, name) for s in schools], kinds.get(name, pa.string())) for name in names}
    aliases = [(school.id, alias) for school in schools for alias in school.aliases]
    context = [(school.id, name, value) for school in schools for name, value in school.context]
    connection.register("schools", pa.table(rows))
    connection.register(
        "aliases", pa.table({n: pa.array([a[i] for a in aliases], pa.string()) for i, n in enumerate(("id", "alias"))})
    )
    context_types = {"school_id": pa.string(), "name": pa.string(), "value": pa.float64()}
    connection.register(
        "context", pa.table({n: pa.array([c[i] for c in context], t) for i, (n, t) in enumerate(context_types.items())})
    )
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
