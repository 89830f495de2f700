with chosen as (select source_names, target_names, goldstein from event_rows where {where}),
acting as (select unnest(source_names) as name, goldstein from chosen),
met as (select unnest(target_names) as name from chosen),
did as (select name, count(*) as did, round(avg(goldstein), 2) as goldstein from acting group by name),
got as (select name, count(*) as received from met group by name)
select name, code, country, coalesce(did, 0) as did, coalesce(received, 0) as received, said, promised, goldstein, pages
from actor_totals left join did using (name) left join got using (name)
where coalesce(did, 0) + coalesce(received, 0) + said > 0
order by coalesce(did, 0) + coalesce(received, 0) desc, name
