"""`passerelle serve`: the pages and the API on one origin, until Ctrl-C."""

import errno
import logging
import os
import shutil
import socket
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from backend.commands.common import ASIDE, Exit, environment, fail, open_database

if TYPE_CHECKING:
    from sqlalchemy import Engine

MIN_FREE_BYTES = 200 * 1024 * 1024


def serve(
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen on.", min=1, max=65535)] = 8000,
    workers: Annotated[int, typer.Option(help="Processes; needs --api-only.", min=1)] = 1,
    api_only: Annotated[bool, typer.Option("--api-only", help="The API without pages.")] = False,
    demo: Annotated[
        bool, typer.Option("--demo", help="Fictional people are entered without a password.")
    ] = False,
    check: Annotated[
        bool, typer.Option("--check", help="Only say whether it could start; exit 0 or 3.")
    ] = False,
) -> None:
    """Serve the pages at / and the API under /api, until Ctrl-C."""
    if workers > 1 and not api_only:
        fail(
            "--workers needs --api-only: the pages keep each visitor's state in one process. "
            "Run the pages in one process and the API in several.",
            Exit.USAGE,
        )
    if demo:
        # In the environment, so that every process of the service says so.
        os.environ["PASSERELLE_DEMO"] = "true"
    with environment():
        check_port(host, port)
        _check_space()
        if check:
            return
        engine = open_database()
        _check_demo(engine)
        engine.dispose()
        _run(host, port, workers, api_only)


def _check_demo(engine: "Engine") -> None:
    """In a demonstration anybody may be its operator: not where somebody real runs the site."""
    from backend.accounts.demo import has_real_operator
    from backend.database import reading
    from backend.settings import get_settings

    if not get_settings().demo:
        return
    with reading(engine) as session:
        if has_real_operator(session):
            fail(
                "This database has an operator who is not fictional: serve it without --demo, or "
                "name another folder with PASSERELLE_DATA_DIR for the demonstration.",
                Exit.UNMET,
            )


def check_port(host: str, port: int) -> None:
    """Leave with 3 and a sentence when nothing can listen there."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        with socket.socket(family, kind, protocol) as attempt:
            attempt.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            attempt.bind(address)
    except socket.gaierror:
        fail(f"There is no address {host!r} on this machine: try 127.0.0.1.", Exit.ENVIRONMENT)
    except OSError as error:
        fail(_port_sentence(host, port, error), Exit.ENVIRONMENT)


def _port_sentence(host: str, port: int, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        return (
            f"Port {port} of {host} is in use: stop the other program, or choose another port "
            f"with --port {port + 1}."
        )
    if error.errno == errno.EACCES:
        return f"Port {port} needs rights that this user lacks: choose one above 1023 with --port."
    return f"Nothing can listen on port {port} of {host}: {error.strerror}."


def _check_space() -> None:
    from backend.settings import get_settings

    folder = _existing(get_settings().data_dir)
    free = shutil.disk_usage(folder).free
    if free < MIN_FREE_BYTES:
        fail(
            f"Only {free // 1024**2} MB are free where the records are kept ({folder}); "
            f"{MIN_FREE_BYTES // 1024**2} MB are needed. Free some space, or name another folder "
            "with PASSERELLE_DATA_DIR.",
            Exit.ENVIRONMENT,
        )


def _existing(folder: Path) -> Path:
    return next(path for path in (folder, *folder.absolute().parents) if path.exists())


def _run(host: str, port: int, workers: int, api_only: bool) -> None:
    import uvicorn

    from backend.settings import get_settings

    shown = f"[{host}]" if ":" in host else host
    where = "api/docs" if api_only else ""
    # The pages ask the API of this same process; on every address, it listens on loopback too.
    own = "127.0.0.1" if host in {"0.0.0.0", "::", "localhost"} else shown  # noqa: S104
    os.environ.setdefault("PASSERELLE_API_URL", f"http://{own}:{port}/api")
    # Without a public name, letters lead to where the service listens.
    os.environ.setdefault("PASSERELLE_PUBLIC_URL", f"http://{own}:{port}")
    get_settings.cache_clear()
    ASIDE.print(
        f"Passerelle: http://{shown}:{port}/{where} (API: /api/docs). Ctrl-C stops it.",
        soft_wrap=True,
    )
    uvicorn.run(
        "backend.web:create_api_app" if api_only else "backend.web:create_app",
        factory=True,
        host=host,
        port=port,
        workers=workers,
        log_level=get_settings().log_level,
        timeout_graceful_shutdown=5,
    )
    _leave_at_once()


def _leave_at_once() -> None:
    """Everything is closed. What Python still does takes seconds with the encoder's libraries
    loaded, and a second Ctrl-C would then print a stack trace."""
    logging.shutdown()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(Exit.OK)
