select actor, publisher, count(distinct (page, part)) as comments,
  count(*) filter (where score > 0) as support, count(*) filter (where score < 0) as attack,
  round(avg(score), 2) as mean, min(published) as first, max(published) as last
from stance_rows where {where} group by actor, publisher order by support + attack desc, actor, publisher
