-- view-<n>.duckdb: what pages read, read-only. Hidden figures are not in it.

-- One row: this version; created_at is UTC. edition: of these tables, so that an earlier one's are not misread.
-- figures: the version that the schools, frameworks and published figures are those of, as later ones took them over;
-- funding: the version that those and the funding register are those of. answers: the version whose answers file this one
-- stands on; answers_digest: of what that was made from, with a key that lies there (store/sources.py); NULL where an
-- earlier edition made it.
create table version (
    number integer not null, parent integer, created_at timestamp not null, loaded_by varchar not null,
    action varchar not null, hide_below integer not null, edition varchar not null, figures integer not null,
    funding integer not null, answers integer not null, answers_digest varchar
);

-- Reference ------------------------------------------------------------------------------------------------------

-- plan: JSON of what nothing is counted by: aims, suggested actions, what criteria serve, the certification.
create table framework (
    id varchar not null, title_sv varchar not null, title_en varchar not null, issuer varchar not null,
    valid_from smallint not null, valid_to smallint, previous varchar,
    scale_min utinyint not null, scale_max utinyint not null, labels_sv varchar[] not null, labels_en varchar[] not null,
    goal_level utinyint not null, goal_statistic varchar not null, goal_share double,
    source_sv varchar, source_en varchar, note_sv varchar, note_en varchar,
    goals_month utinyint not null default 2, follow_up_month utinyint not null default 1,
    rating_month utinyint, school_year boolean not null default false, plan varchar
);
create table area (
    framework varchar not null, id varchar not null, position integer not null,
    title_sv varchar not null, title_en varchar not null
);
create table criterion (
    framework varchar not null, id varchar not null, area varchar not null, position integer not null,
    title_sv varchar not null, title_en varchar not null, previous varchar, change varchar not null,
    note_sv varchar, note_en varchar, asked varchar[] not null
);
create table school (
    id varchar not null, name varchar not null, school_unit_code varchar, district varchar, stage varchar,
    pupils integer, staff integer, valid_from date, valid_to date, shares_practice boolean, provenance varchar not null
);
create table school_alias (school_id varchar not null, alias varchar not null);

-- One row a school that became part of another (merged_into, after its last day), or was made out of a part of another
-- (split_from, on its first).
create table school_link (school_id varchar not null, link varchar not null, other varchar not null);

-- One row a school x measure of its surroundings that was loaded; what is not known has no row.
create table school_context (school_id varchar not null, name varchar not null, value double not null);

-- Published figures ------------------------------------------------------------------------------------------------
-- Means, standard deviations and their intervals (95 %) in levels, shares 0-1. `..._low`, `..._high`: an interval.

-- One row a school x year x criterion that was asked. Hidden: every figure is NULL.
-- few (5-9 answers): n_band, share_band and dont_know_band tell what n, share_at_goal and dont_know do not; the mean has
-- one decimal. 10-19: two decimals. mean_bound, share_bound: at_most or at_least where the figure is told as a bound.
-- From 20 alone: sd, median, levels (answers per level, lowest first), staff_...: what this staff, this year, would have
-- said had all the invited answered; NULL where nobody counted them. dont_know: NULL where they are 1-4.
-- goal_met: the raw rule on this criterion, NULL where what is told of a few answers does not decide it.
-- noise_sd, noise_n: the standard deviation and the answers that the mean's noise is reckoned with in all that is made
-- of it: the cell's own, under 20 the city's spread, of few 7.
-- city_side: 1 or -1 where the school lies clearly above or below the city, controlled over the school's criteria.
-- ready: the share of resamples in which the criterion meets the goal; NULL under ten answers. there: the chance that the
-- school's true level on it is at the goal.
create table cell (
    framework varchar not null, year smallint not null, school_id varchar not null, criterion varchar not null,
    area varchar not null, n integer, dont_know integer, mean double, sd double, ci_low double, ci_high double,
    share_at_goal double, share_low double, share_high double, median utinyint, pulled_mean double,
    levels integer[], goal_met boolean, staff_low double, staff_high double, staff_share_low double,
    staff_share_high double, city_side tinyint, ready double, status varchar not null, mean_bound varchar,
    share_bound varchar, n_band varchar, share_band varchar, dont_know_band varchar, noise_sd double, noise_n integer,
    there double
);

-- One row a school x year x area, and one with area '' over all areas: the mean of the shown criteria's means.
-- interval_basis: how it is known how people's answers go together: 'respondents' (they are followed over the criteria,
-- where each has 20 answers or more), or of counts, and where they may not be followed: 'correlation' (as in the
-- framework's rounds where they are), 'borrowed' (as in another's), 'assumed' (a correlation of 0.2-0.5: the interval is
-- the widest of these, and no place or pulled mean is told). shown of asked criteria. rank_...: places among the schools shown, 1 highest;
-- neither they nor city_side are told where some of the criteria are hidden.
create table area_cell (
    framework varchar not null, year smallint not null, school_id varchar not null, area varchar not null,
    mean double, ci_low double, ci_high double, interval_basis varchar,
    respondents integer, shown integer not null, asked integer not null, at_goal integer,
    pulled_mean double, rank_low smallint, rank_high smallint, city_side tinyint
);

-- One row a school-round. Hidden: no number of people. few (5-9 responded): responded_band alone. outcome: the goal on every criterion.
-- ready: the share of resamples in which every shown criterion meets the goal; there: the chance that the true level is at
-- it on all of them. ready_basis: as interval_basis of area_cell; where that is 'assumed' the shares lie between ..._low
-- and ..._high (else the same as the share), and ready and there are the middle of these. in_the_way: the one or two criteria
-- that most stand in the way of the goal (maturity/readiness.py), the surest to miss it first; NULL where none does.
create table school_round (
    framework varchar not null, year smallint not null, school_id varchar not null,
    invited integer, responded integer, response_rate double, status varchar not null,
    shown integer not null, asked integer not null, at_goal integer not null, outcome varchar not null,
    ready double, ready_basis varchar, provenance varchar not null, loaded_version integer not null,
    responded_band varchar, ready_low double, ready_high double, there double, there_low double, there_high double,
    in_the_way varchar[]
);

-- One row a year x criterion over the whole city, from shown cells only, as they are told: one of few counts as 7
-- answers in `answers` and the means. share_at_goal: from cells of ten answers or more, as they are told; levels and
-- within_school_sd from those of twenty or more alone (the latter from means and noise where there are none), so that no
-- two views differ by the answers of a smaller one. spread_ratio: the spread that cells of under 20 are taken to have, as a part of the most there could be. ci_...: of the mean of schools; share_between:
-- the part of the answers' variance that lies between schools.
create table city_cell (
    framework varchar not null, year smallint not null, criterion varchar not null, area varchar not null,
    schools integer not null, answers integer not null, mean_of_schools double, ci_low double, ci_high double,
    mean_of_answers double, answers_low double, answers_high double, share_at_goal double, share_low double,
    share_high double, p10 double, p90 double, between_school_sd double, within_school_sd double, share_between double,
    left_out_schools integer not null, provenance varchar not null, levels integer[], spread_ratio double
);

-- One row a year x area, and one with area '' over all: the schools' area means, each school once. interval_basis: the
-- worst of the schools'; where it is 'assumed' nothing is told of how much schools differ.
create table city_area (
    framework varchar not null, year smallint not null, area varchar not null,
    schools integer not null, mean_of_schools double, ci_low double, ci_high double, p10 double, p90 double,
    between_school_sd double, between_low double, between_high double, within_school_sd double, share_between double,
    left_out_schools integer not null, interval_basis varchar
);

-- One row a school x round x earlier round x criterion that both asked in the same words, where both are shown
-- (criterion '': the area's mean, area '' and criterion '': over all, both times on the criteria that both show).
-- needed: the least difference that is a clear change, judged from the whole down with all that is said of the school;
-- NULL where the answers cannot tell. clear_in_city: clear in a list of the city's schools too. compared: on how many
-- criteria; left_out: how many that either round asked are not compared. n, before_n of an area: respondents, where it is
-- compared on all that the round shows of it.
create table school_change (
    framework varchar not null, year smallint not null, school_id varchar not null, area varchar not null,
    criterion varchar not null, before_framework varchar not null, before_year smallint not null,
    before_criterion varchar not null, before_mean double not null, mean double not null, before_n integer, n integer,
    difference double not null, needed double, clear boolean not null, clear_in_city boolean not null,
    compared integer not null, left_out integer not null
);

-- The same for the city: the mean of the schools that are shown in both rounds, each on the criteria that it shows both
-- times. compared, left_out: criteria that are compared in any school, and in none.
create table city_change (
    framework varchar not null, year smallint not null, area varchar not null, criterion varchar not null,
    before_framework varchar not null, before_year smallint not null, before_criterion varchar not null,
    schools integer not null, before_mean double not null, mean double not null, difference double not null,
    needed double, clear boolean not null, compared integer not null, left_out integer not null
);

-- One row a round that was, or is to be, foretold from the round before it: how many of the schools meet the goal on
-- every criterion, with a range that holds nine times in ten. actual: what came of it; NULL where that is yet to be. basis:
-- as interval_basis of area_cell; 'assumed': the range is over all that is assumed, and only rounds that have been are told.
create table forecast (
    framework varchar not null, year smallint not null, from_year smallint not null, schools integer not null,
    expected double not null, low integer not null, high integer not null, actual integer, moves integer not null,
    basis varchar not null
);

-- One row a school (school_id '': the city) x area x criterion ('' as in school_change) that is shown in any round of a
-- framework that has three or more: its yearly pace with a 90 % interval, and the smoothed level in the last round shown.
-- direction_sure: how likely the pace has the sign that it has, 0.5-1. beside_city: faster, slower or cannot_tell, NULL
-- for the city. status: ok, or too_few_rounds (fewer than three are shown) or too_few_answers (under ten cells of
-- the framework's have twenty answers, which tell how fewer spread; or more than a fifth of the means are told as bounds), where no
-- pace is told.
create table trend (
    framework varchar not null, school_id varchar not null, area varchar not null, criterion varchar not null,
    rounds integer not null, first_year smallint not null, last_year smallint not null, level double not null,
    pace double, pace_low double, pace_high double, direction_sure double, beside_city varchar, status varchar not null
);

-- The smoothed level in each round that is shown.
create table trend_level (
    framework varchar not null, school_id varchar not null, area varchar not null, criterion varchar not null,
    year smallint not null, level double not null
);

-- One row a framework with three rounds or more x layer (whole, area, criterion): its last round (year), foretold from the
-- rounds before it. figures: how many are compared; trend, last_value, own_line: mean squared errors, in levels squared,
-- of the trend, of the value in the round before, and of a straight line through the figure's own rounds.
create table trend_backtest (
    framework varchar not null, year smallint not null, rounds integer not null, layer varchar not null,
    figures integer not null, trend double not null, last_value double not null, own_line double not null
);

-- The same three for each framework without its last round (`before`: the one that is left out), where rounds are
-- released in steps: what those are told who may not see it yet. Empty where they are not.
create table trend_before (
    framework varchar not null, school_id varchar not null, area varchar not null, criterion varchar not null,
    rounds integer not null, first_year smallint not null, last_year smallint not null, level double not null,
    pace double, pace_low double, pace_high double, direction_sure double, beside_city varchar, status varchar not null,
    before smallint not null
);
create table trend_level_before (
    framework varchar not null, school_id varchar not null, area varchar not null, criterion varchar not null,
    year smallint not null, level double not null, before smallint not null
);
create table trend_backtest_before (
    framework varchar not null, year smallint not null, rounds integer not null, layer varchar not null,
    figures integer not null, trend double not null, last_value double not null, own_line double not null,
    before smallint not null
);

-- EU funding -------------------------------------------------------------------------------------------------------
-- `position` is the order in which rows were told; `row_id` is the row's own, from the version in which it first stood
-- until it is taken away, whatever is changed in it. Amounts have two decimals; SEK and EUR are never added together.

-- One row a goal of the city's budget; a number stands for one goal, whatever the year. valid_from, valid_to: years.
create table budget_goal (
    position integer not null, row_id varchar, number utinyint not null, title_sv varchar not null, title_en varchar not null,
    city varchar, valid_from smallint, valid_to smallint
);

-- One row an administration of the city; it reports on the years from valid_from to valid_to (NULL: whatever the year).
create table administration (
    position integer not null, row_id varchar, id varchar not null, title varchar not null, contact varchar,
    valid_from smallint, valid_to smallint
);

-- One row a project. plan: the shares in which the grant is paid; sectors: what the form ticks for the project.
-- cofinancing_rate, flat_rate: per cent. reports_due: days by which the funder wants a report.
create table project (
    position integer not null, row_id varchar, id varchar not null, title varchar not null, programme varchar not null,
    start_date date not null, end_date date not null, action varchar, role varchar, lead_country varchar,
    budget_goal utinyint, networks varchar, sectors varchar[] not null, plan decimal(5, 4)[] not null,
    funder varchar, source varchar, phase varchar, registry_number varchar, agreement varchar, identifier varchar,
    contact varchar, cofinancing_rate decimal(5, 2), own_cofinancing decimal(14, 2), flat_rate decimal(5, 2),
    rate_rule varchar, reports_due date[] not null default [], keep_until date, note varchar,
    provenance varchar not null, administration varchar
);

-- One row a project x scope x unit x currency; rate is SEK for one EUR.
create table project_budget (
    position integer not null, row_id varchar, project_id varchar not null, scope varchar not null,
    amount decimal(14, 2) not null, currency varchar not null, unit varchar, certainty varchar not null,
    rate decimal(12, 6), rate_date date, rate_basis varchar
);

-- One row a payment, of whichever kind, as it was reported; paid_until: invoices paid up to that day are in it.
-- amount_sek is always there; amount in its own currency, and rate, where they are stated. What has no kind was told by
-- an earlier edition, which had only what was spent.
create table payment (
    position integer not null, row_id varchar, project_id varchar not null, report_year smallint not null,
    unit varchar not null, amount_sek decimal(14, 2) not null, school_id varchar, paid_until date, note varchar,
    kind varchar not null default 'spent', day date, amount decimal(14, 2), currency varchar not null default 'SEK',
    rate decimal(12, 6), rate_date date, rate_basis varchar, budget_goal utinyint, cost_kind varchar, voucher varchar,
    ledger_code varchar, reconciled varchar
);
create table project_partner (
    position integer not null, row_id varchar, project_id varchar not null, country varchar not null, place varchar,
    organisation varchar, sector varchar
);
create table project_participant (
    position integer not null, row_id varchar, project_id varchar not null, school_id varchar not null
);
create table study_visit (
    position integer not null, row_id varchar, project_id varchar not null, year smallint not null,
    direction varchar not null, place varchar, persons integer
);

-- One row a year x question of the form x administration (NULL: the only one's, or the whole city's).
create table narrative (
    position integer not null, row_id varchar, year smallint not null, question varchar not null, text varchar not null,
    provenance varchar not null, administration varchar
);

-- One row a year x cooperation without EU funds.
create table cooperation (
    position integer not null, row_id varchar, year smallint not null, name varchar not null, form varchar not null,
    partners varchar, funder varchar, text varchar, provenance varchar not null, administration varchar
);

-- One row a year x administration: its part of the year's report. deadline: the last day to hand it in; note: why it was
-- sent back. Who handed it in and approved it, and when, stands in register_change.
create table report_part (
    position integer not null, row_id varchar, year smallint not null, administration varchar not null, deadline date,
    status varchar not null, note varchar, registry_number varchar
);

-- One row a remark on a year's report that somebody has acknowledged; facts: the fingerprint of what it stood on.
create table acknowledgement (
    position integer not null, row_id varchar, year smallint not null, kind varchar not null, reason varchar not null,
    facts varchar not null, acknowledged_by varchar not null, acknowledged_on date not null, project_id varchar
);

-- The quality dialogue ---------------------------------------------------------------------------------------------
-- Rows are ordered and named as those of funding are. framework and year are the round's.

create table dialogue (
    position integer not null, row_id varchar, school_id varchar not null, framework varchar not null,
    year smallint not null, held date, participants varchar, notes varchar, provenance varchar not null
);

-- One row a goal that was agreed; from_level and to_level in levels (shares 0-1 where the framework's goal is one).
create table agreement (
    position integer not null, row_id varchar, school_id varchar not null, framework varchar not null,
    year smallint not null, number smallint not null, criterion varchar not null, to_level double not null,
    due date not null, from_level double, goal varchar, status varchar not null, outcome varchar, followed_up date,
    provenance varchar not null
);
create table agreed_action (
    position integer not null, row_id varchar, school_id varchar not null, framework varchar not null,
    year smallint not null, agreement smallint not null, number smallint not null, text varchar not null,
    role varchar not null, due date, activity varchar, status varchar not null, outcome varchar
);
create table activity (
    position integer not null, row_id varchar, id varchar not null, title varchar not null, framework varchar not null,
    area varchar not null, description varchar, start_date date, end_date date, contact varchar,
    provenance varchar not null
);
create table certification (
    position integer not null, row_id varchar, school_id varchar not null, event varchar not null, day date not null,
    note varchar, framework varchar, provenance varchar not null
);
create table finding (
    position integer not null, row_id varchar, school_id varchar not null, framework varchar not null,
    criterion varchar not null, day date not null, level utinyint not null, note varchar, provenance varchar not null
);
create table label (
    position integer not null, row_id varchar, school_id varchar not null, label varchar not null, day date not null,
    until date, note varchar, provenance varchar not null
);

-- What was done to the rows of both registers, in this version and those that it stands on: a row a field that was
-- changed (before and after as files have it), and a row a row that was added or taken away (field ''; after or before
-- has all of its texts, as JSON). school_id: the school whose row it is; project_id: the project that it is a part of.
-- A row that was there before this was written down has no entry of when it came.
create table register_change (
    version integer not null, made_at timestamp not null, who varchar not null, kind varchar not null,
    row_id varchar not null, school_id varchar, project_id varchar, field varchar not null, before varchar, after varchar
);

-- One row a brief as it was when it was frozen: contents is JSON, made from version made_from.
create table frozen_brief (
    school_id varchar not null, framework varchar not null, year smallint not null, frozen_at timestamp not null,
    made_from integer not null, frozen_by varchar not null, contents varchar not null
);

-- One row a school-round that this version, or one that it stands on, changed by one to four people, as was said
-- outright: a version that holds the round as it came with one before `version`, and a brief made from such a one, tell
-- what those people answered when they are laid beside this one.
create table near_copy (
    framework varchar not null, year smallint not null, school_id varchar not null, version integer not null
);
