-- One row an event of a report, names instead of ids.
with roles as (
  select page, id, unnest(sources) as actor, true as acts from events
  union all
  select page, id, unnest(targets), false from events
), named as (
  select r.page, r.id,
    list(a.name order by a.id) filter (where r.acts) as source_names,
    list(coalesce(a.cameo, '') order by a.id) filter (where r.acts) as source_codes,
    list(a.name order by a.id) filter (where not r.acts) as target_names,
    list(coalesce(a.cameo, '') order by a.id) filter (where not r.acts) as target_codes
  from roles r join actors a on a.page = r.page and a.id = r.actor
  group by r.page, r.id
)
select e.page, e.id as event, coalesce(e.start_date, p.published) as day, e.end_date as last_day, p.published, p.publisher,
  coalesce(e.plover_type, e.act_type) as type, coalesce(e.plover_mode, e.act_mode) as mode,
  e.status, e.cameo, e.quad, e.goldstein,
  coalesce(n.source_names, []) as source_names, coalesce(n.source_codes, []) as source_codes,
  coalesce(n.target_names, []) as target_names, coalesce(n.target_codes, []) as target_codes,
  list_distinct(list_concat(coalesce(n.source_names, []), coalesce(n.target_names, []))) as actor_names,
  l.name as place, l.country as place_country, l.lat, l.lon, l.precision as place_precision,
  e.dead, e.injured, e.rule, e.confidence,
  coalesce(e.dated_by, case
    when e.time is not null then 'told'
    when coalesce(e.start_date, left(p.published, 10)) = left(p.published, 10) then 'page'
    when e.start_date is not null then 'narrative' end) as dated_by,
  e.placed_by, s.sentence,
  lower(concat_ws(' ', p.title, s.sentence, e.plover_type, e.act_type, e.rule)) as words,
  'unreviewed' as review, cast(null as varchar) as differs
from events e
join pages p on p.page = e.page
join event_words s on s.page = e.page and s.event = e.id
left join named n on n.page = e.page and n.id = e.id
left join places l on l.page = e.page and l.id = e.place
order by day desc nulls last, e.page, e.id
