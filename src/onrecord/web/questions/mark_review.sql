-- What persons say of the events of reports, put into their rows.
update event_rows set review = 'unreviewed', differs = null where review <> 'unreviewed';
update event_rows set review = r.standing, differs = r.differs
from reviewed r where r.page = event_rows.page and r.event = event_rows.event;
