package wxpusher

import com.sun.net.httpserver.HttpExchange
import java.util.concurrent.CopyOnWriteArrayList
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.runBlocking
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.assertThrows

class StreamsTest {
    private val pages = CopyOnWriteArrayList<String>()

    /** Five users, two per page. */
    private fun users(exchange: HttpExchange): Pair<Int, String> {
        val page = Regex("[?&]page=(\\d+)").find(exchange.requestURI.query)!!.groupValues[1]
        pages += page
        val numbers = (1..5).chunked(2).getOrElse(page.toInt() - 1) { listOf() }
        val records = numbers.joinToString(",", "[", "]") { """{"uid":"UID_$it","id":$it,"createTime":1,"type":7,"payEndTime":0}""" }
        return ok("""{"total":5,"page":$page,"pageSize":2,"records":$records}""")
    }

    private fun <T> with(respond: (HttpExchange) -> Pair<Int, String>, limits: Limits? = null, block: (Client) -> T): T =
        Server(respond).use { server -> Client("AT_test${System.nanoTime()}", Config(baseUrl = server.url, limits = limits)).use(block) }

    private fun batchesOf(size: Long): Limits = currentLimits().copy(uids = size)

    @Test
    fun `users requests a page when the one before is used up`() = with(::users) { client ->
        val sequence = client.users(pageSize = 2)
        assertEquals(listOf<String>(), pages)
        assertEquals("UID_1", sequence.first().uid)
        assertEquals(listOf("1"), pages)
        val all = sequence.toList()
        assertEquals((1L..5L).toList(), all.map { it.id })
        assertEquals(FollowType.Other(7), all.first().followType)
        assertEquals(null, all.first().payEndTime)
    }

    @Test
    fun `users as a flow`() = with(::users) { client ->
        runBlocking {
            assertEquals("UID_1", client.suspending.users(pageSize = 2).first().uid)
            assertEquals(listOf("1"), pages)
            assertEquals((1L..5L).toList(), client.suspending.users(pageSize = 2).toList().map { it.id })
        }
    }

    @Test
    fun `a broadcast continues after a failed batch`() {
        val respond = { exchange: HttpExchange -> uidsOf(exchange).let { if ("UID_3" in it) 500 to "" else accepted(*it) } }
        with(respond, batchesOf(2)) { client ->
            val batches = client.broadcast("x", listOf("UID_1", "UID_2", "UID_1", "UID_3", "UID_4", "UID_5")).toList()
            assertEquals(listOf(2L, 5L, 6L), batches.map { it.done })
            assertEquals(listOf(true, false, true), batches.map { it.outcome?.allOk ?: false })
            assertEquals(500, (batches[1].error as WxPusherException.HttpStatus).status)
            assertEquals(1, batches[1].duplicates)
        }
    }

    @Test
    fun `a broadcast sends a batch with each step`() {
        val sent = CopyOnWriteArrayList<String>()
        with({ exchange -> uidsOf(exchange).also(sent::addAll).let { accepted(*it) } }, batchesOf(2)) { client ->
            val batches = client.broadcast("x", generateSequence(1) { it + 1 }.map { "UID_$it" })
            assertEquals(listOf<String>(), sent)
            assertEquals(2L, batches.first().done)
            assertEquals(listOf("UID_1", "UID_2"), sent)
            assertThrows<IllegalStateException> { batches.first() }
            assertThrows<WxPusherException.InvalidArgument> { client.broadcast("", listOf("UID_1")) }
        }
    }

    @Test
    fun `a broadcast as a flow`() = with({ accepted(*uidsOf(it)) }, batchesOf(2)) { client ->
        runBlocking {
            val uids = flow { (1..5).forEach { emit("UID_$it") } }
            val batches = client.suspending.broadcast("x", uids).toList()
            assertEquals(listOf(2, 2, 1), batches.map { it.uids.size })
            assertTrue(batches.all { it.outcome!!.allOk })
        }
    }

    @Test
    fun `a cancelled client ends a broadcast`() = with({ accepted(*uidsOf(it)) }, batchesOf(2)) { client ->
        val endless = generateSequence(1) { it + 1 }.map { "UID_$it" }
        client.cancel()
        val batch = client.broadcast("x", endless).single()
        assertTrue(batch.error is WxPusherException.Cancelled)
        val flow = runBlocking { client.suspending.broadcast("x", flow { for (uid in endless) emit(uid) }).toList() }
        assertTrue(flow.single().error is WxPusherException.Cancelled)
    }
}
