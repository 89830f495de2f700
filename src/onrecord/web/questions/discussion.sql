select a.name as actor, p.publisher, count(distinct s.part) as comments,
  count(*) filter (where s.score > 0) as support, count(*) filter (where s.score < 0) as attack,
  round(avg(s.score), 2) as mean, min(p.published) as first, max(p.published) as last
from stances s join actor_names a on a.page = s.page and a.id = s.actor join pages p on p.page = s.page
group by all order by support + attack desc, actor, publisher
