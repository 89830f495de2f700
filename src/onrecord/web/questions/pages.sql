select * from page_rows where {where} order by published desc nulls last, page
