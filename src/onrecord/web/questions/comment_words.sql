-- The beginning of each comment.
select r.page, r.id as comment, substring(p.text, r.start + 1, least(r."end" - r.start, 300)) as words
from parts r join pages p on p.page = r.page where r.kind = 'comment'
