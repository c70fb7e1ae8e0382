"""The handler, also when the server is dead: the program must not notice."""

from __future__ import annotations

import logging
import os
import threading
import time

import pytest
import wxpusher_sdk
from wxpusher_sdk import Client, WxPusherHandler


@pytest.fixture
def logger():
    logger = logging.getLogger("program")
    logger.setLevel(logging.DEBUG)
    logger.propagate = False
    yield logger
    for handler in list(logger.handlers):
        logger.removeHandler(handler)
        handler.close()


def contents(sandbox) -> list[str]:
    return [message.content for message in sandbox.inbox("UID_testalice")]


def wait_until(condition) -> None:
    end = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.01)


def test_records_of_one_window_are_one_message(logger, wxpusher_sandbox, wxpusher_client):
    handler = WxPusherHandler(wxpusher_client, uids=["UID_testalice"], window=60)
    handler.setFormatter(logging.Formatter("%(levelname)s %(message)s"))
    logger.addHandler(handler)
    logger.warning("not worth it")
    logger.error("disk %s is full", "sda")
    logger.critical("on fire")
    handler.flush()
    assert contents(wxpusher_sandbox) == ["ERROR disk sda is full\nCRITICAL on fire"]
    assert wxpusher_sandbox.inbox("UID_testalice")[0].summary == "ERROR disk sda is full"
    assert (handler.sent, handler.dropped) == (2, 0)


def test_a_window_ends_by_itself(logger, wxpusher_sandbox, wxpusher_client):
    logger.addHandler(WxPusherHandler(wxpusher_client, uids=["UID_testalice"], window=0.05))
    logger.error("one")
    wait_until(lambda: contents(wxpusher_sandbox) == ["one"])
    logger.error("two")
    wait_until(lambda: contents(wxpusher_sandbox) == ["one", "two"])


def test_spts(logger, wxpusher_sandbox, wxpusher_client):
    handler = WxPusherHandler(wxpusher_client, spts=["SPT_testalice"])
    logger.addHandler(handler)
    logger.error("x")
    handler.close()
    assert contents(wxpusher_sandbox) == ["x"]


@pytest.mark.parametrize("name", ["uids", "topic_ids", "spts"])
def test_a_single_str_is_refused(wxpusher_client, name):
    with pytest.raises(TypeError, match=f"{name} must be a list"):
        WxPusherHandler(wxpusher_client, **{name: "UID_x"})


def test_what_is_too_much_is_dropped_and_counted(logger, wxpusher_sandbox, wxpusher_client):
    wxpusher_sandbox.inject("hang")
    handler = WxPusherHandler(wxpusher_client, uids=["UID_testalice"], window=0, capacity=3, flush_timeout=0.01)
    logger.addHandler(handler)
    logger.error("the first hangs")
    assert wxpusher_sandbox.wait_for_calls(1)
    for n in range(10):
        logger.error("record %d", n)
    assert handler.dropped == 7
    wxpusher_client.cancel()
    wait_until(lambda: handler.last_error is not None and not handler._waiting)
    assert handler.last_error.kind == "cancelled"


def test_the_next_message_says_what_was_dropped(logger, wxpusher_sandbox, wxpusher_client):
    handler = WxPusherHandler(wxpusher_client, uids=["UID_testalice"], window=60)
    logger.addHandler(handler)
    wxpusher_sandbox.inject({"status": 502})
    logger.error("lost")
    handler.flush()
    assert handler.last_error.kind == "http_status"
    logger.error("arrives")
    handler.flush()
    assert contents(wxpusher_sandbox) == ["arrives\n(1 records were dropped)"]
    assert (handler.sent, handler.dropped) == (1, 1)


def test_a_dead_server_does_not_hold_the_program_up(logger, silent_server):
    client = Client("AT_test", base_url=f"http://127.0.0.1:{silent_server.getsockname()[1]}", timeout=60)
    handler = WxPusherHandler(client, uids=["UID_x"], window=0, flush_timeout=0.1)
    logger.addHandler(handler)
    start = time.monotonic()
    for _ in range(5000):
        logger.error("x")
    logger.removeHandler(handler)
    handler.close()
    assert time.monotonic() - start < 5
    assert handler.dropped > 0
    logger.error("after close")
    client.cancel()


def test_broken_records_and_half_characters(logger, wxpusher_sandbox, wxpusher_client, capsys):
    handler = WxPusherHandler(wxpusher_client, uids=["UID_testalice"])
    logger.addHandler(handler)
    logger.error("%d", "not a number")
    logger.error("half \ud800 a character")
    logger.error("")
    logger.error("x" * 50_000)
    handler.flush()
    assert "Logging error" in capsys.readouterr().err
    assert handler.dropped == 0
    assert any("half ? a character" in content for content in contents(wxpusher_sandbox))


def test_it_never_loops_on_its_own_records(wxpusher_sandbox, wxpusher_client):
    root = logging.getLogger()
    handler = WxPusherHandler(wxpusher_client, uids=["UID_testalice"], level=logging.DEBUG, window=0)
    wxpusher_sdk.log_to_python("DEBUG")
    level = root.level
    root.setLevel(logging.DEBUG)
    root.addHandler(handler)
    try:
        logging.getLogger("program").propagate = True
        logging.getLogger("program").error("x")
        handler.flush()
        handler.flush()
    finally:
        root.removeHandler(handler)
        root.setLevel(level)
        wxpusher_sdk.log_to_python("OFF")
        handler.close()
    assert contents(wxpusher_sandbox) == ["x"]


def test_many_threads(logger, wxpusher_sandbox, wxpusher_client):
    handler = WxPusherHandler(wxpusher_client, uids=["UID_testalice"], window=0)
    logger.addHandler(handler)
    threads = [threading.Thread(target=lambda: [logger.error("line") for _ in range(50)]) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    handler.flush()
    assert sum(content.count("line") for content in contents(wxpusher_sandbox)) == 400 == handler.sent


SCRIPT = """
import logging, sys
from wxpusher_sdk import Client, WxPusherHandler
client = Client("AT_testdemo", base_url=sys.argv[1])
handler = WxPusherHandler(client, uids=["UID_testalice"], window=60, flush_timeout=5)
logging.getLogger().addHandler(handler)
"""


def test_the_end_of_the_program_flushes(run, wxpusher_sandbox):
    child = run(SCRIPT + "logging.error('last words')", wxpusher_sandbox.url)
    _, err = child.communicate(timeout=30)
    assert (child.returncode, err) == (0, "")
    assert contents(wxpusher_sandbox) == ["last words"]


def test_a_dead_server_does_not_hold_the_end_of_the_program_up(run, silent_server):
    url = f"http://127.0.0.1:{silent_server.getsockname()[1]}"
    child = run(SCRIPT.replace("flush_timeout=5", "flush_timeout=0.2") + "logging.error('last words')", url)
    start = time.monotonic()
    _, err = child.communicate(timeout=30)
    assert (child.returncode, err) == (0, "")
    assert time.monotonic() - start < 10


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork here")
def test_it_survives_fork(run, wxpusher_sandbox):
    child = run(
        SCRIPT
        + """
import os
logging.error("from the parent")
if os.fork() == 0:
    logging.error("from the child")
    logging.shutdown()
    os._exit(0)
os.wait()
""",
        wxpusher_sandbox.url,
    )
    _, err = child.communicate(timeout=30)
    assert child.returncode == 0, err
    assert "Traceback" not in err
    assert sorted(contents(wxpusher_sandbox)) == ["from the child", "from the parent"]


def test_importing_the_handler_starts_nothing(run):
    child = run("import threading\nfrom wxpusher_sdk import WxPusherHandler\nprint(threading.active_count())")
    assert child.communicate(timeout=30)[0] == "1\n"
