-- Whose word is still out: commitments without a due day, or due on or after the last day that the folder has pages of.
-- Whether they were kept is what `onrecord commitments` follows through later pages.
select
    c.page,
    p.publisher,
    p.published,
    c.id as commitment,
    c.kind,
    coalesce(a.name, c.by) as by_whom,
    c.due,
    substring(p.text, c.content_start + 1, c.content_end - c.content_start) as words,
    substring(p.text, c.condition_start + 1, c.condition_end - c.condition_start) as condition
from commitments c
join pages p using (page)
left join actors a on a.page = c.page and a.id = c.by
where c.due is null or c.due >= (select coalesce(max(published), '') from pages)
order by c.due nulls last, p.published, c.page, c.id
