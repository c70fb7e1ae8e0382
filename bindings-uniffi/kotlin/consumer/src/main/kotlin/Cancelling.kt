import kotlin.time.Duration.Companion.minutes
import kotlin.time.measureTime
import kotlinx.coroutines.CoroutineStart
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.delay
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import wxpusher.Client
import wxpusher.suspending

fun main() = runBlocking {
    Client.fromEnv().use { client ->
        val qrcode = client.createQrcode("order-7")
        val waiting = launch(start = CoroutineStart.UNDISPATCHED) { client.suspending.waitForScan(qrcode, 5.minutes) }
        delay(500)
        val took = measureTime { waiting.cancelAndJoin() }
        println("cancelled: ${waiting.isCancelled}, within 300 ms: ${took.inWholeMilliseconds < 300}")
    }
}
