select day, status, coalesce(plover_type, act_type) as type, act_mode as mode, cameo,
  array_to_string(source_names, ', ') as sources, array_to_string(target_names, ', ') as targets,
  place, place_country as country, dead, injured, publisher, confidence, page, event
from event_rows where {where} order by day desc nulls last, page, event
