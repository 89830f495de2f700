select id, coalesce(headline, concat_ws(' ', first, type, sources, '→', targets, place)) as headline, reports, conflicts
from incident_rows
where conflicts > 0 order by conflicts desc, reports desc, first desc nulls last, id
