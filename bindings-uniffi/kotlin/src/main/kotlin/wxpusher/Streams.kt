package wxpusher

/** The number of UIDs that are passed to Rust at a time: the size of a batch. */
internal const val CHUNK: Int = 2_000

/**
 * Returns all users. A page is requested when the one before is used up.
 *
 * @throws WxPusherException at the step that failed; see [Client.listUsers]. The sequence is then over.
 */
public fun Client.users(
    pageSize: Int = 100,
    uid: String? = null,
    isBlocked: Boolean? = null,
    followType: FollowType? = null,
): Sequence<User> = sequence {
    userStream(pageSize, uid, isBlocked, followType).use { stream ->
        while (true) yield(stream.next() ?: break)
    }
}

/**
 * Sends a message to any number of users. Each step of the sequence sends to the next 2 000 at most.
 *
 * Batches respect the rate limit and skip duplicate UIDs. A failed batch does not end the broadcast. To stop, stop iterating; to
 * resume later, drop the first [Batch.done] UIDs. The sequence can be iterated once.
 *
 * @throws WxPusherException.InvalidArgument if the message exceeds a limit.
 */
public fun Client.broadcast(
    content: String,
    uids: Sequence<String>,
    contentType: ContentType? = null,
    summary: String? = null,
    url: String? = null,
    verifyPayType: VerifyPayType? = null,
    verifyPay: Boolean? = null,
): Sequence<Batch> {
    val broadcaster = broadcaster(Message(content, listOf(), listOf(), contentType, summary, url, verifyPayType, verifyPay))
    return sequence {
        broadcaster.use {
            val feeds = uids.chunked(CHUNK).map { chunk -> { broadcaster.add(chunk) } } + sequenceOf(broadcaster::finish)
            for (feed in feeds) {
                feed()
                while (true) {
                    val batch = broadcaster.next() ?: break
                    yield(batch)
                    if (batch.error is WxPusherException.Cancelled) return@sequence
                }
            }
        }
    }.constrainOnce()
}

/** Sends a message to the users of a collection; see the other [broadcast]. */
public fun Client.broadcast(
    content: String,
    uids: Iterable<String>,
    contentType: ContentType? = null,
    summary: String? = null,
    url: String? = null,
    verifyPayType: VerifyPayType? = null,
    verifyPay: Boolean? = null,
): Sequence<Batch> = broadcast(content, uids.asSequence(), contentType, summary, url, verifyPayType, verifyPay)
