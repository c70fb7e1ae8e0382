package wxpusher

import java.nio.file.Files
import java.nio.file.Path
import java.util.concurrent.CompletableFuture
import java.util.concurrent.TimeUnit.SECONDS
import java.util.concurrent.atomic.AtomicInteger
import kotlin.concurrent.thread
import kotlin.time.Duration.Companion.hours
import kotlin.time.Duration.Companion.milliseconds
import kotlin.time.Duration.Companion.seconds
import kotlin.time.Instant
import kotlin.time.measureTime
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Assumptions.assumeTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.assertThrows

class ClientTest {
    private fun clientOf(url: String) = Client("AT_test", Config(baseUrl = url))

    @Test
    fun `use releases the client`() {
        val closed = CompletableFuture<Unit>()
        val connection = OneConnection { socket ->
            val body = accepted("UID_a").second.encodeToByteArray()
            val head = "HTTP/1.1 200 OK\r\ncontent-length: ${body.size}\r\n\r\n"
            socket.getOutputStream().write(head.encodeToByteArray() + body)
            waitForTheEnd(socket)
            closed.complete(Unit)
        }
        connection.use {
            val client = clientOf(connection.url)
            client.use {
                it.send("x", uids = listOf("UID_a"))
                assertFalse(closed.isDone, "the connection must stay open for the next call")
            }
            closed.get(5, SECONDS)
            assertThrows<IllegalStateException> { client.send("x", uids = listOf("UID_a")) }
        }
    }

    @Test
    fun `clients leave no thread and no file behind`() {
        val ours = Path.of("/proc/self")
        assumeTrue(Files.isDirectory(ours), "requires /proc")
        fun count(kind: String) = Files.list(ours.resolve(kind)).use { it.count() }
        Server { accepted(*uidsOf(it)) }.use { server ->
            fun once() = clientOf(server.url).use { it.send("x", uids = listOf("UID_a")) }
            repeat(10) { once() }
            val before = count("fd") to count("task")
            repeat(100) { once() }
            val after = count("fd") to count("task")
            // The server's connections and threads vary; a leak would be one per client.
            assertTrue(after.first - before.first < 50, "files: $before, $after")
            assertTrue(after.second - before.second < 50, "threads: $before, $after")
        }
    }

    @Test
    fun `coroutines can share a client`() = runBlocking {
        val calls = AtomicInteger()
        val server = Server { calls.incrementAndGet().let { _ -> accepted(*uidsOf(it)) } }
        server.use {
            clientOf(server.url).use { client ->
                val outcomes = (1..32).map { n -> async { client.suspending.send("x", uids = listOf("UID_$n")) } }.awaitAll()
                assertEquals((1..32).map { "UID_$it" }, outcomes.map { it.targets.single().uid })
                assertEquals(32, calls.get())
            }
        }
    }

    @Test
    fun `cancelling a coroutine ends only its call`() = runBlocking {
        val connection = OneConnection(::waitForTheEnd)
        connection.use {
            clientOf(connection.url).use { client ->
                val job = launch(Dispatchers.Default) { client.suspending.send("x", uids = listOf("UID_a")) }
                connection.requested.get(5, SECONDS)
                val took = measureTime {
                    job.cancel()
                    job.join()
                }
                assertTrue(job.isCancelled)
                assertTrue(took < 300.milliseconds, "$took")
                assertFalse(client.isCancelled())
            }
        }
    }

    @Test
    fun `a cancelled client does not cancel the coroutine`() = runBlocking {
        clientOf("http://127.0.0.1:1").use { client ->
            client.cancel()
            val error = runCatching { client.suspending.send("x", uids = listOf("UID_a")) }.exceptionOrNull()
            assertTrue(error is WxPusherException.Cancelled, "$error")
            assertFalse(error is CancellationException)
        }
    }

    @Test
    fun `cancel from another thread ends a call`() {
        val connection = OneConnection(::waitForTheEnd)
        connection.use {
            clientOf(connection.url).use { client ->
                val ended = CompletableFuture<Throwable?>()
                thread { ended.complete(runCatching { client.send("x", uids = listOf("UID_a")) }.exceptionOrNull()) }
                connection.requested.get(5, SECONDS)
                val took = measureTime {
                    client.cancel()
                    assertTrue(ended.get(5, SECONDS) is WxPusherException.Cancelled)
                }
                assertTrue(took < 300.milliseconds, "$took")
            }
        }
    }

    @Test
    fun `times and durations are Kotlin's`() {
        val response = """{"expires":1700000000123,"code":"c","url":"u","extra":"e"}"""
        var body = ""
        val server = Server { body = it.requestBody.readBytes().decodeToString(); ok(response) }
        server.use {
            val qrcode = clientOf(server.url).use { it.createQrcode("e", validTime = 1.hours) }
            assertTrue("\"validTime\":3600" in body, body)
            assertEquals(Instant.fromEpochMilliseconds(1_700_000_000_123), qrcode.expires)
        }
        val negative = assertThrows<WxPusherException.InvalidArgument> { Client("AT_test", Config(timeout = (-1).seconds)) }
        assertEquals("timeout", negative.field)
    }

    @Test
    fun `unknown values are kept`() {
        val subscribe = """{"action":"app_subscribe","data":{"appId":1,"time":2,"uid":"UID_a","source":"telepathy"}}"""
        val event = (parseCallback(subscribe) as AppCallback.AppSubscribe).event
        assertEquals(SubscribeSource.Other("telepathy"), event.source)
        assertEquals(Instant.fromEpochMilliseconds(2), event.time)
        val unknown = (parseCallback("""{"action":"app_sing","data":7}""") as AppCallback.Unknown).event
        assertEquals("app_sing", unknown.action)
        val pay = """{"addTime":-5,"amount":-1,"appId":1,"createTime":2,"prodId":3,"tradeNo":"t","type":9,"uid":"UID_a"}"""
        val order = (parseCallback("""{"action":"order_pay","data":$pay}""") as AppCallback.OrderPay).event
        assertEquals(OrderType.Other(9), order.orderType)
        assertEquals((-5).milliseconds, order.addTime)
    }

    @Test
    fun `text and link functions`() {
        val parts = splitContent("x".repeat(30), limits = currentLimits().copy(contentChars = 25))
        assertEquals("(1/3)", parts.first().lines().first())
        assertEquals(30, parts.sumOf { part -> part.count { it == 'x' } })
        assertEquals("content", assertThrows<WxPusherException.InvalidArgument> { splitContent("<p>", ContentType.HTML) }.field)
        assertEquals("https://wxpusher.zjiecode.com/app/#/follow?type=2&id=7", followUrl(topicId = 7))
        assertTrue(followUrl(appId = 97, jump = true).endsWith("type=1&id=97&jump=auto"))
        assertThrows<WxPusherException.InvalidArgument> { followUrl() }
        assertEquals("UID_a", unverifiedEntryLinkUid("https://example.invalid/?uid=UID_a"))
        assertThrows<WxPusherException.InvalidSignature> { unverifiedEntryLinkUid("https://example.invalid/") }
    }
}
