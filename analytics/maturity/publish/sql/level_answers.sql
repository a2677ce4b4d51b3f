-- One row a school x year x criterion x level of the rounds to_count: how many answers, whether they came one by one or as
-- counts; level NULL = don't know. A TEMP table: it holds what may have to be hidden, and must not reach the file.
create or replace temp table level_answers as
select framework, year, school_id, criterion, level, count(*) as answers
from answers.answer semi join to_count using (framework, year) group by all
union all
select framework, year, school_id, criterion, level, answers
from answers.level_count semi join to_count using (framework, year);
