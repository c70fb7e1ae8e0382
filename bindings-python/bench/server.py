"""Answers every request on its keep-alive connections as WxPusher answers a send, as fast as Python can."""

import selectors
import socket

BODY = (
    '{"code":1000,"msg":"处理成功","data":[{"uid":"UID_testalice","topicId":null,"messageId":1,"messageContentId":2,'
    '"sendRecordId":3,"code":1000,"status":"创建发送任务成功"}],"success":true}'
).encode()
ANSWER = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s" % (len(BODY), BODY)


def take(connection: socket.socket, pending: bytearray) -> bool:
    """Reads what has come and answers each whole request; False when the connection is over."""
    more = connection.recv(65536)
    pending += more
    while (end := pending.find(b"\r\n\r\n")) >= 0:
        head = bytes(pending[:end]).lower()
        at = head.find(b"content-length:")
        length = int(head[at + 15 :].split(b"\r\n", 1)[0]) if at >= 0 else 0
        if len(pending) < end + 4 + length:
            break
        del pending[: end + 4 + length]
        connection.sendall(ANSWER)
    return bool(more)


def main() -> None:
    selector = selectors.DefaultSelector()
    with socket.create_server(("127.0.0.1", 0)) as server:
        print(server.getsockname()[1], flush=True)
        selector.register(server, selectors.EVENT_READ)
        while True:
            for key, _ in selector.select():
                if key.fileobj is server:
                    connection, _ = server.accept()
                    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                    selector.register(connection, selectors.EVENT_READ, bytearray())
                elif not take(key.fileobj, key.data):
                    selector.unregister(key.fileobj)
                    key.fileobj.close()


main()
