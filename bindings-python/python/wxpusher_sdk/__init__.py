"""A client of WxPusher, a push service: one HTTP call sends a message to people on WeChat and phones.

    from wxpusher_sdk import Client

    client = Client("AT_…")
    outcome = client.send("磁盘已满", uids=["UID_…"])
    for target in outcome.failed:
        print(target.uid, "was not accepted:", target.status)

No silent failures: if no recipient accepts a message, `send` raises RejectedError; if some do, `failed` of the outcome
lists the others. Every error has `sent` ("no", "maybe" or "yes": whether the request reached the server) and
`retry_is_safe`.
"""

from ._errors import (
    ApiError,
    ConnectError,
    HttpStatusError,
    InternalError,
    InvalidArgumentError,
    InvalidCallbackError,
    InvalidResponseError,
    InvalidSignatureError,
    RateLimiterError,
    RejectedError,
    SandboxError,
    TlsError,
    TransportError,
    WxPusherCancelledError,
    WxPusherError,
    WxPusherTimeoutError,
)
from ._native import (
    AppSubscribe,
    Batch,
    Broadcast,
    Client,
    EntryLinkVerifier,
    Limits,
    OrderPay,
    PayEndTime,
    Qrcode,
    SendOutcome,
    SendStatus,
    SendUpCmd,
    TargetResult,
    UnknownCallback,
    User,
    UserPage,
    UserPageV1,
    Users,
    UserV1,
    log_to_python,
    parse_callback,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ._async import AsyncClient
    from ._logging import WxPusherHandler
    from ._sandbox import CallbackReport, InboxMessage, Payment, Sandbox, SandboxCall, SandboxQrcode
    from ._words import ContentType, FollowType, OrderType, ResourceType, SubscribeSource, VerifyPayType

    Callback = AppSubscribe | OrderPay | SendUpCmd | UnknownCallback

__all__ = [
    "ApiError",
    "AppSubscribe",
    "AsyncClient",
    "Batch",
    "Broadcast",
    "Callback",
    "CallbackReport",
    "Client",
    "ConnectError",
    "ContentType",
    "EntryLinkVerifier",
    "FollowType",
    "HttpStatusError",
    "InboxMessage",
    "InternalError",
    "InvalidArgumentError",
    "InvalidCallbackError",
    "InvalidResponseError",
    "InvalidSignatureError",
    "Limits",
    "OrderPay",
    "OrderType",
    "PayEndTime",
    "Payment",
    "Qrcode",
    "RateLimiterError",
    "RejectedError",
    "ResourceType",
    "Sandbox",
    "SandboxCall",
    "SandboxError",
    "SandboxQrcode",
    "SendOutcome",
    "SendStatus",
    "SendUpCmd",
    "SubscribeSource",
    "TargetResult",
    "TlsError",
    "TransportError",
    "UnknownCallback",
    "User",
    "UserPage",
    "UserPageV1",
    "UserV1",
    "Users",
    "VerifyPayType",
    "WxPusherCancelledError",
    "WxPusherError",
    "WxPusherHandler",
    "WxPusherTimeoutError",
    "log_to_python",
    "parse_callback",
]

# What few programs need is imported when it is first named: `import wxpusher_sdk` takes a few milliseconds.
_LAZY = {
    "AsyncClient": "_async",
    "CallbackReport": "_sandbox",
    "ContentType": "_words",
    "FollowType": "_words",
    "InboxMessage": "_sandbox",
    "OrderType": "_words",
    "Payment": "_sandbox",
    "ResourceType": "_words",
    "Sandbox": "_sandbox",
    "SandboxCall": "_sandbox",
    "SandboxQrcode": "_sandbox",
    "SubscribeSource": "_words",
    "VerifyPayType": "_words",
    "WxPusherHandler": "_logging",
}


def __getattr__(name: str) -> object:
    if name in _LAZY:
        from importlib import import_module  # noqa: PLC0415

        value = getattr(import_module(f".{_LAZY[name]}", __name__), name)
    elif name == "Callback":
        value = AppSubscribe | OrderPay | SendUpCmd | UnknownCallback
    else:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
