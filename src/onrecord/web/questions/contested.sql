select id, coalesce(headline, concat_ws(' ', first, type, sources, '→', targets, place)) as headline, reports, conflicts,
  (select count(distinct r.page) from incident_reports r where r.id = incident_rows.id) as pages
from incident_rows
where conflicts > 0 order by conflicts desc, reports desc, first desc nulls last, id
