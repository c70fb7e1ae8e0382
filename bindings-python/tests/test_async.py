"""The same verbs as coroutines; no loop is blocked, and cancelling a task ends its call."""

from __future__ import annotations

import asyncio
import inspect
import pickle
import threading
import time

import pytest
from wxpusher_sdk import AsyncClient, Client, Limits, RejectedError, WxPusherError


def over(sandbox, **settings) -> AsyncClient:
    return AsyncClient("AT_testdemo", base_url=sandbox.url, scan_interval=0.05, **settings)


async def sent(client: AsyncClient):
    return await client.send("x", uids=["UID_testalice"])


def test_the_same_names_and_arguments():
    verbs = {name for name in dir(Client) if not name.startswith("_")} - {"close"}
    assert verbs == {name for name in dir(AsyncClient) if not name.startswith("_")} - {"aclose"}
    for verb in verbs - {"from_env", "cancel"}:
        sync = inspect.signature(getattr(Client, verb)).parameters.values()
        coroutine = inspect.signature(getattr(AsyncClient, verb)).parameters.values()
        assert [(p.name, p.kind, p.default) for p in list(sync)[1:]] == [
            (p.name, p.kind, p.default) for p in list(coroutine)[1:]
        ], verb


def test_every_verb(wxpusher_sandbox):
    async def story() -> None:
        async with over(wxpusher_sandbox) as client:
            outcome = await client.send("x", uids=["UID_testalice"])
            assert (await client.query_status(outcome.targets[0].send_record_id)).is_waiting
            assert (await client.send_by_get("x", topic_id=9701)).all_ok
            assert (await client.simple_push("x", spts=["SPT_testalice"])).all_ok
            assert (await client.simple_push_by_get("x", spt="SPT_testalice")).all_ok
            await client.delete_message(outcome.message_content_id)
            code = await client.create_qrcode("x")
            assert await client.query_scan_uid(code.code) is None
            waiting = asyncio.create_task(client.wait_for_scan(code, timeout=60))
            await asyncio.to_thread(wxpusher_sandbox.wait_for_calls, 8)
            await asyncio.to_thread(wxpusher_sandbox.scan, code.code, "UID_testbob")
            assert await waiting == "UID_testbob"
            assert (await client.list_users()).total == 3
            assert (await client.list_users_v1()).total == 2
            users = [user async for user in client.users(page_size=2)]
            assert len(users) == 3
            await client.block_user(users[0].id)
            await client.unblock_user(users[0].id)
            await client.delete_user(users[0].id)
            assert await client.query_pay_end_time("UID_testalice", 12) is not None
            batches = [batch async for batch in client.broadcast("x", ["UID_testbob"])]
            assert batches[0].result().all_ok
            with pytest.raises(RejectedError):
                await client.send("x", uids=["UID_testnobody"])
            with pytest.raises(WxPusherError) as caught:
                await client.query_message_status(1)
            assert caught.value.kind == "api"
            with pytest.raises(TypeError, match="not a single str"):
                await client.send("x", uids="UID_x")
        with pytest.raises(RuntimeError, match="closed"):
            await client.send("x", uids=["UID_testalice"])

    asyncio.run(story())


def test_users_over_several_pages(wxpusher_sandbox):
    wxpusher_sandbox.seed_followers(97, (f"UID_test{n}" for n in range(250)))

    async def story() -> None:
        client = over(wxpusher_sandbox)
        users = client.users()
        assert wxpusher_sandbox.calls() == []
        await anext(users)
        assert len(wxpusher_sandbox.calls()) == 1
        assert len([user async for user in users]) == 251
        assert len(wxpusher_sandbox.calls()) == 3

    asyncio.run(story())


def test_the_loop_runs_on_while_a_call_waits(wxpusher_sandbox):
    wxpusher_sandbox.inject("hang")

    async def story() -> None:
        client = over(wxpusher_sandbox)
        call = asyncio.create_task(client.send("x", uids=["UID_testalice"]))
        turns = 0
        while not wxpusher_sandbox.calls():
            await asyncio.sleep(0)
            turns += 1
        assert turns > 0
        call.cancel()
        with pytest.raises(asyncio.CancelledError):
            await call

    asyncio.run(story())


def test_cancelling_a_task_ends_its_call_and_no_other(wxpusher_sandbox):
    for _ in range(2):
        wxpusher_sandbox.inject("hang", route="send")

    async def story() -> None:
        client = over(wxpusher_sandbox, timeout=60)
        calls = [asyncio.create_task(client.send("x", uids=["UID_testalice"])) for _ in range(2)]
        await asyncio.to_thread(wxpusher_sandbox.wait_for_calls, 2)
        start = time.monotonic()
        calls[0].cancel()
        with pytest.raises(asyncio.CancelledError):
            await calls[0]
        assert not calls[1].done()
        assert (await client.send("another", uids=["UID_testalice"])).all_ok
        calls[1].cancel()
        with pytest.raises(asyncio.CancelledError):
            await calls[1]
        # The executor's threads are free again: asyncio.run would wait for them.
        await asyncio.get_running_loop().shutdown_default_executor()
        assert time.monotonic() - start < 5

    asyncio.run(story())


def test_a_timeout_of_asyncio_ends_a_broadcast(wxpusher_sandbox):
    wxpusher_sandbox.inject("hang", route="send")

    async def story() -> None:
        client = over(wxpusher_sandbox, timeout=60, limits=Limits.CURRENT.replace(uids=1))
        batch = asyncio.ensure_future(anext(client.broadcast("x", ["UID_testalice", "UID_testbob"])))
        assert await asyncio.to_thread(wxpusher_sandbox.wait_for_calls, 1)
        with pytest.raises(asyncio.TimeoutError):
            await asyncio.wait_for(batch, 0)
        assert (await client.send("another", uids=["UID_testalice"])).all_ok

    asyncio.run(story())


def test_cancel_ends_all(wxpusher_sandbox):
    wxpusher_sandbox.inject("hang")

    async def story() -> None:
        client = over(wxpusher_sandbox, timeout=60)
        call = asyncio.create_task(client.send("x", uids=["UID_testalice"]))
        await asyncio.to_thread(wxpusher_sandbox.wait_for_calls, 1)
        client.cancel()
        with pytest.raises(WxPusherError) as caught:
            await call
        assert caught.value.kind == "cancelled"

    asyncio.run(story())


def test_one_client_in_several_loops_and_pickled(wxpusher_sandbox):
    client = over(wxpusher_sandbox)
    results: list[bool] = []

    def work() -> None:
        for same in (client, pickle.loads(pickle.dumps(client))):
            results.append(asyncio.run(sent(same)).all_ok)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results == [True] * 8
    assert "AT_testdemo" not in repr(client)


def test_from_env(monkeypatch, wxpusher_sandbox):
    monkeypatch.setenv("WXPUSHER_APP_TOKEN", "AT_testdemo")
    monkeypatch.setenv("WXPUSHER_BASE_URL", wxpusher_sandbox.url)
    assert asyncio.run(sent(AsyncClient.from_env())).all_ok
