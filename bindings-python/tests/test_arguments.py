"""What a beginner passes by mistake is refused, clearly, and before anything is sent."""

from __future__ import annotations

import enum

import pytest
from wxpusher_sdk import Client, ContentType, InvalidArgumentError


class Odd(int):
    pass


@pytest.mark.parametrize(
    ("arguments", "error", "text"),
    [
        ({"uids": "UID_x"}, TypeError, "uids must be a list of str, not a single str: put it into a list"),
        ({"uids": b"UID_x"}, TypeError, "uids must be a list of str, not bytes"),
        ({"uids": {"UID_x": 1}}, TypeError, "uids must be a list of str, not dict"),
        ({"uids": 5}, TypeError, "uids must be a list of str, not int"),
        ({"uids": [5]}, TypeError, "uids[0] must be a str, not int"),
        ({"uids": ["UID_x", None]}, TypeError, "uids[1] must be a str, not NoneType"),
        ({"uids": ["UID_x", ""]}, InvalidArgumentError, "item 2 is empty"),
        ({"uids": None}, InvalidArgumentError, "no recipient: "),
        ({"uids": []}, InvalidArgumentError, "no recipient"),
        ({"topic_ids": 5}, TypeError, "topic_ids must be a list of int, not int"),
        ({"topic_ids": ["5"]}, TypeError, "topic_ids[0] must be an int, not str"),
        ({"topic_ids": [True]}, TypeError, "topic_ids[0] must be an int, not bool"),
        ({"topic_ids": [5.0]}, TypeError, "topic_ids[0] must be an int, not float"),
        ({"topic_ids": [2**63]}, InvalidArgumentError, "64 bits"),
        ({"uids": ["UID_\ud800"]}, InvalidArgumentError, "a lone surrogate at position 4"),
        ({"content": "\udfff", "uids": ["UID_x"]}, InvalidArgumentError, "`content`: a lone surrogate at position 0"),
        ({"content": b"x", "uids": ["UID_x"]}, TypeError, "content must be a str, not bytes"),
        ({"content": "", "uids": ["UID_x"]}, InvalidArgumentError, "must have 1 to 40000 characters (got 0)"),
        (
            {"content": "字" * 40_001, "uids": ["UID_x"]},
            InvalidArgumentError,
            "must have 1 to 40000 characters (got 40001)",
        ),
        ({"uids": ["UID_x"], "content_type": "md"}, InvalidArgumentError, '"markdown"'),
        ({"uids": ["UID_x"], "content_type": 4}, InvalidArgumentError, "4 is not known"),
        ({"uids": ["UID_x"], "content_type": True}, TypeError, "content_type must be one of"),
        ({"uids": ["UID_x"], "verify_pay": 1}, TypeError, "verify_pay must be a bool, not int"),
        ({"uids": ["UID_x"], "verify_pay": True, "verify_pay_type": 1}, InvalidArgumentError, "give one of them"),
        ({"uids": ["UID_x"], "summary": 5}, TypeError, "summary must be a str"),
        ({"uid": "UID_x"}, TypeError, "unexpected keyword argument"),
    ],
)
def test_send(wxpusher_sandbox, wxpusher_client, arguments, error, text):
    with pytest.raises(error) as caught:
        wxpusher_client.send(**{"content": "x", **arguments})
    assert text in str(caught.value)
    assert wxpusher_sandbox.calls() == []
    if error is InvalidArgumentError:
        assert isinstance(caught.value, ValueError)
        assert caught.value.sent == "no"
        assert caught.value.field in str(caught.value)


def test_positional_targets_are_refused(wxpusher_client):
    with pytest.raises(TypeError):
        wxpusher_client.send("x", ["UID_testalice"])


def test_ids_are_ints(wxpusher_sandbox, wxpusher_client):
    for verb in ("query_status", "query_message_status", "delete_message", "delete_user"):
        for wrong in (True, "5", 5.0, None):
            with pytest.raises(TypeError, match="must be an int"):
                getattr(wxpusher_client, verb)(wrong)
    with pytest.raises(TypeError, match="is_blocked must be a bool"):
        wxpusher_client.users(is_blocked=1)
    assert wxpusher_sandbox.calls() == []


@pytest.mark.parametrize(
    "uids", [("UID_testalice",), {"UID_testalice"}, iter(["UID_testalice"]), dict.fromkeys(["UID_testalice"]).keys()]
)
def test_any_iterable_of_uids_will_do(wxpusher_client, uids):
    assert wxpusher_client.send("x", uids=uids).all_ok


@pytest.mark.parametrize("kind", ["markdown", "MARKDOWN", 3, ContentType.MARKDOWN, ContentType("markdown")])
def test_enums_by_member_number_and_name(wxpusher_sandbox, wxpusher_client, kind):
    wxpusher_client.send("x", uids=["UID_testalice"], content_type=kind)
    assert wxpusher_sandbox.inbox("UID_testalice")[0].content_type == 3


def test_subclasses_of_str_and_int_are_fine(wxpusher_client):
    class Name(str, enum.Enum):
        ALICE = "UID_testalice"

    assert wxpusher_client.send("x", uids=[Name.ALICE], topic_ids=[Odd(9701)]).all_ok


@pytest.mark.parametrize(
    ("settings", "error", "text"),
    [
        ({"timeout": 0}, InvalidArgumentError, "timeout"),
        ({"timeout": -1}, InvalidArgumentError, "timeout"),
        ({"timeout": float("nan")}, InvalidArgumentError, "timeout"),
        ({"timeout": float("inf")}, InvalidArgumentError, "timeout"),
        ({"timeout": 10**400}, InvalidArgumentError, "timeout"),
        ({"timeout": "5"}, TypeError, "timeout must be a number of seconds, not str"),
        ({"timeout": True}, TypeError, "timeout must be a number of seconds, not bool"),
        ({"max_retries": -1}, InvalidArgumentError, "max_retries"),
        ({"base_url": "http://example.com"}, InvalidArgumentError, "base_url"),
        ({"limits": "2023"}, InvalidArgumentError, "limits"),
        ({"proxy": True}, InvalidArgumentError, "proxy"),
        ({"proxy": "socks5://127.0.0.1:1"}, InvalidArgumentError, "proxy"),
        ({"ca_file": "/nonexistent"}, InvalidArgumentError, "ca_file"),
        ({"ca_file": 5}, TypeError, "ca_file must be a path"),
        ({"user_agent": "ü"}, InvalidArgumentError, "user_agent"),
        ({"tiemout": 5}, TypeError, "unexpected keyword argument 'tiemout'"),
        ({"app_token": ""}, InvalidArgumentError, "app_token"),
        ({"app_token": b"AT_x"}, TypeError, "app_token must be a str"),
    ],
)
def test_settings(settings, error, text):
    with pytest.raises(error, match=text):
        Client(**settings)


def test_wait_for_scan_needs_an_end(wxpusher_client):
    with pytest.raises(TypeError, match="timeout"):
        wxpusher_client.wait_for_scan("code")


def test_broadcast_refuses_at_once(wxpusher_client):
    with pytest.raises(TypeError, match="not a single str"):
        wxpusher_client.broadcast("x", "UID_x")
    with pytest.raises(InvalidArgumentError, match="content"):
        wxpusher_client.broadcast("", [])
