-- One row a school-round: people (unless they are too few), and the framework's goal on every criterion by the raw rule.
insert into school_round by name
with judged as (
    select
        framework, year, school_id,
        count(*) as asked, count(mean) as shown, count(*) filter (goal_met) as at_goal
    from cell group by all
)
select
    framework, year, school_id,
    if(is_hidden, null, invited) as invited,
    if(is_hidden, null, responded) as responded,
    if(is_hidden, null, response_rate) as response_rate,
    case
        when is_hidden then 'hidden' when response_rate < $response_from then 'low_response'
        when responded < $certain_from then 'uncertain' else 'ok'
    end as status,
    shown, asked, at_goal,
    case when at_goal < shown then 'not_met' when shown < asked then 'cannot_tell' else 'met' end as outcome,
    ready, ready_basis, provenance, version as loaded_version
from (
    select *, coalesce(responded, 0) < $hide_below or shown = 0 as is_hidden
    from round_people join judged using (framework, year, school_id)
    left join round_ready using (framework, year, school_id)
)
order by framework, year, school_id;
