select id, coalesce(first, '') as first, type, sources, targets, place, reports, conflicts from incident_rows
where conflicts > 0 order by conflicts desc, reports desc, first desc nulls last, id
