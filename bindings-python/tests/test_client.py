"""The verbs, on a sandbox. What goes over the wire is the shared suite's subject."""

from __future__ import annotations

import copy
import os
import pickle
import socket
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from wxpusher_sdk import (
    ApiError,
    Client,
    FollowType,
    Limits,
    Qrcode,
    RejectedError,
    ResourceType,
    Sandbox,
    WxPusherError,
)


def test_every_verb(wxpusher_sandbox, wxpusher_client):
    client = wxpusher_client
    outcome = client.send("hello", uids=["UID_testalice"], topic_ids=[9701], summary="s", url="https://example.com")
    assert outcome.all_ok
    assert [target.uid for target in outcome.succeeded] == ["UID_testalice", None]
    assert client.query_status(outcome.targets[0].send_record_id).is_waiting
    assert client.send_by_get("hello", uid="UID_testalice").all_ok
    assert client.send_by_get("hello", topic_id=9701).all_ok
    assert client.simple_push("hello", spts=["SPT_testalice"]).all_ok
    assert client.simple_push_by_get("hello", spt="SPT_testalice").all_ok
    client.delete_message(outcome.message_content_id)
    contents = [message.content for message in wxpusher_sandbox.inbox("UID_testalice")]
    assert contents.count("hello") == 4

    code = client.create_qrcode("user-7", valid_time=60)
    assert client.query_scan_uid(code.code) is None
    assert client.wait_for_scan(code, timeout=0) is None
    wxpusher_sandbox.scan(code.code, "UID_testbob")
    assert client.wait_for_scan(code, timeout=60) == "UID_testbob"

    page = client.list_users(page=1, page_size=2)
    assert (page.total, len(page.users)) == (3, 2)
    users = list(client.users(page_size=1))
    assert [user.type for user in users].count(FollowType.APP) == 2
    assert [user.uid for user in client.users(type="topic")] == ["UID_testalice"]
    assert client.list_users_v1().total == 2
    bob = next(user for user in users if user.uid == "UID_testbob")
    client.block_user(bob.id)
    with pytest.raises(RejectedError) as caught:
        client.send("x", uids=["UID_testbob"])
    assert caught.value.outcome.failed[0].uid == "UID_testbob"
    assert [user.uid for user in client.users(is_blocked=True)] == ["UID_testbob"]
    client.unblock_user(bob.id)
    client.delete_user(bob.id)
    assert all(user.uid != "UID_testbob" for user in client.users())

    wxpusher_sandbox.pay("UID_testalice", 12, 500, add_time=timedelta(days=30))
    assert {item.resource_type for item in client.query_pay_end_time("UID_testalice", 12)} == set(ResourceType)


def test_partial_success_is_an_outcome(wxpusher_client):
    outcome = wxpusher_client.send("x", uids=["UID_testalice", "UID_testnobody"])
    assert not outcome.all_ok
    assert [target.uid for target in outcome.failed] == ["UID_testnobody"]
    with pytest.raises(RejectedError) as caught:
        outcome.ensure_all()
    assert caught.value.outcome == outcome
    whole = wxpusher_client.send("x", uids=["UID_testalice"])
    assert whole.ensure_all() is whole


def test_users_asks_for_pages_lazily(wxpusher_sandbox, wxpusher_client):
    wxpusher_sandbox.seed_followers(97, (f"UID_test{n}" for n in range(250)))
    users = wxpusher_client.users()
    assert wxpusher_sandbox.calls() == []
    next(users)
    assert len(wxpusher_sandbox.calls()) == 1
    assert len(list(users)) == 251
    assert len(wxpusher_sandbox.calls()) == 3


def test_broadcast_is_lazy_and_tells_how_far_it_is(wxpusher_sandbox):
    taken = 0

    def uids():
        nonlocal taken
        for n in range(5000):
            taken += 1
            yield f"UID_test{n}"

    wxpusher_sandbox.seed_followers(97, (f"UID_test{n}" for n in range(5000)))
    with wxpusher_sandbox.client() as client:
        batches = client.broadcast("x", uids())
        assert taken == 0
        first = next(batches)
        assert taken == 2000
        assert (first.number, first.done, first.duplicates, len(first.uids)) == (1, 2000, 0, 2000)
        assert first.result().all_ok
        rest = list(batches)
    assert [batch.done for batch in rest] == [4000, 5000]


def test_broadcast_drops_duplicates_and_goes_on_after_a_failed_batch(wxpusher_sandbox):
    wxpusher_sandbox.inject({"status": 502}, route="send")
    limits = Limits.CURRENT.replace(uids=1)
    with wxpusher_sandbox.client(limits=limits) as client:
        batches = list(client.broadcast("x", ["UID_testalice", "UID_testalice", "UID_testbob"]))
    assert batches[0].error.kind == "http_status"
    assert batches[0].outcome is None
    with pytest.raises(WxPusherError):
        batches[0].result()
    assert [batch.duplicates for batch in batches] == [0, 1]


def test_an_error_of_the_iterable_ends_the_broadcast_and_sends_nothing_more(wxpusher_sandbox, wxpusher_client):
    def uids():
        yield "UID_testalice"
        raise LookupError("the database is gone")

    batches = wxpusher_client.broadcast("x", uids())
    with pytest.raises(LookupError, match="the database is gone"):
        next(batches)
    assert list(batches) == []
    assert wxpusher_sandbox.calls() == []
    with pytest.raises(TypeError, match=r"uids\[150\] must be a str, not int"):
        next(wxpusher_client.broadcast("x", [*(f"UID_{n}" for n in range(150)), 5]))
    assert wxpusher_sandbox.calls() == []
    assert wxpusher_client.send("still usable", uids=["UID_testalice"]).all_ok


def test_an_iterator_that_is_stepped_while_it_steps_says_so(wxpusher_client):
    def uids():
        yield "UID_testalice"
        next(batches)

    batches = wxpusher_client.broadcast("x", uids())
    with pytest.raises(ValueError, match="already executing"):
        next(batches)


def test_context_manager_and_close(wxpusher_sandbox):
    with wxpusher_sandbox.client() as client:
        client.send("x", uids=["UID_testalice"])
    with pytest.raises(RuntimeError, match="closed"):
        client.send("x", uids=["UID_testalice"])
    client.close()


def test_cancel_from_another_thread(silent_server):
    client = Client("AT_test", base_url=f"http://127.0.0.1:{silent_server.getsockname()[1]}")
    with ThreadPoolExecutor(1) as pool:
        call = pool.submit(client.send, "x", uids=["UID_x"])
        connection, _ = silent_server.accept()
        with connection:
            connection.recv(1)
            client.cancel()
            error = call.exception(10)
    assert (error.kind, error.sent) == ("cancelled", "maybe")
    with pytest.raises(WxPusherError, match="cancelled"):
        client.query_status(1)


def test_from_env(monkeypatch, wxpusher_sandbox):
    monkeypatch.setenv("WXPUSHER_APP_TOKEN", "AT_testdemo")
    monkeypatch.setenv("WXPUSHER_BASE_URL", wxpusher_sandbox.url)
    monkeypatch.setenv("WXPUSHER_UIDS", "UID_testalice")
    monkeypatch.setenv("WXPUSHER_TOPIC_IDS", "9701")
    monkeypatch.setenv("WXPUSHER_SPT_LIST", "SPT_testalice")
    client = Client.from_env(timeout=3)
    for name in ("APP_TOKEN", "BASE_URL", "UIDS", "TOPIC_IDS", "SPT_LIST"):
        monkeypatch.delenv(f"WXPUSHER_{name}")
    for same in (client, pickle.loads(pickle.dumps(client))):
        assert [target.topic_id for target in same.send("x").targets] == [None, 9701]
        assert same.simple_push("x").all_ok
        assert "AT_testdemo" not in repr(same)
        assert wxpusher_sandbox.url in repr(same)
    monkeypatch.setenv("WXPUSHER_TOPIC_IDS", "x")
    with pytest.raises(ValueError, match="WXPUSHER_TOPIC_IDS"):
        Client.from_env()


@pytest.mark.parametrize("protocol", range(2, pickle.HIGHEST_PROTOCOL + 1))
def test_pickle_carries_settings_and_no_connection(wxpusher_sandbox, protocol):
    client = wxpusher_sandbox.client(
        timeout=7, limits=Limits.CURRENT.replace(summary_chars=3), default_uids=iter(["UID_testalice"])
    )
    client.send("x")
    data = pickle.dumps(client, protocol)
    assert len(data) < 1000
    for same in (pickle.loads(data), copy.copy(client), copy.deepcopy(client)):
        assert same.send("x").all_ok
        with pytest.raises(ValueError, match="summary"):
            same.send("x", summary="long")


def test_subclasses_survive_pickling(wxpusher_sandbox):
    client = Special("AT_testdemo", base_url=wxpusher_sandbox.url)
    assert type(pickle.loads(pickle.dumps(client))) is Special
    assert type(Special.from_env(base_url=wxpusher_sandbox.url)) is Special


class Special(Client):
    pass


def test_thirty_two_threads_on_one_client(wxpusher_sandbox, wxpusher_client):
    start = threading.Barrier(32)

    def work(_: int) -> bool:
        start.wait()
        return all(wxpusher_client.send("x", uids=["UID_testalice"]).all_ok for _ in range(20))

    with ThreadPoolExecutor(32) as pool:
        assert all(pool.map(work, range(32)))
    assert len(wxpusher_sandbox.inbox("UID_testalice")) == 640


def test_the_interpreter_runs_on_while_a_call_waits(silent_server):
    client = Client("AT_test", base_url=f"http://127.0.0.1:{silent_server.getsockname()[1]}")
    with ThreadPoolExecutor(1) as pool:
        call = pool.submit(client.send, "x", uids=["UID_x"])
        connection, _ = silent_server.accept()
        with connection:
            assert b"HTTP/1.1" in connection.recv(65536)
            assert not call.done()
            connection.sendall(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}")
            assert isinstance(call.exception(10), WxPusherError)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork here")
@pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")
def test_a_forked_child_has_connections_of_its_own():
    """A socket shared by both would mix up their answers, so the server looks at who is at the other end."""
    answer = b'{"code":1000,"msg":"ok","data":1}'
    reply = b"HTTP/1.1 200 OK\r\ncontent-length: %d\r\n\r\n%s" % (len(answer), answer)
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(20)
        used: list[int] = []

        def serve(connection: socket.socket, number: int) -> None:
            with connection:
                while connection.recv(65536):
                    used.append(number)
                    connection.sendall(reply)

        def accept() -> None:
            for number in (1, 2):
                connection, _ = server.accept()
                threading.Thread(target=serve, args=(connection, number), daemon=True).start()

        threading.Thread(target=accept, daemon=True).start()
        client = Client("AT_test", base_url=f"http://127.0.0.1:{server.getsockname()[1]}")
        client.query_status(1)
        child = os.fork()
        if child == 0:
            try:
                os._exit(0 if client.query_status(2).is_waiting else 1)
            except BaseException:
                os._exit(2)
        assert os.waitpid(child, 0)[1] == 0
        client.query_status(3)
    assert used == [1, 2, 1]


def test_deleting_a_client_during_a_call_is_safe(silent_server):
    client = Client("AT_test", base_url=f"http://127.0.0.1:{silent_server.getsockname()[1]}", timeout=0.2)
    send = client.send
    del client
    with pytest.raises(TimeoutError):
        send("x", uids=["UID_x"])


def test_the_expiry_of_a_qrcode_is_not_compared_with_the_local_clock(wxpusher_client):
    gone = Qrcode("code", "https://example.com", None, None, 1)
    with pytest.raises(ApiError):
        wxpusher_client.wait_for_scan(gone, timeout=60)


def test_limits():
    assert Limits.CURRENT.url_chars == 1000
    assert Limits.YEAR_2022.url_chars == 399
    with Sandbox() as sandbox, sandbox.client(limits="2022") as client, pytest.raises(ValueError, match="url"):
        client.send("x", uids=["UID_testalice"], url="x" * 400)
