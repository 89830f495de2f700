-- Which names recur and are in no list: on two pages or more, without a sector, and at most with a country
-- that the story told.
with
    roles as (
        select page, actor, count(*) as events
        from (select page, unnest(sources || targets) as actor from events)
        group by all
    ),
    met as (
        select
            a.page,
            a.name,
            a.type,
            len(a.mentions) as mentions,
            coalesce(r.events, 0) as events,
            p.published,
            substring(p.text, greatest(a.mentions[1].start - 59, 1), a.mentions[1].end - a.mentions[1].start + 120)
                as context
        from actors a
        join pages p using (page)
        left join roles r on r.page = a.page and r.actor = a.id
        where (a.country is null and a.cameo is null or a.rule like '%country of the story%')
          and a.sector is null and not regexp_matches(a.name, '^[a-z]')
    )
select
    name,
    mode(type order by type) as type,
    count(distinct page) as pages,
    sum(mentions)::bigint as mentions,
    sum(events)::bigint as events,
    min(published) as first_day,
    max(published) as last_day,
    list(regexp_replace(trim(context), '\s+', ' ', 'g') order by page)[1:3] as contexts
from met
group by name
having count(distinct page) >= 2
order by pages desc, mentions desc, name
