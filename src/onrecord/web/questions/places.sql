select place, place_country as country, place_precision as precision, any_value(lat) as lat, any_value(lon) as lon,
  count(*) as events, count(*) filter (where quad in (3, 4)) as conflict, max(dead) as dead
from event_rows where {where} and place is not null group by all order by events desc, place
