select day, status, type, mode, cameo,
  array_to_string(source_names, ', ') as sources, array_to_string(target_names, ', ') as targets,
  place, place_country as country, dead, injured, publisher, review, differs, confidence, page, event
from event_rows where {where} order by day desc nulls last, page, event
