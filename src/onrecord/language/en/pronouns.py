"""Pronouns, in lower case."""

FIRST_PLURAL = frozenset(("we", "us", "our", "ours", "ourselves"))
FIRST_PERSON = frozenset(("i", "me", "my", "mine", "myself")) | FIRST_PLURAL
GENDERED = frozenset(("he", "him", "his", "himself", "she", "her", "hers", "herself"))
"""They mean a person."""
NEUTER = frozenset(("it", "its", "itself"))
THIRD_PERSON = GENDERED | NEUTER
"""Those of the singular: they agree with one referent."""
PLURAL = frozenset(("they", "them", "their", "theirs", "themselves"))
PERSONAL = FIRST_PERSON | THIRD_PERSON | PLURAL
ANAPHORIC = ("it", "they", "he", "she", "we", "i")
"""Subject pronouns under which a reported clause has the speaker for its subject."""
NEGATIVE = ("nobody", "none", "neither", "nothing")
"""As a subject or object, they negate the verb."""
