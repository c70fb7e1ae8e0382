// The Kotlin testee: reads one call per line, makes it through the public API, and writes the result. It has no expectations.

import java.util.Timer
import kotlin.concurrent.schedule
import kotlin.time.Duration.Companion.milliseconds
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.jsonArray
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive
import kotlinx.serialization.json.long
import wxpusher.Client
import wxpusher.Config
import wxpusher.WxPusherException
import wxpusher.currentLimits
import wxpusher.limitsOf2022

private val timer = Timer(true)

fun main() {
    var client: Result<Client>? = null
    for (text in generateSequence(::readlnOrNull)) {
        val line = Json.parseToJsonElement(text).jsonObject
        (line["client"] as? JsonObject)?.let { options -> client = runCatching { client(Args(options)) } }
        println(respond(line, checkNotNull(client) { "the first call of a case must have client options" }))
    }
}

private fun client(options: Args): Client {
    val config = Config(
        baseUrl = options.text("base_url"),
        allowPlainHttp = options.flag("allow_plain_http") ?: false,
        connectTimeout = options.millis("connect_timeout_ms"),
        timeout = options.millis("timeout_ms"),
        maxRetries = options.int("max_retries"),
        baseDelay = options.millis("base_delay_ms"),
        maxDelay = options.millis("max_delay_ms"),
        rateLimitSends = options.flag("rate_limit_sends") ?: false,
        rateLimitCalls = options.int("rate_limit_calls"),
        rateLimitWindow = options.millis("rate_limit_window_ms"),
        limits = when (val year = options.text("limits")) {
            null -> null
            "2022" -> limitsOf2022()
            "current" -> currentLimits()
            else -> error("unknown limits: $year")
        },
        userAgent = options.text("user_agent"),
        scanInterval = options.millis("scan_interval_ms"),
        defaultUids = options.texts("default_uids"),
        defaultTopicIds = options.texts("default_topic_ids").map(String::toLong),
        defaultSpts = options.texts("default_spts"),
    )
    // The runner looks for secrets in everything that is printed.
    System.err.println(config)
    val token = options.text("app_token")
    options.expectNoMore()
    return Client(token, config)
}

private fun respond(line: JsonObject, client: Result<Client>): JsonObject {
    val id = line.getValue("id")
    val method = line.getValue("call").jsonPrimitive.content
    return try {
        val ready = client.getOrThrow()
        line["cancel_after_ms"]?.let { after -> timer.schedule(after.jsonPrimitive.long) { ready.cancel() } }
        val ok = call(ready, method, Args(line.getValue("args").jsonObject))
        JsonObject(mapOf("id" to id) + (ok?.let { mapOf("ok" to it) } ?: mapOf("unsupported" to JsonPrimitive(method))))
    } catch (error: WxPusherException) {
        error.printStackTrace()
        JsonObject(mapOf("id" to id, "err" to problem(error)))
    }
}

/** The arguments of a call, or the options of a client. */
internal class Args(private val given: JsonObject) {
    private val taken = mutableSetOf<String>()

    private fun value(name: String): JsonPrimitive? {
        taken += name
        return given[name]?.jsonPrimitive
    }

    fun text(name: String): String? = value(name)?.content

    fun flag(name: String): Boolean? = text(name)?.toBooleanStrict()

    fun int(name: String): Int? = text(name)?.toInt()

    fun long(name: String): Long? = text(name)?.toLong()

    fun millis(name: String) = long(name)?.milliseconds

    fun texts(name: String): List<String> {
        taken += name
        return given[name]?.jsonArray.orEmpty().map { it.jsonPrimitive.content }
    }

    fun need(name: String): String = checkNotNull(text(name)) { "`$name` is missing" }

    /** Fails if there is an argument that the testee does not read. */
    fun expectNoMore() = check(taken.containsAll(given.keys)) { "unknown arguments: ${given.keys - taken}" }
}

internal fun json(vararg fields: Pair<String, JsonElement>) = JsonObject(mapOf(*fields))
