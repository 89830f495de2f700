select p.published, p.publisher, coalesce(p.title, p.page) as title, count(e.id) as events, p.page
from pages p left join events e on e.page = p.page group by all order by p.published desc nulls last, p.page limit 12
