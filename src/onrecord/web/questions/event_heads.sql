-- One row an event of a report, without names and words: what is known of it before any other table is grouped.
select e.page, e.id as event, coalesce(e.start_date, p.published) as day, e.end_date as last_day, p.published, p.publisher,
  p.title, coalesce(e.plover_type, e.act_type) as type, coalesce(e.plover_mode, e.act_mode) as mode,
  e.status, e.cameo, e.quad, e.goldstein,
  l.name as place, l.country as place_country, l.lat, l.lon, l.precision as place_precision,
  e.dead, e.injured, e.rule, e.confidence,
  coalesce(e.dated_by, case
    when e.time is not null then 'told'
    when coalesce(e.start_date, left(p.published, 10)) = left(p.published, 10) then 'page'
    when e.start_date is not null then 'narrative' end) as dated_by,
  e.placed_by, concat_ws(' ', e.plover_type, e.act_type, e.rule) as code_words,
  'unreviewed' as review, cast(null as varchar) as differs
from events e
join pages p on p.page = e.page
left join places l on l.page = e.page and l.id = e.place
