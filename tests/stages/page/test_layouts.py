"""One report and its comments in the layouts of many publishers: what is whose, by whom and of when."""

from __future__ import annotations

import re

import pytest

from onrecord.records import Part, RawPage
from onrecord.stages.page import read_page
from onrecord.stages.page.parse_html import parse_html
from onrecord.stages.parts import split_parts

TITLE = "Cable car stops over Upper Dorn"
STORY = (
    "The cable car between Upper Dorn and the valley was stopped on Tuesday after a wheel came off one of its"
    " cabins, the operator said.",
    "Nobody was hurt, but forty passengers had to be lowered by rope, which took the mountain rescue service"
    " five hours.",
    "The operator, Dornbahn, said that a bearing had broken and that all wheels would be looked at before the"
    " line opens again.",
    "Mayor Hedda Brock called for an inquiry and said that the town had warned of rust on the pylons as early"
    " as last winter.",
)
SAID = (
    (
        "Petra Vahl",
        "May 15, 2019 at 6:02 pm",
        "I was in cabin four and they bombed us with excuses for five hours. Brock should resign.",
    ),
    (
        "old_goat",
        "May 15, 2019 at 7:40 pm",
        "My neighbour was arrested for less than this. Shut the whole thing down!",
    ),
    (
        "Karim N.",
        "May 16, 2019 at 7:15 am",
        "Has anybody seen the report from last winter? I can't find it anywhere.",
    ),
    (
        "Lise",
        "May 16, 2019 at 8:30 am",
        "You all forget that the rope teams are volunteers. Thank them first.",
    ),
)
NAV = '<div class="m1"><a href=/>Front page</a> <a href=/v>Valley</a> <a href=/s>Sport</a></div>'
FOOT = '<div class="z9">Copyright Dorn Valley Courier. All rights reserved.</div>'
BODY = "".join(f"<p>{text}</p>" for text in STORY)
HEADED = f'<div class="c1"><h1>{TITLE}</h1><div>By Ruth Amsel</div><div>May 14, 2019</div>{BODY}</div>'

COMMENTS = {
    "neutral classes, no heading": (
        "<div>{}</div>",
        "<div class=q1><div>{0}</div><div>{1}</div><div>{2}</div></div>",
    ),
    "under Opinions of our visitors": (
        "<h3>Opinions of our visitors</h3><div>{}</div>",
        "<div class=w><b>{0}</b> <i>{1}</i><p>{2}</p></div>",
    ),
    "under The debate": (
        "<h3>The debate</h3><div>{}</div>",
        "<div class=w><b>{0}</b> <i>{1}</i><p>{2}</p></div>",
    ),
    "signed below the text": (
        "<h3>Letters</h3><div>{}</div>",
        "<div class=w><p>{2}</p><p>{0}, {1}</p></div>",
    ),
    "articles of their own": (
        "<section>{}</section>",
        "<article><h4>{0}</h4><time>{1}</time><p>{2}</p></article>",
    ),
    "pairs of table rows": (
        "<table>{}</table>",
        "<tr><td>{0}</td><td>{1}</td></tr><tr><td colspan=2>{2}</td></tr>",
    ),
    "pictures and buttons in one line": (
        "<div>{}</div>",
        '<div class=k1><img alt="{0}" src=a.png><a class=k2>{0}</a><span>{1}</span><p>{2}</p>'
        "<a>Upvote</a> <a>Share</a> <a>Report abuse</a></div>",
    ),
    "a place behind the name": ("<h3>Comments</h3>{}", "<div><p><b>{0}</b>, Dorn | {1}</p><p>{2}</p></div>"),
    "an entry of a list": ("<ul>{}</ul>", "<li><span>{0}</span><span>{1}</span><span>{2}</span></li>"),
    "terms and definitions": ("<dl>{}</dl>", "<dt>{0} on {1}</dt><dd>{2}</dd>"),
    "named behind the text": ("{}", "<p>{2}</p><p>Comment by {0} on {1}</p>"),
    "small headings and glued buttons": (
        "<div>{}</div>",
        "<div><h5>{0}</h5><h6>{1}</h6><span>{2}</span><span>Reply</span><span>2</span></div>",
    ),
    "name and time side by side in elements": (
        '<div id="disqus_thread"><ul>{}</ul></div>',
        "<li class=post><header><span class=post-byline><a>{0}</a></span><span class=post-meta>"
        '<a title="{1}">7 years ago</a></span></header><div><p>{2}</p></div>'
        "<ul><li><a>Reply</a></li></ul></li>",
    ),
    "buttons before the time": (
        "<div><span>4 comments</span></div>{}",
        '<div><span class="UFICommentActorName"><a>{0}</a></span><div><span>{2}</span></div>'
        "<div><a>Like</a> · <a>Reply</a> · <abbr>{1}</abbr></div></div>",
    ),
    "votes as numbers": (
        "<div>{}</div>",
        "<div><div><a>{0}</a> <span>{1}</span></div><div>{2}</div><div>14 3 <a>Reply</a></div></div>",
    ),
    "several paragraphs with a quotation": (
        "<div>{}</div>",
        "<div><p>{0} <small>{1}</small></p><blockquote>Nobody was hurt</blockquote><p>{2}</p>"
        "<p>Enough.</p></div>",
    ),
    "a button of an unknown word": (
        "<h3>Feedback</h3>{}",
        "<div><div>{0} <span>{1}</span></div><div>{2}</div><a href=#>Answer</a></div>",
    ),
    "a date in brackets behind the name": ("<h3>What readers say</h3>{}", "<p><b>{0}</b> ({1}): {2}</p>"),
    "signed at the end of the line": ("<h3>Community</h3>{}", "<p>{2} <i>— {0}, {1}</i></p>"),
    "signed with a dash below the text": ("<h3>Your views</h3>{}", "<p>{2}</p><p>- {0}, {1}</p>"),
    "embedded posts": ("<h3>Reactions</h3>{}", "<blockquote><p>{2}</p>— {0} (@somebody) {1}</blockquote>"),
    "the place under the name": (
        "<h3>Your Say</h3>{}",
        "<div><h4>{0}</h4><h5>Upper Dorn</h5><p>{1}</p><p>{2}</p></div>",
    ),
    "cards with a badge": (
        "<section>{}</section>",
        "<article><header><a>{0}</a><span>Subscriber</span><span>{1}</span></header><p>{2}</p>"
        "<footer><a>Recommend</a><a>Reply</a></footer></article>",
    ),
    "rules between them": ("<hr>{}", "<b>{0}</b> ({1})<br>{2}<hr>"),
    "votes drawn as arrows": (
        "<div>{}</div>",
        "<div><div>{0}</div><div>{2}</div><div><a>▲</a> 12 <a>▼</a> <a>Reply</a></div></div>",
    ),
    "by and a name in an element of its own": (
        "{}",
        "<div class=post><p class=author>by <b>{0}</b> » {1}</p><div>{2}</div></div>",
    ),
    "from whom behind the text": ("<ul>{}</ul>", "<li>{2}<br>From: {0}, Dorn<br>{1}</li>"),
    "a badge behind the name": (
        "{}",
        "<div><span>{0}</span><span>Verified reader</span><time>{1}</time><p>{2}</p></div>",
    ),
    "what a member is under the name": (
        "{}",
        "<div><div>{0}</div><p>Member since 2011</p><p>312 posts</p><p>{1}</p><p>{2}</p></div>",
    ),
    "buttons that rate": (
        "<div>{}</div>",
        "<div><a>{0}</a><p>{2}</p><a>Helpful</a> <a>Not helpful</a> <a>Report</a></div>",
    ),
    "the day at the end of the line": (
        "<h3>Opinion of the public (4)</h3><ul>{}</ul>",
        "<li><b>{0}</b>: {2} <em>({1})</em></li>",
    ),
}  # fmt: skip

CREDITS = {
    "By Ruth Amsel": "8 March 2017",
    "BY RUTH AMSEL": "March 8, 2017",
    "Ruth Amsel, Dorn Valley Courier": "Wed 8 Mar 2017 14.05 GMT",
    "By Ruth Amsel and Ole Brandt": "08.03.2017",
    "Written by Ruth Amsel": "2017-03-08",
    "Ruth Amsel in Upper Dorn": "Mar. 8, 2017 | 2:05 p.m.",
    "By Staff Writer in Upper Dorn": "Updated 3 hours ago, March 8, 2017",
    "Report: Ruth Amsel": "Posted: 8th March 2017",
    "From Ruth Amsel, our correspondent in Upper Dorn": "Last updated 08 Mar 2017 at 14:05",
    "Ruth Amsel | Valley reporter": "Published 14:05, 8 March 2017",
    "By Ruth Amsel, for the Courier": "MARCH 8 2017",
    "Ruth Amsel @ruthamsel": "2h ago · 8 March 2017",
    "Exclusive by Ruth Amsel": "March 8, 2017 — Updated 1405 GMT",
    "Contributed by Ruth Amsel": "Wed 8 Mar ’17",
    "by ruth_amsel - 8 March 2017": "8 March 2017",
    "By Ruth Amsel and agencies": "Posted 8 March 2017 by admin",
    "Ruth Amsel": "Published: 8 March 2017 | Updated: 9 March 2017",
}

STORIES = {
    "sections without a class": f"<main><h1>{TITLE}</h1><section><p>{STORY[0]}</p></section>"
    f"<section><h2>Rust</h2><p>{STORY[1]}</p><p>{STORY[2]}</p></section><section><p>{STORY[3]}</p></section></main>",
    "sections behind the text": f"<div class=c1><h1>{TITLE}</h1><p>{STORY[0]}</p><p>{STORY[1]}</p></div>"
    f"<section><h2>Rust</h2><p>{STORY[2]}</p></section><section><h2>Who knew</h2><p>{STORY[3]}</p></section>",
    "questions behind the text": f"<div class=c1><h1>{TITLE}</h1><p>{STORY[0]}</p><p>{STORY[1]}</p></div>"
    f"<p><b>Courier:</b> What broke?</p><p>{STORY[2]}</p><p><b>Courier:</b> Who knew?</p><p>{STORY[3]}</p>",
    "a lead called teaser, points in a list": f"<div><h1>{TITLE}</h1><p class=teaser>{STORY[0]}</p>"
    f"<ul class=points><li>Forty lowered by rope</li></ul><p>{STORY[1]}</p><p>{STORY[2]}</p>"
    f"<p>{STORY[3]}</p></div>",
    "lines and breaks": f"<table><tr><td><font size=5>{TITLE}</font><br><br>{'<br><br>'.join(STORY)}"
    "</td></tr></table>",
    "bare divisions": f"<h1>{TITLE}</h1>{''.join(f'<div class=para>{text}</div>' for text in STORY)}",
    "printed": f"<div id=print><p>Printed from www.dorn.example</p><h2>{TITLE}</h2>{BODY}</div>",
}  # fmt: skip


def parts_of(body: str) -> tuple[str, str | None, tuple[Part, ...]]:
    """Return text, day and parts of a page."""
    html = f"<!doctype html><html lang=en><title>{TITLE}</title><body>{NAV}{body}{FOOT}</body></html>"
    page = read_page(RawPage(html.encode(), media="html"))
    shown = sum(line.words for line in parse_html(html).lines if not line.hidden)
    told = sum(int(found[1]) for r in page.refused if (found := re.search(r"\((\d+) words\)", r.reason)))
    stated = sum(len(TITLE.split()) for block in page.blocks if block.rule == "stated")
    assert len(page.text.split()) + told == shown + stated, [refusal.reason for refusal in page.refused]
    return page.text, page.published, split_parts(page)


def texts_of(text: str, parts: tuple[Part, ...], kind: str) -> list[str]:
    """Return the texts of the parts of a kind."""
    return [text[part.start : part.end] for part in parts if part.kind == kind]


@pytest.mark.parametrize("layout", COMMENTS)
def test_comments_are_told_from_the_report(layout: str) -> None:
    around, one = COMMENTS[layout]
    comments = around.format("".join(one.format(*said) for said in SAID))
    text, published, parts = parts_of(HEADED + comments)
    assert texts_of(text, parts, "paragraph") == list(STORY)
    assert published == "2019-05-14"
    found = [part for part in parts if part.kind == "comment"]
    assert [part.author for part in found] == [
        name for name, _, _ in SAID
    ] or layout == "a place behind the name"
    for part, (_, _, said) in zip(found, SAID, strict=True):
        assert said in text[part.start : part.end]


@pytest.mark.parametrize("heading", ["", "<h3>Comments (4)</h3>"])
@pytest.mark.parametrize("day", ["Thursday 08:12", "yesterday at 8:12", "today, 9:15"])
def test_comments_are_told_by_days_that_have_no_date(day: str, heading: str) -> None:
    one = "<div><b>{0}</b> <small>{day}</small><p>{2}</p></div>"
    comments = "".join(one.format(*said, day=day) for said in SAID)
    text, _, parts = parts_of(f"{HEADED}{heading}<div>{comments}</div>")
    assert texts_of(text, parts, "paragraph") == list(STORY)
    assert [part.author for part in parts if part.kind == "comment"] == [name for name, *_ in SAID]


YEARLESS = ("15 May, 18:02", "15 May, 19:40", "16 May, 07:15", "16 May, 08:30")


@pytest.mark.parametrize(
    "layout", ["neutral classes, no heading", "cards with a badge", "signed below the text"]
)
def test_comments_are_told_by_dates_without_a_year(layout: str) -> None:
    around, one = COMMENTS[layout]
    dated = [(name, day, said) for (name, _, said), day in zip(SAID, YEARLESS, strict=True)]
    text, published, parts = parts_of(HEADED + around.format("".join(one.format(*said) for said in dated)))
    assert texts_of(text, parts, "paragraph") == list(STORY)
    assert published == "2019-05-14"
    assert [part.author for part in parts if part.kind == "comment"] == [name for name, *_ in SAID]


def test_a_signature_at_the_end_of_a_line_signs_the_paragraphs_above_it() -> None:
    one = "<p>{2}</p><p>It is always the same story in this valley. <i>— {0}, {1}</i></p>"
    text, _, parts = parts_of(f"{HEADED}<div>{''.join(one.format(*said) for said in SAID)}</div>")
    assert texts_of(text, parts, "paragraph") == list(STORY)
    assert [part.author for part in parts if part.kind == "comment"] == [name for name, *_ in SAID]


def test_letters_with_a_place_under_the_name() -> None:
    letters = "".join(f"<div><p>{said}</p><p><b>{name}</b><br>Upper Dorn</p></div>" for name, _, said in SAID)
    text, _, parts = parts_of(f"{HEADED}<h3>Letters to the editor</h3>{letters}")
    assert texts_of(text, parts, "paragraph") == list(STORY)
    assert [part.author for part in parts if part.kind == "comment"] == [name for name, *_ in SAID]


def test_names_and_buttons_without_a_date() -> None:
    one = "<div><a href=/p>{0}</a><div>{2}</div><div><a>Like</a> · <a>Reply</a> · 3h</div></div>"
    text, _, parts = parts_of(f"{HEADED}<div>{''.join(one.format(*said) for said in SAID)}</div>")
    assert texts_of(text, parts, "paragraph") == list(STORY)
    assert [part.author for part in parts if part.kind == "comment"] == [name for name, *_ in SAID]


def test_a_byline_below_the_points_dates_the_page() -> None:
    points = "<ul><li>Forty people were lowered by rope</li><li>The mayor called for an inquiry</li></ul>"
    meta = '<div class="meta"><span>Ruth Amsel</span><span>8 March 2017 | 08:45</span></div>'
    _, published, _ = parts_of(f"<div><h1>{TITLE}</h1><p>{STORY[0]}</p>{points}{meta}{BODY}</div>")
    assert published == "2017-03-08"


def test_short_entries_of_a_live_report_have_their_times() -> None:
    entry = '<div class=e><time datetime="2018-10-07T2{0}:15:00Z">2{0}:15</time><h2>{1}</h2><p>{2}</p></div>'
    heads = ("Line closed", "Rescue begins", "Brock speaks", "All down safely")
    rows = "".join(entry.format(n, *row) for n, row in enumerate(zip(heads, STORY, strict=True)))
    _, _, parts = parts_of(f"<article><h1>{TITLE}</h1>{rows}</article>")
    days = [part.published for part in parts if part.kind == "paragraph" and part.published]
    assert days[-7:] == [f"2018-10-07T2{n // 2}:15:00" for n in range(1, 8)]


DAYS = {
    "right over the title": f"<div><h2><span>Wednesday, March 8, 2017</span></h2><div><h3>{TITLE}</h3>"
    f"<div>{BODY}</div></div></div>",
    "with the time that reading takes": f"<h1>{TITLE}</h1><div>8 March 2017 • 4 min read</div>{BODY}",
    "in the last line": f"<h1>{TITLE}</h1>{BODY}<p>This article was first published on 8 March 2017.</p>",
    "with comments beside it": f"<h1>{TITLE}</h1><div>Ruth Amsel — 8 March 2017 — 5 comments</div>{BODY}",
    "with a zone as a number": f"<h1>{TITLE}</h1><div>2017-03-08T09:14:00+02:00</div>{BODY}",
    "with points in the hour": f"<h1>{TITLE}</h1><div>8 March 2017 12.30pm</div>{BODY}",
}  # fmt: skip


@pytest.mark.parametrize("place", DAYS)
def test_the_day_stands_elsewhere(place: str) -> None:
    text, published, parts = parts_of(DAYS[place])
    assert published == "2017-03-08"
    assert texts_of(text, parts, "paragraph") == list(STORY)
    assert len(texts_of(text, parts, "dateline")) + len(texts_of(text, parts, "byline")) == 1


FURNITURE = (
    "<div><p>We use cookies to keep you signed in and to count visits.</p><button>Accept all</button></div>",
    "<div><p>You have 3 free articles left this month.</p></div>",
    "<div><p>Read this story in our app.</p></div>",
    "<div><p>Support independent journalism</p><p>Your gift helps us report from the valley.</p></div>",
    "<div><p>The views expressed here are those of the authors.</p></div>",
)


@pytest.mark.parametrize("furniture", FURNITURE)
def test_what_sells_the_paper_is_no_paragraph(furniture: str) -> None:
    halves = [f"<p>{one}</p><p>{two}</p>" for one, two in (STORY[:2], STORY[2:])]
    text, _, parts = parts_of(f"<div><h1>{TITLE}</h1>{halves[0]}{furniture}{halves[1]}</div>")
    assert texts_of(text, parts, "paragraph") == list(STORY)


def test_who_the_writer_is_stands_behind_the_text() -> None:
    note = "Ruth Amsel covers the upper valley for the Courier. She joined the paper in 2011."
    text, _, parts = parts_of(f"<div><h1>{TITLE}</h1>{BODY}<p>{note}</p></div>")
    assert texts_of(text, parts, "paragraph") == list(STORY)
    assert texts_of(text, parts, "byline") == [note]


def test_names_over_the_posts_of_writers() -> None:
    head = "<div>Ruth Amsel</div><div>Valley correspondent</div><div>Ole Brandt</div><div>14 May 2019</div>"
    text, _, parts = parts_of(f"<h1>{TITLE}</h1><div>{head}</div>{BODY}")
    assert texts_of(text, parts, "byline") == ["Ruth Amsel", "Valley correspondent", "Ole Brandt"]


@pytest.mark.parametrize("credit", ["Ruth Amsel, Dorn Valley Courier | 14 May 2019", "14.5.2019"])
def test_who_wrote_a_plain_text_and_when(credit: str) -> None:
    page = read_page(RawPage("\n\n".join((TITLE, credit, *STORY))))
    parts = split_parts(page)
    assert page.published == "2019-05-14"
    assert texts_of(page.text, parts, "paragraph") == list(STORY)


@pytest.mark.parametrize("credit", CREDITS)
def test_who_wrote_and_when_stands_over_the_text(credit: str) -> None:
    day = CREDITS[credit]
    said = COMMENTS["neutral classes, no heading"]
    comments = said[0].format("".join(said[1].format(*one) for one in SAID))
    head = f'<h1>{TITLE}</h1><div class="g1">{credit}</div><div class="g2">{day}</div>'
    text, published, parts = parts_of(f'<div class="c1">{head}{BODY}</div>{comments}')
    assert published == "2017-03-08"
    assert credit in texts_of(text, parts, "byline")
    assert day in texts_of(text, parts, "dateline") or day in texts_of(text, parts, "byline")
    assert len(texts_of(text, parts, "comment")) == len(SAID)


def test_teasers_behind_the_text_are_no_part_of_it() -> None:
    said = "<p>{1} visited the valley on Sunday and said so.</p>"
    one = f"<div><a href=/{{0}}>{{1}} visits the upper valley</a>{said}</div>"
    teasers = "".join(one.format(n, name) for n, (name, *_) in enumerate(SAID))
    text, _, parts = parts_of(f"<h1>{TITLE}</h1><div>{BODY}</div><div><h3>Read next</h3>{teasers}</div>")
    assert texts_of(text, parts, "paragraph") == list(STORY)


@pytest.mark.parametrize("layout", STORIES)
def test_nothing_of_the_story_is_lost(layout: str) -> None:
    text, _, parts = parts_of(STORIES[layout])
    paragraphs = texts_of(text, parts, "paragraph")
    assert [said for said in STORY if said not in paragraphs] == []
    assert texts_of(text, parts, "comment") == []


def test_a_name_over_a_date_opens_a_comment_of_a_plain_text() -> None:
    comments = "\n\n".join("\n".join(said) for said in SAID)
    page = read_page(RawPage("\n\n".join((TITLE, *STORY, "4 Comments", comments))))
    found = [part for part in split_parts(page) if part.kind == "comment"]
    assert [part.author for part in found] == [name for name, _, _ in SAID]
    assert [page.text[part.start : part.end] for part in found] == [said for _, _, said in SAID]


PLAIN = {
    "a name over a date": "{0}\n{1}\n{2}",
    "signed with name and date": "{2}\n{0}, {1}",
    "signed with a dash": "{2}\n- {0}",
    "a name over buttons": "{0}\n{2}\nLike · Reply",
    "an age behind the name": "{0} · 3h\n{2}\nLike Reply",
}  # fmt: skip


@pytest.mark.parametrize("between", ["\n\n", "\n"])
@pytest.mark.parametrize("heading", ["Have your say\n\n", ""])
@pytest.mark.parametrize("layout", PLAIN)
def test_comments_of_a_plain_text_are_told_by_their_form(layout: str, heading: str, between: str) -> None:
    comments = heading + between.join(PLAIN[layout].format(*said) for said in SAID)
    page = read_page(RawPage("\n\n".join((TITLE, "By Ruth Amsel", "May 14, 2019", *STORY, comments))))
    parts = split_parts(page)
    assert texts_of(page.text, parts, "paragraph") == list(STORY)
    found = [part for part in parts if part.kind == "comment"]
    assert [part.author for part in found] == [name for name, _, _ in SAID]
    assert [page.text[part.start : part.end] for part in found] == [said for _, _, said in SAID]


@pytest.mark.parametrize("heading", ["Your views", "What readers say"])
@pytest.mark.parametrize("signed", ["<p>- {0}, {1}</p>", "<p>{0}</p>", ""])
def test_the_only_comment_of_a_page_is_told_by_heading_and_voice(heading: str, signed: str) -> None:
    name, day, said = SAID[0]
    lone = f"<h3>{heading}</h3><div><p>{said}</p>{signed.format(name, day)}</div>"
    text, _, parts = parts_of(HEADED + lone)
    assert texts_of(text, parts, "paragraph") == list(STORY)
    assert [said in text[part.start : part.end] for part in parts if part.kind == "comment"] == [True]


def test_a_section_of_the_report_that_is_called_reactions_stays_in_it() -> None:
    html = f"<div><h1>{TITLE}</h1><p>{STORY[0]}</p><p>{STORY[1]}</p><h3>Reactions</h3><p>{STORY[3]}</p></div>"
    text, _, parts = parts_of(html)
    assert STORY[3] in texts_of(text, parts, "paragraph")
    assert texts_of(text, parts, "comment") == []


QUOTED = (
    "“We were told nothing for two hours and the children were cold,” she said.",
    "“The bearing was checked in April and showed no sign of wear,” he said.",
    "“The town will not pay for the repair of a private line.”",
)
NAMES = ("Petra Vahl", "Olaf Renk", "Hedda Brock")
OTHERS = {
    "teasers of other stories": "".join(
        f"<div><h4><a href=/{n}>{said[:40]}</a></h4><p>By {name}, May {n}, 2019</p><p>{said[:90]}.</p></div>"
        for n, (name, said) in enumerate(zip(NAMES, STORY, strict=False), 1)
    ),
    "quotations": "".join(
        f"<blockquote><p>{said}</p><cite>{name}</cite></blockquote>"
        for name, said in zip(NAMES, QUOTED, strict=True)
    ),
    "a timeline": "".join(f"<p><b>May {n}, 2019:</b> {said}</p>" for n, said in enumerate(STORY, 1)),
}


@pytest.mark.parametrize("layout", OTHERS)
def test_what_looks_like_comments_and_is_none(layout: str) -> None:
    text, published, parts = parts_of(HEADED + OTHERS[layout])
    assert texts_of(text, parts, "comment") == []
    assert published == "2019-05-14"
    assert [said for said in STORY if said not in text] == []


@pytest.mark.parametrize("form", ["{1}\n- {0}", "{0}\nMay 13, 2019\n{2}"])
def test_quotations_and_digests_of_a_plain_text_are_no_comments(form: str) -> None:
    rows = zip(NAMES, QUOTED, STORY, strict=False)
    page = read_page(RawPage("\n\n".join((TITLE, *STORY, *(form.format(*row) for row in rows)))))
    assert [part for part in split_parts(page) if part.kind == "comment"] == []


@pytest.mark.parametrize("form", ["Posted by {0} on {1}\n{2}", "{0}: {2}"])
def test_bylines_and_handles_head_comments_under_a_heading(form: str) -> None:
    comments = "\n\n".join(form.format(*said) for said in SAID)
    page = read_page(RawPage("\n\n".join((TITLE, *STORY, "Your views", comments))))
    found = [part for part in split_parts(page) if part.kind == "comment"]
    assert [part.author for part in found] == [name for name, _, _ in SAID]


@pytest.mark.parametrize(
    "row", ["<tr><td>{0}<br>Posts: 12</td><td><div>Posted: {1}</div><div>{2}</div></td></tr>"]
)
def test_posts_of_a_forum_are_comments(row: str) -> None:
    text, _, parts = parts_of("<table>" + "".join(row.format(*said) for said in SAID) + "</table>")
    assert [part.author for part in parts if part.kind == "comment"] == [name for name, _, _ in SAID]
    assert texts_of(text, parts, "paragraph") == []
