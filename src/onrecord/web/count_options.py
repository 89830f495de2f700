from __future__ import annotations

from onrecord.web.facets import Facets, FacetSet
from onrecord.web.rows import Rows
from onrecord.web.shelf import Shelf

MOST = 12
"""Values of a facet that a reader chooses from."""


def count_options(shelf: Shelf, facets: Facets, narrow: FacetSet) -> dict[str, Rows]:
    """Return for each facet its commonest values, with the rows that the other facets leave of them."""
    found: dict[str, Rows] = {}
    if shelf.holding.is_quick:
        return found  # each would read all events once more; they follow when the tables are in memory
    for name, value in narrow.values.items():
        where, params = narrow.where(facets.without(name))
        values = f"select {value} as value from {narrow.table} where {where}"
        sql = f"select value, count(*) as events from ({values}) where value is not null group by value"
        rows = shelf.query(f"{sql} order by events desc, value limit {MOST}", params)
        shown = {value for value, _ in rows.rows}
        chosen = tuple((value, 0) for value in facets.all(name) if value not in shown)
        found[name] = Rows(rows.columns, chosen + rows.rows)
    return found
