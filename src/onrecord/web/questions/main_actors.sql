with acting as (select unnest(actor_names) as name, quad from event_rows)
select name, count(*) as events, count(*) filter (where quad in (1, 2)) as cooperation,
  count(*) filter (where quad in (3, 4)) as conflict
from acting group by name order by events desc, name
