select (select count(*) from pages) as pages, (select count(*) from events) as events,
  (select count(*) from comments) as comments, (select count(*) from claims) as claims,
  (select count(*) from checks where verdict = 'inconsistent') as failed,
  (select count(*) from incident_rows) as incidents, (select count(*) from ledger) as commitments,
  (select count(*) from reviewed) as reviewed,
  (select count(*) from pages where published is null) as undated,
  (select count(*) from pages where publisher is null) as unnamed,
  (select left(min(published), 10) from pages) as first, (select left(max(published), 10) from pages) as last
