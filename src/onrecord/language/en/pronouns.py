"""Pronouns, in lower case."""

FIRST_PERSON = frozenset(("i", "me", "my", "mine", "myself", "we", "us", "our", "ours", "ourselves"))
THIRD_PERSON = frozenset(
    ("he", "him", "his", "himself", "she", "her", "hers", "herself", "it", "its", "itself")
)
"""Those of the singular: they agree with one referent."""
PERSONAL = FIRST_PERSON | THIRD_PERSON | frozenset(("they", "them", "their", "theirs", "themselves"))
ANAPHORIC = ("it", "they", "he", "she", "we", "i")
"""Subject pronouns under which a reported clause has the speaker for its subject."""
NEGATIVE = ("nobody", "none", "neither")
"""Subjects that deny their verb."""
