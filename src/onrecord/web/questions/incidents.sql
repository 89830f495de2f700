with chosen as (
  select r.id, arg_min(e.sentence, concat(coalesce(e.published, '9999'), ' ', e.page, ' ', e.event)) as sentence
  from incident_reports r join event_rows e using (page, event) where {where} group by r.id
)
select i.*, coalesce(i.headline, c.sentence) as sentence from incident_rows i join chosen c using (id)
order by i.independent desc, i.reports desc, i.first, i.id
