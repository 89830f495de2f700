"""Fuzz inputs, page and parts with mutated pages and containers, and keep what breaks them.

usage: fuzz_page.py [--seconds 600] [--seed 1] [--out DIR] [--kind html]

Every input goes the way of a real one: `open_pages`, `read_page`, `split_parts`. Looked for: exceptions,
parts that leave text uncovered or reach outside it, pages that cannot be printed, results that differ
from run to run, and inputs that take long for their size. A finding is made smaller and written to DIR;
the same seed gives the same inputs. One core, no network, memory held to 3 GiB.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import io
import json
import random
import resource
import signal
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from onrecord.records import PART_KINDS, Page, Part, RawPage, to_plain
from onrecord.sources import open_pages
from onrecord.stages.page import read_page
from onrecord.stages.parts import split_parts

SLOW, SLOW_SHARE = 1.0, 2e-5
"""Seconds that any input may take, and that each byte of it may add: 50 KB a second."""
HUNG = 60
MEMORY = 3 << 30
LARGEST = 150_000
"""Bytes of a mutated input, so that many are tried."""

WORDS = ("The", "mayor", "opened", "a", "bridge", "on", "Monday", "and", "crews", "called", "it", "waste")


def say(dice: random.Random, count: int) -> str:
    """Return a sentence of so many words."""
    return " ".join(dice.choice(WORDS) for _ in range(count)) + "."


def make_comment(dice: random.Random, number: int, style: str, inside: str) -> str:
    """Return a comment in the markup of one system, with its answers inside."""
    name, text = dice.choice(("Ann Lee", "bo_77", "Dr. K", "@nils")), say(dice, dice.randint(3, 30))
    day = f"2017-12-{dice.randint(1, 28):02}T0{dice.randint(0, 9)}:15:00Z"
    answers = f'<ol class="children">{inside}</ol>' if inside else ""
    return {
        "list": f'<li class="comment depth-1" id="comment-{number}"><cite class="fn">{name}</cite>'
        f'<time datetime="{day}">{day[:10]}</time><p>{text}</p>{answers}</li>',
        "micro": f'<div itemscope itemtype="http://schema.org/Comment" data-parent-id="{number // 2}">'
        f'<span itemprop="author">{name}</span><meta itemprop="dateCreated" content="{day}">'
        f'<div itemprop="text">{text}</div>{inside}</div>',
        "table": f'<tr><td class="poster">{name}</td><td class="date">{day}</td><td>{text}</td></tr>{inside}',
        "plain": f"<p><b>{name}</b> wrote on {day[:10]}:<br>{text}</p><hr>{inside}",
    }[style]


PAGE = """<!doctype html><html lang=en><head><title>Bridge opens</title>
<meta property="og:site_name" content="Post"><script type="application/ld+json">
{"@type": "NewsArticle", "headline": "Bridge", "datePublished": "2017-12-11T10:00:00Z"}</script></head>
<body><nav><a href=/>Home</a></nav><article><h1>Bridge opens</h1><div class=byline>By Ann Lee</div>
%s</article><div style="display:none">Hidden.</div><section id=comments><h2>%d Comments</h2>%s</section>
<form><textarea>Leave a reply</textarea></form><footer>© Post</footer></body></html>"""
WRAPS = {"list": "<ol class=commentlist>%s</ol>", "table": "<table>%s</table>"}


def make_html(dice: random.Random) -> bytes:
    """Return a page with an article and comments."""
    style, count = dice.choice(("list", "micro", "table", "plain")), dice.randint(0, 12)
    comments = ""
    for number in range(count):
        nested = make_comment(dice, 100 + number, style, "") if dice.random() < 0.4 else ""
        comments += make_comment(dice, number, style, nested)
    paragraphs = "".join(f"<p>{say(dice, 30)}</p>" for _ in range(dice.randint(1, 8)))
    return (PAGE % (paragraphs, count, WRAPS.get(style, "<div>%s</div>") % comments)).encode()


def make_text(dice: random.Random) -> bytes:
    """Return a page in plain text, comments as blocks with a blank line between."""
    blocks = ["Bridge opens", "By Ann Lee", "HARBOUR TOWN, Dec. 11 —", *(say(dice, 25) for _ in range(5))]
    blocks += ["12 Comments"]
    for _ in range(dice.randint(0, 9)):
        name = dice.choice(("Ann Lee", "bo_77", "@nils"))
        stamp = dice.choice(("December 11, 2017 at 9:05 am", "3 hours ago", "", "11/12/2017"))
        lead = dice.choice(("", "@bo_77 ", "> old words\n"))
        blocks.append(f"{name} {stamp}\n{lead}{say(dice, 12)}\nReply")
    return "\n\n".join(blocks).encode()


def make_lines(dice: random.Random) -> bytes:
    """Return a .jsonl of a few pages."""
    said = [{"id": str(n), "author": "Bo", "text": say(dice, 9), "published": "2017-12-11"} for n in range(4)]
    rows: list[dict[str, object]] = [
        {"id": "a", "html": make_html(dice).decode()},
        {"text": make_text(dice).decode()},
        {"text": "A.", "comments": said},
    ]
    return "\n".join(map(json.dumps, rows)).encode()


ITEM = """<item><title>%s</title><link>http://a.example/1</link>
<pubDate>Mon, 11 Dec 2017 08:00:00 GMT</pubDate><description><![CDATA[<p>%s</p>]]></description></item>"""


def make_feed(dice: random.Random) -> bytes:
    """Return a feed."""
    items = "".join(ITEM % (say(dice, 5), say(dice, 20)) for _ in range(4))
    return f"<?xml version='1.0'?><rss version='2.0'><channel>{items}</channel></rss>".encode()


RECORD = (
    "WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:%d>\r\nWARC-Target-URI: http://a.example/1\r\n"
    "Content-Type: application/http; msgtype=response\r\nContent-Length: %d\r\n\r\n"
)


def make_archive(dice: random.Random) -> bytes:
    """Return a WARC, each record a gzip member of its own or none packed."""
    records = []
    for number in range(3):
        body, media = (make_html(dice), "text/html") if number < 2 else (make_text(dice), "text/plain")
        packed = dice.random() < 0.3
        coding = "Content-Encoding: gzip\r\n" if packed else ""
        http = f"HTTP/1.1 200 OK\r\nContent-Type: {media}\r\n{coding}\r\n".encode()
        block = http + (gzip.compress(body) if packed else body)
        records.append((RECORD % (number, len(block))).encode() + block + b"\r\n\r\n")
    is_packed = dice.random() < 0.5
    return b"".join(gzip.compress(record) if is_packed else record for record in records)


MAKERS: dict[str, Callable[[random.Random], bytes]] = {
    "page.html": make_html,
    "page.txt": make_text,
    "pages.jsonl": make_lines,
    "news.xml": make_feed,
    "crawl.warc": make_archive,
}

TOKENS = tuple(
    line.encode().decode("unicode_escape")
    for line in Path(__file__).with_name("fuzz_tokens.txt").read_text(encoding="ascii").splitlines()[1:]
)
"""What is put into pages, once or many times."""
PAIRS = (("<div>", "</div>"), ("<b>", "</b>"), ("<li class=comment>", "</li>"), ("> ", ""))
CHARSETS = ("utf-16", "utf-16-le", "utf-32", "cp1252", "shift_jis", "utf-7", "cp037")


def mutate(data: bytes, dice: random.Random, other: bytes) -> bytes:
    """Return some bytes after a few random changes."""
    for _ in range(dice.choice((1, 1, 2, 3, 5, 9))):
        at = dice.randrange(len(data) + 1)
        end = min(len(data), at + dice.choice((1, 3, 20, 200, 2000)))
        kind = dice.random()
        if kind < 0.1:
            data = data[:at] + bytes((dice.randrange(256),)) + data[at + 1 :]
        elif kind < 0.25:
            data = data[:at] + data[end:]
        elif kind < 0.35:
            to = dice.randrange(len(data) + 1)
            data = data[:to] + data[at:end] + data[to:]
        elif kind < 0.7:
            token = dice.choice(TOKENS).encode("utf-8", "surrogatepass")
            data = data[:at] + token * dice.choice((1, 1, 1, 2, 30, 3000)) + data[at:]
        elif kind < 0.8:
            data = data[:at] + data[at:end] * dice.choice((2, 50, 1000)) + data[end:]
        elif kind < 0.85:
            data = data[:at] + other[dice.randrange(len(other) + 1) :]
        elif kind < 0.9:
            data = data[:at]
        elif kind < 0.95:
            open_, close = dice.choice(
                (("<div>", "</div>"), ("<b>", "</b>"), ("<li class=comment>", "</li>"), ("> ", ""))
            )
            depth = dice.choice((3, 300, 5000))
            data = data[:at] + open_.encode() * depth + data[at:end] + close.encode() * depth + data[end:]
        else:
            data = data.decode("utf-8", "replace").encode(dice.choice(CHARSETS), "replace")
        data = data[:LARGEST]
    return data


class Unsound(Exception):
    """A result that breaks what holds for every page."""


def check_input(name: str, data: bytes) -> tuple[int, int]:
    """Read an input as far as its parts; return its pages and bytes, opened; raise for what is not sound."""
    pages, size = 0, len(data)
    for raw in open_pages(io.BytesIO(data), name):
        if isinstance(raw, RawPage):
            page = read_page(raw)
            check_page(page, split_parts(page))
            pages, size = pages + 1, size + len(raw.data)
    return pages, size


def check_page(page: Page, parts: tuple[Part, ...]) -> None:
    """Raise Unsound if parts leave text uncovered, reach outside it, overlap, or cannot be printed."""
    size, at, known = len(page.text), 0, {part.id for part in parts}
    for part in parts:
        if not 0 <= part.start <= part.end <= size:
            raise Unsound("a part leaves the text")
        if part.start < at and part.kind != "other":  # buttons may stand inside a comment
            raise Unsound(f"a {part.kind} overlaps the part before it")
        if page.text[at : part.start].strip():
            raise Unsound("no part covers some of the text")
        if part.kind not in PART_KINDS or (part.reply_to and part.reply_to not in known - {part.id}):
            raise Unsound("a part has a kind or an answer that is not known")
        at = max(at, part.end)
    if page.text[at:].strip():
        raise Unsound("no part covers the end of the text")
    for block in page.blocks:
        if not 0 <= block.start <= block.end <= size:
            raise Unsound("a block leaves the text")
    for refusal in page.refused:
        if not 0 <= refusal.span[0] <= refusal.span[1] <= size:
            raise Unsound("a refusal leaves the text")
    json.dumps([to_plain(page), to_plain(parts)], ensure_ascii=False).encode("utf-8")


class Hung(BaseException):
    """An input that takes longer than any may."""


def _ring(*_: object) -> None:
    raise Hung


@dataclass(frozen=True, slots=True)
class Finding:
    """What went wrong with an input, and where, so that the same thing is kept once."""

    what: str
    where: str
    trace: str = ""


def try_input(name: str, data: bytes) -> Finding | int:
    """Return how many pages an input had, or what went wrong."""
    start = time.process_time()
    signal.alarm(HUNG)
    try:
        pages, size = check_input(name, data)
    except Hung:
        return Finding("hangs", _place(sys.exc_info()[2]), traceback.format_exc())
    except Exception as error:
        return Finding(
            f"{type(error).__name__}: {error}"[:90], _place(error.__traceback__), traceback.format_exc()
        )
    finally:
        signal.alarm(0)
    took = time.process_time() - start
    if took > SLOW + SLOW_SHARE * size:
        return Finding("slow", name, f"{took:.1f} s for {size:,} bytes")
    return pages


def _place(trace: TracebackType | None) -> str:
    own = [frame for frame in traceback.extract_tb(trace) if "onrecord" in frame.filename]
    return f"{Path(own[-1].filename).name}:{own[-1].name}" if own else "?"


def shrink(name: str, data: bytes, finding: Finding) -> bytes:
    """Return a smaller input with the same finding, after at most a minute."""
    end, size = time.monotonic() + 60, max(1, len(data) // 2)
    while size and time.monotonic() < end:
        at = 0
        while at < len(data) and time.monotonic() < end:
            less = data[:at] + data[at + size :]
            found = try_input(name, less)
            if isinstance(found, Finding) and (found.what, found.where) == (finding.what, finding.where):
                data = less
            else:
                at += size
        size //= 2
    return data


def make_inputs(seed: int, kind: str | None) -> Iterator[tuple[str, bytes]]:
    """Yield names and mutated bytes without end; the same seed gives the same ones."""
    often = ("page.html", "page.html", "page.txt", "page.txt", *MAKERS)
    names = [name for name in often if kind is None or name.endswith(kind)]
    for number in range(sys.maxsize):
        dice = random.Random(f"{seed}/{number}")
        name = dice.choice(names)
        data, other = MAKERS[name](dice), MAKERS[dice.choice(list(MAKERS))](dice)
        data = mutate(data, dice, other)
        yield name, gzip.compress(data, 1) if dice.random() < 0.03 else data


def main() -> int:
    """Fuzz for the given time; print what was found, and return 1 if anything was."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    options.add_argument("--seconds", type=float, default=600)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--out", type=Path, default=Path("fuzz-found"))
    options.add_argument("--kind", help="only inputs whose name ends so: html, txt, jsonl, xml, warc")
    args = options.parse_args()
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    signal.signal(signal.SIGALRM, _ring)
    for name, maker in MAKERS.items():  # models and lexicons are loaded before anything is timed
        check_input(name, maker(random.Random(0)))
    end, known, runs, pages = time.monotonic() + args.seconds, set[tuple[str, str]](), 0, Counter[str]()
    for name, data in make_inputs(args.seed, args.kind):
        if time.monotonic() > end:
            break
        runs += 1
        found = try_input(name, data)
        if isinstance(found, int):
            pages[name] += found
            continue
        key = (found.what.split(":")[0], found.where)
        if key in known:
            continue
        known.add(key)
        small = shrink(name, data, found)
        args.out.mkdir(parents=True, exist_ok=True)
        path = args.out / f"{hashlib.sha256(small).hexdigest()[:10]}-{name}"
        path.write_bytes(small)
        path.with_suffix(".txt.log").write_text(found.trace)
        print(f"{path}: {found.what} in {found.where} ({len(data):,} bytes, made {len(small):,})", flush=True)
    print(f"{runs:,} inputs, {sum(pages.values()):,} pages, {len(known)} findings, seed {args.seed}")
    print(", ".join(f"{name} {count:,}" for name, count in sorted(pages.items())))
    return 1 if known else 0


if __name__ == "__main__":
    sys.exit(main())
