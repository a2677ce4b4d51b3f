-- One row a school-round: people (unless they are too few; of few a band), and the framework's goal on every criterion by
-- the raw rule, as far as what is told decides it.
insert into school_round by name
with judged as (
    select
        framework, year, school_id,
        count(*) as asked, count(mean) as shown, count(*) filter (goal_met) as at_goal,
        count(*) filter (not goal_met) as missed
    from cell group by all
)
select
    framework, year, school_id,
    if(is_hidden or is_few, null, invited) as invited,
    if(is_hidden or is_few, null, responded) as responded,
    if(is_hidden or is_few, null, response_rate) as response_rate,
    if(is_few and not is_hidden, $few_band, null) as responded_band,
    case
        when is_hidden then 'hidden' when is_few then 'few' when response_rate < $response_from then 'low_response'
        when responded < $certain_from then 'uncertain' else 'ok'
    end as status,
    shown, asked, at_goal,
    case when missed > 0 then 'not_met' when at_goal < asked then 'cannot_tell' else 'met' end as outcome,
    ready, ready_basis, provenance, version as loaded_version, ready_low, ready_high, there, there_low, there_high,
    in_the_way
from (
    select
        *, coalesce(responded, 0) < $hide_below or shown = 0 as is_hidden, coalesce(responded, 0) < $few_below as is_few
    from round_people join judged using (framework, year, school_id)
    left join round_ready using (framework, year, school_id)
    left join round_there using (framework, year, school_id)
    left join in_its_way using (framework, year, school_id)
)
order by framework, year, school_id;
