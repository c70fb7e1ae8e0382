"""The errors. Every language of this project has the same list."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import ClassVar, Literal

    from ._native import SendOutcome

    Sent = Literal["no", "maybe", "yes"]
    Phase = Literal["resolve", "connect", "tls", "send", "receive"]


def publish(*classes: type) -> None:
    """Sets the module of classes to the public package, for repr and pickle."""
    for one in classes:
        one.__module__ = "wxpusher_sdk"


class WxPusherError(Exception):
    """Base class of all errors of this package.

    `kind` and `number` are the same in every language of this project. `sent` says whether the request reached the
    server: "no", "maybe" or "yes". `retry_is_safe` is True if the call can be repeated: nothing was delivered by it,
    and a repetition can succeed. `is_rate_limited` is True if the server refused the request because of its rate limit.
    """

    kind: ClassVar[str]
    number: ClassVar[int]

    sent: Sent
    retry_is_safe: bool = False
    is_rate_limited: bool = False

    def __init__(self, text: str = "", *, sent: Sent = "no") -> None:
        super().__init__(text)
        self.sent = sent


class _ReasonError(WxPusherError):
    reason: str

    def __init__(self, text: str = "", *, sent: Sent = "no", reason: str = "") -> None:
        super().__init__(text, sent=sent)
        self.reason = reason


class InvalidArgumentError(_ReasonError, ValueError):
    """An argument is not allowed; nothing was sent. `field` is its name, `reason` says what is allowed."""

    kind = "invalid_argument"
    number = 1

    field: str

    def __init__(self, text: str = "", *, sent: Sent = "no", field: str = "", reason: str = "") -> None:
        super().__init__(text, sent=sent, reason=reason)
        self.field = field


class ConnectError(_ReasonError, ConnectionError):
    """No connection: the host was not found, refused the connection or is unreachable."""

    kind = "connect"
    number = 2


class TlsError(_ReasonError, ConnectionError):
    """The TLS handshake failed, or the certificate is not trusted."""

    kind = "tls"
    number = 3


class WxPusherTimeoutError(WxPusherError, TimeoutError):
    """The connect timeout or the total timeout was reached.

    `phase` is the step that was interrupted: "resolve", "connect", "tls", "send" or "receive".
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
    """WxPusher's response has an error code: `code`. `msg` is WxPusher's text; it may quote a token.

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
    """WxPusher accepted none of the recipients (`ensure_all`: not all of them). `outcome` lists the reasons."""

    kind = "rejected"
    number = 8

    outcome: SendOutcome | None

    def __init__(self, text: str = "", *, sent: Sent = "yes", outcome: SendOutcome | None = None) -> None:
        super().__init__(text, sent=sent)
        self.outcome = outcome


class InvalidResponseError(_ReasonError):
    """The response is not JSON, lacks a field, or is larger than 8 MiB."""

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


class WxPusherCancelledError(WxPusherError):
    """The call was cancelled by `Client.cancel`."""

    kind = "cancelled"
    number = 12


class InternalError(_ReasonError):
    """An internal error of this package. Please report it."""

    kind = "internal"
    number = 13


class RateLimiterError(_ReasonError):
    """The rate limit shared with other processes cannot be used. Nothing was sent."""

    kind = "rate_limiter"
    number = 14


class SandboxError(Exception):
    """The sandbox refused a request: an unknown user, an invalid seed."""


BY_NUMBER: dict[int, type[WxPusherError]] = {
    error.number: error
    for error in (
        InvalidArgumentError,
        ConnectError,
        TlsError,
        WxPusherTimeoutError,
        TransportError,
        HttpStatusError,
        ApiError,
        RejectedError,
        InvalidResponseError,
        InvalidCallbackError,
        InvalidSignatureError,
        WxPusherCancelledError,
        InternalError,
        RateLimiterError,
    )
}

publish(*BY_NUMBER.values(), WxPusherError, SandboxError)
