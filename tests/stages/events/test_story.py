"""What a story says of itself: its dateline and lead, whom it names most, who speaks where, its comments."""

from __future__ import annotations

from typing import Any

import pytest

from onrecord.records import RawComment
from onrecord.stages.events.story import Story, index_stories

REPORT = """Kenya and Uganda talk about the border

MOMBASA, Dec. 11 (APP) - Kenya met Uganda on Monday. "Kenya will pay 40 shillings," Uganda said.

Uganda met Kenya again. Uganda, Chad and Niger then went home."""


@pytest.fixture(scope="module")
def stories(draft_of: Any) -> list[Story]:
    comments = (
        RawComment("1", "Chad met Chad and then Chad.", published="2017-12-12"),
        RawComment("2", "Niger slept."),
    )
    return list(index_stories(draft_of(REPORT, upto="statements", kind="article", comments=comments)))


def quote(story: Story, span: tuple[int, int] | None) -> str | None:
    """Return the words at a span of a story's page."""
    return None if span is None else story.draft.page.text[slice(*span)]


def at(story: Story, words: str) -> tuple[int, int]:
    """Return the span of some words of a story's page."""
    start = story.draft.page.text.index(words)
    return start, start + len(words)


def test_a_report_and_each_comment_are_stories_of_their_own(stories: list[Story]) -> None:
    told = [[sentence.tokens.text for sentence in story.sentences] for story in stories]
    assert [len(one) for one in told] == [7, 1, 1]
    assert [story.published for story in stories] == ["2017-12-11", "2017-12-12", "2017-12-11"]
    inside = [story.holds(at(story, "Niger slept")) for story in stories]
    assert inside == [False, False, True]


def test_a_page_without_words_tells_nothing(draft_of: Any) -> None:
    (story,) = index_stories(draft_of(" ", upto="statements"))
    assert story.sentences == ()


def test_who_is_named_most_is_counted_without_comments(stories: list[Story]) -> None:
    report, comment, _ = stories
    names = {actor.id: actor.name for actor in report.draft.actors}
    assert [actor.name for actor in report.often] == ["Uganda", "Kenya", "APP"]
    assert [actor.name for actor in comment.often] == ["Chad"]
    assert {names[key]: count for key, count in report.counts.items() if key in names} == {
        "Kenya": 4, "Uganda": 5, "Chad": 1, "Niger": 1, "APP": 1,
    }  # fmt: skip


def test_verbs_and_nouns_are_found_by_lemma(stories: list[Story]) -> None:
    found = {lemma: [place for place, _ in words] for lemma, words in stories[0].by_lemma.items()}
    assert found["meet"] == [2, 5]
    assert "kenya" not in found


def test_the_lead_comes_after_the_title(stories: list[Story]) -> None:
    report, comment, _ = stories
    assert (report.lead, comment.lead) == (1, 0)
    assert report.number_of(at(report, "again")[0]) == 5
    assert report.number_of(0) == 0


def test_numbers_and_speakers_stand_where_they_are_told(stories: list[Story]) -> None:
    report = stories[0]
    whole = (0, len(report.draft.page.text))
    assert 40.0 in [one.value for one in report.numbers_in(whole)]
    assert report.speaker_at(at(report, "will pay")[0]) is not None
    assert report.speaker_at(at(report, "met Uganda")[0]) is None


def test_a_spot_is_a_sentence_a_word_and_its_function(stories: list[Story]) -> None:
    report = stories[0]
    start, _ = at(report, "Uganda met")
    place, word, function = report.spot((start, start + len("Uganda")))
    assert (place, str(word), function) == (5, "Uganda", "subject")
    blank = report.draft.page.text.index("\n")
    assert str(report.spot((blank, blank))[1]) == "Kenya"  # of blanks, the first word of their sentence


@pytest.mark.parametrize(
    ("text", "dateline"),
    [
        (REPORT, "MOMBASA, Dec. 11 (APP) - "),
        ("Talks end\n\nKenya met Uganda on Monday.\n\nLOME, Dec. 11 (APP) - Togo left.", None),
        ("Talks end", None),
    ],
    ids=["before a paragraph", "not in the first", "no paragraph"],
)
def test_the_dateline_opens_the_report(draft_of: Any, text: str, dateline: str | None) -> None:
    comments = (RawComment("1", "LOME, Dec. 11 (APP) - Chad left."),)
    report, comment = index_stories(draft_of(text, upto="statements", kind="article", comments=comments))
    assert quote(report, report.dateline) == dateline
    assert comment.dateline is None
