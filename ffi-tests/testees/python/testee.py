"""The Python testee: reads a call per line, makes it through the public API of `wxpusher_sdk`, writes what came of it.

It expects nothing and compares nothing.
"""

from __future__ import annotations

import base64
import json
import logging
import sys
import threading
import traceback
from typing import Any

import wxpusher_sdk
from wxpusher_sdk import Client, EntryLinkVerifier, Qrcode, SendOutcome, WxPusherError, parse_callback

Json = dict[str, Any]


def make_client(options: Json) -> Client:
    """Makes a client from the options of a case."""
    settings: Json = {}
    for name, value in options.items():
        if name.endswith("_ms"):
            settings[name.removesuffix("_ms")] = value / 1000
        elif name == "default_topic_ids":
            settings[name] = [int(item) for item in value]
        else:
            settings[name] = value
    return Client(**settings)


def call(client: Client, verb: str, args: Json) -> Json | None:
    """Makes the call; None when the verb is not known."""
    integers = {"topic_id", "send_record_id", "message_id", "message_content_id", "id", "prod_id"}
    args = {name: int(value) if name in integers else value for name, value in args.items()}
    if "topic_ids" in args:
        args["topic_ids"] = [int(item) for item in args["topic_ids"]]
    match verb:
        case "send":
            ensure_all = args.pop("ensure_all", False)
            sent = client.send(**args)
            return outcome(sent.ensure_all() if ensure_all else sent)
        case "send_by_get" | "simple_push" | "simple_push_by_get":
            return outcome(getattr(client, verb)(**args))
        case "query_status" | "query_message_status":
            status = getattr(client, verb)(**args)
            return {"code": None if status.code is None else str(status.code), "text": status.text}
        case "delete_message" | "delete_user" | "block_user" | "unblock_user":
            getattr(client, verb)(**args)
            return {}
        case "create_qrcode":
            code = client.create_qrcode(**args)
            return fields(code, "code", "url", "short_url", "extra", expires=str(code.expires))
        case "query_scan_uid":
            return {"uid": client.query_scan_uid(**args)}
        case "wait_for_scan":
            code = args["code"]
            if args.get("as_qrcode"):
                code = Qrcode(code, "", None, None, 1000)
            return {"uid": client.wait_for_scan(code, timeout=args["timeout_ms"] / 1000)}
        case "list_users":
            return page(client.list_users(**args), user)
        case "users":
            return {"users": [user(item) for item in client.users(**args)]}
        case "list_users_v1":
            return page(client.list_users_v1(**args), user_v1)
        case "query_pay_end_time":
            return {"items": [pay_end_time(item) for item in client.query_pay_end_time(**args)]}
        case "broadcast":
            return {
                "batches": [batch(item) for item in client.broadcast(args.pop("content"), args.pop("uids"), **args)]
            }
        case "parse_callback":
            body = base64.b64decode(args["body_base64"]) if "body_base64" in args else args["body"]
            return callback(parse_callback(body))
        case "verify_entry_link":
            return {"uid": verify_entry_link(args)}
    return None


def verify_entry_link(args: Json) -> str:
    """Verifies a link as often as the case says; the last answer counts."""
    now = int(args["now_ms"])
    verifier = EntryLinkVerifier(args["key"], clock=lambda: now)
    for _ in range(1, args.get("repeat", 1)):
        try:
            verifier.verify(args["query"])
        except WxPusherError as error:
            print(error, file=sys.stderr)
    return verifier.verify(args["query"])


def fields(source: object, *names: str, **others: Any) -> Json:
    """Some fields as they are, and others as given."""
    return {name: getattr(source, name) for name in names} | others


def integer(number: int | None) -> str | None:
    """A 64-bit integer, which travels as text."""
    return None if number is None else str(int(number))


def outcome(outcome: SendOutcome) -> Json:
    """An outcome, in the words of the suite."""
    return {
        "message_content_id": integer(outcome.message_content_id),
        "targets": [
            {
                "uid": target.uid,
                "topic_id": integer(target.topic_id),
                "message_id": integer(target.message_id),
                "send_record_id": integer(target.send_record_id),
                "code": integer(target.code),
                "status": target.status,
            }
            for target in outcome.targets
        ],
        "succeeded": str(len(outcome.succeeded)),
        "failed": str(len(outcome.failed)),
        "all_ok": outcome.all_ok,
    }


def page(page: wxpusher_sdk.UserPage | wxpusher_sdk.UserPageV1, item: Any) -> Json:
    """A page of users."""
    return fields(page, "page", "page_size", total=str(page.total), users=[item(user) for user in page.users])


def user(user: wxpusher_sdk.User) -> Json:
    """A user."""
    return fields(
        user,
        *("uid", "head_img", "nick_name", "is_blocked", "target"),
        id=integer(user.id),
        app_or_topic_id=integer(user.app_or_topic_id),
        create_time=integer(user.create_time),
        type=integer(user.type),
        pay_end_time=integer(user.pay_end_time),
    )


def user_v1(user: wxpusher_sdk.UserV1) -> Json:
    """A user of the old list."""
    return fields(user, "uid", "enable", "head_img", "nick_name", create_time=integer(user.create_time))


def pay_end_time(item: wxpusher_sdk.PayEndTime) -> Json:
    """Until when somebody has paid."""
    return {name: integer(getattr(item, name)) for name in ("resource_type", "resource_id", "pay_end_time")}


def batch(batch: wxpusher_sdk.Batch) -> Json:
    """A batch of a broadcast."""
    return {
        "number": str(batch.number),
        "uids": list(batch.uids),
        "done": str(batch.done),
        "duplicates": str(batch.duplicates),
        "outcome": outcome(batch.outcome) if batch.outcome else None,
        "err": problem(batch.error) if batch.error else None,
    }


def callback(callback: wxpusher_sdk.Callback) -> Json:
    """A callback."""
    if isinstance(callback, wxpusher_sdk.UnknownCallback):
        return {"action": "unknown", "name": callback.action, "raw": callback.raw}
    numbers = {"app_id", "time", "add_time", "amount", "create_time", "prod_id", "type"}
    names = type(callback).__match_args__
    report = {name: getattr(callback, name) for name in names}
    report |= {name: integer(value) for name, value in report.items() if name in numbers}
    report["action"] = callback.action
    if isinstance(callback, wxpusher_sdk.AppSubscribe):
        report["source"] = callback.source.value
    if isinstance(callback, wxpusher_sdk.SendUpCmd):
        report["command"] = callback.command
    return report


def problem(error: WxPusherError) -> Json:
    """An error."""
    given = {name: getattr(error, name, None) for name in ("field", "reason", "phase", "status", "msg")}
    rejected = getattr(error, "outcome", None)
    return given | {
        "kind": error.kind,
        "number": error.number,
        "sent": error.sent,
        "retry_is_safe": error.retry_is_safe,
        "is_rate_limited": error.is_rate_limited,
        "code": integer(getattr(error, "code", None)),
        "outcome": rejected and outcome(rejected),
        "text": str(error),
    }


def answer(line: Json, client: Client | WxPusherError) -> Json:
    """Makes the call of a line and says what came of it."""
    try:
        if isinstance(client, WxPusherError):
            raise client
        if "cancel_after_ms" in line:
            timer = threading.Timer(line["cancel_after_ms"] / 1000, client.cancel)
            timer.daemon = True
            timer.start()
        ok = call(client, line["call"], line["args"])
    except WxPusherError as error:
        # The runner looks for secrets in everything that is printed.
        traceback.print_exc()
        print(repr(error), error.__dict__.keys(), file=sys.stderr)
        return {"id": line["id"], "err": problem(error)}
    if ok is None:
        return {"id": line["id"], "unsupported": line["call"]}
    return {"id": line["id"], "ok": ok}


def main() -> None:
    """Answers until the input ends."""
    logging.basicConfig(stream=sys.stderr, level=logging.DEBUG)
    wxpusher_sdk.log_to_python("DEBUG")
    client: Client | WxPusherError | None = None
    for text in sys.stdin:
        line = json.loads(text)
        if line.get("client") is not None:
            try:
                client = make_client(line["client"])
            except WxPusherError as error:
                client = error
        if client is None:
            raise ValueError("the first call of a case has to say how to make the client")
        print(repr(client), file=sys.stderr)
        print(json.dumps(answer(line, client)), flush=True)


if __name__ == "__main__":
    main()
