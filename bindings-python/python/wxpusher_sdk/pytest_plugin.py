"""pytest fixtures: test what sends messages, without a token and without a network.

def test_alarm(wxpusher_sandbox, wxpusher_client):
    my_program.alarm(wxpusher_client)
    assert wxpusher_sandbox.inbox("UID_testalice")[0].content == "磁盘已满"
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wxpusher_sdk import Client, Sandbox


@pytest.fixture
def wxpusher_sandbox() -> Iterator[Sandbox]:
    """A WxPusher of this test's own, with app 97 (AT_testdemo), UID_testalice and UID_testbob. No rate limit."""
    from wxpusher_sdk import Sandbox  # noqa: PLC0415 - tests that do not use it do not pay for it

    with Sandbox(rate_limit=False) as sandbox:
        yield sandbox


@pytest.fixture
def wxpusher_client(wxpusher_sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> Iterator[Client]:
    """A client of that sandbox. `Client.from_env()` makes another one."""
    monkeypatch.setenv("WXPUSHER_BASE_URL", wxpusher_sandbox.url)
    monkeypatch.setenv("WXPUSHER_APP_TOKEN", "AT_testdemo")
    with wxpusher_sandbox.client() as client:
        yield client
