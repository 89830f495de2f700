-- What the pages say of who an actor is.
select mode(type) as type, mode(nullif(cameo, '')) as code, mode(nullif(country, '')) as country,
  mode(nullif(sector, '')) as sector, mode(role) as role, mode(wikidata) as wikidata, count(distinct page) as pages
from actor_names where name = ? having count(*) > 0
