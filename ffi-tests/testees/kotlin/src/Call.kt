import java.util.Base64
import kotlin.time.Duration.Companion.milliseconds
import kotlin.time.Duration.Companion.seconds
import kotlin.time.Instant
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import wxpusher.Client
import wxpusher.ContentType
import wxpusher.EntryLinkVerifier
import wxpusher.FollowType
import wxpusher.Qrcode
import wxpusher.VerifyPayType
import wxpusher.WxPusherException
import wxpusher.broadcast
import wxpusher.parseCallback
import wxpusher.send
import wxpusher.sendByGet
import wxpusher.simplePush
import wxpusher.users
import wxpusher.waitForScan

/** Makes the call; returns null if the method is unknown. */
internal fun call(client: Client, method: String, args: Args): JsonObject? {
    val content by lazy { args.need("content") }
    val contentType by lazy { args.text("content_type")?.let { ContentType.valueOf(it.uppercase()) } }
    val summary by lazy { args.text("summary") }
    val url by lazy { args.text("url") }
    val verifyPayType by lazy { args.int("verify_pay_type")?.let { VerifyPayType.entries[it] } }
    val verifyPay by lazy { args.flag("verify_pay") }
    val uid by lazy { args.text("uid") }

    return when (method) {
        "send" -> {
            val (uids, topics) = args.texts("uids") to args.texts("topic_ids").map(String::toLong)
            val ensureAll = args.flag("ensure_all") ?: false
            val sent = client.send(content, uids, topics, contentType, summary, url, verifyPayType, verifyPay)
            outcome(if (ensureAll) sent.ensureAll() else sent)
        }
        "send_by_get" ->
            outcome(client.sendByGet(content, uid, args.long("topic_id"), summary, url, verifyPayType, verifyPay))
        "simple_push" -> outcome(client.simplePush(content, args.texts("spts"), contentType, summary, url))
        "simple_push_by_get" -> outcome(client.simplePushByGet(args.need("spt"), content))
        "query_status" -> status(client.queryStatus(args.need("send_record_id").toLong()))
        "query_message_status" -> status(client.queryMessageStatus(args.need("message_id").toLong()))
        "delete_message" -> nothing(client.deleteMessage(args.need("message_content_id").toLong()))
        "create_qrcode" -> qrcode(client.createQrcode(args.need("extra"), args.long("valid_time")?.seconds))
        "query_scan_uid" -> json("uid" to text(client.queryScanUid(args.need("code"))))
        "wait_for_scan" -> json("uid" to text(waitForScan(client, args)))
        "list_users" -> userPage(
            client.listUsers(args.need("page").toInt(), args.need("page_size").toInt(), uid, args.flag("is_blocked"), type(args)),
        )
        "users" -> {
            val users = client.users(args.need("page_size").toInt(), uid, args.flag("is_blocked"), type(args))
            json("users" to JsonArray(users.map(::user).toList()))
        }
        "list_users_v1" -> userPageV1(client.listUsersV1(args.need("page").toInt(), args.need("page_size").toInt(), uid))
        "delete_user" -> nothing(client.deleteUser(args.need("id").toLong()))
        "block_user" -> nothing(client.blockUser(args.need("id").toLong()))
        "unblock_user" -> nothing(client.unblockUser(args.need("id").toLong()))
        "query_pay_end_time" -> {
            val items = client.queryPayEndTime(args.need("uid"), args.need("prod_id").toLong())
            json("items" to JsonArray(items.map(::payEndTime)))
        }
        "broadcast" -> {
            val uids = args.texts("uids")
            val batches = client.broadcast(content, uids, contentType, summary, url, verifyPayType, verifyPay)
            json("batches" to JsonArray(batches.map(::batch).toList()))
        }
        "parse_callback" -> {
            val bytes = args.text("body_base64")?.let(Base64.getDecoder()::decode)
            callback(if (bytes != null) parseCallback(bytes) else parseCallback(args.need("body")))
        }
        "verify_entry_link" -> json("uid" to JsonPrimitive(verifyEntryLink(args)))
        else -> return null
    }.also { args.expectNoMore() }
}

@Suppress("UNUSED_PARAMETER")
private fun nothing(done: Unit): JsonObject = json()

private fun type(args: Args): FollowType? = args.long("type")?.let { number ->
    when (number) {
        0L -> FollowType.App
        1L -> FollowType.Topic
        else -> FollowType.Other(number)
    }
}

/** Verifies a link as often as the case says, and returns the last result. */
private fun verifyEntryLink(args: Args): String {
    val now = Instant.fromEpochMilliseconds(args.need("now_ms").toLong())
    val query = args.need("query")
    EntryLinkVerifier(args.need("key"), now).use { verifier ->
        repeat((args.int("repeat") ?: 1) - 1) {
            try {
                verifier.verify(query)
            } catch (error: WxPusherException) {
                error.printStackTrace()
            }
        }
        return verifier.verify(query)
    }
}

private fun waitForScan(client: Client, args: Args): String? {
    val code = args.need("code")
    val timeout = args.need("timeout_ms").toLong().milliseconds
    if (args.flag("as_qrcode") != true) {
        return client.waitForScan(code, timeout)
    }
    return client.waitForScan(Qrcode(code, "", null, null, Instant.fromEpochMilliseconds(1000)), timeout)
}
