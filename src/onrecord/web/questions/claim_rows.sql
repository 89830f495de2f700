-- What readers assert, names instead of ids.
with named as (
  select c.page, c.id,
    list(a.name order by a.id) filter (where list_contains(c.sources, a.id)) as source_names,
    list(a.name order by a.id) filter (where list_contains(c.targets, a.id)) as target_names
  from claims c join actors a on a.page = c.page and list_contains(list_concat(c.sources, c.targets), a.id)
  group by c.page, c.id
)
select coalesce(c.plover_type, c.act_type) as type, coalesce(c.plover_mode, c.act_mode) as mode, c.status,
  coalesce(n.source_names, []) as source_names, coalesce(n.target_names, []) as target_names,
  array_to_string(n.source_names, ', ') as sources, array_to_string(n.target_names, ', ') as targets,
  t.author, p.publisher, p.published, c.page, c.comment, c.id
from claims c join pages p on p.page = c.page
left join named n on n.page = c.page and n.id = c.id
left join parts t on t.page = c.page and t.id = c.comment
