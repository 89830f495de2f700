"""Why a match of the time patterns is no time."""

from __future__ import annotations

from onrecord.language.en import BEFORE_YEAR
from onrecord.lexicons.words import words_by_kind
from onrecord.stages.times.match_patterns import Match
from onrecord.words import Token

OLDEST_BARE = 1850
"""A bare number from here on may be a year without a word that says so."""
SEASON_BEFORE = BEFORE_YEAR | {"every", "each", "that", "following", "previous", "-"}


def refuse_match(match: Match, token: Token | None) -> str | None:
    """Return why a match is no time, empty if it is not worth a word; None if it is one."""
    before = match.words[match.first - 1] if match.first else None
    after = match.words[match.last] if match.last < len(match.words) else None
    previous = before.text.lower() if before else ""
    following = after.text.lower() if after else ""
    if match.rule == "year" and match.last - match.first == 1:
        return _refuse_year(match, token, previous, following, glued(match, before))
    if match.rule == "month" and match.last - match.first == 1:
        return _refuse_month(match, token, previous)
    if match.rule == "season":
        return _refuse_season(match, token, previous, following)
    if match.rule == "weekday" and "doubtful" in match.words[match.last - 1].kinds:
        return None if previous in BEFORE_YEAR else ""
    if match.rule == "time_of_day" and "hour_of_light" in match.words[match.last - 1].kinds:
        return _refuse_light(match, following)
    if match.rule.startswith("duration") and _is_share(match):
        return "a part or an ordinal, not a time"
    if match.rule == "weekday_short":
        return ""
    if match.rule == "day_of_month" and after is not None and after.text[:1].isalpha():
        return None if following in ("and", "of", "when", "the", "in", "at", "they", "he", "it", "a") else ""
    if (
        match.rule == "unit_focus"
        and match.last - match.first == 2
        and match.words[match.first].text.lower() == "that"
    ):
        return None if match.kind("unit") != "TS" else ""
    if match.rule == "duration" and (
        previous in ("$", "£", "€") or (match.kind("unit", "units") == "TS" and match.says("second"))
    ):
        return ""
    return None


def glued(match: Match, before: object) -> bool:
    """Return whether a word touches the match from the left: `F-1950`, `$2000`."""
    word = match.words[match.first]
    end = getattr(before, "end", -1)
    text = getattr(before, "text", "")
    if match.first > 1 and "dash" in getattr(before, "kinds", ()) and end == word.start:
        model = match.words[match.first - 2]  # "F-1950"
        return model.end == getattr(before, "start", -1) and model.text.isupper() and not model.kinds
    return end == word.start and text not in ("(", "-", "–", "—", "/", '"', "“", "'", "[", "‘")


def _refuse_year(
    match: Match, token: Token | None, previous: str, following: str, is_glued: bool
) -> str | None:
    number = int(match.kind("year"))
    if following == ":" and not previous.isalnum():
        return None
    if is_glued or following == "%" or following in words_by_kind("time_cues")["counted"]:
        return "a number, not a year"
    if previous in BEFORE_YEAR or previous in ("(", ","):
        if token is not None and previous not in ("in", "since", "until", "during") and _is_count(token):
            return "a number, not a year"
        return None
    if number < OLDEST_BARE:
        return "a number, not a year" if previous not in ("-", "–", "—") else None
    return "a number, not a year" if token is not None and _is_count(token) else None


def _is_count(token: Token) -> bool:
    return token.dep_ == "nummod" and token.head.tag_ == "NNS" and token.head.i == token.i + 1


def _refuse_month(match: Match, token: Token | None, previous: str) -> str | None:
    word = match.words[match.first]
    if "doubtful" not in word.kinds:
        return None
    if not word.text[0].isupper():
        return ""
    if token is not None and token.ent_type_ == "PERSON":
        return "a person's name, not a month"
    if token is not None and token.pos_ in ("AUX", "VERB", "ADJ"):
        return ""
    # "the March to the sea"
    if previous == "the" and token is not None and token.doc[token.i + 1 : token.i + 2].text in ("to", "on"):
        return "an event, not a month"
    return None if previous in BEFORE_YEAR or previous in (",", "(", "-", "a", "an") else ""


def _refuse_light(match: Match, following: str) -> str | None:
    """Turn down `Operation Dawn` and `the dawn of a new age`."""
    word = match.words[match.last - 1]
    if word.text[0].isupper() and match.first and match.words[match.first - 1].text[:1].isupper():
        return "a name, not a time of day"
    return "" if following == "of" else None


def _is_share(match: Match) -> bool:
    """Return whether a length is rather an ordinal or a fraction: `a second attack`, `three quarters of`."""
    word = match.words[match.last - 1]
    if word.text.lower() == "second":
        return True
    quarter = (word.kinds.get("unit") or word.kinds.get("units")) == "Q"
    return quarter and not match.says("consecutive", "straight", "last", "next", "past", "previous")


def _refuse_season(match: Match, token: Token | None, previous: str, following: str) -> str | None:
    cues = words_by_kind("time_cues")
    if following in cues["after-season"] or previous in cues["before-season"]:
        return "a name, not a season"
    word = next(w for w in match.words[match.first : match.last] if "season" in w.kinds)
    if "doubtful" not in word.kinds or match.kind("year"):
        return None
    if word.text == "fall" and (following == "of" or previous in ("to", "and")):
        return ""
    if match.last - match.first > 1:
        return None
    if word.text.lower() == "spring" and token is not None and token.dep_ == "compound":
        return None
    return None if previous in SEASON_BEFORE and previous not in ("to", "the") else ""
