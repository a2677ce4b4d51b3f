-- One row a school-round that any criterion stands in the way of the goal of: which, as readiness.in_the_way chooses. DuckDB's
-- own `round` goes up where Python's goes by what the number is in binary; `format` rounds as Python does.
create or replace temp table in_its_way as
with told as (
    select framework, year, school_id, criterion, ready, mean from cell
    where coalesce(if(ready is null, not goal_met, ready < $reached), false)
),
ordered as (
    select
        framework, year, school_id, criterion, if(
            count(*) filter (ready is null) over (partition by framework, year, school_id) > 0,
            row_number() over (partition by framework, year, school_id order by mean, criterion),
            row_number() over (partition by framework, year, school_id order by format('{:.2f}', ready), mean, criterion)
        ) as place
    from told
)
select framework, year, school_id, list(criterion order by place) as in_the_way
from ordered where place <= $most group by all;
