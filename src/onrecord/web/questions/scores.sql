with pair as (select ? as a, ? as b),
chosen as (
  select left(day, 7) as month, goldstein, list_contains(source_names, a) as by_a, list_contains(source_names, b) as by_b,
    list_contains(target_names, a) as to_a, list_contains(target_names, b) as to_b
  from event_rows, pair where {where} and day is not null
)
select month, avg(goldstein) filter (where by_a) as first, avg(goldstein) filter (where by_b) as second,
  avg(goldstein) filter (where (by_a and to_b) or (by_b and to_a)) as between
from chosen where by_a or by_b group by month order by month
