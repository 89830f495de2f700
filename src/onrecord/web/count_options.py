from __future__ import annotations

from onrecord.web.facets import Facets, FacetSet
from onrecord.web.shelf import Rows, Shelf

MOST = 12


def count_options(shelf: Shelf, facets: Facets, narrow: FacetSet) -> dict[str, Rows]:
    """Return for each facet its commonest values, with the rows that the other facets leave of them."""
    found: dict[str, Rows] = {}
    if shelf.holding.is_quick:
        return found  # each would read all events once more; they follow when the tables are in memory
    for name, value in narrow.values.items():
        where, params = narrow.where(facets.without(name))
        values = f"select {value} as value from {narrow.table} where {where}"
        sql = f"select value, count(*) as events from ({values}) where value is not null group by value"
        found[name] = shelf.query(f"{sql} order by events desc, value limit {MOST}", params)
    return found
