with pairs as (
  select unnest(source_names) as source, target_names, quad, goldstein, day from event_rows where {where}
),
ends as (select source, unnest(target_names) as target, quad, goldstein, day from pairs)
select source, target, count(*) as events,
  count(*) filter (where quad in (1, 2)) as cooperation, count(*) filter (where quad in (3, 4)) as conflict,
  round(avg(goldstein), 2) as goldstein, min(day) as first, max(day) as last
from ends group by all order by events desc, source, target
