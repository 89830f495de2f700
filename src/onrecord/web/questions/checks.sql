select * from check_rows where {where}
order by verdict = 'consistent', published desc nulls last, page, "check"
