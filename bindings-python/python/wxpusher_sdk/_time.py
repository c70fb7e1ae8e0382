"""Times as `datetime`."""

from datetime import datetime, timedelta, timezone

_EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)


def utc(ms: int) -> datetime:
    """Milliseconds since the epoch as an aware datetime, without the rounding of floats."""
    return _EPOCH + timedelta(milliseconds=ms)
