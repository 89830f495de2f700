select count(*) as answers, q.author, p.publisher, p.published, left(w.words, 160) as words, q.page, q.id as comment
from parts r join parts q on q.page = r.page and q.id = r.reply_to join pages p on p.page = q.page
join comment_words w on w.page = q.page and w.comment = q.id
where {where} and q.kind = 'comment'
group by q.page, q.id, q.author, p.publisher, p.published, w.words
order by answers desc, p.published desc nulls last, q.page, q.id
