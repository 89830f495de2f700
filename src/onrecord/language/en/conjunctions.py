"""Subordinators, and the adverbs that replace one alternative by another, in lower case."""

CONDITIONAL = ("if", "unless", "whether", "lest", "provided", "once", "should")
"""They open a condition; `should` by inversion: "should they return"."""
RELATIVE = ("that", "who", "which", "whom")
NONRESTRICTIVE = ("which", "who", "whom", "whose")
"""After a comma they open what is only added: "the bridge, which was built in 1970"."""
REPLACIVE = ("instead", "rather")
