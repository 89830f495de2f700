select type, mode, status, sources, targets, author, publisher, published, page, comment
from claim_rows where {where} order by published desc nulls last, page, id
