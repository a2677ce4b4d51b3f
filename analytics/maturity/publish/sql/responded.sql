-- One row a school-round of those to_count that has a shown cell: the different respondents with a row in one of them, else
-- the most answers, don't-knows among them, in one. Shown cells alone: who is found in hidden cells only would tell how
-- many answered there.
with shown as (
    select framework, year, school_id, criterion, sum(answers) as responded
    from level_answers group by all
    having sum(answers) filter (level is not null) >= $hide_below
),
people as (
    select framework, year, school_id, count(distinct respondent) as responded
    from answers.answer semi join shown using (framework, year, school_id, criterion) group by all
),
counted as (
    select framework, year, school_id, max(responded) as responded
    from shown group by all
)
select framework, year, school_id, coalesce(people.responded, counted.responded)::bigint
from counted left join people using (framework, year, school_id);
