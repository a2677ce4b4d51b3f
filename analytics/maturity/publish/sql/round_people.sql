-- One row a school-round with answers: how many were invited and how many responded, as far as anybody knows.
-- responded: what the participation file states, else the different respondents with a row in a shown cell, else the
-- most answers, don't-knows among them, in a shown cell. Shown cells alone: who is found in hidden cells only would
-- tell how many answered there. A TEMP table: it holds numbers that may have to be hidden, and must not reach the file.
create or replace temp table round_people as
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
),
everybody as (
    select
        source.framework, source.year, source.school_id, source.provenance, source.version, participation.invited,
        coalesce(participation.responded, people.responded, counted.responded)::integer as responded
    from answers.round_source as source
    left join answers.participation as participation using (framework, year, school_id)
    left join people using (framework, year, school_id)
    left join counted using (framework, year, school_id)
)
select *, responded / nullif(invited, 0) as response_rate from everybody;
