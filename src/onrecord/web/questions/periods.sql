select left(day, {letters}) as period, count(*) as events
from event_rows where {where} and day is not null group by period order by period
