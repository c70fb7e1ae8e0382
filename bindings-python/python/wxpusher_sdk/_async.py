"""The client for asyncio: the same names as coroutines. Calls work on the running loop's default threads."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from ._errors import publish
from ._native import Batch, Client, User

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Iterable
    from types import TracebackType

    from typing_extensions import Self, Unpack

    from ._native import (
        ContentTypeLike,
        FollowTypeLike,
        PayEndTime,
        Qrcode,
        SendOutcome,
        SendStatus,
        UserPage,
        UserPageV1,
        VerifyPayTypeLike,
        _Settings,
    )

_T = TypeVar("_T")
_PAGE = 100


class _Work(Generic[_T]):
    """A call to be made. It hides what it was given: a traceback that shows locals must not show an SPT."""

    __slots__ = ("_work",)

    def __init__(self, work: Callable[..., _T], *args: object, **kwargs: object) -> None:
        self._work = partial(work, *args, **kwargs)

    def __call__(self) -> _T:
        return self._work()


async def _on_a_thread(client: Client, work: _Work[_T]) -> _T:
    """Works on a thread; a cancelled task also ends the call, within 200 ms, and does not wait for that."""
    try:
        return await asyncio.get_running_loop().run_in_executor(None, work)
    except asyncio.CancelledError:
        client.cancel()
        raise


class AsyncClient:
    """Sends messages through WxPusher without blocking an event loop. Takes what `Client` takes.

    It may be used by any number of tasks and loops. Cancelling a task ends its call; if the request had left, it may
    still be carried out. It can be pickled, as `Client` can.
    """

    __slots__ = ("_client",)

    def __init__(self, app_token: str | None = None, **settings: Unpack[_Settings]) -> None:
        self._client = Client(app_token, **settings)

    @classmethod
    def from_env(cls, **settings: Unpack[_Settings]) -> Self:
        """A client set up by the environment; see `Client.from_env`."""
        return cls._over(Client.from_env(**settings))

    @classmethod
    def _over(cls, client: Client) -> Self:
        self = cls.__new__(cls)
        self._client = client
        return self

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self)._over, (self._client,)

    def __repr__(self) -> str:
        return f"Async{self._client!r}"

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._client.close()

    async def aclose(self) -> None:
        """Closes the connections that no running call needs. Further calls raise RuntimeError."""
        self._client.close()

    def cancel(self) -> None:
        """Ends all calls of this client within 200 ms: they raise WxPusherCancelledError, as do later ones."""
        self._client.cancel()

    def _call(self, verb: str, *args: object, **kwargs: object) -> Coroutine[Any, Any, Any]:
        one_call = self._client._scoped()
        return _on_a_thread(one_call, _Work(getattr(one_call, verb), *args, **kwargs))

    def send(
        self,
        content: str,
        *,
        uids: Iterable[str] | None = None,
        topic_ids: Iterable[int] | None = None,
        content_type: ContentTypeLike | None = None,
        summary: str | None = None,
        url: str | None = None,
        verify_pay_type: VerifyPayTypeLike | None = None,
        verify_pay: bool | None = None,
    ) -> Coroutine[Any, Any, SendOutcome]:
        """See `Client.send`."""
        return self._call(
            "send",
            content,
            uids=uids,
            topic_ids=topic_ids,
            content_type=content_type,
            summary=summary,
            url=url,
            verify_pay_type=verify_pay_type,
            verify_pay=verify_pay,
        )

    def send_by_get(
        self,
        content: str,
        *,
        uid: str | None = None,
        topic_id: int | None = None,
        summary: str | None = None,
        url: str | None = None,
        verify_pay_type: VerifyPayTypeLike | None = None,
        verify_pay: bool | None = None,
    ) -> Coroutine[Any, Any, SendOutcome]:
        """See `Client.send_by_get`."""
        return self._call(
            "send_by_get",
            content,
            uid=uid,
            topic_id=topic_id,
            summary=summary,
            url=url,
            verify_pay_type=verify_pay_type,
            verify_pay=verify_pay,
        )

    def simple_push(
        self,
        content: str,
        *,
        spts: Iterable[str] | None = None,
        content_type: ContentTypeLike | None = None,
        summary: str | None = None,
        url: str | None = None,
    ) -> Coroutine[Any, Any, SendOutcome]:
        """See `Client.simple_push`."""
        return self._call("simple_push", content, spts=spts, content_type=content_type, summary=summary, url=url)

    def simple_push_by_get(self, content: str, *, spt: str) -> Coroutine[Any, Any, SendOutcome]:
        """See `Client.simple_push_by_get`."""
        return self._call("simple_push_by_get", content, spt=spt)

    def query_status(self, send_record_id: int) -> Coroutine[Any, Any, SendStatus]:
        """See `Client.query_status`."""
        return self._call("query_status", send_record_id)

    def query_message_status(self, message_id: int) -> Coroutine[Any, Any, SendStatus]:
        """See `Client.query_message_status`."""
        return self._call("query_message_status", message_id)

    def delete_message(self, message_content_id: int) -> Coroutine[Any, Any, None]:
        """See `Client.delete_message`."""
        return self._call("delete_message", message_content_id)

    def create_qrcode(self, extra: str, *, valid_time: int | None = None) -> Coroutine[Any, Any, Qrcode]:
        """See `Client.create_qrcode`."""
        return self._call("create_qrcode", extra, valid_time=valid_time)

    def query_scan_uid(self, code: str) -> Coroutine[Any, Any, str | None]:
        """See `Client.query_scan_uid`."""
        return self._call("query_scan_uid", code)

    def wait_for_scan(self, code: Qrcode | str, *, timeout: float) -> Coroutine[Any, Any, str | None]:
        """See `Client.wait_for_scan`. It occupies one of the loop's threads while it waits."""
        return self._call("wait_for_scan", code, timeout=timeout)

    def list_users(
        self,
        *,
        page: int | None = None,
        page_size: int | None = None,
        uid: str | None = None,
        is_blocked: bool | None = None,
        type: FollowTypeLike | None = None,
    ) -> Coroutine[Any, Any, UserPage]:
        """See `Client.list_users`."""
        return self._call("list_users", page=page, page_size=page_size, uid=uid, is_blocked=is_blocked, type=type)

    def users(
        self,
        *,
        page_size: int | None = None,
        uid: str | None = None,
        is_blocked: bool | None = None,
        type: FollowTypeLike | None = None,
    ) -> AsyncUsers:
        """An async iterator over all users; see `Client.users`."""
        one_call = self._client._scoped()
        users = one_call.users(page_size=page_size, uid=uid, is_blocked=is_blocked, type=type)
        return AsyncUsers(one_call, _Work(users._take, page_size or _PAGE))

    def list_users_v1(
        self, *, page: int | None = None, page_size: int | None = None, uid: str | None = None
    ) -> Coroutine[Any, Any, UserPageV1]:
        """See `Client.list_users_v1`."""
        return self._call("list_users_v1", page=page, page_size=page_size, uid=uid)

    def delete_user(self, id: int) -> Coroutine[Any, Any, None]:
        """See `Client.delete_user`."""
        return self._call("delete_user", id)

    def block_user(self, id: int) -> Coroutine[Any, Any, None]:
        """See `Client.block_user`."""
        return self._call("block_user", id)

    def unblock_user(self, id: int) -> Coroutine[Any, Any, None]:
        """See `Client.unblock_user`."""
        return self._call("unblock_user", id)

    def query_pay_end_time(self, uid: str, prod_id: int) -> Coroutine[Any, Any, list[PayEndTime]]:
        """See `Client.query_pay_end_time`."""
        return self._call("query_pay_end_time", uid, prod_id)

    def broadcast(
        self,
        content: str,
        uids: Iterable[str],
        *,
        content_type: ContentTypeLike | None = None,
        summary: str | None = None,
        url: str | None = None,
        verify_pay_type: VerifyPayTypeLike | None = None,
        verify_pay: bool | None = None,
    ) -> AsyncBroadcast:
        """An async iterator of batches; see `Client.broadcast`. The iterable is gone through on a thread."""
        one_call = self._client._scoped()
        batches = one_call.broadcast(
            content,
            uids,
            content_type=content_type,
            summary=summary,
            url=url,
            verify_pay_type=verify_pay_type,
            verify_pay=verify_pay,
        )
        return AsyncBroadcast(one_call, _Work(next, batches, None))


class AsyncUsers:
    """An async iterator over users; made by `AsyncClient.users`. Not for several tasks at once."""

    __slots__ = ("_client", "_page", "_work")

    def __init__(self, client: Client, work: _Work[list[User]]) -> None:
        self._client = client
        self._work = work
        self._page: list[User] = []

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> User:
        if not self._page:
            self._page = await _on_a_thread(self._client, self._work)
            self._page.reverse()
        if not self._page:
            raise StopAsyncIteration
        return self._page.pop()


class AsyncBroadcast:
    """An async iterator that sends a batch at each step; made by `AsyncClient.broadcast`."""

    __slots__ = ("_client", "_work")

    def __init__(self, client: Client, work: _Work[Batch | None]) -> None:
        self._client = client
        self._work = work

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> Batch:
        batch = await _on_a_thread(self._client, self._work)
        if batch is None:
            raise StopAsyncIteration
        return batch


publish(AsyncClient, AsyncUsers, AsyncBroadcast)
