-- The sentence of each event: offsets count code points, as substring does.
select e.page, e.id as event, substring(p.text, e.span_start + 1, e.span_end - e.span_start) as sentence
from events e join pages p on p.page = e.page
