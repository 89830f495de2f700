"""Auxiliaries by the tense that they give a verb, and the words that negate one, in lower case."""

SUPPORT = frozenset(("do", "does", "did"))
"""They carry the tense of an infinitive: "did not meet"."""
PERFECT = frozenset(("had", "have", "has", "was", "were"))
"""Before a participle, they put an act in the past."""
PROGRESSIVE = frozenset(("is", "are", "'re", "’re", "am"))
"""Before a present participle, they tell what is arranged; before a past participle, what is so now."""
NEGATIONS = ("not", "n't", "n’t", "nt", "never", "no", "neither", "nor")
