select type, mode, sources, targets, count(distinct (page, comment)) as comments,
  count(distinct author) as authors, count(distinct page) as pages, min(published) as first, max(published) as last
from claim_rows where {where} and (sources is not null or targets is not null)
group by type, mode, sources, targets having count(distinct (page, comment)) > 1
order by comments desc, type, mode, sources, targets
