"""One way to send a message: reads how many to send, sends them, writes the seconds per message."""

from __future__ import annotations

import json
import socket
import sys
import time

TOKEN, UID, CONTENT = "AT_testbench", "UID_testalice", "磁盘 /dev/sda1 已满"


def wxpusher_sdk(url: str):
    from wxpusher_sdk import Client

    client = Client(TOKEN, base_url=url)
    return lambda: client.send(CONTENT, uids=[UID]).all_ok


def raw(url: str):
    """The bar: a socket, json, and no other thought."""
    host, port = url.removeprefix("http://").split(":")
    connection = socket.create_connection((host, int(port)))
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def send() -> bool:
        body = json.dumps({"appToken": TOKEN, "content": CONTENT, "contentType": 1, "uids": [UID]}).encode()
        connection.sendall(
            b"POST /api/send/message HTTP/1.1\r\nHost: %s\r\nContent-Type: application/json\r\n"
            b"Content-Length: %d\r\n\r\n%s" % (host.encode(), len(body), body)
        )
        answer = b""
        while (end := answer.find(b"\r\n\r\n")) < 0:
            answer += connection.recv(65536)
        at = answer.index(b"Content-Length:")
        length = int(answer[at + 15 : answer.index(b"\r\n", at)])
        while len(answer) < end + 4 + length:
            answer += connection.recv(65536)
        return json.loads(answer[end + 4 :])["data"][0]["code"] == 1000

    return send


def requests(url: str):
    import requests

    session = requests.Session()

    def send() -> bool:
        body = {"appToken": TOKEN, "content": CONTENT, "contentType": 1, "uids": [UID]}
        answer = session.post(f"{url}/api/send/message", json=body, timeout=15)
        return answer.json()["data"][0]["code"] == 1000

    return send


def pypi(url: str):
    """The package `wxpusher` of PyPI, pointed at this machine."""
    import wxpusher.wxpusher as module
    from wxpusher import WxPusher

    module.BASEURL = f"{url}/api"
    return lambda: WxPusher.send_message(CONTENT, uids=[UID], token=TOKEN)["data"][0]["code"] == 1000


def main() -> None:
    name, port = sys.argv[1:]
    send = globals()[name](f"http://127.0.0.1:{port}")
    for line in sys.stdin:
        calls = int(line)
        begin = time.perf_counter()
        ok = sum(send() for _ in range(calls)) == calls
        print((time.perf_counter() - begin) / calls, flush=True)
        if not ok:
            sys.exit(f"{name} did not send")


main()
