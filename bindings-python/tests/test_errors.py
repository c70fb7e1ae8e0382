"""The exceptions, against the one list, and what they must never show."""

from __future__ import annotations

import copy
import io
import json
import logging
import pickle
import traceback

import pytest
import wxpusher_sdk
from wxpusher_sdk import (
    ApiError,
    AsyncClient,
    Client,
    ConnectError,
    HttpStatusError,
    InternalError,
    InvalidArgumentError,
    InvalidCallbackError,
    InvalidSignatureError,
    RejectedError,
    TransportError,
    WxPusherError,
    WxPusherTimeoutError,
)
from wxpusher_sdk import _errors as errors
from wxpusher_sdk import _native as native

TOKEN = "AT_testsecret"
SPT = "SPT_testsecret"


def test_the_classes_are_cores_list():
    assert [(number, error.kind) for number, error in errors.BY_NUMBER.items()] == native._error_kinds()
    for error in errors.BY_NUMBER.values():
        assert issubclass(error, WxPusherError)
        assert getattr(wxpusher_sdk, error.__name__) is error
        assert error.__doc__


def test_the_classes_are_the_suites_list(root):
    path = root / "ffi-tests" / "errors.json"
    if not path.exists():
        pytest.skip("the sdist does not hold the suite")
    for kind in json.loads(path.read_text("utf-8"))["kinds"]:
        error = errors.BY_NUMBER[kind["number"]]
        assert error.kind == kind["kind"]
        assert all(hasattr(error("x"), field) for field in kind["carries"])


@pytest.mark.parametrize(
    ("error", "builtin"),
    [
        (errors.InvalidArgumentError, ValueError),
        (errors.ConnectError, ConnectionError),
        (errors.TlsError, ConnectionError),
        (errors.TransportError, ConnectionError),
        (errors.WxPusherTimeoutError, __builtins__["TimeoutError"]),
        (errors.InvalidCallbackError, ValueError),
        (errors.InvalidSignatureError, ValueError),
    ],
)
def test_what_a_pythonista_would_catch(error, builtin):
    assert issubclass(error, builtin)


def collect(wxpusher_sandbox, refused_url, secrets) -> list[WxPusherError]:
    """One error of each kind that a server on this machine can cause."""
    token, spt = secrets
    sandbox = wxpusher_sandbox
    sandbox.seed(apps=[{"id": 5, "token": token, "name": "app"}])
    caught: list[WxPusherError] = []

    def catch(call, *arguments, **keywords):
        with pytest.raises(WxPusherError) as error:
            call(*arguments, **keywords)
        caught.append(error.value)

    client = Client(token, base_url=sandbox.url, timeout=5, max_retries=0)
    catch(client.send, "", uids=["UID_x"])
    catch(Client(token, base_url=refused_url).send_by_get, "x", uid="UID_x")
    catch(Client(token, base_url=refused_url).simple_push_by_get, "x", spt=spt)
    for fault in (
        "close",
        "reset",
        "half_body",
        {"status": 502},
        {"code": {"code": 1005, "msg": f"bad {token} {spt}"}},
    ):
        sandbox.inject(fault)
        catch(client.send_by_get, "x", uid="UID_testalice")
    sandbox.inject({"answer": {"status": 200, "headers": {}, "body": f'"{token}'}})
    catch(client.list_users)
    sandbox.inject("hang")
    catch(Client(token, base_url=sandbox.url, timeout=0.1, max_retries=0).list_users)
    catch(client.send, "x", uids=["UID_testnobody"])
    catch(client.simple_push, "x", spts=[spt])
    catch(native._provoke_panic)
    catch(wxpusher_sdk.parse_callback, b"x")
    catch(wxpusher_sdk.EntryLinkVerifier(token).verify, "uid=UID_x")
    client.cancel()
    catch(client.list_users)
    return caught


def test_fields_text_and_pickle(wxpusher_sandbox, refused_url):
    caught = collect(wxpusher_sandbox, refused_url, (TOKEN, SPT))
    kinds = {error.kind for error in caught}
    assert kinds == {kind for _, kind in native._error_kinds()} - {"tls", "rate_limiter"}
    for error in caught:
        assert str(error)
        for same in (pickle.loads(pickle.dumps(error)), copy.copy(error)):
            assert type(same) is type(error)
            assert str(same) == str(error)
            assert same.__dict__ == error.__dict__
    by_kind = {error.kind: error for error in caught}
    assert by_kind["http_status"].status == 502
    assert by_kind["api"].code == 1005
    assert by_kind["timeout"].phase == "receive"
    assert by_kind["timeout"].sent == "maybe"
    assert by_kind["connect"].sent == "no"
    assert [type(by_kind[kind]) for kind in ("http_status", "api", "timeout", "connect", "transport")] == [
        HttpStatusError,
        ApiError,
        WxPusherTimeoutError,
        ConnectError,
        TransportError,
    ]
    assert isinstance(by_kind["rejected"], RejectedError)
    assert isinstance(by_kind["invalid_argument"], InvalidArgumentError)
    assert isinstance(by_kind["invalid_callback"], InvalidCallbackError)
    assert isinstance(by_kind["invalid_signature"], InvalidSignatureError)


def test_a_panic_is_an_internal_error_and_nothing_else():
    with pytest.raises(InternalError, match="internal error in wxpusher: provoked"):
        native._provoke_panic()


def test_no_secret_anywhere(wxpusher_sandbox, refused_url, caplog):
    wxpusher_sdk.log_to_python("DEBUG")
    caplog.set_level(logging.DEBUG)
    try:
        caught = collect(wxpusher_sandbox, refused_url, (TOKEN, SPT))
    finally:
        wxpusher_sdk.log_to_python("OFF")
    client = Client(TOKEN, default_spts=[SPT], proxy="http://user:AT_testsecret@127.0.0.1:1")
    shown = io.StringIO()
    print(client, repr(client), f"{client}", AsyncClient(TOKEN), wxpusher_sdk.EntryLinkVerifier(TOKEN), file=shown)
    for error in caught:
        print(error, repr(error), error.args, file=shown)
        traceback.print_exception(error, file=shown)
        for link in (error, error.__cause__, error.__context__):
            # `msg` and `outcome` are the server's words, untouched, for programs; nothing shows them by itself.
            print(
                {name: value for name, value in vars(link or error).items() if name not in ("msg", "outcome")},
                file=shown,
            )
    logged = [record for record in caplog.records if record.name == "wxpusher_sdk"]
    assert any("/api/send/message" in record.getMessage() for record in logged)
    for record in caplog.records:
        print(record.getMessage(), record.__dict__, file=shown)
    text = shown.getvalue()
    assert "AT_***" in text
    assert TOKEN not in text
    assert SPT not in text
    assert "testsecret" not in text


def test_a_traceback_with_locals_shows_no_argument_of_an_async_call(refused_url):
    import asyncio

    client = AsyncClient(TOKEN, base_url=refused_url, max_retries=0)

    def fails() -> str:
        try:
            asyncio.run(wait(client.simple_push("x", spts=[SPT])))
        except WxPusherError as error:
            return "".join(traceback.TracebackException.from_exception(error, capture_locals=True).format())
        return pytest.fail("no error")

    async def wait(call):
        return await call

    text = fails()
    assert "_on_a_thread" in text
    assert "testsecret" not in text


def test_arguments_with_half_characters_are_not_carried_by_the_error():
    with pytest.raises(InvalidArgumentError) as caught:
        Client(TOKEN + "\ud800")
    link: BaseException | None = caught.value
    while link is not None:
        assert "testsecret" not in f"{link!r} {link} {vars(link)} {getattr(link, 'object', '')}"
        link = link.__cause__ or link.__context__
