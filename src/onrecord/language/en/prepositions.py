"""Prepositions by what they make of their complement, in lower case."""

PRESUPPOSING = (
    "after", "during", "since", "following", "despite", "amid", "over", "in", "because", "by", "before",
    "throughout", "within",
)  # fmt: skip
"""The event noun they govern counts as having happened."""
ASIDE = (
    "according", "after", "alongside", "amid", "amidst", "as", "because", "before", "despite", "during",
    "except", "following", "like", "per", "pending", "since", "than", "until", "unlike", "via", "without",
)  # fmt: skip
"""They introduce circumstances, never the one acted upon."""
INSIDE_PHRASE = (
    "of", "from", "by", "against", "on", "to", "with", "for", "in", "between", "at", "among", "over",
    "including",
)  # fmt: skip
"""They attach a further participant inside a noun phrase."""
LOCATIVE = frozenset(("in", "at", "near", "across", "outside", "inside", "throughout", "around"))
"""They introduce the place of an act: "shot in Chile"."""
WHEREABOUTS = LOCATIVE | {"from", "into"}
"""A country that they govern is a place, and no party."""
COMPLETING = ("of", "by", "on", "against", "with", "to", "between")
"""After a noun of action, they introduce its arguments: "the arrest of two men", "talks with Chad"."""
CHARGING = ("of", "for", "from", "as", "into")
"""Before a gerund, they make the object its subject: "accused him of lying", "kept it from closing"."""
TOPICAL = (
    "against", "on", "toward", "towards", "at", "over", "about", "into", "for", "of", "in", "with", "to",
)  # fmt: skip
"""They bring the target of an evaluation: "angry at the council"."""
NEVER_COUNTING = frozenset(
    ("in", "since", "by", "during", "until", "till", "before", "after", "from", "through")
)
"""A bare number of four digits behind them is a year, no quantity."""
BEFORE_YEAR = frozenset(
    {
        *("in", "of", "by", "since", "until", "till", "from", "to", "between", "before", "after", "during"),
        *("for", "around", "on", "through", "throughout", "at", "early", "late", "mid", "and", "or"),
        *("last", "next", "this", "the", "circa", "about", "as"),
        *("spring", "summer", "autumn", "fall", "winter"),
    }
)
"""Words before a bare number of four digits, or a name that is also a month, that make it a time."""
