-- Who takes part in most events: from the actors themselves, for the rows of all events need the texts of pages.
with acting as (
  select distinct page, id, quad, unnest(list_concat(sources, targets)) as actor from events
), named as (
  select distinct e.page, e.id, e.quad, a.name from acting e join actors a on a.page = e.page and a.id = e.actor
)
select name, count(*) as events, count(*) filter (where quad in (1, 2)) as cooperation,
  count(*) filter (where quad in (3, 4)) as conflict
from named group by name order by events desc, name
