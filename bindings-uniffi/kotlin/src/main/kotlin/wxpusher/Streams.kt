package wxpusher

/** Uids handed over at a time: WxPusher's own size of a batch. */
internal const val CHUNK: Int = 2_000

/**
 * All users, page after page; a page is asked for when the one before is used up.
 *
 * @throws WxPusherException at the step that failed, and see [Client.listUsers].
 */
public fun Client.users(
    pageSize: Int = 100,
    uid: String? = null,
    isBlock: Boolean? = null,
    followType: FollowType? = null,
): Sequence<User> = sequence {
    userStream(pageSize, uid, isBlock, followType).use { stream ->
        while (true) yield(stream.next() ?: break)
    }
}

/**
 * Sends a message to any number of users, at most 2 000 with each step of the sequence.
 *
 * Steps keep WxPusher's pace (20 calls in 10 s), drop uids that were there before, and tell what became of their batch. A
 * failed batch does not end the broadcast. To stop, stop iterating; to resume later, drop the [Batch.done] first uids. The
 * sequence can be iterated once.
 *
 * @throws WxPusherException.InvalidArgument when the message is over a limit.
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

/** The same with uids from a collection. */
public fun Client.broadcast(
    content: String,
    uids: Iterable<String>,
    contentType: ContentType? = null,
    summary: String? = null,
    url: String? = null,
    verifyPayType: VerifyPayType? = null,
    verifyPay: Boolean? = null,
): Sequence<Batch> = broadcast(content, uids.asSequence(), contentType, summary, url, verifyPayType, verifyPay)
