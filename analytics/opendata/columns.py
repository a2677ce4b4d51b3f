"""The data dictionary: every column of the open tables, each name with one type and one meaning wherever it stands."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from analytics.opendata.symbols import Symbol
from analytics.words.language import N_, Marked


class ColumnType(StrEnum):
    """The types of Frictionless Table Schema that the tables use."""

    STRING = "string"
    INTEGER = "integer"
    NUMBER = "number"
    BOOLEAN = "boolean"
    DATE = "date"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class OpenColumn:
    """What a column holds; `absent`: what an empty cell of it means where the row is not hidden."""

    name: str
    type: ColumnType
    text: Marked
    absent: Symbol = Symbol.NOT_TOLD


STRING, INTEGER, NUMBER, BOOLEAN, DATE, YEAR = ColumnType
NOTHING, NOT_APPLICABLE, NOT_TOLD = Symbol

_COLUMNS = (
    # What a row is about
    OpenColumn("framework", STRING, N_("The framework's id")),
    OpenColumn("year", YEAR, N_("The year of the self-assessment")),
    OpenColumn(
        "school_id", STRING, N_("The school's id; where the row is about the whole city there is none"), NOT_APPLICABLE
    ),
    OpenColumn(
        "school", STRING, N_("The school's name; where the row is about the whole city there is none"), NOT_APPLICABLE
    ),
    OpenColumn(
        "area",
        STRING,
        N_("The area's id within the framework; where the row is about all areas there is none"),
        NOT_APPLICABLE,
    ),
    OpenColumn(
        "criterion",
        STRING,
        N_("The criterion's id within the framework; where the row is about an area there is none"),
        NOT_APPLICABLE,
    ),
    OpenColumn("provenance", STRING, N_("Where the row is from: published, imported, synthetic (invented) or mixed")),
    OpenColumn("version", INTEGER, N_("The version of the data that the row came with")),
    # Frameworks
    OpenColumn("title_sv", STRING, N_("The title in Swedish")),
    OpenColumn("title_en", STRING, N_("The title in English")),
    OpenColumn("issuer", STRING, N_("Who has issued the framework")),
    OpenColumn("first_valid_year", YEAR, N_("The first year that the framework is valid for")),
    OpenColumn("last_valid_year", YEAR, N_("The last year that the framework is valid for"), NOTHING),
    OpenColumn("previous_framework", STRING, N_("The framework that it replaces"), NOTHING),
    OpenColumn("scale_min", INTEGER, N_("The lowest level")),
    OpenColumn("scale_max", INTEGER, N_("The highest level")),
    OpenColumn("labels_sv", STRING, N_("What the levels are called in Swedish, lowest first, with | between")),
    OpenColumn("labels_en", STRING, N_("What the levels are called in English, lowest first, with | between")),
    OpenColumn("goal_level", INTEGER, N_("The level that every criterion should reach")),
    OpenColumn("goal_statistic", STRING, N_("What should reach it: mean, median or share (of the answers)")),
    OpenColumn(
        "goal_share", NUMBER, N_("The share that should reach it, 0-1, where the goal is a share"), NOT_APPLICABLE
    ),
    OpenColumn("position", INTEGER, N_("The place in the framework's order")),
    OpenColumn("previous_criterion", STRING, N_("The criterion of the framework before that it comes from"), NOTHING),
    OpenColumn(
        "wording", STRING, N_("Its words beside those of the one before: identical, reworded, split, merged or new")
    ),
    # Schools
    OpenColumn("school_unit_code", STRING, N_("The school unit's code in the national register, eight digits")),
    OpenColumn("district", STRING, N_("The school's district")),
    OpenColumn("stage", STRING, N_("The school's stage")),
    OpenColumn("pupils", INTEGER, N_("Pupils, according to the city")),
    OpenColumn("valid_from", DATE, N_("The first day of the school"), NOTHING),
    OpenColumn("valid_to", DATE, N_("The last day of the school"), NOTHING),
    # A school's figures
    OpenColumn("n", INTEGER, N_("Answers, don't-knows not counted; where they are 5-9 n_band tells that")),
    OpenColumn("n_band", STRING, N_("5-9 where so few answered that the number is not given"), NOT_APPLICABLE),
    OpenColumn("dont_know", INTEGER, N_("Answers of don't know; where they are 1-4 dont_know_band tells that")),
    OpenColumn(
        "dont_know_band", STRING, N_("none, some or 1-4 don't-knows where the number is not given"), NOT_APPLICABLE
    ),
    OpenColumn("invited", INTEGER, N_("People who were invited to answer")),
    OpenColumn("responded", INTEGER, N_("People who answered; where they are 5-9 responded_band tells that")),
    OpenColumn("responded_band", STRING, N_("5-9 where so few answered that the number is not given"), NOT_APPLICABLE),
    OpenColumn("response_rate", NUMBER, N_("Responded of invited, 0-1")),
    OpenColumn("mean", NUMBER, N_("The mean, in levels; one decimal of 5-9 answers, two of 10-19")),
    OpenColumn("mean_bound", STRING, N_("at_most or at_least where the mean is given as a bound"), NOT_APPLICABLE),
    OpenColumn("ci_low", NUMBER, N_("The lower end of the mean's 95% interval, in levels")),
    OpenColumn("ci_high", NUMBER, N_("The upper end of the mean's 95% interval, in levels")),
    OpenColumn("share_at_goal", NUMBER, N_("The share of the answers that reach the goal's level, 0-1")),
    OpenColumn("share_bound", STRING, N_("at_most or at_least where the share is given as a bound"), NOT_APPLICABLE),
    OpenColumn("share_band", STRING, N_("below_half, about_half or above_half where 5-9 answered"), NOT_APPLICABLE),
    OpenColumn("share_low", NUMBER, N_("The lower end of the share's 95% interval, 0-1")),
    OpenColumn("share_high", NUMBER, N_("The upper end of the share's 95% interval, 0-1")),
    OpenColumn("median", INTEGER, N_("The lower median, in levels; given from 20 answers")),
    OpenColumn("pulled_mean", NUMBER, N_("The mean pulled towards the city's by how little it tells, in levels")),
    OpenColumn(
        "staff_ci_low", NUMBER, N_("The lower end of what all the invited would have said on average, in levels")
    ),
    OpenColumn(
        "staff_ci_high", NUMBER, N_("The upper end of what all the invited would have said on average, in levels")
    ),
    OpenColumn(
        "staff_share_low", NUMBER, N_("The lower end of the share at the goal had all the invited answered, 0-1")
    ),
    OpenColumn(
        "staff_share_high", NUMBER, N_("The upper end of the share at the goal had all the invited answered, 0-1")
    ),
    OpenColumn("ready", NUMBER, N_("The chance that the goal would be met if the self-assessment were repeated, 0-1")),
    OpenColumn("ready_low", NUMBER, N_("The lower end of ready, where it is not known how answers go together")),
    OpenColumn("ready_high", NUMBER, N_("The upper end of ready, where it is not known how answers go together")),
    OpenColumn("there", NUMBER, N_("The chance that the school's true level is at the goal, 0-1")),
    OpenColumn("there_low", NUMBER, N_("The lower end of there, where it is not known how answers go together")),
    OpenColumn("there_high", NUMBER, N_("The upper end of there, where it is not known how answers go together")),
    OpenColumn(
        "status", STRING, N_("How the row may be read; for a school ok, uncertain, low_response, few or hidden")
    ),
    OpenColumn(
        "interval_basis",
        STRING,
        N_("How it is known how answers go together: respondents, correlation, borrowed or assumed"),
    ),
    OpenColumn("asked", INTEGER, N_("Criteria that were asked")),
    OpenColumn("shown", INTEGER, N_("Criteria of them that are shown")),
    OpenColumn("at_goal", INTEGER, N_("Criteria of the shown ones that reach the goal")),
    OpenColumn("outcome", STRING, N_("Whether every criterion reaches the goal: met, not_met or cannot_tell")),
    # The city's
    OpenColumn("schools", INTEGER, N_("Schools that the row builds on")),
    OpenColumn("left_out_schools", INTEGER, N_("Schools that were asked and are hidden")),
    OpenColumn("answers", INTEGER, N_("Answers of the shown schools; a school with 5-9 counts as 7")),
    OpenColumn("mean_of_schools", NUMBER, N_("The mean of the schools' means, each school once, in levels")),
    OpenColumn("mean_of_answers", NUMBER, N_("The mean of the answers, in levels")),
    OpenColumn("answers_low", NUMBER, N_("The lower end of the 95% interval of the answers' mean, in levels")),
    OpenColumn("answers_high", NUMBER, N_("The upper end of the 95% interval of the answers' mean, in levels")),
    OpenColumn("p10", NUMBER, N_("A tenth of the schools lie below, in levels")),
    OpenColumn("p90", NUMBER, N_("A tenth of the schools lie above, in levels")),
    OpenColumn("between_school_sd", NUMBER, N_("The standard deviation between schools, without chance, in levels")),
    OpenColumn("between_low", NUMBER, N_("The lower end of its 95% interval, in levels")),
    OpenColumn("between_high", NUMBER, N_("The upper end of its 95% interval, in levels")),
    OpenColumn("within_school_sd", NUMBER, N_("The standard deviation of the answers within a school, in levels")),
    OpenColumn("share_between", NUMBER, N_("The part of the variance that lies between schools, 0-1")),
    # Changes
    OpenColumn("before_framework", STRING, N_("The framework of the round that is compared with")),
    OpenColumn("before_year", YEAR, N_("The year of the round that is compared with")),
    OpenColumn(
        "before_criterion",
        STRING,
        N_("What the criterion was called then; where the row is about an area there is none"),
        NOT_APPLICABLE,
    ),
    OpenColumn("before_mean", NUMBER, N_("The mean then, in levels")),
    OpenColumn("difference", NUMBER, N_("The change, in levels")),
    OpenColumn("needed", NUMBER, N_("The least change that would be clear, in levels")),
    OpenColumn("clear", BOOLEAN, N_("Whether the change is more than chance explains")),
    OpenColumn("clear_in_city", BOOLEAN, N_("Whether it is so in a list of all the city's schools too")),
    OpenColumn("compared", INTEGER, N_("Criteria that are compared")),
    OpenColumn("left_out", INTEGER, N_("Criteria that either round asked and that are not compared")),
    # Trends and forecasts
    OpenColumn("rounds", INTEGER, N_("Rounds in which something is shown")),
    OpenColumn("first_year", YEAR, N_("The first of them")),
    OpenColumn("last_year", YEAR, N_("The last of them")),
    OpenColumn("level", NUMBER, N_("The smoothed level, in levels; of a trend in its last year")),
    OpenColumn("pace", NUMBER, N_("The trend's pace, in levels a year; given from three rounds")),
    OpenColumn("pace_low", NUMBER, N_("The lower end of the pace's 90% interval, in levels a year")),
    OpenColumn("pace_high", NUMBER, N_("The upper end of the pace's 90% interval, in levels a year")),
    OpenColumn("direction_sure", NUMBER, N_("How likely the pace has the sign that it has, 0.5-1")),
    OpenColumn("beside_city", STRING, N_("The pace compared with the city's: faster, slower or cannot_tell")),
    OpenColumn("from_year", YEAR, N_("The round that is forecast from")),
    OpenColumn("expected", NUMBER, N_("Schools that are expected to reach the goal on every criterion")),
    OpenColumn("expected_low", INTEGER, N_("At least so many, nine times in ten")),
    OpenColumn("expected_high", INTEGER, N_("At most so many, nine times in ten")),
    OpenColumn("actual", INTEGER, N_("Schools that did"), NOTHING),
    OpenColumn("moves", INTEGER, N_("Earlier moves of the city that the forecast has learnt from")),
    # EU projects
    OpenColumn("project_id", STRING, N_("The project's id")),
    OpenColumn("title", STRING, N_("The project's title")),
    OpenColumn("programme", STRING, N_("The programme that pays")),
    OpenColumn("start_date", DATE, N_("The project's first day")),
    OpenColumn("end_date", DATE, N_("The project's last day")),
    OpenColumn("action", STRING, N_("The programme's action")),
    OpenColumn("role", STRING, N_("The city's role: owner, coordinator or partner")),
    OpenColumn("lead_country", STRING, N_("The country that leads it (ISO 3166 alpha-2)")),
    OpenColumn("budget_goal", INTEGER, N_("The number of the city's budget goal that it serves")),
    OpenColumn("sectors", STRING, N_("The sectors that take part, with | between")),
    OpenColumn("scope", STRING, N_("What the budget is of: whole (project), own (share) or unit")),
    OpenColumn("amount", NUMBER, N_("The amount, in currency")),
    OpenColumn("currency", STRING, N_("SEK or EUR")),
    OpenColumn("unit", STRING, N_("The administration or unit"), NOT_APPLICABLE),
    OpenColumn("certainty", STRING, N_("Whether the amount is exact or about")),
    OpenColumn("rate", NUMBER, N_("What one euro costs in kronor"), NOT_APPLICABLE),
    OpenColumn("rate_date", DATE, N_("The rate's day"), NOT_APPLICABLE),
    OpenColumn("report_year", YEAR, N_("The year that the payment is reported in")),
    OpenColumn("amount_sek", NUMBER, N_("The amount in kronor; a repayment is below 0")),
    OpenColumn("paid_until", DATE, N_("Invoices paid up to this day are in it")),
    OpenColumn("country", STRING, N_("The country (ISO 3166 alpha-2)")),
    OpenColumn("place", STRING, N_("The place")),
    OpenColumn("organisation", STRING, N_("The organisation")),
    OpenColumn("sector", STRING, N_("The sector: public, private, university or nonprofit")),
    OpenColumn("number", INTEGER, N_("The budget goal's number")),
    # What schools have been given
    OpenColumn("event", STRING, N_("certified or renewed")),
    OpenColumn(
        "label",
        STRING,
        N_("The label: school_label, national_quality_label, european_quality_label, prize or certificate"),
    ),
    OpenColumn("day", DATE, N_("The day it came")),
    OpenColumn("until", DATE, N_("The last day it is valid"), NOTHING),
)

COLUMNS = {column.name: column for column in _COLUMNS}
