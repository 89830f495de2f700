"""What a codebook holds: entries, word classes, refinements and the cues that give an act its status."""

from __future__ import annotations

from dataclasses import dataclass, field

from onrecord.ontology.codes import Code


@dataclass(frozen=True, slots=True)
class Entry:
    """One kind of act: the words that name it, where its actors stand, its code when it happens."""

    key: str
    code: str
    """CAMEO code of the act when it happens."""
    source: str
    act: str = ""
    """PLOVER type, or type/mode, if it is not the one of the code."""
    verbs: tuple[str, ...] = ()
    """`lemma`, `lemma particle` (or two: `stand up for`), or either with `: words` of which the object must
    hold one."""
    nouns: tuple[str, ...] = ()
    object: tuple[str, ...] = ()
    """The object must contain one of these; for nouns, the of-complement or a premodifier."""
    without: tuple[str, ...] = ()
    """The object must contain none of these."""
    near: tuple[str, ...] = ()
    """The clause must contain one of these."""
    far: tuple[str, ...] = ()
    """The clause must contain none of these."""
    by: tuple[str, ...] = ()
    """Slots of the source; empty means the subject; for nouns, possessor, by-phrase, modifier."""
    to: tuple[str, ...] = ()
    """Slots of the target; empty means the object, then against, on, to, with, from."""
    of: str = "to"
    """For nouns, the role of the of-complement: `by` for the source, `to` for the target."""
    possessor: str = "by"
    """For nouns, the role of the possessor."""
    refine: str = ""
    """Group of refinements that words in the clause choose from."""
    joint: bool = False
    """Whether the act is reciprocal: a meeting, a clash, a signing."""
    only: str = ""
    """`content`: counts only under a demand, promise, refusal or the like; `alone`: only where its
    sentence holds no other event."""
    bare: bool = False
    """Whether the verb must be intransitive: workers strike, but jets strike a target."""
    needs: tuple[str, ...] = ()
    """`both`: counts only where both sides are named; `official`: only where a state, one of its
    bodies, a party, an armed group or someone of a named country takes part: anybody can meet."""
    contexts: tuple[str, ...] = ()
    confidence: float = 0.8


@dataclass(frozen=True, slots=True)
class Refinement:
    """A finer code for an act when one of the words stands in its clause."""

    key: str
    group: str
    rank: int
    words: tuple[str, ...]
    code: str
    source: str
    act: str = ""
    contexts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class WordClass:
    """Words that entries name together as @key."""

    key: str
    words: tuple[str, ...]
    source: str = "user"


@dataclass(frozen=True, slots=True)
class Cue:
    """Words that give a status to the act that they govern."""

    key: str
    kind: str
    takes: tuple[str, ...]
    """Complement forms: inf, ing, that, obj, oinf, subj, amod, or a preposition."""
    source: str
    verbs: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()
    code: str = ""
    """CAMEO code of the cue itself where its complement is no act of the codebook."""
    alone: tuple[str, ...] = ()
    """Complement forms for which the cue itself is an event."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """A compiled way to name an act: the particle and the object words that it needs."""

    entry: Entry
    particle: str
    object: frozenset[str]
    without: frozenset[str]
    near: frozenset[str]
    far: frozenset[str]
    own: bool = False
    """Whether it comes from a file of the user, which goes before ours when it asks for as much."""

    @property
    def rank(self) -> tuple[int, bool, float]:
        """How much a pattern asks for; the greatest is tried first."""
        needs = 2 * bool(self.particle) + 2 * bool(self.object) + bool(self.near)
        return needs, self.own, self.entry.confidence


@dataclass(frozen=True, slots=True)
class Codebook:
    verbs: dict[str, tuple[Pattern, ...]]
    nouns: dict[str, tuple[Pattern, ...]]
    refinements: dict[str, tuple[tuple[frozenset[str], Refinement], ...]]
    cues: dict[tuple[str, str, str], tuple[tuple[str, Cue], ...]]
    """(part of speech, lemma, form taken) -> particle and cue, the strongest first."""
    codes: dict[str, Code] = field(default_factory=dict)
    classes: dict[str, frozenset[str]] = field(default_factory=dict)
