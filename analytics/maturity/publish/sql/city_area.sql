-- The city per area, from the schools' shown areas, each school once; `noise` holds what no aggregate can say.
insert into city_area by name
with summed as (
    select
        framework, year, area,
        count(mean) as schools, sum(mean::decimal(18, 15))::double / nullif(schools, 0) as mean_of_schools,
        quantile_cont(mean, 0.1) as p10, quantile_cont(mean, 0.9) as p90,
        count(*) - count(mean) as left_out_schools
    from area_cell group by framework, year, area
)
select * from summed left join noise using (framework, year, area) order by framework, year, area;
