"""The sandbox, as Python has it, and the pytest plugin."""

from __future__ import annotations

import threading
import urllib.request
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from wxpusher_sdk import AppSubscribe, Client, Sandbox, SandboxError, SendUpCmd, WxPusherError, parse_callback


@pytest.fixture
def receiver():
    """A server in this very process that callbacks go to. It looks at the sandbox before it answers."""
    bodies: list[bytes] = []
    looks: list[Sandbox] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            assert all(sandbox.world()["users"] for sandbox in looks)
            bodies.append(self.rfile.read(int(self.headers["content-length"])))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/callback", bodies, looks
        server.shutdown()
        thread.join()


def test_one_line_and_a_world():
    with Sandbox() as sandbox:
        assert sandbox.client().send("hello", uids=["UID_testalice"]).all_ok
        [message] = sandbox.inbox("UID_testalice")
        assert (message.content, message.via, message.app_id) == ("hello", "uid", 97)
        sandbox.client().send("hello", topic_ids=[9701])
        assert (sandbox.inbox("UID_testalice")[1].via, sandbox.inbox("UID_testalice")[1].topic_id) == ("topic", 9701)
    with pytest.raises(RuntimeError, match="stopped"):
        sandbox.inbox("UID_testalice")
    sandbox.stop()


def test_seeds_in_pythons_spelling():
    seed = {
        "apps": [{"id": 7, "token": "AT_testshop", "name": "小店"}],
        "users": [{"uid": "UID_testcarol", "follows": [{"app_id": 7}]}],
    }
    with Sandbox(seed=seed, frozen_at=1_700_000_000_000) as sandbox:
        assert sandbox.client().send("x", uids=["UID_testcarol"]).all_ok
        sandbox.seed(users=[{"uid": "UID_testdave", "spts": ["SPT_testdave"]}])
        assert sandbox.client().simple_push("x", spts=["SPT_testdave"]).all_ok
        assert [user["uid"] for user in sandbox.world()["users"]] == ["UID_testcarol", "UID_testdave"]
        assert sandbox.now == 1_700_000_000_000
        sandbox.advance(timedelta(days=8))
        assert sandbox.now == 1_700_000_000_000 + 8 * 86_400_000
        assert sandbox.inbox("UID_testcarol") == []
        with pytest.raises(SandboxError, match="no user UID_testnobody"):
            sandbox.inbox("UID_testnobody")
        with pytest.raises(SandboxError, match="appz"):
            sandbox.seed(users=[{"uid": "UID_x", "follows": [{"appz": 1}]}])
    with pytest.raises(SandboxError):
        Sandbox(seed={"apps": [{"id": 7}]})


def test_what_people_do_is_called_back(receiver):
    url, bodies, looks = receiver
    with Sandbox() as sandbox:
        looks.append(sandbox)
        sandbox.set_callback_url(97, url)
        code = sandbox.client().create_qrcode("user-7", valid_time=60)
        report = sandbox.scan(code.code, "UID_testbob")
        assert report.delivered
        assert report.body["data"]["extra"] == "user-7"
        assert sandbox.qrcode(code.code).last_uid == "UID_testbob"
        sandbox.command("UID_testbob", "#97 hi")
        assert sandbox.subscribe("UID_testbob", topic_id=9701) is None
        payment = sandbox.pay("UID_testbob", 12, 500, add_time=3600)
        assert payment.callbacks[-1].delivered
        assert sandbox.refund(payment.trade_no).body["data"]["amount"] == -500
        assert len(sandbox.callbacks()) == len(bodies)
        sandbox.set_callback_url(97, None)
        assert not sandbox.command("UID_testbob", "#97 again").delivered
    subscribe, command, *_ = map(parse_callback, bodies)
    assert isinstance(subscribe, AppSubscribe)
    assert isinstance(command, SendUpCmd)
    assert command.command == "hi"


@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        ("reset", "transport"),
        ("close", "transport"),
        ("half_body", "transport"),
        ({"status": 502}, "http_status"),
        ({"code": {"code": 1006, "msg": "x"}}, "api"),
        ({"answer": {"body": "<html>"}}, "invalid_response"),
        ({"delay": {"ms": 5000}}, "timeout"),
        ({"slow_drip": {"bytes": 1, "ms": 50}}, "timeout"),
    ],
)
def test_faults(wxpusher_sandbox, fault, kind):
    wxpusher_sandbox.inject(fault, route="list_users", times=2, carried_out=True)
    wxpusher_sandbox.clear_faults()
    assert wxpusher_sandbox.client(max_retries=0).list_users().total == 2
    wxpusher_sandbox.inject(fault, route="list_users")
    with pytest.raises(WxPusherError) as caught:
        wxpusher_sandbox.client(max_retries=0, timeout=0.3).list_users()
    assert caught.value.kind == kind
    with pytest.raises(SandboxError, match="unknown variant"):
        wxpusher_sandbox.inject("sulk")


def test_the_rate_limit_and_the_calls():
    with Sandbox(frozen_at=0) as sandbox:
        client = sandbox.client()
        for _ in range(20):
            client.send("x", uids=["UID_testalice"])
        with pytest.raises(WxPusherError):
            client.send("x", uids=["UID_testalice"])
        sandbox.set_rate_limit(False)
        client.send_by_get("x", uid="UID_testalice")
        call = sandbox.calls()[-1]
        assert (call.route, call.method, call.status, call.code) == ("sendByGet", "GET", 200, 1000)
        assert "AT_testdemo" not in call.query
        assert not sandbox.wait_for_calls(1000, timeout=0.01)


def test_it_answers_anybody(wxpusher_sandbox):
    url = f"{wxpusher_sandbox.url}/api/send/message/?appToken=AT_testdemo&uid=UID_testalice&content=hello"
    with urllib.request.urlopen(url) as answer:
        assert answer.status == 200


def test_from_env_finds_it(wxpusher_sandbox, wxpusher_client):
    assert Client.from_env().send("x", uids=["UID_testalice"]).all_ok
    assert len(wxpusher_sandbox.calls()) == 1
    assert wxpusher_client is not None


def test_the_plugin_in_somebodys_project(pytester):
    pytester.makepyfile(
        """
        def test_one(wxpusher_sandbox, wxpusher_client):
            wxpusher_client.send("x", uids=["UID_testalice"])
            assert len(wxpusher_sandbox.inbox("UID_testalice")) == 1

        def test_two(wxpusher_sandbox):
            assert wxpusher_sandbox.inbox("UID_testalice") == []

        def test_three():
            import sys
            assert "wxpusher_sdk" in sys.modules
        """
    )
    pytester.runpytest_subprocess("-p", "no:cacheprovider").assert_outcomes(passed=3)
