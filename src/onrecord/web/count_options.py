from __future__ import annotations

from onrecord.web.facets import Facets, read_facets
from onrecord.web.shelf import Rows, Shelf

VALUES = {
    "actor": "unnest(list_distinct(list_concat(source_names, target_names)))",
    "type": "coalesce(plover_type, act_type)",
    "status": "status",
    "country": "place_country",
    "publisher": "publisher",
}
"""Facets that a reader chooses from, and what gives their values in `event_rows`."""
MOST = 12


def count_options(shelf: Shelf, facets: Facets) -> dict[str, Rows]:
    """Return for each facet its commonest values, with the events that the other facets leave of them."""
    found = {}
    for name, value in VALUES.items():
        where, params = read_facets({k: v for k, v in facets.items() if k != name}).where()
        sql = (
            f"select value, count(*) as events from (select {value} as value from event_rows where {where}) "
            f"where value is not null group by value order by events desc, value limit {MOST}"
        )
        found[name] = shelf.query(sql, params)
    return found
