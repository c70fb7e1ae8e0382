import kotlinx.coroutines.runBlocking
import wxpusher.Client
import wxpusher.suspending

fun main() = runBlocking {
    Client.fromEnv().use { client ->
        val outcome = client.suspending.send(content = "磁盘已满", uids = listOf("UID_testalice"))
        println("sent: ${outcome.targets.single().uid}")
    }
}
