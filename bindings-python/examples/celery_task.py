"""Sends from a Celery task, and tries again only when that cannot deliver twice."""

from __future__ import annotations

from celery import Celery, Task
from wxpusher_sdk import Client, WxPusherError

app = Celery("alarms", broker="memory://", backend="cache+memory://")


@app.task(bind=True, max_retries=5, default_retry_delay=10)
def alarm(self: Task[..., int | None], content: str, uids: list[str]) -> int | None:
    # Opened in the worker; a client is cheap, and a forked worker would open connections of its own anyway.
    with Client.from_env() as client:
        try:
            return client.send(content, uids=uids).message_content_id
        except WxPusherError as error:
            if error.sent == "no" and error.kind in ("connect", "timeout"):
                raise self.retry(exc=error) from error
            raise
