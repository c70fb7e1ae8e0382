"""Results: frozen, comparable, hashable, picklable, and open to `match`."""

from __future__ import annotations

import copy
import pickle
from datetime import datetime, timezone

import pytest
import wxpusher_sdk
from wxpusher_sdk import (
    AppSubscribe,
    Batch,
    ContentType,
    FollowType,
    InvalidCallbackError,
    Limits,
    OrderPay,
    OrderType,
    PayEndTime,
    Qrcode,
    ResourceType,
    SendOutcome,
    SendStatus,
    SendUpCmd,
    SubscribeSource,
    TargetResult,
    UnknownCallback,
    User,
    UserPage,
    UserPageV1,
    UserV1,
    VerifyPayType,
    parse_callback,
)

TARGET = TargetResult("UID_x", None, None, 2**40, 1000, "ok")
USER = User("UID_x", 1, 97, None, 1569416451573, None, False, FollowType(7), None, 0)
USER_V1 = UserV1("UID_x", 1, True, None, None)
RESULTS = [
    TARGET,
    SendOutcome(5, (TARGET,)),
    SendStatus(1, "等待发送"),
    Qrcode("c", "https://example.com", None, "e", 1569416451573),
    USER,
    UserPage(1, 1, 1, (USER,)),
    USER_V1,
    UserPageV1(1, 1, 1, (USER_V1,)),
    PayEndTime(ResourceType.APP, 97, 1569416451573),
    Batch(1, ("UID_x",), 1, 0, SendOutcome(5, (TARGET,)), None),
    AppSubscribe(97, None, None, SubscribeSource("bluetooth"), None, None, 1, "UID_x", None),
    OrderPay(1, 2, 97, 3, 4, "t", OrderType(9), "UID_x"),
    SendUpCmd("UID_x", 97, None, None, None, None, 1, "#97 hi"),
    UnknownCallback("a", "{}"),
    Limits.CURRENT,
]


@pytest.mark.parametrize("result", RESULTS, ids=lambda result: type(result).__name__)
def test_behaves_like_a_frozen_dataclass(result):
    fields = [getattr(result, name) for name in type(result).__match_args__]
    other = type(result)(*fields)
    by_name = type(result)(**dict(zip(type(result).__match_args__, fields, strict=True)))
    assert result == other == by_name
    assert hash(result) == hash(other)
    assert result != fields
    assert result != type(result).__mro__
    assert repr(result).startswith(f"{type(result).__name__}({type(result).__match_args__[0]}=")
    assert repr(fields[0]) in repr(result)
    for same in (
        copy.copy(result),
        copy.deepcopy(result),
        *(pickle.loads(pickle.dumps(result, n)) for n in range(2, 6)),
    ):
        assert same == result
        assert type(same) is type(result)
    with pytest.raises(AttributeError):
        setattr(result, type(result).__match_args__[0], None)
    with pytest.raises(AttributeError):
        result.something_else = 1
    assert type(result).__doc__
    for name in type(result).__match_args__:
        assert getattr(type(result), name).__doc__, name


def test_match():
    match SendOutcome(5, (TARGET,)):
        case SendOutcome(targets=(TargetResult(uid=uid, send_record_id=record),)):
            assert (uid, record) == ("UID_x", 2**40)
        case _:
            pytest.fail("no match")
    match TARGET:
        case TargetResult("UID_x", None):
            pass
        case _:
            pytest.fail("no match")


def test_times_are_exact_and_aware():
    expected = datetime(2019, 9, 25, 13, 0, 51, 573000, tzinfo=timezone.utc)
    assert Qrcode("c", "u", None, None, 1569416451573).expires_utc == expected
    assert USER.create_time_utc == expected
    assert USER.pay_end_time_utc is None
    assert PayEndTime(ResourceType.APP, 97, -1).pay_end_time_utc < datetime(1970, 1, 1, tzinfo=timezone.utc)


def test_enums_keep_what_they_do_not_know():
    assert ContentType("markdown") is ContentType.MARKDOWN is ContentType(3)
    assert VerifyPayType("Paid") is VerifyPayType.PAID
    for enum in (FollowType, OrderType, ResourceType):
        assert enum(77) == 77
        assert enum(77).name == "UNKNOWN_77"
        assert pickle.loads(pickle.dumps(enum(77))) == 77
        assert 77 not in {member.value for member in enum}
        for wrong in ("x", None, True if enum is None else 1.5):
            with pytest.raises(ValueError, match="is not a valid"):
                enum(wrong)
    assert SubscribeSource("bluetooth") == "bluetooth"
    assert str(SubscribeSource.SCAN) == "scan"
    with pytest.raises(ValueError, match="is not a valid"):
        ContentType(9)


SUBSCRIBE = """{"action":"app_subscribe",
    "data":{"appId":97,"source":"scan","time":1569416451573,"uid":"UID_test","extra":"user-7"}}"""


@pytest.mark.parametrize("body", [SUBSCRIBE, SUBSCRIBE.encode(), bytearray(SUBSCRIBE.encode())])
def test_parse_callback(body):
    match parse_callback(body):
        case AppSubscribe(uid=uid, source=SubscribeSource.SCAN, extra=extra) as event:
            assert (uid, extra) == ("UID_test", "user-7")
            assert event.time_utc.year == 2019
            assert event.action == "app_subscribe"
        case _:
            pytest.fail("no match")


def test_parse_callback_refuses():
    with pytest.raises(TypeError, match="raw body"):
        parse_callback({"action": "app_subscribe"})
    with pytest.raises(TypeError, match="bytes or str, not NoneType"):
        parse_callback(None)
    for body in ("", "{}", b"\xff", "\ud800", '{"action":"app_subscribe"}'):
        with pytest.raises(InvalidCallbackError) as caught:
            parse_callback(body)
        assert caught.value.reason in str(caught.value)
        assert isinstance(caught.value, ValueError)


def test_a_command_loses_its_number():
    assert SendUpCmd("UID_x", 97, None, None, None, None, 1, "#97 重启 web").command == "重启 web"


def test_callback_is_a_union_of_all():
    assert set(wxpusher_sdk.Callback.__args__) == {AppSubscribe, OrderPay, SendUpCmd, UnknownCallback}
