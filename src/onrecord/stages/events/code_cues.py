from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from onrecord.stages.events.fill_roles import addressees_of, holder_of
from onrecord.stages.events.match_entries import has_particle
from onrecord.stages.events.read_codebook import Codebook, Cue
from onrecord.stages.events.resolve_actors import ActorFinder
from onrecord.stages.events.trace_cues import is_verbal, trace_cues
from onrecord.stages.events.write_event import Coded

COMPLEMENTS = ("xcomp", "ccomp", "dobj", "advcl")
STATUS = {
    "ask": "actual", "demand": "actual", "order": "actual", "refuse": "actual", "reject": "actual",
    "threaten": "actual", "promise": "actual", "deny": "denied", "plan": "actual",
}  # fmt: skip


def code_cues(
    tokens: list[Token], found: list[Coded], finder: ActorFinder, book: Codebook
) -> Iterator[Coded]:
    """Yield demands, promises, threats, refusals and denials whose content is no act of the codebook."""
    used = {cue.i for item in found for cue in item.cues} | {item.trigger.i for item in found}
    for token in tokens:
        if not is_verbal(token) or token.i in used:
            continue
        cue = _cue_of(token, book)
        if cue is None:
            continue
        item = _code_cue(token, cue, finder, book)
        if item is not None:
            yield item


def _cue_of(token: Token, book: Codebook) -> Cue | None:
    lemma = token.lemma_.lower()
    for form in _forms_taken(token):
        for particle, cue in book.cues.get(("verb", lemma, form), ()):
            if cue.code and (not particle or has_particle(token, particle)):
                return cue
    return None


def _forms_taken(token: Token) -> Iterator[str]:
    for child in token.children:
        if child.dep_ in ("xcomp", "advcl") and child.tag_ == "VB":
            yield "oinf" if any(c.dep_ in ("dobj", "dative") for c in token.children) else "inf"
        elif child.dep_ == "ccomp":
            yield "that"
            if child.tag_ == "VB":
                yield "oinf"
        elif child.dep_ == "xcomp" and child.tag_ == "VBG":
            yield "ing"
        elif child.dep_ == "dobj":
            yield "obj"
        elif child.dep_ == "prep":
            yield child.lower_
            yield "oinf"


def _code_cue(token: Token, cue: Cue, finder: ActorFinder, book: Codebook) -> Coded | None:
    by = tuple(holder_of(token, finder))
    if not by:
        return None
    to = tuple(name for name in addressees_of(token, finder) if name not in by)
    if not to:
        to = tuple(name for name in _actors_in_content(token, finder) if name not in by)
    if not to and not (cue.kind in ("promise", "refuse") and all(map(finder.is_political, by))):
        return None
    trace = trace_cues(token, book)
    status, coded = STATUS.get(cue.kind, "actual"), True
    for step in trace.steps:
        if step.kind in ("not", "prevent", "conditional", "predict", "possible", "accuse", "fail"):
            status, coded = ("denied" if step.kind in ("not", "prevent", "fail") else "possible"), False
    why = (
        f"source {', '.join(by)}: subject",
        f"target {', '.join(to)}: addressee or content",
        f"{cue.kind}: {token.text}",
    )
    return Coded(
        token,
        token,
        cue.code,
        cue.code,
        status,
        by,
        to,
        coded,
        f"cue: {cue.key}",
        0.5,
        why,
        None,
        None,
        (token,),
    )


def _actors_in_content(token: Token, finder: ActorFinder) -> list[str]:
    for child in token.children:
        if child.dep_ == "dobj" and (found := finder.of(child)):
            return found
        if child.dep_ in ("ccomp", "xcomp"):
            own = next((c for c in child.children if c.dep_ in ("nsubj", "nsubjpass")), None)
            if own is not None and (found := finder.of(own)):
                return found
            for inner in child.children:
                if inner.dep_ in ("dobj", "dative") and inner.pos_ != "ADP" and (found := finder.of(inner)):
                    return found
            if found := finder.after(child, "to", "with", "on", "against", "from"):
                return found
        if child.dep_ == "prep" and child.lower_ in ("for", "to", "on", "of"):
            for noun in child.children:
                if noun.dep_ == "pobj" and (found := finder.of(noun)):
                    return found
    return []
