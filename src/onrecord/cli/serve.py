from __future__ import annotations

from contextlib import suppress

import click

from onrecord.cli.show_progress import show_work


@click.command()
@click.argument("path", metavar="DIR|PAGE", type=click.Path())
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    help="Address to listen on; any but the loopback asks for the printed token.",
)
@click.option(
    "--port", default=8321, show_default=True, type=click.IntRange(0, 65535), help="Port; 0 for any free one."
)
@click.option("--name", multiple=True, help="Additional host name under which the server may be reached.")
@click.option(
    "--published", metavar="DATE", help="Publication date (YYYY-MM-DD) of a single page without one."
)
def serve(path: str, host: str, port: int, name: tuple[str, ...], published: str | None) -> None:
    """Serve the workbench for a record folder, or for a single page, to the browser.

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
        with show_work("loading the language model, reading the page"):
            folder = path if is_folder else _code_page(path, f"{home}/records", published)
        with show_work("reading the folder"):
            app = web.create_app(folder, guard, has_review=is_folder)
        _run(app, host, port, token)


def _code_page(path: str, folder: str, published: str | None) -> str:
    """Code one page into a folder of its own and return that folder."""
    import datetime

    from onrecord.errors import InputError
    from onrecord.records import Settings
    from onrecord.scale import Job, code_folder
    from onrecord.sources import check_day

    published = check_day(published)

    today = datetime.date.today().isoformat()
    done = code_folder(Job((path,), folder, today, published, Settings()))
    if not done.pages:
        from onrecord.store import open_folder

        reasons = open_folder(folder).query("select reason from errors").to_pylist()
        why = reasons[0]["reason"] if reasons else "holds no page"
        raise InputError(f"{path}: {why}; expected a record folder or a page")
    return folder


def _tell_port(host: str, port: int, error: OSError) -> str:
    """Return why a server cannot listen at an address, and what to do."""
    import errno

    if error.errno == errno.EADDRINUSE:
        return f"port {port} of {host} is taken: choose another one with --port, or --port 0 for any free one"
    if error.errno == errno.EACCES:
        return f"port {port} of {host} needs rights that you do not have: choose one above 1023 with --port"
    return f"{host} port {port}: {error.strerror or error}: give an address of this machine with --host"


def _run(app: object, host: str, port: int, token: str | None) -> None:
    import socket

    import uvicorn

    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        listening = socket.create_server((host, port), family=family)
    except OSError as error:
        raise click.ClickException(_tell_port(host, port, error)) from error
    where = f"http://{'[' + host + ']' if ':' in host else host}:{listening.getsockname()[1]}/"
    click.echo(f"onrecord workbench: {where}{'?token=' + token if token else ''}  (Ctrl-C ends it)", err=True)
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", server_header=False))  # type: ignore[arg-type]
    with suppress(KeyboardInterrupt):  # the way to end it, as the line above says
        server.run(sockets=[listening])
