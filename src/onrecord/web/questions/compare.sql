with pair as (select ? as a, ? as b),
chosen as (
  select type, goldstein, list_contains(source_names, a) as by_a, list_contains(source_names, b) as by_b,
    list_contains(target_names, a) as to_a, list_contains(target_names, b) as to_b
  from event_rows, pair where {where}
)
select type, count(*) filter (where by_a) as first,
  round(avg(goldstein) filter (where by_a), 2) as first_goldstein,
  count(*) filter (where by_b) as second,
  round(avg(goldstein) filter (where by_b), 2) as second_goldstein,
  count(*) filter (where by_a and to_b) as first_to_second,
  count(*) filter (where by_b and to_a) as second_to_first
from chosen where by_a or by_b group by type
order by first + second desc, type
