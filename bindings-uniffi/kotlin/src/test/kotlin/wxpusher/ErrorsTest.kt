package wxpusher

import java.net.ServerSocket
import java.nio.ByteBuffer
import kotlin.time.Duration.Companion.milliseconds
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.assertThrows

class ErrorsTest {
    private inline fun <reified E : WxPusherException> failing(url: String, noinline call: (Client) -> Unit = ::send): E =
        Client("AT_test", Config(baseUrl = url, timeout = 400.milliseconds, maxRetries = 0)).use { client ->
            assertThrows<E> { call(client) }
        }

    private inline fun <reified E : WxPusherException> responding(response: Pair<Int, String>): E =
        Server { response }.use { failing(it.url) }

    private fun send(client: Client) {
        client.send("x", uids = listOf("UID_a"))
    }

    private fun refusedPort(): String = "127.0.0.1:" + ServerSocket(0, 0, loopback).use { it.localPort }

    /** An error as Rust writes it. Only so a test gets an `internal`, which no input leads to. */
    private fun written(number: Int): WxPusherException {
        val buffer = ByteBuffer.allocate(200)
        fun put(text: String) = buffer.putInt(text.length).put(text.encodeToByteArray())
        fun optional(isPresent: Boolean, write: () -> Unit) {
            buffer.put(if (isPresent) 1 else 0)
            if (isPresent) write()
        }
        buffer.putInt(1).putInt(number)
        put("what to show")
        buffer.putInt(2).put(1).put(if (number == 6) 1 else 0)
        optional(number == 1) { put("uids") }
        optional(number in listOf(1, 2, 3, 5, 9, 10, 11, 13, 14)) { put("why") }
        optional(number == 4) { buffer.putInt(5) }
        optional(number == 6) { buffer.putInt(503) }
        optional(number == 6 || number == 7) { buffer.putLong(1005) }
        optional(number == 6 || number == 7) { put("busy") }
        optional(number == 8) { buffer.put(0).putInt(0) }
        val size = buffer.position()
        buffer.flip()
        return FfiConverterTypeWxPusherError.read(buffer).also { assertEquals(size, buffer.position()) }
    }

    @Test
    fun `every kind of error has a class, and reads its fields`() {
        val written = (1..errorKinds().size).map(::written)
        assertEquals(errorKinds(), written.map { ErrorKind(it.number, it.kind) })
        assertEquals(WxPusherException::class.java.permittedNames(), written.map { it.javaClass.simpleName }.toSet())
        assertTrue(written.all { it.message == "what to show" && it.sent == Sent.MAYBE && it.retryIsSafe })
        assertEquals(listOf(6), written.filter { it.isRateLimited }.map { it.number })
        assertEquals("why", (written.last() as WxPusherException.RateLimiter).reason)
        assertEquals(Phase.RECEIVE, (written[3] as WxPusherException.Timeout).phase)
    }

    private fun Class<*>.permittedNames() =
        declaredClasses.filter { superclass -> superclass.superclass == this }.map { it.simpleName }.toSet()

    @Test
    fun `invalid_argument`() {
        val error = failing<WxPusherException.InvalidArgument>("http://127.0.0.1:1") { it.send("", uids = listOf("UID_a")) }
        assertEquals("invalid argument `content`: must have 1 to 40000 characters (got 0)", error.message)
        assertEquals(listOf("content", "must have 1 to 40000 characters (got 0)"), listOf(error.field, error.reason))
        assertEquals(Sent.NO, error.sent)
    }

    @Test
    fun `connect and tls`() {
        val connect = failing<WxPusherException.Connect>("http://${refusedPort()}")
        assertEquals(Sent.NO, connect.sent)
        assertTrue(connect.message.startsWith("cannot connect: "), connect.message)
        assertTrue(connect.retryIsSafe && !connect.isRateLimited)
        OneConnection { it.getOutputStream().write("not TLS".encodeToByteArray()).also { _ -> waitForTheEnd(it) } }.use { connection ->
            val tls = failing<WxPusherException.Tls>(connection.url.replace("http", "https"))
            assertTrue(tls.message.startsWith("TLS: "), tls.message)
        }
    }

    @Test
    fun `timeout and transport`() {
        val timeout = OneConnection(::waitForTheEnd).use { failing<WxPusherException.Timeout>(it.url) }
        assertEquals("timed out while waiting for the response (the request may have reached WxPusher)", timeout.message)
        assertEquals(Phase.RECEIVE, timeout.phase)
        val transport = OneConnection { it.setSoLinger(true, 0) }.use { failing<WxPusherException.Transport>(it.url) }
        assertEquals(Sent.MAYBE, transport.sent)
        assertTrue(transport.message.startsWith("the connection broke: "), transport.message)
    }

    @Test
    fun `errors of the server's response`() {
        val status = responding<WxPusherException.HttpStatus>(502 to "")
        assertEquals("HTTP status 502", status.message)
        assertEquals(Triple(502, null, ""), Triple(status.status, status.code, status.msg))
        val limited = responding<WxPusherException.HttpStatus>(429 to """{"code":1001,"msg":"请求太频繁","success":false}""")
        assertEquals(Triple(429, 1001L, "请求太频繁"), Triple(limited.status, limited.code, limited.msg))
        assertEquals(listOf(true, true, false, false), listOf(limited, status).flatMap { listOf(it.isRateLimited, it.retryIsSafe) })
        val api = responding<WxPusherException.Api>(200 to """{"code":1002,"msg":"AT_othersecret 错","success":false}""")
        assertEquals("WxPusher responded with code 1002: AT_*** 错", api.message)
        assertEquals(1002 to "AT_othersecret 错", api.code.toInt() to api.msg)
        val invalid = responding<WxPusherException.InvalidResponse>(200 to "<html>")
        assertTrue(invalid.message.startsWith("invalid response: "), invalid.message)
        val rejected = responding<WxPusherException.Rejected>(ok("""[{"uid":"UID_a","code":1001,"status":"不存在"}]"""))
        assertEquals("no recipient was accepted: UID_a: 1001 不存在", rejected.message)
        assertEquals(listOf("UID_a"), rejected.outcome.failed.map { it.uid })
    }

    @Test
    fun `errors of callbacks and entry links`() {
        val callback = assertThrows<WxPusherException.InvalidCallback> { parseCallback("{}") }
        assertTrue(callback.message.startsWith("not a WxPusher callback: "), callback.message)
        val link = EntryLinkVerifier("key").use { assertThrows<WxPusherException.InvalidSignature> { it.verify("uid=UID_a") } }
        assertEquals("entry link refused: unsigned: the link has no `sign`", link.message)
    }

    @Test
    fun `cancelled`() {
        val error = failing<WxPusherException.Cancelled>("http://127.0.0.1:1") { it.cancel().also { _ -> send(it) } }
        assertEquals("cancelled (nothing was sent)", error.message)
    }

    @Test
    fun `ensureAll turns a partial failure into an error`() {
        val half = """[{"uid":"UID_a","code":1000,"status":""},{"uid":"UID_b","code":1001,"status":"不存在"}]"""
        Server { ok(half) }.use { server ->
            Client("AT_test", Config(baseUrl = server.url)).use { client ->
                val outcome = client.send("x", uids = listOf("UID_a", "UID_b"))
                assertEquals(listOf("UID_a"), outcome.succeeded.map { it.uid })
                assertFalse(outcome.allOk)
                val rejected = assertThrows<WxPusherException.Rejected> { outcome.ensureAll() }
                assertEquals("not every recipient was accepted: UID_b: 1001 不存在", rejected.message)
                assertEquals(outcome, rejected.outcome)
            }
        }
    }

    @Test
    fun `texts show no secret`() {
        val config = Config(proxy = "http://me:hidden@127.0.0.1:1", defaultSpts = listOf("SPT_testhidden"))
        assertFalse("hidden" in config.toString(), config.toString())
        assertTrue("***" in config.toString(), config.toString())
        val push = SimplePush("x", listOf("SPT_testhidden"))
        assertFalse("hidden" in push.toString(), push.toString())
        Client("AT_testhidden", config).use { assertFalse("hidden" in it.toString()) }
        val target = TargetResult("UID_a", null, null, 8, 1001, "AT_testhidden 不存在", false)
        for (text in listOf("$target", "${SendOutcome(7, listOf(target))}")) {
            assertFalse("hidden" in text, text)
            assertTrue("AT_*** 不存在" in text && "UID_a" in text, text)
        }
    }

    /** No function of this library is known to panic. UniFFI's allocation does, in the library that is shipped. */
    @Test
    fun `a panic in Rust becomes an exception`() {
        val error = assertThrows<WxPusherException.Internal> { RustBuffer.alloc(ULong.MAX_VALUE) }
        assertEquals("internal error in wxpusher: capacity overflow", error.message)
        assertEquals("capacity overflow", error.reason)
        assertEquals(14, errorKinds().size)
    }
}
