select p.published, w.words, s.kind, p.publisher, s.page, s.id as statement
from statements s join actor_names a on a.page = s.page and a.id = s.speaker join pages p on p.page = s.page
join statement_words w on w.page = s.page and w.statement = s.id
where a.name = ? order by p.published desc nulls last, s.page, s.id
