package wxpusher

import java.nio.file.Files
import java.nio.file.Path
import kotlin.time.Duration.Companion.seconds
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Assumptions.assumeTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.assertThrows

class TextTest {
    /** 99 characters and half an emoji, as `take` makes it. */
    private val half = ("x".repeat(99) + "😀").take(100)

    private fun fieldOf(call: () -> Any?): String = assertThrows<WxPusherException.InvalidArgument> { call() }.field

    @Test
    fun `half an emoji is refused in every argument`() {
        Client("AT_test", Config(baseUrl = "http://127.0.0.1:1")).use { client ->
            assertEquals("content", fieldOf { client.send(half, uids = listOf("UID_a")) })
            assertEquals("uids", fieldOf { client.send("x", uids = listOf("UID_a", half)) })
            assertEquals("summary", fieldOf { client.send("x", uids = listOf("UID_a"), summary = half) })
            assertEquals("url", fieldOf { client.sendByGet("x", "UID_a", url = half) })
            assertEquals("spts", fieldOf { client.simplePush("x", listOf(half)) })
            assertEquals("spt", fieldOf { client.simplePushByGet(half, "x") })
            assertEquals("content", fieldOf { client.simplePushByGet("SPT_test", half) })
            assertEquals("extra", fieldOf { client.createQrcode(half) })
            assertEquals("code", fieldOf { client.queryScanUid(half) })
            assertEquals("code", fieldOf { client.waitForScan(half, 1.seconds) })
            assertEquals("uid", fieldOf { client.listUsers(uid = half) })
            assertEquals("uid", fieldOf { client.users(uid = half).first() })
            assertEquals("uid", fieldOf { client.queryPayEndTime(half, 1) })
            assertEquals("content", fieldOf { client.broadcast(half, listOf("UID_a")) })
            assertEquals("uids", fieldOf { client.broadcast("x", listOf(half)).toList() })
        }
        assertEquals("app_token", fieldOf { Client(half) })
        assertEquals("user_agent", fieldOf { Client("AT_test", Config(userAgent = half)) })
        assertEquals("key", fieldOf { EntryLinkVerifier(half) })
        assertEquals("query", fieldOf { EntryLinkVerifier("key").use { it.verify(half) } })
        assertEquals("query", fieldOf { unverifiedEntryLinkUid(half) })
        assertEquals("content", fieldOf { splitContent(half) })
        assertEquals("body", fieldOf { parseCallback(half) })
    }

    @Test
    fun `whole emojis are accepted, and the reason names the index`() {
        assertEquals(listOf("😀"), splitContent("😀"))
        val error = assertThrows<WxPusherException.InvalidArgument> { splitContent("😀\uDE00") }
        assertEquals("invalid argument `content`: must be valid Unicode (half of a surrogate pair at index 2)", error.message)
        assertEquals(Sent.NO, error.sent)
    }

    @Test
    fun `a refused text leaks no client`() {
        val files = Path.of("/proc/self/fd")
        assumeTrue(Files.isDirectory(files), "requires /proc")
        fun sockets() = Files.list(files).use { all -> all.filter { file -> runCatching { "socket:" in Files.readSymbolicLink(file).toString() }.getOrDefault(false) }.count() }
        Server { accepted(*uidsOf(it)) }.use { server ->
            val before = sockets()
            repeat(20) {
                Client("AT_test", Config(baseUrl = server.url)).use { client ->
                    client.send("x", uids = listOf("UID_a"))
                    fieldOf { client.send(half, uids = listOf("UID_a")) }
                }
            }
            // The server closes its side of a connection a moment later; a leak would be 20 of them.
            val end = System.nanoTime() + 5_000_000_000
            while (sockets() - before >= 10 && System.nanoTime() < end) Thread.onSpinWait()
            assertTrue(sockets() - before < 10, "sockets: $before, ${sockets()}")
        }
    }
}
