select *, headline as sentence from incident_rows order by independent desc, reports desc, first, id
