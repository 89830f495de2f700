"""A server on the loopback for the tests: each path has its answer, and every request is written down."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from onrecord.sources import FetchPolicy

Respond = Callable[[BaseHTTPRequestHandler], None]


class Server:
    """Answers by path; `asked` lists (path, headers) in order."""

    def __init__(self) -> None:
        self.routes: dict[str, Respond] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.port = 0

    def at(self, path: str) -> str:
        """Return the address of a path."""
        return f"http://127.0.0.1:{self.port}{path}"

    def paths(self) -> list[str]:
        """Return the paths that were asked for, in order."""
        return [path for path, _ in self.asked]

    def policy(self, **choices: object) -> FetchPolicy:
        """Return a policy that lets this server be reached, and nothing else on the loopback."""
        return FetchPolicy(inside=frozenset({("127.0.0.1", self.port)}), **choices)  # type: ignore[arg-type]

    def serve(
        self, path: str, body: bytes, media: str = "text/html", status: int = 200, **headers: str
    ) -> None:
        """Answer a path with a body."""
        named = {"Content-Type": media, **{name.replace("_", "-"): value for name, value in headers.items()}}

        def respond(request: BaseHTTPRequestHandler) -> None:
            request.send_response(status)
            for name, value in named.items():
                request.send_header(name, value)
            request.send_header("Content-Length", str(len(body)))
            request.end_headers()
            request.wfile.write(body)

        self.routes[path] = respond


@contextmanager
def run_server() -> Iterator[Server]:
    """Run a server for as long as the block lasts."""
    server = Server()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            server.asked.append((self.path, dict(self.headers)))
            self.close_connection = True
            try:
                if self.path in server.routes:
                    server.routes[self.path](self)
                else:
                    self.send_error(404)
            except OSError:
                pass  # the reader has left, as some tests want

        def log_message(self, format: str, *args: object) -> None:
            pass

    http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    http.daemon_threads = True
    server.port = http.server_address[1]
    thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        http.shutdown()
        http.server_close()
        thread.join()
