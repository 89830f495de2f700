"""The addresses of the workbench: which function answers each, in a thread of its own."""

from __future__ import annotations

from collections.abc import Callable

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import ImmutableMultiDict
from starlette.requests import Request
from starlette.responses import Response

Fields = ImmutableMultiDict[str, str]
"""What a form sent, its words only: a file that is sent along is none of them."""
Answer = Callable[[Request], Response]
Take = Callable[[Request, Fields], Response]


def on_get(app: Starlette, path: str, name: str | None = None) -> Callable[[Answer], Answer]:
    """Return a decorator by which a function answers those who ask for an address."""

    def add(answer: Answer) -> Answer:
        app.add_route(path, answer, ["GET"], name)
        return answer

    return add


def on_post(app: Starlette, path: str) -> Callable[[Take], Take]:
    """Return a decorator by which a function takes the forms that are sent to an address."""

    def add(take: Take) -> Take:
        async def answer(request: Request) -> Response:
            async with request.form() as form:
                fields = ImmutableMultiDict(
                    [(name, value) for name, value in form.multi_items() if isinstance(value, str)]
                )
                return await run_in_threadpool(take, request, fields)

        app.add_route(path, answer, ["POST"])
        return take

    return add
