"""Servers that answer nothing, and processes that are interrupted."""

from __future__ import annotations

import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

pytest_plugins = ["pytester"]


@pytest.fixture
def silent_server() -> Iterator[socket.socket]:
    """Takes connections and never answers; `accept()` says when one is there."""
    with socket.create_server(("127.0.0.1", 0), backlog=64) as server:
        server.settimeout(20)
        yield server


@pytest.fixture
def refused_url() -> Iterator[str]:
    """A port of this machine that nobody listens on, and nobody else can take."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield f"http://127.0.0.1:{taken.getsockname()[1]}"


@pytest.fixture
def run() -> Iterator[Callable[..., subprocess.Popen[str]]]:
    """Starts a script in a new interpreter."""
    with ExitStack() as started:

        def start(script: str, *arguments: object) -> subprocess.Popen[str]:
            # What runs in the background of a shell, as CI may, hands an ignored SIGINT down to its children.
            script = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)\n" + script
            command = [sys.executable, "-X", "faulthandler", "-c", script, *map(str, arguments)]
            child = started.enter_context(
                subprocess.Popen(
                    command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
                )
            )
            started.callback(child.kill)
            return child

        yield start


@pytest.fixture(scope="session")
def root() -> Path:
    """The repository, or the unpacked sdist."""
    return Path(__file__).resolve().parents[2]
