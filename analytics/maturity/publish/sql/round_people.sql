-- One row a school-round with answers: how many were invited and how many responded, as far as anybody knows.
-- responded: what the participation file states, else what the answers tell (responded.sql). A TEMP table: it holds
-- numbers that may have to be hidden, and must not reach the file.
create or replace temp table round_people as
with everybody as (
    select
        source.framework, source.year, source.school_id, source.provenance, source.version, participation.invited,
        coalesce(participation.responded, responded.responded)::integer as responded
    from answers.round_source as source
    left join answers.participation as participation using (framework, year, school_id)
    left join responded using (framework, year, school_id)
)
select *, responded / nullif(invited, 0) as response_rate from everybody;
