-- How much each country did to each other one, day by day: reported events by quad class, mean Goldstein score.
-- Every report counts; what each event is told only once is in the incidents.
with
    sides as (
        select
            page,
            id,
            coalesce(start_date, end_date) as day,
            quad,
            goldstein,
            unnest(if(len(sources) = 0, [null], sources)) as source,
            targets
        from events
        where status in ('actual', 'ongoing')
    ),
    pairs as (select * exclude (targets), unnest(if(len(targets) = 0, [null], targets)) as target from sides)
select
    d.day,
    s.country as source,
    t.country as target,
    count(distinct (d.page, d.id)) as events,
    count(distinct (d.page, d.id)) filter (where d.quad = 1) as verbal_cooperation,
    count(distinct (d.page, d.id)) filter (where d.quad = 2) as material_cooperation,
    count(distinct (d.page, d.id)) filter (where d.quad = 3) as verbal_conflict,
    count(distinct (d.page, d.id)) filter (where d.quad = 4) as material_conflict,
    round(avg(d.goldstein), 2) as goldstein
from pairs d
left join actors s on s.page = d.page and s.id = d.source
left join actors t on t.page = d.page and t.id = d.target
where s.country is not null or t.country is not null
group by all
order by d.day, events desc, source, target
