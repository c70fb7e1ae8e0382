"""Receives WxPusher's callbacks in Django: a view, and its line of urls.py."""

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST
from wxpusher_sdk import AppSubscribe, InvalidCallbackError, OrderPay, SendUpCmd, UnknownCallback, parse_callback

seen: list[str] = []


# WxPusher has no CSRF token.
@csrf_exempt
@require_POST
def callback(request: HttpRequest) -> HttpResponse:
    try:
        event = parse_callback(request.body)
    except InvalidCallbackError as error:
        return HttpResponse(str(error), status=400)
    match event:
        case AppSubscribe(uid=uid, extra=extra):
            seen.append(f"{uid} follows, extra {extra}")
        case OrderPay(uid=uid, amount=amount):
            seen.append(f"{uid} pays {amount} fen")
        case SendUpCmd(uid=uid):
            seen.append(f"{uid} says {event.command}")
        case UnknownCallback(action=action):
            seen.append(f"unknown: {action}")
    return HttpResponse()


# Callbacks carry no signature: keep the path hard to guess.
urlpatterns = [path("callback/4f7c1e", callback)]
