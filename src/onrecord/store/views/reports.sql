-- Who reports that who did what to whom, where and when: a row for each event of a report.
select
    e.page,
    p.publisher,
    p.published,
    p.title,
    e.id as event,
    e.act_type,
    e.act_mode,
    e.status,
    e.plover_type,
    e.plover_mode,
    e.cameo,
    e.quad,
    e.goldstein,
    list_transform(e.sources, lambda source: a.names[source]) as sources,
    list_transform(e.targets, lambda target: a.names[target]) as targets,
    l.name as place,
    l.country as place_country,
    l.lat,
    l.lon,
    e.start_date,
    e.end_date,
    e.dead,
    e.injured,
    a.names[s.speaker] as said_by,
    e.confidence,
    substring(p.text, e.span_start + 1, e.span_end - e.span_start) as words
from events e
join pages p using (page)
left join (select page, map(list(id), list(name)) as names from actors group by page) a using (page)
left join places l on l.page = e.page and l.id = e.place
left join statements s on s.page = e.page and s.id = e.statement
