"""What the package is: light, documented, typed, and with a command."""

from __future__ import annotations

import importlib.metadata
import inspect
import subprocess
import sysconfig
from pathlib import Path

import pytest
import wxpusher_sdk
from wxpusher_sdk import Client, EntryLinkVerifier, InvalidSignatureError


def test_importing_it_pulls_in_nothing_heavy(run):
    child = run("import sys; before = set(sys.modules); import wxpusher_sdk; print(*set(sys.modules) - before)")
    pulled = set(child.communicate(timeout=30)[0].split())
    assert pulled == {"__future__", "wxpusher_sdk", "wxpusher_sdk._errors", "wxpusher_sdk._native"}


def test_everything_public_is_there_and_documented():
    for name in wxpusher_sdk.__all__:
        value = getattr(wxpusher_sdk, name)
        assert name == "Callback" or value.__doc__, name
        assert name in dir(wxpusher_sdk)
        if inspect.isclass(value):
            assert value.__module__ == "wxpusher_sdk", name
            for method, function in vars(value).items():
                if not method.startswith("_") and callable(function):
                    assert function.__doc__, f"{name}.{method}"
    with pytest.raises(AttributeError, match="no attribute 'Cleint'"):
        _ = wxpusher_sdk.Cleint


def test_help_tells_units_limits_and_errors():
    text = inspect.getdoc(Client.send)
    for told in ("40 000 characters", "2 000", "RejectedError", "uids"):
        assert told in text
    assert str(inspect.signature(Client.send)).startswith("(self, /, content, *, uids=None, topic_ids=None")
    assert "timeout=15" in str(inspect.signature(Client))
    assert "seconds" in inspect.getdoc(Client)


def test_no_dependencies():
    requires = importlib.metadata.distribution("wxpusher-sdk").requires or []
    assert requires == []


def command(*arguments: str, **options) -> subprocess.CompletedProcess[str]:
    script = Path(sysconfig.get_path("scripts")) / "wxpusher"
    return subprocess.run([str(script), *arguments], capture_output=True, text=True, timeout=60, **options)


def test_the_command(wxpusher_sandbox, wxpusher_client):
    assert "Usage: wxpusher" in command("--help").stdout
    assert command("--version").stdout.startswith("wxpusher ")
    sent = command("send", "hello", "--uid", "UID_testalice")
    assert sent.returncode == 0, sent.stderr
    assert wxpusher_sandbox.inbox("UID_testalice")[0].content == "hello"
    assert command("send", "hello", "--uid", "UID_testnobody").returncode != 0
    assert command("nonsense").returncode == 2
    assert wxpusher_client is not None


def test_the_demonstration():
    demo = command("demo")
    assert demo.returncode == 0, demo.stderr


class Store:
    def __init__(self) -> None:
        self.seen: set[str] = set()

    def insert(self, nonce: str, now_ms: int, expires_ms: int) -> bool:
        assert now_ms < expires_ms
        is_new = nonce not in self.seen
        self.seen.add(nonce)
        return is_new


def test_entry_links_with_a_store_and_a_clock_of_ones_own():
    import hashlib
    import hmac

    signed = "nonce=n1&sv=1&ts=1700000000000&uid=UID_x"
    sign = hmac.new(b"key", signed.encode(), hashlib.sha256).hexdigest()
    store = Store()
    verifier = EntryLinkVerifier("key", nonces=store, clock=lambda: 1_700_000_000_500)
    assert verifier.verify(f"https://example.com/?{signed}&sign={sign}") == "UID_x"
    assert store.seen == {"n1"}
    with pytest.raises(InvalidSignatureError) as caught:
        verifier.verify(f"{signed}&sign={sign}")
    assert caught.value.reason.startswith("replayed")
    with pytest.raises(InvalidSignatureError, match="stale"):
        EntryLinkVerifier("key", clock=lambda: 0).verify(f"{signed}&sign={sign}")


def test_an_error_of_the_store_or_the_clock_is_not_a_verdict():
    import hashlib
    import hmac

    def broken(*_: object) -> bool:
        raise LookupError("the store is down")

    signed = "nonce=n1&sv=1&ts=1700000000000&uid=UID_x"
    link = f"{signed}&sign={hmac.new(b'key', signed.encode(), hashlib.sha256).hexdigest()}"
    store = Store()
    store.insert = broken
    with pytest.raises(LookupError, match="the store is down"):
        EntryLinkVerifier("key", nonces=store, clock=lambda: 1_700_000_000_500).verify(link)
    with pytest.raises(LookupError, match="the store is down"):
        EntryLinkVerifier("key", clock=broken).verify(link)
