select publisher, count(*) as pages, sum(events) as events, left(min(published), 10) as first, left(max(published), 10) as last
from page_rows where publisher is not null group by publisher order by pages desc, publisher
