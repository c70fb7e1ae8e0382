"""Parses a callback by this package, and by json.loads into a frozen dataclass; prints the ratio of their times."""

import json
import timeit
from dataclasses import dataclass

from wxpusher_sdk import parse_callback

BODY = (
    '{"action":"app_subscribe","data":{"appId":123,"appKey":"AK_xxx","appName":"应用名字","source":"scan","userName":"",'
    '"userHeadImg":"","time":1569416451573,"uid":"UID_testalice","extra":"用户7"}}'
).encode()


@dataclass(frozen=True)
class AppSubscribe:
    appId: int  # noqa: N815
    appKey: str  # noqa: N815
    appName: str  # noqa: N815
    source: str
    userName: str  # noqa: N815
    userHeadImg: str  # noqa: N815
    time: int
    uid: str
    extra: str


def by_dataclass() -> AppSubscribe:
    return AppSubscribe(**json.loads(BODY)["data"])


def seconds(work: object) -> float:
    return timeit.timeit(work, number=5000)


def main() -> None:
    assert by_dataclass().uid == parse_callback(BODY).uid
    own = other = float("inf")
    for _ in range(20):
        own = min(own, seconds(lambda: parse_callback(BODY)))
        other = min(other, seconds(by_dataclass))
    print(own / other)


main()
