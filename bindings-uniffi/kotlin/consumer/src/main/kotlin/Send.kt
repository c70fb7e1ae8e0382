import wxpusher.Client
import wxpusher.allOk
import wxpusher.send

fun main() {
    Client.fromEnv().use { client ->
        val outcome = client.send(content = "磁盘已满", uids = listOf("UID_testalice"))
        println("sent: ${outcome.allOk}")
    }
}
