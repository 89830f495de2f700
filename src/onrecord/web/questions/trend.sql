select day, quad, list_contains(source_names, ?) as did, count(*) as events
from event_rows where {where} and day is not null group by all order by day
