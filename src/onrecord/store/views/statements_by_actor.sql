-- Who is quoted: how often, on how many pages, by how many publishers, and from when to when.
select
    a.name as actor,
    a.country,
    a.sector,
    count(*) as statements,
    count(*) filter (where s.kind = 'direct') as direct,
    count(distinct s.page) as pages,
    count(distinct p.publisher) as publishers,
    min(p.published) as first_day,
    max(p.published) as last_day
from statements s
join actors a on a.page = s.page and a.id = s.speaker
join pages p on p.page = s.page
group by all
order by statements desc, actor, a.country, a.sector
