-- Codings that are not current: a later one of the same page, or of the same address, stands in their place.
create table hidden as
with
    bounds as (select cast($last_day as varchar) as last_day, cast($next_run as bigint) as next_run),
    known as (
        select coding, page, address, run, position
        from all_pages, bounds
        where (last_day is null or coded_on <= last_day) and (next_run is null or run < next_run)
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
select coding
from all_errors, bounds
where coded_on > last_day or run >= next_run or source in (
    select source from all_pages where source is not null and coding in (select coding from current_ones)
)
