package wxpusher

import java.util.concurrent.CountDownLatch
import java.util.concurrent.atomic.AtomicInteger
import kotlin.time.Duration.Companion.hours
import kotlin.time.Duration.Companion.seconds
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.CoroutineStart
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.delay
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withContext
import kotlinx.coroutines.withTimeout
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test

class CancellationTest {
    @Test
    fun `a cancelled coroutine always ends with CancellationException`() = runBlocking(Dispatchers.Default) {
        val others = AtomicInteger()
        repeat(20_000) {
            Client("AT_test", Config(baseUrl = "http://127.0.0.1:1")).use { client ->
                val job = launch(start = CoroutineStart.UNDISPATCHED) {
                    try {
                        // Fails with `cancelled` in the moment of the cancellation.
                        client.untilCancelled {
                            while (!client.isCancelled()) Thread.onSpinWait()
                            client.queryStatus(1)
                        }
                    } catch (error: Throwable) {
                        if (error !is CancellationException) others.incrementAndGet()
                        throw error
                    }
                }
                job.cancelAndJoin()
            }
        }
        assertEquals(0, others.get())
    }

    @Test
    fun `a queued call can be cancelled, and is not made`() = runBlocking {
        val release = CountDownLatch(1)
        Client("AT_test", Config(baseUrl = "http://127.0.0.1:1")).use { client ->
            val running = CountDownLatch(64)
            val calls = List(64) {
                launch(start = CoroutineStart.UNDISPATCHED) {
                    client.untilCancelled {
                        running.countDown()
                        release.await()
                    }
                }
            }
            running.await()
            var isMade = false
            val queued = launch(start = CoroutineStart.UNDISPATCHED) { client.untilCancelled { isMade = true } }
            withTimeout(5.seconds) { queued.cancelAndJoin() }
            release.countDown()
            calls.forEach { it.join() }
            assertFalse(isMade)
        }
    }

    @Test
    fun `waiting for scans holds no thread`() = runBlocking {
        val polls = AtomicInteger()
        val server = Server { exchange ->
            if ("scan" in exchange.requestURI.path) ok("null").also { polls.incrementAndGet() } else accepted(*uidsOf(exchange))
        }
        server.use {
            Client("AT_test", Config(baseUrl = server.url)).use { client ->
                val waits = List(300) { number -> launch { client.suspending.waitForScan("code$number", 1.hours) } }
                withTimeout(60.seconds) { while (polls.get() < 300) delay(10) }
                withTimeout(5.seconds) {
                    withContext(Dispatchers.IO) { assertTrue(waits.all { it.isActive }) }
                    assertTrue(client.suspending.send("x", uids = listOf("UID_a")).allOk)
                }
                withTimeout(5.seconds) { waits.forEach { it.cancelAndJoin() } }
            }
        }
    }

    @Test
    fun `a cancelled client ends a wait for a scan`() = runBlocking {
        val polls = AtomicInteger()
        Server { ok("null").also { polls.incrementAndGet() } }.use { server ->
            Client("AT_test", Config(baseUrl = server.url)).use { client ->
                val wait = launch {
                    val error = runCatching { client.suspending.waitForScan("code", 1.hours) }.exceptionOrNull()
                    assertTrue(error is WxPusherException.Cancelled, "$error")
                }
                withTimeout(10.seconds) { while (polls.get() < 1) delay(10) }
                client.cancel()
                withTimeout(5.seconds) { wait.join() }
            }
        }
    }
}
