-- What each page is called in its own text.
select b.page, min_by(substring(p.text, b.start + 1, b."end" - b.start), b.start) as title
from parts b join pages p on p.page = b.page where b.kind = 'title' group by b.page
