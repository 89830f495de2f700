select day, type, mode, status, array_to_string(source_names, ', ') as sources,
  array_to_string(target_names, ', ') as targets, place, place_country as country, dead, injured, review, differs,
  publisher, cameo, confidence, page, event
from event_rows where {where} order by day desc nulls last, page, event
