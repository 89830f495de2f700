"""The stage: time expressions of a text with TIMEX3 type, value and modifier."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from onrecord.dates import interval_of, parse_iso
from onrecord.mentions import is_comment
from onrecord.records import Draft, Found, Part, Refusal, Time
from onrecord.stages.times import resolve_dates as dates
from onrecord.stages.times import resolve_lengths as lengths
from onrecord.stages.times.choose_narrative import is_narrative
from onrecord.stages.times.join_readings import join_readings, widen_reading
from onrecord.stages.times.match_patterns import Match, select_longest
from onrecord.stages.times.patterns import times_grammar
from onrecord.stages.times.read_tense import read_tense, token_at
from onrecord.stages.times.reckon import Now
from onrecord.stages.times.refuse_match import refuse_match
from onrecord.stages.times.resolve_dates import Reading, Readings, Scene
from onrecord.stages.times.split_words import Word, split_words
from onrecord.words import Token

RESOLVERS: dict[str, Callable[[Match, Scene], Readings]] = {
    "iso_date": dates.iso_date,
    "slashed_date": dates.slashed_date,
    "day_month_year": dates.day_date,
    "month_day_year": dates.day_date,
    "days_of_month": dates.days_of_month,
    "month_year": dates.month_date,
    "month_relative": dates.month_date,
    "months": dates.months,
    "month": dates.month_date,
    "year": dates.year_date,
    "year_era": dates.year_date,
    "years_era": dates.years_era,
    "year_short": dates.year_short,
    "decade": dates.decade,
    "century": dates.century,
    "season": dates.season,
    "quarter": dates.part_of_year,
    "half_year": dates.part_of_year,
    "fiscal_year": dates.fiscal_year,
    "holiday": dates.holiday,
    "weekday": dates.weekday,
    "deictic": dates.deictic,
    "unit_deictic": dates.unit_deictic,
    "unit_focus": dates.unit_focus,
    "unit_part": dates.unit_part,
    "day_of_month": dates.day_of_month,
    "shift_ago": lengths.shift_ago,
    "shift": lengths.shift,
    "from_now": lengths.from_now,
    "duration": lengths.duration,
    "duration_last": lengths.duration,
    "duration_one": lengths.duration,
    "duration_half": lengths.duration_half,
    "duration_vague": lengths.duration_vague,
    "duration_range": lengths.duration_range,
    "set": lengths.set_value,
    "tonight": lengths.daypart,
    "this_daypart": lengths.daypart,
    "time_of_day": lengths.daypart,
    "present": lengths.present,
    "past": lengths.past,
    "past_time": lengths.past,
    "future": lengths.future,
    "clock": lengths.clock,
}
"""What reads the matches of each pattern."""

JOINING = frozenset({"and", "or", "to", "-", "–", "—", "until", "till", "through", ",", "from"})
"""Words between two dates that may share a year."""
LONGEST_JOIN = 2
SHOWING = frozenset(
    {"for", "in", "within", "during", "took", "takes", "lasted", "lasting", "of", "than", "through"}
)
"""Words that a pattern needs on its left and that are no part of the time."""
OPENING = 3
"""Words of a part before a date that still opens it: `By the year 1950`."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of the page as words, with the patterns that fit them."""

    part: Part
    words: Sequence[Word]
    code: str
    matches: Sequence[Match]


def find_times(draft: Draft) -> Found[Time]:
    """Return the time expressions of a page with their TIMEX3 values.

    Relative ones are anchored to the day of publication, in a comment to the comment's own; in a
    text that tells of the past, to the last date it came to. The report is read before the comments.
    """
    stretches = [read_stretch(draft.page.text, part) for part in draft.parts]
    report = [stretch for stretch in stretches if not is_comment(stretch.part)]
    anchor = parse_iso(draft.page.published)
    now = Now(anchor, is_narrative((m for s in report for m in s.matches), anchor))
    tokens = _token_finder(draft)
    kept: list[Time] = []
    refused: list[Refusal] = []
    for stretch in report:
        now = _read_times(stretch, now, tokens, kept, refused)
    for stretch in stretches:
        if is_comment(stretch.part):
            own = Now(parse_iso(stretch.part.published) or anchor, narrative=False)
            _read_times(stretch, own, tokens, kept, refused)
    return Found(tuple(replace(time, id=f"t{n}") for n, time in enumerate(kept, 1)), tuple(refused))


def read_stretch(text: str, part: Part) -> Stretch:
    """Return a part as words with the longest patterns that fit them."""
    words = split_words(text[part.start : part.end], part.start)
    grammar = times_grammar()
    return Stretch(part, words, grammar.encode(words), select_longest(grammar.match(words)))


def _token_finder(draft: Draft) -> Callable[[int], Token | None]:
    starts = [sentence.start for sentence in draft.sentences]
    return lambda offset: token_at(draft.sentences, starts, offset)


def _read_times(
    stretch: Stretch,
    now: Now,
    tokens: Callable[[int], Token | None],
    kept: list[Time],
    refused: list[Refusal],
) -> Now:
    """Add the times of a stretch and what was turned down; return where the text has come to."""
    words = stretch.words
    found: list[tuple[str, Reading]] = []
    for at, match in enumerate(stretch.matches):
        token = tokens(words[match.first].start)
        reason = refuse_match(match, token)
        if reason is not None:
            if reason:
                span = (words[match.first].start, words[match.last - 1].end)
                refused.append(Refusal(span, "times", reason))
            continue
        head = tokens(words[_last_word(match)].start)
        scene = Scene(now, lambda head=head: read_tense(head), _year_ahead(stretch.matches, at))  # type: ignore[misc]
        for reading in RESOLVERS[match.rule](match, scene):
            if reading.moves is not None:
                now = now.moved(*reading.moves, opens=match.first <= OPENING)
            found.append((match.rule, widen_reading(reading, stretch.words, stretch.code)))
    kept += [_as_time(rule, reading, words) for rule, reading in join_readings(found, words)]
    return now


def _last_word(match: Match) -> int:
    """Return the place of the last word of a match; the point of `by 25 Jan.` says nothing of its tense."""
    inside = range(match.first, match.last)
    return next((i for i in reversed(inside) if match.words[i].text[0].isalnum()), match.last - 1)


def _year_ahead(matches: Sequence[Match], at: int) -> int | None:
    """Return the year of the next date if only a joining word stands between."""
    if at + 1 >= len(matches) or matches[at].kind("year"):
        return None
    match, after = matches[at], matches[at + 1]
    gap = match.words[match.last : after.first]
    if not 0 < len(gap) <= LONGEST_JOIN or any(word.text.lower() not in JOINING for word in gap):
        return None
    if not match.kind("month") or not after.kind("month"):
        return None
    year = after.kind("year")
    if not year:
        return _year_ahead(matches, at + 1)
    return int(year) - (int(match.kind("month")) > int(after.kind("month")))


def _as_time(rule: str, reading: Reading, words: Sequence[Word]) -> Time:
    covered = interval_of(reading.value) if reading.type in ("DATE", "TIME") else None
    start, end = (covered[0].isoformat(), covered[1].isoformat()) if covered else (None, None)
    first, last = trim_words(words, reading.first, reading.last)
    span = (words[first].start, words[last - 1].end)
    return Time("", reading.value, start, end, span, reading.type, reading.mod, rule)


def trim_words(words: Sequence[Word], first: int, last: int) -> tuple[int, int]:
    """Return a stretch of words without what only showed that it is a time: `took` years, 5 June`.`"""
    while last - first > 1 and words[first].text.lower() in SHOWING:
        first += 1
    while last - first > 1 and (
        words[last - 1].text == "than"
        or (words[last - 1].text == "." and "short" not in words[last - 2].kinds)
    ):
        last -= 1
    return first, last
