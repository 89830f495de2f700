-- Who acts in each event without being mentioned in the words that tell it, and whether the act opens them.
select e.page, e.id as event, string_agg(a.name, ', ' order by a.id) as names,
  bool_or(e.trigger_start - e.span_start > {opening}) as is_behind
from events e join actors a on a.page = e.page and list_contains(e.sources, a.id)
where {where} and len([m for m in a.mentions if m.start >= e.span_start and m."end" <= e.span_end]) = 0
group by e.page, e.id
