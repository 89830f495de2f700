-- What was considered and turned down, by stage and reason.
select stage, reason, count(*) as refusals, count(distinct page) as pages
from refused
group by all
order by refusals desc, stage, reason
