package wxpusher

import com.sun.net.httpserver.HttpExchange
import com.sun.net.httpserver.HttpServer
import java.net.InetAddress
import java.net.InetSocketAddress
import java.net.ServerSocket
import java.net.Socket
import java.util.concurrent.CompletableFuture
import java.util.concurrent.Executors
import kotlin.concurrent.thread

internal val loopback: InetAddress = InetAddress.getLoopbackAddress()

/** Responds to every request with the status and the body that [respond] returns. */
internal class Server(private val respond: (HttpExchange) -> Pair<Int, String>) : AutoCloseable {
    private val threads = Executors.newCachedThreadPool()
    private val http = HttpServer.create(InetSocketAddress(loopback, 0), 0).apply {
        executor = threads
        createContext("/") { exchange ->
            val (status, body) = respond(exchange)
            val bytes = body.encodeToByteArray()
            exchange.sendResponseHeaders(status, bytes.size.toLong())
            exchange.responseBody.use { it.write(bytes) }
        }
        start()
    }

    val url: String = "http://127.0.0.1:${http.address.port}"

    override fun close() {
        http.stop(0)
        threads.shutdownNow()
    }
}

/** Accepts one connection, reads the first byte and runs [handle]. */
internal class OneConnection(handle: (Socket) -> Unit) : AutoCloseable {
    private val listener = ServerSocket(0, 0, loopback)

    /** Completed when the first byte of a request has arrived. */
    val requested = CompletableFuture<Unit>()

    private val thread = thread(isDaemon = true) {
        listener.accept().use { socket ->
            socket.getInputStream().read()
            requested.complete(Unit)
            handle(socket)
        }
    }

    val url: String = "http://127.0.0.1:${listener.localPort}"

    override fun close() {
        listener.close()
        thread.interrupt()
    }
}

/** Reads until the client closes the connection. */
internal fun waitForTheEnd(socket: Socket) {
    val input = socket.getInputStream()
    while (input.read() >= 0) continue
}

internal fun ok(data: String): Pair<Int, String> = 200 to """{"code":1000,"msg":"处理成功","data":$data,"success":true}"""

internal fun accepted(vararg uids: String): Pair<Int, String> = ok(
    uids.joinToString(",", "[", "]") { """{"uid":"$it","messageContentId":7,"sendRecordId":8,"code":1000,"status":"创建发送任务成功"}""" },
)

/** The UIDs of a send request. */
internal fun uidsOf(exchange: HttpExchange): Array<String> {
    val body = exchange.requestBody.readBytes().decodeToString()
    val list = Regex(""""uids":\[([^]]*)]""").find(body)?.groupValues?.get(1).orEmpty()
    return Regex("UID_\\w+").findAll(list).map { it.value }.toList().toTypedArray()
}
