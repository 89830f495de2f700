from __future__ import annotations

import re

from onrecord.stages.page.parse_html import Line, Tree

SEPARATOR = re.compile(r"\s+(?:[|»«·•–—:-]|::|>|<)\s+|\s*[|»]\s*")
HEADINGS = {"h1": 0.5, "h2": 0.35, "h3": 0.25, "h4": 0.1}
MOST_TITLE = 40
SURE = 0.9
LEAST_TITLE = 2
"""Words from which a shown title can be the whole of the stated one."""
MOST_LINKED = 0.8
HOST = re.compile(r"^https?://[^/]*", re.IGNORECASE)
NEAR, BELOW = 12, 3
"""Lines before the story, and into it, within which its title stands."""

WORD = re.compile(r"\w+")


Candidate = tuple[int, float, float]
"""A line that may be the title, how much it looks like it, how far it is like the stated one."""


def weigh_titles(tree: Tree, stated: str | None) -> list[Candidate]:
    """Return the lines that may be the page's title: headings, and lines like a part of the stated one."""
    wanted = [words for part in SEPARATOR.split(stated or "") if (words := _fold(part))]
    if len(wanted) > 1:
        wanted.append(_fold(stated or ""))
    known = {word for words in wanted for word in words}
    found = []
    for n, line in enumerate(tree.lines):
        if line.hidden or line.words > MOST_TITLE or len(line.text) < 2:
            continue
        element = tree.elements[line.element]
        heading = HEADINGS.get(element.tag, 0.35 if "headline" in element.roles else 0.0)
        if heading or ((first := WORD.search(line.text)) and first[0].lower() in known):
            score, likeness = _weigh_title(tree, line, wanted, heading)
            if score:
                found.append((n, score, likeness))
    return found


def find_title(tree: Tree, candidates: list[Candidate], article: list[int]) -> int | None:
    """Return the candidate that is the title: the likeliest, near the story if that is known."""
    start = article[0] if article else len(tree.lines)
    inside = frozenset(article)
    best, most, sure = None, 0.0, False
    for n, score, likeness in candidates:
        if n >= start + BELOW or (n > start + 1 and n not in inside):
            continue
        if 0 <= start - n <= NEAR:
            score += 0.5 - 0.02 * (start - n)
        # Of two headings that are both in the stated title, the first names the site.
        is_second = sure and article and likeness > SURE and score > 0.5 and not _is_within(tree, n, best)
        if score > most or is_second:
            best, most, sure = n, max(score, most), likeness > SURE
    return best if most >= 0.7 else None


def name_page(stated: str | None, shown: str | None, publisher: str | None) -> str | None:
    """Return the title of a page without the name of its paper: as shown, if the stated one begins with it.

    >>> name_page("Ferry stays in port - Harbour Times", None, "Harbour Times")
    'Ferry stays in port'
    """
    if stated is None:
        return shown
    words = _fold(stated)
    if shown and len(_fold(shown)) >= LEAST_TITLE and words[: len(_fold(shown))] == _fold(shown):
        return shown
    for found in reversed(list(SEPARATOR.finditer(stated))):
        behind = _fold(stated[found.end() :])
        if publisher and behind == _fold(publisher) and found.start():
            return stated[: found.start()]
    return stated


def _is_within(tree: Tree, n: int, best: int | None) -> bool:
    """Whether a line says no more than the beginning of another."""
    return best is not None and tree.lines[best].text.lower().startswith(tree.lines[n].text.lower())


def _weigh_title(tree: Tree, line: Line, wanted: list[list[str]], heading: float) -> tuple[float, float]:
    """Return how much a line looks like the title, and how far it is like the stated one."""
    words = _fold(line.text)
    likeness = max((_likeness(words, stated) for stated in wanted), default=0.0)
    if not heading and likeness < 0.6:
        return 0.0, 0.0
    length = min(0.2, 0.02 * line.words)
    foreign = 0.3 if wanted and likeness < 0.3 else 0.0
    home = 0.8 if _links_home(tree, line) else 0.0
    return max(0.01, likeness + heading + length - foreign - home), likeness - home


def _links_home(tree: Tree, line: Line) -> bool:
    """Whether a line is a link to the front page: the name of the site."""
    if line.linked < MOST_LINKED * len(line.text):
        return False
    index = next((index for index, text in line.runs if text.strip()), -1)
    while index > line.element or (index >= 0 and index == line.element):
        element = tree.elements[index]
        if element.tag == "a":
            path = HOST.sub("", (element.attributes.get("href") or "").strip())
            return path in ("", "/") or path.startswith(("/index.", "index.", "/?", "/default."))
        index = element.up
    return False


def _fold(text: str) -> list[str]:
    return WORD.findall(text.lower())


def _likeness(words: list[str], wanted: list[str]) -> float:
    """Return how far a line says the same as a stated title: its share of all words of both, 0 to 1."""
    if not words or not wanted:
        return 0.0
    if len(words) >= 3 and words == wanted[: len(words)]:
        return 0.95
    said, stated = set(words), set(wanted)
    weight = 1.0 if len(wanted) > 2 else 0.6
    return weight * 2 * len(said & stated) / (len(said) + len(stated))
