-- Incidents by their first day and type.
select first as day, type, count(*) as incidents from incident_rows group by all order by day nulls last, type
