-- What did X say about Y, when, and through whom: a row for each statement, with the actors that its words name.
with
    said as (
        select page, id, speaker, unnest(content) as stretch, unnest(range(len(content))) as place
        from statements
    ),
    words as (
        select
            s.page,
            s.id,
            string_agg(substring(p.text, s.stretch.start + 1, s.stretch.end - s.stretch.start), ' … ' order by s.place)
                as words
        from said s
        join pages p using (page)
        group by all
    ),
    met as (
        select page, id, name, cameo, unnest(mentions) as mention
        from actors
    ),
    named as (
        select s.page, s.id, m.name, m.cameo, min(m.mention.start) as first
        from said s
        join met m
            on m.page = s.page
            and m.mention.start >= s.stretch.start
            and m.mention.end <= s.stretch.end
            and m.id is distinct from s.speaker
        group by all
    ),
    topics as (
        select page, id, list({'name': name, 'code': cameo} order by first, name) as about
        from named
        group by all
    )
select
    s.page,
    p.publisher,
    p.published,
    s.id as statement,
    a.name as speaker,
    a.cameo as speaker_code,
    substring(p.text, s.speaker_mention_start + 1, s.speaker_mention_end - s.speaker_mention_start) as named_as,
    v.name as via,
    v.cameo as via_code,
    s.within,
    s.kind,
    s.attitude,
    substring(p.text, s.cue_start + 1, s.cue_end - s.cue_start) as cue,
    w.words,
    coalesce(t.about, []) as about
from statements s
join pages p using (page)
join words w on w.page = s.page and w.id = s.id
left join topics t on t.page = s.page and t.id = s.id
left join actors a on a.page = s.page and a.id = s.speaker
left join actors v on v.page = s.page and v.id = s.via
order by p.published nulls last, s.page, s.content[1].start, s.id
