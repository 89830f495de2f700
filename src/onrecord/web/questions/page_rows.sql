-- Pages with what was found in them.
select p.published, p.publisher, coalesce(p.title, t.title) as title, coalesce(e.n, 0) as events, coalesce(c.n, 0) as comments,
  coalesce(k.n, 0) as failed, p.language, p.page
from pages p
left join title_words t on t.page = p.page
left join (select page, count(*) as n from events group by page) e on e.page = p.page
left join (select page, count(*) as n from comments group by page) c on c.page = p.page
left join (select page, count(*) as n from checks where verdict = 'inconsistent' group by page) k on k.page = p.page
