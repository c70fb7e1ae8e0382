"""The PyPI clients `wxpusher` and `apprise` against the sandbox at BASE_URL."""

import json
import os
import urllib.request

import apprise
import wxpusher.wxpusher
from apprise.plugins.wxpusher import NotifyWxPusher
from wxpusher import WxPusher

BASE = os.environ["BASE_URL"]
TOKEN = "AT_testdemo"


def sandbox(path, body=None):
    data = None if body is None else json.dumps(body).encode()
    with urllib.request.urlopen(urllib.request.Request(f"{BASE}/sandbox/{path}", data)) as response:
        return json.load(response)


wxpusher.wxpusher.BASEURL = f"{BASE}/api"
WxPusher.default_token = TOKEN
sent = WxPusher.send_message("<b>hi</b>", uids=["UID_testalice"], topic_ids=["9701"], content_type=2, verify=False)
assert sent["code"] == 1000 and [row["code"] for row in sent["data"]] == [1000, 1000], sent
status = WxPusher.query_message(sent["data"][0]["messageId"])
assert status["code"] == 1000 and status["data"] == 1, status
code = WxPusher.create_qrcode("user-7", 60)
assert code["data"]["url"].endswith(".jpg"), code
with urllib.request.urlopen(code["data"]["url"]) as picture:
    assert picture.read(4) == b"\x89PNG"
users = WxPusher.query_user(1, 20)
assert users["code"] == 1000 and users["data"]["total"] == 1, users
assert users["data"]["records"][0]["uid"] == "UID_testalice", users
wrong = WxPusher.send_message("x", uids=["UID_testalice"], token="AT_testwrong")
assert wrong["code"] == 1002, wrong
print("ok    PyPI wxpusher")

NotifyWxPusher.notify_url = f"{BASE}/api/send/message"
notifier = apprise.Apprise()
assert notifier.add(f"wxpusher://{TOKEN}/9701/UID_testalice")
assert notifier.notify(title="title", body="by apprise")
inbox = sandbox("inbox/UID_testalice?contains=by+apprise")
assert len(inbox) == 2 and inbox[0]["summary"], inbox
denied = apprise.Apprise()
assert denied.add("wxpusher://AT_testwrong/UID_testalice")
assert not denied.notify(body="x")
print("ok    PyPI apprise")
