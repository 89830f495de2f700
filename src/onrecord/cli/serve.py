from __future__ import annotations

import click


@click.command()
@click.argument("path", metavar="DIR|PAGE", type=click.Path())
@click.option(
    "--host", default="127.0.0.1", show_default=True, help="Address to bind; others need the token."
)
@click.option(
    "--port", default=8321, show_default=True, type=click.IntRange(0, 65535), help="Port; 0 takes a free one."
)
@click.option("--name", multiple=True, help="Another host name under which the server may be asked for.")
@click.option("--published", metavar="DATE", help="Publication date of a single page that carries none.")
def serve(path: str, host: str, port: int, name: tuple[str, ...], published: str | None) -> None:
    """Open the workbench over a record folder, or over a single page, in the browser of this machine.

    Example: onrecord serve records
    """
    import secrets
    import tempfile
    from importlib import import_module
    from pathlib import Path

    guarding = import_module("onrecord.web.guard")
    web = import_module("onrecord.web")
    token = None if guarding.is_loopback(host) else secrets.token_urlsafe(24)
    guard = guarding.Guard(guarding.served_hosts(host, name), token)
    with tempfile.TemporaryDirectory() as home:
        is_folder = Path(path).is_dir() or ("://" in path and not path.startswith("http"))
        folder = path if is_folder else _code_page(path, f"{home}/records", published)
        app = web.create_app(folder, guard, has_review=is_folder)
        _run(app, host, port, token)


def _code_page(path: str, folder: str, published: str | None) -> str:
    """Code one page into a folder of its own and return that folder."""
    import datetime

    from onrecord.records import Settings
    from onrecord.scale import Job, code_folder

    today = datetime.date.today().isoformat()
    code_folder(Job((path,), folder, today, published, Settings()))
    return folder


def _run(app: object, host: str, port: int, token: str | None) -> None:
    import socket

    import uvicorn

    listening = socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    where = f"http://{'[' + host + ']' if ':' in host else host}:{listening.getsockname()[1]}/"
    click.echo(f"onrecord workbench: {where}{'?token=' + token if token else ''}  (Ctrl-C ends it)", err=True)
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", server_header=False))  # type: ignore[arg-type]
    server.run(sockets=[listening])
