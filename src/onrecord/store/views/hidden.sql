-- Codings that are not current: a later one of the same page, or of the same address, stands in their place.
create table hidden as
with
    day as (select cast(? as varchar) as last_day),
    known as (
        select coding, page, address, run, position
        from all_pages, day
        where last_day is null or coded_on <= last_day
    ),
    last_of_page as (
        select coding, address, run, position
        from known
        qualify row_number() over (partition by page order by run desc, position desc, coding) = 1
    ),
    current_ones as (
        select coding
        from last_of_page
        qualify row_number() over (
            partition by coalesce(address, cast(coding as varchar)) order by run desc, position desc, coding
        ) = 1
    )
select coding from all_pages where coding not in (select coding from current_ones)
union all
select coding from all_errors, day where last_day is not null and coded_on > last_day
