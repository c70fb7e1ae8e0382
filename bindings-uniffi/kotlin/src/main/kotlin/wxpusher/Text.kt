package wxpusher

/**
 * Refuses arguments with a text that is not valid Unicode, for example half an emoji at the end of a shortened text. Called by the
 * generated code before a call crosses to Rust; see `patch-generated.pl`.
 */
internal fun requireText(vararg arguments: Pair<String, Any?>) {
    for ((field, value) in arguments) {
        when (value) {
            is String -> requireText(field, value)
            is List<*> -> for (item in value) if (item is String) requireText(field, item)
            is Message -> requireText("content" to value.content, "uids" to value.uids, "summary" to value.summary, "url" to value.url)
            is SimplePush -> requireText("content" to value.content, "spts" to value.spts, "summary" to value.summary, "url" to value.url)
            is Config -> requireText(
                "base_url" to value.baseUrl,
                "proxy" to value.proxy,
                "ca_file" to value.caFile,
                "ca_pem" to value.caPem,
                "user_agent" to value.userAgent,
                "default_uids" to value.defaultUids,
                "default_spts" to value.defaultSpts,
            )
        }
    }
}

private fun requireText(field: String, text: String) {
    var index = 0
    while (index < text.length) {
        val char = text[index]
        val isPair = char.isHighSurrogate() && index + 1 < text.length && text[index + 1].isLowSurrogate()
        if (char.isSurrogate() && !isPair) {
            val reason = "must be valid Unicode (half of a surrogate pair at index $index)"
            val common = WxPusherException.Common("invalid argument `$field`: $reason", Sent.NO, retryIsSafe = false, isRateLimited = false)
            throw WxPusherException.InvalidArgument(common, field, reason)
        }
        index += if (isPair) 2 else 1
    }
}
