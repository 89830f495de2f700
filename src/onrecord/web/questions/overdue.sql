select due, kind, "by", text, page, commitment, state from ledger_rows where state in ('overdue', 'broken')
order by state = 'broken' desc, due desc nulls last, page, commitment
