-- The city, from shown cells only, as they are told: the figures of a hidden one are NULL, which aggregates skip. Quantiles are
-- interpolated between schools; `cell_noise` holds what no aggregate can say (intervals, the spread between schools).
insert into city_cell by name
with summed as (
    select
        cell.framework, cell.year, cell.criterion, cell.area,
        count(mean) as schools,
        coalesce(sum(noise_n), 0) as answers,
        sum(mean::decimal(18, 15))::double / nullif(schools, 0) as mean_of_schools,
        sum((mean * noise_n)::decimal(30, 15))::double / sum(noise_n) as mean_of_answers,
        quantile_cont(mean, 0.1) as p10,
        quantile_cont(mean, 0.9) as p90,
        count(*) filter (status = 'hidden') as left_out_schools,
        case when count(distinct people.provenance) > 1 then 'mixed' else any_value(people.provenance) end as provenance
    from cell
    join round_people as people using (framework, year, school_id)
    group by cell.framework, cell.year, cell.criterion, cell.area
)
select * from summed left join cell_noise using (framework, year, criterion) order by framework, year, criterion;
