-- One row a school x year x area, and one over all areas (area ''), from shown cells only (the figures of a hidden one
-- are NULL, which aggregates skip): the mean of the criteria's means. Where respondents are known, the standard error
-- follows each of them over the criteria (linearised, so people who skip a criterion are handled). Not where any of the
-- criteria has under twenty answers (told by its levels, which are not told then): how the same few people answer is their
-- own. `apart` and `errors` are what it is made of else (methods/together.py): the criteria's variances and standard errors,
-- summed. `mean_low` and `mean_high`: between what the mean lies, where some criteria's are told as bounds. All is summed as
-- decimals: threads hand rows on in any order, and a float's last digit goes by it (to put them in order is most of the work).
-- What following adds is how the same people's answers go together. Where some, but fewer than the limit, answered more
-- than one of the criteria (over all areas: in more than one of the areas), it would tell of them alone: not followed.
-- Nor where some, but fewer than the limit, answered anything else than most did on any of the criteria: the rest answered
-- alike, so that how answers go together would be what those few answered on the others.
-- Rounds that are in followed_before are not followed: what that said is there.
create or replace temp table area_parts as
with asked as (
    select * from cell
    union all
    select * replace ('' as area) from cell
),
figures as (
    select
        framework, year, school_id, area, count(*) as asked, count(mean) as shown,
        sum(mean::decimal(18, 15))::double / nullif(shown, 0) as mean,
        sum((noise_sd * noise_sd / noise_n)::decimal(18, 15))::double as apart,
        sum((noise_sd / sqrt(noise_n))::decimal(18, 15))::double as errors, min(noise_n) as fewest,
        sum(if(mean_bound = 'at_most', scale_min, mean)::decimal(18, 15))::double / nullif(shown, 0) as mean_low,
        sum(if(mean_bound = 'at_least', scale_max, mean)::decimal(18, 15))::double / nullif(shown, 0) as mean_high,
        count(mean) = count(levels) as own, if(shown = 0, null, count(*) filter (goal_met)) as at_goal
    from asked join framework on framework.id = asked.framework group by all
),
to_follow as (select distinct framework, year, school_id from cell anti join followed_before using (framework, year, school_id)),
person_area as (
    select
        cell.framework, cell.year, cell.school_id, cell.area, answer.respondent,
        sum(((answer.level - cell.mean) / cell.n)::decimal(18, 15)) as influence, count(*) as parts
    from answers.answer as answer
    join cell using (framework, year, school_id, criterion)
    semi join to_follow using (framework, year, school_id)
    where cell.levels is not null and answer.level is not null
    group by all
),
person as (
    select * from person_area
    union all
    select framework, year, school_id, '', respondent, sum(influence), count(*) from person_area
    group by framework, year, school_id, respondent
),
together as (
    select
        framework, year, school_id, area, count(*) as respondents, sum((influence::double ** 2)::decimal(38, 24)) as squares,
        count(*) filter (parts > 1) as in_several
    from person group by all
),
few_apart as (
    select framework, year, school_id, area from asked
    where list_sum(levels) - list_max(levels) between 1 and $hide_below - 1 group by all
),
followed as (
    select
        *, in_several = 0 or (in_several >= $hide_below and few_apart.area is null) as enough,
        if(area = '', bool_and(enough) over (partition by framework, year, school_id), enough) as may_follow
    from together left join few_apart using (framework, year, school_id, area)
)
select
    figures.*,
    coalesce(followed_before.respondents, if(own and may_follow, followed.respondents, null)) as respondents,
    coalesce(
        followed_before.error,
        if(own and may_follow, sqrt(squares * followed.respondents / (followed.respondents - 1)) / shown, null)
    ) as followed_error
from figures
left join followed using (framework, year, school_id, area)
left join followed_before using (framework, year, school_id, area)
order by framework, year, school_id, area;
