"""Answers every request on its keep-alive connections as WxPusher answers a send, as fast as Python can."""

import socket
import threading

BODY = (
    '{"code":1000,"msg":"处理成功","data":[{"uid":"UID_testalice","topicId":null,"messageId":1,"messageContentId":2,'
    '"sendRecordId":3,"code":1000,"status":"创建发送任务成功"}],"success":true}'
).encode()
ANSWER = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s" % (len(BODY), BODY)


def serve(connection: socket.socket) -> None:
    """Contestants take turns, so a thread that blocks is in nobody's way, and quicker than any loop of events."""
    with connection:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        pending = b""
        while more := connection.recv(65536):
            pending += more
            end = pending.find(b"\r\n\r\n")
            if end < 0:
                continue
            head = pending[:end].lower()
            length = int(head.partition(b"content-length:")[2].partition(b"\r\n")[0])
            if len(pending) >= end + 4 + length:
                pending = pending[end + 4 + length :]
                connection.sendall(ANSWER)


def main() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        print(server.getsockname()[1], flush=True)
        while True:
            threading.Thread(target=serve, args=(server.accept()[0],), daemon=True).start()


main()
