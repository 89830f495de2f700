-- What does not add up: a row for each check that failed, with the words it is about.
select
    c.page,
    p.publisher,
    p.published,
    c.kind,
    c.stated,
    c.expected,
    c.note,
    substring(p.text, c.spans[1].start + 1, c.spans[1].end - c.spans[1].start) as words
from checks c
join pages p using (page)
where c.verdict = 'inconsistent'
order by p.published, c.page, c.id
