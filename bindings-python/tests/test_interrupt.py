"""Ctrl-C: a real SIGINT to a real process, in each place where a call can wait."""

from __future__ import annotations

import os
import signal
import socket
import sys
import time
from contextlib import ExitStack, suppress

import pytest

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no SIGINT to one process here")

MAX_SECONDS = 0.3

CHILD = """
import sys, time
from wxpusher_sdk import Client, Limits, Sandbox

hanging, alive = sys.argv[1:]
client = Client(
    "AT_testdemo", base_url=hanging, timeout=60, connect_timeout=60, scan_interval=60, rate_limit_sends={pace}
)
code = None
try:
    {call}
except KeyboardInterrupt as error:
    print("interrupted", error.__cause__ and error.__cause__.sent, flush=True)
else:
    print("it came back", flush=True)
sys.stdin.readline()
# The same client still works: the server answers by now.
print(client.query_status(1).is_waiting, flush=True)
"""


def interrupt(child, waiting) -> tuple[float, str]:
    """Sends SIGINT once the child waits, and says how long it took to end the call."""
    waiting()
    start = time.monotonic()
    os.kill(child.pid, signal.SIGINT)
    line = child.stdout.readline().strip()
    return time.monotonic() - start, line


def finish(child) -> str:
    # Not communicate(), which does not see what readline() has read ahead.
    with suppress(BrokenPipeError):
        child.stdin.write("\n")
        child.stdin.close()
    out = child.stdout.read()
    assert child.wait(20) == 0, child.stderr.read()
    return out.strip()


def serve_one(server: socket.socket) -> None:
    """Answers the next request with a status."""
    body = b'{"code":1000,"msg":"x","data":1}'
    connection, _ = server.accept()
    with connection:
        while request := connection.recv(65536):
            if b"/api/send/query/status" in request:
                connection.sendall(b"HTTP/1.1 200 OK\r\ncontent-length: %d\r\n\r\n%s" % (len(body), body))
                return


@pytest.mark.parametrize(
    "call",
    [
        'client.send("x", uids=["UID_x"])',
        'client.simple_push("x", spts=["SPT_x"])',
        "client.list_users()",
        "list(client.users())",
        'client.create_qrcode("x")',
        'list(client.broadcast("x", ["UID_x"]))',
        'client.wait_for_scan("code", timeout=60)',
    ],
)
def test_while_reading(run, silent_server, call):
    url = f"http://127.0.0.1:{silent_server.getsockname()[1]}"
    child = run(CHILD.format(call=call, pace=False), url, url)
    with ExitStack() as kept:

        def waiting() -> None:
            connection, _ = silent_server.accept()
            kept.enter_context(connection)
            assert connection.recv(65536)

        took, line = interrupt(child, waiting)
        assert line == "interrupted maybe"
        assert took < MAX_SECONDS
        child.stdin.write("\n")
        child.stdin.flush()
        serve_one(silent_server)
        assert finish(child) == "True"


@pytest.mark.skipif(not os.path.exists("/proc/net/tcp"), reason="it looks at /proc to see a connection being made")
def test_while_connecting(run):
    """A server whose queue is full answers no SYN."""
    with ExitStack() as kept:
        server = kept.enter_context(socket.socket())
        server.bind(("127.0.0.1", 0))
        server.listen(0)
        port = server.getsockname()[1]
        for _ in range(3):
            filler = kept.enter_context(socket.socket())
            filler.setblocking(False)
            filler.connect_ex(("127.0.0.1", port))
        before = connecting(port)
        url = f"http://127.0.0.1:{port}"
        child = run(CHILD.format(call='client.send("x", uids=["UID_x"])', pace=False), url, url)
        took, line = interrupt(child, lambda: wait_until(lambda: connecting(port) > before))
        assert line == "interrupted no"
        assert took < MAX_SECONDS


def connecting(port: int) -> int:
    """How many connections to this port are being made."""
    with open("/proc/net/tcp") as table:
        rows = [line.split() for line in table.readlines()[1:]]
    return sum(row[2].endswith(f":{port:04X}") and row[3] == "02" for row in rows)


def wait_until(condition) -> None:
    end = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.01)


def test_while_waiting_for_a_scan(run, wxpusher_sandbox):
    code = wxpusher_sandbox.client().create_qrcode("x").code
    child = run(CHILD.format(call=f'client.wait_for_scan("{code}", timeout=600)', pace=False), wxpusher_sandbox.url, "")
    took, line = interrupt(child, lambda: wxpusher_sandbox.wait_for_calls(2))
    assert line.startswith("interrupted")
    assert took < MAX_SECONDS
    usable(child, wxpusher_sandbox)


@pytest.mark.parametrize(
    ("call", "pace"),
    [
        ('[client.send("x", uids=["UID_testalice"]) for _ in range(30)]', True),
        ('list(small.broadcast("x", [f"UID_test{n}" for n in range(30)]))', False),
    ],
)
def test_while_waiting_for_a_turn(run, wxpusher_sandbox, call, pace):
    wxpusher_sandbox.seed_followers(97, [f"UID_test{n}" for n in range(30)])
    setup = "small = Client('AT_testdemo', base_url=hanging, limits=Limits.CURRENT.replace(uids=1))\n    "
    child = run(CHILD.format(call=setup + call, pace=pace), wxpusher_sandbox.url, "")
    took, line = interrupt(child, lambda: wxpusher_sandbox.wait_for_calls(20))
    assert line.startswith("interrupted")
    assert took < MAX_SECONDS
    usable(child, wxpusher_sandbox)


def usable(child, sandbox) -> None:
    """An answer of any kind shows that the client still works."""
    answer = {"answer": {"status": 200, "headers": {}, "body": '{"code":1000,"msg":"x","data":1}'}}
    sandbox.inject(answer, route="query_status")
    assert finish(child) == "True"


def test_in_the_iterable_of_a_broadcast(run, wxpusher_sandbox):
    setup = """
    def uids():
        yield "UID_testalice"
        print("here", flush=True)
        while True: pass
    list(client.broadcast("x", uids()))"""
    child = run(CHILD.format(call=setup.strip(), pace=False), wxpusher_sandbox.url, "")
    took, line = interrupt(child, child.stdout.readline)
    assert line.startswith("interrupted")
    assert took < MAX_SECONDS
    assert wxpusher_sandbox.calls() == []
    usable(child, wxpusher_sandbox)


def test_a_handler_that_does_not_raise_lets_the_call_go_on(run, silent_server):
    url = f"http://127.0.0.1:{silent_server.getsockname()[1]}"
    child = run(
        """
import signal, sys
from wxpusher_sdk import Client
signal.signal(signal.SIGINT, lambda *_: print("heard", flush=True))
print(Client("AT_test", base_url=sys.argv[1]).query_status(1).is_waiting)
""",
        url,
    )
    connection, _ = silent_server.accept()
    with connection:
        connection.recv(65536)
        os.kill(child.pid, signal.SIGINT)
        assert child.stdout.readline() == "heard\n"
        body = b'{"code":1000,"msg":"x","data":1}'
        connection.sendall(b"HTTP/1.1 200 OK\r\ncontent-length: %d\r\n\r\n%s" % (len(body), body))
        assert finish(child) == "True"


def test_calls_of_other_threads_go_on(run, silent_server):
    """Python gives signals to the main thread only; a call elsewhere must not notice."""
    url = f"http://127.0.0.1:{silent_server.getsockname()[1]}"
    child = run(
        """
import sys, threading
from wxpusher_sdk import Client
client = Client("AT_test", base_url=sys.argv[1])
answers = []
done = threading.Event()

def work():
    answers.append(client.query_status(1).is_waiting)
    done.set()

try:
    threading.Thread(target=work).start()
    done.wait()
except KeyboardInterrupt:
    print("interrupted", flush=True)
done.wait()
print(answers)
""",
        url,
    )
    connection, _ = silent_server.accept()
    with connection:
        connection.recv(65536)
        os.kill(child.pid, signal.SIGINT)
        assert child.stdout.readline() == "interrupted\n"
        body = b'{"code":1000,"msg":"x","data":1}'
        connection.sendall(b"HTTP/1.1 200 OK\r\ncontent-length: %d\r\n\r\n%s" % (len(body), body))
        assert finish(child) == "[True]"
