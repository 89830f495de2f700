from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import Any

from onrecord.codebooks.show_entries import entry_rows, type_of
from onrecord.lexicons import load, load_codebook
from onrecord.ontology import Code, Codebook, Cue, Entry, Shift, load_shifts, read_codebook

HEAD = """# The codebook, entry by entry

Written by `onrecord codebook document` from the data files: {entries} entries. [The guide](codebook.md) says
what the keys mean, and how to add an entry of your own. A code is that of the act when it happens; what it
becomes when the act is promised, demanded or refused stands [at the end](#codes-of-acts-that-did-not-happen).
"""
PLAIN = {"object": "of which the object holds one", "without": "that the object does not hold",
         "near": "of which the clause holds one", "far": "that the clause does not hold"}  # fmt: skip
"""What is said of the words under a key."""
SIDES = {"by": "who acts", "to": "who is acted upon"}
ONLY = {
    "content": "counts only under a demand, promise, refusal or the like",
    "alone": "counts only where the sentence holds no other event",
}
NEEDS = {
    "both": "both sides must be named",
    "official": "a state, one of its bodies, a party, an armed group or someone of a named country is in it",
}
SHIFTS = ("intend", "appeal", "demand", "reject", "threaten", "stop", "accuse")


def write_document(extra: tuple[str, ...] = ()) -> str:
    """Return the codebook as Markdown: its entries by PLOVER type, word classes, cues, codes that shift.

    Entries of extra files are added, or stand in place of ours.
    """
    rows, book = entry_rows(extra), read_codebook(extra)
    entries = load_codebook(Entry, extra)
    types: dict[str, list[Entry]] = {}
    for entry in entries:
        types.setdefault(type_of(rows[entry.key], book.codes).partition("/")[0], []).append(entry)
    pieces = [HEAD.format(entries=len(entries))]
    for name in sorted(types, key=lambda name: (name == "none", name)):
        pieces.append(f"\n## {'Statements and other acts without a type' if name == 'none' else name}\n")
        for entry in types[name]:
            pieces += _write_entry(entry, rows[entry.key], book)
    pieces += (*_write_finer(book), *_write_classes(book), *_write_cues(), *_write_shifts(book))
    return "".join(pieces)


def _write_entry(entry: Entry, row: dict[str, Any], book: Codebook) -> Iterator[str]:
    """Yield the section of an entry: its code, words, conditions, roles, finer codes and sentences."""
    code = book.codes[entry.code]
    yield f"\n### {entry.key}\n\n{_tell_code(code)}; `{type_of(row, book.codes)}`"
    yield f"{_tell_numbers(code)}; confidence {entry.confidence}.\n\n"
    told = (_tell_words(entry), _tell_conditions(entry), _tell_sentences(row))
    yield from (f"- {line}\n" for line in chain(*told))


def _tell_code(code: Code) -> str:
    return f"CAMEO {code.code}, {code.name}"


def _tell_numbers(code: Code) -> str:
    quad = f"; quad class {code.quad}" if code.quad else ""
    return quad + (f"; Goldstein {code.goldstein}" if code.goldstein is not None else "")


def _tell_words(entry: Entry) -> Iterator[str]:
    for key in ("verbs", "nouns"):
        if words := getattr(entry, key):
            yield f"{key}: {_quote(words)}"
    for key, plain in PLAIN.items():
        if words := getattr(entry, key):
            yield f"words {plain}: {_quote(words)}"


def _quote(words: tuple[str, ...]) -> str:
    return ", ".join(f"`{word}`" for word in words)


def _tell_conditions(entry: Entry) -> Iterator[str]:
    """Yield where the sides stand, if not where they do as a rule, and when the entry counts."""
    for key in ("by", "to"):
        if places := getattr(entry, key):
            yield f"{SIDES[key]}: {_quote(places)}"
    if entry.nouns:
        yield f"*of* names {SIDES[entry.of]}, the possessor {SIDES[entry.possessor]}"
    if entry.joint:
        yield "all who take part act alike"
    if entry.bare:
        yield "the verb has no object"
    if entry.only:
        yield ONLY[entry.only]
    yield from (NEEDS[need] for need in entry.needs)
    if entry.refine:
        yield f"finer codes: `{entry.refine}`, see [below](#finer-codes)"
    if entry.contexts:
        yield f"contexts: {', '.join(entry.contexts)}"


def _tell_sentences(row: dict[str, Any]) -> Iterator[str]:
    yield from (f"read: *{sentence}*" for sentence in row.get("yes", ()))
    yield from (f"not read: *{sentence}*" for sentence in row.get("no", ()))
    if row.get("note"):
        yield str(row["note"])


def _write_finer(book: Codebook) -> Iterator[str]:
    """Yield the codes that words in the clause choose instead, by group, in the order of trial."""
    yield "\n## Finer codes\n\nWhere one of the words stands in the clause; of several, the first.\n"
    for group, choices in sorted(book.refinements.items()):
        yield f"\n### {group}\n\n"
        for _, finer in choices:
            act = f", `{finer.act}`" if finer.act else ""
            yield f"- {_tell_code(book.codes[finer.code])}{act}: {_quote(finer.words)}\n"


def _write_classes(book: Codebook) -> Iterator[str]:
    yield "\n## Word classes\n\nNamed by entries as `@name`.\n\n"
    for name, words in sorted(book.classes.items()):
        yield f"- `@{name}`: {', '.join(sorted(words))}\n"


def _write_cues() -> Iterator[str]:
    """Yield the words that govern an act, by what they say of it."""
    yield "\n## Words that give an act its status\n\n"
    yield "What they may govern stands in brackets.\n"
    for cue in load("status_cues", Cue):
        yield f"\n### {cue.key}\n\n{cue.kind} ({', '.join(cue.takes)})"
        yield f"; alone, it is CAMEO {cue.code}.\n\n" if cue.code else ".\n\n"
        for key in ("verbs", "nouns", "adjectives"):
            if words := getattr(cue, key):
                yield f"- {key}: {', '.join(words)}\n"


def _write_shifts(book: Codebook) -> Iterator[str]:
    yield "\n## Codes of acts that did not happen\n\n"
    yield f"| act | {' | '.join(SHIFTS)} |\n| --- |{' --- |' * len(SHIFTS)}\n"
    for code, shift in sorted(load_shifts().items()):
        yield f"| {code} {book.codes[code].name} | {' | '.join(_cells(shift))} |\n"


def _cells(shift: Shift) -> Iterator[str]:
    yield from (getattr(shift, name) for name in SHIFTS)
