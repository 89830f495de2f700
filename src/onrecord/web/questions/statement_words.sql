-- What each statement says, its beginning.
select s.page, s.id as statement,
  array_to_string([substring(p.text, c.start + 1, least(c."end" - c.start, 300)) for c in s.content], ' … ') as words
from statements s join pages p on p.page = s.page
