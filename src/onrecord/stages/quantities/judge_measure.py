"""Why a figure is no quantity: a name, a year, a score, an ordinal."""

from __future__ import annotations

from onrecord.language.en import NEVER_COUNTING
from onrecord.lexicons.figures import figure_cues
from onrecord.stages.quantities.name_counted import Counted
from onrecord.stages.quantities.read_measure import HYPHENS, Measure
from onrecord.stages.quantities.split_tokens import Token, Tokens


def judge_measure(tokens: Tokens, measure: Measure, counted: Counted) -> str | None:
    """Return why a figure is no quantity (a name, a year, a score, an ordinal), None if it is one."""
    if measure.unit is not None or measure.of is not None:
        return _judge_measured(tokens, measure)
    for judge in (_judge_code, _judge_score, _judge_year, _judge_label, _judge_word):
        reason = judge(tokens, measure, counted)
        if reason is not None:
            return reason
    return None


def _judge_measured(tokens: Tokens, measure: Measure) -> str | None:
    if measure.dimension == "money":
        return None
    before = tokens.at(measure.first - 1)
    if (
        before is not None
        and before.kind == "word"
        and tokens.is_glued(measure.first)
        and measure.number.form == "digits"
    ):
        return "code"
    if (
        measure.unit in ("s", "h")
        and measure.number.form == "digits"
        and tokens.is_glued(measure.after - 1)
        and _is_upper(tokens, measure.first - 1)
    ):
        return "name"
    if measure.unit == "s" and measure.value == 1 and measure.number.form == "words":
        return None
    if (
        measure.unit in ("turn", "cup", "stone", "bar", "st")
        and not tokens.all[measure.after - 1].lower.endswith("s")
        and (measure.value or 0) > 1
    ):
        return None if measure.unit in ("cup",) else "not a unit here" if measure.unit == "turn" else None
    if (
        measure.unit == "d"
        and measure.number.form == "words"
        and measure.value == 1
        and measure.after == measure.first + 2
    ):
        return "one day"
    if measure.unit in ("cup",) and before is not None and before.lower == "world":
        return "name"
    return None


def _judge_code(tokens: Tokens, measure: Measure, counted: Counted) -> str | None:
    """Letters or a hyphenated name glued to the digits: A4, F-16, MH17, 5G, 3D, 737-800."""
    if measure.number.form not in ("digits", "fraction"):
        return None
    before, after = tokens.at(measure.first - 1), tokens.at(measure.after)
    if before is not None and tokens.is_glued(measure.first):
        if before.kind == "word":
            return "code"
        if before.text in ("/", "_", "#", "\\", "'", "’", "№", ":") and measure.first > 1:
            return "code"
        if before.text in HYPHENS and tokens.is_glued(measure.first - 1) and measure.first > 1:
            owner = tokens.all[measure.first - 2]
            if owner.kind == "word" and owner.lower not in (
                "sub",
                "mid",
                "plus",
                "to",
                "minus",
                "some",
                "pre",
                "over",
            ):
                return "code"
            if owner.kind == "number" and not measure.is_range:
                return "code"
    if after is not None and tokens.is_glued(measure.after):
        if after.kind == "word" or after.text in ("_", "/"):
            return "code"
        if after.text in HYPHENS and tokens.is_glued(measure.after + 1):
            follower = tokens.at(measure.after + 1)
            if follower is not None and follower.kind == "number" and not measure.is_range:
                return "code"
    return None


def _judge_score(tokens: Tokens, measure: Measure, counted: Counted) -> str | None:
    """The result of a match or a vote: won 2-1, a 5-4 ruling."""
    if measure.is_range and measure.high is not None and measure.high < 200:
        text = tokens.text[tokens.all[measure.first].start : tokens.all[measure.after - 1].end]
        if "-" in text or "–" in text:
            near = [tokens.lower(k) for k in range(measure.first - 8, measure.after + 4)]
            if (
                figure_cues("contest").intersection(near)
                and counted.name_counted(*_span(tokens, measure)) is None
            ):
                return "score"
            if figure_cues("contest").intersection(near[-5:]):
                return "score"
    if not measure.is_range and measure.number.form == "digits":
        for k, step in ((measure.first - 1, -1), (measure.after, 1)):
            other = tokens.at(k + step)
            mark = tokens.lower(k)
            if (
                other is not None
                and other.kind == "number"
                and (mark in HYPHENS or mark == ":")
                and tokens.is_near(k + 1)
            ):
                return "score"
    return None


def _judge_year(tokens: Tokens, measure: Measure, counted: Counted) -> str | None:
    first = tokens.all[measure.number.first]
    value = measure.value if not measure.is_range else measure.low
    if (
        measure.number.form != "digits"
        or value is None
        or not 1400 <= value <= 2199
        or not first.text.isdecimal()
        or len(first.text) != 4
    ):
        return None
    if measure.number.scale != 1.0 or tokens.lower(measure.after) == "of":
        return None
    before = tokens.lower(measure.first - 1)
    plural = _is_plural(counted, tokens.at(measure.after), tokens, measure.after)
    if before in NEVER_COUNTING or before in figure_cues("before-year"):
        return "year"
    if measure.hedge is not None and value < 1900:
        return None
    if plural and not 1900 <= value <= 2100:
        return None
    if (
        plural
        and tokens.is_near(measure.after)
        and before not in figure_cues("year")
        and measure.first > 0
        and not _is_upper(tokens, measure.first - 1)
    ):
        return None
    if 1900 <= value <= 2100 or before in ("in", "(", "and", "to", ",", "©"):
        return "year"
    return None


def _is_upper(tokens: Tokens, i: int) -> bool:
    token = tokens.at(i)
    return (
        token is not None
        and token.kind == "word"
        and token.text[0].isupper()
        and token.lower not in figure_cues("notname")
    )


def _is_plural(counted: Counted, token: Token | None, tokens: Tokens, i: int) -> bool:
    """Return whether a plural noun, or an adjective and one, follows."""
    if token is None or token.kind != "word" or not tokens.is_near(i) or token.text[0].isupper():
        return False
    parsed = counted.token_at(token.start)
    if parsed is None:
        return token.lower.endswith("s")
    if parsed.tag_ in ("NNS", "NNPS") or parsed.lower_ in figure_cues("collective"):
        return True
    if parsed.pos_ in ("ADJ", "NOUN") or parsed.tag_ in ("VBN", "VBG"):
        following = parsed.doc[parsed.i + 1] if parsed.i + 1 < len(parsed.doc) else None
        return following is not None and following.tag_ in ("NNS", "NNPS")
    return False


def _judge_label(tokens: Tokens, measure: Measure, counted: Counted) -> str | None:
    """Return that a number ends a name: Flight 370, Article 50, Model 3, S&P 500."""
    before = tokens.at(measure.first - 1)
    if (
        before is None
        or measure.hedge is not None
        or measure.number.form not in ("digits", "words")
        or not tokens.is_near(measure.first)
    ):
        return None
    plural = _is_plural(counted, tokens.at(measure.after), tokens, measure.after)
    if _is_label(before, measure, plural):
        return "name"
    return "name" if not plural and _is_named(tokens, before, measure) else None


def _is_label(before: Token, measure: Measure, plural: bool) -> bool:
    """Return whether a noun is numbered: not `the first line 40 people`, which counts after all."""
    if measure.number.form != "digits" or measure.number.scale != 1.0:
        return False
    if before.lower not in figure_cues("label"):
        return False
    return before.text[0].isupper() or (not plural and before.lower not in figure_cues("counted-label"))


def _is_named(tokens: Tokens, before: Token, measure: Measure) -> bool:
    """Return whether a number goes with the capital before it: not at the start of a sentence."""
    is_word = before.kind == "word" or before.text == "&"
    if not is_word or not before.text[0].isupper() or before.lower in figure_cues("notname"):
        return False
    if measure.number.form == "words" and not tokens.all[measure.number.first].text[0].isupper():
        return False
    begins = measure.first == 1 or tokens.lower(measure.first - 2) in (".", ":", "“", '"', "”", "!", "?")
    return not begins and measure.number.scale <= 1 and (measure.value or 0) < 10000


def _judge_word(tokens: Tokens, measure: Measure, counted: Counted) -> str | None:
    """`one` that is a pronoun or an article, numbers in names and fixed phrases."""
    if measure.number.form not in ("words", "none") or measure.is_range:
        return None
    first = tokens.all[measure.number.first]
    parsed = counted.token_at(first.start)
    if measure.value == 1 and measure.number.after == measure.number.first + 1:
        return _judge_one(tokens, measure, counted)
    if parsed is not None and parsed.dep_ == "compound" and parsed.pos_ == "PROPN":
        return "name"
    return None


def _judge_one(tokens: Tokens, measure: Measure, counted: Counted) -> str | None:
    """Return whether `one` counts: one soldier, one of the [bridges]; not one day, no one, the one that."""
    reason = "one is a pronoun or an article here"
    before, after = tokens.lower(measure.first - 1), tokens.lower(measure.after)
    if after == "of":
        begun = tokens.lower(measure.after + 1)
        return (
            None
            if begun in figure_cues("possessor") and counted.name_share(_span(tokens, measure)[1])
            else reason
        )
    if after in figure_cues("after-one") or before in figure_cues("before-one"):
        return reason
    parsed = counted.token_at(tokens.all[measure.number.first].start)
    if parsed is None:
        return None
    if parsed.dep_ != "nummod" or parsed.head.i <= parsed.i or parsed.head.pos_ not in ("NOUN", "PROPN"):
        return reason
    return None


def _span(tokens: Tokens, measure: Measure) -> tuple[int, int]:
    return tokens.all[measure.first].start, tokens.all[measure.after - 1].end
