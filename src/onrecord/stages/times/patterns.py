"""How time is written: the patterns of the grammar, each under the name of its rule."""

from __future__ import annotations

from functools import cache

from onrecord.stages.times.match_patterns import Grammar

MACROS: tuple[tuple[str, str], ...] = (
    # 12   2.5   two hundred   a dozen   twenty-five
    ("n", "(a|an|small|int|decimal) (big|dozen)|tens dash? small|tens|int|decimal|small|dozen|big"),
    # several   a few   a couple of   dozens of
    ("few", "(a|the)? vague (of the?)?"),
    ("to", "dash|to|until|till|through|and|or"),
    # June 1969's day: "5", "5th"
    ("weekday_before", "weekday dot? comma?"),
    # the same year   that year
    ("that", "(the|that|this) same|that|same"),
    # "within", where a length of time follows
    ("during", "for|in|within|over|during|after|under|through|took|takes|lasted|lasting|last|about|of|than"),
)

PATTERNS: tuple[tuple[str, str], ...] = (
    ("iso_date", "iso"),  # 2017-12-11
    ("slashed_date", "slashed"),  # 25/12/2017
    # Monday, 5 June 1967; the 5th of June; 5 June of that year
    (
        "day_month_year",
        "<weekday_before>? the? mday of? month dot? ((of|comma)? year)?",
    ),
    ("day_month_year", "<weekday_before>? the? mday of? month dot? of <that> unit"),
    ("month_day_year", "<weekday_before>? month dot? the? mday (comma? year|of year)?"),  # June 5, 1967
    ("month_day_year", "<weekday_before>? month dot? the? mday of <that> unit"),
    ("days_of_month", "the? mday:from (<to>) the? mday of? month dot? (comma? year)?"),  # 3 to 7 May
    ("days_of_month", "month dot? mday:from (<to>) mday (comma? year)?"),  # May 3-7, 2017
    ("month_year", "month dot? (of|comma|dash)? (year era?|int era)"),  # June 1967, August 338 BC
    ("month_relative", "month of (<that>|the (previous|following|next|last|this)|last|next|this) unit"),
    ("months", "month:from dot? dash month dot? ((of|comma)? year)?"),  # March-April 1998
    ("month", "((the)? (last|next|this|previous|following))? month"),  # June, last July
    ("year", "the? (=year year|year:alone)"),  # 1967
    ("year", "the =years year"),
    ("year_era", "((ca|c|circa) dot?)? int:number era"),  # 490 BC
    ("years_era", "int:from (<to>) int:number era"),  # 431-404 BC
    ("year_short", "year:from dash two"),  # 1961-62
    ("decade", "the? decade era?"),  # the 1990s
    ("decade", "the decadeword"),  # the sixties
    ("century", "the? ordinal dash? century era?"),  # the 20th century
    ("season", "(the? (last|next|this|previous|following)|that|the)? season (of? (year era?|int era))?"),
    ("season", "(the? (year|int era)) season"),
    ("season", "season of <that>? (last|next)? unit"),
    ("quarter", "the? ordinal =quarter (of ((the|this|last|next|that)? fiscal? (year|unit)))?"),
    ("quarter", "the? (last|final) =quarter of (year|(the|this|last|next|that) unit)"),
    ("quarter", "quarter:code (of? year)?"),  # Q3 2016
    ("half_year", "the? (ordinal|latter|last) half of (year|(the|this|last|next|that) unit)"),
    ("half_year", "half_year:code (of? year)?"),  # H1 2016
    ("fiscal_year", "(the|last|next|this)? fiscal (year|unit year?)"),
    ("holiday", "(last|next|this)? holiday ((dash|comma|of)? year)?"),  # Christmas 1934
    ("weekday", "(the? (last|next|this|previous|following))? weekday"),  # last Monday
    ("weekday", "weekday (last|next) =week"),
    ("weekday_short", "weekday comma? mday"),
    ("deictic", "deictic"),  # yesterday
    ("deictic", "the day before:before deictic"),
    ("deictic", "the day after:after deictic"),
    ("tonight", "tonight"),
    ("this_daypart", "(this|last|that|the same|the next|the following|the previous|deictic) daypart"),
    ("unit_deictic", "(last|next|this|the last) (calendar)? unit"),  # last week
    ("unit_focus", "the? (previous|following|next) unit"),  # the following year
    ("unit_focus", "<that> unit"),  # that year
    ("unit_focus", "the unit (before|after|previously|following|prior)"),
    ("unit_focus", "early the (next|following|previous) unit"),
    ("unit_part", "(the|this)? side of the? (last|next|this|that)? unit (of month)?"),  # the end of the year
    ("unit_part", "(the|this)? unit s end:side"),  # the year's end
    ("unit_part", "(later|earlier|edge) (in the|in that|in this|that same?|this|in the same) unit"),
    ("unit_part", "the (edge|latter|later|first|rest|remainder) (part of|of) <that>? the? unit"),
    ("day_of_month", "the nth (of (the|that|this|<that>) unit)?"),  # the 24th
    ("clock", "(zeroed|at four) (hrs|hours|zone)"),  # 0800 hours
    ("shift_ago", "<n:count> (unit|units) ago"),  # four years ago
    ("shift_ago", "(a|an) unit ago"),
    ("shift_ago", "<few:some> (unit|units) ago"),
    ("shift", "<n:count> (unit|units) (later|earlier|before that|prior|afterward)"),  # three days later
    ("shift", "(a|an|one) unit (later|earlier|before that)"),
    ("shift", "(only|just)? (<few:some>)? units (later|earlier|before that)"),
    ("from_now", "<n:count> (unit|units) from present"),
    ("duration_last", "the? (last|next|previous|following|first|final) <n:count> ~break? (unit|units)"),
    ("duration_last", "the? (last|next|previous|following|first|final) <few:some> (unit|units)"),
    ("duration_last", "(over|in|during|for|within) the (last|next) unit"),
    ("duration_last", "the (past) unit"),
    ("duration", "<n:count> and a half:half dash? (unit|units)"),
    (
        "duration",
        "<n:count> (full|more|long|whole|other|straight|consecutive)? dash? (unit|units) (s|quote)?",
    ),
    ("duration", "<n:count> dash? unit dash? (long|old|=period)"),
    ("duration_half", "half (a|an)? (unit|units)"),
    ("duration_vague", "<few:some> (more|long|other)? (unit|units)"),
    ("duration_vague", "recent (unit|units)"),
    ("duration_vague", "the (following|next|last|previous) units"),
    ("duration_vague", "(<during>) units"),
    ("duration_vague", "units (of|before|after|and|earlier|long|dash long)"),
    ("duration_one", "(a|an|another|per|one) (full|whole|single)? unit"),
    ("duration_one", "unit dash? long"),
    ("duration_one", "(a|an) unit and a half:half"),
    ("duration_range", "<n:count> (dash|to|and|or) <n:until> dash? (unit|units)"),  # 12 to 18 months
    ("duration_one", "(a|an|<n:count>) (unit|units) (earlier|later) than"),
    ("set", "often"),
    ("set", "each (other|single)? (unit|weekday|daypart|season|month)"),
    ("set", "weekdays"),
    ("set", "<n:count>? (times|once|twice) (a|per|each) unit"),
    ("time_of_day", "at daypart"),
    ("time_of_day", "(daypart|dayparts)"),
    ("present", "(right|just|until|as of)? present"),
    ("present", "at =present|the =present day|=present dash? day|at this time|the time being|these days"),
    ("past", "past:word"),
    ("past_time", "(at|by|during|until|since|throughout) (the|that|this|the same) (time|period|era)"),
    ("future", "the (near|foreseeable|distant|not)? future"),
    ("clock", "clock meridiem? zone?"),  # 15:00 GMT
    ("clock", "(hour|small|decimal) meridiem zone?"),  # 8 PM
    ("clock", "(hour|small) o quote clock"),
    ("clock", "noon zone?"),
)
"""Name of the rule and pattern; of two fits of the same length the earlier stands."""

BEFORE_DATE: tuple[tuple[str, str], ...] = (
    ("edge", "the? very? edge ((in|on) the?|dash|part of the?)?"),  # early, late in, mid-
    ("side", "the? very? side of the?"),  # the end of
    ("part", "the? (edge|latter|later|first)? part of the?"),
    ("later", "(later|earlier) in the?"),
    ("approx", "approx"),
    ("daypart", "the? edge? daypart (hours|units)? (of|on) the?"),  # the night of
)
"""What may stand right before a date and narrows it."""


@cache
def times_grammar() -> Grammar:
    """Return the compiled grammar of time expressions, built once a process."""
    return Grammar(PATTERNS, dict(MACROS), (pattern for _, pattern in BEFORE_DATE))
