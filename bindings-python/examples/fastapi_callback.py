"""Receives WxPusher's callbacks in FastAPI."""

from fastapi import FastAPI, HTTPException, Request
from wxpusher_sdk import AppSubscribe, InvalidCallbackError, OrderPay, SendUpCmd, UnknownCallback, parse_callback

app = FastAPI()
seen: list[str] = []


# Callbacks carry no signature: keep the path hard to guess.
@app.post("/callback/4f7c1e")
async def callback(request: Request) -> None:
    try:
        event = parse_callback(await request.body())
    except InvalidCallbackError as error:
        raise HTTPException(400, str(error)) from error
    match event:
        case AppSubscribe(uid=uid, extra=extra):
            seen.append(f"{uid} follows, extra {extra}")
        case OrderPay(uid=uid, amount=amount):
            seen.append(f"{uid} pays {amount} fen")
        case SendUpCmd(uid=uid):
            seen.append(f"{uid} says {event.command}")
        case UnknownCallback(action=action):
            seen.append(f"unknown: {action}")
