-- One row a school x year x area, and one over all areas (area ''), from shown cells only: the mean of the criteria's
-- means. Where respondents are known, the standard error follows each of them over the criteria (linearised, so people
-- who skip a criterion are handled); with counts alone it is the mean of the criteria's standard errors, which is the
-- largest it can be.
create or replace temp table area_parts as
with asked as (
    select framework, year, school_id, area, status, mean, sd, n, goal_met, criterion from cell
    union all
    select framework, year, school_id, '', status, mean, sd, n, goal_met, criterion from cell
),
figures as (
    select
        framework, year, school_id, area, count(*) as asked,
        count(*) filter (status <> 'hidden') as shown,
        avg(mean) filter (status <> 'hidden') as mean,
        avg(sd / sqrt(n)) filter (status <> 'hidden') as widest_error,
        min(n) filter (status <> 'hidden') as fewest,
        count(*) filter (goal_met) as at_goal
    from asked group by all
),
person_area as (
    select
        cell.framework, cell.year, cell.school_id, cell.area, answer.respondent,
        sum((answer.level - cell.mean) / cell.n) as influence
    from answers.answer as answer
    join cell using (framework, year, school_id, criterion)
    where cell.status <> 'hidden' and answer.level is not null
    group by all
),
person as (
    select framework, year, school_id, area, respondent, influence from person_area
    union all
    select framework, year, school_id, '', respondent, sum(influence) from person_area
    group by framework, year, school_id, respondent
),
followed as (
    select framework, year, school_id, area, count(*) as respondents, sum(influence * influence) as squares
    from person group by all
)
select
    figures.*, followed.respondents,
    sqrt(squares * respondents / nullif(respondents - 1, 0)) / shown as followed_error
from figures
left join followed using (framework, year, school_id, area);
