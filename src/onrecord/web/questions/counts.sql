select (select count(*) from pages) as pages, (select count(*) from events) as events,
  (select count(*) from comments) as comments, (select count(*) from claims) as claims,
  (select count(*) from checks where verdict = 'inconsistent') as failed,
  (select count(*) from incident_rows) as incidents, (select count(*) from ledger) as commitments,
  (select count(*) from reviewed) as reviewed,
  (select min(published) from pages) as first, (select max(published) from pages) as last
