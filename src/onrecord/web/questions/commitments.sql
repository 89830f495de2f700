select * from ledger_rows where {where}
order by array_position(['broken', 'overdue', 'disputed', 'partly', 'kept', 'open'], state), due nulls last, page, commitment
