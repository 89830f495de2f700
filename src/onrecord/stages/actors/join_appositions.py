from __future__ import annotations

from onrecord.stages.actors.read_phrases import Phrase


def join_appositions(phrases: list[Phrase]) -> dict[int, Phrase]:
    """Return for the phrases that stand beside a name (`the mayor, Jo Bell,`) that name's phrase, by id."""
    persons = [phrase for phrase in phrases if phrase.kind == "person"]
    starts = {(id(name.doc), name.start): name for name in persons}
    ends = {(id(name.doc), name.end): name for name in persons}
    joined: dict[int, Phrase] = {}
    for phrase in filter(_may_be_apposed, phrases):
        behind = starts.get((id(phrase.doc), _after_complement(phrase)))
        before = ends.get((id(phrase.doc), phrase.start - 1)) if _is_apposed(phrase) else None
        name = before or behind
        if name is not None:
            joined[id(phrase)] = name
    return joined


def _after_complement(phrase: Phrase) -> int:
    """Return the token after a description, what it is of, and a comma; -1 if no comma follows."""
    end = phrase.end
    for child in phrase.doc[phrase.head].rights:
        if child.dep_ == "prep" and child.i == end:
            end = next((word.i for word in child.children if word.dep_ == "pobj"), end) + 1
    comma = phrase.doc.words[end : end + 1]
    return end + 1 if comma and comma[0].text == "," else -1


def _may_be_apposed(phrase: Phrase) -> bool:
    """Return whether a phrase describes one person: no body, no several."""
    return phrase.kind == "role" and not phrase.plural


def _is_apposed(phrase: Phrase) -> bool:
    """Return whether a phrase is an apposition behind a comma."""
    return phrase.doc[phrase.head].dep_ == "appos" and phrase.doc[phrase.start - 1].text == ","
