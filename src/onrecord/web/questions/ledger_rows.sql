-- Commitments with who published them.
select l.page, l.commitment, l.kind, l."by", l.text, l.due, l.state, l.evidence, p.publisher, p.published
from ledger l left join pages p on p.page = l.page
