-- Who said what: a row for each stretch of a statement, with the words, the speaker and the cue.
select
    s.page,
    p.publisher,
    p.published,
    s.id as statement,
    a.name as speaker,
    v.name as via,
    s.kind,
    substring(p.text, s.cue_start + 1, s.cue_end - s.cue_start) as cue,
    substring(p.text, s.stretch.start + 1, s.stretch.end - s.stretch.start) as words
from (select *, unnest(content) as stretch from statements) s
join pages p using (page)
left join actors a on a.page = s.page and a.id = s.speaker
left join actors v on v.page = s.page and v.id = s.via
