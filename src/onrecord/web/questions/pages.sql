select p.published, p.publisher, p.title,
  (select count(*) from events e where e.page = p.page) as events,
  (select count(*) from comments c where c.page = p.page) as comments,
  (select count(*) from checks k where k.page = p.page and k.verdict = 'inconsistent') as failed,
  p.language, p.page
from pages p order by p.published desc nulls last, p.page
