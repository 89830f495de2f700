select * from incident_rows
where id in (
  select r.id from incident_reports r join event_rows e on e.page = r.page and e.event = r.event where {where}
)
order by independent desc, reports desc, first, id
