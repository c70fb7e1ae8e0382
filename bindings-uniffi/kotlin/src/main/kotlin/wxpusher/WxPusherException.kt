package wxpusher

import java.nio.ByteBuffer

/**
 * The reason why a call failed, and whether the request reached WxPusher. [message] is a text for people; it contains no token.
 *
 * @property kind the name of the kind, the same in all languages.
 * @property number the number of the kind, the same in all languages.
 * @property sent whether the request reached WxPusher. Check it before you send again.
 * @property retryIsSafe whether the call can be repeated: nothing was delivered by it, and a repetition can succeed.
 * @property isRateLimited whether WxPusher refused the request because of its rate limit (HTTP 429). WxPusher does not document how its
 * rate limiter responds, so `false` does not rule it out.
 */
public sealed class WxPusherException private constructor(
    public val kind: String,
    public val number: Int,
    common: Common,
) : Exception(common.text) {
    override val message: String = common.text
    public val sent: Sent = common.sent
    public val retryIsSafe: Boolean = common.retryIsSafe
    public val isRateLimited: Boolean = common.isRateLimited

    /** The properties that all kinds have. */
    internal class Common(
        val text: String,
        val sent: Sent,
        val retryIsSafe: Boolean,
        val isRateLimited: Boolean,
    )

    /**
     * An argument was refused locally, before anything was sent.
     *
     * @property field the name of the argument, the same in all languages (`topic_ids`).
     * @property reason what is wrong with it, and what is allowed.
     */
    public class InvalidArgument internal constructor(common: Common, public val field: String, public val reason: String) :
        WxPusherException("invalid_argument", 1, common)

    /**
     * The host was not found, refused the connection or cannot be reached; or the proxy refused.
     *
     * @property reason host and cause.
     */
    public class Connect internal constructor(common: Common, public val reason: String) :
        WxPusherException("connect", 2, common)

    /**
     * The TLS handshake failed, or the certificate is not trusted.
     *
     * @property reason the cause.
     */
    public class Tls internal constructor(common: Common, public val reason: String) :
        WxPusherException("tls", 3, common)

    /**
     * The connect timeout or the total timeout ran out.
     *
     * @property phase the phase of the call at that time.
     */
    public class Timeout internal constructor(common: Common, public val phase: Phase) :
        WxPusherException("timeout", 4, common)

    /**
     * The connection broke.
     *
     * @property reason the cause.
     */
    public class Transport internal constructor(common: Common, public val reason: String) :
        WxPusherException("transport", 5, common)

    /**
     * The HTTP status of the response is not 2xx. Redirects are refused and are reported like this too.
     *
     * @property status the HTTP status.
     * @property code WxPusher's code; null if the body is not WxPusher's JSON.
     * @property msg WxPusher's text, or the first 500 characters of the body. It may quote a token; [message] does not.
     */
    public class HttpStatus internal constructor(
        common: Common,
        public val status: Int,
        public val code: Long?,
        public val msg: String,
    ) : WxPusherException("http_status", 6, common)

    /**
     * The code of WxPusher's response is not 1000.
     *
     * @property code WxPusher's code, for example 1001 business failure or 1002 not authenticated. Others are possible.
     * @property msg WxPusher's text, unchanged. It may quote a token; [message] does not.
     */
    public class Api internal constructor(common: Common, public val code: Long, public val msg: String) :
        WxPusherException("api", 7, common)

    /**
     * WxPusher processed the request and accepted no recipient; as an error of [SendOutcome.ensureAll]: not every recipient.
     *
     * @property outcome the result for each recipient.
     */
    public class Rejected internal constructor(common: Common, public val outcome: SendOutcome) :
        WxPusherException("rejected", 8, common)

    /**
     * The response is not JSON, has the wrong shape or is too large.
     *
     * @property reason what is wrong, and where.
     */
    public class InvalidResponse internal constructor(common: Common, public val reason: String) :
        WxPusherException("invalid_response", 9, common)

    /**
     * The body is not a WxPusher callback.
     *
     * @property reason what is wrong, and where.
     */
    public class InvalidCallback internal constructor(common: Common, public val reason: String) :
        WxPusherException("invalid_callback", 10, common)

    /**
     * The entry link is forged, stale or replayed.
     *
     * @property reason begins with `unsigned`, `missing`, `malformed`, `forged`, `stale` or `replayed`.
     */
    public class InvalidSignature internal constructor(common: Common, public val reason: String) :
        WxPusherException("invalid_signature", 11, common)

    /**
     * The caller cancelled the call.
     */
    public class Cancelled internal constructor(common: Common) :
        WxPusherException("cancelled", 12, common)

    /**
     * A bug in this library, for example a panic.
     *
     * @property reason what happened.
     */
    public class Internal internal constructor(common: Common, public val reason: String) :
        WxPusherException("internal", 13, common)

    /**
     * The rate limit shared with other processes cannot be used. Nothing was sent.
     *
     * @property reason why it cannot be used.
     */
    public class RateLimiter internal constructor(common: Common, public val reason: String) :
        WxPusherException("rate_limiter", 14, common)

    internal companion object : UniffiRustCallStatusErrorHandler<WxPusherException> {
        override fun lift(error_buf: RustBuffer.ByValue): WxPusherException = FfiConverterTypeWxPusherError.lift(error_buf)
    }
}

/** The type that the generated code throws for panics outside of the boundary and for broken buffers. */
internal typealias InternalException = WxPusherException.Internal

/** Creates the exception that the generated code throws. */
@Suppress("FunctionName")
internal fun InternalException(message: String): WxPusherException.Internal = WxPusherException.Internal(
    WxPusherException.Common("internal error in wxpusher: $message", Sent.MAYBE, retryIsSafe = false, isRateLimited = false),
    message,
)

/** Reads Rust's `WxPusherError`: the number of its only variant, then the fields of `ErrorDetails` in their order. */
internal object FfiConverterTypeWxPusherError : FfiConverterRustBuffer<WxPusherException> {
    override fun read(buf: ByteBuffer): WxPusherException {
        buf.getInt()
        val number = buf.getInt()
        val common = WxPusherException.Common(
            FfiConverterString.read(buf),
            FfiConverterTypeSent.read(buf),
            FfiConverterBoolean.read(buf),
            FfiConverterBoolean.read(buf),
        )
        val field = buf.optional(FfiConverterString::read)
        val reason = buf.optional(FfiConverterString::read)
        val phase = buf.optional(FfiConverterTypePhase::read)
        val status = buf.optional(FfiConverterInt::read)
        val code = buf.optional(FfiConverterLong::read)
        val msg = buf.optional(FfiConverterString::read)
        val outcome = buf.optional(FfiConverterTypeSendOutcome::read)
        return when (number) {
            1 -> WxPusherException.InvalidArgument(common, field.orEmpty(), reason.orEmpty())
            2 -> WxPusherException.Connect(common, reason.orEmpty())
            3 -> WxPusherException.Tls(common, reason.orEmpty())
            4 -> WxPusherException.Timeout(common, phase ?: Phase.RECEIVE)
            5 -> WxPusherException.Transport(common, reason.orEmpty())
            6 -> WxPusherException.HttpStatus(common, status ?: 0, code, msg.orEmpty())
            7 -> WxPusherException.Api(common, code ?: 0, msg.orEmpty())
            8 -> WxPusherException.Rejected(common, outcome ?: SendOutcome(null, listOf()))
            9 -> WxPusherException.InvalidResponse(common, reason.orEmpty())
            10 -> WxPusherException.InvalidCallback(common, reason.orEmpty())
            11 -> WxPusherException.InvalidSignature(common, reason.orEmpty())
            12 -> WxPusherException.Cancelled(common)
            13 -> WxPusherException.Internal(common, reason.orEmpty())
            14 -> WxPusherException.RateLimiter(common, reason.orEmpty())
            else -> throw InternalException("error kind $number is unknown to this version")
        }
    }

    private fun <T> ByteBuffer.optional(read: (ByteBuffer) -> T): T? = if (get().toInt() == 0) null else read(this)

    override fun allocationSize(value: WxPusherException): ULong = throw UnsupportedOperationException("errors are never passed to Rust")

    override fun write(value: WxPusherException, buf: ByteBuffer): Unit = throw UnsupportedOperationException("errors are never passed to Rust")
}
