select published, publisher, coalesce(title, page) as title, events, page
from page_rows order by published desc nulls last, page limit 12
