select day, count(*) filter (where quad in (1, 2)) as cooperation, count(*) filter (where quad in (3, 4)) as conflict,
  count(*) filter (where quad is null) as neither, round(avg(goldstein), 2) as goldstein
from event_rows where {where} and day is not null group by day order by day
