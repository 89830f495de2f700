select c.act_type as type, c.act_mode as mode, c.status,
  (select string_agg(a.name, ', ' order by a.id) from actors a where a.page = c.page and list_contains(c.sources, a.id)) as sources,
  (select string_agg(a.name, ', ' order by a.id) from actors a where a.page = c.page and list_contains(c.targets, a.id)) as targets,
  t.author, p.publisher, p.published, c.page, c.comment
from claims c join pages p on p.page = c.page left join parts t on t.page = c.page and t.id = c.comment
order by p.published desc nulls last, c.page, c.id
