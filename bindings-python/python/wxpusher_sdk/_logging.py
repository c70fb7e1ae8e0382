"""Sends log records as messages."""

from __future__ import annotations

import atexit
import logging
import os
import sys
import threading
import time
import weakref
from collections import deque
from typing import TYPE_CHECKING

from ._errors import WxPusherError, publish

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ._native import Client, ContentTypeLike

OWN_LOGGER = "wxpusher_sdk"
MAX_CHARACTERS = 10_000
"""The longest message, in characters. WxPusher accepts 40 000, which is too long to read on a phone."""

_handlers: weakref.WeakSet[WxPusherHandler] = weakref.WeakSet()


class WxPusherHandler(logging.Handler):
    """Sends log records to people.

    Records are gathered for `window` seconds and go out as one message, on a thread of this handler. At most `capacity`
    records wait; further ones, and those of a message that could not be sent, are dropped and counted: `dropped`, and a
    line in the next message, say how many. The program never waits for WxPusher and never sees an error of it:
    `last_error` keeps the latest.

    Records of this package's own logger are left out. `flush` waits at most `flush_timeout` seconds; it is called at
    `close` and at the end of the program. In a forked process the handler starts anew, with a thread of its own.
    """

    def __init__(
        self,
        client: Client,
        *,
        uids: Iterable[str] | None = None,
        topic_ids: Iterable[int] | None = None,
        spts: Iterable[str] | None = None,
        level: int | str = logging.ERROR,
        window: float = 5.0,
        capacity: int = 1000,
        summary: str | None = None,
        content_type: ContentTypeLike = "text",
        flush_timeout: float = 10.0,
    ) -> None:
        """Give `uids`, `topic_ids` or `spts`; without any, the client's defaults hold. Times are in seconds."""
        for name, given in (("uids", uids), ("topic_ids", topic_ids), ("spts", spts)):
            if isinstance(given, (str, bytes)):
                raise TypeError(f"{name} must be a list, not a single {type(given).__name__}: put it into a list")
        if spts is not None and (uids is not None or topic_ids is not None):
            raise TypeError("spts go without uids and topic_ids: make two handlers")
        if capacity < 1 or window < 0:
            raise ValueError("capacity must be at least 1, window at least 0")
        super().__init__(level)
        self._client = client
        self._uids = None if uids is None else list(uids)
        self._topic_ids = None if topic_ids is None else list(topic_ids)
        self._spts = None if spts is None else list(spts)
        self._window = window
        self._capacity = capacity
        self._summary = summary
        self._content_type: ContentTypeLike = content_type
        self._flush_timeout = flush_timeout
        self._start_anew()
        _handlers.add(self)

    def _start_anew(self) -> None:
        """Fresh queue, lock and no thread: what a forked child has of its parent's cannot be trusted."""
        self._changed = threading.Condition()
        self._waiting: deque[str] = deque()
        self._sending = 0
        self._unreported = 0
        self._flushing = 0
        self._closed = False
        self._thread: threading.Thread | None = None
        self.dropped = 0
        self.sent = 0
        self.last_error: WxPusherError | None = None

    def emit(self, record: logging.LogRecord) -> None:
        """Queues the record. Never waits for the network, never raises."""
        if record.name == OWN_LOGGER or record.name.startswith(OWN_LOGGER + ".") or self._is_own_thread():
            return
        try:
            line = self.format(record)
        except Exception:  # a broken record is for logging to report
            self.handleError(record)
            return
        with self._changed:
            if self._closed or len(self._waiting) >= self._capacity:
                self.dropped += 1
                self._unreported += 1
                return
            self._waiting.append(line)
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name="wxpusher-log", daemon=True)
                try:
                    self._thread.start()
                except RuntimeError:  # the interpreter is shutting down, or there are too many threads
                    self._thread = None
            self._changed.notify_all()

    def _is_own_thread(self) -> bool:
        return threading.current_thread() is self._thread

    def _work(self) -> None:
        while True:
            with self._changed:
                while not self._waiting:
                    if self._closed:
                        return
                    self._changed.wait()
                end = time.monotonic() + self._window
                while not (self._flushing or self._closed) and (left := end - time.monotonic()) > 0:
                    self._changed.wait(left)
                text = self._take()
            try:
                self._send(text)
            except WxPusherError as error:
                self._failed(error)
            except Exception as error:  # never into the program
                self._failed(WxPusherError(f"{type(error).__name__} while sending"))
            with self._changed:
                self._sending = 0
                self._changed.notify_all()

    def _take(self) -> str:
        """As many waiting lines as fit into one message."""
        lines: list[str] = []
        size = 0
        while self._waiting and (not lines or size + len(self._waiting[0]) < MAX_CHARACTERS):
            line = self._waiting.popleft()
            if len(line) > MAX_CHARACTERS:
                line = line[:MAX_CHARACTERS] + " …"
            # Half characters cannot be sent; a record is no reason to fail.
            line = line.encode("utf-8", "replace").decode("utf-8")
            lines.append(line)
            size += len(line) + 1
        self._sending = len(lines)
        if self._unreported:
            lines.append(f"({self._unreported} records were dropped)")
            self._unreported = 0
        return "\n".join(lines) or "(empty)"

    def _send(self, text: str) -> None:
        first = text.split("\n", 1)[0]
        summary = self._summary or first[:100]
        if self._spts is not None:
            self._client.simple_push(text, spts=self._spts, summary=summary, content_type=self._content_type)
        else:
            self._client.send(
                text,
                uids=self._uids,
                topic_ids=self._topic_ids,
                summary=summary,
                content_type=self._content_type,
            )
        with self._changed:
            self.sent += self._sending

    def _failed(self, error: WxPusherError) -> None:
        error.__traceback__ = None
        error.__context__ = None
        with self._changed:
            self.last_error = error
            self.dropped += self._sending
            self._unreported += self._sending

    def flush(self) -> None:
        """Sends what waits, now, and waits until that is done or `flush_timeout` is over."""
        if self._is_own_thread():
            return
        end = time.monotonic() + self._flush_timeout
        with self._changed:
            self._flushing += 1
            self._changed.notify_all()
            while self._thread is not None and (self._waiting or self._sending):
                left = end - time.monotonic()
                if left <= 0:
                    break
                self._changed.wait(left)
            self._flushing -= 1

    def close(self) -> None:
        """Flushes, and takes no further records."""
        self.flush()
        with self._changed:
            self._closed = True
            self.dropped += len(self._waiting)
            self._waiting.clear()
            self._changed.notify_all()
        super().close()

    def __repr__(self) -> str:
        return f"<WxPusherHandler {logging.getLevelName(self.level)} sent={self.sent} dropped={self.dropped}>"


def _after_fork() -> None:
    for handler in list(_handlers):
        handler._start_anew()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_after_fork)


@atexit.register
def _at_exit() -> None:
    """Before logging's own shutdown, while threads still run."""
    for handler in list(_handlers):
        try:
            handler.flush()
        except Exception as error:  # the end of a program is no place to fail
            sys.stderr.write(f"wxpusher_sdk: the last records were not sent: {type(error).__name__}\n")


publish(WxPusherHandler)
