-- The clause that tells each event, without the words that join it to others and a bracket left open: offsets
-- count code points, as substring does.
select page, event, upper(left(words, 1)) || substring(words, 2) as sentence
from (
  select e.page, e.id as event, regexp_replace(regexp_replace(
      substring(p.text, e.span_start + 1, e.span_end - e.span_start),
      '^([\s,;:—–-]|(that|which|who|and|but)\b)+', '', 'i'),
    '(\s*\([^()]*|[\s,;:—–-]|\s(and|or|but|that))+$', '') as words
  from events e join pages p on p.page = e.page
)
