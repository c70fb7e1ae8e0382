package wxpusher

import kotlin.time.Duration
import kotlinx.coroutines.CoroutineStart
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.awaitCancellation
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.ensureActive
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.asFlow
import kotlinx.coroutines.flow.collect
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.flow.takeWhile
import kotlinx.coroutines.isActive
import kotlinx.coroutines.launch
import kotlinx.coroutines.withContext

/** The methods of this client for coroutines. */
public val Client.suspending: SuspendingClient
    get() = SuspendingClient(this)

/**
 * The methods of [Client] as `suspend` functions. They run on [Dispatchers.IO]. Cancelling the coroutine ends the call within 200 ms.
 * A cancelled send may have been carried out.
 */
public class SuspendingClient internal constructor(private val client: Client) {
    /** See [Client.send]. */
    public suspend fun send(
        content: String,
        uids: List<String> = listOf(),
        topicIds: List<Long> = listOf(),
        contentType: ContentType? = null,
        summary: String? = null,
        url: String? = null,
        verifyPayType: VerifyPayType? = null,
        verifyPay: Boolean? = null,
    ): SendOutcome = client.call { it.send(content, uids, topicIds, contentType, summary, url, verifyPayType, verifyPay) }

    /** See [Client.sendByGet]. */
    public suspend fun sendByGet(
        content: String,
        uid: String? = null,
        topicId: Long? = null,
        summary: String? = null,
        url: String? = null,
        verifyPayType: VerifyPayType? = null,
        verifyPay: Boolean? = null,
    ): SendOutcome = client.call { it.sendByGet(content, uid, topicId, summary, url, verifyPayType, verifyPay) }

    /** See [Client.simplePush]. */
    public suspend fun simplePush(
        content: String,
        spts: List<String> = listOf(),
        contentType: ContentType? = null,
        summary: String? = null,
        url: String? = null,
    ): SendOutcome = client.call { it.simplePush(content, spts, contentType, summary, url) }

    /** See [Client.simplePushByGet]. */
    public suspend fun simplePushByGet(spt: String, content: String): SendOutcome =
        client.call { it.simplePushByGet(spt, content) }

    /** See [Client.queryStatus]. */
    public suspend fun queryStatus(sendRecordId: Long): SendStatus = client.call { it.queryStatus(sendRecordId) }

    /** See [Client.queryMessageStatus]. */
    public suspend fun queryMessageStatus(messageId: Long): SendStatus = client.call { it.queryMessageStatus(messageId) }

    /** See [Client.deleteMessage]. */
    public suspend fun deleteMessage(messageContentId: Long): Unit = client.call { it.deleteMessage(messageContentId) }

    /** See [Client.createQrcode]. */
    public suspend fun createQrcode(extra: String, validTime: Duration? = null): Qrcode =
        client.call { it.createQrcode(extra, validTime) }

    /** See [Client.queryScanUid]. */
    public suspend fun queryScanUid(code: String): String? = client.call { it.queryScanUid(code) }

    /** See [Client.queryScanUid]. */
    public suspend fun queryScanUid(qrcode: Qrcode): String? = queryScanUid(qrcode.code)

    /** See [Client.waitForScan]. */
    public suspend fun waitForScan(code: String, timeout: Duration): String? =
        client.call { it.waitForScan(code, timeout) }

    /** See [Client.waitForScan]. */
    public suspend fun waitForScan(qrcode: Qrcode, timeout: Duration): String? = waitForScan(qrcode.code, timeout)

    /** See [Client.listUsers]. */
    public suspend fun listUsers(
        page: Int = 1,
        pageSize: Int = 100,
        uid: String? = null,
        isBlocked: Boolean? = null,
        followType: FollowType? = null,
    ): UserPage = client.call { it.listUsers(page, pageSize, uid, isBlocked, followType) }

    /** Returns all users; see [Client.users]. */
    public fun users(
        pageSize: Int = 100,
        uid: String? = null,
        isBlocked: Boolean? = null,
        followType: FollowType? = null,
    ): Flow<User> = flow {
        client.scoped().use { scope ->
            scope.userStream(pageSize, uid, isBlocked, followType).use { stream ->
                while (true) emit(scope.untilCancelled { stream.next() } ?: break)
            }
        }
    }

    /** See [Client.listUsersV1]. */
    public suspend fun listUsersV1(page: Int = 1, pageSize: Int = 100, uid: String? = null): UserPageV1 =
        client.call { it.listUsersV1(page, pageSize, uid) }

    /** See [Client.deleteUser]. */
    public suspend fun deleteUser(id: Long): Unit = client.call { it.deleteUser(id) }

    /** See [Client.blockUser]. */
    public suspend fun blockUser(id: Long): Unit = client.call { it.blockUser(id) }

    /** See [Client.unblockUser]. */
    public suspend fun unblockUser(id: Long): Unit = client.call { it.unblockUser(id) }

    /** See [Client.queryPayEndTime]. */
    public suspend fun queryPayEndTime(uid: String, prodId: Long): List<PayEndTime> =
        client.call { it.queryPayEndTime(uid, prodId) }

    /** Sends a message to any number of users; see [Client.broadcast]. Each collection of the flow is a broadcast. */
    public fun broadcast(
        content: String,
        uids: Flow<String>,
        contentType: ContentType? = null,
        summary: String? = null,
        url: String? = null,
        verifyPayType: VerifyPayType? = null,
        verifyPay: Boolean? = null,
    ): Flow<Batch> = flow {
        client.scoped().use { scope ->
            val message = Message(content, listOf(), listOf(), contentType, summary, url, verifyPayType, verifyPay)
            scope.broadcaster(message).use { broadcaster ->
                var isCancelled = false
                suspend fun drain() {
                    while (!isCancelled) {
                        val batch = scope.untilCancelled { broadcaster.next() } ?: break
                        isCancelled = batch.error is WxPusherException.Cancelled
                        emit(batch)
                    }
                }
                var chunk = ArrayList<String>(CHUNK)
                uids.takeWhile { uid ->
                    chunk.add(uid)
                    if (chunk.size == CHUNK) {
                        broadcaster.add(chunk)
                        chunk = ArrayList(CHUNK)
                        drain()
                    }
                    !isCancelled
                }.collect()
                broadcaster.add(chunk)
                broadcaster.finish()
                drain()
            }
        }
    }

    /** Sends a message to the users of a collection; see [Client.broadcast]. */
    public fun broadcast(
        content: String,
        uids: Iterable<String>,
        contentType: ContentType? = null,
        summary: String? = null,
        url: String? = null,
        verifyPayType: VerifyPayType? = null,
        verifyPay: Boolean? = null,
    ): Flow<Batch> = broadcast(content, uids.asFlow(), contentType, summary, url, verifyPayType, verifyPay)
}

private suspend fun <T> Client.call(method: (Client) -> T): T =
    scoped().use { scope -> scope.untilCancelled { method(scope) } }

/** Makes a blocking call of this client, and cancels the client when the coroutine is cancelled. */
private suspend fun <T> Client.untilCancelled(call: () -> T): T = coroutineScope {
    // Unconfined: runs on the thread that cancels, so that no busy dispatcher delays it.
    val watch = launch(Dispatchers.Unconfined, CoroutineStart.UNDISPATCHED) {
        try {
            awaitCancellation()
        } finally {
            if (!this@coroutineScope.isActive) this@untilCancelled.cancel()
        }
    }
    try {
        withContext(Dispatchers.IO) {
            try {
                call()
            } catch (cancelled: WxPusherException.Cancelled) {
                // A cancelled coroutine ends with CancellationException; a cancelled client is an error.
                ensureActive()
                throw cancelled
            }
        }
    } finally {
        watch.cancel()
    }
}
