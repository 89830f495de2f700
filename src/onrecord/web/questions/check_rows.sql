-- What was worked out again.
select c.verdict, c.kind, c.stated, c.expected, c.note, p.publisher, p.published, c.page, c.id as "check"
from checks c join pages p on p.page = c.page
