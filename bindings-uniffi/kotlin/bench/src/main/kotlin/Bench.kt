// `send` against the way of the official Java SDK. Both talk to one server in a process of its own, warm. Measured in several JVMs, one
// after the other, because no two compile and collect alike.

import com.alibaba.fastjson2.JSON
import com.alibaba.fastjson2.JSONObject
import java.io.File
import java.net.InetAddress
import java.net.ServerSocket
import java.net.Socket
import kotlin.concurrent.thread
import kotlin.system.exitProcess
import wxpusher.Client
import wxpusher.Config
import wxpusher.send

private const val JVMS = 5
private const val ROUNDS = 50
private const val CALLS = 100
private const val BAR = 1.0
private const val ANSWER =
    """{"code":1000,"msg":"处理成功","data":[{"uid":"UID_testalice","topicId":null,"messageId":121,"messageContentId":2123,""" +
        """"sendRecordId":12313,"code":1000,"status":"创建发送任务成功"}],"success":true}"""

fun main(args: Array<String>) {
    when (args[0]) {
        "server" -> serve()
        "measure" -> println(measure(args[1]))
        else -> compare(File(args[0]))
    }
}

private fun compare(file: File) {
    val server = again("server")
    val isMet = try {
        val url = "http://127.0.0.1:" + server.firstLine()
        val ratios = List(JVMS) { again("measure", url).firstLine().toDouble() }
        report(ratios.median(), file)
    } finally {
        server.destroy()
    }
    // Not before: it would leave the server behind.
    if (!isMet) exitProcess(1)
}

/** This program in another process. */
private fun again(vararg args: String): Process {
    val own = ProcessHandle.current().info().command().orElseThrow()
    return ProcessBuilder(own, "-cp", System.getProperty("java.class.path"), "BenchKt", *args)
        .redirectError(ProcessBuilder.Redirect.INHERIT).start()
}

private fun Process.firstLine(): String = checkNotNull(inputStream.bufferedReader().readLine()) { "ended with ${waitFor()}" }

private fun List<Double>.median() = sorted()[size / 2]

private fun measure(url: String): Double = Client("AT_testbench", Config(baseUrl = url)).use { client ->
    val ours = { check(client.send("磁盘已满", uids = listOf("UID_testalice")).targets.single().isOk) }
    val peers = { check(Peer.send(url).single().code == 1000) }
    repeat(ROUNDS) { round(ours, peers) }
    List(ROUNDS) { round(ours, peers) }.median()
}

/** How long one takes, compared with the other. They alternate call by call, so that what disturbs the machine disturbs both. */
private fun round(ours: () -> Unit, peers: () -> Unit): Double {
    var spent = 0L
    var peersSpent = 0L
    repeat(CALLS) {
        val start = System.nanoTime()
        ours()
        val between = System.nanoTime()
        peers()
        spent += between - start
        peersSpent += System.nanoTime() - between
    }
    return spent.toDouble() / peersSpent
}

/** Prints and writes it down; whether the bar is met. */
private fun report(ratio: Double, file: File): Boolean {
    val isMet = ratio <= BAR
    println("%-28s %10.3f  bar %8.2f  %-5s times the official Java SDK's way".format("kotlin.send_vs_java_peer", ratio, BAR, if (isMet) "ok" else "OVER"))
    val measured = if (file.exists()) JSON.parseObject(file.readText()) else JSONObject()
    measured["kotlin.send_vs_java_peer"] =
        JSONObject.of("value", Math.round(ratio * 1000) / 1000.0, "bar", BAR, "unit", "times the official Java SDK's way")
    file.writeText(JSONObject(measured.toSortedMap()).toJSONString(com.alibaba.fastjson2.JSONWriter.Feature.PrettyFormat) + "\n")
    return isMet
}

/** Reads a request, writes the answer, and does no more than that. */
private fun serve() {
    // Ends with the process that started it, however that ends.
    thread(isDaemon = true) {
        System.`in`.read()
        exitProcess(0)
    }
    ServerSocket(0, 50, InetAddress.getLoopbackAddress()).use { listener ->
        println(listener.localPort)
        while (true) listener.accept().let { socket -> thread { socket.use(::answer) } }
    }
}

private fun answer(socket: Socket) {
    socket.tcpNoDelay = true
    val body = ANSWER.encodeToByteArray()
    val head = "HTTP/1.1 200 OK\r\nContent-Type: application/json;charset=UTF-8\r\nContent-Length: ${body.size}\r\n\r\n"
    val answer = head.encodeToByteArray() + body
    val input = socket.getInputStream().buffered()
    while (true) {
        var length = 0
        var line = input.line() ?: return
        while (line.isNotEmpty()) {
            if (line.startsWith("content-length:", ignoreCase = true)) length = line.substringAfter(':').trim().toInt()
            line = input.line() ?: return
        }
        input.readNBytes(length)
        socket.getOutputStream().write(answer)
    }
}

/** A line of the head; null when the other side hung up. */
private fun java.io.InputStream.line(): String? {
    val line = StringBuilder()
    while (true) {
        when (val byte = read()) {
            -1 -> return null
            '\r'.code -> continue
            '\n'.code -> return line.toString()
            else -> line.append(byte.toChar())
        }
    }
}
