-- Each name with its code, and what does not hang on facets: what it said and promised, on how many pages.
with said as (
  select a.name, count(*) as said from statements s join actor_names a on a.page = s.page and a.id = s.speaker
  group by a.name
),
vowed as (
  select a.name, count(*) as promised from commitments c join actor_names a on a.page = c.page and a.id = c.by
  group by a.name
),
codes as (
  select name, mode(cameo) as code, mode(country) as country, count(distinct page) as pages from actor_names group by name
)
select name, code, country, coalesce(said, 0) as said, coalesce(promised, 0) as promised, pages
from codes left join said using (name) left join vowed using (name)
