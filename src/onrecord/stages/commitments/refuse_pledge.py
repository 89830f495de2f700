from __future__ import annotations

from onrecord.clauses.arcs import has_aux, mark_of, prep_with
from onrecord.grammar import child_with, has_to, is_negated, is_passive
from onrecord.language.en import NEGATIVE
from onrecord.records import Statement
from onrecord.stages.commitments.find_bound import is_awaited
from onrecord.stages.commitments.find_complement import SUBJECTS
from onrecord.stages.commitments.find_side import find_side
from onrecord.stages.commitments.pledge import Pledge
from onrecord.stages.commitments.read_lexicon import commitment_words, says
from onrecord.stages.commitments.scene import Scene, is_self, lemma_of
from onrecord.words import Token

ENDINGS = ("tion", "sion", "ment", "oval", "awal", "versal")
WORDS = ("order", "promise", "threat", "demand")
"""Kinds that are nothing where they are denied; `has no plans to` is still a plan."""
AFTER_STOP = "\"'”’ )\n"
HAVE = ("have", "'ve", "’ve")
THINGS = (":object", ":thing")


def refuse_any(scene: Scene, pledge: Pledge) -> str:
    """Return why a pledge is none, whatever its construction; empty if it may be one."""
    if _is_question(pledge):
        return "a question"
    if lemma_of(scene.around(pledge)) in commitment_words("denial"):
        return "a denial"
    if pledge.rule == "headline" and pledge.sentence.part not in scene.titles:
        return "no headline"
    return ""


def refuse_cue(scene: Scene, pledge: Pledge) -> str:
    """Return why a word of promising, planning, demanding announces nothing here; empty if it does."""
    if (pledge.rule.endswith(":object") or pledge.rule == "agree:toward") and not _is_act(scene, pledge):
        return "the object is no act"
    if pledge.rule == "announce:object" and _is_told_before(pledge.head):
        return "what was announced is told elsewhere"
    if is_conditional(pledge.cue):
        return "a condition"
    if pledge.voiced:
        return _refuse_voiced(scene, pledge)
    if _is_denied(pledge.cue) and (pledge.kind in WORDS or says(pledge.cue, "consenting")):
        return "a word not given"
    if _is_undecided(pledge):
        return "a question"
    if _is_possible(pledge.cue):
        return "a possibility"
    if _seems(pledge.cue):
        return "an impression of the reporter"
    if _is_aimed(pledge.cue):
        return "a purpose, not a plan"
    if _is_undergone(pledge):
        return "an act of nobody"
    if is_awaited(pledge) and scene.around(pledge) is None and _is_fate(pledge.head):
        return "a forecast of the reporter"
    return ""


def _is_denied(cue: Token) -> bool:
    """Return whether a word is not given: `did not promise to`, `did not issue an order to`."""
    return is_negated(cue) or (cue.pos_ == "NOUN" and cue.dep_ == "dobj" and is_negated(cue.head))


def _is_undecided(pledge: Pledge) -> bool:
    """Return whether it is open what will be done: `decide whether to go`, `not known how it will be`."""
    is_open = any(child.lower_ == "whether" for child in pledge.head.lefts)
    return is_open or (pledge.rule.endswith(":passive") and _is_asked_about(pledge.cue))


def _is_fate(act: Token) -> bool:
    """Return whether an act befalls whoever does it: `is expected to lose`."""
    passive = child_with(act, "auxpass") is not None
    return passive or says(act, "undergone") or says(act, "stative")


def _refuse_voiced(scene: Scene, pledge: Pledge) -> str:
    if says(pledge.head, "talking"):
        return "a way of speaking"
    outer = scene.around(pledge)
    if pledge.rule != "imperative" and (is_negated(pledge.cue) or _is_met(pledge.cue)):
        return "something that is not asked for"
    if pledge.rule == "imperative":
        direct = outer is not None and outer.kind == "direct"
        return "" if direct else "no order of anybody"
    return "" if outer is not None or scene.in_comment(pledge) else "no word of anybody"


def _is_met(cue: Token) -> bool:
    """Return whether a passive only tells what something takes: `a bridge was needed to link the towns`."""
    return is_passive(cue) and not says(cue, "awaited")


def refuse_modal(scene: Scene, pledge: Pledge, outer: Statement | None) -> str:
    """Return why a modal clause gives no word about the future; empty if it may."""
    head = pledge.head
    if has_aux(head, HAVE):
        return "an act that did not happen"
    if is_conditional(head) or _is_inverted(pledge.cue):
        return "a condition"
    if _is_asked_about(head) and not is_self(pledge.holder):
        return "a question"
    if pledge.kind == "possible" and (outer is None or not _is_outlook(pledge)):
        return "a possibility"
    if pledge.kind == "reported" and not _is_given(pledge, outer):
        return "no word given"
    if head.dep_ == "relcl" and not _is_ours(scene, pledge, outer):
        return "a description"
    if _is_equation(scene, pledge):
        return "a purpose, not a plan"
    if pledge.kind == "duty":
        return _refuse_duty(scene, pledge, outer)
    return "" if outer is not None or scene.in_comment(pledge) else _refuse_reporter(scene, pledge)


def _is_outlook(pledge: Pledge) -> bool:
    """Return whether `may` or `could` looks ahead, and not at what is so or who is able to do it."""
    act = pledge.head
    if act.dep_ not in ("ROOT", "ccomp", "conj") or says(act, "stative") or is_negated(act):
        return False
    if pledge.holder is not None and pledge.holder.lower_ in NEGATIVE:
        return False
    return not has_aux(act, ("be",))


def _is_asked_about(act: Token) -> bool:
    """Return whether a clause is an indirect question: `it is unclear when they will meet`."""
    first = act.left_edge
    asks = first.tag_ in ("WRB", "WP") or mark_of(act) in ("whether", "if")
    above = child_with(act.head, "acomp")
    told = act.dep_ in ("advcl", "conj") and says(act.head, "disclosing")
    return asks and (act.dep_ in ("ccomp", "csubj", "pcomp") or told or says(above, "unknowing"))


def _is_ours(scene: Scene, pledge: Pledge, outer: Statement | None) -> bool:
    return bool(find_side(scene, pledge, outer))


def _is_equation(scene: Scene, pledge: Pledge) -> bool:
    """Return whether `is to` says what something is for: `the use of it is to win`."""
    thing = pledge.holder
    if thing is None or pledge.cue.lemma_.lower() != "be" or thing.tag_ != "NN":
        return False
    return scene.actor_at(pledge, thing) is None


def _refuse_duty(scene: Scene, pledge: Pledge, outer: Statement | None) -> str:
    """Return why `should`, `must`, `need to` demands nothing."""
    holder, act = pledge.holder, pledge.head
    if says(child_with(act, "xcomp"), "talking"):
        return "a way of speaking"
    if says(child_with(act, "xcomp"), "feeling") or (says(act, "need") and act.dep_ == "relcl"):
        return "a duty of nobody"  # "differences that we have to sort through"
    if act.lemma_.lower() in ("be", "have") and pledge.cue.lower_ == "must":
        return "a guess"
    if holder is not None and holder.lower_ == "i":
        return "a duty of one's own"
    strict = (pledge.cue.lower_ not in ("should", "ought") and act.dep_ != "advcl") or says(act, "cease")
    if holder is not None and not (strict or _is_agent(scene, pledge, holder)):
        return "a duty of nobody"
    if outer is None and not scene.in_comment(pledge):
        return "a duty of nobody's word"
    return ""


def _is_agent(scene: Scene, pledge: Pledge, token: Token) -> bool:
    """Return whether a subject can have a duty: an actor, a person, or whoever a passive leaves open."""
    if token.dep_ == "nsubjpass" or token.pos_ == "PRON" or token.tag_ in ("NNPS", "NNS"):
        return True
    return scene.actor_at(pledge, token) is not None


def _refuse_reporter(scene: Scene, pledge: Pledge) -> str:
    """Return why a future that the reporter tells of is nobody's plan.

    Only what somebody who is named will do can be their plan; what is done to them, or happens to them if
    something else does, is the reporter's forecast, which is no word that anybody gave.
    """
    if is_self(pledge.holder):
        return ""
    if scene.actor_at(pledge, pledge.holder) is None:
        return "a future of nobody's word"
    if _is_fate(pledge.head):
        return "a forecast of the reporter"
    if any(is_conditional(child) for child in pledge.head.lefts):
        return "a forecast of the reporter"
    return ""


def _is_act(scene: Scene, pledge: Pledge) -> bool:
    start, end = pledge.content
    is_named = says(pledge.head, "deed") or _is_made_of_verb(pledge.head)
    return is_named or any(start <= trigger < end for trigger in scene.triggers)


def _is_made_of_verb(noun: Token) -> bool:
    """Return whether the ending of a noun says that it names an act: re-imposition, deployment, removal."""
    lemma = noun.lemma_.lower()
    return lemma.endswith(ENDINGS) and lemma not in commitment_words("goods")


def _is_told_before(noun: Token) -> bool:
    """Return whether a noun only points back: `announced the measure`."""
    determiner = child_with(noun, "det")
    pointed = determiner is not None and determiner.lower_ in ("the", "this", "that", "these")
    bare = child_with(noun, "acl", "relcl", "amod", "compound") is None
    return pointed and bare and prep_with(noun, "of", "to", "from", "on", "for") is None


def _is_undergone(pledge: Pledge) -> bool:
    """Return whether the one who would be bound only undergoes the act: `customers are set to be billed`."""
    passive = child_with(pledge.head, "auxpass") is not None
    return passive and pledge.rule.endswith((":passive", "headline")) and pledge.kind == "plan"


def _is_possible(word: Token) -> bool:
    """Return whether a word was perhaps given: `may have been ordered to`, `may be ready to`."""
    verb = word.head if word.pos_ == "ADJ" else word
    return has_aux(verb, commitment_words("able"))


def _seems(word: Token) -> bool:
    """Return whether something only looks so: `they seem intent on leaving`."""
    return word.dep_ in ("acomp", "oprd", "xcomp") and says(word.head, "seeming")


def _is_aimed(word: Token) -> bool:
    """Return whether a state is what something is done for: `in order to be ready to act`."""
    return word.head.dep_ in ("advcl", "acl") and has_to(word.head)


def is_conditional(verb: Token) -> bool:
    """Return whether a verb stands in a clause that opens with `if`."""
    while verb.dep_ in ("conj", "xcomp") and verb.head is not verb:
        verb = verb.head
    mark = child_with(verb, "mark", "advmod")
    is_opened = mark is not None and mark.lower_ in commitment_words("condition")
    before = verb.doc[max(verb.left_edge.i - 1, 0)]
    return verb.dep_ == "advcl" and (is_opened or before.lower_ == "long")


def _is_inverted(modal: Token) -> bool:
    """Return whether a modal opens a condition: `even should the rebels return`.

    That no subject stands before it says so, whatever the parser takes for its verb.
    """
    act = modal.head
    if modal.lower_ not in commitment_words("inverting") or act.dep_ in ("conj", "relcl", "acl"):
        return False
    return not any(child.dep_ in SUBJECTS and child.i < modal.i for child in act.children)


def _is_question(pledge: Pledge) -> bool:
    return pledge.sentence.tokens.text.rstrip(AFTER_STOP).endswith("?")


def _is_given(pledge: Pledge, outer: Statement | None) -> bool:
    """Return whether `would` tells of a future: in reported speech, or as the word of who says `I`."""
    if says(pledge.head, "liking") or any(child.lower_ == "rather" for child in pledge.head.lefts):
        return False
    return (outer is not None and outer.kind != "direct") or is_self(pledge.holder)
