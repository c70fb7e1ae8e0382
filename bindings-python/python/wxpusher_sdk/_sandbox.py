"""A WxPusher on this machine, for tests and for trying things out."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from ._errors import publish
from ._native import Client
from ._native import Sandbox as _Native

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from types import TracebackType

    from typing_extensions import Self, Unpack

    from ._native import _Settings


@dataclass(frozen=True)
class InboxMessage:
    """A message as its receiver finds it."""

    message_content_id: int
    """The content's id, shared by all targets of one send."""
    send_record_id: int
    """The id of the task that brought it."""
    app_id: int | None
    """The app that sent it; None for a simple push."""
    via: str
    """How it came: "uid", "topic" or "spt"."""
    topic_id: int | None
    """The topic it came by."""
    time: int
    """When it was sent, in milliseconds since the epoch."""
    content_type: int
    """1 text, 2 HTML, 3 Markdown."""
    summary: str
    """The given summary, or else the beginning of the content."""
    content: str | None
    """The content, as it was sent; None once the sender deleted it."""
    url: str | None
    """The link to the original, if one was given."""


@dataclass(frozen=True)
class CallbackReport:
    """A callback and what its receiver made of it."""

    app_id: int
    """The app it belongs to."""
    url: str | None
    """Where it was posted; None when the app has no callback URL."""
    body: dict[str, Any]
    """What was posted."""
    status: int | None
    """The receiver's HTTP status; None when it did not answer."""
    answer: str | None
    """The receiver's answer."""
    problem: str | None
    """Why the receiver did not answer."""

    @property
    def delivered(self) -> bool:
        """Whether the receiver took it: answered with a status of 2xx."""
        return self.status is not None and self.status // 100 == 2


@dataclass(frozen=True)
class Payment:
    """A payment, and what the app was told of it."""

    trade_no: str
    """By which it can be refunded."""
    callbacks: tuple[CallbackReport, ...]
    """`order_pay`; before it `app_subscribe`, if the payment made the user follow the app."""


@dataclass(frozen=True)
class SandboxQrcode:
    """A QR code with a parameter, as an app created it."""

    code: str
    app_id: int
    extra: str
    expires: int
    """When it stops working, in milliseconds since the epoch."""
    last_uid: str | None
    """Who scanned it last."""


@dataclass(frozen=True)
class SandboxCall:
    """A call of one of WxPusher's routes. Tokens in it are masked."""

    route: str | None
    """The interface; None when there is no such interface."""
    time: int
    """When it arrived, on the sandbox's clock, in milliseconds since the epoch."""
    method: str
    path: str
    query: str | None
    status: int | None
    """The HTTP status it was answered with; None while it is still waiting, or if it never was."""
    code: int | None
    """The business code it was answered with; None if a fault answered in its stead."""


def _snake(fields: dict[str, Any]) -> dict[str, Any]:
    return {re.sub("[A-Z]", lambda letter: "_" + letter[0].lower(), name): value for name, value in fields.items()}


def _camel(value: Any) -> Any:
    """The same seed or fault with the sandbox's names, from either spelling."""
    if isinstance(value, dict):
        return {re.sub("_([a-z])", lambda match: match[1].upper(), name): _camel(item) for name, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_camel(item) for item in value]
    return value


def _report(fields: dict[str, Any]) -> CallbackReport:
    outcome = fields.pop("outcome")
    status = answer = problem = None
    if isinstance(outcome, dict):
        problem = outcome.get("failed")
        answered = outcome.get("answered") or {}
        status, answer = answered.get("status"), answered.get("body")
    return CallbackReport(**_snake(fields), status=status, answer=answer, problem=problem)


def _message(fields: dict[str, Any]) -> InboxMessage:
    via = fields.pop("via")
    topic_id = None
    if isinstance(via, dict):
        [(via, topic_id)] = via.items()
    return InboxMessage(**_snake(fields), via=via, topic_id=topic_id)


class Sandbox:
    """A WxPusher on this machine, in memory, on a free port of 127.0.0.1. It ends with the `with` block.

        with Sandbox() as sandbox:
            sandbox.client().send("hello", uids=["UID_testalice"])
            assert sandbox.inbox("UID_testalice")[0].content == "hello"

    Without a seed it holds app 97 with the token AT_testdemo, its topic 9701 and its product 12; UID_testalice, who
    follows both and has SPT_testalice; and UID_testbob, who follows nothing yet. `seed` replaces all of that:

        Sandbox(seed={"apps": [{"id": 7, "token": "AT_testshop", "name": "小店"}],
                      "users": [{"uid": "UID_testcarol", "follows": [{"app_id": 7}]}]})

    `frozen_at` stops its clock at a time in milliseconds since the epoch; `advance` moves it.

    Raises:
        SandboxError: the port is taken, or the seed has a mistake.
    """

    def __init__(
        self,
        *,
        seed: Mapping[str, Any] | None = None,
        port: int = 0,
        rate_limit: bool = True,
        frozen_at: int | None = None,
    ) -> None:
        self._native = _Native(None if seed is None else json.dumps(_camel(dict(seed))), port, rate_limit, frozen_at)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.stop()

    def __repr__(self) -> str:
        return f"<Sandbox {self.url}>"

    def stop(self) -> None:
        """Closes the port and every connection with it."""
        self._native.stop()

    @property
    def url(self) -> str:
        """What to use as base URL."""
        return self._native.url

    def client(self, app_token: str | None = None, **settings: Unpack[_Settings]) -> Client:
        """A client of this sandbox: for the first app, unless a token is given. It asks for scans every 50 ms."""
        if app_token is None:
            apps = self.world()["apps"]
            app_token = apps[0]["token"] if apps else None
        settings.setdefault("scan_interval", 0.05)
        settings["base_url"] = self.url
        return Client(app_token, **settings)

    def seed(
        self,
        *,
        apps: Sequence[Mapping[str, Any]] = (),
        topics: Sequence[Mapping[str, Any]] = (),
        products: Sequence[Mapping[str, Any]] = (),
        users: Sequence[Mapping[str, Any]] = (),
    ) -> None:
        """Adds to the world, or replaces what is there under the same id."""
        parts = {"apps": apps, "topics": topics, "products": products, "users": users}
        self._native.seed(json.dumps(_camel({name: [dict(item) for item in items] for name, items in parts.items()})))

    def seed_followers(self, app_id: int, uids: Iterable[str]) -> None:
        """Adds any number of users who follow one app."""
        self._native.seed_followers(app_id, uids)

    def world(self) -> dict[str, list[dict[str, Any]]]:
        """Everything that exists, in the form it can be seeded."""
        world: dict[str, list[dict[str, Any]]] = json.loads(self._native.world())
        return world

    def set_callback_url(self, app_id: int, url: str | None) -> None:
        """Sets where an app's callbacks are posted, or stops them. Only this machine can be called."""
        self._native.set_callback_url(app_id, url)

    def scan(self, code: str, uid: str) -> CallbackReport:
        """A user scans a QR code that was created with a parameter, and so follows its app."""
        return _report(json.loads(self._native.scan(code, uid)))

    def subscribe(
        self, uid: str, *, app_id: int | None = None, topic_id: int | None = None, source: str = "link"
    ) -> CallbackReport | None:
        """A user follows an app or a topic. Apps are told, topics are not."""
        if (app_id is None) == (topic_id is None):
            raise TypeError("give app_id or topic_id")
        target = {"topicId": topic_id} if app_id is None else {"appId": app_id}
        report = json.loads(self._native.subscribe(uid, json.dumps(target), json.dumps(source)))
        return None if report is None else _report(report)

    def command(self, uid: str, text: str) -> CallbackReport:
        """A user sends a text to the WxPusher account, for example "#97 hello"."""
        return _report(json.loads(self._native.command(uid, text)))

    def pay(self, uid: str, prod_id: int, amount: int, *, add_time: timedelta | float) -> Payment:
        """A user pays so many fen for a product, and is paid up for so much longer (seconds, or a timedelta)."""
        fields = json.loads(self._native.pay(uid, prod_id, amount, _seconds(add_time)))
        return Payment(trade_no=fields["tradeNo"], callbacks=tuple(_report(report) for report in fields["callbacks"]))

    def refund(self, trade_no: str) -> CallbackReport:
        """Gives a payment back, and takes the time bought with it."""
        return _report(json.loads(self._native.refund(trade_no)))

    def inbox(self, uid_or_spt: str) -> list[InboxMessage]:
        """What arrived in the last seven days, oldest first; for an SPT, what came through it."""
        return [_message(fields) for fields in json.loads(self._native.inbox(uid_or_spt))]

    def qrcode(self, code: str) -> SandboxQrcode:
        """A QR code that was created through the API."""
        return SandboxQrcode(**_snake(json.loads(self._native.qrcode(code))))

    @property
    def now(self) -> int:
        """The sandbox's time, in milliseconds since the epoch."""
        return self._native.now()

    def advance(self, by: timedelta | float) -> None:
        """Moves the sandbox's time forward by seconds or a timedelta."""
        self._native.advance(_seconds(by))

    def set_rate_limit(self, enabled: bool) -> None:
        """Switches the limit of 20 sends in 10 seconds per app on or off."""
        self._native.set_rate_limit(enabled)

    def inject(
        self, fault: str | Mapping[str, Any], *, route: str | None = None, times: int = 1, carried_out: bool = False
    ) -> None:
        """Makes the next calls go wrong.

        fault: "hang", "close", "reset", "half_body", {"delay": {"ms": 500}}, {"slow_drip": {"bytes": 1, "ms": 50}},
        {"status": 502}, {"code": {"code": 1006, "msg": "…"}}, {"answer": {"status": 200, "headers": {}, "body": "…"}}.
        route: for example "send" or "list_users"; any when left out. carried_out: the call does its work first.
        """
        kind = _camel({fault: None}) if isinstance(fault, str) else _camel(dict(fault))
        [(name, value)] = kind.items()
        wish: dict[str, Any] = {"fault": name if isinstance(fault, str) else {name: value}, "times": times}
        wish["carriedOut"] = carried_out
        if route is not None:
            [wish["route"]] = _camel({route: None})
        self._native.inject(json.dumps(wish))

    def clear_faults(self) -> None:
        """Forgets all faults that still wait for a call."""
        self._native.clear_faults()

    def calls(self) -> list[SandboxCall]:
        """The latest 10 000 calls of WxPusher's routes, oldest first."""
        return [SandboxCall(**_snake(fields)) for fields in json.loads(self._native.calls())]

    def wait_for_calls(self, count: int, timeout: float = 10) -> bool:
        """Waits until so many calls have arrived since the start, answered or not."""
        return self._native.wait_for_calls(count, timeout)

    def callbacks(self) -> list[CallbackReport]:
        """The latest 1 000 callbacks, oldest first."""
        return [_report(fields) for fields in json.loads(self._native.callbacks())]


def _seconds(time: timedelta | float) -> float:
    return time.total_seconds() if isinstance(time, timedelta) else time


publish(CallbackReport, InboxMessage, Payment, Sandbox, SandboxCall, SandboxQrcode)
