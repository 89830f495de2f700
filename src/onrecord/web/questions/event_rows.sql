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
select h.* exclude (title, code_words),
  coalesce(n.source_names, []) as source_names, coalesce(n.source_codes, []) as source_codes,
  coalesce(n.target_names, []) as target_names, coalesce(n.target_codes, []) as target_codes,
  list_distinct(list_concat(coalesce(n.source_names, []), coalesce(n.target_names, []))) as actor_names,
  s.sentence, lower(concat_ws(' ', h.title, s.sentence, h.code_words)) as words
from event_heads h
join event_words s on s.page = h.page and s.event = h.event
left join named n on n.page = h.page and n.id = h.event
