-- What was considered and turned down, by stage and reason.
select
    stage,
    case when stage = 'page' then regexp_replace(reason, '( \(\d+ words\))?: .*', '', 's') else reason end as reason,
    count(*) as refusals, count(distinct page) as pages
from refused
group by all
order by refusals desc, stage, reason
