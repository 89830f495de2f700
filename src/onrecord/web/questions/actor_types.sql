select type, count(*) filter (where list_contains(source_names, ?)) as did,
  count(*) filter (where list_contains(target_names, ?)) as received, round(avg(goldstein), 2) as goldstein
from event_rows where list_contains(source_names, ?) or list_contains(target_names, ?)
group by type order by count(*) desc, type
