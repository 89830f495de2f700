"""One request to a server that speaks the OpenAI chat API, held to seconds and bytes."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import httpx

from onrecord.errors import InputError, ReviewError
from onrecord.second.frame_question import CHARACTERS, MOST_TOKENS, Question, answer_schema
from onrecord.second.keep_answers import Reply
from onrecord.sources.fetch_page import check_address, trusted

MOST_BYTES = 64 * 1024
"""Of a whole answer: 200 tokens with their envelope take some two thousand."""
ATTEMPTS = 4
LONGEST_WAIT = 60.0
AGAIN = (408, 429, 500, 502, 503, 504)


class NoAnswerError(Exception):
    """An endpoint did not answer, however often it was asked."""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where questions go."""

    url: str
    model: str
    key: str | None = field(default=None, repr=False)
    seconds: float = 120.0
    """For a whole answer."""
    pause: float = 1.0
    """Seconds before the second attempt; each further wait is twice as long."""


def ask_endpoint(endpoint: Endpoint, question: Question, spend: Callable[[int], bool]) -> Reply:
    """Return what an endpoint says to a question, after up to four attempts with growing waits.

    `spend` is told the tokens that an attempt without an answer may have cost, and says whether another
    one is within the budget. Raises NoAnswerError if none comes, and ReviewError if it is refused for good.
    """
    fault = ""
    for attempt in range(ATTEMPTS):
        try:
            status, data, ended, wait = _send(endpoint, question)
        except httpx.TransportError as error:
            status, data, ended, wait = 0, b"", "", None
            fault = f"{type(error).__name__}: {error}"
        if status == 200:
            return read_reply(question, data, ended)
        if status and status not in AGAIN:
            raise ReviewError(_tell_refusal(endpoint, status, data))
        fault = f"the server answers {status}" if status else fault
        if not spend(0 if status else question.tokens + MOST_TOKENS) or attempt == ATTEMPTS - 1:
            break
        time.sleep(min(max(wait or 0.0, endpoint.pause * 2**attempt), LONGEST_WAIT))
    raise NoAnswerError(fault)


def _send(endpoint: Endpoint, question: Question) -> tuple[int, bytes, str, float | None]:
    """Return status, body, how it ended, and the seconds that the server asks to wait."""
    end = time.monotonic() + endpoint.seconds
    headers = {"Authorization": f"Bearer {endpoint.key}"} if endpoint.key else {}
    body = write_request(endpoint, question)
    with (
        httpx.Client(timeout=endpoint.seconds, verify=trusted(), follow_redirects=False) as client,
        client.stream("POST", find_address(endpoint.url), json=body, headers=headers) as response,
    ):  # fmt: skip
        data, ended = b"", "whole"
        for piece in response.iter_bytes(4096):
            data += piece
            if len(data) > MOST_BYTES or time.monotonic() > end:
                data, ended = data[:MOST_BYTES], "endless"
                break
        asked = response.headers.get("retry-after", "")
        return response.status_code, data, ended, float(asked) if asked.isdecimal() else None


def find_address(url: str) -> str:
    """Return the address that chats are sent to; raises ReviewError for one that is none.

    >>> find_address("http://localhost:8080/v1/")
    'http://localhost:8080/v1/chat/completions'
    """
    try:
        check_address(url)
    except InputError as error:
        raise ReviewError(f"--endpoint {url}: {error}") from error
    return f"{url.rstrip('/').removesuffix('/chat/completions')}/chat/completions"


def write_request(endpoint: Endpoint, question: Question) -> dict[str, Any]:
    """Return the body of a request: one message, no history, nothing of the page but the question."""
    form = {"name": "answer", "strict": True, "schema": answer_schema(question)}
    return {
        "model": endpoint.model,
        "messages": [{"role": "user", "content": question.body}],
        "temperature": 0,
        "seed": 1,
        "max_tokens": MOST_TOKENS,
        "response_format": {"type": "json_schema", "json_schema": form},
    }


def read_reply(question: Question, data: bytes, ended: str) -> Reply:
    """Return the message of an answer's body, with the larger of its own count of tokens and ours."""
    spent = question.tokens + min(-(-len(data) // CHARACTERS), MOST_BYTES)
    try:
        whole = json.loads(data)
        text, counted = whole["choices"][0]["message"]["content"], whole.get("usage") or {}
        cut = whole["choices"][0].get("finish_reason") == "length"
        total = counted.get("total_tokens", 0)
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        kept = data.decode("utf-8", "replace")
        return Reply(kept, "endless" if ended == "endless" else "no answer of a chat server", spent)
    if not isinstance(text, str):
        return Reply("", "no answer of a chat server", spent)
    spent = question.tokens + -(-len(text) // CHARACTERS)
    tokens = max(spent, total) if isinstance(total, int) else spent
    return Reply(text, "cut at the limit of tokens" if cut else "whole", tokens)


def _tell_refusal(endpoint: Endpoint, status: int, data: bytes) -> str:
    said = " ".join(data[:300].decode("utf-8", "replace").split())
    if endpoint.key:
        said = said.replace(endpoint.key, "***")
    hint = "; is the key right? --key-env names its variable" if status in (401, 403) else ""
    return f"{endpoint.url}: the server answers {status}: {said or 'nothing'}{hint}"
