with chosen as (select * from event_rows where {where}),
acting as (select unnest(source_names) as name, goldstein from chosen),
met as (select unnest(target_names) as name from chosen),
did as (select name, count(*) as did, round(avg(goldstein), 2) as goldstein from acting group by name),
got as (select name, count(*) as received from met group by name),
said as (
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
select name, code, country, coalesce(did, 0) as did, coalesce(received, 0) as received, coalesce(said, 0) as said,
  coalesce(promised, 0) as promised, goldstein, pages
from codes left join did using (name) left join got using (name) left join said using (name) left join vowed using (name)
where coalesce(did, 0) + coalesce(received, 0) + coalesce(said, 0) > 0
order by coalesce(did, 0) + coalesce(received, 0) desc, name
