"""The enums. They accept members, numbers and names; a value that this version does not know becomes a member, too."""

from __future__ import annotations

from enum import Enum, IntEnum

from ._errors import publish

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing_extensions import Self


class _Number(IntEnum):
    @classmethod
    def _missing_(cls, value: object) -> Self | None:
        if isinstance(value, str):
            return cls.__members__.get(value.upper())
        return None


class _OpenNumber(_Number):
    @classmethod
    def _missing_(cls, value: object) -> Self | None:
        known = super()._missing_(value)
        if known is not None or not isinstance(value, int) or isinstance(value, bool):
            return known
        unknown = int.__new__(cls, value)
        unknown._name_ = f"UNKNOWN_{value}"
        unknown._value_ = value
        return unknown

    def __reduce_ex__(self, protocol: object) -> tuple[type[Self], tuple[int]]:
        return type(self), (int(self),)


class ContentType(_Number):
    """How `content` is to be shown."""

    TEXT = 1
    HTML = 2
    MARKDOWN = 3


class VerifyPayType(_Number):
    """Which users of a paid product receive a message."""

    EVERYONE = 0
    PAID = 1
    UNPAID = 2


class FollowType(_OpenNumber):
    """What somebody follows."""

    APP = 0
    TOPIC = 1


class OrderType(_OpenNumber):
    """Paid or refunded."""

    PAID = 1
    REFUNDED = 2


class ResourceType(_OpenNumber):
    """What a product is made of."""

    APP = 1
    TOPIC = 2


class SubscribeSource(str, Enum):
    """How somebody came to follow an app: by a QR code, the link, a message `#{appId}`, or buying a product."""

    SCAN = "scan"
    LINK = "link"
    COMMAND = "command"
    ORDER = "order"

    @classmethod
    def _missing_(cls, value: object) -> Self | None:
        if not isinstance(value, str):
            return None
        unknown = str.__new__(cls, value)
        unknown._name_ = f"UNKNOWN_{value.upper()}"
        unknown._value_ = value
        return unknown

    def __reduce_ex__(self, protocol: object) -> tuple[type[Self], tuple[str]]:
        return type(self), (self.value,)

    def __str__(self) -> str:
        return str(self.value)


publish(ContentType, VerifyPayType, FollowType, OrderType, ResourceType, SubscribeSource)
