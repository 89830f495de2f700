-- Which actor of a page stands under which name and code over all pages.
select page, id, name, coalesce(cameo, '') as cameo, coalesce(country, '') as country,
       coalesce(sector, '') as sector, type, role, wikidata
from actors
