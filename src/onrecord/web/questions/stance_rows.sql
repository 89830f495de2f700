-- Whom readers support and attack, a row a stance.
select a.name as actor, p.publisher, p.published, s.page, s.part, s.score
from stances s join actor_names a on a.page = s.page and a.id = s.actor join pages p on p.page = s.page
