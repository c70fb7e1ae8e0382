import Foundation
import WxPusher

// Results in the form of the suite.

func orNull(_ value: Any?) -> Any { value ?? NSNull() }

func text(_ number: Int64) -> Any { String(number) }
func text(_ number: Int64?) -> Any { number.map(String.init) ?? NSNull() }

func date(_ unixMilliseconds: Int64) -> Date { Date(timeIntervalSince1970: Double(unixMilliseconds) / 1000) }

/// A `Date` is a floating-point number: above 2^53 it is inexact, and values above `Int64.max` are clamped.
func text(_ date: Date) -> Any { String(Int64(exactly: (date.timeIntervalSince1970 * 1000).rounded()) ?? .max) }

func text(_ span: Duration) -> Any { String(Int64(span / .milliseconds(1))) }

func reported(_ outcome: SendOutcome) -> Any {
    [
        "message_content_id": text(outcome.messageContentId),
        "targets": outcome.targets.map(reported),
        "succeeded": String(outcome.succeeded.count),
        "failed": String(outcome.failed.count),
        "all_ok": outcome.allOk,
    ] as [String: Any]
}

func reported(_ target: TargetResult) -> Any {
    [
        "uid": orNull(target.uid),
        "topic_id": text(target.topicId),
        "message_id": text(target.messageId),
        "send_record_id": text(target.sendRecordId),
        "code": text(target.code),
        "status": target.status,
    ] as [String: Any]
}

func reported(_ status: SendStatus) -> Any {
    ["code": status.code.map(text) as Any? ?? NSNull(), "text": status.text] as [String: Any]
}

func reported(_ qrcode: Qrcode) -> Any {
    [
        "code": qrcode.code,
        "url": qrcode.url,
        "short_url": orNull(qrcode.shortUrl),
        "extra": orNull(qrcode.extra),
        "expires": text(qrcode.expires),
    ] as [String: Any]
}

func reported(_ page: UserPage) -> Any {
    ["total": text(page.total), "page": page.page, "page_size": page.pageSize, "users": page.users.map(reported)]
        as [String: Any]
}

func reported(_ user: User) -> Any {
    let type: Int64 =
        switch user.followType {
        case .app: 0
        case .topic: 1
        case .other(let number): number
        }
    return [
        "uid": user.uid,
        "id": text(user.id),
        "app_or_topic_id": text(user.appOrTopicId),
        "head_img": orNull(user.headImg),
        "create_time": text(user.createTime),
        "nick_name": orNull(user.nickName),
        "is_blocked": user.isBlocked,
        "type": text(type),
        "target": orNull(user.target),
        "pay_end_time": user.payEndTime.map { text($0) } ?? "0",
    ] as [String: Any]
}

func reported(_ page: UserPageV1) -> Any {
    let users = page.users.map { user in
        [
            "uid": user.uid,
            "create_time": text(user.createTime),
            "enable": user.enable,
            "head_img": orNull(user.headImg),
            "nick_name": orNull(user.nickName),
        ] as [String: Any]
    }
    return ["total": text(page.total), "page": page.page, "page_size": page.pageSize, "users": users] as [String: Any]
}

func reported(_ item: PayEndTime) -> Any {
    let type: Int64 =
        switch item.resourceType {
        case .app: 1
        case .topic: 2
        case .other(let number): number
        }
    return [
        "resource_type": text(type), "resource_id": text(item.resourceId), "pay_end_time": text(item.payEndTime),
    ] as [String: Any]
}

func reported(_ batch: Batch) -> Any {
    [
        "number": text(batch.number),
        "uids": batch.uids,
        "done": text(batch.done),
        "duplicates": text(batch.duplicates),
        "outcome": batch.outcome.map(reported) ?? NSNull(),
        "err": batch.error.map(reported) ?? NSNull(),
    ] as [String: Any]
}

func reported(_ callback: AppCallback) -> Any {
    switch callback {
    case .appSubscribe(let event):
        let source =
            switch event.source {
            case .scan: "scan"
            case .link: "link"
            case .command: "command"
            case .order: "order"
            case .other(let word): word
            }
        return [
            "action": "app_subscribe",
            "app_id": text(event.appId),
            "app_key": orNull(event.appKey),
            "app_name": orNull(event.appName),
            "source": source,
            "user_name": orNull(event.userName),
            "user_head_img": orNull(event.userHeadImg),
            "time": text(event.time),
            "uid": event.uid,
            "extra": orNull(event.extra),
        ] as [String: Any]
    case .orderPay(let event):
        let type: Int64 =
            switch event.orderType {
            case .paid: 1
            case .refunded: 2
            case .other(let number): number
            }
        return [
            "action": "order_pay",
            "add_time": text(event.addTime),
            "amount": text(event.amount),
            "app_id": text(event.appId),
            "create_time": text(event.createTime),
            "prod_id": text(event.prodId),
            "trade_no": event.tradeNo,
            "type": text(type),
            "uid": event.uid,
        ] as [String: Any]
    case .sendUpCmd(let event):
        return [
            "action": "send_up_cmd",
            "uid": event.uid,
            "app_id": text(event.appId),
            "app_key": orNull(event.appKey),
            "app_name": orNull(event.appName),
            "user_name": orNull(event.userName),
            "user_head_img": orNull(event.userHeadImg),
            "time": text(event.time),
            "content": event.content,
            "command": event.command,
        ] as [String: Any]
    case .unknown(let event):
        return ["action": "unknown", "name": event.action, "raw": event.raw] as [String: Any]
    }
}

func reported(_ error: WxPusherError) -> Any {
    [
        "kind": error.kind.name,
        "number": error.number,
        "sent": "\(error.sent)",
        "field": orNull(error.field),
        "reason": orNull(error.reason),
        "phase": orNull(error.phase.map { "\($0)" }),
        "status": orNull(error.httpStatus),
        "code": text(error.serverCode),
        "msg": orNull(error.serverMessage),
        "outcome": orNull(error.outcome.map(reported)),
        "text": error.localizedDescription,
    ] as [String: Any]
}
