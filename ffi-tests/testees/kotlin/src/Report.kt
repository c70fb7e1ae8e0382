// Results in the form of the suite.

import kotlin.time.Instant
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonNull
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import wxpusher.AppCallback
import wxpusher.Batch
import wxpusher.FollowType
import wxpusher.OrderType
import wxpusher.PayEndTime
import wxpusher.Qrcode
import wxpusher.ResourceType
import wxpusher.SendOutcome
import wxpusher.SendStatus
import wxpusher.SubscribeSource
import wxpusher.TargetResult
import wxpusher.User
import wxpusher.UserPage
import wxpusher.UserPageV1
import wxpusher.UserV1
import wxpusher.WxPusherException
import wxpusher.allOk
import wxpusher.failed
import wxpusher.succeeded

internal fun text(value: Any?): JsonElement = if (value == null) JsonNull else JsonPrimitive(value.toString())

private fun time(value: Instant): JsonElement = text(value.toEpochMilliseconds())

internal fun outcome(outcome: SendOutcome): JsonObject = json(
    "message_content_id" to text(outcome.messageContentId),
    "targets" to JsonArray(outcome.targets.map(::target)),
    "succeeded" to text(outcome.succeeded.size),
    "failed" to text(outcome.failed.size),
    "all_ok" to JsonPrimitive(outcome.allOk),
)

private fun target(target: TargetResult) = json(
    "uid" to text(target.uid),
    "topic_id" to text(target.topicId),
    "message_id" to text(target.messageId),
    "send_record_id" to text(target.sendRecordId),
    "code" to text(target.code),
    "status" to text(target.status),
)

internal fun status(status: SendStatus): JsonObject =
    json("code" to (status.code?.let(::text) ?: JsonNull), "text" to text(status.text))

internal fun qrcode(qrcode: Qrcode): JsonObject = json(
    "code" to text(qrcode.code),
    "url" to text(qrcode.url),
    "short_url" to text(qrcode.shortUrl),
    "extra" to text(qrcode.extra),
    "expires" to time(qrcode.expires),
)

internal fun userPage(page: UserPage): JsonObject = json(
    "total" to text(page.total),
    "page" to JsonPrimitive(page.page),
    "page_size" to JsonPrimitive(page.pageSize),
    "users" to JsonArray(page.users.map(::user)),
)

internal fun user(user: User): JsonObject = json(
    "uid" to text(user.uid),
    "id" to text(user.id),
    "app_or_topic_id" to text(user.appOrTopicId),
    "head_img" to text(user.headImg),
    "create_time" to time(user.createTime),
    "nick_name" to text(user.nickName),
    "is_blocked" to JsonPrimitive(user.isBlocked),
    "type" to text(
        when (val type = user.followType) {
            FollowType.App -> 0
            FollowType.Topic -> 1
            is FollowType.Other -> type.number
        },
    ),
    "target" to text(user.target),
    "pay_end_time" to text(user.payEndTime?.toEpochMilliseconds() ?: 0),
)

internal fun userPageV1(page: UserPageV1): JsonObject = json(
    "total" to text(page.total),
    "page" to JsonPrimitive(page.page),
    "page_size" to JsonPrimitive(page.pageSize),
    "users" to JsonArray(page.users.map(::userV1)),
)

private fun userV1(user: UserV1) = json(
    "uid" to text(user.uid),
    "create_time" to time(user.createTime),
    "enable" to JsonPrimitive(user.enable),
    "head_img" to text(user.headImg),
    "nick_name" to text(user.nickName),
)

internal fun payEndTime(item: PayEndTime): JsonObject = json(
    "resource_type" to text(
        when (val type = item.resourceType) {
            ResourceType.App -> 1
            ResourceType.Topic -> 2
            is ResourceType.Other -> type.number
        },
    ),
    "resource_id" to text(item.resourceId),
    "pay_end_time" to time(item.payEndTime),
)

internal fun batch(batch: Batch): JsonObject = json(
    "number" to text(batch.number),
    "uids" to JsonArray(batch.uids.map(::text)),
    "done" to text(batch.done),
    "duplicates" to text(batch.duplicates),
    "outcome" to (batch.outcome?.let(::outcome) ?: JsonNull),
    "err" to (batch.error?.let(::problem) ?: JsonNull),
)

internal fun callback(callback: AppCallback): JsonObject = when (callback) {
    is AppCallback.AppSubscribe -> callback.event.run {
        json(
            "action" to text("app_subscribe"),
            "app_id" to text(appId),
            "app_key" to text(appKey),
            "app_name" to text(appName),
            "source" to text(word(source)),
            "user_name" to text(userName),
            "user_head_img" to text(userHeadImg),
            "time" to time(time),
            "uid" to text(uid),
            "extra" to text(extra),
        )
    }
    is AppCallback.OrderPay -> callback.event.run {
        json(
            "action" to text("order_pay"),
            "add_time" to text(addTime.inWholeMilliseconds),
            "amount" to text(amount),
            "app_id" to text(appId),
            "create_time" to time(createTime),
            "prod_id" to text(prodId),
            "trade_no" to text(tradeNo),
            "type" to text(
                when (val type = orderType) {
                    OrderType.Paid -> 1
                    OrderType.Refunded -> 2
                    is OrderType.Other -> type.number
                },
            ),
            "uid" to text(uid),
        )
    }
    is AppCallback.SendUpCmd -> callback.event.run {
        json(
            "action" to text("send_up_cmd"),
            "uid" to text(uid),
            "app_id" to text(appId),
            "app_key" to text(appKey),
            "app_name" to text(appName),
            "user_name" to text(userName),
            "user_head_img" to text(userHeadImg),
            "time" to time(time),
            "content" to text(content),
            "command" to text(command),
        )
    }
    is AppCallback.Unknown -> callback.event.run {
        json("action" to text("unknown"), "name" to text(action), "raw" to text(raw))
    }
}

private fun word(source: SubscribeSource): String = when (source) {
    SubscribeSource.Scan -> "scan"
    SubscribeSource.Link -> "link"
    SubscribeSource.Command -> "command"
    SubscribeSource.Order -> "order"
    is SubscribeSource.Other -> source.word
}

internal fun problem(error: WxPusherException): JsonObject {
    val common = mapOf(
        "kind" to text(error.kind),
        "number" to JsonPrimitive(error.number),
        "sent" to text(error.sent.name.lowercase()),
        "text" to text(error.message),
    )
    val absent = listOf("field", "reason", "phase", "status", "code", "msg", "outcome").associateWith { JsonNull }
    return JsonObject(absent + common + carried(error))
}

private fun carried(error: WxPusherException): Map<String, JsonElement> = when (error) {
    is WxPusherException.InvalidArgument -> mapOf("field" to text(error.field), "reason" to text(error.reason))
    is WxPusherException.Connect -> mapOf("reason" to text(error.reason))
    is WxPusherException.Tls -> mapOf("reason" to text(error.reason))
    is WxPusherException.Timeout -> mapOf("phase" to text(error.phase.name.lowercase()))
    is WxPusherException.Transport -> mapOf("reason" to text(error.reason))
    is WxPusherException.HttpStatus -> mapOf(
        "status" to JsonPrimitive(error.status),
        "code" to (error.code?.let(::text) ?: JsonNull),
        "msg" to text(error.msg),
    )
    is WxPusherException.Api -> mapOf("code" to text(error.code), "msg" to text(error.msg))
    is WxPusherException.Rejected -> mapOf("outcome" to outcome(error.outcome))
    is WxPusherException.InvalidResponse -> mapOf("reason" to text(error.reason))
    is WxPusherException.InvalidCallback -> mapOf("reason" to text(error.reason))
    is WxPusherException.InvalidSignature -> mapOf("reason" to text(error.reason))
    is WxPusherException.Cancelled -> mapOf()
    is WxPusherException.Internal -> mapOf("reason" to text(error.reason))
    is WxPusherException.RateLimiter -> mapOf("reason" to text(error.reason))
}
