"""Verb dictionaries in the form of PETRARCH and TABARI, as entries of a codebook."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from onrecord.codebooks.show_entries import write_value
from onrecord.errors import LexiconError
from onrecord.ontology import load_codes

CODED = re.compile(r"\[\s*(?P<code>---|###|[0-9]{2,4})(?:\s*:\s*[^\]]*)?\s*\]")
"""`[073]`, `[---]` for no event, `[042:043]` of which the first half counts."""
FORMS = re.compile(r"\{[^}]*\}")
PREPOSITIONS = (
    "about", "against", "at", "between", "by", "down", "for", "from", "in", "into", "of", "off", "on",
    "out", "over", "to", "toward", "towards", "up", "upon", "with",
)  # fmt: skip
SKIPPED = frozenset(("a", "an", "the", "was", "were", "be", "been", "has", "have", "is", "not"))
SURE = 0.6


@dataclass(frozen=True, slots=True)
class Imported:
    """A dictionary as the text of a codebook file, and the lines that could not be taken over."""

    text: str
    entries: int
    skipped: tuple[str, ...]


@dataclass(slots=True)
class _Block:
    """A block of the dictionary: its meaning and code, its verbs with their codes, its patterns."""

    name: str
    code: str
    verbs: list[tuple[str, str]] = field(default_factory=list)
    patterns: list[tuple[str, _Pattern]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Pattern:
    """What a pattern asks for beside the verb."""

    particle: str = ""
    object: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    by: tuple[str, ...] = ()
    to: tuple[str, ...] = ()
    joint: bool = False


def import_verbs(name: str) -> Imported:
    """Return a PETRARCH or TABARI verb dictionary as a codebook; lines that make no sense are skipped.

    Word sets become classes, each block an entry for its bare verbs and one for each pattern.
    What a verb governs (`REFUSED_TO_*`) and transformations are left out: cues decide that here.
    Raises LexiconError if there is no such file or nothing in it makes sense.
    """
    path = Path(name)
    if not path.is_file():
        raise LexiconError(f"no verb dictionary at {name}: expected a PETRARCH or TABARI text file")
    sets: dict[str, list[str]] = {}
    blocks: list[_Block] = []
    skipped: list[str] = []
    for number, line in _lines(path):
        if not _take_line(line, sets, blocks):
            skipped.append(f"{path.name}, line {number}: {line.strip()}")
    entries = list(_write_entries(blocks))
    classes = [_write_class(key, words, sets) for key, words in sorted(sets.items())]
    if not entries and not classes:
        raise LexiconError(f"{name}: no verb was read; expected a PETRARCH or TABARI verb dictionary")
    head = f"# Imported from {path.name}: {len(entries)} entries, {len(skipped)} lines left out.\n"
    return Imported("\n".join([head, *classes, *entries]), len(entries), tuple(skipped))


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    """Yield number and text of the lines that say something, comments cut off."""
    data = path.read_bytes()
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        text = data.decode("latin-1")
    text = re.sub(r"<!--.*?-->", lambda found: "\n" * found.group().count("\n"), text, flags=re.DOTALL)
    for number, line in enumerate(text.splitlines(), 1):
        line = re.split(r"#|;", line, maxsplit=1)[0].rstrip()
        if line.strip() and not line.startswith("<!"):
            yield number, line


def _take_line(line: str, sets: dict[str, list[str]], blocks: list[_Block]) -> bool:
    """Take over a line; returns whether it made sense."""
    stripped = line.strip()
    if stripped.startswith("---"):
        return _open_block(stripped, blocks)
    if stripped.startswith("&"):
        sets[_set_name(stripped)] = []
        return True
    if stripped.startswith("-"):
        return bool(blocks) and _take_pattern(stripped[1:], blocks[-1])
    if stripped.startswith("+") and not blocks:
        if not sets:
            return False
        sets[next(reversed(sets))].append(stripped[1:].strip())
        return True
    return bool(blocks) and not stripped.startswith("~") and _take_verb(stripped, blocks[-1])


def _open_block(line: str, blocks: list[_Block]) -> bool:
    found = CODED.search(line)
    if found is None:
        return False
    name = line[: found.start()].strip("- ").replace("_", " ").lower()
    blocks.append(_Block(name or f"block {len(blocks) + 1}", found["code"]))
    return True


def _take_verb(line: str, block: _Block) -> bool:
    found = CODED.search(line)
    words = _words(FORMS.sub("", CODED.sub("", line)).replace("+", ""))
    if not words or len(words) > 2:
        return False
    block.verbs.append((" ".join(words), found["code"] if found else block.code))
    return True


def _take_pattern(text: str, block: _Block) -> bool:
    found = CODED.search(text)
    if found is None or text.count("*") != 1 or "|" in text:
        return False
    lower, upper = CODED.sub("", text).split("*")
    pattern = _read_pattern(lower, upper)
    if pattern is None:
        return False
    block.patterns.append((found["code"], pattern))
    return True


def _read_pattern(lower: str, upper: str) -> _Pattern | None:
    """Return what a pattern asks for; None if it tells of a passive or of a verb that governs."""
    if re.search(r"(^|[\s_])(WAS|WERE|BEEN|TO)_?\s*$", lower.strip(), re.IGNORECASE):
        return None
    after = _tokens(upper)
    particle = after[0] if after and after[0] in PREPOSITIONS and not upper.startswith(" (") else ""
    content = [word for word in after if word not in PREPOSITIONS and word not in "$+%^"]
    before = [word for word in _tokens(lower) if word not in PREPOSITIONS and word not in "$+%^"]
    by, to = _slots(after, "$"), _slots(after, "+")
    if "+" in _tokens(lower):
        to = ("subject",)
    if "%" in f"{lower} {upper}":
        return _Pattern(particle, near=(*before, *content), joint=True)
    return _Pattern(particle, tuple(content[:1]), (*before, *content[1:]), by, to)


def _slots(tokens: list[str], mark: str) -> tuple[str, ...]:
    """Return where a mark for source or target stands: after which preposition, or as the object."""
    if mark not in tokens:
        return ()
    before = [word for word in tokens[: tokens.index(mark)] if word in PREPOSITIONS]
    return (before[-1],) if before else ("object",)


def _tokens(text: str) -> list[str]:
    """Return the words of a pattern, sets as @name; of a phrase in braces the last word, its head."""
    text = re.sub(r"\{([^}]*)\}", lambda found: (found[1].split() or [""])[-1], text)
    found = []
    for word in re.split(r"[\s_(){}]+", text):
        if word.startswith("&"):
            found.append("@" + _set_name(word))
        elif word.lower() and word.lower() not in SKIPPED:
            found.append(word.lower())
    return found


def _words(text: str) -> list[str]:
    return [word for word in re.split(r"[\s_]+", text.lower()) if word]


def _set_name(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "_", text.strip("&+ \t").lower()).strip("_")


def _write_class(key: str, words: list[str], sets: dict[str, list[str]]) -> str:
    members = sorted(set(_members(key, words, sets, (key,))))
    return f'[[class]]\nkey = "{key}"\nwords = {write_value(members)}\n'


def _members(key: str, words: list[str], sets: dict[str, list[str]], seen: tuple[str, ...]) -> Iterator[str]:
    """Yield the words of a set, those of sets inside it too; of several words the last one counts."""
    for word in words:
        name = _set_name(word)
        if word.startswith("&"):
            if name in sets and name not in seen:
                yield from _members(name, sets[name], sets, (*seen, name))
            continue
        if parts := _words(FORMS.sub("", word)):
            yield parts[-1]
            if not word.endswith("_"):
                yield _plural(parts[-1])


def _plural(noun: str) -> str:
    if noun.endswith("y"):
        return noun[:-1] + "ies"
    return noun + ("es" if noun.endswith("s") else "s")


def _write_entries(blocks: list[_Block]) -> Iterator[str]:
    codes = set(load_codes())
    used: dict[str, int] = {}
    for block in blocks:
        lemmas = [verb for verb, _ in block.verbs]
        null = sorted({word for code, p in block.patterns if code not in codes for word in p.object})
        for code in sorted({code for _, code in block.verbs} & codes):
            verbs = [verb for verb, own in block.verbs if own == code]
            yield _write_entry(_key(block.name, used), code, verbs, _Pattern(), null)
        for code, pattern in block.patterns:
            if code in codes and lemmas:
                yield _write_entry(_key(block.name, used), code, lemmas, pattern, [])


def _key(name: str, used: dict[str, int]) -> str:
    used[name] = used.get(name, 0) + 1
    return f"{name} {used[name]:03}"


def _write_entry(key: str, code: str, lemmas: list[str], pattern: _Pattern, without: list[str]) -> str:
    verbs = [lemma if " " in lemma else f"{lemma} {pattern.particle}".strip() for lemma in lemmas]
    rows = {
        "key": key, "code": code, "verbs": verbs, "object": pattern.object, "near": pattern.near,
        "without": without, "by": pattern.by, "to": pattern.to, "joint": pattern.joint, "confidence": SURE,
    }  # fmt: skip
    lines = [f"{name} = {write_value(value)}" for name, value in rows.items() if value]
    return "\n".join(["[[entry]]", *lines]) + "\n"
