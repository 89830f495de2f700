from __future__ import annotations

import hashlib
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from onrecord.lexicons import load

WORD = re.compile(r"[^\W\d_][\w'*@$!#-]*[\w*@$#]|[^\W_]")
WORD_EDGE = re.compile(r"(?<!\w)(?=\S)")
YOU = re.compile(r"\b(?:you|your|you're|youre|yours|yourself|ya|u|ur)\b")
STARRED = re.compile(
    r"(?<![\w/@.])(?:[a-z]{1,4}[*^#@$]{1,4}[a-z]+|[a-z]{1,4}(?:\*{2,6}|-{3,})(?![\w*-])|f_[a-z]+\b"
    r"|\$[a-z]{2,}\b)|(?<!\S)[*@#$%&!]{4,}(?!\S)"
)
"""A swear word with letters put out: `cr*p`, `cr--`, `@#$%&`."""
LONG = re.compile(r"(\w)\1{2,}")
"""A letter drawn out: `duuumb`."""
SHOUT = re.compile(r"\b[A-Z]{4,}\b")
REPEATED = re.compile(r"[!?]{2,}")
BASE, SPREAD = -2.9, 0.9
FURTHER = 0.35
"""How much each further sign counts, of the one before it."""
REMEMBERED = 50_000
"""Words whose hashes are kept."""
SLUR = 3.2
PROFANE = 1.6
"""Weight in the list of rude words for each step of the score."""
SPACED = re.compile(r"\b(?:[a-z]\s){3,}[a-z]\b")
"""A word written with a blank or a new line after each letter, to slip past a filter."""
BLANK = re.compile(r"\s")
DILUTION = 0.7
"""How far length lowers the score: one rude word in a long text says less than in a short one."""
LEET = str.maketrans("@$!013457", "asioleast")
LEET_I = str.maketrans("1", "i")
BLEND = re.compile(
    r"^(?:lib|con|trump|repub|dem|left|right|obama|harper)\w*(?:tards?|bots?|turds?|nuts?|zi|zis)$"
)
"""A camp's name run together with an insult."""


@dataclass(frozen=True, slots=True)
class AbuseWord:
    word: str
    kind: str
    weight: float
    source: str


@dataclass(frozen=True, slots=True)
class AbusePhrase:
    name: str
    kind: str
    weight: float
    pattern: str
    starts: tuple[str, ...]
    """The first two characters that a match can have, or one, or `*` for any."""
    source: str


@dataclass(frozen=True, slots=True)
class RudeWord:
    digest: str
    weight: float
    source: str


@dataclass(frozen=True, slots=True)
class SlurWord:
    digest: str
    source: str


Sign = tuple[str, float]
"""What was seen, and how far it raises the score (in logits)."""


def rate_abuse(text: str) -> tuple[float, tuple[str, ...]]:
    """Return how abusive a comment is, 0..1, and what raised it, the strongest sign first."""
    plain = text.replace("’", "'").replace("‘", "'").replace("“", '"').replace("”", '"')
    lower = SPACED.sub(lambda spaced: BLANK.sub("", spaced.group()), plain.lower())
    words = WORD.findall(lower)
    if not words:
        return 0.0, ()
    signs = [*_word_signs(words), *find_phrases(lower).values(), *_form_signs(plain, lower)]
    signs.sort(key=lambda sign: (-sign[1], sign[0]))
    total = sum(weight * FURTHER**n for n, (_, weight) in enumerate(signs))
    drift = max(-0.8, min(2.0, _drift(words)))
    logit = BASE + total + drift - DILUTION * math.log(1 + len(words) / 30)
    score = 1 / (1 + math.exp(-SPREAD * logit))
    why = [f"abuse +{weight:.1f}: {name}" for name, weight in signs[:6]]
    if drift >= 0.3:
        why.append(f"abuse +{drift:.1f}: wording of rude texts")
    return round(score, 3), tuple(why)


def _word_signs(words: list[str]) -> list[Sign]:
    found: dict[str, Sign] = {}
    for word in dict.fromkeys(words):
        sign = next(filter(None, map(_sign_of, _spellings(word))), None)
        if sign is not None:
            found.setdefault(sign[0], sign)
    return list(found.values())


def _sign_of(word: str) -> Sign | None:
    """Return what a word of one spelling says by itself."""
    if hide_word(word) in _slurs():
        return "a slur (word not shown)", SLUR
    entry = _abuse_words().get(word)
    if entry is not None:
        return f"{entry.kind} word {word!r}", entry.weight
    if BLEND.match(word):
        return f"blend {word!r}", 1.8
    weight = _rude_words().get(_digest(word), 0.0)
    return (f"profane word of {len(word)} letters", min(SLUR, weight / PROFANE)) if weight >= 3.5 else None


def _spellings(word: str) -> Iterator[str]:
    """Yield a word and what it may stand for: without tricks, possessive, drawn-out letters; its parts."""
    yield word
    bare = word.translate(LEET).strip("*#-").removesuffix("'s")
    yield bare
    yield word.translate(LEET_I).translate(LEET)
    if LONG.search(bare):
        yield LONG.sub(r"\1", bare)
        yield LONG.sub(r"\1\1", bare)
    if "-" in bare:
        yield from (part for part in bare.split("-") if len(part) > 3)


def find_phrases(lower: str) -> dict[str, Sign]:
    """Return the turns of phrase in a text of lower case by the names of their entries, as signs."""
    found: dict[str, Sign] = {}
    index = _abuse_phrases()
    for place in WORD_EDGE.finditer(lower):
        start = place.start()
        for phrase, pattern in index.get(lower[start : start + 2]) or index.get(lower[start], index["*"]):
            if phrase.name not in found and (match := pattern.match(lower, start)):
                found[phrase.name] = (f"{phrase.kind} {match.group().strip()!r}", phrase.weight)
    return found


def _form_signs(plain: str, lower: str) -> list[Sign]:
    signs: list[Sign] = []
    shouted = [
        word for word in SHOUT.findall(plain) if word.lower() not in ("http", "https", "nato", "brexit")
    ]
    if shouted:
        signs.append(("shouting", min(1.0, 0.3 * len(shouted))))
    if plain.isupper() and len(plain) > 12:
        signs.append(("all capitals", 0.8))
    if marks := REPEATED.findall(plain):
        signs.append(("repeated marks", min(0.9, 0.4 * len(marks))))
    if spaced := SPACED.search(plain.lower()):
        signs.append(("spaced letters", 2.6 if _hides_profanity(spaced.group()) else 1.0))
    if match := STARRED.search(lower):
        signs.append((f"masked word {match.group()!r}", 2.0))
    if YOU.search(lower):
        signs.append(("speaks to a person", 0.6))
    return signs


def _hides_profanity(spaced: str) -> bool:
    """Whether letters set apart begin with a profane word when they are joined."""
    joined = BLANK.sub("", spaced)
    return any(_rude_words().get(_digest(joined[:size]), 0.0) >= 3.5 for size in range(3, 9))


def _drift(words: list[str]) -> float:
    """Return the mean weight of the words in a model of rude texts, in logits."""
    weights = _rude_words()
    seen = [weights.get(_digest(word), 0.0) for word in dict.fromkeys(words) if len(word) > 1]
    return 1.8 * sum(max(-1.2, min(4.0, w)) for w in seen) / max(3.0, len(seen) ** 0.75) if seen else 0.0


@lru_cache(REMEMBERED)
def _digest(word: str) -> str:
    return hashlib.sha1(word.encode("utf-8", "replace")).hexdigest()[:8]


@lru_cache(REMEMBERED)
def hide_word(word: str) -> str:
    """Return the salted hash under which a slur is listed, as tools/make_slur_words.py makes it."""
    return hashlib.sha256(f"onrecord:{word}".encode("utf-8", "replace")).hexdigest()[:12]


@cache
def _slurs() -> frozenset[str]:
    return frozenset(entry.digest for entry in load("slur_words", SlurWord))


@cache
def _abuse_words() -> dict[str, AbuseWord]:
    return {entry.word: entry for entry in load("abuse_words", AbuseWord)}


@cache
def _abuse_phrases() -> dict[str, list[tuple[AbusePhrase, re.Pattern[str]]]]:
    """Return the phrases that may begin with each two characters, each one, or (`*`) with any."""
    entries = [(entry, re.compile(entry.pattern)) for entry in load("abuse_phrases", AbusePhrase)]
    starts = dict.fromkeys(start for entry, _ in entries for start in entry.starts)
    return {
        key: [pair for pair in entries if {key, key[0], "*"} & set(pair[0].starts)]
        for key in dict.fromkeys(("*", *starts))
    }


@cache
def _rude_words() -> dict[str, float]:
    return {entry.digest: entry.weight for entry in load("rude_words", RudeWord)}
