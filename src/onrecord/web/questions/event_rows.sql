-- The events of reports with what persons say of them.
select b.*, coalesce(r.standing, 'unreviewed') as review, r.differs
from event_base b left join reviewed r on r.page = b.page and r.event = b.event
