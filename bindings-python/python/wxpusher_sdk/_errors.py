"""The one list of what can go wrong, the same in every language of this project."""

from __future__ import annotations

import builtins

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import ClassVar, Literal

    from ._native import SendOutcome

    Sent = Literal["no", "maybe", "yes"]
    Phase = Literal["resolve", "connect", "tls", "send", "receive"]


def publish(*classes: type) -> None:
    """Makes classes show, and pickle, under the name by which people import them."""
    for one in classes:
        one.__module__ = "wxpusher_sdk"


class WxPusherError(Exception):
    """Base of everything this package raises on its own account.

    `sent` says whether the request reached the server: "no", "maybe" or "yes". It is what you need to know before
    sending again. `kind` and `number` are the same in every language of this project.
    """

    kind: ClassVar[str]
    number: ClassVar[int]

    sent: Sent

    def __init__(self, text: str = "", *, sent: Sent = "no") -> None:
        super().__init__(text)
        self.sent = sent


class _ReasonError(WxPusherError):
    reason: str

    def __init__(self, text: str = "", *, sent: Sent = "no", reason: str = "") -> None:
        super().__init__(text, sent=sent)
        self.reason = reason


class InvalidArgumentError(_ReasonError, ValueError):
    """Refused here, before anything was sent. `field` names the argument, `reason` says its size and the limit."""

    kind = "invalid_argument"
    number = 1

    field: str

    def __init__(self, text: str = "", *, sent: Sent = "no", field: str = "", reason: str = "") -> None:
        super().__init__(text, sent=sent, reason=reason)
        self.field = field


class ConnectError(_ReasonError, ConnectionError):
    """The host was not found, refused the connection or cannot be reached."""

    kind = "connect"
    number = 2


class TlsError(_ReasonError, ConnectionError):
    """The TLS handshake failed, or the certificate is not to be trusted."""

    kind = "tls"
    number = 3


class TimeoutError(WxPusherError, builtins.TimeoutError):  # noqa: A001 - it is one
    """The connect timeout or the total timeout ran out.

    `phase` says while doing what: "resolve", "connect", "tls", "send" or "receive".
    """

    kind = "timeout"
    number = 4

    phase: Phase

    def __init__(self, text: str = "", *, sent: Sent = "maybe", phase: Phase = "receive") -> None:
        super().__init__(text, sent=sent)
        self.phase = phase


class TransportError(_ReasonError, ConnectionError):
    """The connection broke."""

    kind = "transport"
    number = 5


class HttpStatusError(WxPusherError):
    """The HTTP status of the response is not 2xx. Redirects are not followed and raise this error too.

    `status` is the HTTP status. `code` is WxPusher's code if the body is WxPusher's JSON, otherwise None. `msg` is
    WxPusher's text or the first 500 characters of the body; it may quote a token, `str(error)` does not.
    """

    kind = "http_status"
    number = 6

    status: int
    code: int | None
    msg: str

    def __init__(
        self, text: str = "", *, sent: Sent = "yes", status: int = 0, code: int | None = None, msg: str = ""
    ) -> None:
        super().__init__(text, sent=sent)
        self.status = status
        self.code = code
        self.msg = msg


class ApiError(WxPusherError):
    """WxPusher says no: `code` is its code, `msg` its text, untouched.

    Known codes: 1001 business failure, 1002 not authenticated, 1003 bad signature, 1004 no such interface, 1005 server
    error, 1006 trouble talking to WeChat. Others may come.
    """

    kind = "api"
    number = 7

    code: int
    msg: str

    def __init__(self, text: str = "", *, sent: Sent = "yes", code: int = 0, msg: str = "") -> None:
        super().__init__(text, sent=sent)
        self.code = code
        self.msg = msg


class RejectedError(WxPusherError):
    """WxPusher took the call and accepted none of its targets (after `ensure_all`: not all). `outcome` says why."""

    kind = "rejected"
    number = 8

    outcome: SendOutcome | None

    def __init__(self, text: str = "", *, sent: Sent = "yes", outcome: SendOutcome | None = None) -> None:
        super().__init__(text, sent=sent)
        self.outcome = outcome


class InvalidResponseError(_ReasonError):
    """The answer is not JSON, has the wrong shape or is larger than 8 MiB."""

    kind = "invalid_response"
    number = 9


class InvalidCallbackError(_ReasonError, ValueError):
    """The body is not a WxPusher callback. `reason` says what is wrong, and where."""

    kind = "invalid_callback"
    number = 10


class InvalidSignatureError(_ReasonError, ValueError):
    """The entry link is forged, stale or replayed.

    `reason` begins with "unsigned", "missing", "malformed", "forged", "stale" or "replayed".
    """

    kind = "invalid_signature"
    number = 11


class CancelledError(WxPusherError):
    """`Client.cancel` was called."""

    kind = "cancelled"
    number = 12


class InternalError(_ReasonError):
    """A bug of this package. Please report it."""

    kind = "internal"
    number = 13


class RateLimiterError(_ReasonError):
    """The rate limit shared with other processes cannot be used. Nothing was sent."""

    kind = "rate_limiter"
    number = 14


class SandboxError(Exception):
    """A sandbox was asked for something that makes no sense: an unknown user, a broken seed."""


BY_NUMBER: dict[int, type[WxPusherError]] = {
    error.number: error
    for error in (
        InvalidArgumentError,
        ConnectError,
        TlsError,
        TimeoutError,
        TransportError,
        HttpStatusError,
        ApiError,
        RejectedError,
        InvalidResponseError,
        InvalidCallbackError,
        InvalidSignatureError,
        CancelledError,
        InternalError,
        RateLimiterError,
    )
}

publish(*BY_NUMBER.values(), WxPusherError, SandboxError)
