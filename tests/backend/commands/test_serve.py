"""`passerelle serve`, started and stopped."""

import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import httpx
import pytest
import typer

from backend.commands import serve
from backend.settings import get_settings
from tests.backend.commands.processes import COMMAND, environment_of, run


@pytest.fixture
def taken_port() -> Iterator[int]:
    """A port that somebody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield listener.getsockname()[1]


@pytest.fixture
def free_port() -> int:
    """A port that was free a moment ago."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@pytest.mark.parametrize("words", [(), ("--check",), ("--api-only",)])
def test_serve_says_that_the_port_is_in_use(
    tmp_path: Path, taken_port: int, words: tuple[str, ...]
) -> None:
    done = run(tmp_path / "data", "serve", "--port", str(taken_port), *words)
    assert (done.returncode, done.stdout) == (3, "")
    assert done.stderr.strip() == (
        f"Port {taken_port} of 127.0.0.1 is in use: stop the other program, or choose another "
        f"port with --port {taken_port + 1}."
    )
    assert not (tmp_path / "data").exists()


def test_serve_check_starts_nothing(tmp_path: Path, free_port: int) -> None:
    done = run(tmp_path / "data", "serve", "--port", str(free_port), "--check")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_serve_needs_api_only_for_several_workers(tmp_path: Path) -> None:
    done = run(tmp_path / "data", "serve", "--workers", "2")
    assert done.returncode == 2
    assert "--workers needs --api-only" in done.stderr


def test_serve_says_that_the_address_is_not_ours(tmp_path: Path) -> None:
    done = run(tmp_path / "data", "serve", "--host", "192.0.2.1")
    assert done.returncode == 3
    assert "Nothing can listen on port 8000 of 192.0.2.1" in done.stderr


def test_serve_says_that_the_disk_is_full(
    tmp_path: Path,
    free_port: int,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: SimpleNamespace(free=1024**2))
    monkeypatch.setenv("PASSERELLE_DATA_DIR", str(tmp_path / "data"))
    get_settings.cache_clear()
    with pytest.raises(typer.Exit) as left:
        serve.serve(port=free_port)
    get_settings.cache_clear()
    assert left.value.exit_code == 3
    assert "Only 1 MB are free" in capsys.readouterr().err


@pytest.mark.parametrize("words", [("--api-only",), ()])
def test_serve_answers_until_ctrl_c(tmp_path: Path, free_port: int, words: tuple[str, ...]) -> None:
    log = (tmp_path / "log").open("w+")
    started = subprocess.Popen(
        [*COMMAND, "serve", "--port", str(free_port), *words],
        env=environment_of(tmp_path / "data"),
        stdout=subprocess.DEVNULL,
        stderr=log,
        start_new_session=True,
    )
    try:
        wait_for(f"http://127.0.0.1:{free_port}/api/v1/themes", started)
        started.send_signal(signal.SIGINT)
        assert started.wait(20) == 0
    finally:
        if started.poll() is None:
            started.kill()
            started.wait(10)
        log.seek(0)
        said = log.read()
        log.close()
    assert "Traceback" not in said
    with socket.socket() as attempt:
        assert attempt.connect_ex(("127.0.0.1", free_port)) != 0


def wait_for(url: str, process: "subprocess.Popen[bytes]") -> None:
    """Until the service answers."""
    for _ in range(600):
        assert process.poll() is None, "the service ended by itself"
        try:
            if httpx.get(url, timeout=5).status_code == 200:
                return
        except httpx.TransportError:
            time.sleep(0.1)
    raise AssertionError("the service did not answer within a minute")
