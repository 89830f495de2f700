select p.published, s.kind, s.content, p.publisher, s.page, s.id as statement
from statements s join actor_names a on a.page = s.page and a.id = s.speaker join pages p on p.page = s.page
where a.name = ? order by p.published desc nulls last, s.page, s.id limit 200
