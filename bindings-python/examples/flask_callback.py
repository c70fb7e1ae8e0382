"""Receives WxPusher's callbacks in Flask."""

from flask import Flask, request
from wxpusher_sdk import AppSubscribe, InvalidCallbackError, OrderPay, SendUpCmd, UnknownCallback, parse_callback

app = Flask(__name__)
seen: list[str] = []


# Callbacks carry no signature: keep the path hard to guess.
@app.post("/callback/4f7c1e")
def callback() -> tuple[str, int]:
    try:
        # The raw body, not request.json.
        event = parse_callback(request.get_data())
    except InvalidCallbackError as error:
        return str(error), 400
    match event:
        case AppSubscribe(uid=uid, extra=extra):
            seen.append(f"{uid} follows, extra {extra}")
        case OrderPay(uid=uid, amount=amount):
            seen.append(f"{uid} pays {amount} fen")
        case SendUpCmd(uid=uid):
            seen.append(f"{uid} says {event.command}")
        case UnknownCallback(action=action):
            seen.append(f"unknown: {action}")
    return "", 200
