package wxpusher

import kotlin.coroutines.EmptyCoroutineContext
import kotlin.coroutines.resume
import kotlin.coroutines.resumeWithException
import kotlin.time.Duration
import kotlin.time.Duration.Companion.milliseconds
import kotlin.time.TimeSource
import kotlinx.coroutines.CoroutineDispatcher
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.delay
import kotlinx.coroutines.suspendCancellableCoroutine

/** The number of calls that suspended coroutines can make at a time. Further ones are queued. */
private const val MAX_CALLS = 64

/** How often a waiting coroutine checks whether its client was cancelled. */
private val CANCEL_CHECK = 150.milliseconds

/** The threads of the calls: a view of [Dispatchers.IO] with threads of its own, so that neither blocks the other. */
private val calls: CoroutineDispatcher = Dispatchers.IO.limitedParallelism(MAX_CALLS)

/** Makes a blocking call with a client of its own. If the coroutine is cancelled, the call is cancelled too. */
internal suspend fun <T> Client.call(method: (Client) -> T): T =
    scoped().use { scope -> scope.untilCancelled { method(scope) } }

/**
 * Makes a blocking call of this client on another thread. If the coroutine is cancelled, it ends at once, always with
 * `CancellationException`; the client is cancelled, and the call ends within 200 ms, or is not made if it is still queued.
 */
internal suspend fun <T> Client.untilCancelled(call: () -> T): T = suspendCancellableCoroutine { continuation ->
    continuation.invokeOnCancellation { cancel() }
    calls.dispatch(EmptyCoroutineContext) {
        if (continuation.isActive) {
            runCatching(call).fold(continuation::resume, continuation::resumeWithException)
        }
    }
}

/** Waits, without a thread. Ends early if this client is cancelled: the next call then fails. */
internal suspend fun Client.pause(time: Duration) {
    val end = TimeSource.Monotonic.markNow() + time
    while (!isCancelled()) {
        val left = -end.elapsedNow()
        if (left <= Duration.ZERO) break
        delay(minOf(left, CANCEL_CHECK))
    }
}
