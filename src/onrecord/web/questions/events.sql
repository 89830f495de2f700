select day, last_day, dated_by, type, mode, status, array_to_string(source_names, ', ') as sources,
  array_to_string(target_names, ', ') as targets, sentence, place, place_country as country, placed_by, dead, injured,
  confidence, review, differs, cameo, quad, goldstein, array_to_string(source_codes, ', ') as source_codes,
  array_to_string(target_codes, ', ') as target_codes, rule, published, publisher, page, event
from event_rows where {where} order by day desc nulls last, page, event
