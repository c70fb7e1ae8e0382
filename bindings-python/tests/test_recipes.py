"""The recipes, in the real frameworks."""

from __future__ import annotations

import asyncio
import importlib.util
import json
import os
import re
import subprocess
import sys

import pytest

BODIES = [
    (
        {"action": "app_subscribe", "data": {"appId": 97, "source": "scan", "time": 1, "uid": "UID_x", "extra": "7"}},
        "UID_x follows, extra 7",
    ),
    (
        {
            "action": "order_pay",
            "data": {
                "addTime": 1, "amount": 500, "appId": 97, "createTime": 1, "prodId": 12, "tradeNo": "t", "type": 1,
                "uid": "UID_x",
            },
        },
        "UID_x pays 500 fen",
    ),
    ({"action": "send_up_cmd", "data": {"uid": "UID_x", "appId": 97, "time": 1, "content": "#97 hi"}}, "UID_x says hi"),
    ({"action": "new_thing", "data": {}}, "unknown: new_thing"),
]  # fmt: skip
PATH = "/callback/4f7c1e"


@pytest.fixture
def example(root):
    def load(name: str):
        spec = importlib.util.spec_from_file_location(name, root / "bindings-python" / "examples" / f"{name}.py")
        module = importlib.util.module_from_spec(spec)
        sys.modules[name] = module
        spec.loader.exec_module(module)
        return module

    return load


def check(post, seen) -> None:
    for body, line in BODIES:
        assert post(json.dumps(body)) == 200
        assert seen[-1] == line
    assert post("{}") == 400
    assert len(seen) == len(BODIES)


def test_flask(example):
    pytest.importorskip("flask")
    module = example("flask_callback")
    client = module.app.test_client()
    check(lambda body: client.post(PATH, data=body, content_type="application/json").status_code, module.seen)


def test_fastapi(example):
    pytest.importorskip("fastapi")
    import httpx

    module = example("fastapi_callback")

    def post(body: str) -> int:
        async def go() -> int:
            transport = httpx.ASGITransport(app=module.app)
            async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
                return (await client.post(PATH, content=body)).status_code

        return asyncio.run(go())

    check(post, module.seen)


def test_django(example):
    django = pytest.importorskip("django")
    from django.conf import settings

    settings.configure(ROOT_URLCONF="django_callback", ALLOWED_HOSTS=["*"], SECRET_KEY="x" * 50)
    django.setup()
    module = example("django_callback")
    from django.test import Client

    client = Client(enforce_csrf_checks=True)
    check(lambda body: client.post(PATH, body, content_type="application/json").status_code, module.seen)
    assert client.get(PATH).status_code == 405


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.filterwarnings("ignore::PendingDeprecationWarning")
def test_celery(example, wxpusher_sandbox, wxpusher_client):
    pytest.importorskip("celery")
    from celery.contrib.testing.worker import start_worker

    module = example("celery_task")
    with start_worker(module.app, perform_ping_check=False, shutdown_timeout=30):
        assert isinstance(module.alarm.delay("on fire", ["UID_testalice"]).get(timeout=30), int)
        with pytest.raises(Exception, match="no recipient was accepted"):
            module.alarm.delay("on fire", ["UID_testnobody"]).get(timeout=30)
    assert [message.content for message in wxpusher_sandbox.inbox("UID_testalice")] == ["on fire"]
    assert wxpusher_client is not None


def test_celery_tries_again_only_what_was_not_sent(example, monkeypatch, refused_url):
    celery = pytest.importorskip("celery")
    monkeypatch.setenv("WXPUSHER_APP_TOKEN", "AT_testdemo")
    monkeypatch.setenv("WXPUSHER_BASE_URL", refused_url)
    module = example("celery_task")
    with pytest.raises(celery.exceptions.Retry):
        module.alarm.apply(args=("x", ["UID_x"]), throw=True, retries=0).get()


def run_script(text: str, **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-"], input=text, env={**os.environ, **more}, capture_output=True, text=True, timeout=60
    )


@pytest.mark.parametrize("readme", ["README.md", "README.zh-CN.md"])
def test_the_script_of_the_readme(root, wxpusher_sandbox, readme):
    script = re.search(r"```python\n(.*?)```", (root / readme).read_text("utf-8"), re.DOTALL).group(1)
    assert len(script.splitlines()) == 10
    on_sandbox = script.replace("http://127.0.0.1:9797", wxpusher_sandbox.url)
    run = run_script(on_sandbox)
    assert (run.returncode, run.stdout.split()[-1]) == (0, "1"), run.stderr
    run = run_script(on_sandbox.replace("UID_testalice", "UID_testnobody"))
    assert run.returncode == 1
    assert "用户UID=[UID_testnobody]不存在" in run.stderr
    # The one line that changes for the real WxPusher; here the environment leads it back.
    for_real, changed = re.subn(r"Client\(.*?\)", "Client.from_env()", script, count=1)
    assert changed == 1
    run = run_script(for_real, WXPUSHER_APP_TOKEN="AT_testdemo", WXPUSHER_BASE_URL=wxpusher_sandbox.url)
    assert (run.returncode, run.stdout.split()[-1]) == (0, "1"), run.stderr
